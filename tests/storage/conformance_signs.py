"""What every store does about signs: it keeps them as their entries make them, and counts for a night what its cases say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.actions.handle_sign import SignMatter, send_note
from bot.actions.look_out import look_out
from bot.errors import Conflict, NotFound
from bot.ports import Decision
from bot.rules.case import Case
from bot.rules.county import Role, WatchPlan
from bot.rules.effect import Effects
from bot.rules.entry import ExtensionGranted, Reclassified
from bot.rules.identity import CaseNumber, CategoryId, Language, SignNumber
from bot.rules.signal import DAYS, WINDOWS
from bot.rules.warning import Found, Grade, SignKind, Subject
from bot.rules.warning_life import Sign, Standing
from bot.rules.warning_surge import REACH, Cell
from bot.rules.warning_texts import Waiting
from bot.workers.lookout import look
from tests.digest.year import live
from tests.storage.conformance import OnePlace
from tests.storage.conformance_translations import TRANSLATOR, UYGHUR, translate
from tests.support.store import LEAD, NEIGHBOUR, RESIDENT, UNIT, Town, mismatches

WEEK, DAY = timedelta(days=7), timedelta(days=1)
OLD = Found(
    kind=SignKind.OLD,
    subject=Subject(unit=UNIT),
    grade=Grade.NEAR,
    unit=UNIT,
    n=1,
    days=31,
    cases=(CaseNumber("CB-2026-000001"),),
)


async def told(town: Town, *found: Found) -> Effects:
    """Let a night find what a test says it finds."""
    read, now = town.store.read, town.clock.now()
    held = [sign for sign in await read.signs() if sign.holds]
    effects = look_out(held, found, await read.sign_count(), await read.staff_of(None, frozenset(Role)), 2026, now)
    await town.store.commit([Decision(effects)], now)
    return effects


async def matter(town: Town, sign: Sign) -> SignMatter:
    """Put a sign in front of the supervisor."""
    everybody = await town.store.read.staff_of(None, frozenset(Role))
    supervisors = tuple(each for each in everybody if each.role is Role.SUPERVISOR)
    return SignMatter(sign, supervisors, {}, everybody)


class SignsConformance(OnePlace):
    """Warnings and integrity signals."""

    async def test_a_sign_is_a_row_and_its_entries_say_the_same(self, town: Town) -> None:
        """Raised, put before its unit with words, over: the table agrees with the ledger at each step."""
        await town.staffed()
        await told(town, OLD)
        (sign,) = await town.store.read.signs()
        note = send_note(town.desk, await matter(town, sign), "请尽快", town.clock.now())
        await town.store.commit([Decision(note)], town.clock.now())
        await told(town)
        read = town.store.read
        (now,) = await read.signs()
        assert (now.number, now.standing, now.holds, now.version) == ("YJ-2026-00001", Standing.ASKED, False, 3)
        assert await read.sign_words(now.number) == {"note": "请尽快"}
        assert await mismatches(town) == []
        with pytest.raises(NotFound):
            await read.sign(SignNumber("YJ-2026-00009"))

    async def test_two_who_decide_on_the_same_sign_do_not_both_prevail(self, town: Town) -> None:
        """The second is rolled back, whole."""
        await town.staffed()
        await told(town, OLD)
        (sign,) = await town.store.read.signs()
        asked = await matter(town, sign)
        await town.store.commit([Decision(send_note(town.desk, asked, "", town.clock.now()))], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([Decision(send_note(town.desk, asked, "again", town.clock.now()))], town.clock.now())
        assert await town.store.read.sign_words(sign.number) == {}

    async def test_a_number_that_is_taken_is_not_given_again(self, town: Town) -> None:
        """Two clocks at once: one of them begins anew."""
        first = look_out((), (OLD,), 0, (), 2026, town.clock.now())
        await town.store.commit([Decision(first)], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([Decision(first)], town.clock.now())

    async def test_a_night_counts_what_the_cases_say(self, town: Town) -> None:
        """Every count of a made-up year, against going through its cases one by one."""
        await live(town.store, 150, seed=8)
        cases = [case async for case, _ in town.store.read.cases()]
        cut = sorted(case.filed_at for case in cases)[-30]
        plan = WatchPlan(old_days=30, urgings=1, transfers=1)
        seen = await town.store.read.watch(plan, frozenset({CategoryId("roads")}), cut)
        assert seen.history == (cut - min(case.filed_at for case in cases)) // WEEK
        before = [case for case in cases if case.filed_at < cut and case.filed_at >= cut - REACH * WEEK]
        cells = Counter((case.category, case.township, _place(cut, case.filed_at, WEEK)) for case in before)
        assert {(*cell[:2], place): n for cell, weeks in seen.cells.items() for place, n in enumerate(weeks) if n} == cells
        days = Counter((case.channel, _place(cut, case.filed_at, DAY)) for case in before)
        assert {(which, place): n for which, daily in seen.channels.items() for place, n in enumerate(daily) if n} == days
        fell, met = _limits(cases, cut)
        found = {(unit, at): each for unit, weeks in seen.limits.items() for at, each in enumerate(weeks) if each.fell}
        assert {key: each.fell for key, each in found.items()} == fell
        assert {key: each.met for key, each in found.items() if each.met} == met
        assert {case.number for case in seen.suspects} == _suspects(cases, plan, cut)
        overdue = {case.number for case in cases if case.is_overdue(cut)}
        assert {case.number for some in seen.overdue.values() for case in some} == overdue

    async def test_a_night_counts_what_was_resolved_and_how(self, town: Town) -> None:
        """Late, fast, reopened, bare, extended, lengthened: against going through cases and entries one by one."""
        await live(town.store, 150, seed=9)
        read = town.store.read
        cases = [case async for case, _ in read.cases()]
        resolved = sorted(each.resolved_at for case in cases for each in case.rounds if each.resolved_at is not None)
        cut = resolved[len(resolved) // 2]
        since = cut - timedelta(days=DAYS)
        seen = await read.watch(WatchPlan(), frozenset({CategoryId("roads")}), cut)
        done = [
            (case, each)
            for case in cases
            for each in case.rounds
            if each.resolved_at is not None and since <= each.resolved_at < cut
        ]
        assert done
        for days in WINDOWS:
            began = cut - timedelta(days=days)
            lately = [each for _, each in done if each.resolved_at is not None and each.resolved_at >= began]
            assert seen.resolved[days] == Counter(each.unit for each in lately)
        comebacks = Counter(case.number for case, each in done if any(r.number == each.number + 1 for r in case.rounds))
        assert Counter(each.case for each in seen.comebacks) == comebacks
        late = Counter(case.number for case, each in done if _is_late(each.opened_at, each.due_at, each.resolved_at))
        assert Counter(each.case for each in seen.late) == late
        assert Counter(number for _, number in seen.bare) == Counter(c.number for c, _ in done if c.category == "roads")
        reached = [c for c in cases if c.now.closed_at is None or c.now.closed_at >= since]
        entries = {c.number: await read.entries_of(c.number) for c in reached}
        longer = {
            number
            for number, some in entries.items()
            if any(isinstance(e.fact, Reclassified) and e.fact.is_longer and since <= e.at < cut for e in some)
        }
        assert {number for _, number in seen.lengthened} == longer
        twice = {
            number
            for number, some in entries.items()
            if sum(isinstance(entry.fact, ExtensionGranted) for entry in some) >= 2
        }
        assert {number for _, number in seen.extended} <= twice

    async def test_the_same_place_and_the_same_answer_are_seen_by_their_words(self, town: Town) -> None:
        """Words are opened to be compared; the night that finds them tells of it, and the next one does not."""
        await town.staffed()
        numbers = [await town.file(RESIDENT), await town.file(NEIGHBOUR), await town.file(LEAD)]
        await town.clock.move(DAY)
        seen = await town.store.read.watch(WatchPlan(), frozenset(), town.clock.now())
        assert {each.case.number for each in seen.placed} == set(numbers)
        staff = await town.store.read.staff_of(None, frozenset(Role))
        effects = await look(town.desk, staff, town.clock.now() + DAY)
        assert [change.after.kind for change in effects.signs] == [SignKind.PLACE]
        await town.store.commit([Decision(effects)], town.clock.now())
        assert not (await look(town.desk, staff, town.clock.now() + DAY)).signs

    async def test_texts_that_wait_for_their_translation_are_counted_and_not_named(self, town: Town) -> None:
        """All languages together; late past the limit, long late past three times it; what is done waits no more."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        for _ in range(3):
            await town.file(text=UYGHUR)
        read, frozen = town.store.read, frozenset({Language("ug")})
        items, _ = await read.translations_waiting(frozen, 8)
        limit = items[0].due_at - items[0].asked_at
        plan, due_at = WatchPlan(), max(each.due_at for each in items)
        asked_at = min(each.asked_at for each in items)
        assert (await read.watch(plan, frozenset(), asked_at)).texts == Waiting(0, 0, 0, 0)
        assert (await read.watch(plan, frozenset(), due_at + timedelta(seconds=1))).texts[:3] == (3, 3, 0)
        late = (await read.watch(plan, frozenset(), due_at + 2 * limit + DAY)).texts
        assert late == Waiting(3, 3, 3, (due_at + 2 * limit + DAY - asked_at) // DAY)
        await translate(town, items[0], "我们小区的路坏了")
        assert (await read.watch(plan, frozenset(), due_at + 2 * limit + DAY)).texts[:3] == (2, 2, 2)

    async def test_cases_of_a_cell_are_those_of_its_township_or_of_all(self, town: Town) -> None:
        """Newest first."""
        await live(town.store, 60, seed=4)
        cases = [case async for case, _ in town.store.read.cases()]
        cut = max(case.filed_at for case in cases) + DAY
        for cell in {Cell(case.category, case.township) for case in cases}:
            found = await town.store.read.cases_in(cell, cut - 400 * DAY, cut)
            own = [case for case in cases if (case.category, case.township) == (cell.category, cell.township)]
            assert [case.number for case in found] == [case.number for case in sorted(own, key=_newest)]
            everywhere = await town.store.read.cases_in(Cell(cell.category, None, True), cut - 400 * DAY, cut)
            assert len(everywhere) == sum(case.category == cell.category for case in cases)


def _newest(case: Case) -> tuple[timedelta, str]:
    return datetime.max.replace(tzinfo=case.filed_at.tzinfo) - case.filed_at, case.number


def _place(cut: datetime, at: datetime, length: timedelta) -> int:
    return (cut - at - timedelta(microseconds=1)) // length


def _is_late(opened_at: datetime, due_at: datetime | None, resolved_at: datetime | None) -> bool:
    if due_at is None or resolved_at is None:
        return False
    return resolved_at <= due_at and (due_at - resolved_at) * 10 <= due_at - opened_at


def _limits(cases: list[Case], cut: datetime) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    fell: Counter[tuple[str, int]] = Counter()
    met: Counter[tuple[str, int]] = Counter()
    for case in cases:
        for each in case.rounds:
            if each.due_at is None or case.state in {"withdrawn", "refused", "merged"}:
                continue
            if cut - REACH * WEEK <= each.due_at < cut:
                key = (each.unit, _place(cut, each.due_at, WEEK))
                fell[key] += 1
                met[key] += each.resolved_at is not None and each.resolved_at <= each.due_at
    return fell, +met


def _suspects(cases: list[Case], plan: WatchPlan, cut: datetime) -> set[CaseNumber]:
    found = set()
    for case in cases:
        now = case.now
        is_long = now.due_at is not None and now.opened_at + 3 * (now.due_at - now.opened_at) < cut
        is_old = case.filed_at <= cut - timedelta(days=plan.old_days)
        if case.is_open and (is_old or is_long or case.urgings >= 1 or case.transfers >= 1):
            found.add(case.number)
    return found
