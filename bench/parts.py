"""The parts that need no bot: limits in working time, entries written and verified, each as a pace of one core.

Verification is set beside a bare SHA-256 chain over the same lines: the least that any hash chain costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from statistics import median
from time import perf_counter
from typing import Final

from bot.county import read_county, sample_county_path
from bot.rules.calendar import Calendar
from bot.rules.chain import EMPTY, GENESIS, LedgerRow, follow, salts_needed, write
from bot.rules.county import Kind, Urgency
from bot.rules.deadline import deadline_for
from bot.rules.entry import RESIDENT, Channel, Entry, Filed
from bot.rules.identity import CaseNumber, CategoryId, ClassId, TownshipId, UnitId

FILED_AT: Final = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """Paces of one core, a second each: limits computed (both of a case), entries written, verified, barely hashed."""

    deadlines: float
    entries_written: float
    entries_verified: float
    entries_barely_hashed: float


def measure(count: int, rounds: int) -> Parts:
    """Do everything `count` times in each round, taking turns; return the medians."""
    county = read_county(sample_county_path())
    calendar = Calendar.of(county.hours)
    classes = list(county.classes.values())
    moments = [FILED_AT + timedelta(minutes=7 * place) for place in range(count)]
    entries = [filed(place) for place in range(count)]
    salts = bytes(salts_needed(entries[0]))
    rows: list[LedgerRow] = []

    def compute() -> None:
        for place, at in enumerate(moments):
            deadline_for(classes[place % len(classes)], at, calendar)

    def append() -> None:
        rows.clear()
        rows.extend(chained(entries, salts))

    def verify() -> None:
        head = EMPTY
        for row in rows:
            head = follow(head, row)

    def hash_barely() -> None:
        bare_chain(rows)

    works: tuple[Callable[[], None], ...] = (compute, append, verify, hash_barely)
    took: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(took, works, strict=True):
            begun_at = perf_counter()
            work()
            times.append(perf_counter() - begun_at)
    return Parts(*(count / median(times) for times in took))


def filed(place: int) -> Entry:
    """Make the entry with the most fields: a case is filed."""
    fact = Filed(
        kind=Kind.COMPLAINT,
        category=CategoryId("roads"),
        township=TownshipId("qapqal"),
        unit=UnitId("transport"),
        channel=Channel.BOT,
        urgency=Urgency.NORMAL,
        deadline_class=ClassId("complaint"),
        rule="accept 2h, handle 7d",
        accept_due_at=FILED_AT,
        due_at=FILED_AT,
        is_confidential=False,
        words="ab" * 32,
    )
    return Entry(at=FILED_AT, actor=RESIDENT, case=CaseNumber(f"CB-2026-{place:06d}"), fact=fact)


def chained(entries: Iterable[Entry], salts: bytes) -> Iterable[LedgerRow]:
    """Write entries one behind the other."""
    previous = GENESIS
    for seq, entry in enumerate(entries, start=1):
        row = write(entry, seq=seq, salts=salts, previous=previous)
        previous = row.chain_hash
        yield row


def bare_chain(rows: Iterable[LedgerRow]) -> bytes:
    """Hash each line as one piece onto the hash before: no fields, no salts, no check of what was stored."""
    head = GENESIS
    for row in rows:
        head = sha256(head + row.facts.encode() + row.salts).digest()
    return head
