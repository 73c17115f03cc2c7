"""Cases that no unit has: the card on which a unit is found for one, filled in choice by choice until it is given.

Invariant: nothing of it is in the ledger before it is given; until then it is where a conversation stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from bot.actions.assignment import first_told, replanned
from bot.actions.matter import Matter, changed, sealed, to_voices, told
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.deadline import limit
from bot.rules.dialog import Assigning, Idle
from bot.rules.effect import Effects, Send
from bot.rules.entry import Assigned, Entry, Transferred
from bot.rules.handling import Step, class_of, units_for
from bot.rules.identity import CategoryId, UnitId
from bot.rules.message import CaseMoved, News, Picked, TriageCard
from bot.rules.reminder import plan_triage
from bot.rules.slot import said_slot
from bot.rules.translation import Legible

SECOND: Final = 2
"""What was given back so often is decided for good."""

OF_NO_UNIT: Final = ("triage:", "unaccepted:", "repeat:")
"""How the stages begin that end when a unit has a case again. What hangs on the limit for resolving stays, as that does."""


@dataclass(frozen=True, slots=True)
class Left:
    """How a case came to be without a unit: which one gave it back, why, and until when it has one again."""

    unit: UnitId
    reason: str
    limit_at: datetime


def left_of(desk: Desk, case: Case, entries: Iterable[Entry], words: Mapping[str, str]) -> Left:
    """Read from a case's entries how it came to be without a unit.

    Args:
        words: of the case, by slot.

    Raises:
        IllegalTransition: no unit ever gave it back.
    """
    last = next((each for each in reversed(tuple(entries)) if isinstance(each.fact, Transferred)), None)
    if last is None or not isinstance(last.fact, Transferred):
        raise IllegalTransition
    deadline_class = class_of(desk.county, case)
    clock = deadline_class is not None and deadline_class.runs_round_the_clock
    limit_at, _ = plan_triage(last.at, desk.calendar, round_the_clock=clock)
    return Left(last.fact.unit, words.get(said_slot(last.fact.reason), ""), limit_at)


def first_choice(case: Case) -> Assigning:
    """Begin with nothing chosen; what was given back twice is decided for good."""
    return Assigning(case=case.number, unit=None, category=case.category, is_final=case.transfers >= SECOND, words="")


def triage_card(
    case: Case,
    words: str | Legible,
    left: Left,
    chosen: Assigning | None = None,
    picked: Picked = Picked.NOTHING,
    options: tuple[str, ...] = (),
) -> TriageCard:
    """Draw the card of a case that no unit has, with what is chosen so far."""
    choice = chosen or first_choice(case)
    read = Legible(words) if isinstance(words, str) else words
    return TriageCard(
        case=case.number,
        words=read.text,
        rendering=read.rendering,
        left=left.unit,
        reason=left.reason,
        old_category=case.category,
        township=case.township,
        due_at=case.now.due_at,
        limit_at=left.limit_at,
        is_second=case.transfers >= SECOND,
        unit=choice.unit,
        category=choice.category,
        is_final=choice.is_final,
        said=choice.words,
        picked=picked,
        options=options,
    )


def show_triage(
    desk: Desk, matter: Matter, left: Left, chosen: Assigning | None, now: datetime, picked: Picked = Picked.NOTHING
) -> Effects:
    """Show the card, keep what is chosen so far, and take the next words as the reason that goes with the decision.

    Raises:
        NotPermitted: the official finds no units for cases.
        IllegalTransition: a unit has the case by now.
    """
    watcher = matter.actor(desk, Step.ASSIGN, now)
    choice = chosen or first_choice(matter.case)
    options: tuple[str, ...] = ()
    if picked is Picked.UNIT:
        options = units_for(desk.county, matter.case)
    elif picked is Picked.CATEGORY:
        options = _categories(desk, matter.case)
    card = triage_card(matter.case, matter.words, left, choice, picked, options)
    return Effects(dialog=choice, sends=(Send(watcher.person, card, replaces=matter.pressed),))


def pick_unit(desk: Desk, case: Case, chosen: Assigning, unit: UnitId) -> Assigning:
    """Choose the unit; raises StaleButton where the case must not, or can no longer, go there."""
    if unit not in units_for(desk.county, case):
        raise StaleButton
    return msgspec.structs.replace(chosen, unit=unit)


def pick_category(desk: Desk, case: Case, chosen: Assigning, category: CategoryId) -> Assigning:
    """Choose what the case is about; raises StaleButton where it cannot be that."""
    if category not in _categories(desk, case):
        raise StaleButton
    return msgspec.structs.replace(chosen, category=category)


def toggle_final(case: Case, chosen: Assigning) -> Assigning:
    """Decide it for good, or not; a second wish always is."""
    return msgspec.structs.replace(chosen, is_final=case.transfers >= SECOND or not chosen.is_final)


def assign_case(desk: Desk, matter: Matter, left: Left, chosen: Assigning, now: datetime) -> Effects:
    """Give a case to a unit: it gets a limit for signing, the one for resolving goes on.

    Raises:
        NotPermitted: the official finds no units for cases.
        IllegalTransition: a unit has the case by now.
        StaleButton: no unit is chosen, or the case must not go there.
    """
    watcher = matter.actor(desk, Step.ASSIGN, now)
    case = matter.case
    if chosen.unit is None or chosen.unit not in units_for(desk.county, case):
        raise StaleButton
    commitment, words = sealed(desk, case.number, chosen.words) if chosen.words else (None, None)
    deadline_class = class_of(desk.county, case)
    accept_due_at = None
    if deadline_class is not None:
        clock = deadline_class.runs_round_the_clock
        accept_due_at = limit(now, deadline_class.accept, desk.calendar, round_the_clock=clock)
    fact = Assigned(
        unit=chosen.unit,
        category=chosen.category,
        accept_due_at=accept_due_at,
        reason=commitment,
        is_final=chosen.is_final or case.transfers >= SECOND,
    )
    change = changed(case, watcher.id, (fact,), now)
    after = change.after
    readers, followed = first_told(desk, after, matter.staff, now)
    moved = CaseMoved(case=case.number, unit=after.unit, due_at=after.now.due_at)
    done = triage_card(case, matter.words, left, chosen, Picked.DONE)
    return Effects(
        cases=(change,),
        words=(words,) if words is not None else (),
        dialog=Idle(),
        cancelled=tuple(f"{case.number}/{case.now.number}/{stage}" for stage in OF_NO_UNIT),
        planned=(*replanned(desk, after, (now, case.now.due_at if after.unit == case.unit else None), now), *followed),
        sends=(
            Send(watcher.person, done, replaces=matter.pressed),
            *told(desk, matter, after, readers, now, News.GIVEN, chosen.words or None),
            *(to_voices(matter, moved) if after.unit != case.unit else ()),
        ),
    )


def _categories(desk: Desk, case: Case) -> tuple[CategoryId, ...]:
    """Return what a case may be about: what is confidential stays so, and nothing becomes it unasked."""
    return tuple(each.id for each in desk.county.categories.values() if each.is_confidential == case.is_confidential)
