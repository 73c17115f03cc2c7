"""What is due now: who is reminded of which limit, who is asked again, and what ends in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import msgspec
import pytest

from bot.actions.remind import Reminding, applies, ask_again, close_unrated, recipients, remind, reminder_effects
from bot.rules.case import OPEN, Case, State
from bot.rules.county import Role
from bot.rules.due import RemindStaff
from bot.rules.effect import CaseChange, Effects, Priority, Send, Told
from bot.rules.entry import CLOCK, Closed, Closing, Entry, ReminderDecided, Solved
from bot.rules.identity import CaseNumber, PersonId, StaffId
from bot.rules.message import CaseClosedUnrated, RatingQuestion, RatingThanks, ReminderLine, ReminderNotice
from bot.rules.staff import Staff
from tests.support.builders import (
    ACCEPT_DUE_AT,
    ADMIN,
    DUE_AT,
    EVERYBODY,
    FILED,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WATER,
    again_in,
    case_in,
    case_of,
    rated,
    staff,
)
from tests.support.known import desk

SECOND = staff(Role.OFFICER, name="second")
ELSEWHERE = (staff(Role.OFFICER, WATER, "elsewhere"), staff(Role.LEAD, WATER, "lead elsewhere"))
UNACCEPTED = "unaccepted:0h"


def task(stage: str, *to: Role, attempt: int = 1, number: CaseNumber = NUMBER) -> RemindStaff:
    """Plan a reminder."""
    return RemindStaff(case=number, round=attempt, stage=stage, to=to or (Role.OFFICER,))


def who(case: Case, roles: tuple[Role, ...], everyone: tuple[Staff, ...]) -> list[tuple[Role, Staff]]:
    """Return who is meant, after making sure that the order of the list of staff decides nothing about it."""
    found = recipients(case, roles, everyone, NOW)
    assert all(set(recipients(case, roles, order, NOW)) == set(found) for order in permutations(everyone))
    return list(found)


# ── who ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("role", "everyone", "expected"),
    [
        (Role.OFFICER, EVERYBODY, (Role.OFFICER, OFFICER)),
        (Role.OFFICER, (ADMIN, SUPERVISOR, LEAD), (Role.LEAD, LEAD)),
        (Role.OFFICER, (ADMIN, SUPERVISOR, *ELSEWHERE), (Role.SUPERVISOR, SUPERVISOR)),
        (Role.OFFICER, (ADMIN, *ELSEWHERE), (Role.ADMIN, ADMIN)),
        (Role.LEAD, EVERYBODY, (Role.LEAD, LEAD)),
        (Role.LEAD, (ADMIN, SUPERVISOR, OFFICER), (Role.SUPERVISOR, SUPERVISOR)),
        (Role.SUPERVISOR, (ADMIN, LEAD, OFFICER), (Role.ADMIN, ADMIN)),
        (Role.ADMIN, EVERYBODY, (Role.ADMIN, ADMIN)),
    ],
    ids=["officer", "no officer", "no lead", "no supervisor", "lead", "lead missing", "supervisor missing", "admin"],
)
def test_a_role_that_nobody_holds_climbs(role: Role, everyone: tuple[Staff, ...], expected: tuple[Role, Staff]) -> None:
    """Lead, supervisor, admin: a reminder never goes down, never sideways, and never to another unit."""
    assert who(case_in(State.ASSIGNED), (role,), everyone) == [expected]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_a_reminder_to_those_above_does_not_come_down(role: Role) -> None:
    """With nobody above there is nobody to tell."""
    assert who(case_in(State.ASSIGNED), (role,), (OFFICER, LEAD)) == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.TRANSLATOR])
def test_a_role_beside_the_ladder_stands_for_itself(role: Role) -> None:
    """Who is on no rung is told where meant, and nobody in their stead."""
    assert who(case_in(State.ASSIGNED), (role,), EVERYBODY) == []
    someone = staff(role)
    assert who(case_in(State.ASSIGNED), (role,), (*EVERYBODY, someone)) == [(role, someone)]


def test_before_anyone_is_in_charge_all_officers_are_meant() -> None:
    """A case that nobody has signed for is every officer's of the unit."""
    found = who(case_in(State.ASSIGNED), (Role.OFFICER,), (OFFICER, SECOND, *ELSEWHERE))
    assert found == [(Role.OFFICER, OFFICER), (Role.OFFICER, SECOND)]


