"""When officials are told: before a limit while something can be done, after it to those above, in office hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import Calendar
from bot.rules.county import Escalation, ReminderPlan, Role
from bot.rules.deadline import deadline_for
from bot.rules.reminder import WORTH_REMINDING, Moment, escalations, plan_again, plan_for, schedule_before
from tests.support.hours import BERLIN, BERLIN_OFFICE, CALENDARS, CLASSES, QAPQAL, REMINDERS, length, shown, wall

facts = settings(deadline=None, max_examples=60)
instants = st.datetimes(datetime(2025, 11, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)
calendars = st.sampled_from(CALENDARS)
classes = st.sampled_from(sorted(CLASSES))
befores = st.lists(st.sampled_from(["50%", "25%", "99%", "1d", "3d", "4h", "30min", "0h", "7cd", "1mo"]), max_size=4)


def plan(*before: str) -> ReminderPlan:
    """Make the sample county's plan with other reminders before the deadline."""
    lengths = tuple(length(text) for text in before)
    return ReminderPlan(lengths, REMINDERS.repeat_unseen, REMINDERS.overdue, REMINDERS.unaccepted)


def told(moments: tuple[Moment, ...]) -> list[str]:
    """Write each moment as instant and stage."""
    return [f"{shown(moment.at)} {moment.stage}" for moment in moments]


def planned(name: str, assigned: str) -> list[str]:
    """Write everything that the sample county plans for a case assigned then."""
    assigned_at = wall(assigned)
    deadline = deadline_for(CLASSES[name], assigned_at, QAPQAL)
    return told(plan_for(CLASSES[name], assigned_at, deadline, REMINDERS, QAPQAL))


def before(assigned: str, due: str, *texts: str, clock: bool = False) -> list[str]:
    """Write the reminders ahead of a deadline in the sample county."""
    return told(schedule_before(wall(assigned), wall(due), plan(*texts), QAPQAL, round_the_clock=clock))


def after(due: str, *texts: str, clock: bool = False) -> list[str]:
    """Write the escalations behind a deadline in the sample county."""
    steps = tuple(Escalation(length(text), (Role.LEAD,)) for text in texts)
    return told(escalations("overdue", wall(due), steps, QAPQAL, round_the_clock=clock))


@pytest.mark.parametrize(
    ("name", "assigned", "moments"),
    [
        (
            # Sign by 13:15; four hours on: 45 minutes until 14:00, 3:15 from 15:30. Eight working hours to the deadline:
            # half of them and "4h" are one moment, 1:15 on Wednesday, 2:45 before Tuesday's close; "1d" is the assignment.
            "enquiry",
            "2026-11-24 11:15",
            [
                "2026-11-24 13:15 unaccepted:0h",
                "2026-11-24 16:45 before:4h",
                "2026-11-24 18:45 unaccepted:4h",
                "2026-11-25 11:15 overdue:0h",
                "2026-11-26 11:15 overdue:1d",
                "2026-11-30 11:15 overdue:3d",
            ],
        ),
        (
            # Over 国庆: 3 hours on 30 September, 8 each on 8 9 10 12 13 14 October, 5 on the 15th make 56. Half of them
            # back: 5 + 8 + 8 + 7, so one hour into Monday the 12th. Four hours: back to 15:30, then three from 14:00.
            "complaint",
            "2026-09-30 17:00",
            [
                "2026-09-30 19:00 unaccepted:0h",
                "2026-10-08 13:00 unaccepted:4h",
                "2026-10-12 11:00 before:50%",
                "2026-10-14 16:30 before:1d",
                "2026-10-15 11:00 before:4h",
                "2026-10-15 16:30 overdue:0h",
                "2026-10-16 16:30 overdue:1d",
                "2026-10-20 16:30 overdue:3d",
            ],
        ),
        (
            # Day and night, in 国庆; "1d" and "4h" would lie before the assignment.
            "emergency",
            "2026-10-03 23:30",
            [
                "2026-10-04 00:00 unaccepted:0h",
                "2026-10-04 00:30 before:50%",
                "2026-10-04 01:30 overdue:0h",
                "2026-10-04 04:00 unaccepted:4h",
                "2026-10-05 01:30 overdue:1d",
                "2026-10-07 01:30 overdue:3d",
            ],
        ),
        (
            # 24 real hours; "1d" is the assignment.
            "utility",
            "2026-11-28 08:00",
            [
                "2026-11-28 10:00 unaccepted:0h",
                "2026-11-28 14:00 unaccepted:4h",
                "2026-11-28 20:00 before:50%",
                "2026-11-29 04:00 before:4h",
                "2026-11-29 08:00 overdue:0h",
                "2026-11-30 08:00 overdue:1d",
                "2026-12-02 08:00 overdue:3d",
            ],
        ),
    ],
)
def test_a_whole_plan_by_hand(name: str, assigned: str, moments: list[str]) -> None:
    """Everything the sample county's plan means for one case, by time."""
    assert planned(name, assigned) == moments


