"""`erase` while the bot runs, killed, and after a restore: what was erased stays erased, and the ledger holds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.erasure_list import list_beside, read_list
from tests.endtoend.test_backup import county_with_backup, entries_of, lives
from tests.endtoend.test_key import words_read
from tests.storage.test_erasing import files_with
from tests.support.program import program
from tests.support.store import POTHOLE, RESIDENT

NUMBER = "CB-2026-000001"


async def test_an_erasure_while_the_bot_runs(tmp_path: Path) -> None:
    """Nothing of it in any file, at once; the bot goes on; the resident's list is empty; the ledger says so and holds."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        running.sandbox.world.text(RESIDENT, POTHOLE)
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
            (key,) = connection.execute("SELECT wrapped FROM keys WHERE owner LIKE 'case:%'").fetchone()
            (words,) = connection.execute("SELECT body FROM words").fetchone()
        unknown = await running.ask("erase", "--case", "CB-2026-999999")
        assert (unknown.code, unknown.out) == (2, "")
        (case,) = (await running.ask("cases", "--json")).json()
        answer = await running.ask("erase", "--case", case["number"], "--json")
        assert answer.code == 0, answer.err
        assert answer.json()["files_clean"]
        assert files_with(tmp_path, key) == files_with(tmp_path, words[:24]) == set()
        assert list(read_list(list_beside(tmp_path / "bot.db"))) == [f"case:{case['number']}"]
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "/my")
        await running.hears(RESIDENT, "", after=seen)
        assert case["number"] not in running.sandbox.world.transcript(RESIDENT)[-1].text
        assert (await running.ask("erase", "--case", case["number"])).code == 0  # said again, it is not wrong
        assert await running.stop() == 0
        assert (await running.ask("ledger", "verify")).code == 0
    assert [row[2] for row in entries_of(tmp_path / "bot.db")].count("content_erased") == 2


async def test_what_was_erased_after_a_backup_is_erased_again_when_that_is_put_back(tmp_path: Path) -> None:
    """From the list beside the database; and on another machine, from the list beside a later backup in the same folder."""
    await county_with_backup(tmp_path)
    kept, other = tmp_path / "kept", tmp_path / "other"
    kept.mkdir()
    async with program(tmp_path, []) as running:
        shutil.move(tmp_path / "backup.db", kept / "early.db")
        assert await words_read(tmp_path) == [POTHOLE, POTHOLE]
        assert (await running.ask("erase", "--case", NUMBER)).code == 0
        assert (await running.ask("backup", "kept/late.db")).code == 0
        assert sorted(each.name for each in kept.iterdir()) == ["early.db", "late.db", "late.db.erased"]

        answer = await running.ask("restore", "kept/early.db", "--force", "--json")
        assert (answer.code, answer.json()["erased_again"]) == (0, 1), answer.err
        assert await words_read(tmp_path) == [""]

        other.mkdir()
        shutil.copy(tmp_path / "master.key", other / "master.key")
        running.settings = {
            "BOT_DATABASE": f"sqlite:///{other / 'bot.db'}",
            "BOT_KEY_FILE": str(other / "master.key"),
        }
        assert (await running.ask("restore", "kept/early.db", "--json")).json()["erased_again"] == 1
        assert await words_read(other) == [""]
        assert (await running.ask("ledger", "verify")).code == 0
        assert (await running.ask("restore", "kept/late.db", "--force", "--json")).json()["erased_again"] == 0


async def test_an_erasure_killed_at_any_step_is_whole_or_not_begun(tmp_path: Path) -> None:
    """And said again it is whole; the list has it then, whatever happened."""
    begin, place = tmp_path / "begin", tmp_path / "lives"
    begin.mkdir()
    await county_with_backup(begin)
    folders = lives(begin, place, "erase", "--case", NUMBER)
    found = set()
    for folder in folders:
        kinds = [row[2] for row in entries_of(folder / "bot.db")]
        words = await words_read(folder)
        assert words == (["", POTHOLE] if "content_erased" in kinds else [POTHOLE, POTHOLE])
        found.add(words[0])
    assert found == {"", POTHOLE}
    async with program(folders[-2], []) as running:
        assert (await running.ask("erase", "--case", NUMBER)).code == 0
        assert list(read_list(list_beside(folders[-2] / "bot.db"))) == [f"case:{NUMBER}"]
