"""The resident's own word: solved or not, and how satisfied. It, not the unit's, decides what "solved" means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.actions.assignment import limits_from, officials_of
from bot.actions.file_case import notices
from bot.actions.resolve_case import rating_anchor
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import CaseChange, Effects, Priority, Send
from bot.rules.entry import RESIDENT, Closed, Closing, Entry, Rated, Reopened, ReopenReason, Solved
from bot.rules.identity import PersonId
from bot.rules.life import evolve
from bot.rules.message import (
    CaseReopened,
    Message,
    PartlyQuestion,
    RatingThanks,
    ReopenNotice,
    ScoreQuestion,
    TaskRated,
)
from bot.rules.staff import Staff

SCORES = range(1, 6)


@dataclass(frozen=True, slots=True)
class Stake:
    """What a person has to do with a case that they judge.

    Attributes:
        voice: they are the n-th voice of it.
        words: what was filed, for the notice if the case goes on.
        staff: every active official.
        pressed: Telegram's number of the message whose button was pressed; the next step of the question takes its place.
    """

    case: Case
    voice: int
    person: PersonId
    words: str
    staff: tuple[Staff, ...]
    pressed: int | None = None


def rate_solved(desk: Desk, stake: Stake, round_number: int, solved: Solved, now: datetime) -> Effects:
    """Answer whether it is solved: yes closes, no reopens, partly asks whether to go on.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    case = _waiting(stake, round_number)
    rated, entry = _rated(case, stake.voice, solved, None, now)
    match solved:
        case Solved.NO:
            return _reopen(desk, stake, (rated, (entry,)), ReopenReason.RATED_NO, now)
        case Solved.PARTLY:
            question = PartlyQuestion(case=case.number, round=case.now.number)
            return Effects(cases=(CaseChange(case, rated, (entry,)),), sends=(_in_place(stake, question),))
        case Solved.YES:
            return _close(stake, (rated, (entry,)), Closing.RATED, solved, now)


def let_rest(stake: Stake, round_number: int, now: datetime) -> Effects:
    """Leave a partly solved case as it is: closed, and not counted as solved.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    return _close(stake, (_partly(stake, round_number), ()), Closing.LEFT, Solved.PARTLY, now)


def go_on(desk: Desk, stake: Stake, round_number: int, now: datetime) -> Effects:
    """Have a partly solved case worked on again.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    return _reopen(desk, stake, (_partly(stake, round_number), ()), ReopenReason.RATED_PARTLY, now)


def rate_score(stake: Stake, round_number: int, score: int, now: datetime) -> Effects:
    """Add how satisfied the voice is, 1 to 5, to the answer it gave.

    Raises:
        StaleButton: the question is about an earlier round, or there is no answer to add to.
    """
    case = stake.case
    rating = case.rating_of(stake.voice)
    if round_number != case.now.number or rating is None or score not in SCORES:
        raise StaleButton
    rated, entry = _rated(case, stake.voice, rating.solved, score, now)
    thanks = RatingThanks(case=case.number, solved=rating.solved, score=score)
    told = _tell_officer(stake, rating.solved, score)
    return Effects(cases=(CaseChange(case, rated, (entry,)),), sends=(_in_place(stake, thanks), *told))


def _waiting(stake: Stake, round_number: int) -> Case:
    if stake.case.state is not State.RESOLVED or stake.case.now.number != round_number:
        raise IllegalTransition
    return stake.case


def _partly(stake: Stake, round_number: int) -> Case:
    case = _waiting(stake, round_number)
    rating = case.rating_of(stake.voice)
    if rating is None or rating.solved is not Solved.PARTLY:
        raise IllegalTransition
    return case


def _rated(case: Case, voice: int, solved: Solved, score: int | None, now: datetime) -> tuple[Case, Entry]:
    fact = Rated(round=case.now.number, voice=voice, solved=solved, score=score)
    entry = Entry(at=now, actor=RESIDENT, case=case.number, fact=fact)
    return evolve(case, entry), entry


def _close(stake: Stake, so_far: tuple[Case, tuple[Entry, ...]], how: Closing, solved: Solved, now: datetime) -> Effects:
    current, entries = so_far
    fact = Closed(round=current.now.number, how=how)
    entry = Entry(at=now, actor=RESIDENT, case=current.number, fact=fact)
    question = ScoreQuestion(case=current.number, round=current.now.number, solved=solved)
    return Effects(
        cases=(CaseChange(stake.case, evolve(current, entry), (*entries, entry)),),
        cancelled=(f"{current.number}/{current.now.number}/",),
        sends=(_in_place(stake, question), *_tell_officer(stake, solved, None)),
    )


def _reopen(
    desk: Desk, stake: Stake, so_far: tuple[Case, tuple[Entry, ...]], reason: ReopenReason, now: datetime
) -> Effects:
    current, entries = so_far
    number = current.now.number + 1
    deadline_class = desk.county.classes.get(current.deadline_class) if current.deadline_class else None
    limits = limits_from(desk.county, desk.calendar, deadline_class, now, (current.number, number))
    fact = Reopened(round=number, reason=reason, rule=limits.rule, accept_due_at=limits.accept_due_at, due_at=limits.due_at)
    entry = Entry(at=now, actor=RESIDENT, case=current.number, fact=fact)
    again = evolve(current, entry)
    told = ReopenNotice(case=again.number, unit=again.unit, round=number, due_at=limits.due_at)
    supervisors = (each for each in stake.staff if each.role is Role.SUPERVISOR and each.is_reachable)
    return Effects(
        cases=(CaseChange(stake.case, again, (*entries, entry)),),
        cancelled=(f"{again.number}/{number - 1}/",),
        planned=limits.reminders,
        sends=(
            _in_place(stake, CaseReopened(case=again.number, unit=again.unit, due_at=limits.due_at)),
            *notices(again, stake.words, officials_of(again.unit, stake.staff)),
            *(Send(each.person, told, Priority.NOTICE) for each in supervisors),
        ),
    )


def _in_place(stake: Stake, message: Message) -> Send:
    return Send(stake.person, message, anchor=rating_anchor(stake.case), replaces=stake.pressed)


def _tell_officer(stake: Stake, solved: Solved, score: int | None) -> tuple[Send, ...]:
    message = TaskRated(case=stake.case.number, solved=solved, score=score)
    in_charge = (each for each in stake.staff if each.id == stake.case.officer and each.is_reachable)
    return tuple(Send(each.person, message, Priority.NOTICE) for each in in_charge)
