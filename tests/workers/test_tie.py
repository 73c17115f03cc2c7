"""Something is due in the very second in which somebody acts on its case: whoever comes first, it is told, and once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.actions.accept_case import accept_case
from bot.actions.ask_resident import ask_resident, drop_question
from bot.actions.extend_case import ask_extension, grant_extension
from bot.actions.matter import Matter
from bot.actions.reclassify_case import reclassify_case
from bot.actions.transfer_case import transfer_case
from bot.actions.triage import Left, assign_case
from bot.ports import Decision, Desk
from bot.rules.access import EVERY_ROLE
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import Assigning
from bot.rules.effect import Effects
from bot.rules.entry import Entry, ReminderDecided
from bot.rules.identity import CaseNumber, ClassId, UnitId
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from tests.support.store import UNIT, Town

OTHER = UnitId("housing")
OTHER_OFFICER, OTHER_LEAD = 7200000011, 7200000012
OVERDUE = ("overdue:0h", "overdue:1d", "overdue:3d")


class Hands:
    """Officials who act at a moment, on what is true then, without a chat between."""

    def __init__(self, town: Town, number: CaseNumber) -> None:
        self._town, self._number = town, number

    async def do(self, role: Role, act: Callable[[Desk, Matter, tuple[Entry, ...], datetime], Effects]) -> None:
        """Have whoever holds a role, in the case's unit where it has units, do something to the case now."""
        town = self._town
        now, read = town.clock.now(), town.store.read
        case, staff = await read.case(self._number), await read.staff_of(None, EVERY_ROLE)
        own = tuple(each for each in staff if each.role is role and each.unit in {None, case.unit})
        matter = Matter(case, own, "words", tuple(person for _, person in await read.voices_of(case.number)), staff)
        entries = await read.entries_of(self._number)
        await town.store.commit([Decision(act(town.desk, matter, tuple(entries), now))], now)

    async def accept(self) -> None:
        """Sign for it."""
        await self.do(Role.OFFICER, lambda desk, matter, _, now: accept_case(desk, matter, now))

    async def transfer(self) -> None:
        """Give it back."""
        await self.do(Role.OFFICER, lambda desk, matter, _, now: transfer_case(desk, matter, "not ours", now))

    async def assign(self, unit: UnitId) -> None:
        """Find a unit for it."""

        def act(desk: Desk, matter: Matter, _: tuple[Entry, ...], now: datetime) -> Effects:
            chosen = Assigning(case=self._number, unit=unit, category=matter.case.category, is_final=True, words="")
            return assign_case(desk, matter, Left(matter.case.unit, "not ours", now), chosen, now)

        await self.do(Role.SUPERVISOR, act)

    async def ask(self) -> None:
        """Ask the resident."""
        await self.do(Role.OFFICER, lambda desk, matter, _, now: ask_resident(desk, matter, "which lamp?", now))

    async def drop(self) -> None:
        """Do without the answer."""
        await self.do(Role.OFFICER, drop_question)

    async def want_more_time(self) -> None:
        """Ask for an extension."""
        await self.do(Role.OFFICER, lambda desk, matter, _, now: ask_extension(desk, matter, "parts", now))

    async def grant(self) -> None:
        """Grant it."""
        await self.do(Role.LEAD, lambda desk, matter, _, now: grant_extension(desk, matter, "parts", now))

    async def shorten(self) -> None:
        """Put the case under a class with the same limit for signing, and a shorter one for resolving."""
        await self.do(
            Role.OFFICER, lambda desk, matter, _, now: reclassify_case(desk, matter, ClassId("request"), "help", now)
        )


async def tick(town: Town) -> None:
    """Have the clock do what is due."""
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
    while await ticker.step():
        pass


async def go_to(town: Town, until: datetime) -> None:
    """Let the clock live up to a moment, and not see it."""
    while (at := await town.store.next_due_at()) is not None and at < until:
        await town.clock.move_to(max(at, town.clock.now()))
        await tick(town)
    await town.clock.move_to(until)


async def told(town: Town, number: CaseNumber) -> Counter[tuple[str, datetime, Role, UnitId | None]]:
    """Count who was told what and when, by their function and unit."""
    staff = {each.id: each for each in await town.store.read.staff_of(None, EVERY_ROLE)}
    found: Counter[tuple[str, datetime, Role, UnitId | None]] = Counter()
    for entry in await town.store.read.entries_of(number):
        if isinstance(entry.fact, ReminderDecided) and entry.fact.staff is not None:
            who = staff[entry.fact.staff]
            found[entry.fact.stage, entry.at, who.role, who.unit] += 1
    return found


async def begin(town: Town) -> tuple[Case, Hands]:
    """File a case in a county with people in two units."""
    await town.staffed()
    await town.hire(OTHER_OFFICER, Role.OFFICER, OTHER)
    await town.hire(OTHER_LEAD, Role.LEAD, OTHER)
    case = await town.case(await town.file())
    return case, Hands(town, case.number)


