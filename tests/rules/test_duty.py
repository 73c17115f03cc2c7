"""Who is woken, and when nobody would be: nights and days off of the sample county, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.county import Role
from bot.rules.duty import first_gap, is_time_for_duty, may_be_on_duty, next_time_for_duty, woken
from bot.rules.staff import Leave, Shift, Staff
from tests.support.builders import ADMIN, EVERYBODY, LEAD, OFFICER, SUPERVISOR, TRANSPORT, WATER, staff
from tests.support.hours import QAPQAL, shown, wall

NIGHT = wall("2026-11-24 23:00")
TONIGHT = Shift(wall("2026-11-24 10:00"), wall("2026-11-25 10:00"))
SECOND = staff(Role.OFFICER, name="second")
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")


def on(official: Staff, *shifts: Shift) -> Staff:
    """Put somebody on duty."""
    return replace(official, shifts=shifts)


def shift(begins: str, ends: str) -> Shift:
    """Make a shift of two local times."""
    return Shift(wall(begins), wall(ends))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24 09:59", True),
        ("2026-11-24 10:00", False),
        ("2026-11-24 14:30", False),  # lunch
        ("2026-11-24 19:29", False),
        ("2026-11-24 19:30", True),
        ("2026-11-28 12:00", True),  # a Saturday
        ("2026-10-10 12:00", False),  # a make-up Saturday
        ("2026-10-05 12:00", True),  # 国庆
    ],
)
def test_duty_is_for_nights_and_days_off(at: str, *, expected: bool) -> None:
    """Whoever is at the office needs nobody on duty, at lunch neither."""
    assert is_time_for_duty(QAPQAL, wall(at)) is expected


@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        ("2026-11-24 10:00", "2026-11-24 19:30", "2026-11-25 10:00"),
        ("2026-11-27 17:30", "2026-11-27 19:30", "2026-11-30 10:00"),
        ("2026-09-30 10:00", "2026-09-30 20:00", "2026-10-08 10:00"),
        ("2026-11-28 12:00", "2026-11-28 12:00", "2026-11-30 10:00"),
    ],
)
def test_the_offices_are_shut_until_they_open_again(at: str, begins: str, ends: str) -> None:
    """Over a weekend, over a holiday of eight days."""
    found = next_time_for_duty(QAPQAL, wall(at))
    assert tuple(map(shown, found)) == (begins, ends)


def test_a_units_own_people_are_woken_before_the_countys() -> None:
    """Whoever is on duty for another unit is not; without anybody of its own it is a supervisor."""
    county = on(SUPERVISOR, TONIGHT)
    assert woken(TRANSPORT, (county, on(OFFICER, TONIGHT), SECOND, LEAD, ADMIN), NIGHT) == (on(OFFICER, TONIGHT),)
    assert woken(TRANSPORT, (county, OFFICER, on(ELSEWHERE, TONIGHT)), NIGHT) == (county,)
    assert woken(TRANSPORT, EVERYBODY, NIGHT) == ()


@pytest.mark.parametrize("at", ["2026-11-24 09:59", "2026-11-25 10:00"])
def test_a_shift_ends_when_the_next_begins(at: str) -> None:
    """Nobody is woken before their shift, or at its end."""
    assert woken(TRANSPORT, (on(OFFICER, TONIGHT),), wall(at)) == ()
    assert woken(TRANSPORT, (on(OFFICER, TONIGHT),), NIGHT) != ()


def test_who_is_on_leave_or_out_of_reach_is_not_woken() -> None:
    """A shift that was entered before does not make them be there."""
    away = replace(on(OFFICER, TONIGHT), leave=Leave(NIGHT - timedelta(days=1), NIGHT + timedelta(days=1), None))
    lost = replace(on(OFFICER, TONIGHT), is_reachable=False)
    assert woken(TRANSPORT, (away, lost), NIGHT) == ()


def test_whoever_is_woken_may_see_what_for() -> None:
    """A unit's own officers and leads, the supervisors for the county; never an admin, never another unit's."""
    able = [each for each in (*EVERYBODY, ELSEWHERE) if may_be_on_duty(each, TRANSPORT)]
    assert able == [LEAD, OFFICER]
    assert [each for each in (*EVERYBODY, ELSEWHERE) if may_be_on_duty(each, None)] == [SUPERVISOR]


FRIDAY, MONDAY = wall("2026-11-27 19:30"), wall("2026-11-30 10:00")


@pytest.mark.parametrize(
    ("people", "gap"),
    [
        ((), ("2026-11-27 19:30", "2026-11-30 10:00")),
        ((on(OFFICER, shift("2026-11-27 10:00", "2026-11-30 10:00")),), None),
        (
            (
                on(OFFICER, shift("2026-11-27 10:00", "2026-11-28 10:00")),
                on(LEAD, shift("2026-11-28 10:00", "2026-11-30 10:00")),
            ),
            None,
        ),
        (
            (
                on(OFFICER, shift("2026-11-27 10:00", "2026-11-28 10:00")),
                on(LEAD, shift("2026-11-29 10:00", "2026-11-30 10:00")),
            ),
            ("2026-11-28 10:00", "2026-11-29 10:00"),
        ),
        ((on(OFFICER, shift("2026-11-27 10:00", "2026-11-29 10:00")),), ("2026-11-29 10:00", "2026-11-30 10:00")),
        ((on(SUPERVISOR, shift("2026-11-27 10:00", "2026-11-30 10:00")),), None),
        ((on(ELSEWHERE, shift("2026-11-27 10:00", "2026-11-30 10:00")),), ("2026-11-27 19:30", "2026-11-30 10:00")),
    ],
)
def test_a_weekend_without_somebody_on_duty_has_a_gap(people: tuple[Staff, ...], gap: tuple[str, str] | None) -> None:
    """The first stretch in which nobody would be woken for the unit; the county's duty fills it."""
    found = first_gap(TRANSPORT, people, FRIDAY, MONDAY)
    assert (found and tuple(map(shown, found))) == gap


@pytest.mark.parametrize(
    ("begins", "ends", "gap"),
    [
        ("2026-11-20 00:00", "2026-11-28 00:00", ("2026-11-27 19:30", "2026-11-28 00:00")),
        ("2026-11-28 00:00", "2026-11-29 00:00", ("2026-11-28 00:00", "2026-11-29 00:00")),
        ("2026-11-29 00:00", "2026-12-09 00:00", ("2026-11-29 00:00", "2026-11-30 10:00")),
        ("2026-12-01 00:00", "2026-12-09 00:00", None),
    ],
)
def test_who_goes_on_leave_leaves_a_gap_in_their_duty(begins: str, ends: str, gap: tuple[str, str] | None) -> None:
    """For as long as both last, and no longer."""
    away = Leave(wall(begins), wall(ends), None)
    people = (replace(on(OFFICER, shift("2026-11-27 10:00", "2026-11-30 10:00")), leave=away),)
    found = first_gap(TRANSPORT, people, FRIDAY, MONDAY)
    assert (found and tuple(map(shown, found))) == gap


def test_a_shift_knows_when_it_is() -> None:
    """From its first instant until just before its last."""
    assert on(OFFICER, TONIGHT).is_on_duty(TONIGHT.begins_at)
    assert on(OFFICER, TONIGHT).is_on_duty(NIGHT)
    assert not on(OFFICER, TONIGHT).is_on_duty(TONIGHT.ends_at)
