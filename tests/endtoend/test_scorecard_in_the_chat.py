"""Scorecards in the chat: an admin sees every unit's, a lead the own unit's, an officer none."""

from __future__ import annotations

from pathlib import Path

from bot.rules.county import Role
from handlers.callback import ShowCard, encode
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, OFFICER, file, hire
from tests.support.stage import Stage, stage


def last(on: Stage, account: int) -> str:
    """Return what the bot said last in a chat."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.text


async def test_an_admin_goes_from_all_units_to_one_and_to_the_figures_behind_it(tmp_path: Path) -> None:
    """One message, edited: the list, a card with what each line is made of, the digest of the unit."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/scorecard")
        assert last(on, ADMIN).startswith("各单位考评积分\n2026年11月")
        assert "结案不足 20 件，不作比较\n交通运输局：" in last(on, ADMIN)
        await on.press(ADMIN, "交通运输局")
        assert last(on, ADMIN).startswith("交通运输局考评积分")
        assert "超期未办：扣 0.0 分，最多扣 5（0 件）" in last(on, ADMIN)
        assert "走访调研：0 次，每次 1 分，得 0 分，最多 5 分" in last(on, ADMIN)
        await on.press(ADMIN, "‹ 上一期")
        assert "2026年10月" in last(on, ADMIN)
        await on.press(ADMIN, "下一期 ›")
        await on.press(ADMIN, "看相关数字")
        assert last(on, ADMIN).startswith("交通运输局月报")


async def test_a_period_or_a_unit_may_follow_the_command(tmp_path: Path) -> None:
    """A quarter in which nothing was, a unit by its short name; and what is neither, such as a township."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/scorecard 2026-Q3")
        assert "本时段没有单位有事项。" in last(on, ADMIN)
        await on.say(ADMIN, "/scorecard 交通局 本月")
        assert last(on, ADMIN).startswith("交通运输局考评积分")
        for nothing in ("2026-W99", "坎乡"):
            await on.say(ADMIN, f"/scorecard {nothing}")
            assert "/scorecard 2026-W47" in last(on, ADMIN)


async def test_a_lead_sees_the_own_unit_alone_whatever_the_button_says(tmp_path: Path) -> None:
    """A forged press for another unit shows the own one."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(LEAD, "/scorecard")
        assert last(on, LEAD).startswith("交通运输局考评积分")
        message = on.sandbox.world.last_from_bot(LEAD)
        assert message is not None
        assert message.labels == ["‹ 上一期"]
        on.sandbox.world.press(LEAD, message.message_id, data=encode(ShowCard("2026-11", "water")))
        await on.say(LEAD, "/help")
        cards = [each.text for each in on.sandbox.world.transcript(LEAD) if "考评积分\n2026" in each.text]
        assert len(cards) == 1
        assert cards[0].startswith("交通运输局考评积分")


async def test_an_officer_gets_no_scorecard(tmp_path: Path) -> None:
    """Points are not for those who are only in charge of cases."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        await on.say(OFFICER, "/scorecard")
        assert "考评积分" not in last(on, OFFICER)
