"""What a county may publish of its figures: counted from the entries of each week's end, with small numbers kept back.

Invariant: what is published of a week never changes afterwards, and no count of one to four cases follows from anything that
is published together (`bot.rules.disclosure`). A county's week is shown from five cases on, a unit's where the units
beside it keep it; a month, which is the weeks whose Thursday lies in it, once its last week is counted and only where every
week of the county is shown; of its units only those that give no hidden week away; a township by month alone.

Confidential cases stand in the county's total and nowhere else. Figures of one group have their cases in common, so they are
shown or hidden together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from bot.rules.chain import LedgerRow, read
from bot.rules.disclosure import LEAST, Cell, hidden_cells, is_kept
from bot.rules.entry import Counted, Filed, VoiceCounted, WeekCounted, WeekCountedAtFirst
from bot.rules.identity import CaseNumber, TownshipId, UnitId

RECEIVED: Final = "received"
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "received": (RECEIVED,),
    "work": ("accepted_in_time", "on_time", "handled"),
    "answers": ("confirmed_solved", "answered", "satisfied_among_answers", "satisfied_lowest_case", "reopened"),
}
"""Figures that speak of the same cases."""

FIGURES: Final = tuple(name for names in GROUPS.values() for name in names)
"""Every figure of the board, in the order in which it is shown."""

_FACTS: Final[Mapping[str, str]] = {
    "accepted_in_time": "accepted_in_time",
    "on_time": "in_time",
    "handled": "handled",
    "confirmed_solved": "solved",
    "answered": "answered",
    "reopened": "reopened",
}
"""Which fact of `Counted` each figure counts."""

_THURSDAY: Final = 4


class Kept(StrEnum):
    """Stands where a unit or township would."""

    CONFIDENTIAL = "confidential"
    UNKNOWN = "unknown"  # no township was given


class Share(NamedTuple):
    """A figure: `n` of `of`; `of` is None for a plain count."""

    n: int
    of: int | None

    @property
    def rate(self) -> float | None:
        """Return the unrounded rate, None without a denominator."""
        return self.n / self.of if self.of else None


Shown: TypeAlias = Mapping[str, Share | None]
"""Every figure by name; None where it is kept back."""

Part: TypeAlias = UnitId | TownshipId | Kept
Week: TypeAlias = str
Tally: TypeAlias = dict[str, Share]
_Counted: TypeAlias = dict[Week, dict[Part, Tally]]


@dataclass(frozen=True, slots=True)
class Page:
    """What is published of a week or a month; the parts in no order.

    Attributes:
        period: 2026-W47 or 2026-11.
        townships: empty for a week.
    """

    period: str
    county: Shown
    units: Mapping[UnitId, Shown]
    townships: Mapping[TownshipId | None, Shown]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that is published, the newest first."""

    weeks: tuple[Page, ...]
    months: tuple[Page, ...]


class Counting:
    """Counts the ledger's entries in their order; weeks that are not counted to their end are left out.

    Args:
        least: a smaller count than this is kept back.
    """

    def __init__(self, least: int = LEAST) -> None:
        self._least = least
        self._places: dict[CaseNumber, Part] = {}
        self._units: _Counted = {}
        self._townships: _Counted = {}
        self._whole: list[Week] = []

    def add(self, row: LedgerRow) -> None:
        """Take the ledger's next entry.

        Raises:
            LedgerBroken: an entry that counts cannot be read.
        """
        if row.kind not in _KINDS:
            return
        fact = read(row).fact
        match fact:
            case Filed() if row.case_number is not None:
                self._places[row.case_number] = Kept.CONFIDENTIAL if fact.is_confidential else fact.township or Kept.UNKNOWN
            case Counted():
                said = {name: getattr(fact, asked) for name, asked in _FACTS.items()}
                self._take(row.case_number, fact, said, received=fact.received)
            case VoiceCounted(satisfied=satisfied):
                said = {"satisfied_among_answers": satisfied, "satisfied_lowest_case": bool(satisfied)}
                self._take(row.case_number, fact, said, received=False)
            case WeekCounted(week=week) | WeekCountedAtFirst(week=week):
                self._whole.append(week)
            case _:
                return

    def _take(
        self, case: CaseNumber | None, fact: Counted | VoiceCounted, said: Mapping[str, bool | None], *, received: bool
    ) -> None:
        unit: Part = Kept.CONFIDENTIAL if fact.is_confidential else fact.unit
        place = self._places.get(case, Kept.UNKNOWN) if case is not None else Kept.UNKNOWN
        for counted, part in ((self._units, unit), (self._townships, place)):
            tally = counted.setdefault(fact.week, {}).setdefault(part, {})
            if received:
                tally[RECEIVED] = Share(tally.get(RECEIVED, Share(0, None)).n + 1, None)
            for name, is_so in said.items():
                if is_so is not None:
                    n, of = tally.get(name, Share(0, 0))
                    tally[name] = Share(n + is_so, (of or 0) + 1)

    def board(self) -> Board:
        """Say what may be published."""
        weeks = {week: self._units.get(week, {}) for week in sorted(set(self._whole))}
        months: dict[str, list[Week]] = {}
        for week in weeks:
            months.setdefault(month_of(week), []).append(week)
        over = [month for month in months if weeks and last_week_of(month) <= max(weeks)]
        return Board(
            weeks=tuple(_week(week, weeks[week], self._least) for week in reversed(weeks)),
            months=tuple(
                _month(month, {week: weeks[week] for week in months[month]}, self._townships, self._least)
                for month in reversed(over)
            ),
        )


