"""What a county publishes: counted from the entries, stable once published, small numbers kept where nobody finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.board import RECEIVED, Board, Counting, Kept, Page, Share, last_week_of, month_of
from bot.rules.chain import GENESIS, LedgerRow, salts_needed, write
from bot.rules.county import Kind, Urgency
from bot.rules.disclosure import LEAST
from bot.rules.entry import CLOCK, AnyFact, Channel, Counted, Entry, Filed, VoiceCounted, WeekCounted
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from tests.support.builders import NOW

WEEKS = ("2026-W45", "2026-W46", "2026-W47", "2026-W48")
"""Exactly the weeks whose Thursday lies in November 2026."""

MONTH = "2026-11"
ROADS, WATER, SCHOOLS = UnitId("transport"), UnitId("water"), UnitId("education")
TOWN, VILLAGE, HILLS = TownshipId("qapqal"), TownshipId("kan"), TownshipId("hainuke")


@dataclass(frozen=True)
class Matter:
    """A case filed in a week, and what became of it within the same one."""

    week: str
    unit: UnitId = ROADS
    township: TownshipId | None = TOWN
    is_confidential: bool = False
    solved: bool | None = None
    satisfied: bool | None = None


def board(matters: Sequence[Matter], weeks: Sequence[str] = WEEKS, least: int = LEAST) -> Board:
    """Write matters into a ledger, count each of the weeks, and publish."""
    counting = Counting(least)
    for row in rows(matters, weeks):
        counting.add(row)
    return counting.board()


def rows(matters: Sequence[Matter], weeks: Sequence[str]) -> Iterator[LedgerRow]:
    """Make the ledger's entries: first all that is filed, then each week's end."""
    numbered = [(CaseNumber(f"CB-2026-{place:06d}"), matter) for place, matter in enumerate(matters, 1)]
    facts: list[tuple[CaseNumber | None, AnyFact]] = [(number, filed(matter)) for number, matter in numbered]
    for week in weeks:
        facts += [(number, counted(matter)) for number, matter in numbered if matter.week == week]
        facts += [
            (number, heard(matter)) for number, matter in numbered if matter.week == week and matter.solved is not None
        ]
        facts.append((None, WeekCounted(week=week, begins_at=NOW, ends_at=NOW, attempts=0, voices=0)))
    for seq, (number, fact) in enumerate(facts, 1):
        entry = Entry(at=NOW, actor=CLOCK, case=number, fact=fact)
        yield write(entry, seq=seq, salts=bytes(salts_needed(entry)), previous=GENESIS)


def filed(matter: Matter) -> Filed:
    """Say that it was filed."""
    return Filed(
        kind=Kind.COMPLAINT,
        category=CategoryId("roads"),
        township=matter.township,
        unit=matter.unit,
        channel=Channel.BOT,
        urgency=Urgency.NORMAL,
        deadline_class=None,
        rule=None,
        accept_due_at=None,
        due_at=None,
        is_confidential=matter.is_confidential,
        words="0" * 64,
    )


def counted(matter: Matter) -> Counted:
    """Say what the week's figures say of it."""
    is_closed = matter.solved is not None
    return Counted(
        round=1,
        week=matter.week,
        begins_at=NOW,
        ends_at=NOW,
        unit=matter.unit,
        category=CategoryId("roads"),
        deadline_class=None,
        is_confidential=matter.is_confidential,
        received=True,
        accepted_in_time=None,
        in_time=is_closed or None,
        handled=None,
        answered=matter.satisfied is not None if is_closed else None,
        solved=matter.solved,
        reopened=False if is_closed else None,
    )


def heard(matter: Matter) -> VoiceCounted:
    """Say how satisfied its filer was."""
    return VoiceCounted(
        round=1, week=matter.week, unit=matter.unit, is_confidential=matter.is_confidential, satisfied=matter.satisfied
    )


def several(count: int, week: str, unit: UnitId = ROADS, **other: object) -> list[Matter]:
    """Make matters that are alike."""
    return [Matter(week, unit, **other) for _ in range(count)]  # type: ignore[arg-type]  # the fields of Matter


def page(found: Board, period: str) -> Page:
    """Find what is published of a week or month."""
    (only,) = [each for each in (*found.weeks, *found.months) if each.period == period]
    return only


# ── Counting ─────────────────────────────────────────────────────────────────


def test_figures_add_up_from_the_entries() -> None:
    """N and of of each figure, for the county and its units, and each month from its weeks."""
    matters = several(6, WEEKS[0], solved=True, satisfied=True) + several(4, WEEKS[0], solved=False)
    matters += several(8, WEEKS[1], WATER, solved=True, satisfied=False)
    found = board(matters)
    first = page(found, WEEKS[0]).units[ROADS]
    assert first["received"] == Share(10, None)
    assert first["on_time"] == Share(10, 10)
    assert first["confirmed_solved"] == first["answered"] == Share(6, 10)
    assert first["satisfied_among_answers"] == Share(6, 6)
    assert first["satisfied_lowest_case"] == Share(6, 10)
    assert first["handled"] == Share(0, 0)
    month = page(found, MONTH)
    assert month.county["satisfied_among_answers"] == Share(6, 14)
    assert month.units[WATER]["confirmed_solved"] == Share(8, 8)


