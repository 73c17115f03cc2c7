"""What people did and saw, held against what the ledger says. It reads the database itself and knows nothing of the program.

A finding is a sentence about something lost, doubled, made up, out of order or unexplained; a good run has none.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import Any, Final

import asyncpg

from tests.faults.diary import Diary, commands_answered

LEDGER: Final = "SELECT seq, kind, case_number, facts FROM ledger ORDER BY seq"
WAITING: Final = "SELECT COUNT(*) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL"
ASIDE: Final = "SELECT COUNT(*) FROM inbox WHERE aside_at IS NOT NULL"
UNSENT: Final = "SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL AND contact <> 1 AND not_before <= {now:d}"
"""What waits for its hour, or for its reader to write again, is not late."""
GIVEN_UP: Final = "SELECT reason, COUNT(*) FROM outbox WHERE failed_at IS NOT NULL GROUP BY reason"

BY_THE_CLOCK: Final = frozenset({"reminder_decided", "reminder_told", "checkpoint"})
"""Kinds of entries that nobody's act is behind."""

AT_FIRST: Final = frozenset({"invited", "joined"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger, as it lies in the table."""

    seq: int
    kind: str
    case: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Books:
    """What the database holds: the ledger, and the counts of its two queues."""

    ledger: Sequence[Entry]
    waiting: int
    aside: int
    unsent: int
    given_up: Mapping[str, int]

    def of(self, kind: str) -> list[Entry]:
        """Return the entries of a kind, in order."""
        return [entry for entry in self.ledger if entry.kind == kind]

    @property
    def is_settled(self) -> bool:
        """Say whether nothing waits, neither to be handled nor to be sent."""
        return self.waiting == self.unsent == 0


async def read_books(location: Path | str) -> Books:
    """Read an SQLite file or the PostgreSQL database at a URL."""
    statements = (LEDGER, WAITING, ASIDE, UNSENT.format(now=time_ns() // 1000), GIVEN_UP)
    if isinstance(location, Path):
        with closing(sqlite3.connect(f"{location.as_uri()}?mode=ro", uri=True)) as file:
            found = [file.execute(statement).fetchall() for statement in statements]
    else:
        connection = await asyncpg.connect(location)
        try:
            found = [await connection.fetch(statement) for statement in statements]
        finally:
            await connection.close()
    ledger, ((waiting,),), ((aside,),), ((unsent,),), given_up = found
    entries = [Entry(int(seq), str(kind), case, json.loads(facts)) for seq, kind, case, facts in ledger]
    return Books(entries, int(waiting), int(aside), int(unsent), {str(reason): int(count) for reason, count in given_up})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a run, and what is wrong."""

    figures: Mapping[str, int]
    findings: Sequence[str]


def reconcile(diaries: Collection[Diary], books: Books) -> Outcome:
    """Compare."""
    asked_by = commands_answered(diaries)
    repeats = [repeat for diary in diaries for repeat in diary.repeats(asked_by)]
    submitted = sum(len(diary.filed) for diary in diaries)
    seen = sum(len(diary.receipts) for diary in diaries)
    lost = max(submitted - len(books.of("filed")), 0)
    figures = {
        "complaints sent": submitted,
        "entries filed": len(books.of("filed")),
        "lost": lost,
        "doubled": max(len(books.of("filed")) - submitted, 0),
        "entries in the ledger": len(books.ledger),
        "receipts seen": seen,
        "messages seen": sum(not sight.is_own for diary in diaries for sight in diary.sights),
        "messages repeated, explained by a kill": sum(repeat.cause == "kill" for repeat in repeats),
        "messages repeated, explained by a lost answer": sum(repeat.cause == "lost_answer" for repeat in repeats),
        "messages repeated, asked for again after a wait in vain": sum(repeat.cause == "asked_again" for repeat in repeats),
        "messages repeated, not explained": sum(repeat.cause is None for repeat in repeats),
        **{f"messages given up and on record as {reason}": count for reason, count in books.given_up.items()},
        "updates set aside": books.aside,
    }
    findings = [
        *_filings(diaries, books),
        *_receipts(diaries, books),
        *_steps(diaries, books),
        *_queues(books, submitted - seen),
        *(f"unexplained repeat: {each.text!r}, seen {each.seen}" for each in repeats if each.cause is None),
        *(f"out of order on a card: {shown!r}" for diary in diaries for shown in diary.disorders),
    ]
    return Outcome(figures, findings)


def _filings(diaries: Collection[Diary], books: Books) -> Iterator[str]:
    """Every complaint that was sent is one entry, and there is no other."""
    sent = Counter(category for diary in diaries for category in diary.filed)
    filed = Counter(str(entry.facts["category"]) for entry in books.of("filed"))
    for category in sorted(sent.keys() | filed.keys()):
        if sent[category] != filed[category]:
            yield f"{category}: {sent[category]} complaints were sent, {filed[category]} are in the ledger"
    for number, count in Counter(entry.case for entry in books.of("filed")).items():
        if count > 1:
            yield f"{number} is filed {count} times"
    if [entry.seq for entry in books.ledger] != list(range(1, len(books.ledger) + 1)):
        yield "the ledger has a gap"


def _receipts(diaries: Collection[Diary], books: Books) -> Iterator[str]:
    """Every receipt names a case of the ledger, nobody else's, about what was sent, in the order of sending."""
    filed = {entry.case: entry for entry in books.of("filed")}
    owners = Counter(number for diary in diaries for number in diary.receipts)
    for number, count in owners.items():
        if number not in filed:
            yield f"a receipt names {number}, which is not in the ledger"
        if count > 1:
            yield f"{count} people hold a receipt for {number}"
    for diary in diaries:
        found = [filed[number] for number in diary.receipts if number in filed]
        if [entry.seq for entry in found] != sorted(entry.seq for entry in found):
            yield f"{diary.person} got receipts in another order than the ledger's: {diary.receipts}"
        if len(found) > len(diary.filed):
            yield f"{diary.person} sent {len(diary.filed)} complaints and holds {len(found)} receipts"
        if len(found) == len(diary.filed) and [str(entry.facts["category"]) for entry in found] != diary.filed:
            yield f"{diary.person} holds receipts for something else than what was sent"


def _steps(diaries: Collection[Diary], books: Books) -> Iterator[str]:
    """Each step that somebody took stands in the ledger once, and none that nobody took."""
    solved = Counter(number for diary in diaries for number in diary.solved)
    scored = Counter(number for diary in diaries for number in diary.rated)
    for kind, taken in (
        ("accepted", Counter(number for diary in diaries for number in diary.accepted)),
        ("resolved", Counter(number for diary in diaries for number in diary.resolved)),
        ("rated", solved + scored),
        ("closed", solved),
    ):
        entered = Counter(entry.case or "" for entry in books.of(kind))
        for number in sorted(taken.keys() | entered.keys()):
            if entered[number] != taken[number]:
                yield f"{number}: {kind} {entered[number]} times, expected {taken[number]}"
    known = {"filed", "accepted", "resolved", "rated", "closed"} | BY_THE_CLOCK | AT_FIRST
    for kind, count in Counter(entry.kind for entry in books.ledger if entry.kind not in known).items():
        yield f"{count} entries of a kind that nobody caused: {kind}"


def _queues(books: Books, unseen: int) -> Iterator[str]:
    """Nothing waits for ever; what did not reach anyone is on record as given up."""
    if not books.is_settled:
        yield f"{books.waiting} updates and {books.unsent} messages still wait"
    if books.aside:
        yield f"{books.aside} updates were set aside"
    if unseen > sum(books.given_up.values()):
        yield f"{unseen} receipts were never seen, but only {sum(books.given_up.values())} messages are given up"
