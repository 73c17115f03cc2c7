"""What must still come of a case is planned or done, whatever becomes of it; and what is thrown away is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.assignment import limits_from
from bot.actions.remind import close_unrated
from bot.actions.resolve_case import resolve_case
from bot.rules.ahead import Lack, lack_of
from bot.rules.county import Escalation, Role
from bot.rules.due import CloseUnrated
from bot.rules.entry import RESIDENT, Entry, ReminderDecided, Transferred
from bot.rules.identity import ClassId
from bot.rules.length import parse_length
from bot.rules.life import evolve
from bot.rules.reminder import TRANSLATION
from tests.actions.test_remind_case import ACTS, HORIZON, STEPS, Life, Step, begin, live
from tests.support.builders import FILED, FILED_AT, NUMBER, calendar, county
from tests.support.known import desk

HOUR: Final = timedelta(hours=1)
LATE: Final = [
    timedelta(0),
    timedelta(seconds=1),
    timedelta(minutes=31),
    HOUR,
    *(timedelta(days=days) for days in (1, 4, 9, 40)),
]
"""How long nothing happens at all."""

CLASSES: Final = sorted(str(each) for each in county().classes)


def lack(life: Life) -> Lack | None:
    """Look at a case in memory as a verification looks at one in a database."""
    told = [
        each.at
        for each in life.entries
        if isinstance(each.fact, ReminderDecided)
        and each.fact.round == life.case.now.number
        and not each.fact.stage.startswith(TRANSLATION)
    ]
    back = [each.at for each in life.entries if isinstance(each.fact, Transferred)]
    return lack_of(life.case, life.due.keys(), max(told, default=None), max(back, default=None))


class Watched(Life):
    """A life in which nothing is ever lacking."""

    def act(self, act: Callable[[Life, datetime], object], now: datetime) -> None:
        """Have somebody do something."""
        super().act(act, now)  # type: ignore[arg-type]  # acts are those of a life
        assert lack(self) is None

    def tick(self, now: datetime) -> None:
        """Do what is due."""
        super().tick(now)
        assert lack(self) is None


def watched(of: str = "complaint", lost: frozenset[int] = frozenset()) -> Watched:
    """File a case under a class."""
    return Watched(**{name: getattr(begin(of, lost), name) for name in Life.__dataclass_fields__})


def without(life: Life, *beginnings: str) -> Life:
    """Throw away what is planned under such stages."""
    life.due = {key: due for key, due in life.due.items() if not key.split("/", 2)[2].startswith(beginnings)}
    return life


def done(life: Life, act: str, now: datetime) -> Life:
    """Have somebody do something that can be done."""
    before = life.case
    life.act(ACTS[act], now)
    assert life.case != before, act
    return life


@given(of=st.sampled_from(CLASSES), steps=st.lists(STEPS, max_size=8), lost=st.frozensets(st.integers(1, 12), max_size=3))
def test_whatever_becomes_of_a_case_nothing_is_lacking(of: str, steps: list[Step], lost: frozenset[int]) -> None:
    """In whatever second people act, however late the clock is, whatever cannot be delivered."""
    live(watched(of, lost), steps)


@given(
    of=st.sampled_from(CLASSES),
    late=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(LATE), st.booleans()), max_size=12),
)
def test_a_clock_that_comes_late_leaves_nothing_lacking(of: str, late: list[tuple[str, timedelta, bool]]) -> None:
    """What passed unseen is told as one; until then it is still planned, whatever people do meanwhile."""
    life, now = watched(of), FILED_AT
    assert lack(life) is None
    for act, after, is_clock_first in late:
        now += after
        if is_clock_first:
            life.tick(now)
        life.act(ACTS[act], now)
    life.tick(now)


@pytest.mark.parametrize("of", CLASSES)
def test_what_is_thrown_away_of_a_new_case_is_named(of: str) -> None:
    """Every reminder before the limit, every note after it, every note that it is not signed for."""
    assert lack(begin(of)) is None
    assert lack(without(begin(of), "before:")) is Lack.REMINDER
    assert lack(without(begin(of), "unaccepted:")) is Lack.SIGNATURE
    assert lack(without(begin(of), "overdue:")) is Lack.ESCALATION
    assert lack(without(begin(of), "")) is Lack.REMINDER


def test_a_case_that_is_signed_for_lacks_no_note_about_that() -> None:
    """Those after its limit all the same."""
    life = done(begin(), "accept", FILED_AT + HOUR)
    assert not any("unaccepted" in key for key in life.due)
    assert lack(life) is None
    assert lack(without(life, "overdue:")) is Lack.ESCALATION


def test_notes_after_the_limit_are_lacking_until_one_was_told() -> None:
    """That a reminder was told before it says nothing of them."""
    life = done(begin(), "accept", FILED_AT + HOUR)
    limit_at = life.case.now.due_at
    assert limit_at is not None
    life.tick(limit_at - HOUR)
    assert lack(life) is None
    left = dict(life.due)
    assert lack(without(life, "overdue:")) is Lack.ESCALATION
    life.due = left
    life.tick(limit_at + 3 * timedelta(days=1))
    assert any("overdue" in each.fact.stage for each in life.entries if isinstance(each.fact, ReminderDecided))
    assert lack(without(life, "overdue:")) is None


def test_a_case_without_a_unit_lacks_its_reminders_until_one_was_told() -> None:
    """Also one that was reminded of before a unit gave it back."""
    life = begin()
    life.tick(FILED_AT + timedelta(days=1))
    assert any(isinstance(each.fact, ReminderDecided) for each in life.entries)
    now = FILED_AT + timedelta(days=1, hours=1)
    done(life, "give back", now)
    assert lack(life) is None
    kept = dict(life.due)
    assert lack(without(life, "triage:")) is Lack.UNIT
    life.due = kept
    life.tick(now + timedelta(days=1))
    assert lack(without(life, "triage:")) is None


def test_a_question_lacks_its_end() -> None:
    """Of this pause: what ended an earlier one is nothing to it."""
    life = done(done(begin(), "accept", FILED_AT + HOUR), "ask", FILED_AT + 2 * HOUR)
    assert lack(life) is None
    assert lack(without(life, "pause:")) is Lack.END_OF_PAUSE
    (kept,) = [due for key, due in done(done(begin(), "accept", FILED_AT), "ask", FILED_AT).due.items() if "pause" in key]
    life = done(done(life, "drop", FILED_AT + 3 * HOUR), "ask", FILED_AT + 4 * HOUR)
    assert lack(life) is None
    life.due = {kept.key: kept}
    assert lack(life) is Lack.END_OF_PAUSE


def test_a_case_that_waits_to_be_rated_lacks_its_end() -> None:
    """Until the clock closes it; what is asked again meanwhile is the county's to say."""
    life = done(begin(), "accept", FILED_AT + HOUR)
    now = FILED_AT + 2 * HOUR
    life.apply(resolve_case(desk(), life.matter(Role.OFFICER), "修好了", now, has_evidence=True))
    assert lack(life) is None
    (closing,) = [due for due in life.due.values() if isinstance(due.task, CloseUnrated)]
    assert lack(without(life, "rating:")) is None
    assert lack(without(life, "unrated")) is Lack.RATING
    life.apply(close_unrated(desk(), life.case, 1, (), closing.at))
    assert lack(life) is None


