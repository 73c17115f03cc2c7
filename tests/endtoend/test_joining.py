"""Two residents and the same lamp: the second is offered the first one's case, joins it or passes it over."""

from __future__ import annotations

from pathlib import Path

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import PressRefused, Solved
from bot.rules.identity import CaseNumber
from tests.endtoend.test_days_pass import MONDAY, NUMBER, OFFICER, RESIDENT, file, hire
from tests.media.files import photo
from tests.support.stage import Stage, stage

NEIGHBOUR = 1002
SUPERVISOR = 2003
SECOND = CaseNumber("CB-2026-000002")
PHONE = "13899991234"
FIRST, SAME, OTHER = "坎乡三村口的路灯坏了", "坎乡三村口路灯不亮了", "坎乡五村口的路灯坏了"


async def meet(on: Stage, text: str = SAME) -> None:
    """Have the neighbour speak Chinese and write."""
    await on.say(NEIGHBOUR, "/start")
    await on.press(NEIGHBOUR, "中文")
    await on.say(NEIGHBOUR, text)


async def look(on: Stage, number: CaseNumber) -> None:
    """Have the officer in charge look at all that came with a case."""
    await on.say(OFFICER, f"/find {number}")
    await on.press(OFFICER, "照片、位置、电话")


async def test_a_neighbour_joins_and_hears_and_judges_like_the_filer(tmp_path: Path) -> None:
    """A receipt of their own, the officer told once, every news for both, two answers; never the other's words."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await meet(on)
        (card,) = on.heard(NEIGHBOUR, "已有类似事项正在办理")
        assert NUMBER in card.text
        assert "交通运输局" in card.text
        await on.press(NEIGHBOUR, "加入此事项")
        (receipt,) = on.heard(NEIGHBOUR, "您已加入此事项")
        assert NUMBER in receipt.text
        assert "?" not in receipt.text
        assert len([each for each in on.heard(OFFICER, "又有一位居民加入此事项") if SAME in each.text]) == 1
        assert [voice for voice, _ in await on.house.store.read.voices_of(NUMBER)] == [1, 2]
        await on.say(NEIGHBOUR, "/my")
        await on.press(NEIGHBOUR, f"查看 {NUMBER}")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已更换路灯六盏")
        for resident in (RESIDENT, NEIGHBOUR):
            assert on.heard(resident, "已更换路灯六盏")
            await on.press(resident, "已解决")
            await on.press(resident, "5 非常满意")
        assert on.heard(NEIGHBOUR, "谢谢您的评价")
        case = await on.house.store.read.case(NUMBER)
        assert [(each.voice, each.solved, each.score) for each in case.now.ratings] == [
            (1, Solved.YES, 5),
            (2, Solved.YES, 5),
        ]
        assert not on.heard(NEIGHBOUR, FIRST)
        assert not on.heard(RESIDENT, SAME)


async def test_what_one_of_them_says_the_other_hears_of(tmp_path: Path) -> None:
    """An answer to the unit's question ends it for both, without its words; *not solved* goes on for both."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await meet(on)
        await on.press(NEIGHBOUR, "加入此事项")
        await on.press(OFFICER, "询问居民")
        await on.say(OFFICER, "第几根灯杆？")
        await on.press(NEIGHBOUR, "回答")
        await on.say(NEIGHBOUR, "第三根")
        assert on.heard(OFFICER, "第三根")
        assert on.heard(RESIDENT, "第几根灯杆？")
        assert on.heard(RESIDENT, "不用再回答了")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已更换路灯六盏")
        await on.press(NEIGHBOUR, "没有解决")
        assert (await on.house.store.read.case(NUMBER)).now.number == 2
        assert on.heard(RESIDENT, "继续办")
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        assert not on.heard(RESIDENT, "第三根")


async def test_what_is_passed_over_is_filed_and_not_offered_again(tmp_path: Path) -> None:
    """More words make no new offer; the case that is sent is one of its own."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await meet(on)
        await on.press(NEIGHBOUR, "我的是另一件事")
        await on.say(NEIGHBOUR, "晚上很黑")
        assert not on.heard(NEIGHBOUR, "已有类似事项正在办理")
        await on.press(NEIGHBOUR, "提交")
        assert (await on.house.store.read.case(NUMBER)).voices == 1
        assert on.heard(NEIGHBOUR, "CB-2026-000002")


async def test_what_is_over_by_the_time_of_the_press_is_not_joined(tmp_path: Path) -> None:
    """The draft is still there, and can be sent."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await meet(on)
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        await on.press(RESIDENT, "撤回")
        await on.press(RESIDENT, "确定撤回")
        await on.press(NEIGHBOUR, "加入此事项")
        assert (await on.house.store.read.case(NUMBER)).voices == 1
        assert not on.heard(NEIGHBOUR, "您已加入此事项")
        await on.press(NEIGHBOUR, "提交")
        assert on.heard(NEIGHBOUR, "CB-2026-000002")


