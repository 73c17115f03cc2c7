"""Weeks pass, a closed case is drawn, somebody outside its unit asks again, and it goes on when it is not so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.actions.call_back import ANSWERED_WITHIN
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import RESIDENT as RESIDENT_ACTOR
from bot.rules.entry import CalledBack, Entry, Reopened, ReopenReason, Solved
from tests.endtoend.test_days_pass import ADMIN, MONDAY, NUMBER, OFFICER, RESIDENT, file, hire
from tests.media.files import photo
from tests.support.stage import Stage, stage

OPERATOR, SUPERVISOR = 1003, 2003
TOLD = "随机回访名单已抽出"
ASKED = "责任单位以外的同志向您回访"


@asynccontextmanager
async def drawn(folder: Path, *callers: tuple[int, Role]) -> AsyncIterator[Stage]:
    """Let a seed be pledged, a case be filed and closed in the week after, and the draw fall on it."""
    async with stage(folder, MONDAY) as on:
        await on.say(RESIDENT, "/start")
        for account, role in callers:
            await hire(on, account, role, None)
        await on.clock.advance(timedelta(days=7))
        await file(on)
        await on.press(OFFICER, "签收")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已经修好")
        await on.press(RESIDENT, "已解决")
        assert not any(on.heard(account, TOLD) for account, _ in callers)
        await on.clock.advance(timedelta(days=7))
        yield on


async def entries(on: Stage) -> list[Entry]:
    """Return what a callback left in the ledger."""
    found = await on.house.store.read.entries_of(NUMBER)
    return [each for each in found if isinstance(each.fact, CalledBack | Reopened)]


async def test_a_resident_who_says_no_to_the_bot_has_the_case_go_on(tmp_path: Path) -> None:
    """Told once, listed, asked by one tap, answered by another; the second answer changes nothing."""
    async with drawn(tmp_path, (OPERATOR, Role.OPERATOR), (SUPERVISOR, Role.SUPERVISOR)) as on:
        assert len(on.heard(OPERATOR, TOLD)) == len(on.heard(SUPERVISOR, TOLD)) == 1
        assert not on.heard(ADMIN, TOLD)
        assert not on.heard(OFFICER, TOLD)
        await on.press(OPERATOR, "查看回访名单")
        assert on.heard(OPERATOR, NUMBER)
        assert not on.heard(OPERATOR, "路灯坏了")
        await on.press(OPERATOR, f"回访 {NUMBER}")
        await on.press(OPERATOR, "通过机器人询问")
        (question,) = on.heard(RESIDENT, ASKED)
        await on.clock.advance(ANSWERED_WITHIN)
        (silent,) = on.heard(OPERATOR, "回访还没有人回答")
        assert not on.heard(SUPERVISOR, "回访还没有人回答")
        await on.press(RESIDENT, "没有解决")
        called, reopened = await entries(on)
        assert (called.actor, called.fact) == (RESIDENT_ACTOR, CalledBack(round=1, solved=Solved.NO))
        assert isinstance(reopened.fact, Reopened)
        assert reopened.fact.reason is ReopenReason.CALLBACK
        assert on.heard(SUPERVISOR, "没有解决")
        card, told = on.heard(OPERATOR, "回访已有回答")
        assert card.message_id < silent.message_id < told.message_id
        assert "回答：没有解决" in told.text
        case = await on.house.store.read.case(NUMBER)
        assert (case.state, case.now.number) == (State.ASSIGNED, 2)
        assert not any("电话回访：已解决" in each.labels for each in on.sandbox.world.transcript(OPERATOR))
        await on.say(OPERATOR, "/callbacks")
        assert on.heard(OPERATOR, "目前没有等待您回访的事项")
        assert len(await entries(on)) == 2
        assert question.message_id


async def test_an_answer_by_telephone_is_the_callers_entry_and_confirms_the_case(tmp_path: Path) -> None:
    """Where there is neither operator nor supervisor, the admin is told and calls."""
    async with drawn(tmp_path) as on:
        assert len(on.heard(ADMIN, TOLD)) == 1
        await on.say(OFFICER, "/callbacks")
        assert not on.heard(OFFICER, "等待回访")
        await on.say(ADMIN, "/callbacks")
        await on.press(ADMIN, f"回访 {NUMBER}")
        await on.press(ADMIN, "电话回访：已解决")
        assert on.heard(ADMIN, "回访结果已登记")
        (called,) = await entries(on)
        assert called.fact == CalledBack(round=1, solved=Solved.YES)
        assert called.actor.startswith("s-")
        assert (await on.house.store.read.case(NUMBER)).state is State.CLOSED
        assert not on.heard(RESIDENT, ASKED)
