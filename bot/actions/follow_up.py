"""Looking back (回头看): months after a case was solved, those behind it are asked whether it still is.

Invariant: a voice answers once for each look back; whatever is not still solved goes on, under a new deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.matter import entry_of
from bot.actions.reopen_case import reopening
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.calendar import Calendar
from bot.rules.case import Case, State
from bot.rules.county import County
from bot.rules.deadline import limit
from bot.rules.due import Due, FollowUp, due_of_case
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, Entry, FollowedUp, ReopenReason, Solved
from bot.rules.identity import PersonId
from bot.rules.message import FollowUpQuestion, FollowUpTaken


def follow_up_plan(county: County, calendar: Calendar, case: Case, closed_at: datetime) -> tuple[Due, ...]:
    """Plan the looks back at an attempt that ends now; whether it was solved is seen when their moment comes."""
    number, attempt = case.number, case.now.number
    return tuple(
        due_of_case(
            limit(closed_at, length, calendar, round_the_clock=False),
            FollowUp(case=number, round=attempt, stage=length.text),
        )
        for length in county.rating.follow_up
    )


def ask_still(case: Case, task: FollowUp, voices: Iterable[tuple[int, PersonId]]) -> Effects:
    """Ask everybody behind a case that was solved, and has not been opened again since."""
    if not _is_over(case, task.round) or not was_solved(case):
        return Effects()
    question = FollowUpQuestion(
        case=case.number,
        round=task.round,
        stage=task.stage,
        category=case.category,
        unit=case.unit,
        closed_at=case.now.closed_at,
    )
    anchor = _anchor(case, task.stage)
    return Effects(sends=tuple(Send(person, question, Priority.NOTICE, anchor=anchor) for _, person in voices))


def was_solved(case: Case) -> bool:
    """Say whether an attempt counts as solved: by its voices, or, where none of them said anything, by a callback."""
    answers = {rating.solved for rating in case.now.ratings}
    return answers == {Solved.YES} or (not answers and case.now.called_back is Solved.YES)


def say_still(desk: Desk, stake: Stake, entries: Iterable[Entry], answer: tuple[int, str, Solved], now: datetime) -> Effects:
    """Take an answer: yes is kept, anything else has the case go on.

    Args:
        answer: about which attempt, at which look back, and what.

    Raises:
        StaleButton: the same voice has answered already, or nobody was asked at such a moment.
        IllegalTransition: the case has gone on since.
    """
    case, (attempt, stage, solved) = stake.case, answer
    if not _is_over(case, attempt):
        raise IllegalTransition
    if stage not in _passed(desk, case, now) or any(_answers(each, stake.voice, attempt, stage) for each in entries):
        raise StaleButton
    fact = FollowedUp(round=attempt, stage=stage, voice=stake.voice, solved=solved)
    entry = entry_of(case, RESIDENT, fact, now)
    if solved is Solved.YES:
        taken = Send(stake.person, FollowUpTaken(case=case.number), anchor=_anchor(case, stage), replaces=stake.pressed)
        return Effects(entries=(entry,), sends=(taken,))
    return Effects(entries=(entry,)) + reopening(desk, stake, ReopenReason.FOLLOW_UP, now)


def _passed(desk: Desk, case: Case, now: datetime) -> frozenset[str]:
    """Return the looks back at an attempt whose moments have come."""
    closed_at = case.now.closed_at
    if closed_at is None:
        return frozenset()
    return frozenset(
        length.text
        for length in desk.county.rating.follow_up
        if limit(closed_at, length, desk.calendar, round_the_clock=False) <= now
    )


def _is_over(case: Case, attempt: int) -> bool:
    return case.state is State.CLOSED and case.now.number == attempt


def _answers(entry: Entry, voice: int, attempt: int, stage: str) -> bool:
    fact = entry.fact
    return isinstance(fact, FollowedUp) and (fact.voice, fact.round, fact.stage) == (voice, attempt, stage)


def _anchor(case: Case, stage: str) -> str:
    return f"follow/{case.number}/{case.now.number}/{stage}"
