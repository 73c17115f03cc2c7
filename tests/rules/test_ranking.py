"""Which units are compared: none wins or loses by a handful of cases, and each is in exactly one list."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.digest import figures_of
from bot.rules.figure import UnitFigures
from bot.rules.identity import UnitId
from bot.rules.ranking import rank, under
from bot.rules.tally import Closings, Limits, Received, Standing, Tally

SMALLEST = 20


def unit(name: str, solved: int = 0, closed: int = 0, *, received: int = 1, due: int = 0) -> UnitFigures:
    """Make a unit of whose closed cases some are solved."""
    tally = Tally(
        received=Received(received), limits=Limits(due, 0), closings=Closings(closed, solved, solved, closed, solved, solved)
    )
    return UnitFigures(unit=UnitId(name), figures=figures_of(tally))


def names(units: tuple[UnitFigures, ...]) -> list[str]:
    """Return the ids."""
    return [each.unit for each in units]


def test_three_of_three_never_wins() -> None:
    """It is not even ranked, and where it were it would stand below many cases of which most are solved."""
    few, many = unit("few", 3, 3), unit("many", 95, 100)
    ranking = rank([few, many], (), SMALLEST)
    assert (names(ranking.ranked), names(ranking.few)) == (["many"], ["few"])
    assert names(rank([few, many], (), 1).ranked) == ["many", "few"]


def test_order_is_by_what_is_sure() -> None:
    """20 of 20 is less sure than 990 of 1000; of equal ones the id decides."""
    units = [unit("b", 20, 20), unit("sure", 990, 1000), unit("a", 20, 20), unit("bad", 1, 50)]
    assert names(rank(units, (), SMALLEST).ranked) == ["sure", "a", "b", "bad"]


def test_units_without_a_case_or_without_one_due_stand_apart() -> None:
    """An idle one is neither good nor bad."""
    open_only = UnitFigures(unit=UnitId("open"), figures=figures_of(Tally(standing=Standing(still_open=1))))
    units = [unit("due", due=3), unit("fresh"), unit("zero", received=0), open_only]
    ranking = rank(units, [UnitId(name) for name in ("due", "zero", "fresh", "silent", "open")], SMALLEST)
    assert (ranking.ranked, names(ranking.few)) == ((), ["due"])
    assert ranking.none_due == ("fresh", "open")
    assert ranking.idle == ("zero", "silent")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2)), max_size=12), st.integers(1, 40))
def test_each_unit_is_in_exactly_one_list(counts: list[tuple[int, int, int]], smallest: int) -> None:
    """None is lost, none is told twice."""
    units = [unit(f"u{n}", min(s, c), c, received=r) for n, (s, c, r) in enumerate(counts)]
    known = [each.unit for each in units] + [UnitId("other")]
    ranking = rank(units, known, smallest)
    listed = [*names(ranking.ranked), *names(ranking.few), *ranking.none_due, *ranking.idle]
    assert sorted(listed) == sorted(known)
    lows = [each.figures["confirmed_solved"].low or 0.0 for each in ranking.ranked]
    assert lows == sorted(lows, reverse=True)


def test_a_unit_under_the_minimum_has_cases_enough_to_say_so() -> None:
    """Exactly the minimum is enough; the worst stands first."""
    units = [unit("exact", 80, 100), unit("worst", 10, 20), unit("bad", 15, 20), unit("few", 0, 19), unit("good", 99, 100)]
    assert names(under(units, "confirmed_solved", Fraction(4, 5), SMALLEST)) == ["worst", "bad"]
