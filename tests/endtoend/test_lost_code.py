"""Whoever phoned and lost their code gets another one by their phone number, and follows the case with it."""

from __future__ import annotations

import re
from pathlib import Path

from bot.rules.county import Role
from bot.rules.entry import CodeRenewed
from tests.endtoend.test_days_pass import MONDAY, NUMBER, OFFICER, RESIDENT, hire
from tests.support.stage import Stage, stage

OPERATOR = 2003
PHONE = "13999991234"
CODE = re.compile(r"\d{4} \d{4}")


def code_in(on: Stage, part: str) -> str:
    """Read the code off the last message with these words."""
    found = CODE.search(on.heard(OPERATOR, part)[-1].text)
    assert found is not None
    return found.group()


async def test_a_lost_code_is_made_anew_and_the_old_one_is_void(tmp_path: Path) -> None:
    """The number is not shown; another one gets nothing; the entry is in the case's history."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        await hire(on, OPERATOR, Role.OPERATOR, None)
        await on.say(OPERATOR, "/hotline")
        await on.say(OPERATOR, "坎乡三村口的路灯坏了")
        await on.say(OPERATOR, PHONE)
        await on.press(OPERATOR, "提交")
        lost = code_in(on, "关联码")
        await on.say(OPERATOR, "/code")
        await on.say(OPERATOR, PHONE)
        assert on.heard(OPERATOR, "少了事项编号")
        await on.say(OPERATOR, NUMBER)
        assert on.heard(OPERATOR, "少了来电人报出的号码")
        await on.say(OPERATOR, f"{NUMBER} 13999990000")
        assert on.heard(OPERATOR, "今天还可试 4 次")
        await on.say(OPERATOR, f"{NUMBER} 139 9999 1234")
        new = code_in(on, "原码作废")
        assert new != lost
        assert not on.heard(OPERATOR, "13999990000")
        assert [each.fact for each in await on.house.store.read.entries_of(NUMBER)][-1] == CodeRenewed()
        await on.say(RESIDENT, "/start")
        await on.press(RESIDENT, "中文")
        await on.say(RESIDENT, f"/link {NUMBER} {lost}")
        assert not await on.house.store.read.voices_of(NUMBER)
        await on.say(RESIDENT, f"/link {NUMBER} {new}")
        assert len(await on.house.store.read.voices_of(NUMBER)) == 1
        await on.say(OPERATOR, f"/code {NUMBER} {PHONE}")
        assert on.heard(OPERATOR, "今天还可试 3 次")
        await on.say(OFFICER, f"/code {NUMBER} {PHONE}")
        assert on.heard(OFFICER, "没有权限")
