"""More time is asked for before the limit, with a reason, and granted or denied by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.assignment import limits_from
from bot.actions.extend_case import ask_extension, deny_extension, grant_extension
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.entry import Accepted, ExtensionAsked, ExtensionDenied, ExtensionGranted, Transferred
from bot.rules.handling import Step, possible
from bot.rules.identity import StaffId
from bot.rules.message import LimitMoved, News, TaskNotice
from bot.rules.slot import said_slot
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    COMMITMENT,
    COMPLAINT,
    DUE_AT,
    EVERYBODY,
    FILED,
    FILED_AT,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    calendar,
    case_in,
    case_of,
    county,
    entries,
    entry,
    matter,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

REASON = "灯具要从外地调运"
LATER = wall("2026-12-14 11:15")
"""Seven working days after the limit: the one extension of a complaint."""


def asking(case: Case, *roles: Staff) -> Effects:
    """Ask for more time."""
    return ask_extension(desk(), matter(case, *roles), REASON, NOW)


def wanted() -> Case:
    """Make a case for which the officer asked for more time."""
    return asking(case_in(State.ACCEPTED), OFFICER).cases[0].after


def test_asking_names_the_next_extension_of_the_class() -> None:
    """The limit stays for now; the reason is sealed, and those who decide read it: lead and supervisor, never the asker."""
    effects = asking(case_in(State.ACCEPTED), OFFICER)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, ExtensionAsked)
    assert (written.fact.length, written.fact.due_at) == ("7d", LATER)
    assert change.after.now.due_at == DUE_AT
    assert (effects.words[0].slot, effects.words[0].text) == (said_slot(written.fact.reason), REASON)
    told = {send.to: send.message for send in effects.sends}
    assert set(told) == {LEAD.person, SUPERVISOR.person, OFFICER.person}
    for decider in (LEAD, SUPERVISOR):
        card = told[decider.person]
        assert isinstance(card, TaskNotice)
        assert (card.news, card.said, card.wish_due_at) == (News.EXTENSION_WANTED, REASON, LATER)
        assert card.steps[:2] == (Step.GRANT, Step.DENY)
    own = told[OFFICER.person]
    assert isinstance(own, TaskNotice)
    assert not {Step.GRANT, Step.DENY, Step.EXTEND} & set(own.steps)


def test_a_lead_who_asks_does_not_decide() -> None:
    """Whoever asks, another one answers: here the supervisor alone."""
    effects = asking(case_in(State.ACCEPTED), LEAD)
    assert {send.to for send in effects.sends} == {LEAD.person, SUPERVISOR.person}
    case = effects.cases[0].after
    with pytest.raises(IllegalTransition):
        grant_extension(desk(), matter(case, LEAD), REASON, NOW)
    assert grant_extension(desk(), matter(case, SUPERVISOR), REASON, NOW).cases


def test_one_person_in_two_roles_is_one_person() -> None:
    """An officer who leads the unit too does not grant what they asked for, whichever role comes first."""
    both = replace(LEAD, person=OFFICER.person, id=StaffId("s-both"))
    everybody = (*EVERYBODY, both)
    for roles in ((both,), (both, OFFICER), (OFFICER, both)):
        for decide in (grant_extension, deny_extension):
            with pytest.raises((NotPermitted, IllegalTransition)):
                decide(desk(), matter(wanted(), *roles, everybody=everybody), REASON, NOW)


def test_granting_moves_the_limit_and_plans_anew() -> None:
    """Everybody behind the case hears the new date and why; old reminders go, new ones come before the new limit."""
    effects = grant_extension(desk(), matter(wanted(), LEAD, pressed=7), REASON, NOW)
    (change,) = effects.cases
    assert [each.fact for each in change.entries] == [ExtensionGranted(due_at=LATER)]
    assert (change.after.now.due_at, change.after.now.extensions, change.after.now.wish) == (LATER, 1, None)
    assert effects.cancelled == tuple(f"{NUMBER}/1/{stage}" for stage in ("before:", "overdue:", "repeat:", "fixed"))
    stages = {each.key.rpartition("/")[2]: each.at for each in effects.planned}
    assert stages["before:1d"] == wall("2026-12-11 11:15")
    assert stages["overdue:0h"] == LATER
    told = {send.to: send.message for send in effects.sends}
    moved = LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=LATER, reason=REASON)
    assert told[RESIDENT_PERSON] == told[NEIGHBOUR] == moved
    asker = told[OFFICER.person]
    assert isinstance(asker, TaskNotice)
    assert (asker.news, asker.due_at) == (News.GRANTED, LATER)


def test_granting_takes_nothing_away_that_hangs_on_signing() -> None:
    """That nobody has signed for it may be due to be told this very second; all that hangs on the old limit goes."""
    first = limits_from(county(), calendar(), county().classes[COMPLAINT], FILED_AT, (NUMBER, 1)).reminders
    cancelled = grant_extension(desk(), matter(wanted(), LEAD), REASON, NOW).cancelled
    left = [each.key.rpartition("/")[2] for each in first if not each.key.startswith(cancelled)]
    assert left == ["unaccepted:0h", "unaccepted:4h"]
    assert len(first) > len(left)


def test_denying_leaves_the_limit() -> None:
    """The asker reads why; no resident is told of what does not change."""
    effects = deny_extension(desk(), matter(wanted(), SUPERVISOR), "先用库存", NOW)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, ExtensionDenied)
    assert written.fact.reason is not None
    assert (change.after.now.due_at, change.after.now.wish) == (DUE_AT, None)
    assert effects.cancelled == ()
    assert {send.to for send in effects.sends} == {OFFICER.person, SUPERVISOR.person}


def test_of_two_who_decide_the_first_counts() -> None:
    """The second hears that the case has moved on, and the ledger has one decision."""
    granted = grant_extension(desk(), matter(wanted(), LEAD), REASON, NOW).cases[0].after
    for decide in (grant_extension, deny_extension):
        with pytest.raises(IllegalTransition):
            decide(desk(), matter(granted, SUPERVISOR), REASON, NOW)


def test_time_runs_out_before_it_can_be_asked_for() -> None:
    """Asked for is what is not yet late."""
    assert ask_extension(desk(), matter(case_in(State.ACCEPTED), OFFICER), REASON, DUE_AT).cases
    with pytest.raises(IllegalTransition):
        ask_extension(desk(), matter(case_in(State.ACCEPTED), OFFICER), REASON, DUE_AT + timedelta(seconds=1))


def test_there_is_no_more_than_the_class_has() -> None:
    """A complaint can be extended once; what runs under no class not at all."""
    granted = grant_extension(desk(), matter(wanted(), LEAD), REASON, NOW).cases[0].after
    assert Step.EXTEND not in possible(county(), granted, (OFFICER,), NOW)
    with pytest.raises(IllegalTransition):
        asking(granted, OFFICER)
    with pytest.raises(IllegalTransition):
        asking(msgspec.structs.replace(case_in(State.ACCEPTED), deadline_class=None), OFFICER)


def test_what_is_given_back_needs_no_more_time() -> None:
    """The wish of a unit that gives the case back goes with it."""
    wish = entry(ExtensionAsked(length="7d", due_at=LATER, reason=COMMITMENT))
    case = case_of(FILED, Accepted(unit=TRANSPORT), wish.fact, Transferred(unit=TRANSPORT, reason=COMMITMENT))  # type: ignore[arg-type]  # a fact of the life
    assert case.now.wish is None
    assert entries(FILED)


@pytest.mark.parametrize("roles", [(), (SUPERVISOR,), (ADMIN,), (staff(Role.LEAD, WATER, "elsewhere"),)])
def test_only_the_unit_asks(roles: tuple[Staff, ...]) -> None:
    """Nobody else wants more time for it."""
    with pytest.raises(NotPermitted):
        asking(case_in(State.ACCEPTED), *roles)


@pytest.mark.parametrize("roles", [(), (staff(Role.OFFICER, TRANSPORT, "colleague"),), (staff(Role.LEAD, WATER, "other"),)])
def test_only_lead_and_supervisor_decide(roles: tuple[Staff, ...]) -> None:
    """Neither a colleague nor another unit's lead."""
    with pytest.raises(NotPermitted):
        grant_extension(desk(), matter(wanted(), *roles), REASON, NOW)
