"""Time that goes on while the program does not, an hour that comes twice, and a wall clock that jumps."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.demo import FollowedClock, staged
from bot.county import sample_county_path
from bot.rules.identity import CaseNumber, StaffId
from bot.settings import Settings
from tests.endtoend.test_days_pass import file as file_on_stage
from tests.faults.conversation import assert_whole, heard, rows
from tests.support.clock import MovableClock
from tests.support.program import program
from tests.support.stage import Stage, stage
from tests.support.store import LEAD, OFFICER, RESIDENT, opened_town, written_key

STAGED_OFFICER = 2001
NUMBER = CaseNumber("CB-2026-000001")
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in the county


async def decided(on: Stage) -> Counter[tuple[str, StaffId | None]]:
    """Count how often each reminder of the case was decided, by stage and by whom it is for."""
    return Counter((reminder.stage, reminder.staff) for reminder in await on.house.store.read.reminders_of(NUMBER))


async def test_fault_17_a_reminder_that_fell_due_while_the_program_was_down(tmp_path: Path) -> None:
    """It is told late, once, as what it is by now; the next start tells nothing again."""
    written_key(tmp_path)
    async with opened_town(tmp_path / "bot.db", MovableClock(datetime.now(UTC) - timedelta(days=30))) as town:
        await town.staffed()
        number = await town.file()
    async with program(tmp_path, [RESIDENT, OFFICER, LEAD]) as running:
        for _ in range(3):
            seen = {account: running.last_id(account) for account in (OFFICER, LEAD)}
            for account in seen:  # before the start: Telegram lets a bot write only to those who wrote
                running.sandbox.world.text(account, "/help")
            await running.start()
            for account, last in seen.items():
                await running.hears(account, "/", after=last)
            await running.hears(OFFICER, "已超期（")
            await running.hears(LEAD, "已超期（")
            await assert_whole(running)
        (late,) = heard(running, OFFICER, "已超期（")
        assert number in late.text
        assert len(heard(running, LEAD, "已超期（")) == 1
    told = Counter(
        (kind, facts) for kind, facts in rows(tmp_path, "SELECT kind, facts FROM ledger WHERE kind = 'reminder_decided'")
    )
    assert told
    assert set(told.values()) == {1}


@pytest.mark.parametrize(
    ("filed_at", "changes_on"),
    [
        pytest.param(datetime(2027, 3, 24, 10, 0, tzinfo=UTC), "2027-03-28", id="an hour that does not exist"),
        pytest.param(datetime(2026, 10, 21, 10, 0, tzinfo=UTC), "2026-10-25", id="an hour that comes twice"),
    ],
)
async def test_fault_17_the_clocks_are_changed_while_a_limit_runs(
    tmp_path: Path, filed_at: datetime, changes_on: str
) -> None:
    """A limit keeps its time on the wall; every reminder comes at its own moment, once."""
    county = tmp_path / "county.toml"
    sample = sample_county_path().read_text(encoding="utf-8")
    county.write_text(sample.replace('"Asia/Shanghai"', '"Europe/Berlin"'), encoding="utf-8")
    clock = FollowedClock()
    await clock.rewind(clock.now() - filed_at)
    settings = Settings.read({"BOT_COUNTY": str(county)}, tmp_path)
    async with staged(settings, tmp_path, 0, clock) as (sandbox, house):
        on = Stage(sandbox, clock, house)
        await file_on_stage(on)
        (number,) = [case.number async for case, _ in house.store.read.cases()]
        case = await house.store.read.case(number)
        assert case.now.due_at is not None
        zone = house.desk.county.hours.zone
        filed, due = case.filed_at.astimezone(zone), case.now.due_at.astimezone(zone)
        assert filed.date().isoformat() < changes_on < due.date().isoformat()
        assert filed.utcoffset() != due.utcoffset()
        assert (filed.hour, filed.minute) == (due.hour, due.minute)
        await clock.advance(timedelta(days=20))
        reminders = await house.store.read.reminders_of(number)
        assert len(reminders) > 5
        assert set(Counter((each.stage, each.staff) for each in reminders).values()) == {1}
        assert all(each.was_told for each in reminders)


async def test_fault_24_the_wall_clock_jumps_back_an_hour(tmp_path: Path) -> None:
    """What was told is not told again, and the limit stays where it is stored."""
    async with stage(tmp_path, MONDAY) as on:
        await file_on_stage(on)
        due_at = (await on.house.store.read.case(NUMBER)).now.due_at
        await on.clock.advance(timedelta(hours=5))
        before, messages = await decided(on), len(on.heard(STAGED_OFFICER, NUMBER))
        assert before
        await on.clock.rewind(timedelta(hours=1))
        await on.clock.advance(timedelta(minutes=59))
        assert await decided(on) == before
        assert len(on.heard(STAGED_OFFICER, NUMBER)) == messages
        await on.say(1001, "还有一件事：县医院门口的路坏了")
        assert on.heard(1001, "县医院")
        await on.clock.advance(timedelta(days=12))
        assert set((await decided(on)).values()) == {1}
        assert (await on.house.store.read.case(NUMBER)).now.due_at == due_at


async def test_fault_24_the_wall_clock_jumps_forward_a_year(tmp_path: Path) -> None:
    """Everything that fell due is told once, late, as it is now; a jump back afterwards brings nothing again."""
    async with stage(tmp_path, MONDAY) as on:
        await file_on_stage(on)
        due_at = (await on.house.store.read.case(NUMBER)).now.due_at
        seen = on.heard(STAGED_OFFICER, "")[-1].message_id
        await on.clock.rewind(-timedelta(days=365))
        await on.clock.advance(timedelta(seconds=1))
        after = await decided(on)
        assert set(after.values()) == {1}
        late = on.heard(STAGED_OFFICER, "已超期")
        assert late
        assert len(late) == len({each.text for each in late})
        assert not [each for each in on.heard(STAGED_OFFICER, "还有") if each.message_id > seen]
        await on.clock.rewind(timedelta(days=365))
        await on.clock.advance(timedelta(days=1))
        assert await decided(on) == after
        assert len(on.heard(STAGED_OFFICER, "已超期")) == len(late)
        assert (await on.house.store.read.case(NUMBER)).now.due_at == due_at
