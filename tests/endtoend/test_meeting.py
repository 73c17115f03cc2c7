"""A residents' meeting through the program itself: opened, joined by its link, raised, seconded, adopted, over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.postgres import Server
from tests.support.program import Program, program

AYNUR, NURLAN, OFFICER = 11, 12, 21
NUMBER = re.compile(r"CB-\d{4}-\d{6}")
BRIDGE = "坎乡三村口的路坑坑洼洼，桥也要修了"


async def open_meeting(running: Program) -> str:
    """Have the officer open a meeting; return the payload of its link."""
    world = running.sandbox.world
    world.text(OFFICER, "/meeting")
    await running.hears(OFFICER, "没有正在开放的")
    await running.press(OFFICER, "开设议事厅")
    await running.press(OFFICER, "全县")
    await running.press(OFFICER, "1 天")
    await running.hears(OFFICER, "议什么事")
    world.text(OFFICER, "村里的路")
    card = await running.hears(OFFICER, "有这个链接的人都可以参加")
    link = re.search(r"start=(m-[0-9a-f]{16})", card.text)
    assert link is not None
    return link.group(1)


async def meet(running: Program) -> None:
    """Two residents who do not know each other get one case out of it, each with a receipt."""
    world = running.sandbox.world
    await running.start()
    await running.hire(OFFICER, "officer", "transport")
    payload = await open_meeting(running)
    await running.press(OFFICER, "二维码")
    picture = await running.hears(OFFICER, "用手机扫这个码")
    assert picture.media

    for person in (AYNUR, NURLAN):
        world.text(person, f"/start {payload}")
        await running.hears(person, "还没有人提出事项")
    await running.press(AYNUR, "提出事项")
    await running.hears(AYNUR, "参加议事的人都能看到")
    world.text(AYNUR, BRIDGE)
    await running.hears(AYNUR, "这是您提出的")
    await running.press(NURLAN, "刷新")
    await running.hears(NURLAN, BRIDGE)
    await running.press(NURLAN, "附议第 1 项")
    await running.hears(NURLAN, "您已附议")

    await running.press(OFFICER, "刷新")
    card = await running.hears(OFFICER, "附议：1 人")
    assert "参加：2 人" in card.text
    await running.press(OFFICER, "第 1 项")
    await running.press(OFFICER, "采纳为：道路交通")
    adopted = NUMBER.search((await running.hears(OFFICER, "已采纳")).text)
    assert adopted is not None
    await running.hears(AYNUR, adopted.group())
    await running.hears(NURLAN, adopted.group())
    await running.press(OFFICER, "返回")
    await running.press(OFFICER, "结束议事")
    await running.press(OFFICER, "确定结束")
    await running.hears(OFFICER, "议事已结束")
    await running.hears(AYNUR, "已采纳为台账事项：1 件")
    world.text(NURLAN, f"/start {payload}")
    await running.hears(NURLAN, "这次议事已经结束")
    assert await running.stop() == 0

    case = (await running.ask("case", adopted.group(), "--json")).json()
    assert (case["channel"], case["category"]) == ("meeting", "roads")
    export = (await running.ask("ledger", "export")).out
    assert '"meeting_held"' in export
    assert BRIDGE not in export
    assert (await running.ask("ledger", "verify")).code == 0


async def test_a_meeting_from_its_opening_to_its_end(tmp_path: Path) -> None:
    """In SQLite; when it is over the database holds neither who came nor what was said there but the case."""
    async with program(tmp_path, [AYNUR, NURLAN, OFFICER]) as running:
        await meet(running)


@pytest.mark.parametrize("setting", ["BOT_DATABASE"])
async def test_a_meeting_with_postgresql(tmp_path: Path, server: Server, setting: str) -> None:
    """The same on a server."""
    async with program(tmp_path, [AYNUR, NURLAN, OFFICER], {setting: server.empty()}) as running:
        await meet(running)