async def moment_of(town: Town, number: CaseNumber, stage: str) -> datetime:
    """Return when a stage of a case is planned to be told."""
    far = town.clock.now() + timedelta(days=400)
    (at,) = [each.at for each in await town.store.take_due(999, far) if each.key == f"{number}/1/{stage}"]
    return at


@pytest.mark.parametrize("is_clock_first", [False, True], ids=["people first", "clock first"])
@pytest.mark.parametrize("unit", [UNIT, OTHER])
@pytest.mark.parametrize("stage", ["before:1d", *OVERDUE])
async def test_a_case_that_gets_a_unit_is_told_of_in_that_very_second(
    town: Town, stage: str, unit: UnitId, *, is_clock_first: bool
) -> None:
    """The limit goes on, so what hangs on it is told: to those above before it has a unit, or to the unit's after."""
    case, hands = await begin(town)
    at = await moment_of(town, case.number, stage)
    await go_to(town, at - timedelta(minutes=1))
    await hands.transfer()
    await go_to(town, at)
    if is_clock_first:
        await tick(town)
    await hands.assign(unit)
    await tick(town)
    found = {key: count for key, count in (await told(town, case.number)).items() if key[:2] == (stage, at)}
    assert set(found.values()) == {1}
    units = {each for *_, each in found} - {None}
    assert units == (set() if is_clock_first or stage == "overdue:3d" else {unit})
    await go_to(town, at + timedelta(days=20))
    moments = {key[:2] for key in await told(town, case.number)}
    assert sorted(name for name, _ in moments if name in OVERDUE) == sorted(OVERDUE), "each at one moment, and not again"


@pytest.mark.parametrize("is_clock_first", [False, True], ids=["people first", "clock first"])
@pytest.mark.parametrize("stage", OVERDUE)
async def test_a_question_asked_in_that_very_second_loses_nothing(town: Town, stage: str, *, is_clock_first: bool) -> None:
    """While the resident is waited for nobody is reminded; what had not been told when that began is told when it ends."""
    case, hands = await begin(town)
    at = await moment_of(town, case.number, stage)
    await hands.accept()
    await go_to(town, at)
    if is_clock_first:
        await tick(town)
    await hands.ask()
    await tick(town)
    found = {key[0] for key in await told(town, case.number) if key[1] == at}
    assert (stage in found) == is_clock_first
    later = town.desk.calendar.add_running(at, timedelta(hours=2))
    await go_to(town, later)
    await hands.drop()
    await go_to(town, later + timedelta(days=30))
    moments = {key[:2] for key in await told(town, case.number)}
    assert sorted(name for name, _ in moments if name in OVERDUE) == sorted(OVERDUE), "each at one moment"
    everybody = {role for name, _, role, _ in await told(town, case.number) if name == stage}
    assert everybody >= {"overdue:0h": {Role.LEAD}, "overdue:1d": {Role.LEAD, Role.SUPERVISOR}}.get(stage, {Role.ADMIN})


@pytest.mark.parametrize("is_clock_first", [False, True], ids=["people first", "clock first"])
@pytest.mark.parametrize("act", ["grant", "shorten"])
async def test_a_limit_that_moves_in_that_very_second_leaves_the_one_for_signing_alone(
    town: Town, act: str, *, is_clock_first: bool
) -> None:
    """Nobody has signed for the case: those above hear it, whatever becomes of the limit for resolving."""
    case, hands = await begin(town)
    at = await moment_of(town, case.number, "unaccepted:4h")
    if act == "grant":
        await hands.want_more_time()
    await go_to(town, at)
    if is_clock_first:
        await tick(town)
    await (hands.grant() if act == "grant" else hands.shorten())
    await tick(town)
    after = await town.case(case.number)
    assert (after.state, after.now.due_at == case.now.due_at) == (State.ASSIGNED, False)
    found = {key: count for key, count in (await told(town, case.number)).items() if key[0] == "unaccepted:4h"}
    assert {key[2] for key in found} == {Role.LEAD, Role.SUPERVISOR}
    assert {(key[1], count) for key, count in found.items()} == {(at, 1)}
    assert await moment_of(town, case.number, "overdue:0h") == after.now.due_at


async def test_two_limits_that_pass_in_one_second_are_both_told(town: Town) -> None:
    """That a case is overdue does not hide that nobody has signed for it: two lines, in one message."""
    case, hands = await begin(town)
    due_at = case.now.due_at
    assert due_at is not None
    await hands.transfer()
    length = timedelta(hours=2)
    await go_to(town, town.desk.calendar.subtract_running(due_at, length))
    await hands.assign(UNIT)
    after = await town.case(case.number)
    assert after.now.accept_due_at == due_at
    await go_to(town, due_at)
    await tick(town)
    found = {(stage, role) for stage, at, role, _ in await told(town, case.number) if at == due_at}
    assert found >= {(stage, role) for stage in ("overdue:0h", "unaccepted:0h") for role in (Role.OFFICER, Role.LEAD)}
