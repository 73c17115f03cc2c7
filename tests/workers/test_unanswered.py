"""A reminder that nobody answers goes to the deputy, then to the lead; one that cannot be delivered climbs at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.actions.repeat_reminder import Reminded, see_reminders
from bot.errors import StaleButton
from bot.ports import Decision, Failed, Sent
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.due import REPEAT_DEPUTY, REPEAT_LEAD, RemindStaff
from bot.rules.effect import Effects
from bot.rules.entry import Entry, ReminderDecided, ReminderSeen
from bot.rules.identity import CaseNumber, StaffId
from bot.rules.message import ReminderNotice, RemindersSeen
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from tests.support.store import LEAD, OFFICER, RESIDENT, UNIT, Town

COLLEAGUE = 4242


async def test_silence_goes_to_the_deputy_and_then_to_the_lead_before_the_limit(town: Town) -> None:
    """Once each: two hours of office time after the last reminder, and half of what is left after that."""
    number = await _accepted(town)
    last_at = await _until_the_last(town, number)
    limit_at = (await town.case(number)).now.due_at
    assert limit_at is not None
    while (at := await town.store.next_due_at()) is not None and at < limit_at:
        await _tick(town, at)
    repeats = [(entry.at, fact.stage, fact.staff) for entry, fact in await _decided(town) if fact.stage.startswith("repeat")]
    colleague, lead = await _staff(town, COLLEAGUE), await _staff(town, LEAD)
    assert [(stage, who) for _, stage, who in repeats] == [(REPEAT_DEPUTY, colleague), (REPEAT_LEAD, lead)]
    assert last_at < repeats[0][0] < repeats[1][0] < limit_at
    assert town.desk.calendar.running_between(last_at, repeats[0][0]) == timedelta(hours=2)
    for at, _, _ in repeats:
        assert town.desk.calendar.latest_open(at) == at


@pytest.mark.parametrize("how", ["the button", "an act"])
async def test_what_is_answered_is_repeated_to_nobody(town: Town, how: str) -> None:
    """The button under it answers it, and so does anything an official does with the case."""
    number = await _accepted(town)
    last_at = await _until_the_last(town, number)
    if how == "the button":
        effects = await _see(town, last_at, town.clock.now())
        assert [entry.fact for entry in effects.entries] == [ReminderSeen(round=1, stage="before:4h")]
        await town.store.commit([Decision(effects)], town.clock.now())
    else:
        await town.act(OFFICER, "resolve", case=number, answer="修好了")
    await _run_on(town)
    assert not [fact for _, fact in await _decided(town) if fact.stage.startswith("repeat")]


async def test_seen_twice_is_one_entry_and_somebody_elses_is_none(town: Town) -> None:
    """A button pressed again, or of another's reminder, or of a moment at which there was none, writes nothing."""
    number = await _accepted(town)
    last_at = await _until_the_last(town, number)
    effects = await _see(town, last_at, town.clock.now())
    (send,) = effects.sends
    assert isinstance(send.message, RemindersSeen)
    assert [line.case for line in send.message.cases] == [number]
    await town.store.commit([Decision(effects)], town.clock.now())
    assert (await _see(town, last_at, town.clock.now())).entries == ()
    with pytest.raises(StaleButton):
        await _see(town, last_at, town.clock.now(), COLLEAGUE)
    with pytest.raises(StaleButton):
        await _see(town, last_at - timedelta(seconds=1), town.clock.now())


async def test_what_cannot_be_delivered_climbs_at_once(town: Town) -> None:
    """The lead reads the same stage in the same minute, and the ledger says that the officer could not be told."""
    number = await _accepted(town)
    at = await town.store.next_due_at()
    assert at is not None
    await _tick(town, at)
    letters = await town.store.take_letters(64, frozenset(), town.clock.now())
    (notice,) = [each for each in letters if isinstance(each.message, ReminderNotice)]
    await town.store.settle([Failed(notice, "blocked", is_unreachable=True)], town.clock.now())
    assert await town.store.next_due_at() == at
    await _tick(town, at)
    first, second = [fact for _, fact in await _decided(town)]
    assert (first.stage, first.role, first.staff) == (second.stage, Role.OFFICER, await _staff(town, OFFICER))
    assert (second.role, second.staff) == (Role.LEAD, await _staff(town, LEAD))
    records = {record.staff: record.was_told for record in await town.store.read.reminders_of(number)}
    assert records == {first.staff: False, second.staff: None}


async def _accepted(town: Town) -> CaseNumber:
    """File a case; one of two officers signs for it. What was sent meanwhile is out of the way."""
    await town.staffed()
    await town.hire(COLLEAGUE, Role.OFFICER, UNIT)
    number = await town.file(RESIDENT)
    await town.act(OFFICER, "accept", case=number)
    await _emptied(town)
    return number


async def _until_the_last(town: Town, number: CaseNumber) -> datetime:
    """Let time pass until the last reminder before the limit is told; return when that was."""
    last = next(
        due
        for due in await town.store.take_due(99, town.clock.now() + timedelta(days=60))
        if isinstance(due.task, RemindStaff) and due.task.is_last and due.task.case == number
    )
    while (at := await town.store.next_due_at()) is not None and at <= last.at:
        await _tick(town, at)
    return last.at


async def _run_on(town: Town) -> None:
    while (at := await town.store.next_due_at()) is not None:
        await _tick(town, at)


async def _tick(town: Town, at: datetime) -> None:
    await town.clock.move_to(max(at, town.clock.now()))
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
    while await ticker.step():
        pass


async def _see(town: Town, at: datetime, now: datetime, chat: int = OFFICER) -> Effects:
    own = await _staff(town, chat)
    roles = (await town.desk.read.staff_member(own),)
    found = [
        Reminded(await town.case(number), attempt, stage, await town.desk.read.entries_of(number))
        for number, attempt, stage in await town.desk.read.reminded(frozenset({own}), at)
    ]
    return see_reminders(roles, found, now, pressed=None)


async def _emptied(town: Town) -> None:
    while letters := await town.store.take_letters(64, frozenset(), town.clock.now()):
        await town.store.settle([Sent(letter, letter.id) for letter in letters], town.clock.now())


async def _staff(town: Town, chat: int) -> StaffId:
    """Find the staff id of one of the unit: whoever signed for the only case, the lead, or the other officer."""
    in_charge = (await town.case(CaseNumber("CB-2026-000001"))).officer
    assert in_charge is not None
    unit = await town.desk.read.staff_of(UNIT, frozenset(Role))
    if chat == OFFICER:
        return in_charge
    if chat == LEAD:
        return next(each.id for each in unit if each.role is Role.LEAD)
    return next(each.id for each in unit if each.role is Role.OFFICER and each.id != in_charge)


async def _decided(town: Town) -> list[tuple[Entry, ReminderDecided]]:
    entries = [read(row) async for page in town.store.read.ledger() for row in page]
    return [(entry, entry.fact) for entry in entries if isinstance(entry.fact, ReminderDecided)]
