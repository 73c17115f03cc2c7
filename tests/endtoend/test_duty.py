"""A lead puts an officer on duty in the real bot, and a burst pipe at night wakes them alone, then the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.rules.county import Role
from tests.endtoend.test_days_pass import hire
from tests.support.stage import stage

MONDAY_NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
RESIDENT, LEAD, FIRST, SECOND = 1001, 2001, 2002, 2003


async def test_a_night_on_duty(tmp_path: Path) -> None:
    """Whoever is on duty hears of it at once; after a quarter of an hour of silence the colleague and the lead, too."""
    async with stage(tmp_path, MONDAY_NOON) as on:
        for chat, role in ((LEAD, Role.LEAD), (FIRST, Role.OFFICER), (SECOND, Role.OFFICER)):
            await hire(on, chat, role, "utilities")
        officers = {each.id[-4:] for each in await on.house.store.read.staff_of(None, frozenset({Role.OFFICER}))}
        await on.say(LEAD, "/duty")
        assert on.heard(LEAD, "还没有安排")
        offered = next(label for label in on.sandbox.world.transcript(LEAD)[-1].labels if label[-4:] in officers)
        await on.press(LEAD, offered)  # one who was not proposed
        await on.press(LEAD, "登记这一班")
        assert on.heard(LEAD, offered[-4:])
        on_duty, other = (FIRST, SECOND) if on.heard(FIRST, "您有值班任务") else (SECOND, FIRST)
        await on.clock.advance(timedelta(hours=11))  # 23:00
        await on.say(RESIDENT, "整条街停水了，水管爆了")
        await on.press(RESIDENT, "提交")
        assert on.heard(on_duty, "CB-2026-000001")
        assert not on.heard(other, "CB-2026-000001")
        assert not on.heard(LEAD, "CB-2026-000001")
        await on.clock.advance(timedelta(minutes=15))
        assert on.heard(other, "CB-2026-000001")
        assert on.heard(LEAD, "CB-2026-000001")
        await on.say(LEAD, "/duty")
        await on.press(LEAD, "取消第 1 班")
        await on.clock.advance(timedelta(hours=12))
        assert on.heard(on_duty, "您的值班已取消")
