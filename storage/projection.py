"""What the case tables must hold, from a case's entries alone, and whether they do; by ranges of cases, in constant memory.

The link from a case to people, words and the content of files are not derived from the ledger and not looked at.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from bot.errors import IllegalTransition, LedgerBroken
from bot.rules.case import Case, Rating
from bot.rules.entry import (
    ContentErased,
    Entry,
    FileAdded,
    FollowedUp,
    Rated,
    RatedAtFirst,
    ReminderDecided,
    ReminderTold,
    Transferred,
    Translated,
)
from bot.rules.identity import CaseNumber
from bot.rules.life import OF_LIFE, evolve
from bot.rules.page import CASE_NUMBER, SEQ, read_all
from bot.rules.past import NOTHING_PAST, Past, left_behind, together
from storage.assertions import HEARD, Assertions, CountedWeek
from storage.attached import sealed_size
from storage.derived_table import Mismatch
from storage.engine import Engine, Parameters, Row, Session, Value
from storage.rows import (
    case_parameters,
    follow_up_parameters,
    past_case_parameters,
    past_round_parameters,
    rating_parameters,
    round_parameters,
    stamp,
)
from storage.sealed import SEALING, Content

ENTRIES_AT_ONCE: Final = 800
"""So few that what is made of them lies near the processor until it is compared: five times as many take a sixth longer."""

STORED: Final = {
    "cases": "projection_cases",
    "rounds": "projection_rounds",
    "cases_before": "projection_cases_before",
    "rounds_before": "projection_rounds_before",
    "ratings": "projection_ratings",
    "reminders": "projection_reminders",
    "follow_ups": "projection_follow_ups",
    "files": "projection_files",
    "translations": "projection_translations",
}
"""What reads each table as it is compared."""

DROPPING: Final = (
    "projection_drop_follow_ups",
    "projection_drop_reminders",
    "projection_drop_ratings",
    "projection_drop_rounds_before",
    "projection_drop_cases_before",
    "projection_drop_rounds",
    "projection_drop_cases",
)
"""What is made anew whole goes first, and cases last; files and translations stay, as something lies sealed with them."""

REMEMBERED: Final = frozenset(
    {Rated, RatedAtFirst, ReminderDecided, ReminderTold, FollowedUp, FileAdded, Translated, ContentErased, Transferred}
)
"""Entries that make rows beside the case and its attempts, or say what else must be there."""

LAST: Final = "\U0010ffff"
"""Behind every number that a case can have."""


@dataclass(slots=True)
class Projection:
    """One case as its tables must show it.

    Attributes:
        assertions: what weeks' ends assert of it.
        content: what lies sealed of it.
        last_seq: its last entry.
        given_back_at: when a unit last gave it back.
        pasts: what it no longer is, which an earlier digest still counts, entry by entry.
        ratings: every answer that an earlier digest may still count, by round and voice, oldest first.
        reminders: by round, stage and who is told.
        follow_ups: what was said months later, by round, stage and voice.
        files: what the case keeps, by slot and commitment, until its content is erased.
        translations: the last of each text, by slot and language, until then too.
    """

    assertions: Assertions
    content: Content = field(default_factory=Content)
    last_seq: int = 0
    given_back_at: datetime | None = None
    case: Case | None = None
    pasts: list[Past] = field(default_factory=list)
    ratings: dict[tuple[int, int], list[Rating]] = field(default_factory=dict)
    reminders: dict[tuple[int, str, str], dict[str, Value]] = field(default_factory=dict)
    follow_ups: dict[tuple[int, str, int], Parameters] = field(default_factory=dict)
    files: dict[tuple[str, str], Parameters] = field(default_factory=dict)
    translations: dict[tuple[str, str], Parameters] = field(default_factory=dict)

    def add(self, seq: int, entry: Entry) -> None:
        """Take the next entry of the case.

        Raises:
            LedgerBroken: it does not follow from what the case was, or asserts what does not follow.
        """
        kind = type(entry.fact)
        self.assertions.before(seq, self.case, self.pasts)
        self.last_seq = seq
        try:
            if kind in OF_LIFE:
                self._go_on(entry)
        except IllegalTransition as error:
            raise LedgerBroken(seq, f"the entry does not follow from what {entry.case} was") from error
        if kind in HEARD:
            self.assertions.take(seq, entry, self.case)
        if kind in SEALING:
            self.content.take(entry, self.case.now.number if self.case else 0)
        if kind in REMEMBERED:
            self._remember(entry)

    def _go_on(self, entry: Entry) -> None:
        before, self.case = self.case, evolve(self.case, entry)
        if before is not None and (past := left_behind(before, self.case)) != NOTHING_PAST:
            self.pasts.append(past)

    def _remember(self, entry: Entry) -> None:
        number = entry.case or CaseNumber("")
        match entry.fact:
            case Rated() | RatedAtFirst() as said:
                rating = Rating(said.voice, said.solved, said.score, entry.at, said.source)
                answers = self.ratings.setdefault((said.round, said.voice), [])
                while answers and answers[-1].at >= entry.at:
                    answers.pop()
                answers.append(rating)
            case ReminderDecided() as decided:
                self.reminders[decided.round, decided.stage, decided.staff or ""] = {
                    "number": number,
                    "round": decided.round,
                    "stage": decided.stage,
                    "staff": decided.staff or "",
                    "role": decided.role,
                    "at": stamp(entry.at),
                    "told": None,
                }
            case ReminderTold() as known:
                if told := self.reminders.get((known.round, known.stage, known.staff or "")):
                    told["told"] = int(known.was_told)
            case FollowedUp(round=attempt, stage=stage, voice=voice):
                self.follow_ups[attempt, stage, voice] = follow_up_parameters(number, entry.fact, entry.at)
            case FileAdded(slot=slot, media=media, size=size, content=content):
                kept = {"number": number, "slot": slot, "actor": entry.actor}
                what: dict[str, Value] = {"type": media, "size": size, "content": content}
                self.files[slot, content] = {**kept, **what, "sealed": sealed_size(size)}
            case Translated(slot=slot, language=target):
                done = {"number": number, "slot": slot, "target": target}
                self.translations[slot, target] = {**done, "done_by": entry.actor, "done_at": stamp(entry.at)}
            case ContentErased():
                self.files.clear()
                self.translations.clear()
            case Transferred():
                self.given_back_at = entry.at
            case _:
                pass

    def rows(self) -> Mapping[str, Collection[Parameters]]:
        """Write what each table must hold of the case, in the order of its key where the clock was never set back."""
        made: dict[str, Collection[Parameters]] = {}
        if case := self.case:
            made["cases"] = [case_parameters(case)]
            made["rounds"] = [round_parameters(case.number, attempt) for attempt in case.rounds]
            made["ratings"] = [
                rating_parameters(case.number, attempt, each)
                for (attempt, _), answers in self.ratings.items()
                for each in answers
            ]
        if case and self.pasts:
            past = together(self.pasts)
            made["cases_before"] = [past_case_parameters(case.number, each) for each in past.cases]
            made["rounds_before"] = [past_round_parameters(case.number, each) for each in past.rounds]
        made["reminders"] = self.reminders.values()
        made["follow_ups"] = self.follow_ups.values()
        made["files"] = self.files.values()
        made["translations"] = self.translations.values()
        return made


@dataclass(frozen=True, slots=True)
class Range:
    """Some neighbouring cases: from `first` up to, but not including, `beyond`."""

    first: str
    beyond: str

    @property
    def parameters(self) -> Parameters:
        """Write it for a query."""
        return {"first": self.first, "beyond": self.beyond, "last": LAST}


async def ranges(engine: Engine, at_once: int = ENTRIES_AT_ONCE) -> AsyncIterator[Range]:
    """Cut all numbers, also those that no entry names, into ranges of some entries, or of one case that has more."""
    first = ""
    while first != LAST:
        rows = await engine.look("projection_further", {"first": first, "entries": at_once})
        if rows and rows[0][0] == first:
            rows = await engine.look("projection_next", {"first": first})
        beyond = str(rows[0][0]) if rows else LAST
        yield Range(first, beyond)
        first = beyond


async def projected(session: Session, cases: Range, weeks: Sequence[CountedWeek] = ()) -> Mapping[str, Projection]:
    """Make a range of cases out of their entries.

    Args:
        weeks: those that are counted, to compare what was asserted of each case; none to leave that out.

    Raises:
        LedgerBroken: an entry does not follow from those before it.
    """
    lines = await session.rows("projection_entries", {"first": cases.first, "beyond": cases.beyond})
    return folded(lines, read_all(lines), weeks)


def folded(lines: Sequence[Row], entries: Iterable[Entry], weeks: Sequence[CountedWeek]) -> Mapping[str, Projection]:
    """Make cases out of their entries, which are those of the lines; raises LedgerBroken as `projected`."""
    found: dict[str, Projection] = {}
    coming = iter(entries)
    for number, own in groupby(lines, key=itemgetter(CASE_NUMBER)):
        projection = found[str(number)] = Projection(Assertions(weeks))
        for line in own:
            projection.add(line[SEQ], next(coming))  # type: ignore[arg-type]  # whatever read the entry checked it
        if weeks:
            projection.assertions.finish(projection.case, projection.pasts)
    return found


async def mismatches(session: Session, cases: Range, expected: Mapping[str, Projection]) -> list[Mismatch]:
    """Compare a range of cases, in every table and column, with what their entries say."""
    wanted = {"first": cases.first, "beyond": cases.beyond}
    made: dict[str, list[Row]] = {table: [] for table in STORED}
    for projection in expected.values():
        for table, rows in projection.rows().items():
            if rows:
                made[table] += [tuple(row.values()) for row in rows]
    found: dict[str, Mismatch] = {}
    for table, query in STORED.items():
        stored = await session.rows(query, wanted)
        if stored == made[table]:
            continue  # as nearly always, as both stand in the order of numbers
        for number in sorted({str(row[0]) for row in set(made[table]).symmetric_difference(stored)}):
            last = expected[number].last_seq if number in expected else None
            found.setdefault(number, Mismatch(number, last, table))
    if cases.beyond == LAST and (await session.rows("projection_beyond", {"last": LAST}))[0][0]:
        found.setdefault(LAST, Mismatch(LAST, None, "cases"))
    return list(found.values())


async def replace_range(session: Session, cases: Range, expected: Mapping[str, Projection]) -> list[Mismatch]:
    """Make a range of cases anew in the tables; return what cannot be, as its content is in no entry."""
    for statement in DROPPING:
        await session.run(statement, [cases.parameters])
    rows: dict[str, list[Parameters]] = {table: [] for table in STORED}
    for projection in expected.values():
        for table, own in projection.rows().items():
            rows[table] += own
    await session.run("case_insert", rows["cases"])
    await session.run("round_put", rows["rounds"])
    await session.run("case_before_put", rows["cases_before"])
    await session.run("round_before_put", rows["rounds_before"])
    await session.run("rating_put", rows["ratings"])
    await session.run("reminder_put", rows["reminders"])
    await session.run("reminder_told", [row for row in rows["reminders"] if row["told"] is not None])
    await session.run("follow_up_put", rows["follow_ups"])
    await session.run("projection_mend_files", rows["files"])
    await session.run("projection_mend_translations", rows["translations"])
    return await mismatches(session, cases, expected)