async def test_neither_ones_own_case_nor_another_place_is_offered(tmp_path: Path) -> None:
    """The filer may write of it again; a lamp of another village is another lamp."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(RESIDENT, SAME)
        await meet(on, OTHER)
        assert not on.heard(RESIDENT, "已有类似事项正在办理")
        assert not on.heard(NEIGHBOUR, "已有类似事项正在办理")


async def test_the_filer_leaves_it_to_the_neighbour_and_comes_back(tmp_path: Path) -> None:
    """No more news, no question, not listed; old buttons and links say so; the last one behind it withdraws instead."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await meet(on)
        await on.press(NEIGHBOUR, "加入此事项")
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        assert not any("撤回" in each.labels for each in on.heard(RESIDENT, NUMBER))
        await on.press(RESIDENT, "补充")
        on.sandbox.world.contact(RESIDENT, PHONE)
        await look(on, NUMBER)
        assert len(on.heard(OFFICER, PHONE)) == 1
        await on.press(RESIDENT, "退出此事项")
        await on.press(RESIDENT, "确定退出")
        await look(on, NUMBER)
        assert len(on.heard(OFFICER, PHONE)) == 1
        assert on.heard(RESIDENT, "您已退出此事项")
        assert not on.heard(OFFICER, "退出")
        assert not on.heard(NEIGHBOUR, "退出")
        await on.say(RESIDENT, "/my")
        assert on.heard(RESIDENT, "这里没有您的事项")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已更换路灯六盏")
        assert on.heard(NEIGHBOUR, "已更换路灯六盏")
        assert not on.heard(RESIDENT, "已更换路灯六盏")
        before = len(on.heard(RESIDENT, "您已退出此事项"))
        await on.press(RESIDENT, f"查看 {NUMBER}")
        await on.say(RESIDENT, f"/start t-{NUMBER}")
        assert len(on.heard(RESIDENT, "您已退出此事项")) == before + 2
        entries = await on.house.store.read.entries_of(NUMBER)
        assert not any(isinstance(each.fact, PressRefused) for each in entries)
        await on.press(RESIDENT, "重新加入")
        assert on.heard(RESIDENT, "您已加入此事项")
        await look(on, NUMBER)
        assert len(on.heard(OFFICER, PHONE)) == 1
        await on.press(NEIGHBOUR, "已解决")
        case = await on.house.store.read.case(NUMBER)
        assert (case.state, case.left, [voice for voice, _ in await on.house.store.read.voices_of(NUMBER)]) == (
            State.CLOSED,
            (1,),
            [2, 3],
        )


async def test_whoever_leaves_what_their_case_was_merged_into_is_shown_nowhere(tmp_path: Path) -> None:
    """The officer in charge of the merged case read the number before, and not after its filer has left the other one."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        await meet(on, OTHER)
        on.sandbox.world.contact(NEIGHBOUR, PHONE)
        await on.press(NEIGHBOUR, "提交")
        await on.say(OFFICER, f"/find {SECOND}")
        await on.press(OFFICER, "签收")
        await look(on, SECOND)
        assert len(on.heard(OFFICER, PHONE)) == 1
        await on.say(SUPERVISOR, f"/find {SECOND}")
        await on.press(SUPERVISOR, "更多")
        await on.press(SUPERVISOR, "并案")
        await on.say(SUPERVISOR, NUMBER)
        assert (await on.house.store.read.case(SECOND)).state is State.MERGED
        await look(on, SECOND)
        assert len(on.heard(OFFICER, PHONE)) == 2
        await on.say(NEIGHBOUR, f"/start t-{NUMBER}")
        await on.press(NEIGHBOUR, "退出此事项")
        await on.press(NEIGHBOUR, "确定退出")
        await look(on, SECOND)
        assert len(on.heard(OFFICER, PHONE)) == 2