def test_what_is_thrown_away_about_a_limit_that_moved_is_named() -> None:
    """Given more time, or put under another class, there is a note after the new limit, too."""
    signed = FILED_AT + HOUR
    for life in (
        done(done(begin(), "accept", signed), "as request", FILED_AT + 2 * HOUR),
        done(done(done(begin(), "accept", signed), "want time", FILED_AT + 2 * HOUR), "grant", FILED_AT + 3 * HOUR),
        done(done(done(begin(), "accept", signed), "ask", FILED_AT + 2 * HOUR), "drop", FILED_AT + 3 * HOUR),
    ):
        kept = dict(life.due)
        assert lack(life) is None
        assert lack(without(life, "overdue:")) is Lack.ESCALATION
        life.due = kept
        assert (lack(without(life, "before:")) is Lack.REMINDER) is not bool(life.case.now.pauses)


def test_a_limit_that_had_passed_when_it_was_set_has_no_note_of_its_own() -> None:
    """More time is granted long after it, too, is over: those above heard of the limit before."""
    life = done(done(begin(), "accept", FILED_AT + HOUR), "want time", FILED_AT + 2 * HOUR)
    now = FILED_AT + HORIZON
    done(life, "grant", now)
    assert life.case.now.due_at is not None
    assert life.case.now.due_at < now
    assert lack(without(life, "")) is None


@given(
    before=st.lists(st.sampled_from(["1%", "50%", "99%", "1min", "4h", "1d", "9d", "9cd", "2mo"]), min_size=1, max_size=4),
    after=st.lists(st.sampled_from(["0h", "10min", "4h", "1d", "3d", "30cd"]), min_size=1, max_size=3, unique=True),
    of=st.sampled_from(CLASSES),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 (hypothesis wants naive bounds)
)
def test_whatever_a_county_plans_nothing_is_lacking(before: list[str], after: list[str], of: str, at: datetime) -> None:
    """Before a limit, at it and after it there is something by every file that is taken."""
    steps = tuple(Escalation(parse_length(each), (Role.LEAD,)) for each in after)
    own = replace(county().reminders, before=tuple(map(parse_length, before)), overdue=steps, unaccepted=steps)
    begun_at = at.replace(microsecond=0)
    of_class = county().classes[ClassId(of)]
    limits = limits_from(replace(county(), reminders=own), calendar(), of_class, begun_at, (NUMBER, 1))
    filed = msgspec.structs.replace(FILED, accept_due_at=limits.accept_due_at, due_at=limits.due_at)
    case = evolve(None, Entry(at=begun_at, actor=RESIDENT, case=NUMBER, fact=filed))
    assert lack_of(case, {due.key for due in limits.reminders}, None, None) is None
