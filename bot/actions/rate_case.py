"""The resident's own word: solved or not, and how satisfied. It, not the unit's, decides what "solved" means."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.actions.follow_up import follow_up_plan
from bot.actions.matter import changed
from bot.actions.reopen_case import reopening
from bot.actions.resolve_case import rating_question
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.effect import Effects, Send
from bot.rules.entry import RESIDENT, Closed, Closing, Rated, ReopenReason, Solved
from bot.rules.following import may_judge_again, may_still_judge
from bot.rules.message import PartlyQuestion, RatingThanks, ScoreQuestion, TaskRated

SCORES = range(1, 6)


def rate_solved(desk: Desk, stake: Stake, round_number: int, solved: Solved, now: datetime) -> Effects:
    """Answer whether it is solved: yes closes, no reopens, partly asks whether to go on.

    A closed case takes another answer from whoever has given one, and the first one of another voice where one had answered,
    for as long as the county lets people change their mind.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    if stake.case.state is State.CLOSED:
        return _judge_again(desk, stake, round_number, solved, now)
    case = _waiting(stake, round_number)
    rated, judged = _rated(stake, solved, None, now)
    match solved:
        case Solved.NO:
            return rated.then(reopening(desk, judged, ReopenReason.RATED_NO, now))
        case Solved.PARTLY:
            question = PartlyQuestion(case=case.number, round=case.now.number)
            return rated + Effects(sends=(stake.in_place(question),))
        case Solved.YES:
            return rated.then(_close(desk, judged, Closing.RATED, now))


def ask_again_about(desk: Desk, stake: Stake, answer: str, now: datetime) -> Effects:
    """Ask once more whether a closed case is solved, for someone who has changed their mind.

    Raises:
        IllegalTransition: it is not closed, or too long ago, or they had not answered.
    """
    if not may_judge_again(stake.case, stake.voice, desk.county.rating, desk.calendar, now):
        raise IllegalTransition
    return Effects(sends=(stake.in_place(rating_question(stake.case, answer, is_repeated=False)),))


def _judge_again(desk: Desk, stake: Stake, round_number: int, solved: Solved, now: datetime) -> Effects:
    case = stake.case
    before = case.rating_of(stake.voice)
    may = may_still_judge if before is None else may_judge_again
    is_theirs = may(case, stake.voice, desk.county.rating, desk.calendar, now)
    if not is_theirs or (before is not None and before.solved is solved) or case.now.number != round_number:
        raise IllegalTransition
    rated, judged = _rated(stake, solved, None, now)
    if solved is Solved.NO:
        return rated.then(reopening(desk, judged, ReopenReason.RATED_NO, now))
    question = ScoreQuestion(case=case.number, round=case.now.number, solved=solved)
    return rated + Effects(sends=(stake.in_place(question), *_told(stake, solved, None)))


def let_rest(desk: Desk, stake: Stake, round_number: int, now: datetime) -> Effects:
    """Leave a partly solved case as it is: closed, and not counted as solved.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    _require_partly(stake, round_number)
    return _close(desk, stake, Closing.LEFT, now)


def go_on(desk: Desk, stake: Stake, round_number: int, now: datetime) -> Effects:
    """Have a partly solved case worked on again.

    Raises:
        IllegalTransition: the case does not wait for this answer.
    """
    _require_partly(stake, round_number)
    return reopening(desk, stake, ReopenReason.RATED_PARTLY, now)


def rate_score(desk: Desk, stake: Stake, round_number: int, score: int, now: datetime) -> Effects:
    """Add how satisfied the voice is, 1 to 5, to the answer it gave.

    Raises:
        StaleButton: the question is about an earlier round, there is no answer to add to, or it is too late to change it.
    """
    case = stake.case
    rating = case.rating_of(stake.voice)
    if round_number != case.now.number or rating is None or score not in SCORES:
        raise StaleButton
    if case.state is State.CLOSED and not may_judge_again(case, stake.voice, desk.county.rating, desk.calendar, now):
        raise StaleButton
    rated, _ = _rated(stake, rating.solved, score, now)
    thanks = RatingThanks(case=case.number, solved=rating.solved, score=score, round=round_number)
    told = _told(stake, rating.solved, score, is_first=rating.score is None)
    return rated + Effects(sends=(stake.in_place(thanks), *told))


def _waiting(stake: Stake, round_number: int) -> Case:
    if stake.case.state is not State.RESOLVED or stake.case.now.number != round_number:
        raise IllegalTransition
    return stake.case


def _require_partly(stake: Stake, round_number: int) -> None:
    rating = _waiting(stake, round_number).rating_of(stake.voice)
    if rating is None or rating.solved is not Solved.PARTLY:
        raise IllegalTransition


def _rated(stake: Stake, solved: Solved, score: int | None, now: datetime) -> tuple[Effects, Stake]:
    """Enter an answer; return with it the stake in the case as it is then."""
    fact = Rated(round=stake.case.now.number, voice=stake.voice, solved=solved, score=score)
    change = changed(stake.case, RESIDENT, (fact,), now)
    return Effects(cases=(change,)), replace(stake, case=change.after)


def _close(desk: Desk, stake: Stake, how: Closing, now: datetime) -> Effects:
    """Close a case as rated yes, or as left where it is partly solved; it is looked back at after months."""
    case = stake.case
    solved = Solved.YES if how is Closing.RATED else Solved.PARTLY
    change = changed(case, RESIDENT, (Closed(round=case.now.number, how=how),), now)
    question = ScoreQuestion(case=case.number, round=case.now.number, solved=solved)
    return Effects(
        cases=(change,),
        cancelled=(f"{case.number}/{case.now.number}/",),
        planned=follow_up_plan(desk.county, desk.calendar, change.after, now),
        sends=(stake.in_place(question), *_told(stake, solved, None)),
    )


def _told(stake: Stake, solved: Solved, score: int | None, *, is_first: bool = True) -> tuple[Send, ...]:
    """Tell the officer in charge of a judgement: the score that follows an answer is written into what they read of that.

    Whoever changes their mind later, about the answer or the score, makes a message of its own: it is news.
    """
    case = stake.case
    anchor = f"judged/{case.number}/{case.now.number}/{stake.voice}/{solved}" if is_first else None
    return stake.tell_officer(TaskRated(case=case.number, solved=solved, score=score), anchor)
