"""Whatever becomes of a case, and in whatever second: nobody is told the same of one limit twice, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from bot.actions.accept_case import accept_case
from bot.actions.ask_resident import ask_resident, drop_question, end_pause
from bot.actions.assignment import limits_from
from bot.actions.extend_case import ask_extension, grant_extension
from bot.actions.matter import Matter
from bot.actions.reclassify_case import classes_for, reclassify_case
from bot.actions.remind import Reminding
from bot.actions.remind_case import remind_case, told_before
from bot.actions.transfer_case import transfer_case
from bot.actions.triage import Left, assign_case
from bot.errors import RuleViolation
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import Assigning
from bot.rules.due import Due, EndPause, RemindStaff, climbed
from bot.rules.effect import Effects
from bot.rules.entry import CLOCK, Entry, ReminderTold
from bot.rules.identity import ClassId, PersonId, UnitId
from tests.support.builders import (
    ADMIN,
    FILED,
    FILED_AT,
    LEAD,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    case_of,
    entries,
    staff,
)
from tests.support.known import desk

HOUSING = UnitId("housing")
UNITS: Final = (TRANSPORT, WATER, HOUSING)
TOWN: Final = (
    ADMIN,
    SUPERVISOR,
    LEAD,
    OFFICER,
    staff(Role.OFFICER, TRANSPORT, "second"),
    *(staff(role, unit, f"{role.value} of {unit}") for unit in (WATER, HOUSING) for role in (Role.OFFICER, Role.LEAD)),
)
HORIZON: Final = timedelta(days=90)
Act = Callable[["Life", datetime], Effects]


@dataclass
class Life:
    """A case and what waits for its moment, in memory; what is due is decided as the clock does.

    Attributes:
        told: who was told which stage of which limit, and when.
        lost: the n-th letters that cannot be delivered.
    """

    case: Case
    entries: list[Entry]
    due: dict[str, Due]
    lost: frozenset[int] = frozenset()
    told: list[tuple[datetime, str, datetime, PersonId]] = field(default_factory=list)
    letters: int = 0

    def apply(self, effects: Effects) -> None:
        """Commit: what is cancelled goes before what is planned."""
        for change in effects.cases:
            self.case = change.after
            self.entries += change.entries
        self.entries += effects.entries
        for prefix in effects.cancelled:
            self.due = {key: due for key, due in self.due.items() if not key.startswith(prefix)}
        self.plan(effects.planned)

    def plan(self, planned: Iterable[Due]) -> None:
        """Write down what is to be done; planned twice it is there once, as it was planned first."""
        self.due = {due.key: due for due in planned} | self.due

    def matter(self, *roles: Role) -> Matter:
        """Put the case in front of whoever holds a role, in its unit where units have it."""
        own = tuple(each for each in TOWN if each.role in roles and each.unit in {SUPERVISOR.unit, None, self.case.unit})
        return Matter(self.case, own, "words", (RESIDENT_PERSON,), TOWN)

    def act(self, act: Act, now: datetime) -> None:
        """Have somebody do something, if it can be done."""
        try:
            self.apply(act(self, now))
        except RuleViolation:
            return

    def tick(self, now: datetime) -> None:
        """Do what is due."""
        while due := [each for each in self.due.values() if each.at <= now]:
            for each in due:
                del self.due[each.key]
            dated = [(each.at, each.task) for each in due if isinstance(each.task, RemindStaff)]
            told, planned = remind_case(desk(), self.case, sorted(dated, key=_moment), self.entries, TOWN, now)
            self.plan(planned)
            for reminding in told:
                self._send(reminding, now)
            for each in due:
                if isinstance(each.task, EndPause):
                    self.apply(end_pause(desk(), self.matter(), each.task, self.entries, now))

    def _send(self, reminding: Reminding, now: datetime) -> None:
        self.entries.append(reminding.entry)
        if reminding.staff is None:
            return
        self.letters += 1
        of, is_told = reminding.told, self.letters not in self.lost
        fact = ReminderTold(round=of.round, stage=of.stage, staff=of.staff, was_told=is_told)
        self.entries.append(Entry(at=now, actor=CLOCK, case=of.case, fact=fact))
        if is_told:
            self.told.append((now, of.stage, reminding.line.limit_at, reminding.staff.person))
        elif (above := climbed(of.case, of.round, of.stage, of.role, now)) is not None:
            self.plan((above,))


def _moment(dated: tuple[datetime, RemindStaff]) -> datetime:
    return dated[0]


def _assign(unit: UnitId, *, is_final: bool) -> Act:
    def act(life: Life, now: datetime) -> Effects:
        chosen = Assigning(case=NUMBER, unit=unit, category=ROADS, is_final=is_final, words="")
        return assign_case(desk(), life.matter(Role.SUPERVISOR), Left(life.case.unit, "not ours", now), chosen, now)

    return act


def _put_under(of: str) -> Act:
    def act(life: Life, now: datetime) -> Effects:
        matter = life.matter(Role.SUPERVISOR)
        return (
            reclassify_case(desk(), matter, ClassId(of), "so it is", now)
            if ClassId(of) in classes_for(desk(), matter, now)
            else Effects()
        )

    return act


ACTS: Final[dict[str, Act]] = {
    "accept": lambda life, now: accept_case(desk(), life.matter(Role.OFFICER), now),
    "give back": lambda life, now: transfer_case(desk(), life.matter(Role.OFFICER), "not ours", now),
    **{f"to {unit}": _assign(unit, is_final=False) for unit in UNITS},
    "for good": _assign(WATER, is_final=True),
    "ask": lambda life, now: ask_resident(desk(), life.matter(Role.OFFICER), "which lamp?", now),
    "drop": lambda life, now: drop_question(desk(), life.matter(Role.OFFICER), life.entries, now),
    "want time": lambda life, now: ask_extension(desk(), life.matter(Role.OFFICER), "parts", now),
    "grant": lambda life, now: grant_extension(desk(), life.matter(Role.LEAD), "parts", now),
    **{f"as {each}": _put_under(each) for each in ("request", "enquiry", "utility")},
}


def begin(of: str = "complaint", lost: frozenset[int] = frozenset()) -> Life:
    """File a case under a class, with all that is planned for it."""
    here = desk()
    limits = limits_from(here.county, here.calendar, here.county.classes[ClassId(of)], FILED_AT, (NUMBER, 1))
    filed = msgspec.structs.replace(
        FILED, deadline_class=ClassId(of), accept_due_at=limits.accept_due_at, due_at=limits.due_at, rule=limits.rule
    )
    return Life(case_of(filed), list(entries(filed)), {due.key: due for due in limits.reminders}, lost)


@dataclass(frozen=True)
class Step:
    """Somebody acts after so many moments of the plan, in that very second or aside from it, before or after the clock."""

    act: str
    moments: int
    aside: timedelta
    is_clock_first: bool


def live(life: Life, steps: Iterable[Step]) -> Life:
    """Let a case live through steps, and then alone for a long time."""
    now = FILED_AT
    for step in steps:
        for passed in range(step.moments):
            if passed:
                life.tick(now)
            now = max(now, min((each.at for each in life.due.values()), default=now))
        now += step.aside
        if step.is_clock_first:
            life.tick(now)
        life.act(ACTS[step.act], now)
        life.tick(now)
    while life.due and (at := min(each.at for each in life.due.values())) < FILED_AT + HORIZON:
        life.tick(now := max(now, at))
    return life


def twice(life: Life) -> list[tuple[str, datetime, PersonId]]:
    """Return what somebody was told again of the same limit."""
    counted = Counter((stage, limit_at, person) for _, stage, limit_at, person in life.told)
    return [each for each, count in counted.items() if count > 1]


STEPS = st.builds(
    Step,
    act=st.sampled_from(sorted(ACTS)),
    moments=st.integers(0, 6),
    aside=st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(minutes=40), timedelta(days=1)]),
    is_clock_first=st.booleans(),
)
BACK_AND_FORTH = [
    Step("give back", 0, timedelta(minutes=5), is_clock_first=True),
    Step("to water", 6, timedelta(minutes=40), is_clock_first=True),
    Step("give back", 0, timedelta(minutes=40), is_clock_first=True),
]
"""When it gets a second unit all that was planned before its limit is told, so one more is made half-way to it."""


@given(
    of=st.sampled_from(["complaint", "enquiry", "utility"]),
    steps=st.lists(STEPS, max_size=8),
    lost=st.frozensets(st.integers(1, 12), max_size=3),
)
@example(of="complaint", steps=BACK_AND_FORTH, lost=frozenset())
@example(of="complaint", steps=[], lost=frozenset({1, 5}))
def test_nobody_is_told_the_same_of_one_limit_twice(of: str, steps: list[Step], lost: frozenset[int]) -> None:
    """Whoever has the case, however often it changes hands, whatever cannot be delivered."""
    assert twice(live(begin(of, lost), steps)) == []


@given(of=st.sampled_from(["complaint", "enquiry", "utility"]), steps=st.lists(STEPS, max_size=8))
def test_those_above_know_of_every_limit_that_passes(of: str, steps: list[Step]) -> None:
    """What is told to nobody twice is told once all the same: to those who watch, of the limit as it ends up."""
    life = live(begin(of), steps)
    limit_at = life.case.now.due_at
    assert life.case.state in {State.TRIAGE, State.ASSIGNED, State.ACCEPTED}
    assert limit_at is not None
    assert limit_at < FILED_AT + HORIZON - timedelta(days=14)
    know = {person for _, stage, of_limit, person in life.told if stage.startswith("overdue") and of_limit == limit_at}
    assert know >= {SUPERVISOR.person, ADMIN.person}


def test_what_could_not_be_told_may_be_told_again() -> None:
    """Whoever never read it has not been told."""
    life = live(begin(lost=frozenset({1})), [])
    lost = next(each.fact for each in life.entries if isinstance(each.fact, ReminderTold) and not each.fact.was_told)
    task = RemindStaff(case=NUMBER, round=1, stage=lost.stage, to=(Role.OFFICER, Role.LEAD))
    told = {person for _, stage, _, person in life.told if stage == lost.stage}
    assert told_before(life.case, task, life.entries, TOWN) == told
    assert {each.person for each in TOWN if each.id == lost.staff} & told == set()
