"""Moments come, and a resident is asked: the limit has passed, is it fixed? months have passed, is it still solved?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rules.digest import Scope
from bot.rules.entry import FollowedUp
from bot.rules.period import parse_period
from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file
from tests.media.files import photo
from tests.support.stage import Stage, stage


async def resolve(on: Stage) -> None:
    """Say as the officer that it is done."""
    await on.press(OFFICER, "办结")
    on.sandbox.world.photo(OFFICER, photo())
    await on.say(OFFICER, "已更换路灯六盏")


async def test_when_the_limit_passes_the_resident_is_asked_and_officials_hear_it(tmp_path: Path) -> None:
    """Once; the answer stands on the page of the case and in its history, and leaves the case open."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.clock.advance(timedelta(days=10))
        (asked,) = on.heard(RESIDENT, "办理期限已过：问题现在解决了吗")
        assert asked.labels == ["已经好了", "还没好"]
        await on.press(RESIDENT, "还没好")
        assert on.heard(OFFICER, "居民说还没有解决")
        assert on.heard(LEAD, "居民说还没有解决")
        assert on.heard(RESIDENT, "已告知交通运输局及其负责人")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        assert on.heard(RESIDENT, "超期后问您，您说：没有解决")
        assert (await on.house.store.read.case(NUMBER)).state == "accepted"
        await on.clock.advance(timedelta(days=10))
        assert len(on.heard(RESIDENT, "办理期限已过")) == 0  # answered in its place, and not asked again


async def test_a_score_may_have_words_and_a_solved_case_is_asked_about_again(tmp_path: Path) -> None:
    """After 90 days it lasts, after a year it has come back: two entries, a figure, and a second attempt."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await resolve(on)
        await on.press(RESIDENT, "已解决")
        await on.press(RESIDENT, "5 非常满意")
        await on.press(RESIDENT, "再写几句意见")
        await on.say(RESIDENT, "师傅很耐心")
        assert on.heard(RESIDENT, "谢谢，您的话已转达")
        assert on.heard(OFFICER, "师傅很耐心")
        await on.clock.advance(timedelta(days=92))
        assert on.heard(RESIDENT, "回头看：问题现在还是解决的吗")
        await on.press(RESIDENT, "已解决")
        assert on.heard(RESIDENT, "问题没有反复")
        read, zone = on.house.store.read, on.house.desk.county.hours.zone
        quarter = await read.digest(parse_period("2027-Q1", zone), Scope("县"), on.clock.now())
        assert (quarter.figures["still_solved"].n, quarter.figures["still_solved"].of) == (1, 1)
        await on.clock.advance(timedelta(days=280))
        await on.press(RESIDENT, "没有解决")
        case = await read.case(NUMBER)
        assert (case.state, case.now.number) == ("assigned", 2)
        said = [each.fact for each in await read.entries_of(NUMBER) if isinstance(each.fact, FollowedUp)]
        assert [(fact.stage, fact.solved) for fact in said] == [("90cd", "yes"), ("365cd", "no")]


async def test_words_after_a_score_are_a_report_unless_asked_for(tmp_path: Path) -> None:
    """Nobody's new trouble is taken for a remark on the old one; and the remark can be left out."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await resolve(on)
        await on.press(RESIDENT, "已解决")
        await on.press(RESIDENT, "4 满意")
        await on.press(RESIDENT, "再写几句意见")
        await on.press(RESIDENT, "不用了")
        assert on.heard(RESIDENT, "不写也一样算数")
        await on.say(RESIDENT, "坎乡三村的自来水停了两天")
        assert "提交" in on.sandbox.world.transcript(RESIDENT)[-1].labels
