"""Nobody is written to in the wrong hours, unless it answers them or cannot wait."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.county import Role
from bot.rules.courtesy import Courtesy
from bot.rules.effect import Effects, Priority, Send
from bot.rules.message import (
    AdminWanted,
    CaseClosedUnrated,
    DigestPage,
    DraftTidied,
    Message,
    Remark,
    Said,
    StaffUnreachable,
    TaskResolved,
    TaskWithdrawn,
)
from tests.locales.samples_admin import digest
from tests.support.builders import NUMBER, OFFICER, RESIDENT_PERSON
from tests.support.hours import QAPQAL, period, wall

MANNERS = Courtesy(period("22:00-08:00"), QAPQAL)
TO_RESIDENT = CaseClosedUnrated(case=NUMBER)
TO_OFFICIAL = TaskResolved(case=NUMBER)


def held_until(message: Message, at: str, priority: Priority = Priority.NOTICE) -> datetime | None:
    """Return until when a message decided at a local time is held back."""
    (send,) = MANNERS.applied(Effects(sends=(Send(OFFICER.person, message, priority),)), wall(at)).sends
    return send.not_before


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-24 21:59", None),
        ("2026-11-24 22:00", "2026-11-25 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-25 07:59", "2026-11-25 08:00"),
        ("2026-11-25 08:00", None),
        ("2026-11-28 12:00", None),  # a Saturday is no quiet time
    ],
)
def test_residents_are_left_in_peace_at_night(at: str, until: str | None) -> None:
    """What is decided in quiet hours is told when they end; on a day off residents may be written to."""
    assert held_until(TO_RESIDENT, at) == (wall(until) if until else None)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-24 12:00", None),
        ("2026-11-24 14:30", "2026-11-24 15:30"),
        ("2026-11-24 19:30", "2026-11-25 10:00"),
        ("2026-11-27 23:00", "2026-11-30 10:00"),  # over the weekend
    ],
)
def test_officials_are_told_while_their_office_is_open(at: str, until: str | None) -> None:
    """A notice waits for the next opening."""
    assert held_until(TO_OFFICIAL, at) == (wall(until) if until else None)


@pytest.mark.parametrize("message", [TO_RESIDENT, TO_OFFICIAL])
@pytest.mark.parametrize("priority", [Priority.ANSWER, Priority.ALARM])
def test_answers_and_alarms_do_not_wait(message: Message, priority: Priority) -> None:
    """Whoever writes at midnight is answered at midnight, and a burst pipe wakes the one on duty."""
    assert held_until(message, "2026-11-25 00:10", priority) is None


def test_the_digest_has_an_hour_of_its_own() -> None:
    """The county file says when it goes out; so it goes."""
    assert held_until(DigestPage(digest=digest()), "2026-11-25 00:10") is None


@pytest.mark.parametrize("message", [Said(Remark.KEPT), DraftTidied()])
def test_what_is_for_anybody_waits_for_the_morning(message: Message) -> None:
    """Nobody is woken by a draft that was tidied away."""
    assert held_until(message, "2026-11-25 00:10") == wall("2026-11-25 08:00")
    assert held_until(message, "2026-11-28 12:00") is None


def test_those_who_watch_have_office_hours_too() -> None:
    """That a colleague is out of reach is told when the office opens; a link for an admin, soon gone, in the morning."""
    assert held_until(StaffUnreachable(role=Role.OFFICER, unit=None), "2026-11-27 23:00") == wall("2026-11-30 10:00")
    assert held_until(TaskWithdrawn(case=NUMBER), "2026-11-27 23:00") == wall("2026-11-30 10:00")
    assert held_until(AdminWanted(invitation="0" * 32), "2026-11-27 23:00") == wall("2026-11-28 08:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 (hypothesis wants naive bounds)
def test_what_is_held_back_is_told_in_the_first_hour_that_is_right(at: datetime) -> None:
    """Never in quiet hours, never earlier than decided, and at most one night later."""
    told = MANNERS.waking(at)
    assert MANNERS.waking(told) == told
    assert 0 <= (told - at).total_seconds() <= 10 * 3600
    assert 8 <= told.astimezone(QAPQAL.zone).hour < 22


def test_a_night_within_one_day_is_a_night_too() -> None:
    """Quiet hours that do not cross midnight end on the same day."""
    early = Courtesy(period("01:00-06:00"), QAPQAL)
    assert early.waking(wall("2026-11-25 03:00")) == wall("2026-11-25 06:00")
    assert early.waking(wall("2026-11-25 06:00")) == wall("2026-11-25 06:00")


def test_nothing_else_of_the_effects_changes() -> None:
    """Only the moment is put on; everything that was decided stays."""
    effects = Effects(sends=(Send(RESIDENT_PERSON, TO_RESIDENT, Priority.NOTICE, anchor="a"),), cancelled=("x",))
    (send,) = MANNERS.applied(effects, wall("2026-11-24 23:00")).sends
    assert (send.to, send.message, send.anchor) == (RESIDENT_PERSON, TO_RESIDENT, "a")
    assert MANNERS.applied(effects, wall("2026-11-24 12:00")) == effects
