"""A resident reads the privacy page, takes away all that is kept, is forgotten; as a process, against the stand-in."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.erasure_list import list_beside, read_list
from tests.endtoend.test_backup import entries_of
from tests.support.program import SECONDS, Program, program

WANG, LI, ZHANG = 301, 302, 303
LAMP, PIPE = "坎乡三村的路灯坏了一周", "家里水管漏水三天了"


async def filed(running: Program, account: int, words: str) -> str:
    """Have somebody file a case; return its number."""
    seen = running.last_id(account)
    running.sandbox.world.text(account, words)
    await running.press(account, "提交")
    found = re.search(r"CB-\d+-\d+", (await running.hears(account, "CB-", after=seen)).text)
    assert found is not None
    return found[0]


def fields_of(value: object) -> dict[str, str]:
    """Read the fields of a file."""
    assert isinstance(value, dict)
    return value


def column(folder: Path, query: str) -> list[object]:
    """Ask the database for one column."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        return [row[0] for row in connection.execute(query)]


async def test_a_life_with_rights(tmp_path: Path) -> None:
    """Who opened the case stands in the file; the tie is cut and the case goes on; all is erased, and the chat forgotten."""
    async with program(tmp_path, [WANG, LI, ZHANG]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(ZHANG, "officer", "transport")
        for account in (WANG, LI):
            world.text(account, "/start")
            await running.press(account, "中文")
            await running.hears(account, "您好")
        await running.press(WANG, "我写的内容会怎样处理")
        await running.hears(WANG, "24 个月")
        lamp, pipe = await filed(running, WANG, LAMP), await filed(running, LI, PIPE)

        seen = running.last_id(ZHANG)
        world.text(ZHANG, "/tasks")
        await running.press(ZHANG, f"查看 {lamp}")
        await running.hears(ZHANG, LAMP, after=seen)
        # before the office opens the notice comes now, too, and shows the same words
        await world.wait_for(lambda: column(tmp_path, "SELECT seq FROM ledger WHERE kind = 'looked'"), SECONDS)
        seen = running.last_id(WANG)
        world.text(WANG, "/mydata")
        sent = await running.hears(WANG, "系统保存的关于您的全部信息", after=seen)
        page = world.scene.files[fields_of(sent.media["document"])["file_id"]].content.decode()
        for part in (LAMP, lamp, "有人打开过：您写的内容；岗位：经办人，单位：交通运输局"):
            assert part in page
        assert PIPE not in page

        world.text(WANG, "/forget")
        await running.hears(WANG, "1 件，其中未结束：1 件")
        await running.press(WANG, "保持不变")
        await running.hears(WANG, "没有删除任何内容")
        world.text(WANG, "/forget")
        await running.press(WANG, "只切断关联")
        await running.hears(WANG, "已没有事项与您关联")
        assert column(tmp_path, f"SELECT person FROM voices WHERE number = '{lamp}'") == []
        assert len(column(tmp_path, f"SELECT slot FROM words WHERE number = '{lamp}'")) == 1

        world.text(LI, "/forget")
        await running.press(LI, "全部删除")
        await running.hears(LI, "未结束的事项已撤回")
        assert column(tmp_path, f"SELECT slot FROM words WHERE number = '{pipe}'") == []
        states = {each["number"]: each["state"] for each in (await running.ask("cases", "--json")).json()}
        assert states == {lamp: "assigned", pipe: "withdrawn"}
        assert len(column(tmp_path, "SELECT id FROM persons")) == 3
        assert await running.stop() == 0
        assert (await running.ask("ledger", "verify")).code == 0
    kinds = [row[2] for row in entries_of(tmp_path / "bot.db")]
    for kind in ("looked", "tie_cut", "withdrawn", "content_erased"):
        assert kinds.count(kind) == 1
    assert set(read_list(list_beside(tmp_path / "bot.db"))) == {f"voice:{lamp}/1", f"closing:{lamp}", f"case:{pipe}"}
