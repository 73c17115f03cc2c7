"""A complaint about officials: whom it is about is asked, and nobody of that unit is told of it or finds it."""

from __future__ import annotations

from pathlib import Path

from bot.rules.county import Role
from bot.rules.entry import Concerned
from bot.rules.identity import UnitId
from tests.endtoend.test_days_pass import ADMIN, MONDAY, NUMBER, RESIDENT, hire
from tests.support.stage import stage

INSIDER, WATCHDOG = 2003, 2004
ACCUSED = "纪检监督的干部收钱"


async def test_whom_it_is_about_never_sees_it(tmp_path: Path) -> None:
    """Not the supervisor of that unit, by notice, list, search, number or audit; the unit that looks into them does."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, INSIDER, Role.SUPERVISOR, "supervision")
        await hire(on, WATCHDOG, Role.OFFICER, "discipline")
        await hire(on, ADMIN, Role.ADMIN, None)
        await on.say(RESIDENT, "/start")
        await on.press(RESIDENT, "中文")
        await on.say(RESIDENT, ACCUSED)
        assert on.heard(RESIDENT, "请用下面的按钮指明")
        await on.press(RESIDENT, "反映对象：未指明")
        accused = on.house.desk.county.units[UnitId("supervision")].name.within(on.house.desk.county.languages[0])
        await on.press(RESIDENT, accused)
        assert on.heard(RESIDENT, "该单位的人看不到")
        await on.press(RESIDENT, "提交")
        case = await on.house.store.read.case(NUMBER)
        assert (case.unit, case.about) == ("discipline", "supervision")
        assert [each.fact for each in await on.house.store.read.entries_of(NUMBER)][1] == Concerned(
            about=UnitId("supervision")
        )
        assert on.heard(WATCHDOG, ACCUSED)
        assert on.heard(WATCHDOG, "该单位看不到")
        for asked in ("/find 收钱", f"/find {NUMBER}", "/triage"):
            await on.say(INSIDER, asked)
        await on.press(WATCHDOG, "退回")
        await on.say(WATCHDOG, "不归我们管")
        await on.say(INSIDER, "/triage")
        for asked in ("/audit", "/audit concerned"):
            await on.say(INSIDER, asked)
        assert not on.heard(INSIDER, NUMBER)
        assert not on.heard(INSIDER, ACCUSED)
        nowhere = "CB-2026-999999"
        await on.say(INSIDER, f"/audit {nowhere}")
        await on.say(INSIDER, f"/audit {NUMBER}")
        assert on.heard(INSIDER, NUMBER)[-1].text == on.heard(INSIDER, nowhere)[-1].text.replace(nowhere, NUMBER)
        await on.say(ADMIN, f"/audit {NUMBER}")
        assert on.heard(ADMIN, NUMBER)
