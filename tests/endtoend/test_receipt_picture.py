"""A resident has the receipt as a picture, and whoever follows the code on it comes to the case, if it is theirs."""

from __future__ import annotations

from pathlib import Path

from tests.endtoend.test_days_pass import MONDAY, NUMBER, RESIDENT, file
from tests.support.stage import stage

STRANGER = 1002


async def test_a_receipt_can_be_had_as_a_picture_and_its_code_opens_the_case(tmp_path: Path) -> None:
    """For its resident; somebody else is told that there is no such case of theirs."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(RESIDENT, "图片回执")
        picture = on.sandbox.world.transcript(RESIDENT)[-1]
        assert "photo" in picture.media
        assert on.sandbox.world.calls("sendChatAction")
        link = f"t-{NUMBER}"
        await on.say(RESIDENT, f"/start {link}")
        assert on.heard(RESIDENT, "已登记，由交通运输局办理")
        await on.say(STRANGER, f"/start {link}")
        assert "坎乡三村口" not in on.sandbox.world.transcript(STRANGER)[-1].text
        assert not on.heard(STRANGER, "交通运输局")
