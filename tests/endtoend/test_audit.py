"""`/audit` in the real bot: who saw or did what, page by page; what could not be handled is handled again or dropped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.ports import Arrival
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import Entry, UpdateDropped, UpdateRetried
from bot.rules.identity import UpdateId
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file, hire
from tests.support.stage import Stage, stage

SUPERVISOR = 2003


def last(on: Stage, account: int) -> str:
    """Return what the bot said last in a chat."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.text


def labels(on: Stage, account: int) -> list[str]:
    """Return what stands on the buttons under that."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.labels


async def entries(on: Stage) -> list[Entry]:
    """Return all entries."""
    return [read(row) async for page in on.house.store.read.ledger() for row in page]


async def test_a_supervisor_sees_who_opened_and_did_what(tmp_path: Path) -> None:
    """By case, by the end of a sign, by unit and day; older entries behind a button; nobody else may."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        await on.say(OFFICER, f"/find {NUMBER}")
        await on.press(OFFICER, "签收")
        (officer,) = await on.house.store.read.staff_of(None, frozenset({Role.OFFICER}))
        await on.say(SUPERVISOR, f"/audit {NUMBER}")
        shown = last(on, SUPERVISOR)
        assert f"交通运输局 经办人 {officer.id[-4:]} · 签收" in shown
        assert "居民 · 反映" in shown
        assert "路灯" not in shown
        await on.press(SUPERVISOR, "查看记录")
        assert f"{officer.id[-4:]} · 查看诉求原文" in last(on, SUPERVISOR)
        assert "签收" not in last(on, SUPERVISOR)
        await on.say(SUPERVISOR, f"/audit {officer.id[-4:]} 交通运输局 2026-11-23")
        assert "签收" in last(on, SUPERVISOR)
        await on.say(SUPERVISOR, "/audit 2026-11-22")
        assert "没有符合条件的记录" in last(on, SUPERVISOR)
        await on.say(SUPERVISOR, "/audit 外星人")
        assert "查询条件无法识别" in last(on, SUPERVISOR)
        for account in (LEAD, OFFICER, RESIDENT):
            await on.say(account, "/audit")
            assert "您没有权限" in last(on, account)


async def test_older_entries_follow_behind_a_button(tmp_path: Path) -> None:
    """Every entry is on one page and no entry on two."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        for _ in range(12):
            await on.say(OFFICER, f"/find {NUMBER}")
            await on.clock.advance(timedelta(seconds=2))
        await on.say(ADMIN, "/audit")
        shown = last(on, ADMIN).count(" · ")
        while "后面 ›" in labels(on, ADMIN):
            await on.press(ADMIN, "后面 ›")
            shown += last(on, ADMIN).count(" · ")
        assert shown == len(await entries(on))
        await on.press(ADMIN, "‹ 最新")
        assert "‹ 最新" not in labels(on, ADMIN)


async def test_what_could_not_be_handled_is_run_again_or_dropped_by_an_admin_alone(tmp_path: Path) -> None:
    """A supervisor sees it, an admin acts; dropping is asked once more; each is an entry."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        for update in (9_000_001, 9_000_002):
            broken = b'{"update_id": %d, "message": "not one"}' % update
            await on.house.store.receive([Arrival(UpdateId(update), RESIDENT, broken)], on.clock.now())
            on.house.bells.worker.ring()
        await on.house.settled()
        await on.say(SUPERVISOR, "/audit")
        await on.press(SUPERVISOR, "未能处理（2）")
        assert labels(on, SUPERVISOR) == ["‹ 审计查询"]
        (one, other), _ = await on.house.store.read.set_aside(9)
        await on.say(ADMIN, "/audit")
        await on.press(ADMIN, "未能处理（2）")
        assert f"第 {one.seq} 号" in last(on, ADMIN)
        await on.press(ADMIN, f"重新处理 {one.seq}")
        await on.press(ADMIN, f"放弃 {other.seq}")
        assert f"确定放弃第 {other.seq} 号吗" in last(on, ADMIN)
        assert (await on.house.store.read.set_aside(9))[1] == 2  # the one run again failed again
        await on.press(ADMIN, f"确定放弃 {other.seq}")
        left, total = await on.house.store.read.set_aside(9)
        assert ([each.seq for each in left], total) == ([one.seq], 1)
        facts = [each.fact for each in await entries(on)]
        assert [each for each in facts if isinstance(each, UpdateRetried)] == [UpdateRetried(number=one.seq)]
        assert [each.number for each in facts if isinstance(each, UpdateDropped)] == [other.seq]
