"""The weekly digest by itself: at the county's hour, about the week before, once a week whatever the clocks do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.actions.report_week import plan_digest, send_digest
from bot.rules.county import County, Role
from bot.rules.due import Due, SendDigest, TellCallbacks
from bot.rules.effect import Effects, Priority, Send
from bot.rules.figure import Digest
from bot.rules.message import DigestPage
from bot.rules.period import parse_period
from bot.rules.week import Week
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    NOW,
    OFFICER,
    SUPERVISOR,
    county,
    staff,
)
from tests.support.hours import BERLIN, SHANGHAI, wall
from tests.support.known import desk

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago")
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)


def sending(zone: ZoneInfo, weekday: int, at: time) -> County:
    """Make a county whose digest goes out at another hour."""
    return replace(county(), hours=replace(county().hours, zone=zone, digest_weekday=weekday, digest_time=at))


def due(at: str, period: str, zone: ZoneInfo = SHANGHAI) -> Due:
    """Say when a digest is due, as the clock on the wall shows it, and about what."""
    return Due(key=f"digest/{period}", at=wall(at, zone), task=SendDigest(period=period))


@pytest.mark.parametrize(
    ("now", "at", "period"),
    [
        ("2026-11-24 12:00", "2026-11-30 10:30", "2026-W48"),
        ("2026-11-29 23:59:59", "2026-11-30 10:30", "2026-W48"),
        ("2026-11-30 00:00", "2026-11-30 10:30", "2026-W48"),
        ("2026-11-30 10:29:59", "2026-11-30 10:30", "2026-W48"),
        ("2026-11-30 10:30", "2026-12-07 10:30", "2026-W49"),
        ("2026-12-30 12:00", "2027-01-04 10:30", "2026-W53"),
        ("2027-01-04 10:30", "2027-01-11 10:30", "2027-W01"),
    ],
    ids=["tuesday", "sunday", "monday", "just before", "on the second", "over new year", "first week"],
)
def test_on_monday_it_tells_of_the_week_that_ended(now: str, at: str, period: str) -> None:
    """Always the next Monday strictly ahead, always the last whole week before it."""
    assert plan_digest(county(), wall(now)) == due(at, period)


@pytest.mark.parametrize(
    ("now", "at"),
    [("2026-03-23 10:30", "2026-03-30 10:30"), ("2026-10-19 10:30", "2026-10-26 10:30")],
    ids=["spring", "autumn"],
)
def test_clocks_that_change_do_not_move_the_hour(now: str, at: str) -> None:
    """In a zone with summer time it is the clock on the wall that counts."""
    in_berlin = sending(BERLIN, 0, time(10, 30))
    assert plan_digest(in_berlin, wall(now, BERLIN)).at == wall(at, BERLIN)


def test_an_hour_that_comes_twice_sends_one_digest() -> None:
    """At 02:15 of the second time around, that night's 02:30 has been: the next one is a week away."""
    in_berlin = sending(BERLIN, 6, time(2, 30))
    first, again = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert plan_digest(in_berlin, first - timedelta(seconds=1)).at == first
    assert plan_digest(in_berlin, again).at == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)


@settings(deadline=None, max_examples=150)
@given(
    instants,
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
@example(datetime(2026, 10, 25, 1, 15, tzinfo=UTC), "Europe/Berlin", 6, time(2, 30))
@example(datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "America/New_York", 0, time(23, 0))
@example(datetime(2026, 3, 29, 1, 15, tzinfo=UTC), "Europe/Berlin", 6, time(2, 30))
def test_every_digest_lies_ahead_and_the_next_one_a_week_on(now: datetime, zone: str, weekday: int, at: time) -> None:
    """Strictly ahead, on the county's weekday, about the week before; the one after it is about the week after that."""
    place = sending(ZoneInfo(zone), weekday, at)
    first = plan_digest(place, now)
    second = plan_digest(place, first.at)
    assert now < first.at <= now + timedelta(days=7, hours=2)
    assert abs(second.at - first.at - timedelta(days=7)) <= timedelta(hours=1)
    on = first.at.astimezone(ZoneInfo(zone)).date()
    assert on.weekday() == weekday
    assert datetime.combine(on - timedelta(days=7), at, ZoneInfo(zone)).astimezone(UTC) <= now, "one was left out"
    assert isinstance(first.task, SendDigest)
    assert isinstance(second.task, SendDigest)
    reported, later = (parse_period(task.period, ZoneInfo(zone)) for task in (first.task, second.task))
    assert reported.ends_at <= first.at < later.ends_at <= second.at
    assert reported.ends_at == later.begins_at


FIGURES = Digest(
    county="县",
    unit=None,
    township=None,
    period="2026-W47",
    begins_at=wall("2026-11-16 00:00"),
    ends_at=wall("2026-11-23 00:00"),
    figures={},
    before={},
    units=(),
    checkpoint="0:",
)


WEEK = Week(parse_period("2026-W47", SHANGHAI), (), ())


def test_it_goes_to_everyone_who_watches() -> None:
    """Supervisors and admins in reach; officers and leads see their tasks, not the county."""
    away = staff(Role.ADMIN, None, "away", is_reachable=False)
    page = DigestPage(digest=FIGURES)
    effects = send_digest(desk(), FIGURES, (WEEK,), (*EVERYBODY, away), NOW)
    assert effects.sends == (
        Send(ADMIN.person, page, Priority.NOTICE),
        Send(SUPERVISOR.person, page, Priority.NOTICE),
    )


def test_who_watches_in_two_functions_reads_it_once() -> None:
    """A supervisor who is an admin as well gets one digest."""
    both = (SUPERVISOR, replace(ADMIN, person=SUPERVISOR.person))
    assert [send.to for send in send_digest(desk(), FIGURES, (WEEK,), both, NOW).sends] == [SUPERVISOR.person]


def test_a_week_that_is_counted_already_is_not_told_again() -> None:
    """By another weekday or hour of the county file its digest may be due twice; the next one is planned all the same."""
    assert send_digest(desk(), FIGURES, (), EVERYBODY, NOW) == Effects(planned=(plan_digest(county(), NOW),))


CALLBACKS = Due(key=f"callbacks/{FIGURES.period}", at=NOW, task=TellCallbacks(period=FIGURES.period))
"""At once, but in a commit of its own: who is drawn is known only when the digest is sent."""


def test_sending_one_plans_the_next() -> None:
    """The chain of Mondays never breaks, and callers are told of the draw, even when there is nobody to send it to."""
    for everyone in (EVERYBODY, (OFFICER, LEAD), ()):
        assert send_digest(desk(), FIGURES, (WEEK,), everyone, NOW).planned == (plan_digest(county(), NOW), CALLBACKS)
    assert send_digest(desk(), FIGURES, (WEEK,), (), NOW).sends == ()