def test_a_week_that_is_not_counted_to_its_end_is_not_published() -> None:
    """Nor anything of its month."""
    found = board(several(9, WEEKS[0]) + several(9, WEEKS[1]), WEEKS[:1])
    assert [each.period for each in found.weeks] == [WEEKS[0]]
    assert found.months == ()


def test_an_empty_ledger_has_an_empty_board() -> None:
    """Before the first week has ended."""
    assert board([], ()) == Board((), ())


@pytest.mark.parametrize(("week", "month"), [("2026-W01", "2026-01"), ("2026-W53", "2026-12"), ("2026-W14", "2026-04")])
def test_a_week_belongs_to_the_month_of_its_thursday(week: str, month: str) -> None:
    """As it belongs to the year of its Thursday."""
    assert month_of(week) == month


def test_months_are_made_of_whole_weeks_without_a_gap() -> None:
    """Whatever month: the week after its last one is the next month's."""
    for year in range(2020, 2032):
        for month in range(1, 13):
            last = last_week_of(f"{year}-{month:02d}")
            begun = date.fromisocalendar(int(last[:4]), int(last[6:]), 4)
            after = date.fromordinal(begun.toordinal() + 7)
            following = f"{after.isocalendar().year}-W{after.isocalendar().week:02d}"
            assert month_of(last) == f"{year}-{month:02d}" != month_of(following)


# ── Keeping back ─────────────────────────────────────────────────────────────


def test_a_small_week_of_the_county_is_kept_back_and_its_month_with_it() -> None:
    """Else the month less the other weeks would tell it."""
    found = board(several(4, WEEKS[0]) + [each for week in WEEKS[1:] for each in several(20, week)])
    assert page(found, WEEKS[0]).county["received"] is None
    assert page(found, MONTH).county["received"] is None
    assert page(found, MONTH).units[ROADS]["received"] is None
    assert page(found, WEEKS[1]).county["received"] == Share(20, None)


def test_a_small_unit_is_never_hidden_alone() -> None:
    """The county's total less the others would tell it, so another one is kept back with it."""
    found = board(several(3, WEEKS[0], WATER) + several(20, WEEKS[0], ROADS) + several(9, WEEKS[0], SCHOOLS))
    units = page(found, WEEKS[0]).units
    assert units[WATER]["received"] is None
    assert units[SCHOOLS]["received"] is None
    assert units[ROADS]["received"] == Share(20, None)


def test_a_county_may_keep_back_more() -> None:
    """Where less than ten is too few to be told, seven of a unit are not, nor what they leave of the month."""
    matters = several(30, WEEKS[0]) + several(7, WEEKS[0], WATER) + several(12, WEEKS[0], SCHOOLS)
    shown, fewer = board(matters), board(matters, least=10)
    assert {unit for unit, figures in page(shown, WEEKS[0]).units.items() if figures[RECEIVED]} == {ROADS, WATER, SCHOOLS}
    assert {unit for unit, figures in page(fewer, WEEKS[0]).units.items() if figures[RECEIVED]} == {ROADS}
    (month,) = fewer.months[:1]
    assert {unit for unit, figures in month.units.items() if figures[RECEIVED]} == {ROADS}


def test_a_busy_units_month_is_shown_though_smaller_ones_beside_it_are_kept_back() -> None:
    """A unit with a case or two a week hides itself and another in each week, and takes no month of the others along."""
    matters = [
        each
        for week in WEEKS
        for each in several(20, week) + several(9, week, SCHOOLS, solved=True) + several(1, week, WATER, solved=True)
    ]
    found = board([*matters, *several(8, WEEKS[0], solved=True)])
    month = page(found, MONTH).units
    assert month[ROADS]["received"] == Share(88, None)
    assert month[WATER]["received"] is None
    assert page(found, WEEKS[1]).units[SCHOOLS]["received"] is None


def test_confidential_matters_count_in_the_county_alone() -> None:
    """Neither the unit that has them nor the township shows."""
    found = board(
        [
            each
            for week in WEEKS
            for each in several(8, week) + several(6, week, WATER, is_confidential=True, township=VILLAGE)
        ]
    )
    month = page(found, MONTH)
    assert month.county["received"] == Share(56, None)
    assert set(month.units) == {ROADS}
    assert set(month.townships) == {TOWN}


