"""The master key is changed under a running bot, killed at any step, lost, typed in again: nothing sealed is ever lost."""

from __future__ import annotations

import asyncio
import re
import stat
from pathlib import Path

import pytest

from storage.masters import masters_of, read_masters, written
from storage.queries import load
from storage.rotation import versions_in_use
from storage.sqlite.engine import open_sqlite
from storage.store import open_store
from storage.vault import SystemRandomness, Vault
from tests.endtoend.test_backup import county_with_backup, entries_of, lives, storm, unfinished_in
from tests.support.program import SECONDS, program
from tests.support.store import MASTER, POTHOLE, RESIDENT


async def versions_of(database: Path) -> list[int]:
    """List the versions of the master key that a database needs."""
    engine = await open_sqlite(database, load("sqlite"), read_only=True)
    try:
        return list(await versions_in_use(engine))
    finally:
        await engine.close()


async def words_read(folder: Path) -> list[str]:
    """Open a county with the key file beside it, as the bot does, and read what was said in each case."""
    engine = await open_sqlite(folder / "bot.db", load("sqlite"), read_only=False)
    try:
        store = await open_store(engine, Vault(masters_of(folder / "master.key"), SystemRandomness()), SystemRandomness())
        numbers = [case.number async for case, _ in store.read.cases()]
        return [await store.read.words_of(number, "filed") or "" for number in numbers]
    finally:
        await engine.close()


async def test_a_rotation_killed_at_any_step_leaves_what_opens(tmp_path: Path) -> None:
    """Every word can be read with the key file as it was left; said again, the rotation ends as if nothing had been."""
    begin, place = tmp_path / "begin", tmp_path / "lives"
    begin.mkdir()
    await county_with_backup(begin)
    folders = lives(begin, place, "key", "rotate")
    states = set()
    for folder in folders:
        assert await words_read(folder) == [POTHOLE, POTHOLE]
        keys = read_masters(folder / "master.key")
        assert keys is not None
        states.add((tuple(sorted(keys)), tuple(await versions_of(folder / "bot.db"))))
    assert states <= {((1,), (1,)), ((1, 2), (1,)), ((1, 2), (1, 2)), ((1, 2), (2,)), ((2,), (2,))}
    assert {((1,), (1,)), ((2,), (2,))} < states  # some died before, some after, some in between
    (half, *_) = [folder for folder in folders if len(read_masters(folder / "master.key") or ()) == 2]
    async with program(half, []) as running:
        answer = await running.ask("key", "rotate", "--json")
        assert answer.code == 0, answer.err
        assert (answer.json()["version"], answer.json()["dropped"]) == (2, [1])
    assert list(read_masters(half / "master.key") or ()) == await versions_of(half / "bot.db") == [2]
    assert [each.name for each in half.iterdir() if each.name.startswith("master.key")] == ["master.key"]
    assert not unfinished_in(half)


async def test_the_key_changes_while_people_write(tmp_path: Path) -> None:
    """Twice; nothing that anyone says meanwhile is lost or set aside, known people stay known."""
    async with program(tmp_path, [RESIDENT, *range(101, 111)]) as running:
        await running.start()
        running.sandbox.world.text(RESIDENT, "坎乡三村的路灯坏了")
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        stop = asyncio.Event()
        storming = asyncio.create_task(storm(running, stop))
        try:
            for version in (2, 3):
                answer = await running.ask("key", "rotate", "--json")
                assert (answer.code, answer.json()["version"]) == (0, version), answer.err
        finally:
            stop.set()
        assert await storming > 10
        assert list(read_masters(tmp_path / "master.key") or ()) == await versions_of(tmp_path / "bot.db") == [3]
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "/my")
        await running.hears(RESIDENT, "CB-", after=seen)
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "水管漏水三天了")  # who wrote more than the county allows still waits
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记", after=seen)
        await running.sandbox.world.updates_taken(SECONDS)
        assert await running.stop() == 0
        assert (await running.ask("check", "--json")).json()[3]["ok"]
        assert (await running.ask("ledger", "verify")).code == 0
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "failed" not in log, log


