"""An official says what was done: the case is resolved, its reminders end, and the resident is asked whether it is so."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.actions.accept_case import accepting
from bot.actions.ask_translation import answered
from bot.actions.matter import Matter
from bot.actions.want_call import want_calls
from bot.errors import EvidenceMissing
from bot.ports import Desk
from bot.rules.calendar import Calendar
from bot.rules.case import Case, State
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.county import County
from bot.rules.deadline import limit
from bot.rules.dialog import Idle, Resolving
from bot.rules.due import AskAgain, CloseUnrated, Due, due_of_case
from bot.rules.effect import CaseChange, Effects, Priority, Send, Words
from bot.rules.entry import Entry, Resolved
from bot.rules.handling import Step
from bot.rules.identity import Language
from bot.rules.life import evolve
from bot.rules.message import RatingQuestion, ResolveQuestion, TaskResolved
from bot.rules.slot import answer_slot


def ask_what_was_done(desk: Desk, matter: Matter, now: datetime) -> Effects:
    """Ask the officer for the answer in words.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: there is nothing to resolve.
    """
    officer, case = matter.actor(desk, Step.RESOLVE, now), matter.case
    question = ResolveQuestion(case=case.number, wants_evidence=wants_evidence(desk, case))
    return Effects(dialog=Resolving(case=case.number), sends=(Send(officer.person, question),))


def wants_evidence(desk: Desk, case: Case) -> bool:
    """Say whether what a case is about needs a photo or a document to be resolved."""
    category = desk.county.categories.get(case.category)
    return category is not None and category.wants_evidence


def resolve_case(
    desk: Desk, matter: Matter, answer: str, now: datetime, *, has_evidence: bool, has_caller: bool = False
) -> Effects:
    """Resolve a case; one that nobody has signed for is signed for in the same step.

    Args:
        has_caller: whoever phoned left a number and follows it in no chat: somebody else asks them.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: it was resolved already, or has moved on.
        EvidenceMissing: what it is about needs a photo or a document of what was done.
    """
    officer, case = matter.actor(desk, Step.RESOLVE, now), matter.case
    if wants_evidence(desk, case) and not has_evidence:
        raise EvidenceMissing
    entries: tuple[Entry, ...] = ()
    current = case
    if case.state is State.ASSIGNED:
        current, accepted = accepting(case, officer, now)
        entries = (accepted,)
    salt = desk.randomness.bytes(SALT_BYTES)
    entry = Entry(
        at=now, actor=officer.id, case=case.number, fact=Resolved(unit=case.unit, answer=text_commitment(salt, answer))
    )
    resolved = evolve(current, entry)
    slot = answer_slot(case.now.number)
    following, asked = answered(desk, resolved, (slot, answer), matter.languages, matter.staff, now)
    question = msgspec.structs.replace(rating_question(resolved, answer, is_repeated=False), following=following)
    return asked + Effects(
        cases=(CaseChange(case, resolved, (*entries, entry)),),
        words=(Words(case.number, slot, answer, salt),),
        dialog=Idle(),
        cancelled=(f"{case.number}/{case.now.number}/",),
        planned=rating_plan(desk.county, desk.calendar, resolved, now),
        sends=(
            Send(officer.person, TaskResolved(case=case.number)),
            *(Send(person, question, Priority.NOTICE, anchor=rating_anchor(resolved)) for person in matter.voices),
            *(want_calls(resolved, matter.staff) if has_caller else ()),
        ),
    )


def rating_anchor(case: Case) -> str:
    """Name the rating question, so that its later steps edit it in place."""
    return f"rating/{case.number}/{case.now.number}"


def rating_question(
    case: Case, answer: str, *, is_repeated: bool, translations: tuple[tuple[Language, str], ...] = ()
) -> RatingQuestion:
    """Ask whether it is solved; `translations` are those of the answer that there are."""
    return RatingQuestion(
        case=case.number,
        round=case.now.number,
        unit=case.unit,
        answer=answer,
        is_repeated=is_repeated,
        translations=translations,
    )


def rating_plan(county: County, calendar: Calendar, case: Case, now: datetime) -> tuple[Due, ...]:
    """Plan when the resident is asked again, and when the case is closed without an answer."""
    plan, number, attempt = county.rating, case.number, case.now.number
    again = tuple(
        due_of_case(
            limit(now, length, calendar, round_the_clock=False),
            AskAgain(case=number, round=attempt, stage=f"rating:{length.text}"),
        )
        for length in plan.reminders
    )
    closing = limit(now, plan.close_after, calendar, round_the_clock=False)
    return (*again, due_of_case(closing, CloseUnrated(case=number, round=attempt)))
