"""Reminders about translations: who hears of one that a colleague could not be told, and nobody hears the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.actions.remind_translator import remind_translators
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.due import RemindStaff, climbed
from bot.rules.entry import CLOCK, Entry, ReminderDecided, ReminderTold
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE, Translation
from tests.support.builders import ADMIN, NOW, NUMBER, OFFICER, SUPERVISOR, UG, case_in, staff

ONE: Final = replace(staff(Role.TRANSLATOR, None, "one"), language=UG)
WATCHING: Final = staff(Role.SUPERVISOR, SUPERVISOR.unit, "second")
EVERYBODY: Final = (ONE, OFFICER, SUPERVISOR, WATCHING, ADMIN)
ITEM: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW - timedelta(hours=5), due_at=NOW)
STAGE: Final = "translation:overdue:0h"
CASE: Final = case_in(State.ACCEPTED)
AT_THE_LIMIT: Final = (Role.TRANSLATOR, Role.SUPERVISOR)


def of(at: datetime, fact: ReminderDecided | ReminderTold) -> Entry:
    """Make an entry of the clock's."""
    return Entry(at=at, actor=CLOCK, case=NUMBER, fact=fact)


def decided(at: datetime, to: Staff) -> Entry:
    """Enter that somebody is to be told."""
    return of(at, ReminderDecided(round=1, stage=STAGE, role=to.role, staff=to.id))


def lost(at: datetime, to: Staff) -> Entry:
    """Enter that they could not be told."""
    return of(at, ReminderTold(round=1, stage=STAGE, staff=to.id, was_told=False))


def climb(entries: Sequence[Entry]) -> set[str]:
    """Have those above the translator told of what could not be delivered; return who hears of it."""
    above = climbed(NUMBER, 1, STAGE, Role.TRANSLATOR, NOW)
    assert above is not None
    assert isinstance(above.task, RemindStaff)
    unreachable = {each.fact.staff for each in entries if isinstance(each.fact, ReminderTold)}
    everybody = tuple(replace(each, is_reachable=each.id not in unreachable) for each in EVERYBODY)
    told = remind_translators(CASE, [above.task], [ITEM], entries, everybody, NOW)
    return {each.staff.id for each in told if each.staff is not None}


def test_the_limit_is_told_to_whoever_translates_and_to_those_who_watch() -> None:
    """All at once, each with an entry of their own."""
    task = RemindStaff(case=NUMBER, round=1, stage=STAGE, to=AT_THE_LIMIT, text=ITEM.place)
    told = remind_translators(CASE, [task], [ITEM], (), EVERYBODY, NOW)
    assert [each.staff for each in told] == [ONE, SUPERVISOR, WATCHING]


def test_what_a_translator_could_not_be_told_goes_to_those_above() -> None:
    """Where they were not told of it in the same moment."""
    assert climb([decided(NOW, ONE), lost(NOW, ONE)]) == {SUPERVISOR.id, WATCHING.id}


def test_nobody_who_was_told_in_that_moment_is_told_again() -> None:
    """Whoever watches was told of the limit itself, in the very commit in which the translator was to be."""
    assert climb([decided(NOW, ONE), decided(NOW, SUPERVISOR), decided(NOW, WATCHING), lost(NOW, ONE)]) == set()
    assert climb([decided(NOW, ONE), decided(NOW, SUPERVISOR), lost(NOW, ONE)]) == {WATCHING.id}


def test_whoever_was_told_of_an_earlier_text_is_told_of_this_one() -> None:
    """A case may have several texts at the same stage, one after the other."""
    before = NOW - timedelta(hours=1)
    told = [decided(before, ONE), decided(before, SUPERVISOR), decided(NOW, ONE), lost(NOW, ONE)]
    assert climb(told) == {SUPERVISOR.id, WATCHING.id}


def test_what_reached_none_of_those_above_climbs_past_them() -> None:
    """A supervisor who could not be told either counts as not told; the admins hear of it."""
    told = [decided(NOW, each) for each in (ONE, SUPERVISOR, WATCHING)]
    assert climb([*told, *(lost(NOW, each) for each in (ONE, SUPERVISOR, WATCHING))]) == {ADMIN.id}
