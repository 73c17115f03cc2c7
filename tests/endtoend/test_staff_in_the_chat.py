"""A lead invites and revokes in the real bot: the link works once, an ended role at once no more, the cases go on."""

from __future__ import annotations

import re
from pathlib import Path

from bot.rules.county import Role
from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, file
from tests.support.stage import stage

COLLEAGUE, LATE = 1002, 1003


async def test_a_lead_invites_revokes_and_hands_on(tmp_path: Path) -> None:
    """Every step by button, from the list."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.say(LEAD, "/staff")
        await on.press(LEAD, "邀请经办人")
        (link,) = re.findall(r"start=(j-[\w-]+)", on.heard(LEAD, "邀请链接")[-1].text)
        await on.say(COLLEAGUE, f"/start {link}")
        await on.say(LATE, f"/start {link}")
        staff = await on.house.store.read.staff_of(None, frozenset({Role.OFFICER}))
        assert len(staff) == 2
        in_charge = (await on.house.store.read.case(NUMBER)).officer
        assert in_charge is not None
        await on.say(LEAD, "/staff")
        await on.press(LEAD, f"人员 {in_charge[-4:]}")
        await on.press(LEAD, "解除职责")
        await on.press(LEAD, "确定，立即解除")
        assert on.heard(OFFICER, "您的职责已解除")
        await on.press(OFFICER, "办结")
        case = await on.house.store.read.case(NUMBER)
        assert case.state == "accepted"
        assert not on.heard(OFFICER, "办理结果")
        (heir,) = [each.id for each in staff if each.id != in_charge]
        await on.press(LEAD, f"全部移交 {heir[-4:]}")
        assert (await on.house.store.read.case(NUMBER)).officer == heir
        assert on.heard(COLLEAGUE, "已移交")
