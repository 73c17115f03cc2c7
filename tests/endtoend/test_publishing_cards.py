"""A scorecard on its way: shown, objected to, given points by a first and confirmed by a second person, published."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rules.card_life import standings
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import CardPublished
from bot.rules.message import CardAct
from handlers.callback import DecidePoints, DoCard, DoCards, Trace, encode
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, NUMBER, OFFICER, file, hire
from tests.support.stage import Stage, stage

SUPERVISOR = 2003
WEEK = "2026-W48"
A_WHILE = timedelta(seconds=10)
"""A person gets one notice a second."""


def last(on: Stage, account: int) -> str:
    """Return what the bot said last in a chat, without the marks around what somebody wrote."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.text.translate({0x2068: None, 0x2069: None})


def labels(on: Stage, account: int) -> list[str]:
    """Return what stands on the buttons under that."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.labels


async def force(on: Stage, account: int, data: str) -> None:
    """Press what nobody was shown."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    on.sandbox.world.press(account, shown.message_id, data=data)
    await on.clock.advance(A_WHILE)


async def facts(on: Stage) -> list[object]:
    """Return what all entries say."""
    return [read(row).fact async for page in on.house.store.read.ledger() for row in page]


async def give_by_hand(on: Stage) -> None:
    """Give three points by hand, which the giver cannot confirm and another can."""
    await on.say(ADMIN, f"/scorecard {WEEK}")
    await on.press(ADMIN, "交通运输局")
    await on.press(ADMIN, "及时签收")
    assert f"{NUMBER}，第 1 次办理：计 0/1" in last(on, ADMIN)
    assert NUMBER in str(labels(on, ADMIN))
    await on.press(ADMIN, "返回")
    await on.press(ADMIN, "手工计分……")
    await on.press(ADMIN, "推诿扯皮")
    await on.press(ADMIN, "3")
    await on.say(ADMIN, "退回应由本局办理的事项")
    await on.clock.advance(A_WHILE)
    assert "手工计分 3 分，待第二人确认" in last(on, ADMIN)
    assert "确认：推诿扯皮" not in labels(on, ADMIN)
    places = [each.id for each in on.house.desk.county.indicators]
    await force(on, ADMIN, encode(DecidePoints(WEEK, "transport", places.index("shirking"), is_confirmed=True)))
    assert not any("已确认" in each.text for each in on.sandbox.world.transcript(ADMIN))
    await on.say(ADMIN, f"/scorecard {WEEK}")
    assert "手工计分待第二人确认，暂未送核对：交通运输局" in last(on, ADMIN)
    await on.press(SUPERVISOR, "确认：推诿扯皮")
    await on.clock.advance(A_WHILE)
    assert "推诿扯皮：手工扣 3.0 分，最多扣 5" in last(on, SUPERVISOR)


async def test_the_whole_way_to_a_published_card(tmp_path: Path) -> None:
    """Every step by button and words; nobody takes another's step, and nothing is published before its time."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        await on.clock.advance(timedelta(days=7, hours=4))
        await on.say(SUPERVISOR, f"/scorecard {WEEK}")
        assert "公布" not in labels(on, SUPERVISOR)
        await on.press(SUPERVISOR, "送各单位核对")
        await on.clock.advance(A_WHILE)
        assert "异议截止" in last(on, LEAD)
        assert "已送各单位核对，异议截止" in last(on, SUPERVISOR)
        await force(on, SUPERVISOR, encode(DoCards(CardAct.PUBLISH, WEEK)))
        await force(on, OFFICER, encode(DoCard(CardAct.OBJECT, WEEK, "transport")))
        await on.say(LEAD, f"/scorecard {WEEK}")
        place = [each.id for each in on.house.desk.county.indicators].index("accepted_fast")
        await force(on, LEAD, encode(Trace(WEEK, "water", place)))
        assert last(on, LEAD).startswith("交通运输局考评积分")
        await force(on, OFFICER, encode(Trace(WEEK, "transport", place)))
        assert "及时签收\n" not in last(on, OFFICER)
        await on.press(LEAD, "提出异议")
        await on.say(LEAD, "第一件不归我局管")
        await on.clock.advance(A_WHILE)
        assert "单位提出异议：\n第一件不归我局管" in last(on, SUPERVISOR)
        assert "第一件不归我局管" in last(on, ADMIN)
        await give_by_hand(on)
        await on.press(SUPERVISOR, "答复异议")
        await on.say(SUPERVISOR, "已核实，按规定由你局牵头")
        await on.clock.advance(A_WHILE)
        assert "已核实，按规定由你局牵头" in last(on, LEAD)
        await on.say(SUPERVISOR, f"/scorecard {WEEK}")
        assert "公布" not in labels(on, SUPERVISOR)
        assert "需再次送核对的单位：1 个" in last(on, SUPERVISOR)
        await on.press(SUPERVISOR, "送各单位核对")
        assert "需再次送核对" not in last(on, SUPERVISOR)
        await on.clock.advance(timedelta(days=8))
        await on.say(SUPERVISOR, f"/scorecard {WEEK}")
        assert "异议截止" not in last(on, SUPERVISOR)
        await on.press(SUPERVISOR, "公布")
        await on.clock.advance(A_WHILE)
        assert on.heard(LEAD, "以上考评积分已公布。")
        assert "以上考评积分已公布。" in last(on, SUPERVISOR)
        published = [fact for fact in await facts(on) if isinstance(fact, CardPublished)]
        assert [fact.unit for fact in published] == ["transport"]
        assert "shirking:5:3:-:30" in published[0].lines
        await force(on, SUPERVISOR, encode(DoCards(CardAct.PUBLISH, WEEK)))
        assert [fact for fact in await facts(on) if isinstance(fact, CardPublished)] == published
        entries = await on.house.store.read.card_entries(WEEK)
        assert standings(entries, WEEK)[published[0].unit].published == published[0]
        assert not any("归我局" in str(entry) or "退回应" in str(entry) for entry in entries)
