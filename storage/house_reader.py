"""What those who watch over the house may look at: who holds on to what, and what happened. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import NotFound
from bot.rules.audit import Search
from bot.rules.chain import instant, read
from bot.rules.county import Role
from bot.rules.county_file import Mention
from bot.rules.digest import cut_of
from bot.rules.entry import Entry
from bot.rules.identity import CaseNumber, PersonId, StaffId, UnitId
from bot.rules.message.audit import FailedLine
from bot.rules.period import Period
from bot.rules.scorecard import Traced
from bot.rules.survey import Counted, Counts, Question, Served
from bot.rules.unit_group import GroupCode, UnitGroup
from storage.engine import Parameters, typed
from storage.house_words import house_words
from storage.keyring import Keyring
from storage.ledger_reader import LedgerReader
from storage.rows import moment, read_ledger_row, stamp

TRACED: Final = 8
"""Cases on a page."""

TRACES: Final = {
    "accepted_in_time": "trace_accepted",
    "on_time": "trace_resolved",
    "confirmed_solved": "trace_closed",
    "satisfied_among_answers": "trace_closed",
    "satisfied_lowest_case": "trace_closed",
    "overdue": "trace_overdue",
    "reopened": "trace_reopened",
    "still_solved": "trace_still_solved",
    "false_closures": "trace_false_closures",
}
"""Which query finds the cases behind a figure."""

OF_CLOSED: Final = {
    "confirmed_solved": "solved",
    "satisfied_among_answers": "satisfied",
    "satisfied_lowest_case": "lowest",
}
"""What `trace_closed` is to tell of each attempt."""

LATEST: Final = "~"
"""Behind every instant that an entry can have."""


class HouseReader(LedgerReader):
    """Reads what is about no single case."""

    _keyring: Keyring | None = None
    """Opens words; whoever reads the ledger alone needs none."""

    async def group_code(self, digest: str) -> GroupCode:
        """Return a one-time code for a work group by its hash; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("group_code_get", {"code": digest})
        if not rows:
            raise NotFound
        ((code, unit, staff, expires_at, person),) = typed(rows, tuple[str, UnitId, StaffId, int, PersonId | None])
        return GroupCode(code, unit, staff, moment(expires_at), is_used=person is not None)

    async def unit_groups(self) -> tuple[UnitGroup, ...]:
        """Return the work groups that are linked to units."""
        async with self._engine.glancing() as session:
            rows = await session.rows("groups_all", {})
        return tuple(
            UnitGroup(person, unit, is_reachable=unreachable_at is None)
            for person, unit, unreachable_at in typed(rows, tuple[PersonId, UnitId, int | None])
        )

    async def mentions(self) -> tuple[Mention, ...]:
        """Return what open cases and active officials name of the county file, with how many do."""
        async with self._engine.reading() as session:
            rows = await session.rows("county_mentions", {})
        mentions = typed(rows, tuple[str, str, int, int])
        return tuple(Mention(section=section, id=id_, cases=c, officials=o) for section, id_, c, o in mentions)

    async def audit(self, search: Search, zone: ZoneInfo, before: int, limit: int) -> tuple[tuple[int, Entry], ...]:
        """Return entries before a place that fit a search, the newest first, with their places."""
        begins_at, ends_at = search.between(zone) or (None, None)
        wanted: Parameters = {
            "number": search.case,
            "topic": search.topic,
            "before": before,
            "begins": "" if begins_at is None else instant(begins_at),
            "ends": LATEST if ends_at is None else instant(ends_at),
            "kinds": _listed(search.kinds),
            "staff": _listed(search.staff),
            "unit": search.unit,
            "hidden": _listed(search.hidden),
            "limit": limit,
        }
        query = _audited_by(search)
        async with self._engine.reading() as session:
            rows = [read_ledger_row(row) for row in await session.rows(query, wanted)]
        return tuple((row.seq, read(row)) for row in rows)

    async def trace(
        self, figure: str, unit: UnitId, period: Period, now: datetime, page: int
    ) -> tuple[tuple[Traced, ...], int]:
        """Return the cases behind a unit's figure, those that count against it first, and how many there are."""
        end = cut_of(period, now)
        wanted: Parameters = {
            "begins": stamp(period.begins_at),
            "ends": stamp(end),
            "begins_text": instant(period.begins_at),
            "ends_text": instant(end),
            "unit": unit,
            "figure": OF_CLOSED.get(figure, ""),
            "limit": TRACED,
            "offset": page * TRACED,
        }
        async with self._engine.reading() as session:
            rows = typed(await session.rows(TRACES[figure], wanted), tuple[CaseNumber, int, int, int, int])
        traced = tuple(Traced(case=number, round=attempt, n=n, of=of) for number, attempt, n, of, _ in rows)
        return traced, rows[0][-1] if rows else 0

    async def house_words(self, slot: str) -> str | None:
        """Open words that belong to no case, by what the ledger holds of them; None when there are none, or no key."""
        async with self._engine.glancing() as session:
            return await house_words(session, self._keyring, slot)

    async def card_entries(self, period: str) -> tuple[Entry, ...]:
        """Return the entries about the scorecards of a period, oldest first."""
        async with self._engine.reading() as session:
            rows = await session.rows("card_entries", {"period": period})
        return tuple(read(read_ledger_row(row)) for row in rows)

    async def survey_entries(self) -> tuple[Entry, ...]:
        """Return the entries about surveys, oldest first."""
        async with self._engine.reading() as session:
            rows = await session.rows("survey_entries", {})
        return tuple(read(read_ledger_row(row)) for row in rows)

    async def survey_unit(self, digest: str) -> UnitId | None:
        """Return which unit a token is about, by its SHA-256; None when nobody can answer with it."""
        async with self._engine.glancing() as session:
            rows = typed(await session.rows("survey_token_get", {"digest": digest}), tuple[UnitId])
        return rows[0][0] if rows else None

    async def survey_counts(self, period: str) -> Counts:
        """Return how many said what in a survey that runs."""
        async with self._engine.reading() as session:
            rows = await session.rows("survey_counts_get", {"period": period})
        found: dict[UnitId, dict[Question, dict[str, int]]] = {}
        for unit, question, verdict, count in typed(rows, tuple[UnitId, Question, str, int]):
            found.setdefault(unit, {}).setdefault(question, {})[verdict] = count
        return {
            unit: {
                question: Counted(by[question].get("good", 0), by[question].get("fair", 0), by[question].get("poor", 0))
                for question in Question
                if question in by
            }
            for unit, by in found.items()
        }

    async def served(self, begins_at: datetime, ends_at: datetime) -> tuple[Served, ...]:
        """Return the cases closed between two instants, with those behind them who can be written to."""
        between = {"begins_at": stamp(begins_at), "ends_at": stamp(ends_at)}
        async with self._engine.reading() as session:
            rows = await session.rows("survey_served", between)
        found: dict[CaseNumber, tuple[UnitId, dict[PersonId, None]]] = {}
        for number, unit, person in typed(rows, tuple[CaseNumber, UnitId, PersonId]):
            _, persons = found.setdefault(number, (unit, {}))
            persons[person] = None
        return tuple(Served(number, unit, tuple(persons)) for number, (unit, persons) in found.items())

    async def failed(self, limit: int) -> tuple[tuple[FailedLine, ...], int]:
        """Return messages that were given up, the newest first, and how many there are."""
        async with self._engine.reading() as session:
            rows = await session.rows("outbox_failed", {"limit": limit})
            ((_, given_up),) = typed(await session.rows("outbox_counts", {}), tuple[int, int])
        failed = typed(rows, tuple[int, str | None, Role | None, UnitId | None])
        lines = (FailedLine(failed_at=moment(at), role=role, unit=unit, reason=why or "") for at, why, role, unit in failed)
        return tuple(lines), given_up


def _audited_by(search: Search) -> str:
    """Name the query whose index finds the fewest entries; nothing is about a case and about something else as well."""
    if search.topic is not None:
        return "audit_of_topic"
    return "audit_page" if search.case is None else "audit_of_case"


def _listed(names: Iterable[str]) -> str:
    """Write a list as the queries read it; empty when there is nothing to choose by."""
    return "".join(f"|{name}|" for name in sorted(names))
