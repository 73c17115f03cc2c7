"""Made-up matters that live by the program's own rules: honest ones, and what is changed of one to plant a fraud in it.

Invariant: whatever is planted is a change of how a matter goes, never of what is counted: what a night sees of it is what
the store makes of its entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.county import Kind, Urgency
from bot.rules.entry import (
    RESIDENT,
    Accepted,
    AnyFact,
    Assigned,
    Channel,
    Closed,
    Closing,
    ExtensionAsked,
    ExtensionGranted,
    FileAdded,
    Filed,
    Rated,
    Reclassified,
    Reopened,
    ReopenReason,
    Resolved,
    Solved,
    Source,
    Transferred,
    Urged,
)
from bot.rules.identity import CategoryId, PersonId, TownshipId, UnitId

LIMIT: Final = timedelta(days=10)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
WORDS: Final = "ab" * 32
"""Stands for a commitment."""

OFFICER, SUPERVISOR = "s-officer", "s-supervisor"


@dataclass(frozen=True, slots=True)
class Matter:
    """How a matter goes.

    Attributes:
        taken: from filing to resolving; None: nobody ever resolves it.
        signed_before: how long before resolving it is signed for, None: two hours after it came.
        urgings: how often the resident urges, a day apart.
        given_back: which units say that it is not theirs, before `unit` has it.
        extensions: how often it is given five days more, before its limit.
        rated_by: who enters that it is solved, for a rating that came by telephone; None: the resident, if anybody.
        translated_after: None where its words need no translation.
    """

    filed_at: datetime
    filer: PersonId
    words: str
    category: CategoryId
    township: TownshipId
    unit: UnitId
    channel: Channel
    taken: timedelta | None
    answer: str
    kind: Kind = Kind.COMPLAINT
    signed_before: timedelta | None = None
    has_evidence: bool = True
    urgings: int = 0
    given_back: tuple[UnitId, ...] = ()
    is_lengthened: bool = False
    extensions: int = 0
    is_reopened: bool = False
    score: int | None = None
    rated_by: str | None = None
    translated_after: timedelta | None = None

    @property
    def resolved_at(self) -> datetime | None:
        """Return when its unit first calls it done."""
        return None if self.taken is None else self.filed_at + self.taken


Step = tuple[datetime, str, AnyFact]


def course(matter: Matter) -> Iterator[Step]:
    """Yield what happens, in order of time: when, by whom, what."""
    at, due_at = matter.filed_at, matter.filed_at + LIMIT
    yield at, RESIDENT, _filed(matter)
    for place, unit in enumerate(matter.given_back, start=1):
        yield at + place * HOUR / 6, OFFICER, Transferred(unit=unit, reason=WORDS)
        to = (*matter.given_back, matter.unit)[place]
        yield at + place * HOUR / 6 + HOUR / 12, SUPERVISOR, _assigned(matter, to)
    steps = [*_waiting(matter, due_at)]
    resolved_at = matter.resolved_at
    if resolved_at is None or matter.signed_before is None:
        steps.append((at + 2 * HOUR, OFFICER, Accepted(unit=matter.unit)))
    if resolved_at is not None:
        if matter.signed_before is not None:
            steps.append((resolved_at - matter.signed_before, OFFICER, Accepted(unit=matter.unit)))
        steps += _ended(matter, resolved_at)
    yield from sorted(steps, key=lambda step: step[0])


def _filed(matter: Matter) -> Filed:
    return Filed(
        kind=matter.kind,
        category=matter.category,
        township=matter.township,
        unit=(*matter.given_back, matter.unit)[0],
        channel=matter.channel,
        urgency=Urgency.NORMAL,
        deadline_class=None,
        rule=None,
        accept_due_at=matter.filed_at + DAY,
        due_at=matter.filed_at + LIMIT,
        is_confidential=False,
        words=WORDS,
    )


def _assigned(matter: Matter, to: UnitId) -> Assigned:
    return Assigned(
        unit=to, category=matter.category, accept_due_at=matter.filed_at + 2 * DAY, reason=None, is_final=to == matter.unit
    )


def _waiting(matter: Matter, due_at: datetime) -> Iterator[Step]:
    """Yield what happens while it waits: nothing once it is resolved, and no more time before it is signed for."""
    at, ends = matter.filed_at, matter.resolved_at or matter.filed_at + 4 * LIMIT
    for place in range(1, matter.urgings + 1):
        if at + place * DAY < ends:
            yield at + place * DAY, RESIDENT, Urged(voice=1)
    if matter.is_lengthened and matter.signed_before is None and at + 5 * HOUR < ends:
        later = Reclassified(
            deadline_class=None,
            rule=None,
            accept_due_at=at + DAY,
            due_at=due_at + LIMIT,
            is_longer=True,
            reason=WORDS,
        )
        yield at + 5 * HOUR, SUPERVISOR, later
    for place in range(1, matter.extensions + 1):
        asked_at, later_at = at + place * DAY, due_at + place * 5 * DAY
        if matter.signed_before is None and asked_at + HOUR < ends:
            yield asked_at, OFFICER, ExtensionAsked(length="5d", due_at=later_at, reason=WORDS)
            yield asked_at + HOUR, SUPERVISOR, ExtensionGranted(due_at=later_at)


def _ended(matter: Matter, at: datetime) -> Iterator[Step]:
    """Yield the end, and what residents make of it."""
    if matter.has_evidence:
        added = FileAdded(slot="evidence/1/1", media="image/jpeg", size=1, content=WORDS)
        yield at - timedelta(seconds=30), OFFICER, added
    yield at, OFFICER, Resolved(unit=matter.unit, answer=WORDS)
    if matter.rated_by is not None:
        phoned = Rated(round=1, voice=1, solved=Solved.YES, score=5, source=Source.PHONE)
        yield at + 3 * HOUR, matter.rated_by, phoned
        yield at + 3 * HOUR, matter.rated_by, Closed(round=1, how=Closing.RATED)
    elif matter.is_reopened:
        yield at + DAY, RESIDENT, Rated(round=1, voice=1, solved=Solved.NO, score=None)
        again_at = at + 3 * DAY
        yield (
            at + DAY,
            RESIDENT,
            Reopened(round=2, reason=ReopenReason.RATED_NO, rule=None, accept_due_at=at + 2 * DAY, due_at=at + DAY + LIMIT),
        )
        yield at + DAY + 2 * HOUR, OFFICER, Accepted(unit=matter.unit)
        yield again_at - HOUR, OFFICER, FileAdded(slot="evidence/2/1", media="image/jpeg", size=1, content=WORDS)
        yield again_at, OFFICER, Resolved(unit=matter.unit, answer=WORDS)
        yield again_at + LIMIT, "clock", Closed(round=2, how=Closing.UNRATED)
    elif matter.score is not None:
        yield at + DAY, RESIDENT, Rated(round=1, voice=1, solved=Solved.YES, score=matter.score)
        yield at + DAY, RESIDENT, Closed(round=1, how=Closing.RATED)
    else:
        yield at + LIMIT, "clock", Closed(round=1, how=Closing.UNRATED)
