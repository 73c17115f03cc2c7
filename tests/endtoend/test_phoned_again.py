"""Who has no chat is asked by telephone what a unit wants to know, and phones again to add, to urge and to take it back."""

from __future__ import annotations

from pathlib import Path

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Added, Resumed, Resuming, Urged, Withdrawn
from tests.endtoend.test_days_pass import MONDAY, NUMBER, OFFICER, hire
from tests.support.stage import Stage, stage

OPERATOR = 2003
PHONE = "13999991234"


async def entered(on: Stage, phone: str | None) -> None:
    """Have an operator write down a call, and the officer sign for it."""
    await hire(on, OFFICER, Role.OFFICER, "transport")
    await hire(on, OPERATOR, Role.OPERATOR, None)
    await on.say(OPERATOR, "/hotline")
    await on.say(OPERATOR, "坎乡三村口的路灯坏了")
    if phone is not None:
        await on.say(OPERATOR, phone)
    await on.press(OPERATOR, "提交")
    await on.press(OFFICER, "签收")


async def test_a_unit_asks_and_the_caller_answers_by_telephone(tmp_path: Path) -> None:
    """The clock stands still until the operator has written the answer down, and the officer reads where it is from."""
    async with stage(tmp_path, MONDAY) as on:
        await entered(on, PHONE)
        await on.press(OFFICER, "询问居民")
        await on.say(OFFICER, "是哪一盏灯？")
        assert (await on.house.store.read.case(NUMBER)).state is State.WAITING
        assert on.heard(OPERATOR, "责任单位有问题，请回电询问")
        await on.say(OPERATOR, "/calls")
        await on.press(OPERATOR, f"回访 {NUMBER} 的来电群众")
        assert on.heard(OPERATOR, "是哪一盏灯？")
        await on.press(OPERATOR, "查看电话号码（会记入台账）")
        assert on.heard(OPERATOR, PHONE)
        await on.press(OPERATOR, "录入答复")
        await on.say(OPERATOR, "村口第三盏")
        assert on.heard(OFFICER, "村口第三盏")
        assert on.heard(OFFICER, "这是群众在电话里说的，由话务员录入")
        entry = (await on.house.store.read.entries_of(NUMBER))[-1]
        assert isinstance(entry.fact, Resumed)
        operators = await on.house.store.read.staff_of(None, frozenset({Role.OPERATOR}))
        assert (entry.fact.because, entry.actor) == (Resuming.ANSWERED, operators[0].id)
        await on.say(OPERATOR, "/calls")
        assert on.heard(OPERATOR, "目前没有等待回访的来电群众")


async def test_who_left_no_number_cannot_be_asked(tmp_path: Path) -> None:
    """The officer is told so before they write, and the clock does not stop."""
    async with stage(tmp_path, MONDAY) as on:
        await entered(on, None)
        await on.press(OFFICER, "询问居民")
        assert on.heard(OFFICER, "无法询问：反映人没有使用本平台")
        assert (await on.house.store.read.case(NUMBER)).state is State.ACCEPTED


async def test_whoever_phones_again_is_known_by_the_number_they_left(tmp_path: Path) -> None:
    """They hear where it stands, add, urge and withdraw; every entry names the operator."""
    async with stage(tmp_path, MONDAY) as on:
        await entered(on, PHONE)
        await on.say(OPERATOR, "/calls")
        await on.press(OPERATOR, "有人来电询问已登记事项")
        await on.say(OPERATOR, f"{NUMBER} 13700000000")
        assert on.heard(OPERATOR, "今天还可试 4 次")
        await on.say(OPERATOR, f"{NUMBER} 139 9999 1234")
        assert on.heard(OPERATOR, "已核实")
        assert on.heard(OPERATOR, "办理中")
        await on.press(OPERATOR, "对方要补充")
        await on.say(OPERATOR, "电线也断了")
        assert on.heard(OFFICER, "电线也断了")
        for label, heard in (("对方要催办", "已录入，已催办"), ("对方要撤回", "确定要撤回吗")):
            await on.say(OPERATOR, f"/calls {NUMBER} {PHONE}")
            await on.press(OPERATOR, label)
            assert on.heard(OPERATOR, heard)
        await on.press(OPERATOR, "对方确定撤回")
        assert (await on.house.store.read.case(NUMBER)).state is State.WITHDRAWN
        operators = await on.house.store.read.staff_of(None, frozenset({Role.OPERATOR}))
        said = [
            each for each in await on.house.store.read.entries_of(NUMBER) if isinstance(each.fact, Added | Urged | Withdrawn)
        ]
        assert [type(each.fact) for each in said] == [Added, Urged, Withdrawn]
        assert {each.actor for each in said} == {operators[0].id}
        await on.say(OFFICER, f"/calls {NUMBER} {PHONE}")
        assert on.heard(OFFICER, "没有权限")
