"""What people propose on a field visit becomes a measure with an owner and a date, is not forgotten, and is counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.reports.digest_json import digest_json
from bot.rules.county import Role
from bot.rules.digest import Scope
from bot.rules.identity import UnitId
from bot.rules.period import week_of
from tests.endtoend.test_days_pass import LEAD, MONDAY, OFFICER, hire
from tests.support.stage import Stage, stage

COLLEAGUE, STRANGER = 2002, 2003


async def proposed(on: Stage, *words: str) -> None:
    """Let the officer go out and write down what was proposed."""
    await on.say(OFFICER, "/visit")
    place = next(each for each in reversed(on.sandbox.world.transcript(OFFICER)) if "登记走访" in each.labels)
    await on.press(OFFICER, next(label for label in place.labels if label.startswith("地点")))
    await on.press(OFFICER, "坎乡")
    await on.press(OFFICER, "住户 +5")
    await on.press(OFFICER, "登记走访")
    for place_of, text in enumerate(words):
        await on.press(OFFICER, "再记一条建议" if place_of else "记录一条建议")
        await on.say(OFFICER, text)


async def test_a_proposal_becomes_a_measure_is_reminded_of_and_carried_out(tmp_path: Path) -> None:
    """Two are noted; one becomes a measure for a fortnight, is late, and is done; the other is given up."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        await hire(on, LEAD, Role.LEAD, "transport")
        await hire(on, STRANGER, Role.OFFICER, "water")
        await proposed(on, "村口建候车亭", "集市日加开一班车")
        assert len(on.heard(OFFICER, "建议已记录")) == 2
        read, county = on.house.store.read, on.house.desk.county
        (first, second) = await read.proposals()
        await on.say(OFFICER, "/measures")
        await on.press(OFFICER, first.number)
        await on.press(OFFICER, "定为措施")
        assert on.heard(OFFICER, "由谁落实")
        await on.press(OFFICER, "14天后")
        await on.press(OFFICER, "确定措施")
        assert on.heard(OFFICER, "已定为措施")
        await on.say(LEAD, "/measures")
        assert on.heard(LEAD, "尚未定为措施")
        await on.say(STRANGER, "/measures")
        assert on.heard(STRANGER, "没有未完结的建议或措施")

        begun = week_of(on.clock.now(), county.hours.zone)
        await on.clock.advance(timedelta(days=14))
        assert len(on.heard(OFFICER, "措施落实期限将至")) == 3
        assert not on.heard(LEAD, "措施已逾期")
        await on.clock.advance(timedelta(days=2))
        assert on.heard(OFFICER, "措施已逾期")
        assert on.heard(LEAD, "措施已逾期")
        await on.press(OFFICER, "已落实")
        await on.say(OFFICER, "候车亭已建成")
        assert on.heard(OFFICER, "措施已落实")
        late = len(on.heard(LEAD, "措施已逾期"))
        await on.clock.advance(timedelta(days=15))
        assert len(on.heard(LEAD, "措施已逾期")) == late

        await on.say(OFFICER, "/measures")
        await on.press(OFFICER, second.number)
        await on.press(OFFICER, "终止")
        await on.say(OFFICER, "已有班车")
        assert await read.proposals() == ()
        weeks = (begun, week_of(MONDAY + timedelta(days=14), county.hours.zone))
        for scope in (Scope("县"), Scope("县", UnitId("transport"))):
            came, fell = [digest_json(await read.digest(each, scope, on.clock.now()))["figures"] for each in weeks]
            assert [came["became_measures"][part] for part in ("n", "of")] == [1, 2]
            assert [fell["measures_in_time"][part] for part in ("n", "of")] == [0, 1]
        elsewhere = digest_json(await read.digest(begun, Scope("县", UnitId("water")), on.clock.now()))["figures"]
        assert elsewhere["became_measures"]["of"] == 0


async def test_buttons_of_a_proposal_do_nothing_for_others(tmp_path: Path) -> None:
    """Another unit's officer, who was shown none of them; a colleague cannot say that somebody else's measure is done."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        await hire(on, COLLEAGUE, Role.OFFICER, "transport")
        await hire(on, STRANGER, Role.OFFICER, "water")
        await proposed(on, "村口建候车亭")
        await on.press(OFFICER, "定为措施")
        await on.press(OFFICER, "确定措施")
        (before,) = await on.house.store.read.proposals()
        for who in (COLLEAGUE, STRANGER):
            shown = next(each for each in reversed(on.sandbox.world.transcript(who)) if each.sender.is_bot)
            for data in ("d", "x", "c"):
                on.sandbox.world.press(who, shown.message_id, data=f'1["vk","{before.number}","{data}"]')
                await on.clock.advance(timedelta(seconds=30))
            assert on.sandbox.world.toasts(who)
            await on.say(who, "做好了")
        assert await on.house.store.read.proposals() == (before,)
