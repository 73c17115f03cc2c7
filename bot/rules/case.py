"""The life of a case: one transition table, and the fold that makes a case out of its entries.

```mermaid
stateDiagram-v2
    [*] --> assigned: Filed
    assigned --> accepted: Accepted
    accepted --> resolved: Resolved
    resolved --> resolved: Rated
    resolved --> closed: Closed
    closed --> closed: Rated
    resolved --> assigned: Reopened
    closed --> assigned: Reopened
    assigned --> withdrawn: Withdrawn
    accepted --> withdrawn: Withdrawn
    resolved --> withdrawn: Withdrawn
```

A case never changes but by `evolve`; whatever is not in TRANSITIONS is refused. A test holds the diagram against the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import IllegalTransition
from bot.rules.county import Kind, Urgency
from bot.rules.entry import (
    Accepted,
    CaseFact,
    Channel,
    Closed,
    Closing,
    Entry,
    Filed,
    Rated,
    Reopened,
    Resolved,
    Solved,
    Withdrawn,
)
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId


class State(StrEnum):
    """Where a case stands (design.md section 5)."""

    TRIAGE = "triage"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    MERGED = "merged"


OPEN: Final = frozenset({State.TRIAGE, State.ASSIGNED, State.ACCEPTED, State.WAITING})
"""States in which a unit still has something to do, and limits run."""

TRANSITIONS: Final[Mapping[tuple[State | None, type[CaseFact]], State]] = {
    (None, Filed): State.ASSIGNED,
    (State.ASSIGNED, Accepted): State.ACCEPTED,
    (State.ACCEPTED, Resolved): State.RESOLVED,
    (State.RESOLVED, Rated): State.RESOLVED,
    (State.RESOLVED, Closed): State.CLOSED,
    (State.CLOSED, Rated): State.CLOSED,
    (State.RESOLVED, Reopened): State.ASSIGNED,
    (State.CLOSED, Reopened): State.ASSIGNED,
    (State.ASSIGNED, Withdrawn): State.WITHDRAWN,
    (State.ACCEPTED, Withdrawn): State.WITHDRAWN,
    (State.RESOLVED, Withdrawn): State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Rating:
    """One voice's answer in one round; `score` is 1 to 5, or None while not given."""

    voice: int
    solved: Solved
    score: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One attempt at a case: from filing or reopening to closing.

    Attributes:
        number: from 1.
        rule: the limits it runs under, as the county file wrote them; None without a deadline.
        accept_due_at, due_at: the limits; met if reached at or before.
        how: why it was closed, once it is.
    """

    number: int
    opened_at: datetime
    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    how: Closing | None = None
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One matter a resident raised, as its entries tell it.

    Attributes:
        version: how many entries made it; a change is valid only on the version it was decided on.
        officer: who is in charge, once accepted.
        rounds: at least one; the last is the current one.
    """

    number: CaseNumber
    version: int
    state: State
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    channel: Channel
    urgency: Urgency
    deadline_class: ClassId | None
    is_confidential: bool
    filed_at: datetime
    officer: StaffId | None
    rounds: tuple[Round, ...]

    @property
    def now(self) -> Round:
        """Return the current round."""
        return self.rounds[-1]

    @property
    def is_open(self) -> bool:
        """Say whether the unit still has something to do."""
        return self.state in OPEN

    def is_overdue(self, at: datetime) -> bool:
        """Say whether the limit has passed with the case still open."""
        return self.is_open and self.now.due_at is not None and at > self.now.due_at

    def rating_of(self, voice: int) -> Rating | None:
        """Return what a voice answered in the current round."""
        return next((rating for rating in self.now.ratings if rating.voice == voice), None)


def evolve(case: Case | None, entry: Entry) -> Case:
    """Return the case after one more of its entries.

    Raises:
        IllegalTransition: the entry does not follow from the state (`case` unchanged).
    """
    fact, number = entry.fact, entry.case
    state = TRANSITIONS.get((case.state if case else None, type(fact)))  # type: ignore[arg-type]  # a key that is not in the table is the refusal
    if state is None or number is None:
        raise IllegalTransition
    if isinstance(fact, Filed):
        return _filed(number, fact, entry.at, state)
    if case is None:
        raise IllegalTransition
    return _changed(replace(case, version=case.version + 1, state=state), entry)


def _changed(changed: Case, entry: Entry) -> Case:
    fact, current = entry.fact, changed.now
    match fact:
        case Accepted():
            return _with_round(replace(changed, officer=StaffId(entry.actor)), replace(current, accepted_at=entry.at))
        case Resolved():
            return _with_round(changed, replace(current, resolved_at=entry.at))
        case Rated():
            return _rated(changed, fact, entry.at)
        case Closed(how=how):
            return _with_round(changed, replace(current, closed_at=entry.at, how=how))
        case Reopened():
            again = Round(fact.round, entry.at, fact.rule, fact.accept_due_at, fact.due_at)
            return replace(changed, officer=None, rounds=(*changed.rounds, again))
        case _:
            return changed


def fold(entries: Iterable[Entry]) -> Case | None:
    """Make a case out of its entries, oldest first; None when there are none."""
    case: Case | None = None
    for entry in entries:
        case = evolve(case, entry)
    return case


def _filed(number: CaseNumber, fact: Filed, at: datetime, state: State) -> Case:
    return Case(
        number=number,
        version=1,
        state=state,
        kind=fact.kind,
        category=fact.category,
        township=fact.township,
        unit=fact.unit,
        channel=fact.channel,
        urgency=fact.urgency,
        deadline_class=fact.deadline_class,
        is_confidential=fact.is_confidential,
        filed_at=at,
        officer=None,
        rounds=(Round(1, at, fact.rule, fact.accept_due_at, fact.due_at),),
    )


def _with_round(case: Case, current: Round) -> Case:
    return replace(case, rounds=(*case.rounds[:-1], current))


def _rated(case: Case, fact: Rated, at: datetime) -> Case:
    if fact.round != case.now.number:
        raise IllegalTransition
    others = tuple(rating for rating in case.now.ratings if rating.voice != fact.voice)
    answered = Rating(fact.voice, fact.solved, fact.score, at)
    return _with_round(case, replace(case.now, ratings=tuple(sorted((*others, answered), key=lambda r: r.voice))))
