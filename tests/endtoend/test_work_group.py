"""A lead links a group of colleagues in the real bot: it reads numbers, and what is said in it goes nowhere."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, file
from tests.support.stage import Stage, stage

GROUP, COLLEAGUE = -100777, 3001


async def test_a_work_group_reads_numbers_and_no_words(tmp_path: Path) -> None:
    """Linked once by the lead's code; in the morning it hears how many, later which are late, and never what they are."""
    async with stage(tmp_path, MONDAY) as on:
        words = await _filed(on)
        on.sandbox.world.create(COLLEAGUE, "colleague")
        on.sandbox.world.create_group(GROUP, "运输科")
        await _say(on, "大家好，路灯又坏了")
        await _say(on, "有人吗")
        assert len(_heard(on)) == 1
        await on.say(LEAD, "/group")
        (command,) = re.findall(r"/group g-[\w-]+", on.heard(LEAD, "/group g-")[-1].text)
        await _say(on, command + "x")
        await _say(on, command)
        assert "工作群" in _heard(on)[-1]
        before = len(_heard(on))
        await _say(on, command)  # used
        assert len(_heard(on)) == before + 1
        for _ in range(24):
            await on.clock.advance(timedelta(hours=12))
        heard = _heard(on)[before + 1 :]
        assert any("待办" in text for text in heard)
        assert any("超期" in text and NUMBER in text for text in heard)
        assert not any(part in text for text in heard for part in (words, "路灯"))
        assert (await on.house.store.read.cases_of((await on.house.store.read.unit_groups())[0].person, 9))[1] == 0
        await on.say(LEAD, "/group")
        await on.press(LEAD, "解除所有群")
        assert await on.house.store.read.unit_groups() == ()


async def _filed(on: Stage) -> str:
    await file(on)
    return "路灯"


async def _say(on: Stage, text: str) -> None:
    on.sandbox.world.text(COLLEAGUE, text, chat_id=GROUP)
    await on.clock.advance(timedelta(seconds=5))


def _heard(on: Stage) -> list[str]:
    return [each.text for each in on.sandbox.world.transcript(GROUP) if each.sender.is_bot]
