"""A resident follows a case through the real bot: its page, adding, urging, a person, taking it back, reopening."""

from __future__ import annotations

from pathlib import Path

from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file
from tests.media.files import photo
from tests.support.stage import stage


async def test_a_resident_follows_a_case_to_its_withdrawal(tmp_path: Path) -> None:
    """Every deed is one tap from the page, is told to the officials, and stands on the page afterwards."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        assert on.heard(RESIDENT, "交通运输局已签收")
        await on.press(RESIDENT, "补充")
        await on.say(RESIDENT, "又坏了两盏")
        assert on.heard(OFFICER, "又坏了两盏")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        await on.press(RESIDENT, "催办")
        assert on.heard(OFFICER, "居民催办")
        assert on.heard(LEAD, "居民催办")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        await on.press(RESIDENT, "请求人工答复")
        assert on.heard(LEAD, "请求人工答复")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        page = on.heard(RESIDENT, "已请求人工答复")[-1]
        assert "催办" not in page.labels
        await on.press(RESIDENT, "撤回")
        await on.press(RESIDENT, "确定撤回")
        assert on.heard(OFFICER, "居民已撤回")
        assert (await on.house.store.read.case(NUMBER)).state == "withdrawn"


async def test_a_closed_case_is_not_over_until_its_resident_says_so(tmp_path: Path) -> None:
    """Rated, closed, and reopened from its page: a second attempt with a limit of its own."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已更换路灯六盏")
        await on.press(RESIDENT, "已解决")
        await on.press(RESIDENT, "5 非常满意")
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        assert on.heard(RESIDENT, "您的评价：已解决")
        await on.press(RESIDENT, "还没解决，重新办理")
        case = await on.house.store.read.case(NUMBER)
        assert (case.state, case.now.number) == ("assigned", 2)