def test_each_moment_names_its_people() -> None:
    """The officer in charge before the limit; after it whom the county names."""
    assigned_at = wall("2026-11-24 11:15")
    deadline = deadline_for(CLASSES["complaint"], assigned_at, QAPQAL)
    people = {m.stage: m.to for m in plan_for(CLASSES["complaint"], assigned_at, deadline, REMINDERS, QAPQAL)}
    assert people["before:50%"] == people["before:1d"] == people["before:4h"] == (Role.OFFICER,)
    assert people["overdue:0h"] == people["unaccepted:0h"] == (Role.OFFICER, Role.LEAD)
    assert people["overdue:3d"] == (Role.SUPERVISOR, Role.ADMIN)


@pytest.mark.parametrize(
    ("told_until", "told_of", "again"),
    [
        # The same people have heard of the same limit, and all that was to be told before it.
        ("2026-11-29 05:00", "2026-11-29 08:00", []),
        # Others have the case now, or the limit is another: half-way from now.
        ("2026-11-29 05:00", None, ["2026-11-29 06:30 before:50%"]),
        ("2026-11-29 05:00", "2026-11-29 09:00", ["2026-11-29 06:30 before:50%"]),
        # The clock stood still before anything was told.
        ("2026-11-28 18:00", "2026-11-29 08:00", ["2026-11-29 06:30 before:50%"]),
    ],
)
def test_nobody_is_told_again_of_a_limit_that_did_not_move(told_until: str, told_of: str | None, again: list[str]) -> None:
    """A case that was given back and came back, or a question that took no time, makes no second reminder."""
    opened_at, now, due_at = wall("2026-11-28 08:00"), wall("2026-11-29 05:00"), wall("2026-11-29 08:00")
    known = (wall(told_until), wall(told_of) if told_of else None)
    moments = plan_again(opened_at, (None, due_at), known, now, REMINDERS, QAPQAL, round_the_clock=True)
    assert [each for each in told(moments) if "before" in each] == again


def test_a_reminder_due_at_closing_moves_earlier() -> None:
    """One working day before 19:30 on Monday is 19:30 on Friday, when nobody is there any more."""
    assert before("2026-11-23 10:00", "2026-11-30 19:30", "1d") == ["2026-11-27 19:29:59 before:1d"]


def test_a_working_day_before_the_end_of_a_morning_is_in_the_morning() -> None:
    """14:00 is a closing instant: the counterpart is not 15:30, which would be later."""
    assert before("2026-11-23 10:00", "2026-11-25 14:00", "1d") == ["2026-11-24 13:59:59 before:1d"]


def test_hours_before_are_working_hours() -> None:
    """Four hours before 10:30 on Monday are half an hour of it and the second half of Friday, to 16:00."""
    assert before("2026-11-23 10:00", "2026-11-30 10:30", "4h") == ["2026-11-27 16:00 before:4h"]


def test_calendar_lengths_before_keep_the_wall_time_and_move_into_hours() -> None:
    """A week before Thursday 8 October is in 国庆: it is told before it."""
    assert before("2026-09-01 10:00", "2026-10-08 19:30", "7cd") == ["2026-09-30 19:59:59 before:7cd"]
    assert before("2026-09-01 10:00", "2026-11-24 11:00", "1mo") == ["2026-10-23 19:29:59 before:1mo"]
    assert before("2026-09-01 10:00", "2026-11-24 23:00", "1mo", clock=True) == ["2026-10-24 23:00 before:1mo"]


