"""Those who were served are asked by the bot, answer with four taps, and nothing says who said what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.rules.chain import read
from bot.rules.entry import SurveyBegun, SurveyCounted, SurveyEnded, SurveyPledged
from bot.rules.survey import Counted, Question, pledge_of
from handlers.callback import BeginSurvey, encode
from tests.endtoend.test_days_pass import ADMIN, LEAD, OFFICER, RESIDENT, file
from tests.media.files import photo
from tests.support.stage import Stage, stage

OCTOBER = datetime(2026, 10, 28, 4, 0, tzinfo=UTC)
SOON = timedelta(seconds=10)


def last(on: Stage, account: int) -> str:
    """Return what the bot said last in a chat."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.text


async def facts(on: Stage) -> list[object]:
    """Return what all entries say."""
    return [read(row).fact async for page in on.house.store.read.ledger() for row in page]


async def closed_case(on: Stage) -> None:
    """Have a case filed, resolved and rated."""
    await file(on)
    await on.press(OFFICER, "签收")
    await on.press(OFFICER, "办结")
    on.sandbox.world.photo(OFFICER, photo())
    await on.say(OFFICER, "灯已换好")
    await on.clock.advance(SOON)
    await on.press(RESIDENT, "已解决")
    await on.clock.advance(SOON)
    await on.press(RESIDENT, "5 非常满意")
    await on.clock.advance(timedelta(days=7))


async def test_a_resident_answers_four_questions_once(tmp_path: Path) -> None:
    """Drawn from the month's closed cases; the result of a single answer is nobody's to see."""
    async with stage(tmp_path, OCTOBER) as on:
        await closed_case(on)
        await on.say(LEAD, "/survey")
        assert "您没有权限" in last(on, LEAD)
        await on.say(ADMIN, "/survey")
        await on.press(ADMIN, "调查 2026-10")
        await on.clock.advance(SOON)
        assert "已邀请 1 人" in last(on, ADMIN)
        assert "您对交通运输局的评价" in last(on, RESIDENT)
        asked = on.sandbox.world.last_from_bot(RESIDENT)
        assert asked is not None
        first = str(asked.buttons[0][0]["callback_data"])
        for _ in Question:
            await on.press(RESIDENT, "好")
            await on.clock.advance(SOON)
        assert "谢谢您" in last(on, RESIDENT)
        counts = await on.house.store.read.survey_counts("2026-10")
        assert counts == {"transport": dict.fromkeys(Question, Counted(1, 0, 0))}
        on.sandbox.world.press(RESIDENT, asked.message_id, data=first)
        await on.clock.advance(SOON)
        assert await on.house.store.read.survey_counts("2026-10") == counts
        await on.say(ADMIN, "/survey")
        assert "调查进行中" in last(on, ADMIN)
        await on.clock.advance(timedelta(days=14))
        found = await facts(on)
        (begun,) = [fact for fact in found if isinstance(fact, SurveyBegun)]
        bound = {fact.period: fact.pledge for fact in found if isinstance(fact, SurveyPledged)}
        assert begun.asked == 1
        assert bound["2026-10"] == pledge_of(bytes.fromhex(begun.seed))
        assert set(bound) == {"2026-10", "2026-11"}
        assert [fact.answered for fact in found if isinstance(fact, SurveyEnded)] == [1]
        assert not [fact for fact in found if isinstance(fact, SurveyCounted)]
        await on.say(ADMIN, "/survey")
        assert "答复人数：1" in last(on, ADMIN)
        message = on.sandbox.world.last_from_bot(ADMIN)
        assert message is not None
        on.sandbox.world.press(ADMIN, message.message_id, data=encode(BeginSurvey("2026-10")))
        await on.clock.advance(SOON)
        assert len([fact for fact in await facts(on) if isinstance(fact, SurveyBegun)]) == 1
