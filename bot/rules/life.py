"""The life of a case: what may follow what, and the fold that makes a case out of its entries.

```mermaid
stateDiagram-v2
    [*] --> assigned: Filed
    assigned --> accepted: Accepted
    assigned --> triage: Transferred
    accepted --> triage: Transferred
    triage --> assigned: Assigned
    assigned --> assigned: Assigned
    accepted --> assigned: Assigned
    accepted --> waiting: Asked
    waiting --> accepted: Resumed
    accepted --> resolved: Resolved
    resolved --> closed: Closed
    resolved --> assigned: Reopened
    closed --> assigned: Reopened
    triage --> refused: Refused
    assigned --> refused: Refused
    accepted --> refused: Refused
    waiting --> refused: Refused
    triage --> merged: Merged
    assigned --> merged: Merged
    accepted --> merged: Merged
    waiting --> merged: Merged
    triage --> withdrawn: Withdrawn
    assigned --> withdrawn: Withdrawn
    accepted --> withdrawn: Withdrawn
    waiting --> withdrawn: Withdrawn
    resolved --> withdrawn: Withdrawn
```

What leaves a case in its state, and in which states it may happen, is the table STAYING. A case never changes but by
`evolve`; whatever is in neither is refused. A test holds the diagram against the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, get_args

from msgspec.structs import replace

from bot.errors import IllegalTransition
from bot.rules.case import OPEN, Case, ExtensionWish, Rating, Round, State
from bot.rules.entry import (
    Accepted,
    Added,
    Asked,
    Assigned,
    CalledBack,
    CaseFact,
    Closed,
    Concerned,
    Entry,
    ExtensionAsked,
    ExtensionDenied,
    ExtensionGranted,
    Filed,
    Merged,
    PersonAsked,
    Rated,
    RatedAtFirst,
    Reassigned,
    Reclassified,
    Refused,
    Reopened,
    Resolved,
    Resumed,
    Transferred,
    UnitAdded,
    UnitReleased,
    Urged,
    VoiceAdded,
    VoiceLeft,
    VoiceReturned,
    Withdrawn,
)
from bot.rules.identity import CaseNumber, StaffId
from bot.rules.past import Past, dated, left_behind, together

CASE_FACTS: Final = get_args(CaseFact)
"""The kinds of entries that make a case."""

OF_LIFE: Final = frozenset(CASE_FACTS)
"""The same, to be asked in one step."""

STEPS: Final[Mapping[tuple[State | None, type[CaseFact]], State]] = {
    (None, Filed): State.ASSIGNED,
    (State.ASSIGNED, Accepted): State.ACCEPTED,
    (State.ASSIGNED, Transferred): State.TRIAGE,
    (State.ACCEPTED, Transferred): State.TRIAGE,
    (State.TRIAGE, Assigned): State.ASSIGNED,
    (State.ASSIGNED, Assigned): State.ASSIGNED,
    (State.ACCEPTED, Assigned): State.ASSIGNED,
    (State.ACCEPTED, Asked): State.WAITING,
    (State.WAITING, Resumed): State.ACCEPTED,
    (State.ACCEPTED, Resolved): State.RESOLVED,
    (State.RESOLVED, Closed): State.CLOSED,
    (State.RESOLVED, Reopened): State.ASSIGNED,
    (State.CLOSED, Reopened): State.ASSIGNED,
    **dict.fromkeys(((state, Refused) for state in OPEN), State.REFUSED),
    **dict.fromkeys(((state, Merged) for state in OPEN), State.MERGED),
    **dict.fromkeys(((state, Withdrawn) for state in (*OPEN, State.RESOLVED)), State.WITHDRAWN),
}
"""Every fact that leads a case somewhere: the edges of the diagram above."""

IN_HAND: Final = frozenset({State.ACCEPTED, State.WAITING})
ALIVE: Final = OPEN | {State.RESOLVED}
JUDGED: Final = frozenset({State.RESOLVED, State.CLOSED})

STAYING: Final[Mapping[type[CaseFact], frozenset[State]]] = {
    RatedAtFirst: JUDGED,
    Rated: JUDGED,
    CalledBack: JUDGED,
    ExtensionAsked: frozenset({State.ASSIGNED, State.ACCEPTED}),
    ExtensionGranted: OPEN,
    ExtensionDenied: OPEN,
    Reclassified: OPEN,
    Reassigned: IN_HAND,
    UnitAdded: OPEN,
    UnitReleased: OPEN,
    VoiceAdded: ALIVE,
    VoiceLeft: ALIVE,
    VoiceReturned: ALIVE,
    Added: ALIVE,
    Urged: OPEN,
    PersonAsked: ALIVE,
    Concerned: frozenset({State.ASSIGNED}),
}
"""Every fact that changes a case but not its state, and the states in which it may happen."""

TRANSITIONS: Final[Mapping[tuple[State | None, type[CaseFact]], State]] = {
    **STEPS,
    **{(state, fact): state for fact, states in STAYING.items() for state in states},
}


def is_of_life(entry: Entry) -> bool:
    """Say whether an entry is one of those that a case is the fold of."""
    return type(entry.fact) in OF_LIFE


def evolve(case: Case | None, entry: Entry) -> Case:
    """Return the case after one more of its entries.

    Raises:
        IllegalTransition: the entry does not follow from the state (`case` unchanged).
    """
    fact, number = entry.fact, entry.case
    state = TRANSITIONS.get((case.state if case else None, type(fact)))  # type: ignore[arg-type]  # a key that is not in the table is the refusal
    if state is None or number is None:
        raise IllegalTransition
    if case is None:
        if not isinstance(fact, Filed):
            raise IllegalTransition
        return _filed(number, fact, entry.at, state)
    after, current = _changed(case, entry)
    rounds = (*after.rounds[:-1], current)
    return dated(case, replace(after, version=case.version + 1, state=state, rounds=rounds), entry.at)


def _changed(case: Case, entry: Entry) -> tuple[Case, Round]:
    """Follow the entries of a case's common life: signed for, resolved, judged, gone on with.

    Returned are the case and its current round with what the entry changes of each; version and state are the caller's.
    """
    fact, current = entry.fact, case.now
    match fact:
        case Accepted():
            return replace(case, officer=StaffId(entry.actor)), replace(current, accepted_at=entry.at)
        case Resolved():
            return case, replace(current, resolved_at=entry.at, wish=None)
        case Rated() | RatedAtFirst():
            return case, _rated(case, fact, entry.at)
        case Closed(how=how):
            return case, replace(current, closed_at=entry.at, how=how)
        case Reopened():
            limits = fact.rule, fact.accept_due_at, fact.due_at
            again = Round(fact.round, entry.at, case.unit, *limits, left=len(case.left))
            return replace(case, officer=None, joint=(), rounds=(*case.rounds, again)), again
        case CalledBack(round=number, solved=solved):
            if number != current.number:
                raise IllegalTransition
            return case, replace(current, called_back=solved)
        case _:
            return _handed(case, entry)


def _handed(case: Case, entry: Entry) -> tuple[Case, Round]:
    """Follow the entries that say who has the case, and by when."""
    fact, current = entry.fact, case.now
    match fact:
        case Transferred():
            away = replace(current, accepted_at=None, wish=None)
            return replace(case, officer=None, transfers=case.transfers + 1), away
        case Assigned() | UnitAdded() if fact.unit == case.about:
            raise IllegalTransition
        case Assigned():
            given = replace(case, unit=fact.unit, category=fact.category, officer=None, is_final=fact.is_final, joint=())
            return given, replace(current, unit=fact.unit, accepted_at=None, accept_due_at=fact.accept_due_at)
        case Reassigned(staff=staff):
            return replace(case, officer=staff), current
        case UnitAdded(unit=unit):
            if unit in {case.unit, *case.joint}:
                raise IllegalTransition
            return replace(case, joint=(*case.joint, unit)), current
        case UnitReleased(unit=unit):
            if unit not in case.joint:
                raise IllegalTransition
            return replace(case, joint=tuple(each for each in case.joint if each != unit)), current
        case Reclassified():
            reckoned = replace(current, rule=fact.rule, accept_due_at=fact.accept_due_at, due_at=fact.due_at)
            return replace(case, deadline_class=fact.deadline_class), reckoned
        case _:
            return _timed(case, entry)


def _timed(case: Case, entry: Entry) -> tuple[Case, Round]:
    """Follow the entries that stop the clock or give more time, and what voices do beside judging."""
    fact, current = entry.fact, case.now
    match fact:
        case Asked(until=until, due_at=due_at):
            standing = replace(current, due_at=due_at, waiting_since=entry.at, waiting_until=until)
            return case, replace(standing, pauses=current.pauses + 1)
        case Resumed(due_at=due_at):
            return case, replace(current, due_at=due_at, waiting_since=None, waiting_until=None)
        case ExtensionAsked(due_at=due_at):
            return case, replace(current, wish=ExtensionWish(StaffId(entry.actor), due_at))
        case ExtensionGranted() | ExtensionDenied():
            return case, _extended(current, entry)
        case VoiceAdded(voice=voice):
            if voice != case.voices + 1:
                raise IllegalTransition
            return replace(case, voices=voice), current
        case VoiceLeft() | VoiceReturned():
            return _left_or_returned(case, fact)
        case Urged():
            return replace(case, urgings=case.urgings + 1, urged_at=entry.at), current
        case PersonAsked():
            return replace(case, person_asked_at=entry.at), current
        case Concerned(about=about):
            if about in {case.unit, *case.joint}:
                raise IllegalTransition
            return replace(case, about=about), current
        case _:
            return case, current


def _left_or_returned(case: Case, fact: VoiceLeft | VoiceReturned) -> tuple[Case, Round]:
    """Let a voice go, never the last, and none whose answer in this round counts; or one of those that left come back."""
    voice = fact.voice
    has_left = voice in case.left
    if has_left is isinstance(fact, VoiceLeft) or not 1 <= voice <= case.voices:
        raise IllegalTransition
    if not has_left and (case.behind == 1 or case.rating_of(voice)):
        raise IllegalTransition
    left = tuple(each for each in case.left if each != voice) if has_left else (*case.left, voice)
    return replace(case, left=left), replace(case.now, left=len(left))


def _extended(current: Round, entry: Entry) -> Round:
    """Decide a wish for more time: there must be one, and whoever decides is not who asked."""
    if current.wish is None or current.wish.by == entry.actor:
        raise IllegalTransition
    if isinstance(entry.fact, ExtensionGranted):
        return replace(current, wish=None, due_at=entry.fact.due_at, extensions=current.extensions + 1)
    return replace(current, wish=None)


def fold(entries: Iterable[Entry]) -> Case | None:
    """Make a case out of its entries, oldest first; None when there are none."""
    case: Case | None = None
    for entry in entries:
        case = evolve(case, entry)
    return case


def goes_on_as(entries: Iterable[Entry]) -> CaseNumber | None:
    """Return the case that one was merged into, by the entries of that one; None where it goes on by itself."""
    return next((entry.fact.into for entry in entries if isinstance(entry.fact, Merged)), None)


def past_of(before: Case | None, after: Case, entries: Iterable[Entry]) -> Past:
    """Return what the entries that lead a case from `before` to `after` made past, entry by entry."""
    known = () if before is None else before.rounds
    opened = [None] * (len(after.rounds) - len(known))
    since = None if before is None else before.since
    if (since, [*(each.since for each in known), *opened]) == (after.since, [each.since for each in after.rounds]):
        return Past()  # as nearly always
    pasts = []
    case = before
    for entry in entries:
        if is_of_life(entry):
            earlier, case = case, evolve(case, entry)
            if earlier is not None:
                pasts.append(left_behind(earlier, case))
    return together(pasts)


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
        rounds=(Round(1, at, fact.unit, fact.rule, fact.accept_due_at, fact.due_at),),
    )


def _rated(case: Case, fact: Rated | RatedAtFirst, at: datetime) -> Round:
    current = case.now
    if fact.round != current.number or fact.voice in case.left:
        raise IllegalTransition
    answered = Rating(fact.voice, fact.solved, fact.score, at, fact.source)
    others = [rating for rating in current.ratings if rating.voice != fact.voice]
    ratings = sorted([*others, answered], key=lambda each: each.voice) if others else [answered]
    return replace(current, ratings=tuple(ratings))
