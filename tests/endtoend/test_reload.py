"""A changed county file comes into force while the bot runs: seen first, by an admin's tap, at once, and as an entry."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from bot.county import sample_county_path
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import CountyChanged, Entry
from bot.rules.identity import UnitId
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file, hire
from tests.support.stage import Stage, stage

SUPERVISOR, BUILDER = 2003, 1002
ROADS = 'id = "roads"\nname = { zh = "道路交通", ug = "يول ۋە قاتناش" }\nunit = "transport"'


def written(folder: Path) -> Path:
    """Write the sample county where it can be changed."""
    path = folder / "county.toml"
    path.write_bytes(sample_county_path().read_bytes())
    return path


def change(path: Path, old: str, new: str) -> None:
    """Say something else in one place."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def last(on: Stage, account: int) -> str:
    """Return what the bot said last in a chat."""
    shown = on.sandbox.world.last_from_bot(account)
    assert shown is not None
    return shown.text


async def entered(on: Stage) -> list[Entry]:
    """Return the entries about the county file."""
    rows = [row async for page in on.house.store.read.ledger() for row in page]
    return [entry for entry in map(read, rows) if isinstance(entry.fact, CountyChanged)]


async def test_a_change_is_shown_then_in_force_at_once_and_entered(tmp_path: Path) -> None:
    """The next case goes to the other unit; the one filed before keeps its unit and its limit."""
    path = written(tmp_path)
    async with stage(tmp_path, MONDAY, path) as on:
        await file(on)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, None)
        await hire(on, BUILDER, Role.OFFICER, "housing")
        before = await on.house.store.read.case(NUMBER)
        change(path, ROADS, ROADS.replace("transport", "housing"))
        change(path, 'handle = "7d"', 'handle = "9d"')
        await on.say(ADMIN, "/reload")
        assert "县配置文件有改动（2 处）" in last(on, ADMIN)
        assert '− "transport"\n+ "housing"' in last(on, ADMIN)
        assert await entered(on) == []
        await on.press(ADMIN, "立即生效")
        assert "新的县配置文件已生效" in last(on, ADMIN)
        assert on.heard(SUPERVISOR, "新的县配置文件已生效")
        (entry,) = await entered(on)
        assert entry.fact == CountyChanged(file=hashlib.sha256(path.read_bytes()).hexdigest(), changes=2)
        assert entry.actor.startswith("s-")
        await on.clock.advance(timedelta(seconds=30))  # a person gets one notice a second
        await on.say(RESIDENT, "投诉：坎乡五村的道路坑坑洼洼没有人管")
        await on.press(RESIDENT, "提交")
        cases = [case async for case, _ in on.house.store.read.cases()]
        assert [case.unit for case in cases] == [UnitId("transport"), UnitId("housing")]
        assert (await on.house.store.read.case(NUMBER)) == before
        assert "7d" in str(cases[0].now.rule)
        assert "9d" in str(cases[1].now.rule)


async def test_a_broken_file_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    """Each mistake with its place, in the reader's language; a unit with open cases cannot go; nothing is entered."""
    path = written(tmp_path)
    async with stage(tmp_path, MONDAY, path) as on:
        await file(on)
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole + "\n[[[", encoding="utf-8")
        await on.say(ADMIN, "/reload")
        assert "县配置文件有误" in last(on, ADMIN)
        assert "不是正确的 TOML 格式" in last(on, ADMIN)
        path.write_text(whole.replace('"transport"', '"highways"'), encoding="utf-8")
        await on.say(ADMIN, "/reload")
        assert "unit[transport]\n现在还不能去掉：未办结事项 1 件，工作人员 2 名" in last(on, ADMIN)
        path.write_text(whole.replace('code = "654022"\n', 'code = "654023"\n'), encoding="utf-8")
        await on.say(ADMIN, "/reload")
        assert "county.code\n台账属于代码为 654022 的县" in last(on, ADMIN)
        path.unlink()
        await on.say(ADMIN, "/reload")
        assert "文件读不出来" in last(on, ADMIN)
        assert await entered(on) == []
        path.write_text("# nothing but a comment more\n" + whole, encoding="utf-8")
        await on.say(ADMIN, "/reload")
        assert "与现行配置一致" in last(on, ADMIN)


async def test_what_was_not_shown_does_not_come_into_force(tmp_path: Path) -> None:
    """Edited between the look and the tap, it is shown anew; and only an admin may."""
    path = written(tmp_path)
    async with stage(tmp_path, MONDAY, path) as on:
        await file(on)
        change(path, 'digest = "mon 10:30"', 'digest = "mon 10:45"')
        await on.say(ADMIN, "/reload")
        change(path, 'digest = "mon 10:45"', 'digest = "mon 11:00"')
        await on.press(ADMIN, "立即生效")
        assert "县配置文件有改动（1 处）" in last(on, ADMIN)
        assert '+ "mon 11:00"' in last(on, ADMIN)
        assert await entered(on) == []
        await on.press(ADMIN, "立即生效")
        assert len(await entered(on)) == 1
        assert on.house.desk.county.hours.digest_time.hour == 11


async def test_only_an_admin_puts_a_file_in_force_whatever_is_pressed(tmp_path: Path) -> None:
    """The very button that the admin was shown does nothing under another hand."""
    path = written(tmp_path)
    async with stage(tmp_path, MONDAY, path) as on:
        await file(on)
        change(path, 'digest = "mon 10:30"', 'digest = "mon 10:45"')
        await on.say(ADMIN, "/reload")
        offer = on.sandbox.world.last_from_bot(ADMIN)
        assert offer is not None
        data = str(offer.buttons[0][0]["callback_data"])
        for account in (LEAD, OFFICER, RESIDENT):
            await on.say(account, "/reload")
            assert "您没有权限" in last(on, account)
            shown = on.sandbox.world.last_from_bot(account)
            assert shown is not None
            on.sandbox.world.press(account, shown.message_id, data=data)
            await on.clock.advance(timedelta())
        assert await entered(on) == []
        on.sandbox.world.press(ADMIN, offer.message_id, data=data)
        await on.clock.advance(timedelta())
        assert len(await entered(on)) == 1
