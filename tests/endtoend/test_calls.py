"""A matter comes in by telephone, through the program that a county runs, and is followed by whoever phoned."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.rules.period import week_of
from tests.media.files import photo
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


async def travel(running: Program) -> str:
    """A call is entered, signed for, resolved, rated by telephone and followed in a chat; return its number."""
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

    await running.press(OFFICER, "办结")
    await running.hears(OFFICER, "这件事是怎么办的")
    world.photo(OFFICER, photo())
    world.text(OFFICER, "已经修好")
    await rate_by_phone(running, number)

    world.text(CALLER, f"/link {number} 00000000")
    await running.hears(CALLER, "对不上")
    world.text(CALLER, f"/start link_{number}_{code.replace(' ', '')}")
    await running.hears(CALLER, "已关联")
    world.text(CALLER, "/my")
    await running.hears(CALLER, "您的事项")
    assert await running.stop() == 0
    return number


async def rate_by_phone(running: Program, number: str) -> None:
    """Have the operator call back, and enter what the caller says."""
    await running.hears(OPERATOR, "有来电群众等待回访评价")
    await running.press(OPERATOR, f"回访 {number} 的来电群众")
    await running.hears(OPERATOR, "已经修好")
    await running.press(OPERATOR, "查看电话号码（会记入台账）")
    await running.hears(OPERATOR, PHONE)
    await running.press(OPERATOR, "电话回访：已解决")
    await running.press(OPERATOR, "5 非常满意")
    await running.hears(OPERATOR, "已录入，事项已结案")
    await running.hears(OFFICER, "电话询问得到")
    running.sandbox.world.text(OPERATOR, "/calls")
    await running.hears(OPERATOR, "目前没有等待回访的来电群众")


async def told(running: Program, number: str) -> None:
    """Ask the command line about it, and whether the ledger and the tables agree."""
    case = (await running.ask("case", number, "--json")).json()
    assert (case["channel"], case["state"]) == ("hotline", "closed")
    assert (case["rating"], case["rating_source"]) == ({"solved": "yes", "score": 5}, "phone")
    entries = re.findall(r'"entry": ?"([a-z_]+)"', (await running.ask("ledger", "export")).out)
    beside = {"invited", "joined", "file_added"}
    assert [kind for kind in entries if kind not in beside and not kind.startswith("reminder")] == [
        "filed",
        "accepted",
        "looked",
        "resolved",
        "looked",
        "rated",
        "closed",
        "rated",
        "voice_linked",
    ]
    week = week_of(datetime.now(UTC), ZoneInfo("Asia/Shanghai")).text
    digest = (await running.ask("digest", "--period", week, "--format", "json")).json()
    figures = digest["figures"]
    for name in ("answered", "satisfied_among_answers", "answered_by_phone", "solved_by_phone", "satisfied_by_phone"):
        assert (figures[name]["n"], figures[name]["of"]) == (1, 1), name
    assert digest["received"]["channel"] == [{"id": "hotline", "n": 1, "of": 1, "before": 0}]
    assert "电话评价" in (await running.ask("digest", "--period", week, "--language", "zh_Hans_CN")).out
    assert (await running.ask("ledger", "verify")).code == 0


async def test_a_call_is_entered_and_followed_in_a_chat(tmp_path: Path) -> None:
    """The code is read aloud, the number opened by the officer in charge, the case linked by the link."""
    async with program(tmp_path, [CALLER, OFFICER, OPERATOR]) as running:
        await told(running, await travel(running))


@pytest.mark.parametrize("setting", ["BOT_DATABASE"])
async def test_it_is_followed_the_same_way_on_postgresql(tmp_path: Path, server: Server, setting: str) -> None:
    """The other database, the same call."""
    async with program(tmp_path, [CALLER, OFFICER, OPERATOR], {setting: server.empty()}) as running:
        await told(running, await travel(running))