def test_who_is_in_charge_is_meant_alone() -> None:
    """After signing it is that officer's, whatever their role is called."""
    assert who(case_in(State.ACCEPTED), (Role.OFFICER,), (SECOND, OFFICER, LEAD)) == [(Role.OFFICER, OFFICER)]
    lead_in_charge = staff(Role.LEAD, name="officer")
    assert lead_in_charge.id == OFFICER.id
    assert who(case_in(State.ACCEPTED), (Role.OFFICER,), (SECOND, lead_in_charge)) == [(Role.OFFICER, lead_in_charge)]


def test_who_is_in_charge_is_told_as_such() -> None:
    """A lead who signed for a case is told once, as the one in charge, although leads are meant too."""
    in_charge = staff(Role.LEAD, name="officer")
    found = who(case_in(State.ACCEPTED), (Role.OFFICER, Role.LEAD), (in_charge, SECOND, LEAD))
    assert found == [(Role.OFFICER, in_charge), (Role.LEAD, LEAD)]


def test_someone_out_of_reach_counts_as_nobody() -> None:
    """Blocked by the one in charge, it goes to a colleague; blocked by all, it climbs."""
    blocked = staff(Role.OFFICER, is_reachable=False)
    assert who(case_in(State.ACCEPTED), (Role.OFFICER,), (blocked, SECOND)) == [(Role.OFFICER, SECOND)]
    assert who(case_in(State.ACCEPTED), (Role.OFFICER,), (blocked, LEAD)) == [(Role.LEAD, LEAD)]


def test_two_roles_that_climb_to_the_same_person_tell_them_once() -> None:
    """Officer and lead are meant, and there is only a lead: one reminder."""
    assert who(case_in(State.ASSIGNED), (Role.OFFICER, Role.LEAD), (LEAD, ADMIN)) == [(Role.LEAD, LEAD)]
    both = who(case_in(State.ASSIGNED), (Role.OFFICER, Role.LEAD), EVERYBODY)
    assert both == [(Role.OFFICER, OFFICER), (Role.LEAD, LEAD)]


# ── whether ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("stage", ["before:1d", "overdue:0h", UNACCEPTED])
@pytest.mark.parametrize("state", State)
def test_only_open_cases_are_reminded_of(state: State, stage: str) -> None:
    """A case with an end needs nobody, nor one that waits for a resident; one that no unit has needs nobody to sign."""
    expected = state in ({State.ASSIGNED} if stage == UNACCEPTED else OPEN - {State.WAITING})
    assert applies(case_in(state), task(stage)) is expected
    assert bool(remind(case_in(state), task(stage), EVERYBODY, NOW)) is expected


@pytest.mark.parametrize("state", State)
def test_that_no_unit_has_a_case_is_told_while_it_is_so(state: State) -> None:
    """Once a unit has it, nobody is asked to find one."""
    assert applies(case_in(state), task("triage:2h")) is (state is State.TRIAGE)


def test_what_no_unit_has_is_the_supervisors() -> None:
    """The unit that gave it back is not told of its limits any more, and nobody twice."""
    told = who(case_in(State.TRIAGE), (Role.OFFICER, Role.LEAD, Role.ADMIN), EVERYBODY)
    assert told == [(Role.SUPERVISOR, SUPERVISOR), (Role.ADMIN, ADMIN)]
    assert who(case_in(State.TRIAGE), (Role.OFFICER,), (ADMIN, LEAD, OFFICER)) == [(Role.ADMIN, ADMIN)]


@pytest.mark.parametrize(("attempt", "expected"), [(1, False), (2, True), (3, False)])
def test_a_reminder_of_another_attempt_does_nothing(attempt: int, *, expected: bool) -> None:
    """What was planned for the first attempt does not speak of the second."""
    case = again_in(State.ASSIGNED)
    assert bool(remind(case, task("before:1d", attempt=attempt), EVERYBODY, NOW)) is expected


def test_a_case_without_a_limit_is_never_reminded_of() -> None:
    """Where there is no limit there is nothing to remind of."""
    praise = case_of(msgspec.structs.replace(FILED, due_at=None, accept_due_at=None, rule=None, deadline_class=None))
    assert remind(praise, task("before:1d"), EVERYBODY, NOW) == ()
    assert remind(praise, task(UNACCEPTED), EVERYBODY, NOW) == ()


