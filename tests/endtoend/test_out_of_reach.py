"""An officer blocks the real bot: the lead hands their cases on from the report, and whoever joined long ago gets a menu."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rules.county import Role
from bot.sandbox.profile import commands_for
from bot.stores import MENUS
from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, file, hire
from tests.support.stage import stage

COLLEAGUE = 1002


async def test_the_cases_of_an_officer_who_blocked_the_bot_are_handed_on(tmp_path: Path) -> None:
    """By one tap under the report."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await hire(on, COLLEAGUE, Role.OFFICER, "transport")
        staff = await on.house.store.read.staff_of(None, frozenset({Role.OFFICER}))
        lost = (await on.house.store.read.case(NUMBER)).officer
        (heir,) = [each.id for each in staff if each.id != lost]
        on.sandbox.world.block(OFFICER)
        for _ in range(20):
            await on.clock.advance(timedelta(hours=12))
            if on.heard(LEAD, "已无法联系"):
                break
        assert "1" in on.heard(LEAD, "已无法联系")[-1].text
        (lead,) = await on.house.store.read.staff_of(None, frozenset({Role.LEAD}))
        assert f"全部移交负责人 {lead.id[-4:]}" in on.heard(LEAD, "已无法联系")[-1].labels
        await on.press(LEAD, f"全部移交 {heir[-4:]}")
        assert (await on.house.store.read.case(NUMBER)).officer == heir
        assert on.heard(COLLEAGUE, NUMBER)


async def test_officials_of_before_get_a_menu_when_the_program_starts(tmp_path: Path) -> None:
    """Those who came when there was none, and all of them when what stands in it has changed; once."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        chat = on.sandbox.world.scene.chats[OFFICER]
        on.sandbox.world.scene.menu.commands.clear()
        await on.house.store.remember(MENUS, "of an earlier program")
        await on.house.introduce()
        await on.clock.advance(timedelta())
        assert {"tasks", "duty"} <= {str(command["command"]) for command in commands_for(on.sandbox.world.scene.menu, chat)}
        on.sandbox.world.scene.menu.commands.clear()
        await on.house.introduce()
        await on.clock.advance(timedelta())
        assert not any("tasks" in str(command) for command in commands_for(on.sandbox.world.scene.menu, chat))
