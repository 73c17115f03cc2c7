"""When the office opens, whoever handles cases is shown what there is to do; on a week's first day leads see their unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.morning import good_morning, is_first_of_week, mirror, plan_morning, readers
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.due import SendMorning
from bot.rules.effect import Effects, Priority
from bot.rules.figure import Digest
from bot.rules.message import TaskList, UnitMirror
from bot.rules.tasks import Only, TaskPage, query_of
from tests.support.builders import (
    EVERYBODY,
    LEAD,
    NOW,
    OFFICER,
    TRANSPORT,
    WATER,
    calendar,
    case_in,
    county,
    staff,
)
from tests.support.hours import wall

PAGE = TaskPage((case_in(State.ASSIGNED),), {Only.UNIT: 1})
DIGEST = Digest(
    county="县",
    unit=TRANSPORT,
    township=None,
    period="2026-W47",
    begins_at=NOW,
    ends_at=NOW,
    figures={},
    before={},
    units=(),
    checkpoint="0:",
)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-11-24 09:59", "2026-11-24 10:00"),
        ("2026-11-24 10:00", "2026-11-25 10:00"),
        ("2026-11-27 18:00", "2026-11-30 10:00"),  # over a weekend
        ("2026-09-30 18:00", "2026-10-08 10:00"),  # over the national holiday
        ("2026-10-09 18:00", "2026-10-10 10:00"),  # a Saturday on which holidays are made up for
    ],
)
def test_the_next_list_comes_when_the_office_next_opens(now: str, at: str) -> None:
    """Strictly after now, on working days only, once a day."""
    (due,) = plan_morning(county(), calendar(), wall(now))
    assert due.at == wall(at)
    assert (due.key, due.task) == (f"morning/{at[:10]}", SendMorning(on=at[:10]))


def test_a_county_may_do_without() -> None:
    """The setting is looked at when the list is planned."""
    quiet = replace(county(), reminders=replace(county().reminders, morning=False))
    assert plan_morning(quiet, calendar(), NOW) == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 10:00", True),
        ("2026-11-24 10:00", False),
        ("2026-10-08 10:00", True),  # Thursday after the national holiday
        ("2026-10-10 10:00", False),
        ("2026-11-22 10:00", False),
    ],
)
def test_the_first_day_of_a_week_is_its_first_working_day(now: str, *, expected: bool) -> None:
    """A holiday on Monday moves the mirror, and does not drop it."""
    assert is_first_of_week(calendar(), wall(now)) is expected


def test_each_person_is_shown_one_list() -> None:
    """Whoever holds several units sees all of them in it; supervisors and who cannot be reached see none."""
    second = replace(OFFICER, unit=WATER, id=staff(Role.OFFICER, WATER, "second").id)
    blocked = staff(Role.OFFICER, TRANSPORT, "blocked", is_reachable=False)
    found = readers((*EVERYBODY, second, blocked), NOW)
    assert found == {LEAD.person: (LEAD,), OFFICER.person: (OFFICER, second)}
    query = query_of(found[OFFICER.person], Only.UNIT, NOW)
    assert query.units == {TRANSPORT, WATER}
    (send,) = good_morning(OFFICER.person, query, PAGE, NOW).sends
    assert (send.to, send.priority) == (OFFICER.person, Priority.NOTICE)
    assert isinstance(send.message, TaskList)
    assert send.message.is_morning
    assert len(send.message.cases) == 1


def test_with_nothing_to_do_nobody_is_bothered() -> None:
    """No message says that there is none."""
    query = query_of((OFFICER,), Only.UNIT, NOW)
    assert good_morning(OFFICER.person, query, TaskPage((), {Only.UNIT: 0}), NOW) == Effects()


def test_a_lead_sees_their_own_unit_only() -> None:
    """Once, whatever else they hold; an officer, and another unit's lead, see nothing of it."""
    twice = replace(LEAD, id=staff(Role.LEAD, TRANSPORT, "again").id)
    other = staff(Role.LEAD, WATER, "other")
    (send,) = mirror(TRANSPORT, PAGE, DIGEST, (*EVERYBODY, twice, other)).sends
    assert (send.to, send.message) == (LEAD.person, UnitMirror(unit=TRANSPORT, counts=((Only.UNIT, 1),), digest=DIGEST))
