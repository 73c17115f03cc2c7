"""An official goes out, puts the visit down, and what was heard becomes a case; both are counted in the digest."""

from __future__ import annotations

from pathlib import Path

from bot.reports.digest_json import digest_json
from bot.rules.county import Role
from bot.rules.digest import Scope
from bot.rules.entry import Channel, Filed, Visited
from bot.rules.identity import TownshipId
from bot.rules.period import week_of
from tests.endtoend.test_days_pass import MONDAY, NUMBER, OFFICER, RESIDENT, hire
from tests.support.stage import stage


async def test_a_visit_is_logged_and_what_was_heard_is_a_case(tmp_path: Path) -> None:
    """Place and counts by taps; the matter by words; figures of the week, of the unit and of the county."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        await on.say(OFFICER, "/visit")
        assert on.heard(OFFICER, "走访记录")
        await on.say(OFFICER, "先看看")
        assert len(on.heard(OFFICER, "走访记录")) >= 1
        await on.press(OFFICER, "登记走访")
        assert on.heard(OFFICER, "请选择乡镇，并至少计入一户")
        place = next(each for each in on.sandbox.world.transcript(OFFICER)[::-1] if "登记走访" in each.labels)
        await on.press(OFFICER, next(label for label in place.labels if label.startswith("地点")))
        await on.press(OFFICER, "坎乡")
        for label in ("住户 +5", "住户 -1", "企业 +1"):
            await on.press(OFFICER, label)
        await on.press(OFFICER, "登记走访")
        assert on.heard(OFFICER, "走访已登记")
        await on.press(OFFICER, "录入听到的问题")
        await on.say(OFFICER, "三村口的路灯坏了")
        await on.press(OFFICER, "提交")
        assert on.heard(OFFICER, "关联码")
        await on.press(OFFICER, "已念完，隐藏关联码")

        read = on.house.store.read
        (filed, *_) = await read.entries_of(NUMBER)
        assert isinstance(filed.fact, Filed)
        assert (filed.fact.channel, filed.fact.township) == (Channel.VISIT, "kan")
        week = week_of(on.clock.now(), on.house.desk.county.hours.zone)
        for scope in (Scope("县"), Scope("县", filed.fact.unit), Scope("县", None, filed.fact.township)):
            figures = digest_json(await read.digest(week, scope, on.clock.now()))["figures"]
            assert [figures[name]["n"] for name in ("visits", "households_seen", "firms_seen")] == [1, 4, 1]
        elsewhere = digest_json(await read.digest(week, Scope("县", None, TownshipId("qiongbola")), on.clock.now()))[
            "figures"
        ]
        assert elsewhere["visits"]["n"] == 0
        kinds = [row.kind async for rows in read.ledger() for row in rows]
        assert kinds.count(Visited.KIND) == 1
        assert not on.heard(RESIDENT, "走访")
