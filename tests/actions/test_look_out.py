"""A sign is told once when it starts, when it is graver than ever and when it ends, to those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.look_out import NAMED, look_out, plan_look_out, plan_reminder, readers_of, remind_sign, watchers
from bot.rules.county import Role
from bot.rules.due import LookOut, RemindSign
from bot.rules.effect import Effects, Priority
from bot.rules.entry import CLOCK, Entry, SignAnswered, SignAsked, SignClosed, SignGraded, SignOver, SignRaised
from bot.rules.identity import PersonId
from bot.rules.message.sign import SignAnswer, SignNews, SignNote
from bot.rules.staff import Leave, Staff
from bot.rules.warning import Found, Grade, SignKind, Subject
from bot.rules.warning_life import Sign, Standing, evolve, number_of
from tests.support.builders import (
    ADMIN,
    COMMITMENT,
    EVERYBODY,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    county,
    staff,
)
from tests.support.hours import wall

DAY = timedelta(days=1)
OLD = Found(
    kind=SignKind.OLD,
    subject=Subject(unit=TRANSPORT),
    grade=Grade.NEAR,
    unit=TRANSPORT,
    n=1,
    days=31,
    cases=(NUMBER,),
)
COPIED = msgspec.structs.replace(OLD, kind=SignKind.COPIED, grade=Grade.BEHIND, n=5, days=28)
ELSEWHERE = staff(Role.LEAD, WATER, "elsewhere")


def graver(found: Found, grade: Grade) -> Found:
    """Find the same as graver, or less grave."""
    return msgspec.structs.replace(found, grade=grade)


def night(held: Sequence[Sign], *found: Found, known: int = 0, who: tuple[Staff, ...] = EVERYBODY) -> Effects:
    """Let a night find something."""
    return look_out(held, found, known, who, 2026, NOW)


def after(effects: Effects) -> list[Sign]:
    """Return the signs as a night left them."""
    return [change.after for change in effects.signs]


def news(effects: Effects) -> dict[PersonId, SignNews]:
    """Return who was told what."""
    return {send.to: send.message for send in effects.sends if isinstance(send.message, SignNews)}


def raised(found: Found = OLD) -> Sign:
    """Make a sign that a night has just found."""
    (sign,) = after(night((), found))
    return sign


def then(sign: Sign, fact: SignAsked | SignAnswered | SignClosed | SignOver, actor: str = "s-supervisor") -> Sign:
    """Bring a sign on."""
    return evolve(sign, Entry(at=NOW, actor=actor, case=None, fact=fact))


def asked(sign: Sign) -> Sign:
    """Put a sign before its unit."""
    return then(sign, SignAsked(sign=sign.number, unit=TRANSPORT, answer_by=NOW + DAY, words=None))


def closed(sign: Sign) -> Sign:
    """Close a sign."""
    return then(sign, SignClosed(sign=sign.number, words=COMMITMENT))


def test_what_begins_is_an_entry_and_is_told_to_whom_it_concerns() -> None:
    """Supervisor and admin of all, the unit's lead of the warning; no officer, and nobody of another unit."""
    effects = night((), OLD, who=(*EVERYBODY, ELSEWHERE))
    (change,) = effects.signs
    (entry,) = change.entries
    assert (entry.actor, entry.case, entry.at) == (CLOCK, None, NOW)
    assert isinstance(entry.fact, SignRaised)
    assert (entry.fact.sign, entry.fact.subject, entry.fact.cases) == ("YJ-2026-00001", "old/transport////", NUMBER)
    assert set(news(effects)) == {ADMIN.person, SUPERVISOR.person, LEAD.person}
    assert all(told.begun == (change.after,) for told in news(effects).values())
    assert {send.priority for send in effects.sends} == {Priority.NOTICE}


def test_a_signal_is_told_to_no_unit() -> None:
    """Only a supervisor puts it before the unit."""
    assert set(news(night((), COPIED))) == {ADMIN.person, SUPERVISOR.person}


def test_what_holds_unchanged_is_neither_an_entry_nor_a_message() -> None:
    """However many nights, whatever the count within its grade."""
    more = msgspec.structs.replace(OLD, n=2, days=32)
    assert night([raised()], more) == Effects()


def test_what_is_graver_than_ever_is_told_and_what_comes_and_goes_is_not() -> None:
    """Yellow after blue is told; blue again, and yellow once more, is entered only."""
    worse = night([raised()], graver(OLD, Grade.BEHIND))
    assert [type(entry.fact) for change in worse.signs for entry in change.entries] == [SignGraded]
    assert news(worse)[LEAD.person].worse == tuple(after(worse))
    milder = night(after(worse), OLD)
    assert [sign.grade for sign in after(milder)] == [Grade.NEAR]
    assert not milder.sends
    again = night(after(milder), graver(OLD, Grade.BEHIND))
    assert (len(again.signs), again.sends) == (1, ())