async def test_a_lost_key_file_is_told_and_typed_in_again_from_paper(tmp_path: Path) -> None:
    """Exit 2, one line, and no new key in its place; the page from the safe is enough to go on."""
    await county_with_backup(tmp_path)
    async with program(tmp_path, []) as running:
        page = await running.ask("key", "export")
        assert page.code == 0
        (tmp_path / "master.key").unlink()
        for words in (["run"], ["key", "rotate"], ["key", "export"], ["invite", "--role", "admin"], ["migrate"]):
            lost = await running.ask(*words)
            assert (lost.code, lost.out) == (2, ""), words
            (line,) = lost.err.strip().splitlines()
            assert "master.key is not there" in line
            assert not (tmp_path / "master.key").exists()
        groups = re.search(r"^version 1 .*\n +([A-Za-z0-9+/= ]+)$", page.out, re.MULTILINE)
        assert groups is not None
        (tmp_path / "master.key").touch(0o600)
        (tmp_path / "master.key").write_text(f"1 {groups[1].replace(' ', '')}\n", encoding="ascii")
        assert (await running.ask("invite", "--role", "admin")).code == 0
        assert len(await words_read(tmp_path)) == 2


async def test_an_emptied_database_is_told_where_the_key_is_still_there(tmp_path: Path) -> None:
    """A new county may begin with a prepared key, so it does; but nobody loses the old one without a word."""
    async with program(tmp_path, []) as running:
        assert (await running.ask("invite", "--role", "admin")).err.count("empty") == 0
        for name in ("bot.db", "bot.db-wal", "bot.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        (tmp_path / "bot.db").touch()
        invited = await running.ask("invite", "--role", "admin")
    assert invited.code == 0
    assert invited.err.count("the database is empty") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(written({1: bytes(32)}), "does not open this database", id="another key"),
        pytest.param(written({2: MASTER}), "no version 1", id="the right key under another version"),
        pytest.param(b"1 garbage\n", "line 1", id="no key"),
    ],
)
async def test_a_wrong_key_file_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """Whatever is begun with it; nothing is changed, neither file nor database."""
    await county_with_backup(tmp_path)
    (tmp_path / "master.key").write_bytes(content)
    before = entries_of(tmp_path / "bot.db")
    async with program(tmp_path, []) as running:
        for words in (["run"], ["key", "rotate"]):
            answer = await running.ask(*words)
            (line,) = answer.err.strip().splitlines()
            assert (answer.code, answer.out, said in line) == (2, "", True), line
        keys = (await running.ask("check", "--json")).json()[3]
        assert (keys["check"], keys["ok"]) == ("keys", False)
    assert (tmp_path / "master.key").read_bytes() == content
    assert entries_of(tmp_path / "bot.db") == before


async def test_old_versions_stay_where_asked_and_open_old_backups(tmp_path: Path) -> None:
    """With --keep-old an earlier backup goes back at once; without, it says which version it needs."""
    await county_with_backup(tmp_path)
    async with program(tmp_path, []) as running:
        prepared = await running.ask("key", "rotate", "--prepare", "--json")
        assert prepared.json() == {"version": 2, "rewrapped": 0, "dropped": []}
        assert await versions_of(tmp_path / "bot.db") == [1]
        kept = await running.ask("key", "rotate", "--keep-old", "--json")
        assert (kept.json()["version"], kept.json()["dropped"]) == (2, [])
        assert (await running.ask("restore", "backup.db", "--force")).code == 0
        assert (await running.ask("key", "rotate", "--json")).json()["version"] == 2
        refused = await running.ask("restore", "backup.db", "--force")
        assert (refused.code, "no version 1" in refused.err) == (2, True), refused.err


async def test_the_page_for_the_safe_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Mode 0600, never over a file that is there."""
    await county_with_backup(tmp_path)
    async with program(tmp_path, []) as running:
        assert (await running.ask("key", "export", "-o", "safe.txt")).code == 0
        assert stat.S_IMODE((tmp_path / "safe.txt").stat().st_mode) == 0o600
        assert "check letters" in (tmp_path / "safe.txt").read_text(encoding="utf-8")
        assert (await running.ask("key", "export", "-o", "safe.txt")).code == 2
