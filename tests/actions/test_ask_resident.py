"""The clock stands still while a resident is asked, within limits; what was left when it stopped is left when it runs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.actions.ask_resident import answer, ask_resident, drop_question, end_pause, want_answer
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import Answering
from bot.rules.due import AskFixed, EndPause, RemindStaff
from bot.rules.effect import Effects
from bot.rules.entry import CLOCK, RESIDENT, Asked, CaseFact, Entry, ExtensionAsked, ReminderDecided, Resumed, Resuming
from bot.rules.life import fold
from bot.rules.message import AnswerTaken, AnswerWanted, News, PauseEnded, TaskNotice, UnitAsked
from bot.rules.slot import said_slot
from bot.rules.staff import Staff
from tests.support.builders import (
    ACCEPTED,
    ADMIN,
    COMMITMENT,
    DUE_AT,
    FILED,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    calendar,
    case_in,
    case_of,
    entries,
    matter,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

QUESTION = "是哪一盏路灯？"
UNTIL = wall("2026-12-01 12:00")
"""Five working days after NOW, the sample county's longest pause."""


def asking(case: Case, *roles: Staff, now: datetime = NOW) -> Effects:
    """Ask."""
    return ask_resident(desk(), matter(case, *roles), QUESTION, now)


def asked() -> tuple[Case, tuple[Entry, ...]]:
    """Make a case whose resident was asked at NOW, and its entries."""
    (change,) = asking(case_in(State.ACCEPTED), OFFICER).cases
    return change.after, (*entries(FILED, ACCEPTED), *change.entries)


def answering(case: Case, told: tuple[Entry, ...], at: datetime, pause: int = 1) -> Effects:
    """Answer as the resident who stands behind it."""
    dialog = Answering(case=NUMBER, round=1, pause=pause)
    return answer(desk(), matter(case), dialog, told, RESIDENT_PERSON, "门口左边那盏", at)


def limit_of(effects: Effects) -> datetime | None:
    """Return the limit after a pause."""
    ((written,),) = (change.entries for change in effects.cases)
    assert isinstance(written.fact, Resumed)
    return written.fact.due_at


def test_asking_stops_the_clock_for_as_long_as_may_be() -> None:
    """Until the answer nobody is reminded; one task ends the pause by itself, and the limit is moved on by all of it."""
    effects = asking(case_in(State.ACCEPTED), OFFICER)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Asked)
    assert (written.actor, written.fact.until) == (OFFICER.id, UNTIL)
    assert change.after.state is State.WAITING
    assert written.fact.due_at == wall("2026-12-10 11:15"), "five working days later"
    assert effects.cancelled == (f"{NUMBER}/1/",)
    (due,) = effects.planned
    assert (due.key, due.at, due.task) == (f"{NUMBER}/1/pause:1", UNTIL, EndPause(case=NUMBER, round=1, pause=1))
    assert (effects.words[0].slot, effects.words[0].text) == (said_slot(written.fact.question), QUESTION)


def test_everybody_behind_the_case_is_asked() -> None:
    """Each reads the question as it was written, and until when it waits."""
    told = {send.to: send.message for send in asking(case_in(State.ACCEPTED), OFFICER).sends}
    question = UnitAsked(case=NUMBER, unit=FILED.unit, question=QUESTION, until=UNTIL)
    assert told[RESIDENT_PERSON] == told[NEIGHBOUR] == question
    own = told[OFFICER.person]
    assert isinstance(own, TaskNotice)
    assert (own.news, own.waiting_until, own.said) == (News.ASKED, UNTIL, QUESTION)


def test_a_question_can_be_put_only_so_often() -> None:
    """After the county's number of pauses the clock stops no more."""
    once = (FILED, ACCEPTED, Asked(question=COMMITMENT, until=UNTIL, due_at=DUE_AT))
    back = Resumed(because=Resuming.ANSWERED, due_at=DUE_AT, words=COMMITMENT)
    assert asking(case_of(*once, back), OFFICER).cases
    twice: tuple[CaseFact, ...] = (*once, back, *once[2:], back)
    with pytest.raises(IllegalTransition):
        asking(case_of(*twice), OFFICER)