def test_what_falls_on_the_assignment_or_before_it_is_left_out() -> None:
    """One day before a deadline of one day is the assignment; two hours: one on Wednesday, one until 19:30 on Tuesday."""
    assert before("2026-11-24 11:00", "2026-11-25 11:00", "3d", "1d", "2h") == ["2026-11-24 18:30 before:2h"]


def test_moments_that_fall_together_carry_the_stage_listed_last() -> None:
    """Half of eight hours is four hours."""
    assert before("2026-11-24 10:00", "2026-11-24 19:30", "50%", "4h") == ["2026-11-24 15:30 before:4h"]
    assert before("2026-11-24 10:00", "2026-11-24 19:30", "4h", "50%") == ["2026-11-24 15:30 before:50%"]


@pytest.mark.parametrize(
    ("assigned", "due", "clock", "moments"),
    [
        # Nothing of the plan fits into two hours: half-way.
        ("2026-11-24 10:30", "2026-11-24 12:30", False, ["2026-11-24 11:30 before:50%"]),
        ("2026-10-03 23:30", "2026-10-04 01:30", True, ["2026-10-04 00:30 before:50%"]),
        # Half an hour is worth a reminder, a second less is not.
        ("2026-11-24 10:00", "2026-11-24 10:30", False, ["2026-11-24 10:15 before:50%"]),
        ("2026-11-24 10:00:01", "2026-11-24 10:30", False, []),
        # Half-way through working time, not through the night.
        ("2026-11-24 19:00", "2026-11-25 10:30", False, ["2026-11-25 10:00 before:50%"]),
        # No working time lies between: half-way through what there is.
        ("2026-11-28 10:00", "2026-11-28 18:00", False, ["2026-11-28 14:00 before:50%"]),
        ("2026-11-28 10:00", "2026-11-30 10:00", False, ["2026-11-29 10:00 before:50%"]),
    ],
)
def test_a_deadline_is_never_without_a_reminder(assigned: str, due: str, *, clock: bool, moments: list[str]) -> None:
    """When the plan leaves nothing, one is made, unless there is less than half an hour."""
    assert before(assigned, due, "1d", clock=clock) == moments


@pytest.mark.parametrize(
    ("due", "text", "moment"),
    [
        ("2026-11-24 16:00", "0h", "2026-11-24 16:00"),
        # At closing, or outside hours: at the next opening, never before the limit.
        ("2026-11-24 14:00", "0h", "2026-11-24 15:30"),
        ("2026-09-30 20:00", "0h", "2026-10-08 10:00"),
        ("2026-11-28 12:00", "0h", "2026-11-30 10:00"),
        # Four hours after 14:00 are over as the day ends: told the next morning.
        ("2026-11-24 14:00", "4h", "2026-11-25 10:00"),
        # One working day after Tuesday's close: counted from Wednesday's opening.
        ("2026-11-24 19:30", "1d", "2026-11-26 10:00"),
        ("2026-11-24 16:00", "3d", "2026-11-27 16:00"),
        # Calendar time: Friday + 1 is Saturday, so Monday; a month on is Thursday 24 December.
        ("2026-11-27 12:00", "1cd", "2026-11-30 10:00"),
        ("2026-11-24 12:00", "1mo", "2026-12-24 12:00"),
    ],
)
def test_after_a_limit_people_are_told_when_the_office_is_open(due: str, text: str, moment: str) -> None:
    """Counted in working time, moved later into it."""
    assert after(due, text) == [f"{moment} overdue:{text}"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [("0h", "2026-10-04 01:30"), ("1d", "2026-10-05 01:30"), ("2cd", "2026-10-06 01:30"), ("1mo", "2026-11-04 01:30")],
)
def test_round_the_clock_people_are_told_at_the_true_moment(text: str, moment: str) -> None:
    """At night, on a holiday, and a day is 24 hours."""
    assert after("2026-10-04 01:30", text, clock=True) == [f"{moment} overdue:{text}"]