# ── what ─────────────────────────────────────────────────────────────────────


def test_a_reminder_is_decided_before_it_is_told() -> None:
    """The clock enters whom it means; the message carries the same, so that delivery can enter whether it arrived."""
    (reminding,) = remind(case_in(State.ACCEPTED), task("before:1d"), EVERYBODY, NOW)
    decided = ReminderDecided(round=1, stage="before:1d", role=Role.OFFICER, staff=OFFICER.id)
    assert reminding == Reminding(
        staff=OFFICER,
        entry=Entry(at=NOW, actor=CLOCK, case=NUMBER, fact=decided),
        told=Told(NUMBER, 1, "before:1d", Role.OFFICER, OFFICER.id),
        line=ReminderLine(
            case=NUMBER,
            stage="before:1d",
            category=ROADS,
            township=QAPQAL_TOWN,
            unit=TRANSPORT,
            limit_at=DUE_AT,
            is_late=False,
        ),
        is_alarm=False,
    )


def test_the_entry_names_the_rung_it_climbed_to() -> None:
    """Whoever reads the ledger sees in which function someone was told."""
    (reminding,) = remind(case_in(State.ACCEPTED), task("before:1d"), (ADMIN, LEAD), NOW)
    assert isinstance(reminding.entry.fact, ReminderDecided)
    assert (reminding.entry.fact.role, reminding.told.role) == (Role.LEAD, Role.LEAD)


def test_nobody_to_tell_is_an_entry_too() -> None:
    """Whoever says "I was never told" has an answer, even where there was nobody."""
    (reminding,) = remind(case_in(State.ACCEPTED), task("overdue:0h", Role.LEAD, Role.SUPERVISOR), (), NOW)
    assert reminding.entry.fact == ReminderDecided(round=1, stage="overdue:0h", role=Role.LEAD, staff=None)
    effects = reminder_effects([reminding])
    assert (effects.entries, effects.sends) == ((reminding.entry,), ())


@pytest.mark.parametrize(
    ("stage", "limit_at"), [("before:50%", DUE_AT), ("overdue:0h", DUE_AT), (UNACCEPTED, ACCEPT_DUE_AT)]
)
def test_a_reminder_tells_how_it_is_when_it_is_told(stage: str, limit_at: datetime) -> None:
    """A moment that passed while the program was down is told as late, not as it would have read then."""
    second, week = timedelta(seconds=1), timedelta(days=7)
    for at, is_late in ((limit_at - second, False), (limit_at, True), (limit_at + week, True)):
        (reminding,) = remind(case_in(State.ASSIGNED), task(stage), (OFFICER,), at)
        assert (reminding.line.limit_at, reminding.line.is_late) == (limit_at, is_late)


def test_while_the_office_is_shut_an_alarm_takes_nothing_along() -> None:
    """What was missed while the program was down and can wait for the morning does not wake anybody with what cannot."""
    calm, alarm = (
        replace(remind(case_in(State.ASSIGNED), task("overdue:0h"), (OFFICER,), NOW)[0], is_alarm=is_alarm)
        for is_alarm in (False, True)
    )
    by_night, by_day = (reminder_effects((calm, alarm), is_open=is_open).sends for is_open in (False, True))
    assert [(send.to, send.priority) for send in by_night] == [
        (OFFICER.person, Priority.NOTICE),
        (OFFICER.person, Priority.ALARM),
    ]
    assert [send.priority for send in by_day] == [Priority.ALARM]


def test_what_falls_together_is_one_message_a_person() -> None:
    """One list each, in the order in which it fell due; every entry and every promise to tell is kept."""
    other = CaseNumber("CB-2026-000124")
    cases = (case_in(State.ASSIGNED), msgspec.structs.replace(case_in(State.ASSIGNED), number=other))
    remindings = [
        each
        for case in cases
        for each in remind(
            case, task("overdue:0h", Role.OFFICER, Role.LEAD, number=case.number), (OFFICER, SECOND, LEAD), NOW
        )
    ]
    effects = reminder_effects(remindings)
    assert len(effects.entries) == 6
    assert [send.to for send in effects.sends] == [OFFICER.person, SECOND.person, LEAD.person]
    for send in effects.sends:
        assert isinstance(send.message, ReminderNotice)
        assert send.priority is Priority.NOTICE
        assert [line.case for line in send.message.lines] == [NUMBER, other]
        assert [told.case for told in send.tells] == [NUMBER, other]