def test_while_more_time_is_being_decided_on_the_clock_does_not_stop() -> None:
    """A pause would move the limit that somebody else is deciding about."""
    wish = ExtensionAsked(length="7d", due_at=DUE_AT + timedelta(days=7), reason=COMMITMENT)
    with pytest.raises(IllegalTransition):
        asking(case_of(FILED, ACCEPTED, wish), OFFICER)


@pytest.mark.parametrize("state", [state for state in State if state is not State.ACCEPTED])
def test_only_who_has_signed_for_it_asks(state: State) -> None:
    """Nobody asks about what is not in hand, or asks twice at once."""
    with pytest.raises(IllegalTransition):
        asking(case_in(state), OFFICER)


@pytest.mark.parametrize("roles", [(), (SUPERVISOR,), (ADMIN,), (staff(OFFICER.role, None, "elsewhere"),)])
def test_nobody_else_stops_the_clock(roles: tuple[Staff, ...]) -> None:
    """A pause is the unit's, of whom the resident can see that it asked."""
    with pytest.raises(NotPermitted):
        asking(case_in(State.ACCEPTED), *roles)


def test_the_next_words_are_the_answer() -> None:
    """The button under the question changes where the conversation stands, and nothing else."""
    case, _ = asked()
    effects = want_answer(case, RESIDENT_PERSON)
    assert effects.dialog == Answering(case=NUMBER, round=1, pause=1)
    assert effects.sends[0].message == AnswerWanted(case=NUMBER)
    for state in set(State) - {State.WAITING}:
        with pytest.raises(IllegalTransition):
            want_answer(case_in(state), RESIDENT_PERSON)


def test_an_answer_brings_back_what_was_left() -> None:
    """After one working day of waiting the limit is one working day later; reminders are planned from that."""
    case, told = asked()
    at = wall("2026-11-25 12:00")
    effects = answering(case, told, at)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Resumed)
    assert (written.actor, written.fact.because, written.fact.due_at) == (
        RESIDENT,
        Resuming.ANSWERED,
        wall("2026-12-04 11:15"),
    )
    assert (change.after.state, change.after.now.waiting_until) == (State.ACCEPTED, None)
    assert effects.cancelled == (f"{NUMBER}/1/",)
    stages = {each.key.rpartition("/")[2]: each.at for each in effects.planned}
    assert stages["before:1d"] == wall("2026-12-03 11:15")
    assert stages["overdue:0h"] == wall("2026-12-04 11:15")
    assert not [stage for stage in stages if stage.startswith(("unaccepted", "pause"))]
    assert all(isinstance(each.task, RemindStaff | AskFixed) and each.at > at for each in effects.planned)


def test_the_officer_reads_the_answer_and_the_resident_the_new_date() -> None:
    """What was answered reaches whoever is in charge, word for word, as a new message."""
    case, told = asked()
    sends = {send.to: send.message for send in answering(case, told, wall("2026-11-25 12:00")).sends}
    assert set(sends) == {RESIDENT_PERSON, NEIGHBOUR, OFFICER.person}
    settled = sends[NEIGHBOUR]
    assert isinstance(settled, PauseEnded)
    assert settled.because is Resuming.ANSWERED
    assert sends[RESIDENT_PERSON] == AnswerTaken(case=NUMBER, unit=FILED.unit, due_at=wall("2026-12-04 11:15"))
    notice = sends[OFFICER.person]
    assert isinstance(notice, TaskNotice)
    assert (notice.news, notice.said, notice.state) == (News.ANSWERED, "门口左边那盏", State.ACCEPTED)


def test_an_answer_at_once_moves_nothing() -> None:
    """No time passed, so none is given back."""
    case, told = asked()
    assert limit_of(answering(case, told, NOW)) == DUE_AT


@pytest.mark.parametrize("pause", [0, 2])
def test_an_answer_to_another_question_is_refused(pause: int) -> None:
    """A conversation about the first question does not answer the second."""
    case, told = asked()
    with pytest.raises(IllegalTransition):
        answering(case, told, NOW, pause)


def test_of_two_answers_the_first_counts() -> None:
    """Who comes second hears that the case has moved on."""
    case, told = asked()
    (change,) = answering(case, told, NOW).cases
    with pytest.raises(IllegalTransition):
        answering(change.after, (*told, *change.entries), NOW)


