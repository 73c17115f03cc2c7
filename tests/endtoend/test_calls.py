"""A matter comes in by telephone, through the program that a county runs, and is followed by whoever phoned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.postgres import Server
from tests.support.program import Program, program

CALLER, OFFICER, OPERATOR = 11, 21, 51
NUMBER = re.compile(r"CB-\d{4}-\d{6}")
CODE = re.compile(r"\d{4} \d{4}")
PHONE = "13999991234"


async def enter(running: Program, command: str = "/hotline") -> tuple[str, str]:
    """Have the operator write down a call; return its number and its code."""
    world = running.sandbox.world
    world.text(OPERATOR, command)
    await running.hears(OPERATOR, "怎么说")
    seen = running.last_id(OPERATOR)
    world.text(OPERATOR, "坎乡三村口的路灯坏了")
    await running.hears(OPERATOR, "路灯", after=seen + 1)
    world.text(OPERATOR, "139 9999 1234")
    await running.hears(OPERATOR, "电话号码")
    await running.press(OPERATOR, "提交")
    receipt = await running.hears(OPERATOR, "关联码", after=seen)
    number, code = NUMBER.search(receipt.text), CODE.search(receipt.text)
    assert number is not None
    assert code is not None
    return number.group(), code.group()


async def travel(running: Program) -> None:
    """A call is entered, signed for, and followed in a chat."""
    world = running.sandbox.world
    await running.start()
    await running.hire(OFFICER, "officer", "transport")
    await running.hire(OPERATOR, "operator")
    number, code = await enter(running)
    assert PHONE not in "".join(each.text for each in world.transcript(OPERATOR) if each.sender.is_bot)
    await running.press(OPERATOR, "已念完，隐藏关联码")
    await running.hears(OPERATOR, "不再显示")
    assert code not in "".join(each.text for each in world.transcript(OPERATOR))

    await running.hears(OFFICER, number)
    await running.press(OFFICER, "签收")
    await running.press(OFFICER, "照片、位置、电话")
    await running.hears(OFFICER, PHONE)

    world.text(CALLER, f"/link {number} 00000000")
    await running.hears(CALLER, "对不上")
    world.text(CALLER, f"/start link_{number}_{code.replace(' ', '')}")
    await running.hears(CALLER, "已关联")
    world.text(CALLER, "/my")
    await running.hears(CALLER, "您的事项")
    assert await running.stop() == 0

    case = (await running.ask("case", number, "--json")).json()
    assert (case["channel"], case["state"]) == ("hotline", "accepted")
    entries = re.findall(r'"entry": ?"([a-z_]+)"', (await running.ask("ledger", "export")).out)
    assert [kind for kind in entries if kind in {"filed", "accepted", "looked", "voice_linked"}] == [
        "filed",
        "accepted",
        "looked",
        "voice_linked",
    ]
    assert (await running.ask("ledger", "verify")).code == 0


async def test_a_call_is_entered_and_followed_in_a_chat(tmp_path: Path) -> None:
    """The code is read aloud, the number opened by the officer in charge, the case linked by the link."""
    async with program(tmp_path, [CALLER, OFFICER, OPERATOR]) as running:
        await travel(running)


@pytest.mark.parametrize("setting", ["BOT_DATABASE"])
async def test_it_is_followed_the_same_way_on_postgresql(tmp_path: Path, server: Server, setting: str) -> None:
    """The other database, the same call."""
    async with program(tmp_path, [CALLER, OFFICER, OPERATOR], {setting: server.empty()}) as running:
        await travel(running)