def test_what_is_over_is_told_once_unless_somebody_closed_it() -> None:
    """An end that people have set themselves is no news."""
    sign = raised()
    over = night([sign])
    assert [type(entry.fact) for change in over.signs for entry in change.entries] == [SignOver]
    assert news(over)[SUPERVISOR.person].over == tuple(after(over))
    assert (len(night([closed(sign)]).signs), night([closed(sign)]).sends) == (1, ())


def test_what_was_closed_and_is_graver_than_ever_stands_before_people_again() -> None:
    """Closing a blue one does not silence the red one."""
    back = night([closed(raised())], graver(OLD, Grade.OVERDUE))
    assert [(sign.standing, sign.is_open) for sign in after(back)] == [(Standing.TOLD, True)]
    assert news(back)[ADMIN.person].worse


def test_numbers_go_on_from_all_there_ever_were_and_the_gravest_comes_first() -> None:
    """Two found in one night, the signal graver than the warning; the same found twice is one."""
    effects = night((), OLD, COPIED, OLD, known=41)
    assert [(sign.number, sign.kind) for sign in after(effects)] == [
        (number_of(2026, 42), SignKind.COPIED),
        (number_of(2026, 43), SignKind.OLD),
    ]


def test_one_message_names_so_many_and_counts_the_rest() -> None:
    """Nine begin and two are over: six named, five counted."""
    held = [raised(graver_unit) for graver_unit in (about(20), about(21))]
    effects = night(held, *(about(place) for place in range(9)), known=2)
    told = news(effects)[ADMIN.person]
    assert (len(told.begun), len(told.over), told.more) == (NAMED, 0, 5)


def about(place: int) -> Found:
    """Find old cases of one unit of many."""
    return msgspec.structs.replace(OLD, subject=Subject(unit=type(TRANSPORT)(f"u{place}")), unit=None)


def test_whoever_is_on_leave_is_stood_in_for_and_a_person_is_told_once() -> None:
    """A supervisor who is an admin too hears once; the lead's deputy hears in the lead's place."""
    both = replace(ADMIN, person=SUPERVISOR.person)
    deputy = staff(Role.LEAD, TRANSPORT, "deputy")
    away = replace(LEAD, leave=Leave(NOW - DAY, NOW + DAY, deputy.id))
    told = [send.to for send in night((), OLD, who=(both, SUPERVISOR, away, deputy)).sends]
    assert sorted(told) == sorted({SUPERVISOR.person, deputy.person})


def test_a_note_that_is_not_answered_is_told_to_unit_and_supervisor_at_its_limit() -> None:
    """The note again to the unit, the silence to those who watch."""
    sign = asked(raised())
    effects = remind_sign(sign, EVERYBODY, {"note": "请尽快"}, NOW + DAY)
    told = {send.to: send.message for send in effects.sends}
    note = told[LEAD.person]
    assert isinstance(note, SignNote)
    assert note.words == "请尽快"
    assert told[SUPERVISOR.person] == SignAnswer(sign=sign, words=None)
    assert set(told) == {LEAD.person, SUPERVISOR.person}


@pytest.mark.parametrize("how", ["answered", "closed", "asked again", "never asked"])
def test_what_is_no_longer_awaited_is_not_reminded_of(how: str) -> None:
    """Answered, closed, given a later limit, or never put before anybody."""
    sign = asked(raised())
    later = {
        "answered": then(sign, SignAnswered(sign=sign.number, words=COMMITMENT), "s-lead"),
        "closed": closed(sign),
        "asked again": msgspec.structs.replace(sign, answer_by=NOW + 2 * DAY),
        "never asked": raised(),
    }
    assert remind_sign(later[how], EVERYBODY, {}, NOW + DAY) == Effects()


def test_a_unit_without_a_lead_is_asked_through_its_officers_and_a_county_without_supervisors_through_its_admins() -> None:
    """Somebody always reads it."""
    assert readers_of(EVERYBODY, raised(), NOW) == (LEAD,)
    assert readers_of((ADMIN, OFFICER), raised(), NOW) == (OFFICER,)
    assert watchers(EVERYBODY, NOW) == (SUPERVISOR,)
    assert watchers((ADMIN, OFFICER), NOW) == (ADMIN,)


@pytest.mark.parametrize(
    ("now", "next_at"),
    [
        ("2026-11-24 04:59", "2026-11-24 05:00"),
        ("2026-11-24 05:00", "2026-11-25 05:00"),
        ("2026-11-24 23:00", "2026-11-25 05:00"),
    ],
)
def test_the_next_look_is_at_five(now: str, next_at: str) -> None:
    """Strictly later than now, under a key of its day, so that two who plan it plan one."""
    due = plan_look_out(county(), wall(now))
    assert due.at == wall(next_at)
    assert due.task == LookOut(on=next_at[:10])
    assert due.key == f"look_out/{next_at[:10]}"


def test_each_limit_of_a_note_has_a_reminder_of_its_own() -> None:
    """A note that is sent anew is reminded of at its new limit too."""
    first, second = plan_reminder(number_of(2026, 1), NOW), plan_reminder(number_of(2026, 1), NOW + DAY)
    assert first.key != second.key
    assert (first.at, first.task) == (NOW, RemindSign(sign=number_of(2026, 1)))
