"""Duty: who enters it, who is told, whom an emergency wakes, and that nobody on duty is reported before the office shuts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from bot.actions.assignment import first_told
from bot.actions.keep_duty import (
    AHEAD,
    LENGTHS,
    Wish,
    check_duty,
    drop_shift,
    enter_shift,
    plan_duty_check,
    show_duty,
)
from bot.actions.remind import recipients, remind
from bot.errors import NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.due import CheckDuty, RemindStaff
from bot.rules.duty import UNSEEN
from bot.rules.duty_plan import DutyPlan
from bot.rules.effect import Priority
from bot.rules.entry import ShiftDropped, ShiftEntered
from bot.rules.message import DutyCard, DutyChanged, DutyGap
from bot.rules.staff import Shift, Staff
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    calendar,
    case_in,
    county,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

SECOND = staff(Role.OFFICER, name="second")
OTHER_LEAD = staff(Role.LEAD, WATER, "other lead")
WATCHER = staff(Role.SUPERVISOR, None, "watcher")
ALL = (*EVERYBODY, SECOND, OTHER_LEAD, WATCHER)
TODAY = date(2026, 11, 24)
NIGHT = wall("2026-11-24 23:00")
TONIGHT = Shift(wall("2026-11-24 10:00"), wall("2026-11-25 10:00"))
WISH = Wish(SECOND.id, TODAY, 1)


def keeping(*units: str, is_for_county: bool = False) -> Desk:
    """Make the desk of a county that keeps duty for these units."""
    plan = DutyPlan(tuple(unit for unit in county().units if unit in units), is_for_county)
    return replace(desk(), county=replace(county(), duty=plan))


def urgent(state: State = State.ASSIGNED) -> Case:
    """Make a case that cannot wait."""
    case = case_in(state)
    rounds = tuple(msgspec.structs.replace(each, rule="accept 2h, handle 24h, round the clock") for each in case.rounds)
    return msgspec.structs.replace(case, rounds=rounds)


def test_entering_a_shift_is_an_entry_and_whoever_is_on_duty_is_told() -> None:
    """From one change to the next; the card shows it."""
    effects = enter_shift(desk(), (LEAD,), WISH, ALL, NOW, pressed=7)
    assert effects.shifts_entered == ((SECOND.id, TONIGHT),)
    (entry,) = effects.entries
    assert (entry.actor, entry.fact) == (
        LEAD.id,
        ShiftEntered(staff=SECOND.id, unit=TRANSPORT, begins_at=TONIGHT.begins_at, ends_at=TONIGHT.ends_at),
    )
    told, shown = effects.sends
    assert (told.to, told.priority, isinstance(told.message, DutyChanged)) == (SECOND.person, Priority.NOTICE, True)
    assert isinstance(shown.message, DutyCard)
    assert (shown.to, shown.replaces) == (LEAD.person, 7)
    assert [line.staff for line in shown.message.lines] == [SECOND.id]
    assert shown.message.gap is None
    assert (shown.message.begins_on, shown.message.days) == (TODAY + timedelta(days=1), 1), "the next that nobody keeps"


def test_the_first_day_that_nobody_keeps_is_offered() -> None:
    """Between two shifts, too; and today where one begins later, and where every day that can be chosen is kept."""
    day, change = timedelta(days=1), TONIGHT.begins_at

    def offered(*shifts: Shift) -> date:
        everybody = (*EVERYBODY, replace(SECOND, shifts=shifts))
        (send,) = show_duty(desk(), (LEAD,), TRANSPORT, everybody, None, NOW, pressed=None).sends
        assert isinstance(send.message, DutyCard)
        return send.message.begins_on

    assert offered() == TODAY
    assert offered(TONIGHT, Shift(change + 2 * day, change + 9 * day)) == TODAY + day
    assert offered(Shift(change + day, change + 8 * day)) == TODAY
    assert offered(Shift(change, change + (AHEAD + 2) * day)) == TODAY


def test_who_puts_themselves_on_duty_needs_not_be_told() -> None:
    """They see the card."""
    effects = enter_shift(desk(), (LEAD,), replace(WISH, staff=LEAD.id), ALL, NOW, pressed=None)
    assert [type(send.message) for send in effects.sends] == [DutyCard]


def test_an_admin_puts_a_supervisor_on_duty_for_the_county() -> None:
    """The entry names no unit."""
    effects = enter_shift(desk(), (ADMIN,), replace(WISH, staff=WATCHER.id, days=7), ALL, NOW, pressed=None)
    (entry,) = effects.entries
    assert isinstance(entry.fact, ShiftEntered)
    assert (entry.fact.unit, entry.fact.ends_at) == (None, wall("2026-12-01 10:00"))


@pytest.mark.parametrize("who", [OFFICER, SUPERVISOR, OTHER_LEAD])
def test_only_who_looks_after_them_puts_people_on_duty(who: Staff) -> None:
    """Nor takes them off it."""
    with pytest.raises(NotPermitted):
        enter_shift(desk(), (who,), WISH, ALL, NOW, pressed=None)
    on_duty = replace(SECOND, shifts=(TONIGHT,))
    with pytest.raises(NotPermitted):
        drop_shift(desk(), (who,), (SECOND.id, TONIGHT.begins_at), (on_duty,), NOW, pressed=None)


@pytest.mark.parametrize(
    "wish",
    [
        replace(WISH, begins_on=TODAY - timedelta(days=1)),
        replace(WISH, begins_on=TODAY + timedelta(days=AHEAD + 1)),
        replace(WISH, days=4),
        replace(WISH, staff=None),
        replace(WISH, staff=ADMIN.id),
    ],
)
def test_what_no_button_offers_cannot_be_entered(wish: Wish) -> None:
    """A day that is over, a year ahead, four days, nobody, an admin."""
    with pytest.raises(StaleButton):
        enter_shift(desk(), (LEAD, ADMIN), wish, ALL, NOW, pressed=None)


@pytest.mark.parametrize("days", LENGTHS)
def test_nobody_is_on_duty_twice_at_a_time(days: int) -> None:
    """Pressed twice it is entered once."""
    on_duty = replace(SECOND, shifts=(TONIGHT,))
    with pytest.raises(StaleButton):
        enter_shift(desk(), (LEAD,), replace(WISH, days=days), (LEAD, on_duty), NOW, pressed=None)
    later = replace(WISH, begins_on=TODAY + timedelta(days=1), days=days)
    assert enter_shift(desk(), (LEAD,), later, (LEAD, on_duty), NOW, pressed=None).shifts_entered


def test_a_shift_is_dropped_once() -> None:
    """With an entry; pressed again there is none any more."""
    on_duty = (LEAD, replace(SECOND, shifts=(TONIGHT,)))
    effects = drop_shift(desk(), (LEAD,), (SECOND.id, TONIGHT.begins_at), on_duty, NOW, pressed=None)
    assert effects.shifts_dropped == ((SECOND.id, TONIGHT),)
    assert [type(entry.fact) for entry in effects.entries] == [ShiftDropped]
    told, shown = effects.sends
    assert isinstance(told.message, DutyChanged)
    assert told.message.is_off
    assert isinstance(shown.message, DutyCard)
    assert shown.message.lines == ()
    for begins_at, at in ((TONIGHT.begins_at, TONIGHT.ends_at), (NOW, NOW)):
        with pytest.raises(StaleButton):
            drop_shift(desk(), (LEAD,), (SECOND.id, begins_at), on_duty, at, pressed=None)


def test_an_officer_sees_their_units_duty_and_chooses_nothing() -> None:
    """Another unit's they do not see."""
    (send,) = show_duty(desk(), (OFFICER,), TRANSPORT, ALL, None, NOW, pressed=None).sends
    assert isinstance(send.message, DutyCard)
    assert (send.message.options, send.message.chosen, send.message.gap is not None) == ((), None, True)
    with pytest.raises(NotPermitted):
        show_duty(desk(), (OFFICER,), WATER, ALL, None, NOW, pressed=None)


