"""A case that nobody's first guess gets right: given back, given to another unit, asked about, extended, and then solved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.endtoend.test_whole_life import file_in
from tests.media.files import photo
from tests.support.postgres import Server
from tests.support.program import Program, program

RESIDENT, OFFICER, OTHER, LEAD, SUPERVISOR = 11, 21, 23, 24, 41


async def says(running: Program, account: int, label: str, question: str, words: str) -> None:
    """Press a button, wait for the question behind it, and answer it."""
    seen = running.last_id(account)
    await running.press(account, label)
    await running.hears(account, question, after=seen)
    running.sandbox.world.text(account, words)


async def travel(running: Program, *, by_reply: bool) -> str:
    """Have the case go all the way, the question answered by a reply to it or by its button; return its number."""
    await running.start()
    await running.hire(OFFICER, "officer", "transport")
    await running.hire(OTHER, "officer", "water")
    await running.hire(LEAD, "lead", "water")
    await running.hire(SUPERVISOR, "supervisor")
    number = await file_in(running, RESIDENT, "中文", "坎乡三村口的路灯坏了")

    await running.hears(OFFICER, number)
    await says(running, OFFICER, "退回", "为什么不归你单位办", "这一段归水利局管")
    await running.hears(OFFICER, "已退回")

    await running.hears(SUPERVISOR, "这一段归水利局管")
    await running.press(SUPERVISOR, "选择责任单位")
    await running.press(SUPERVISOR, "水利局")
    await running.offered(SUPERVISOR, "派给这个单位")
    seen = running.last_id(SUPERVISOR)
    running.sandbox.world.text(SUPERVISOR, "请水利局办理")
    await running.hears(SUPERVISOR, "请水利局办理", after=seen + 1)
    await running.press(SUPERVISOR, "派给这个单位")
    await running.hears(SUPERVISOR, "已派给")
    await running.hears(RESIDENT, "现在由另一个单位负责")

    await running.hears(OTHER, "请水利局办理")
    await running.press(OTHER, "签收")
    await says(running, OTHER, "询问居民", "您想问居民什么", "是桥头哪一边？")
    await running.hears(OTHER, "期限暂停计算")
    question = await running.hears(RESIDENT, "是桥头哪一边")
    if by_reply:
        running.sandbox.world.text(RESIDENT, "东边那一盏", reply_to=question.message_id)
    else:
        await says(running, RESIDENT, "回答", "请写下您的回答", "东边那一盏")
    await running.hears(OTHER, "东边那一盏")

    await says(running, OTHER, "延期", "为什么需要延期", "灯具要从外地调运")
    await running.hears(LEAD, "有人申请延期")
    await running.press(LEAD, "批准")
    await running.hears(RESIDENT, "办理期限有变化")
    await running.hears(OTHER, "延期已批准")

    await says(running, OTHER, "办结", "需要附上办理情况的照片", "已经换好")
    await running.hears(OTHER, "请再发一张办理情况的照片或文件")
    running.sandbox.world.photo(OTHER, photo())
    await running.hears(RESIDENT, "已经换好")
    await running.press(RESIDENT, "已解决")
    await running.press(RESIDENT, "5 非常满意")
    await running.hears(OTHER, "5 分")
    assert await running.stop() == 0
    return number


async def told(running: Program, number: str) -> None:
    """Ask the command line about it, and whether the ledger and the tables agree."""
    case = (await running.ask("case", number, "--json")).json()
    assert (case["state"], case["unit"], case["rating"]) == ("closed", "water", {"solved": "yes", "score": 5})
    entries = re.findall(r'"entry": ?"([a-z_]+)"', (await running.ask("ledger", "export")).out)
    assert [kind for kind in entries if kind != "file_added" and not kind.startswith(("invited", "joined", "reminder"))] == [
        "filed",
        "transferred",
        "assigned",
        "accepted",
        "asked",
        "resumed",
        "extension_asked",
        "extension_granted",
        "resolved",
        "rated",
        "closed",
        "rated",
    ]
    assert (await running.ask("ledger", "verify")).code == 0


async def test_a_case_goes_the_long_way_round(tmp_path: Path) -> None:
    """Each step is pressed in a chat, told to whom it concerns, and one entry of a ledger that holds."""
    async with program(tmp_path, [RESIDENT, OFFICER, OTHER, LEAD, SUPERVISOR]) as running:
        await told(running, await travel(running, by_reply=False))


@pytest.mark.parametrize("setting", ["BOT_DATABASE"])
async def test_it_goes_the_same_way_on_postgresql(tmp_path: Path, server: Server, setting: str) -> None:
    """The other database, the same life."""
    async with program(tmp_path, [RESIDENT, OFFICER, OTHER, LEAD, SUPERVISOR], {setting: server.empty()}) as running:
        await told(running, await travel(running, by_reply=True))