def test_confidential_matters_cover_no_small_township() -> None:
    """How many there were is in the export beside the board: the county's month less these and the others would tell it."""
    matters = [each for week in WEEKS for each in several(10, week) + several(9, week, WATER, township=HILLS)]
    matters += several(2, WEEKS[0], township=VILLAGE) + several(6, WEEKS[1], is_confidential=True)
    month = page(board(matters), MONTH)
    assert month.county["received"] == Share(84, None)
    assert month.townships[VILLAGE]["received"] is month.townships[HILLS]["received"] is None
    assert month.townships[TOWN]["received"] == Share(40, None)


def test_figures_of_the_same_cases_are_kept_back_together() -> None:
    """Two scores among twenty closed cases: how many answered would tell how many scores there are."""
    matters = several(18, WEEKS[0], solved=False) + several(2, WEEKS[0], solved=True, satisfied=True)
    county = page(board(matters), WEEKS[0]).county
    assert county["confirmed_solved"] is county["answered"] is county["satisfied_among_answers"] is None
    assert county["on_time"] == Share(20, 20)


def test_a_published_week_never_changes() -> None:
    """What is shown and kept back of a week is the same whichever weeks come after it."""
    random = Random(7)
    matters = [
        Matter(week, random.choice((ROADS, ROADS, ROADS, WATER, SCHOOLS)), solved=random.choice((True, False, None)))
        for week in WEEKS
        for _ in range(random.randrange(5, 20))
    ]
    published = [board(matters, WEEKS[:count]) for count in range(1, len(WEEKS) + 1)]
    for earlier, later in pairwise(published):
        for week in earlier.weeks:
            assert page(later, week.period) == week


Counts = dict[tuple[str, str], int]
MOST = 16
"""No unit can have had more in a week of these counties: 18 in all at most, of which the others have had some."""


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_nobody_finds_a_small_number_by_subtracting(seed: int) -> None:
    """Every week and unit of one to four cases: everything published fits as well with one case there, and with five."""
    random = Random(seed)
    units = (ROADS, WATER, Kept.CONFIDENTIAL)
    counts: Counts = {(week, unit): random.choice((0, 1, 2, 3, 5, 6)) for week in WEEKS for unit in units}
    matters = [
        Matter(week, WATER if unit == Kept.CONFIDENTIAL else UnitId(unit), is_confidential=unit == Kept.CONFIDENTIAL)
        for (week, unit), count in counts.items()
        for _ in range(count)
    ]
    found = board(matters)
    secret = Secret(found, counts)
    for (week, unit), count in counts.items():
        shown = page(found, week).units.get(UnitId(unit), {}).get("received")
        if 0 < count < 5:
            assert shown is None
            if page(found, week).county["received"] is not None:
                assert secret.could_be(week, unit, 1), (week, unit, counts)
                assert secret.could_be(week, unit, 5), (week, unit, counts)


class Secret:
    """Somebody who has every table, and looks for what fits them all."""

    def __init__(self, found: Board, counts: Counts) -> None:
        self.units = sorted({unit for _, unit in counts})
        self.totals = {week: _n(page(found, week).county) for week in WEEKS}
        self.known: dict[tuple[str, str], int] = {}
        for week, unit in counts:
            share = page(found, week).units.get(UnitId(unit))
            if counts[week, unit] == 0:
                self.known[week, unit] = 0  # who has no case is not in the table, or has a nought there
            elif share is not None and _n(share) is not None:
                self.known[week, unit] = _n(share) or 0
        month = page(found, MONTH).units
        self.sums = {unit: _n(month[UnitId(unit)]) for unit in self.units if UnitId(unit) in month}

    def could_be(self, week: str, unit: str, count: int) -> bool:
        """Say whether some counts fit everything published, with this one so many."""
        if self.known.get((week, unit), count) != count:
            return False
        return self._fits({**self.known, (week, unit): count}, list(WEEKS))

    def _fits(self, known: Mapping[tuple[str, str], int], weeks: list[str]) -> bool:
        """Go week by week, keeping what each unit has had."""
        told = [place for place, unit in enumerate(self.units) if self.sums.get(unit) is not None]
        had: set[tuple[int, ...]] = {tuple(0 for _ in told)}
        for week in weeks:
            rows = {tuple(row[place] for place in told) for row in self._rows(week, known)}
            had = {tuple(before + now for before, now in zip(each, row, strict=True)) for row in rows for each in had}
        return tuple(self.sums[self.units[place]] for place in told) in had

    def _rows(self, week: str, known: Mapping[tuple[str, str], int]) -> list[tuple[int, ...]]:
        total = self.totals[week]
        options = [[known[week, unit]] if (week, unit) in known else list(range(1, MOST + 1)) for unit in self.units]
        found: list[tuple[int, ...]] = [()]
        for option in options:
            found = [(*row, each) for row in found for each in option]
        return [row for row in found if total is None or sum(row) == total]


def _n(shown: Mapping[str, Share | None]) -> int | None:
    share = shown["received"]
    return None if share is None else share.n
