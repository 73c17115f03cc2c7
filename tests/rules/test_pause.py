"""Waiting for a resident stops the clock and gives back what it took; more time is asked for within limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import IllegalTransition
from bot.rules.calendar import Calendar
from bot.rules.case import ExtensionWish, Round, State
from bot.rules.county import DeadlineClass, PausePlan
from bot.rules.pause import due_after_pause, extended, pause_until
from tests.support.builders import DUE_AT, NOW, OFFICER, case_in
from tests.support.hours import CALENDARS, CLASSES, QAPQAL, length, wall

PLAN = PausePlan(times=2, longest=length("5d"))
ORDINARY, CLOCK, CALENDAR_DAYS = (replace(CLASSES[name], extensions=()) for name in ("complaint", "utility", "petition"))
ATTEMPT: Round = case_in(State.ACCEPTED).now

instants = st.datetimes(datetime(2025, 11, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)


@pytest.mark.parametrize(
    ("due", "began", "ended", "expected"),
    [
        # One hour left on Tuesday at 18:30; answered on Wednesday at 11:00: noon.
        ("2026-11-24 19:30", "2026-11-24 18:30", "2026-11-25 11:00", "2026-11-25 12:00"),
        # Answered at night: the hour begins when the office opens.
        ("2026-11-24 19:30", "2026-11-24 18:30", "2026-11-24 23:00", "2026-11-25 11:00"),
        # Asked on Friday evening after hours, answered on Sunday: no working time has passed, the limit stands.
        ("2026-11-30 11:00", "2026-11-27 20:00", "2026-11-29 12:00", "2026-11-30 11:00"),
        # A whole working day of waiting is a whole working day more.
        ("2026-12-03 11:15", "2026-11-24 12:00", "2026-11-25 12:00", "2026-12-04 11:15"),
        # Too late already when it was asked: it stays so.
        ("2026-11-24 11:00", "2026-11-24 12:00", "2026-11-26 12:00", "2026-11-24 11:00"),
    ],
)
def test_what_was_left_is_left(due: str, began: str, ended: str, expected: str) -> None:
    """The working time between the question and the limit begins to run again with the answer."""
    assert due_after_pause(wall(due), wall(began), wall(ended), QAPQAL, ORDINARY) == wall(expected)


def test_round_the_clock_the_pause_is_added_as_it_was() -> None:
    """Where nights count, two nightly hours of waiting are two hours more."""
    due, began = wall("2026-11-25 03:00"), wall("2026-11-24 23:00")
    assert due_after_pause(due, began, began + timedelta(hours=2), QAPQAL, CLOCK) == wall("2026-11-25 05:00")


def test_calendar_days_move_by_days_and_end_with_a_working_day() -> None:
    """Three days of waiting are three days more, and the limit is the close of a working day."""
    due = wall("2026-11-26 19:30")
    moved = due_after_pause(due, wall("2026-11-24 12:00"), wall("2026-11-27 12:00"), QAPQAL, CALENDAR_DAYS)
    assert moved == wall("2026-11-30 19:30")  # the 29th is a Sunday


def test_without_a_limit_there_is_none_to_move() -> None:
    """Praise can be asked about too."""
    assert due_after_pause(None, NOW, NOW + timedelta(days=1), QAPQAL, None) is None


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(CALENDARS),
    st.sampled_from(tuple(CLASSES.values())),
    instants,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_a_pause_never_brings_a_limit_forward_and_a_longer_one_never_less(
    calendar: Calendar, kind: DeadlineClass, began: datetime, first: int, more: int
) -> None:
    """Monotone: the later the answer, the later the limit, and never before what it was."""
    due = began + timedelta(days=3)
    short, long = began + timedelta(seconds=first), began + timedelta(seconds=first + more)
    moved = [due_after_pause(due, began, ended, calendar, kind) for ended in (short, long)]
    assert moved[0] is not None
    assert moved[1] is not None
    assert due <= moved[0] <= moved[1]


def test_a_pause_ends_by_itself_and_there_are_only_so_many() -> None:
    """Five working days at most, twice a round."""
    assert pause_until(ATTEMPT, PLAN, wall("2026-11-24 12:00"), QAPQAL) == wall("2026-12-01 12:00")
    assert pause_until(msgspec.structs.replace(ATTEMPT, pauses=1), PLAN, NOW, QAPQAL) > NOW
    with pytest.raises(IllegalTransition):
        pause_until(msgspec.structs.replace(ATTEMPT, pauses=2), PLAN, NOW, QAPQAL)


def test_an_extension_is_counted_from_the_limit_and_granted_in_turn() -> None:
    """The county's list says how long each one is; when it is used up there is no more."""
    kind = replace(ORDINARY, extensions=(length("7d"), length("3d")))
    assert extended(ATTEMPT, kind, NOW, QAPQAL) == (length("7d"), QAPQAL.add_working_days(DUE_AT, 7))
    assert extended(msgspec.structs.replace(ATTEMPT, extensions=1), kind, NOW, QAPQAL)[0] == length("3d")
    for attempt in (
        msgspec.structs.replace(ATTEMPT, extensions=2),
        msgspec.structs.replace(ATTEMPT, due_at=None),
        msgspec.structs.replace(ATTEMPT, wish=ExtensionWish(OFFICER.id, DUE_AT)),
    ):
        with pytest.raises(IllegalTransition):
            extended(attempt, kind, NOW, QAPQAL)
    with pytest.raises(IllegalTransition):
        extended(ATTEMPT, None, NOW, QAPQAL)


def test_more_time_is_asked_for_before_the_limit() -> None:
    """At the limit it is just in time, a second later too late."""
    kind = replace(ORDINARY, extensions=(length("7d"),))
    assert extended(ATTEMPT, kind, DUE_AT, QAPQAL)
    with pytest.raises(IllegalTransition):
        extended(ATTEMPT, kind, DUE_AT + timedelta(seconds=1), QAPQAL)