def test_who_is_meant_in_two_functions_reads_it_once() -> None:
    """An officer who is lead as well gets one line, and both reminders count as told when it arrives."""
    officer, lead = (
        Staff(StaffId(f"s-{n}"), PersonId("p-both"), role, TRANSPORT, None, is_reachable=True)
        for n, role in enumerate((Role.OFFICER, Role.LEAD))
    )
    effects = reminder_effects(
        remind(case_in(State.ASSIGNED), task("overdue:0h", Role.OFFICER, Role.LEAD), (officer, lead), NOW)
    )
    (send,) = effects.sends
    assert isinstance(send.message, ReminderNotice)
    assert len(send.message.lines) == 1
    assert [told.staff for told in send.tells] == [officer.id, lead.id]
    assert len(effects.entries) == 2


def test_nothing_due_is_nothing() -> None:
    """No reminder, no effect."""
    assert reminder_effects([]) == Effects()


# ── the rating question again, and the end of waiting ────────────────────────

VOICES = ((1, RESIDENT_PERSON), (2, NEIGHBOUR))


def test_who_was_silent_is_asked_again() -> None:
    """The question is repeated, and said to be; who answered, even partly, is left in peace."""
    one_answered = case_of(*TO[State.RESOLVED], rated(Solved.PARTLY))
    question = RatingQuestion(case=NUMBER, round=1, unit=TRANSPORT, answer="修好了", is_repeated=True)
    assert [(send.to, send.message) for send in ask_again(one_answered, 1, "修好了", VOICES).sends] == [
        (NEIGHBOUR, question)
    ]
    both = ask_again(case_in(State.RESOLVED), 1, "修好了", VOICES)
    assert [send.to for send in both.sends] == [RESIDENT_PERSON, NEIGHBOUR]
    assert {send.priority for send in both.sends} == {Priority.NOTICE}


@pytest.mark.parametrize(
    ("case", "attempt"),
    [
        *((case_in(state), 1) for state in State if state is not State.RESOLVED),
        (again_in(State.RESOLVED), 1),
        (again_in(State.ASSIGNED), 1),
        (case_in(State.RESOLVED), 2),
    ],
)
def test_a_case_that_moved_on_is_left_alone(case: Case, attempt: int) -> None:
    """Neither the question nor the closing of an earlier time touches a case that is elsewhere now."""
    assert ask_again(case, attempt, "修好了", VOICES) == Effects()
    assert close_unrated(desk(), case, attempt, [(1, RESIDENT_PERSON)], NOW) == Effects()


def test_silence_closes_a_case_as_unrated() -> None:
    """The clock closes it; each voice is told under the question that stayed open."""
    case = case_in(State.RESOLVED)
    effects = close_unrated(desk(), case, 1, [(1, RESIDENT_PERSON), (2, NEIGHBOUR)], NOW)
    (change,) = effects.cases
    entry = Entry(at=NOW, actor=CLOCK, case=NUMBER, fact=Closed(round=1, how=Closing.UNRATED))
    assert (change.before, change.entries) == (case, (entry,))
    assert isinstance(change, CaseChange)
    assert (change.after.state, change.after.now.how, change.after.now.ratings) == (State.CLOSED, Closing.UNRATED, ())
    told = CaseClosedUnrated(case=NUMBER)
    assert effects.sends == tuple(
        Send(person, told, Priority.NOTICE, anchor=f"rating/{NUMBER}/1") for person in (RESIDENT_PERSON, NEIGHBOUR)
    )


def test_partly_and_then_silence_is_left_as_it_is() -> None:
    """An answer was given, so the case does not count as unrated."""
    effects = close_unrated(desk(), case_of(*TO[State.RESOLVED], rated(Solved.PARTLY)), 1, [(1, RESIDENT_PERSON)], NOW)
    assert effects.cases[0].after.now.how is Closing.LEFT
    thanks = RatingThanks(case=NUMBER, solved=Solved.PARTLY, score=None)
    assert [send.message for send in effects.sends] == [thanks]
