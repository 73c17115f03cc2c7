"""A case grows old: a night warns of it, a note goes to the unit, the unit answers, the warning is closed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rules.county import Role
from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file, hire
from tests.support.stage import Stage, stage

SUPERVISOR = 2003
NIGHTS = 33


async def test_a_warning_is_told_noted_answered_and_closed(tmp_path: Path) -> None:
    """Told once, whatever the number of nights; the unit sees its own; nobody who has no part in it sees anything."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        await on.press(OFFICER, "签收")
        await on.say(SUPERVISOR, "/warnings")
        assert on.heard(SUPERVISOR, "目前没有需要关注的情况")
        for _ in range(NIGHTS):
            await on.clock.advance(timedelta(days=1))
        told = on.heard(SUPERVISOR, "新增预警")
        assert len(told) == 1
        assert "长期未办结事项 1 件" in told[0].text
        assert "统计）" not in told[0].text
        assert len(on.heard(LEAD, "新增预警")) == 1

        await on.press(SUPERVISOR, "YJ-2026-00001")
        await on.press(SUPERVISOR, "拟督办单")
        await on.say(SUPERVISOR, "请三日内答复")
        assert "请三日内答复" in on.heard(SUPERVISOR, "这是草稿")[-1].text
        await on.press(SUPERVISOR, "打印督办单")
        assert files(on, SUPERVISOR) == [("document", True)]
        assert not on.heard(LEAD, "督办单")
        await on.press(SUPERVISOR, "发给责任单位")
        await on.clock.advance(timedelta(days=3))  # a weekend, over which notices are held back
        (note,) = on.heard(LEAD, "督办单")
        assert "请三日内答复" in note.text
        assert "日统计）" in note.text
        assert f"{NUMBER}：办理中，已超期" in note.text  # as it stands now, not as when the warning was counted
        await on.press(LEAD, "打印督办单")
        assert files(on, LEAD) == [("document", False)]

        await on.press(LEAD, "答复督办单")
        await on.say(LEAD, "路灯已换，今日办结")
        await on.clock.advance(timedelta(days=1))
        assert "路灯已换，今日办结" in on.heard(SUPERVISOR, "答复了督办单")[-1].text
        await on.press(SUPERVISOR, "YJ-2026-00001")
        await on.press(SUPERVISOR, "说明理由并了结")
        await on.say(SUPERVISOR, "已核实")
        await on.clock.advance(timedelta(days=1))
        assert "已核实" in on.heard(LEAD, "已了结")[-1].text
        await on.say(SUPERVISOR, "/warnings")
        assert on.heard(SUPERVISOR, "目前没有需要关注的情况")

        await on.say(OFFICER, "/warnings")
        assert on.heard(OFFICER, "没有未了结的预警")
        await on.say(RESIDENT, "/warnings")
        assert not on.heard(RESIDENT, "预警")


def files(on: Stage, account: int) -> list[tuple[str, bool]]:
    """Return what came into a chat as a file, and whether the line under it calls it a draft."""
    sent = [each for each in on.sandbox.world.transcript(account) if each.media]
    return [(kind, "草稿" in each.text) for each in sent for kind in each.media]


async def test_a_note_that_nobody_answers_is_told_at_its_limit(tmp_path: Path) -> None:
    """To the unit again, and to the supervisor."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        for _ in range(NIGHTS):
            await on.clock.advance(timedelta(days=1))
        await on.press(SUPERVISOR, "YJ-2026-00001")
        await on.press(SUPERVISOR, "拟督办单")
        await on.press(SUPERVISOR, "发给责任单位")
        for _ in range(6):
            await on.clock.advance(timedelta(days=1))
        assert on.heard(SUPERVISOR, "没有按时答复督办单")
        assert len(on.heard(LEAD, "督办单")) == 2
