"""When the limit passes, those behind the case are asked whether it is fixed, and officials hear what they say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.actions.ask_fixed import ask_fixed, say_fixed
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import Case, State
from bot.rules.due import AskFixed
from bot.rules.effect import Effects, Priority
from bot.rules.entry import RESIDENT, Entry, FixedSaid, Solved
from bot.rules.identity import PersonId
from bot.rules.message import FixedQuestion, FixedTaken, News, TaskNotice
from tests.support.builders import (
    DUE_AT,
    EVERYBODY,
    LEAD,
    NEIGHBOUR,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISOR,
    TRANSPORT,
    WORDS,
    again_in,
    case_in,
)
from tests.support.known import desk

TASK = AskFixed(case=NUMBER, round=1)
VOICES = ((1, RESIDENT_PERSON), (2, NEIGHBOUR))
LATE = DUE_AT + timedelta(hours=1)


def stake(case: Case) -> Stake:
    """Return what the resident has to do with a case."""
    return Stake(case, 1, RESIDENT_PERSON, WORDS, EVERYBODY, pressed=8, others=(NEIGHBOUR,))


def said(solved: Solved, at: datetime = LATE, voice: int = 1) -> Entry:
    """Make the entry of an answer."""
    return Entry(at=at, actor=RESIDENT, case=NUMBER, fact=FixedSaid(round=1, voice=voice, solved=solved))


def heard(effects: Effects) -> dict[PersonId, News | None]:
    """Return which officials read what."""
    return {send.to: send.message.news for send in effects.sends if isinstance(send.message, TaskNotice)}


@pytest.mark.parametrize("state", [State.TRIAGE, State.ASSIGNED, State.ACCEPTED])
def test_everybody_behind_an_overdue_case_is_asked(state: State) -> None:
    """Whether or not the unit has signed for it; as a notice, which keeps the hours."""
    effects = ask_fixed(case_in(state), TASK, VOICES, DUE_AT)
    question = FixedQuestion(case=NUMBER, round=1, category=ROADS, unit=TRANSPORT, due_at=DUE_AT)
    assert [(send.to, send.message, send.priority) for send in effects.sends] == [
        (RESIDENT_PERSON, question, Priority.NOTICE),
        (NEIGHBOUR, question, Priority.NOTICE),
    ]
    assert not effects.entries


@pytest.mark.parametrize(
    ("case", "now"),
    [
        (case_in(State.WAITING), DUE_AT + timedelta(days=9)),
        (case_in(State.RESOLVED), DUE_AT),
        (case_in(State.CLOSED), DUE_AT),
        (case_in(State.WITHDRAWN), DUE_AT),
        (again_in(State.ACCEPTED), DUE_AT),
        (case_in(State.ACCEPTED), DUE_AT - timedelta(seconds=1)),
    ],
    ids=["waits for the resident", "resolved", "closed", "withdrawn", "goes on anew", "the limit was moved"],
)
def test_nobody_is_asked_where_the_limit_says_nothing(case: Case, now: datetime) -> None:
    """Nor can anybody answer a question about it."""
    assert ask_fixed(case, TASK, VOICES, now) == Effects()
    with pytest.raises(IllegalTransition):
        say_fixed(desk(), stake(case), (), 1, Solved.YES, now)


def test_a_yes_is_entered_and_told_to_whoever_is_in_charge() -> None:
    """The case stays where it is: it is the unit that resolves it."""
    effects = say_fixed(desk(), stake(case_in(State.ACCEPTED)), (), 1, Solved.YES, LATE)
    assert effects.entries == (said(Solved.YES),)
    assert effects.cases == ()
    assert effects.sends[0].message == FixedTaken(case=NUMBER, unit=TRANSPORT, solved=Solved.YES)
    assert effects.sends[0].replaces == 8
    assert heard(effects) == {OFFICER.person: News.FIXED_MEANWHILE}


def test_a_no_is_told_to_the_lead_too() -> None:
    """And to the supervisors, where no unit has it."""
    effects = say_fixed(desk(), stake(case_in(State.ACCEPTED)), (), 1, Solved.NO, LATE)
    assert effects.entries == (said(Solved.NO),)
    assert heard(effects) == {OFFICER.person: News.NOT_FIXED, LEAD.person: News.NOT_FIXED}
    triage = say_fixed(desk(), stake(case_in(State.TRIAGE)), (), 1, Solved.NO, LATE)
    assert heard(triage) == {SUPERVISOR.person: News.NOT_FIXED}


def test_a_voice_answers_once_for_each_limit() -> None:
    """What another voice said, or the same one about an earlier limit, is no answer to this."""
    case = case_in(State.ACCEPTED)
    for own in (said(Solved.NO), said(Solved.NO, at=DUE_AT)):
        with pytest.raises(StaleButton):
            say_fixed(desk(), stake(case), (own,), 1, Solved.YES, LATE)
    with pytest.raises(StaleButton):
        say_fixed(desk(), stake(case), (), 1, Solved.PARTLY, LATE)
    for other in (said(Solved.NO, voice=2), said(Solved.NO, at=DUE_AT - timedelta(days=2))):
        assert say_fixed(desk(), stake(case), (other,), 1, Solved.YES, LATE).entries
