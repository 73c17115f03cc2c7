"""A unit says that a case is not theirs; a supervisor finds one for it, and the second time for good."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from bot.actions.transfer_case import transfer_case
from bot.actions.triage import (
    Left,
    assign_case,
    first_choice,
    left_of,
    pick_category,
    pick_unit,
    show_triage,
    toggle_final,
)
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.rules.case import Case, State
from bot.rules.county import Role, Urgency
from bot.rules.dialog import Assigning, Idle
from bot.rules.due import RemindStaff
from bot.rules.effect import Effects, Priority
from bot.rules.entry import Assigned, Transferred
from bot.rules.handling import Step, possible
from bot.rules.identity import ClassId
from bot.rules.message import CaseMoved, News, Picked, TaskNotice, TriageCard
from bot.rules.slot import said_slot
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    CONDUCT,
    DUE_AT,
    EVERYBODY,
    FILED,
    HEATING,
    LEAD,
    LETTERS,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISION,
    SUPERVISOR,
    TO,
    TRANSFERRED,
    TRANSPORT,
    WATER,
    case_in,
    case_of,
    county,
    entry,
    matter,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

REASON = "这段路归水利局"
LEFT = Left(TRANSPORT, REASON, wall("2026-11-24 16:30"))
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")
HERE = (*EVERYBODY, ELSEWHERE)


def transferring(case: Case, *roles: Staff, everybody: tuple[Staff, ...] = HERE) -> Effects:
    """Give a case back."""
    return transfer_case(desk(), matter(case, *roles, everybody=everybody), REASON, NOW)


def again() -> Case:
    """Make a case that was given back, given to the water unit, and given back by that."""
    given = Assigned(unit=WATER, category=ROADS, accept_due_at=None, reason=None, is_final=False)
    return case_of(FILED, TRANSFERRED, given, Transferred(unit=WATER, reason=FILED.words))


def test_giving_back_is_one_entry_with_a_sealed_reason() -> None:
    """The ledger is bound to the reason, which lies in the vault under what the ledger holds of it."""
    effects = transferring(case_in(State.ACCEPTED), OFFICER)
    (change,), (words,) = effects.cases, effects.words
    (written,) = change.entries
    assert isinstance(written.fact, Transferred)
    assert (written.actor, written.fact.unit) == (OFFICER.id, TRANSPORT)
    assert (words.slot, words.text) == (said_slot(written.fact.reason), REASON)
    assert (change.after.state, change.after.officer, change.after.transfers) == (State.TRIAGE, None, 1)
    assert effects.dialog == Idle()


def test_the_clock_goes_on_and_a_unit_is_to_be_found_within_two_working_hours() -> None:
    """What was planned about the deadline stays; the limit, here the close of the morning, is told about when it opens."""
    effects = transferring(case_in(State.ASSIGNED), OFFICER)
    assert effects.cases[0].after.now.due_at == DUE_AT
    assert effects.cancelled == (f"{NUMBER}/1/unaccepted",)
    told = [(each.key, each.at, each.task) for each in effects.planned]
    limit_at = wall("2026-11-24 14:00")
    assert [(key, at) for key, at, _ in told] == [
        (f"{NUMBER}/1/triage:1h", wall("2026-11-24 13:00")),
        (f"{NUMBER}/1/triage:2h", wall("2026-11-24 15:30")),
        (f"{NUMBER}/1/triage:4h", wall("2026-11-24 17:30")),
    ]
    tasks = [task for *_, task in told if isinstance(task, RemindStaff)]
    assert {task.limit_at for task in tasks} == {limit_at}
    assert [task.to for task in tasks] == [(Role.SUPERVISOR,), (Role.SUPERVISOR, Role.ADMIN), (Role.ADMIN,)]


def test_an_emergency_is_to_find_a_unit_round_the_clock() -> None:
    """Over the break at noon as well: two hours are two hours."""
    urgent = msgspec.structs.replace(FILED, urgency=Urgency.EMERGENCY, deadline_class=ClassId("emergency"))
    planned = transferring(case_of(urgent), OFFICER).planned
    assert [each.at for each in planned] == [wall(f"2026-11-24 {hour}:00") for hour in (13, 14, 16)]


def test_the_supervisors_get_a_card_and_the_unit_sees_that_it_is_gone() -> None:
    """Who decides reads the reason; who gave it back has nothing more to do with it but to read."""
    card, own = transferring(case_in(State.ASSIGNED), OFFICER).sends
    assert (card.to, card.priority) == (SUPERVISOR.person, Priority.NOTICE)
    assert isinstance(card.message, TriageCard)
    assert (card.message.reason, card.message.left, card.message.is_final) == (REASON, TRANSPORT, False)
    assert isinstance(own.message, TaskNotice)
    assert (own.message.state, own.message.news, own.message.said) == (State.TRIAGE, News.TRANSFERRED, REASON)
    assert own.message.steps == (Step.NOTE,)


def test_without_a_supervisor_the_admins_are_asked() -> None:
    """A county that has no supervisor yet loses no case."""
    first = transferring(case_in(State.ASSIGNED), OFFICER, everybody=(ADMIN, LEAD, OFFICER)).sends[0]
    assert first.to == ADMIN.person
    blocked = replace(SUPERVISOR, is_reachable=False)
    assert transferring(case_in(State.ASSIGNED), OFFICER, everybody=(ADMIN, blocked)).sends[0].to == ADMIN.person


def test_what_was_decided_for_good_is_not_given_back() -> None:
    """The button is gone, and one from before does nothing."""
    given = Assigned(unit=TRANSPORT, category=ROADS, accept_due_at=None, reason=None, is_final=True)
    case = case_of(FILED, TRANSFERRED, given)
    assert Step.TRANSFER not in possible(county(), case, (OFFICER,), NOW)
    with pytest.raises(IllegalTransition):
        transferring(case, OFFICER)


@pytest.mark.parametrize("roles", [(), (SUPERVISOR,), (ADMIN,), (ELSEWHERE,)])
def test_only_the_unit_gives_its_case_back(roles: tuple[Staff, ...]) -> None:
    """Neither another unit nor those above."""
    with pytest.raises(NotPermitted):
        transferring(case_in(State.ACCEPTED), *roles)


# ── finding a unit ───────────────────────────────────────────────────────────


def assigning(chosen: Assigning, case: Case | None = None, *roles: Staff) -> Effects:
    """Give a case to the unit that is chosen."""
    found = case or case_in(State.TRIAGE)
    return assign_case(desk(), matter(found, *(roles or (SUPERVISOR,)), pressed=7, everybody=HERE), LEFT, chosen, NOW)


def test_the_reason_is_read_from_the_last_time_it_was_given_back() -> None:
    """The card can be made anew at any time, from the entries and the vault."""
    case = case_in(State.TRIAGE)
    found = left_of(desk(), case, [entry(FILED), entry(TRANSFERRED, NOW)], {said_slot(TRANSFERRED.reason): REASON})
    assert found == Left(TRANSPORT, REASON, wall("2026-11-24 14:00"))
    with pytest.raises(IllegalTransition):
        left_of(desk(), case, [entry(FILED)], {})


def test_choosing_changes_nothing_but_the_conversation() -> None:
    """What is chosen is kept where the conversation stands, and shown in place."""
    chosen = pick_unit(desk(), case_in(State.TRIAGE), first_choice(case_in(State.TRIAGE)), WATER)
    effects = show_triage(desk(), matter(case_in(State.TRIAGE), SUPERVISOR, pressed=7), LEFT, chosen, NOW)
    assert effects.dialog == chosen
    assert (effects.cases, effects.entries) == ((), ())
    (send,) = effects.sends
    assert isinstance(send.message, TriageCard)
    assert (send.replaces, send.message.unit) == (7, WATER)
    shown = show_triage(desk(), matter(case_in(State.TRIAGE), SUPERVISOR), LEFT, chosen, NOW, Picked.UNIT).sends[0].message
    assert isinstance(shown, TriageCard)
    assert set(shown.options) == set(county().units)


def test_the_unit_gets_the_case_with_a_limit_for_signing_and_the_old_deadline() -> None:
    """Signing counts from now; what hangs on the limit for resolving stays as planned, be it due this very second."""
    chosen = Assigning(case=NUMBER, unit=WATER, category=HEATING, is_final=False, words="请水利局处理")
    effects = assigning(chosen)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Assigned)
    assert (written.actor, written.fact.unit, written.fact.category) == (SUPERVISOR.id, WATER, HEATING)
    assert (written.fact.accept_due_at, written.fact.is_final) == (wall("2026-11-24 14:00"), False)
    assert (change.after.state, change.after.unit, change.after.now.due_at) == (State.ASSIGNED, WATER, DUE_AT)
    assert effects.words[0].text == "请水利局处理"
    assert effects.cancelled == (f"{NUMBER}/1/triage:", f"{NUMBER}/1/unaccepted:", f"{NUMBER}/1/repeat:")
    stages = {each.key.rpartition("/")[2]: each.at for each in effects.planned}
    assert stages["unaccepted:0h"] == wall("2026-11-24 15:30"), "no earlier than the office opens again"
    assert stages["overdue:0h"] == DUE_AT
    assert "before:1d" in stages


def test_the_new_unit_and_the_residents_are_told() -> None:
    """The unit reads why it got it; everybody behind the case hears who answers for it now."""
    sends = assigning(Assigning(case=NUMBER, unit=WATER, category=ROADS, is_final=False, words="归你们")).sends
    to = {send.to: send.message for send in sends}
    assert set(to) == {SUPERVISOR.person, ELSEWHERE.person, RESIDENT_PERSON, NEIGHBOUR}
    notice = to[ELSEWHERE.person]
    assert isinstance(notice, TaskNotice)
    assert (notice.news, notice.said, notice.unit) == (News.GIVEN, "归你们", WATER)
    assert to[RESIDENT_PERSON] == CaseMoved(case=NUMBER, unit=WATER, due_at=DUE_AT)


def test_a_second_wish_is_decided_for_good() -> None:
    """However the card was filled in: there is no third time."""
    case = again()
    assert first_choice(case).is_final
    assert toggle_final(case, first_choice(case)).is_final
    not_final = Assigning(case=NUMBER, unit=TRANSPORT, category=ROADS, is_final=False, words="")
    (change,) = assigning(not_final, case).cases
    assert change.after.is_final
    assert not toggle_final(case_in(State.TRIAGE), replace_final(first_choice(case_in(State.TRIAGE)))).is_final


def replace_final(chosen: Assigning) -> Assigning:
    """Decide it for good."""
    return toggle_final(case_in(State.TRIAGE), chosen)


def test_without_a_unit_nothing_is_given() -> None:
    """The button of an old card, pressed after the choice was forgotten, does nothing."""
    with pytest.raises(StaleButton):
        assigning(first_choice(case_in(State.TRIAGE)))


@pytest.mark.parametrize("state", [state for state in State if state is not State.TRIAGE])
def test_only_what_no_unit_has_is_given_to_one(state: State) -> None:
    """Of two supervisors the second comes too late, and hears so."""
    with pytest.raises(IllegalTransition):
        assigning(Assigning(case=NUMBER, unit=WATER, category=ROADS, is_final=False, words=""), case_in(state))


@pytest.mark.parametrize("someone", [OFFICER, LEAD, ELSEWHERE])
def test_units_do_not_give_cases_to_each_other(someone: Staff) -> None:
    """Only those who watch over units, and admins where there is no supervisor."""
    with pytest.raises(NotPermitted):
        assigning(Assigning(case=NUMBER, unit=WATER, category=ROADS, is_final=False, words=""), None, someone)
    assert assigning(Assigning(case=NUMBER, unit=WATER, category=ROADS, is_final=False, words=""), None, ADMIN).cases


def test_a_case_about_conduct_goes_to_those_who_look_into_conduct_only() -> None:
    """Whom it is about never sees it: no ordinary unit can be chosen, and it stays what it is about."""
    confidential = msgspec.structs.replace(case_in(State.TRIAGE), is_confidential=True, category=CONDUCT, unit=SUPERVISION)
    chosen = first_choice(confidential)
    for unit in (TRANSPORT, WATER, LETTERS):
        with pytest.raises(StaleButton):
            pick_unit(desk(), confidential, chosen, unit)
        with pytest.raises(StaleButton):
            assigning(Assigning(case=NUMBER, unit=unit, category=CONDUCT, is_final=False, words=""), confidential)
    assert pick_unit(desk(), confidential, chosen, SUPERVISION).unit == SUPERVISION
    with pytest.raises(StaleButton):
        pick_category(desk(), confidential, chosen, ROADS)
    with pytest.raises(StaleButton):
        pick_category(desk(), case_in(State.TRIAGE), first_choice(case_in(State.TRIAGE)), CONDUCT)
    assert TO[State.TRIAGE]
