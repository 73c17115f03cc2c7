"""An official signs for a case and is in charge of it; the resident hears of it."""

from __future__ import annotations

import pytest

from bot.actions.accept_case import accept_case
from bot.actions.lines import task_anchor
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import CaseChange, Effects, Priority, Send
from bot.rules.entry import Accepted, Entry
from bot.rules.life import evolve
from bot.rules.message import CaseAccepted, TaskNotice
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    DUE_AT,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    WORDS,
    again_in,
    case_in,
    matter,
    staff,
)
from tests.support.known import desk


def accepting(case: Case, *roles: Staff) -> Effects:
    """Press the button under the notice that is Telegram's message 7."""
    return accept_case(desk(), matter(case, *roles, pressed=7), NOW)


def test_accepting_is_one_entry_by_the_official() -> None:
    """The entry names the unit that signed and who did; the case follows from it and from what it was decided on."""
    case = case_in(State.ASSIGNED)
    (change,) = accepting(case, OFFICER).cases
    entry = Entry(at=NOW, actor=OFFICER.id, case=NUMBER, fact=Accepted(unit=TRANSPORT))
    assert change == CaseChange(case, evolve(case, entry), (entry,))
    assert (change.after.state, change.after.officer) == (State.ACCEPTED, OFFICER.id)


def test_reminders_to_accept_end_and_others_go_on() -> None:
    """What was planned in case nobody signs is cancelled by its own name, and nothing else is."""
    effects = accepting(case_in(State.ASSIGNED), OFFICER)
    assert effects.cancelled == (f"{NUMBER}/1/unaccepted",)
    assert effects.planned == ()


def test_reminders_of_the_current_attempt_end() -> None:
    """In a second attempt it is the second one's that are cancelled."""
    assert accepting(again_in(State.ASSIGNED), OFFICER).cancelled == (f"{NUMBER}/2/unaccepted",)


def test_the_officers_notice_becomes_theirs_in_place() -> None:
    """The message whose button was pressed is edited, and says that the reader is in charge."""
    notice = accepting(case_in(State.ASSIGNED), OFFICER).sends[0]
    assert (notice.to, notice.replaces, notice.anchor) == (OFFICER.person, 7, task_anchor(NUMBER))
    assert notice.priority is Priority.ANSWER
    assert isinstance(notice.message, TaskNotice)
    assert (notice.message.state, notice.message.is_mine, notice.message.words) == (State.ACCEPTED, True, WORDS)


def test_everyone_behind_the_case_is_told() -> None:
    """Each voice hears which unit signed and until when it has time."""
    told = CaseAccepted(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT)
    assert accepting(case_in(State.ASSIGNED), OFFICER).sends[1:] == (
        Send(RESIDENT_PERSON, told, Priority.NOTICE),
        Send(NEIGHBOUR, told, Priority.NOTICE),
    )


def test_a_lead_can_sign_too() -> None:
    """Who answers for the unit can be in charge."""
    (change,) = accepting(case_in(State.ASSIGNED), LEAD).cases
    assert change.after.officer == LEAD.id


def test_a_case_is_signed_for_once() -> None:
    """The second to press comes too late, whoever it is."""
    (change,) = accepting(case_in(State.ASSIGNED), OFFICER).cases
    for second in (OFFICER, LEAD):
        with pytest.raises(IllegalTransition):
            accepting(change.after, second)


@pytest.mark.parametrize("state", [state for state in State if state is not State.ASSIGNED])
def test_only_what_waits_can_be_signed_for(state: State) -> None:
    """A case that is in no unit's hands or already in someone's cannot be taken."""
    with pytest.raises(IllegalTransition):
        accepting(case_in(state), OFFICER)


@pytest.mark.parametrize(
    "roles",
    [(), (staff(Role.OFFICER, WATER),), (staff(Role.LEAD, WATER),), (SUPERVISOR,), (ADMIN,), (staff(Role.OPERATOR),)],
    ids=["resident", "other unit", "other lead", "supervisor", "admin", "operator"],
)
@pytest.mark.parametrize("state", [State.ASSIGNED, State.ACCEPTED])
def test_nobody_signs_for_another_unit(roles: tuple[Staff, ...], state: State) -> None:
    """Whoever may not is told that, and learns nothing of where the case stands."""
    with pytest.raises(NotPermitted):
        accepting(case_in(state), *roles)
