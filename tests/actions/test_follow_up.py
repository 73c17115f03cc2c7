"""Months after a case was solved those behind it are asked again; what has come back goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.follow_up import ask_still, follow_up_plan, say_still
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import Case, State
from bot.rules.due import FollowUp
from bot.rules.effect import Effects, Priority
from bot.rules.entry import (
    RESIDENT,
    CalledBack,
    Closing,
    Entry,
    FollowedUp,
    Reopened,
    ReopenReason,
    Solved,
)
from bot.rules.message import CaseReopened, FollowUpQuestion, FollowUpTaken, ReopenNotice
from tests.support.builders import (
    EVERYBODY,
    NEIGHBOUR,
    NOW,
    NUMBER,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WORDS,
    again_in,
    calendar,
    case_in,
    case_of,
    closed,
    county,
    rated,
)
from tests.support.hours import shown
from tests.support.known import desk

CLOSED = case_in(State.CLOSED)
SILENT = (*TO[State.RESOLVED], closed(Closing.UNRATED))
TASK = FollowUp(case=NUMBER, round=1, stage="90cd")
VOICES = ((1, RESIDENT_PERSON), (2, NEIGHBOUR))
LATER = NOW + timedelta(days=95)


def stake(case: Case = CLOSED) -> Stake:
    """Return what the resident has to do with a case."""
    return Stake(case, 1, RESIDENT_PERSON, WORDS, EVERYBODY, pressed=8, others=(NEIGHBOUR,))


def said(solved: Solved, *, stage: str = "90cd", voice: int = 1) -> Entry:
    """Make the entry of an answer."""
    return Entry(at=LATER, actor=RESIDENT, case=NUMBER, fact=FollowedUp(round=1, stage=stage, voice=voice, solved=solved))


def test_each_end_of_a_case_is_looked_back_at_twice() -> None:
    """After the county's 90 days and after a year, when offices are open."""
    plan = follow_up_plan(county(), calendar(), CLOSED, NOW)
    assert [(due.key, due.task) for due in plan] == [
        (f"{NUMBER}/1/follow:90cd", TASK),
        (f"{NUMBER}/1/follow:365cd", FollowUp(case=NUMBER, round=1, stage="365cd")),
    ]
    assert [shown(due.at) for due in plan] == ["2027-02-22 19:30", "2027-11-24 19:30"]


def test_everybody_behind_a_solved_case_is_asked() -> None:
    """As a notice, which keeps the hours."""
    effects = ask_still(CLOSED, TASK, VOICES)
    question = FollowUpQuestion(
        case=NUMBER, round=1, stage="90cd", category=ROADS, unit=TRANSPORT, closed_at=CLOSED.now.closed_at
    )
    assert [(send.to, send.message, send.priority) for send in effects.sends] == [
        (RESIDENT_PERSON, question, Priority.NOTICE),
        (NEIGHBOUR, question, Priority.NOTICE),
    ]


@pytest.mark.parametrize(
    ("case", "is_asked"),
    [
        (CLOSED, True),
        (case_of(*SILENT, CalledBack(round=1, solved=Solved.YES)), True),
        (case_of(*SILENT), False),
        (case_of(*TO[State.RESOLVED], rated(Solved.PARTLY), closed(Closing.LEFT)), False),
        (again_in(State.ACCEPTED), False),
        (again_in(State.CLOSED), False),
    ],
    ids=["said solved", "confirmed by a callback", "nobody said anything", "left at partly", "goes on", "another attempt"],
)
def test_only_what_was_solved_is_looked_back_at(case: Case, *, is_asked: bool) -> None:
    """Where it never was there is nothing to last, and an attempt is not asked about once another has begun."""
    assert bool(ask_still(case, TASK, VOICES).sends) is is_asked


def test_a_yes_is_entered_and_thanked_for() -> None:
    """Nothing else happens: the case stays closed."""
    effects = say_still(desk(), stake(), (), (1, "90cd", Solved.YES), LATER)
    assert effects.entries == (said(Solved.YES),)
    assert effects.cases == ()
    (send,) = effects.sends
    assert (send.message, send.replaces) == (FollowUpTaken(case=NUMBER), 8)


@pytest.mark.parametrize("solved", [Solved.PARTLY, Solved.NO])
def test_what_has_come_back_goes_on(solved: Solved) -> None:
    """Under a new limit; all its voices, its unit and the supervisors are told why."""
    effects = say_still(desk(), stake(), (), (1, "90cd", solved), LATER)
    assert effects.entries == (said(solved),)
    (change,) = effects.cases
    (again,) = change.entries
    assert isinstance(again.fact, Reopened)
    assert (again.fact.reason, again.fact.round, change.after.state) == (ReopenReason.FOLLOW_UP, 2, State.ASSIGNED)
    told = {type(send.message): send.to for send in effects.sends}
    assert told[ReopenNotice] == SUPERVISOR.person
    assert {send.to for send in effects.sends if isinstance(send.message, CaseReopened)} == {RESIDENT_PERSON, NEIGHBOUR}
    assert effects.cancelled == (f"{NUMBER}/1/",)  # the look back after a year is about an attempt that is no more


def test_each_voice_answers_once_at_each_look() -> None:
    """A second tap changes nothing; another voice, and the look after a year, are other answers."""
    with pytest.raises(StaleButton):
        say_still(desk(), stake(), (said(Solved.YES),), (1, "90cd", Solved.NO), LATER)
    for other in (said(Solved.YES, voice=2), said(Solved.YES, stage="365cd")):
        assert say_still(desk(), stake(), (other,), (1, "90cd", Solved.YES), LATER).entries


def test_nobody_answers_what_was_not_asked() -> None:
    """Before its moment, at a look that the county does not take, or about a case that has gone on."""
    for answer, now in (((1, "90cd", Solved.YES), NOW), ((1, "7cd", Solved.NO), LATER)):
        with pytest.raises(StaleButton):
            say_still(desk(), stake(), (), answer, now)
    for case in (again_in(State.ACCEPTED), again_in(State.CLOSED)):
        with pytest.raises(IllegalTransition):
            say_still(desk(), stake(case), (), (1, "90cd", Solved.NO), LATER)


def test_nothing_is_left_of_an_attempt_without_an_end() -> None:
    """An open case is not looked back at."""
    assert ask_still(case_in(State.ACCEPTED), TASK, VOICES) == Effects()
