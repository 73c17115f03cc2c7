"""The callback draw: the same for everyone who draws again, one of every unit, and nobody's to choose."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.draw import Ended, draw, is_pledged, pledge
from bot.rules.identity import UnitId

SEED = sha256(b"seed").digest()


def ended(count: int, unit: str | None = "water", first: int = 0) -> list[Ended]:
    """Make so many closed cases of a unit."""
    return [
        Ended(sha256(f"{unit}/{place}".encode()).digest(), UnitId(unit) if unit else None)
        for place in range(first, first + count)
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.binary(min_size=32, max_size=32), st.randoms())
def test_everyone_who_draws_again_draws_the_same(counts: list[int], seed: bytes, shuffled: object) -> None:
    """A tenth, rounded up, or one of each unit where that is more; in whatever order the cases are read."""
    cases = [each for place, count in enumerate(counts) for each in ended(count, f"unit-{place}")]
    drawn = draw(seed, cases)
    again = list(cases)
    shuffled.shuffle(again)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert draw(seed, again) == drawn
    units = {each.unit for each in cases}
    assert {each.unit for each in drawn} == units
    assert len(drawn) == max(-(-len(cases) // 10), len(units))
    assert set(drawn) <= set(cases)


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
def test_a_tenth_rounded_up_is_drawn(count: int, drawn: int) -> None:
    """Of one unit."""
    assert len(draw(SEED, ended(count))) == drawn


def test_confidential_cases_count_as_one_unit() -> None:
    """Whose they are is not said, so that the draw can be redone from the public export."""
    cases = [*ended(50), *ended(2, None)]
    assert Counter(each.unit for each in draw(SEED, cases))[None] >= 1


def test_another_seed_draws_others_and_each_case_is_drawn_as_often() -> None:
    """Over 2,000 seeds each of 40 cases is drawn 200 times, give or take 5 standard deviations."""
    cases = ended(40)
    counts = Counter(each.entry_hash for number in range(2000) for each in draw(sha256(b"%d" % number).digest(), cases))
    assert sum(counts.values()) == 2000 * 4
    assert all(abs(counts[each.entry_hash] - 200) < 5 * 13.5 for each in cases)


def test_what_others_do_does_not_move_a_case_in_the_order() -> None:
    """More closed cases let more be drawn, and push some out, but never change who comes before whom."""
    some = ended(30)
    order = draw(SEED, [Ended(each.entry_hash, UnitId(each.entry_hash.hex())) for each in some])
    longer = draw(SEED, [Ended(each.entry_hash, UnitId(each.entry_hash.hex())) for each in [*some, *ended(30, first=30)]])
    known = {each.entry_hash for each in some}
    assert [each.entry_hash for each in longer if each.entry_hash in known] == [each.entry_hash for each in order]


def test_a_pledge_binds_to_one_seed() -> None:
    """The line that stood in a checkpoint before, and no other seed fits it."""
    assert pledge(SEED) == f"callback-seed {sha256(SEED).hexdigest()}"
    assert is_pledged(SEED, ["something else", pledge(SEED)])
    assert not is_pledged(bytes(32), [pledge(SEED)])
    assert not is_pledged(SEED, [])


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_seed_of_another_length_is_refused(seed: bytes) -> None:
    """A short one could be found by trying."""
    with pytest.raises(ValueError, match="32 bytes"):
        draw(seed, [])


def test_a_case_that_stands_there_twice_is_refused() -> None:
    """It would be drawn twice as often."""
    with pytest.raises(ValueError, match="twice"):
        draw(SEED, [*ended(3), *ended(1)])