_KINDS: Final = frozenset({Filed.KIND, Counted.KIND, VoiceCounted.KIND, WeekCounted.KIND})


def month_of(week: Week) -> str:
    """Return the month in which the Thursday of an ISO week lies, such as 2026-11."""
    return _thursday(week).strftime("%Y-%m")


def last_week_of(month: str) -> Week:
    """Return the last ISO week whose Thursday lies in a month."""
    year, number = map(int, month.split("-"))
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    thursday = last - timedelta(days=(last.isoweekday() - _THURSDAY) % 7)
    return f"{thursday.isocalendar().year}-W{thursday.isocalendar().week:02d}"


def _thursday(week: Week) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), _THURSDAY)


# ── What is shown of a week ──────────────────────────────────────────────────


def _week(week: Week, parts: Mapping[Part, Tally], least: int) -> Page:
    hidden = {group: _hidden_of_week(week, parts, group, least) for group in GROUPS}
    return Page(
        period=week,
        county=_shown(_added(parts.values()), {group for group in GROUPS if (week, None) in hidden[group]}),
        units={
            UnitId(part): _shown(tally, {group for group in GROUPS if (week, part) in hidden[group]})
            for part, tally in parts.items()
            if not isinstance(part, Kept)
        },
        townships={},
    )


def _hidden_of_week(week: Week, parts: Mapping[Part, Tally], group: str, least: int) -> frozenset[Cell[Week, Part]]:
    """Choose what to hide of the units and of the county's total beside them."""
    hidden: set[Cell[Week, Part]] = set()
    for name in GROUPS[group]:
        chosen = hidden_cells({(week, part): _of(tally, name) for part, tally in parts.items()}, least)
        hidden.update((week, part) for _, part in chosen)
    return frozenset(hidden)


# ── What is shown of a month ─────────────────────────────────────────────────


def _month(month: str, weeks: Mapping[Week, Mapping[Part, Tally]], townships: _Counted, least: int) -> Page:
    units = _joined(weeks.values())
    places = _joined(townships.get(week, {}) for week in weeks)
    hidden = {group: _hidden_units(weeks, group, least) for group in GROUPS}
    away = {group: _hidden_places(places, group, least) for group in GROUPS}
    closed = {group for group, parts in hidden.items() if parts is None}
    return Page(
        period=month,
        county=_shown(_added(units.values()), closed),
        units={
            UnitId(part): _shown(tally, closed | {group for group, parts in hidden.items() if part in (parts or ())})
            for part, tally in units.items()
            if not isinstance(part, Kept)
        },
        townships={
            None if part is Kept.UNKNOWN else TownshipId(part): _shown(
                tally, closed | {group for group, parts in away.items() if parts is None or part in parts}
            )
            for part, tally in places.items()
            if part is not Kept.CONFIDENTIAL
        },
    )


def _hidden_units(weeks: Mapping[Week, Mapping[Part, Tally]], group: str, least: int) -> frozenset[Part] | None:
    """Choose the units whose month would tell of a hidden week; None where the county's month itself would."""
    by_week = [_hidden_of_week(week, parts, group, least) for week, parts in weeks.items()]
    if any(part is None for cells in by_week for _, part in cells):
        return None
    cells = frozenset().union(*by_week)
    tables = [
        {
            (week, part): count
            for week, parts in weeks.items()
            for part, tally in parts.items()
            if (count := _of(tally, name))
        }
        for name in GROUPS[group]
    ]
    size: dict[Part, int] = {}
    for table in tables:
        for (_, part), count in table.items():
            size[part] = max(size.get(part, 0), count)
    hidden = set(size)
    for part in sorted(size, key=lambda each: (-size[each], each)):
        without = cells | {(None, other) for other in hidden - {part}}
        if all(is_kept(table, without, least) for table in tables):
            hidden.discard(part)
    return frozenset(hidden)


def _hidden_places(places: Mapping[Part, Tally], group: str, least: int) -> frozenset[Part] | None:
    """Choose the townships to hide beside the county's month; None where all of them have to be.

    Confidential cases hide nobody here: the public export tells how many of the county's they are, by having no unit.
    """
    told = {part: tally for part, tally in places.items() if part is not Kept.CONFIDENTIAL}
    hidden: set[Part] = set()
    for name in GROUPS[group]:
        chosen = hidden_cells({(group, part): _of(tally, name) for part, tally in told.items()}, least)
        if any(part is None for _, part in chosen):
            return None
        hidden.update(part for row, part in chosen if row is not None and part is not None)
    return frozenset(hidden)


def _of(tally: Tally, name: str) -> int:
    share = tally.get(name, Share(0, 0))
    return share.n if share.of is None else share.of


def _added(tallies: Iterable[Tally]) -> Tally:
    found: Tally = {}
    for tally in tallies:
        for name, (n, of) in tally.items():
            before = found.get(name, Share(0, None if of is None else 0))
            found[name] = Share(before.n + n, None if of is None else (before.of or 0) + of)
    return found


def _joined(weeks: Iterable[Mapping[Part, Tally]]) -> dict[Part, Tally]:
    every = list(weeks)
    return {part: _added(week[part] for week in every if part in week) for week in every for part in week}


def _shown(tally: Tally, hidden_groups: set[str]) -> Shown:
    return {
        name: None if group in hidden_groups else tally.get(name, Share(0, None if name == RECEIVED else 0))
        for group, names in GROUPS.items()
        for name in names
    }