def test_24_hours_are_24_hours_when_the_clocks_change() -> None:
    """One day before Sunday 13:00 in Berlin is Saturday 12:00, when the clocks went forward in the night."""
    moments = schedule_before(
        wall("2026-03-27 10:00", BERLIN), wall("2026-03-29 13:00", BERLIN), plan("1d"), BERLIN_OFFICE, round_the_clock=True
    )
    assert [shown(moment.at, BERLIN) for moment in moments] == ["2026-03-28 12:00"]


def test_escalations_that_fall_together_lose_nobody() -> None:
    """Both are told, once each, under the stage listed last."""
    steps = (
        Escalation(length("0h"), (Role.OFFICER, Role.LEAD)),
        Escalation(length("0d"), (Role.LEAD, Role.SUPERVISOR)),
    )
    opening_at = wall("2026-11-25 10:00")
    expected = (Moment(opening_at, "unaccepted:0d", (Role.OFFICER, Role.LEAD, Role.SUPERVISOR)),)
    for limit_at in (opening_at, wall("2026-11-24 19:30")):
        assert escalations("unaccepted", limit_at, steps, QAPQAL, round_the_clock=False) == expected


@pytest.mark.parametrize("clock", [True, False])
def test_a_percentage_after_a_limit_is_refused(*, clock: bool) -> None:
    """There is nothing that it could be a share of."""
    with pytest.raises(ValueError, match="50%"):
        after("2026-11-24 16:00", "50%", clock=clock)


@facts
@given(
    calendar=calendars,
    assigned_at=instants,
    runs=st.timedeltas(timedelta(0), timedelta(days=80)),
    texts=befores,
    clock=st.booleans(),
)
def test_reminders_lie_strictly_between(
    calendar: Calendar, assigned_at: datetime, runs: timedelta, texts: list[str], *, clock: bool
) -> None:
    """After the assignment, before the limit, in order, no two at once; at least one if half an hour is left."""
    due_at = assigned_at + runs
    moments = schedule_before(assigned_at, due_at, plan(*texts), calendar, round_the_clock=clock)
    ats = [moment.at for moment in moments]
    assert ats == sorted(set(ats))
    assert all(assigned_at < at < due_at for at in ats)
    assert ats or runs < WORTH_REMINDING


@facts
@given(calendars, classes, instants, befores)
def test_nobody_is_told_outside_office_hours(calendar: Calendar, name: str, assigned_at: datetime, texts: list[str]) -> None:
    """In classes that follow office hours; the deadline being theirs, working time lies before it."""
    deadline_class = CLASSES[name]
    deadline = deadline_for(deadline_class, assigned_at, calendar)
    moments = plan_for(deadline_class, assigned_at, deadline, plan(*texts), calendar)
    assert deadline_class.runs_round_the_clock or all(calendar.is_open(moment.at) for moment in moments)
    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)


@facts
@given(calendar=calendars, name=classes, assigned_at=instants, texts=befores)
def test_people_are_told_at_whole_seconds(calendar: Calendar, name: str, assigned_at: datetime, texts: list[str]) -> None:
    """Half of an odd number of seconds is cut: the clock takes what is due by whole ones."""
    whole_at = assigned_at.replace(microsecond=0)
    deadline = deadline_for(CLASSES[name], whole_at, calendar)
    moments = plan_for(CLASSES[name], whole_at, deadline, plan("50%", *texts), calendar)
    assert all(not moment.at.microsecond for moment in moments)


@facts
@given(
    calendar=calendars,
    limit_at=instants,
    text=st.sampled_from(["0h", "4h", "30min", "0d", "3d", "2cd", "1mo"]),
    clock=st.booleans(),
)
def test_nobody_is_told_of_a_missed_limit_before_it(
    calendar: Calendar, limit_at: datetime, text: str, *, clock: bool
) -> None:
    """An escalation never comes before the limit that it is about."""
    steps = (Escalation(length(text), (Role.LEAD,)),)
    (moment,) = escalations("overdue", limit_at, steps, calendar, round_the_clock=clock)
    assert moment.at >= limit_at