def test_an_admin_reaches_every_post_that_the_county_keeps() -> None:
    """Empty stands for the county."""
    (send,) = show_duty(keeping("water", is_for_county=True), (ADMIN,), TRANSPORT, ALL, None, NOW, pressed=None).sends
    assert isinstance(send.message, DutyCard)
    assert send.message.posts == ("water", "")


# ── who is woken ─────────────────────────────────────────────────────────────


def test_at_night_what_cannot_wait_goes_to_whoever_is_on_duty() -> None:
    """And after the county's silence to the others; by day, and what can wait, to all officers."""
    everyone = (*EVERYBODY, replace(SECOND, shifts=(TONIGHT,)))
    told, (followed,) = first_told(desk(), urgent(), everyone, NIGHT)
    assert [each.id for each in told] == [SECOND.id]
    assert (followed.at, followed.key) == (NIGHT + timedelta(minutes=15), f"{NUMBER}/1/{UNSEEN}")
    for case, at in ((urgent(), NOW), (case_in(State.ASSIGNED), NIGHT)):
        told, planned = first_told(desk(), case, everyone, at)
        assert ([each.id for each in told], planned) == ([OFFICER.id, SECOND.id], ())


def test_without_anybody_on_duty_everybody_is_told_as_before() -> None:
    """Nothing follows: there is nobody else."""
    assert first_told(desk(), urgent(), EVERYBODY, NIGHT) == ((OFFICER,), ())


