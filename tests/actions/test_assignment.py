"""Giving a case to a unit: its limits, and what the clock does about them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.actions.assignment import Limits, limits_from, officials_of
from bot.rules.county import Role
from bot.rules.due import AskFixed, RemindStaff
from bot.rules.identity import ClassId
from tests.support.builders import (
    ADMIN,
    FILED_AT,
    LEAD,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    calendar,
    county,
    staff,
)
from tests.support.hours import shown, wall

NIGHT = wall("2026-11-28 03:00")
"""A Saturday night."""


def test_without_a_class_nothing_runs() -> None:
    """No rule, no limits, no reminders."""
    assert limits_from(county(), calendar(), None, FILED_AT, (NUMBER, 1)) == Limits(None, None, None, ())


@pytest.mark.parametrize("named", county().classes)
@pytest.mark.parametrize("start", [FILED_AT, NIGHT, wall("2026-12-31 23:59:59")], ids=["day", "night", "new year"])
@pytest.mark.parametrize("attempt", [1, 2])
def test_what_is_planned_belongs_to_the_attempt(named: ClassId, start: datetime, attempt: int) -> None:
    """Every due thing carries case, round and stage in its key and its task, and no key comes twice."""
    limits = limits_from(county(), calendar(), county().classes[named], start, (NUMBER, attempt))
    assert limits.accept_due_at is not None
    assert limits.due_at is not None
    assert start < limits.accept_due_at <= limits.due_at
    keys = [due.key for due in limits.reminders]
    assert len(set(keys)) == len(keys)
    *reminders, asked = limits.reminders
    assert (asked.task, asked.key) == (AskFixed(case=NUMBER, round=attempt), f"{NUMBER}/{attempt}/fixed")
    assert asked.at >= limits.due_at
    for due in reminders:
        assert isinstance(due.task, RemindStaff)
        assert due.key == f"{NUMBER}/{attempt}/{due.task.stage}"
        assert (due.task.case, due.task.round, due.at > start) == (NUMBER, attempt, True)
    assert any(due.at < limits.due_at for due in limits.reminders)
    assert any(due.at >= limits.due_at for due in limits.reminders)


def test_an_emergency_at_night_runs_at_night() -> None:
    """A class that runs round the clock is told and limited in real time."""
    limits = limits_from(county(), calendar(), county().classes[ClassId("emergency")], NIGHT, (NUMBER, 1))
    assert limits.rule == "accept 30min, handle 2h, round the clock"
    assert limits.due_at == NIGHT + timedelta(hours=2)
    assert [shown(due.at) for due in limits.reminders][:2] == ["2026-11-28 03:30", "2026-11-28 04:00"]
    assert shown(limits.reminders[-1].at) == "2026-11-28 08:00"  # the resident is asked when they are up again


def test_officials_are_of_one_kind() -> None:
    """Not officers and leads together: whoever is nearest hears of it, all of them, in the order of the list."""
    second = staff(Role.OFFICER, name="second")
    assert officials_of(TRANSPORT, (ADMIN, LEAD, second, SUPERVISOR, OFFICER), FILED_AT) == (second, OFFICER)
    assert officials_of(WATER, (ADMIN, LEAD, OFFICER, SUPERVISOR), FILED_AT) == (ADMIN,)
    assert officials_of(WATER, iter((LEAD, OFFICER)), FILED_AT) == ()
