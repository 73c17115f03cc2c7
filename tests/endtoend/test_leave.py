"""An officer goes on leave in the real bot, the deputy is told instead; and a reminder is seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, file
from tests.support.stage import stage


async def test_while_an_officer_is_away_the_lead_stands_in(tmp_path: Path) -> None:
    """Told by both, reminded in stead, and back at once."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.say(OFFICER, "/leave")
        await on.press(OFFICER, "今天起")
        await on.press(OFFICER, "30 天")
        await on.press(OFFICER, "确认请假")
        assert on.heard(OFFICER, "您正在休假")
        assert on.heard(LEAD, "有同事休假")
        before = len(on.heard(OFFICER, "提醒"))
        await on.clock.advance(timedelta(days=7))
        assert len(on.heard(OFFICER, "提醒")) == before
        assert on.heard(LEAD, "提醒")
        await on.say(OFFICER, "/leave")
        await on.press(OFFICER, "我已返岗")
        assert on.heard(LEAD, "已结束休假")


async def test_a_reminder_is_seen(tmp_path: Path) -> None:
    """The button takes its own place; pressed in the old message again, nothing more is written."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        for _ in range(14):
            await on.clock.advance(timedelta(hours=12))
            if on.heard(OFFICER, "提醒"):
                break
        await on.press(OFFICER, "已阅")
        assert on.heard(OFFICER, "已阅（1 件）")
        kinds = [entry.fact.KIND for entry in await on.house.store.read.entries_of(NUMBER)]
        assert kinds.count("reminder_seen") == 1