def test_whoever_is_on_duty_is_reminded_in_the_officers_stead_at_night() -> None:
    """The lead is told as ever; by day it is the officer in charge."""
    everyone = (*EVERYBODY, replace(SECOND, shifts=(TONIGHT,)))
    case = urgent(State.ACCEPTED)
    by_night = recipients(case, (Role.OFFICER, Role.LEAD), everyone, NIGHT, is_time_for_duty=True)
    assert [(role, each.id) for role, each in by_night] == [(Role.OFFICER, SECOND.id), (Role.LEAD, LEAD.id)]
    by_day = recipients(case, (Role.OFFICER,), everyone, NIGHT)
    assert [each.id for _, each in by_day] == [OFFICER.id]


@pytest.mark.parametrize(("state", "told"), [(State.ASSIGNED, {OFFICER.id, LEAD.id}), (State.ACCEPTED, set())])
def test_silence_of_whoever_is_on_duty_wakes_the_others(state: State, told: set[str]) -> None:
    """Not them again; and nobody, once somebody has signed."""
    everyone = (*EVERYBODY, replace(SECOND, shifts=(TONIGHT,)))
    task = RemindStaff(case=NUMBER, round=1, stage=UNSEEN, to=(Role.OFFICER, Role.LEAD), since=NIGHT)
    woken = remind(urgent(state), task, everyone, NIGHT + timedelta(minutes=15), is_time_for_duty=True)
    assert {each.staff.id for each in woken if each.staff is not None} == told
    assert all(each.is_alarm for each in woken)


# ── nobody on duty ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "moments"),
    [
        ("2026-11-24 12:00", ["2026-11-24 17:30"]),
        ("2026-11-24 09:00", ["2026-11-24 10:00", "2026-11-24 17:30"]),
        ("2026-11-27 19:00", ["2026-11-30 10:00", "2026-11-30 17:30"]),
    ],
)
def test_it_is_looked_when_the_office_opens_and_before_it_shuts(now: str, moments: list[str]) -> None:
    """On working days only; a county without duty looks never."""
    planned = plan_duty_check(keeping("water").county, calendar(), wall(now))
    assert [due.at for due in planned] == [wall(moment) for moment in moments]
    assert all(isinstance(due.task, CheckDuty) for due in planned)
    assert plan_duty_check(county(), calendar(), wall(now)) == ()


@pytest.mark.parametrize(
    ("on_duty", "readers"),
    [
        ((), [LEAD.person, ADMIN.person]),
        ((SECOND,), []),
        ((WATCHER,), []),
        ((OTHER_LEAD,), [LEAD.person, ADMIN.person]),
    ],
)
def test_nobody_on_duty_is_reported_beforehand(on_duty: tuple[Staff, ...], readers: list[str]) -> None:
    """To the unit's leads and the admins, with from when until when; the county's duty is enough."""
    everyone = tuple(replace(each, shifts=(TONIGHT,)) if each in on_duty else each for each in ALL)
    effects = check_duty(keeping("transport"), everyone, wall("2026-11-24 10:00"))
    assert [send.to for send in effects.sends] == readers
    gap = DutyGap(unit=TRANSPORT, begins_at=wall("2026-11-24 19:30"), ends_at=wall("2026-11-25 10:00"))
    assert all(send.message == gap for send in effects.sends)
    assert effects.planned


def test_a_county_without_duty_of_its_own_tells_the_admins() -> None:
    """There is no lead of it."""
    effects = check_duty(keeping(is_for_county=True), ALL, wall("2026-11-27 17:30"))
    assert [(send.to, send.message) for send in effects.sends] == [
        (ADMIN.person, DutyGap(unit=None, begins_at=wall("2026-11-27 19:30"), ends_at=wall("2026-11-30 10:00")))
    ]


def test_the_looks_come_in_office_hours() -> None:
    """Two hours of work are left to find somebody."""
    assert all(calendar().is_open(due.at) for due in plan_duty_check(keeping("water").county, calendar(), NIGHT))