def test_without_an_answer_the_pause_ends_by_itself() -> None:
    """The clock ends it, everybody hears it, and the limit is the one that was named when it began."""
    case, told = asked()
    task = EndPause(case=NUMBER, round=1, pause=1)
    effects = end_pause(desk(), matter(case), task, told, UNTIL)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Resumed)
    assert (written.actor, written.fact.because, written.fact.words) == (CLOCK, Resuming.EXPIRED, None)
    assert written.fact.due_at == case.now.due_at
    ended = PauseEnded(case=NUMBER, because=Resuming.EXPIRED, due_at=written.fact.due_at)
    assert {send.to for send in effects.sends if send.message == ended} == {RESIDENT_PERSON, NEIGHBOUR}
    assert {send.to for send in effects.sends} == {RESIDENT_PERSON, NEIGHBOUR, OFFICER.person}


def test_a_pause_that_ended_otherwise_is_not_ended_again() -> None:
    """The task of a question that was answered, or of another one, does nothing."""
    case, told = asked()
    assert end_pause(desk(), matter(case), EndPause(case=NUMBER, round=1, pause=2), told, UNTIL) == Effects()
    (change,) = answering(case, told, NOW).cases
    task = EndPause(case=NUMBER, round=1, pause=1)
    assert end_pause(desk(), matter(change.after), task, told, UNTIL) == Effects()


def test_a_program_that_was_down_gives_back_no_more_than_the_pause() -> None:
    """Ended days late, the pause still counts only as long as it was to last."""
    case, told = asked()
    late = end_pause(desk(), matter(case), EndPause(case=NUMBER, round=1, pause=1), told, UNTIL + timedelta(days=3))
    assert limit_of(late) == case.now.due_at


def test_the_unit_can_do_without_the_answer() -> None:
    """Dropping the question is the unit's own entry; the residents need not answer any more."""
    case, told = asked()
    effects = drop_question(desk(), matter(case, LEAD, pressed=7), told, wall("2026-11-24 17:00"))
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Resumed)
    assert (written.actor, written.fact.because) == (LEAD.id, Resuming.DROPPED)
    assert change.after == fold((*told, written))
    assert effects.sends[-1].replaces == 7
    with pytest.raises(NotPermitted):
        drop_question(desk(), matter(case, SUPERVISOR), told, NOW)


def test_what_should_have_been_told_during_a_pause_is_told_after_it() -> None:
    """A limit that had passed before goes on being passed: the note to those above comes as soon as the office is open."""
    overdue = replace(case_in(State.ACCEPTED))
    now = DUE_AT + timedelta(hours=1)
    (change,) = asking(overdue, OFFICER, now=now).cases
    assert change.after.now.due_at == DUE_AT, "a passed limit stays passed"
    told = (*entries(FILED, ACCEPTED), *change.entries)
    night = wall("2026-12-07 23:00")
    planned = answering(change.after, told, night).planned
    missed = min(planned, key=lambda each: each.at)
    assert (missed.at, missed.key) == (calendar().next_opening(night), f"{NUMBER}/1/overdue:1d")
    assert [each.key.rpartition("/")[2] for each in planned] == ["overdue:1d", "overdue:3d"]


@pytest.mark.parametrize(
    ("stage", "roles"),
    [("overdue:0h", {Role.LEAD, Role.SUPERVISOR}), ("translation:overdue:0h", {Role.OFFICER, Role.LEAD, Role.SUPERVISOR})],
)
def test_what_was_told_before_a_pause_is_not_told_again_after_it(stage: str, roles: set[Role]) -> None:
    """Nobody reads twice that the limit has passed; that a translation is late says nothing of the limit."""
    decided = ReminderDecided(round=1, stage=stage, role=Role.OFFICER, staff=OFFICER.id)
    (change,) = asking(case_in(State.ACCEPTED), OFFICER, now=DUE_AT + timedelta(hours=1)).cases
    told = (*entries(FILED, ACCEPTED), Entry(at=DUE_AT, actor=CLOCK, case=NUMBER, fact=decided), *change.entries)
    planned = answering(change.after, told, wall("2026-12-07 23:00")).planned
    missed = min(planned, key=lambda each: each.at).task
    assert isinstance(missed, RemindStaff)
    assert set(missed.to) == roles
