"""Backups are made while the bot works, and put back; killed half-way, either leaves what was there or what was to come."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from bot.rules.chain import EMPTY, follow
from storage.queries import load
from storage.restored import SKIPPED
from storage.rows import read_ledger_row
from storage.sqlite.copy import copy_whole
from tests.support.clock import MovableClock
from tests.support.program import ROOT, SECONDS, Program, program
from tests.support.store import MASTER, NEIGHBOUR, OFFICER, RESIDENT, opened_town

Entries = list[tuple[object, ...]]


def entries_of(path: Path) -> Entries:
    """Read a ledger, whatever state its database was left in, and check that it is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(load("sqlite")["ledger_page"], {"first": 0, "limit": 10**6}).fetchall()
        said = connection.execute(load("sqlite")["ledger_head"]).fetchone()
    head = EMPTY
    for row in rows:
        head = follow(head, read_ledger_row(row))
    assert (head.seq, head.chain_hash) == said
    return rows


def is_restored(found: Entries, backup: Entries) -> bool:
    """Say whether a ledger is that of a backup and the entry that says so, not less and not more."""
    return found[:-1] == backup and found[-1][2] == "restored"


def unfinished_in(folder: Path) -> list[Path]:
    """List what a command left half-made."""
    return list(folder.glob("*.unfinished*"))


def files_beside(folder: Path) -> dict[str, bytes]:
    """Read every file but the database's."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.startswith("bot.db")}


async def county_with_backup(folder: Path) -> None:
    """Make a backup, then go on; the bot is killed with its last entries in the write-ahead log, and letters waiting.

    It is today: were the case older, its reminders would have fallen due when the real program opens the database.
    """
    live = folder / "live"
    live.mkdir()
    async with opened_town(live / "bot.db", MovableClock(datetime.now(UTC))) as town:
        await town.staffed()
        await town.file()
        (folder / "backup.db").touch()
        await copy_whole(live / "bot.db", folder / "backup.db", lambda _, __: None)
        await town.file(NEIGHBOUR)
        for name in ("bot.db", "bot.db-wal"):
            shutil.copy(live / name, folder / name)
    shutil.rmtree(live)
    key = folder / "master.key"
    key.touch(0o600)
    key.write_bytes(base64.b64encode(MASTER) + b"\n")


async def storm(running: Program, stop: asyncio.Event) -> int:
    """Write as many people at once, one message behind the other, until told to stop; return how many."""
    sent = 0
    while not stop.is_set():
        calls = len(running.sandbox.world.calls())
        for account in range(101, 111):
            running.sandbox.world.text(account, f"第{sent}次：路灯坏了")
            sent += 1
        await running.sandbox.world.wait_for(lambda before=calls: len(running.sandbox.world.calls()) > before, SECONDS)  # type: ignore[misc]  # a bound default
    return sent


async def test_backups_are_made_under_a_stream_of_messages(tmp_path: Path) -> None:
    """Each holds, none disturbs the bot, the newest N of a name are kept, and each can be put back elsewhere."""
    async with program(tmp_path, range(101, 111)) as running:
        await running.start()
        assert (await running.ask("invite", "--role", "admin")).code == 0
        stop = asyncio.Event()
        storming = asyncio.create_task(storm(running, stop))
        kept = tmp_path / "kept"
        kept.mkdir()
        try:
            single = await running.ask("backup", "single.db", "--json")
            assert (await running.ask("backup", "kept/bot.db", "--keep", "1")).code == 0
            assert (await running.ask("invite", "--role", "admin")).code == 0
            newest = await running.ask("backup", "kept/bot.db", "--keep", "1", "--json")
        finally:
            stop.set()
        assert await storming > 10
        assert single.json()["entries"] == 1
        (only,) = kept.iterdir()
        assert newest.json()["file"] == str(only.relative_to(tmp_path))
        assert newest.json()["entries"] == len(entries_of(only)) == 2
        assert stat.S_IMODE(only.stat().st_mode) == 0o600

        running.settings = {"BOT_DATABASE": f"sqlite:///{tmp_path / 'other' / 'bot.db'}"}
        restored = await running.ask("restore", "single.db", "--json")
        assert (restored.code, restored.json()["entries"], restored.json()["replaced_entries"]) == (0, 1, None)
        assert (await running.ask("ledger", "verify", "--json")).json()["entries"] == 2
        assert stat.S_IMODE((tmp_path / "other" / "bot.db").stat().st_mode) == 0o600

        running.settings = {}
        assert await running.stop() == 0
        assert (await running.ask("ledger", "verify")).code == 0


async def test_after_a_restore_the_bot_goes_on_without_saying_anything_twice(tmp_path: Path) -> None:
    """Waiting letters stay unsent, the next number is more than 1,000 further, the ledger holds, the words are readable."""
    await county_with_backup(tmp_path)
    before = entries_of(tmp_path / "bot.db")
    async with program(tmp_path, [RESIDENT, OFFICER, NEIGHBOUR]) as running:
        told = await running.ask("restore", "backup.db", "--force")
        assert told.code == 0, told.err
        assert f"restored {len(before) - 1} entries" in told.out
        assert f"the ledger that was there had {len(before)} entries" in told.out
        assert "held back" in told.out
        assert (await running.ask("ledger", "verify")).code == 0
        (old,) = (await running.ask("cases", "--json")).json()

        for account in (OFFICER, NEIGHBOUR):
            running.sandbox.world.text(account, "/help")  # Telegram lets a bot write only to those who wrote
        await running.start()
        await running.sandbox.world.updates_taken(SECONDS)
        running.sandbox.world.text(RESIDENT, "坎乡三村的路灯又坏了")
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        await running.hears(OFFICER, "坎乡三村的路灯又坏了")
        assert await running.stop() == 0
        new = (await running.ask("cases", "--json")).json()[-1]
        assert int(new["number"][-6:]) == int(old["number"][-6:]) + SKIPPED + 1
        people = (RESIDENT, OFFICER, NEIGHBOUR)
        heard = [each.text for account in people for each in running.sandbox.world.transcript(account)]
        assert not any(old["number"] in text or "三村口" in text for text in heard)
        assert (await running.ask("ledger", "verify")).code == 0


async def test_a_restore_over_a_running_bot_is_refused(tmp_path: Path) -> None:
    """With or without --force, before anything is changed; and without --force also when nothing runs."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        running.sandbox.world.text(RESIDENT, "/start")
        await running.hears(RESIDENT, "请选择语言")
        assert (await running.ask("backup", "backup.db")).code == 0
        forced = await running.ask("restore", "backup.db", "--force")
        assert (forced.code, forced.out) == (2, "")
        assert "stop the bot" in forced.err
        running.sandbox.world.text(RESIDENT, "/help")
        assert await running.stop() == 0
        refused = await running.ask("restore", "backup.db")
        assert (refused.code, refused.out) == (2, "")
        assert "--force" in refused.err
        assert entries_of(tmp_path / "bot.db") == []
        assert not unfinished_in(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["backup", "bot.db"], "the database itself", id="a backup over the database"),
        pytest.param(["backup", "master.key"], "is no backup", id="a backup over the key file"),
        pytest.param(["backup", "nowhere/b.db"], "cannot be written", id="a folder that is not there"),
        pytest.param(["backup", "b.db", "--keep", "0"], "at least 1", id="keep none"),
        pytest.param(["restore", "bot.db", "--force"], "the database itself", id="a restore from the database"),
        pytest.param(["restore", "master.key", "--force"], "no backup", id="a restore from something else"),
        pytest.param(["restore", "empty.db", "--force"], "no backup", id="a restore from another program's database"),
        pytest.param(["restore", "nothing.db", "--force"], "there is no file", id="a restore from nothing"),
        pytest.param(["restore", "broken.db", "--force"], "does not hold at entry 2", id="a broken ledger"),
        pytest.param(["restore", "newer.db", "--force"], "newer program", id="a newer program's backup"),
    ],
)
async def test_what_cannot_be_meant_is_refused(tmp_path: Path, words: list[str], said: str) -> None:
    """Exit 2, a line that says why, and every file as it was."""
    await county_with_backup(tmp_path)
    with closing(sqlite3.connect(tmp_path / "empty.db")) as connection:
        connection.execute("CREATE TABLE mine (a)")
    for name, change in (
        ("broken.db", ["DROP TRIGGER ledger_keeps_entries", "UPDATE ledger SET actor = 'x' WHERE seq = 2"]),
        ("newer.db", ["ALTER TABLE ledger_head RENAME TO heads", "PRAGMA user_version = 999"]),
    ):
        shutil.copy(tmp_path / "backup.db", tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name, isolation_level=None)) as connection:
            for statement in change:
                connection.execute(statement)
    before = entries_of(tmp_path / "bot.db")
    kept = files_beside(tmp_path)
    async with program(tmp_path, []) as running:
        answer = await running.ask(*words)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.strip().splitlines()
    assert said in line
    assert entries_of(tmp_path / "bot.db") == before
    assert files_beside(tmp_path) == kept


async def test_another_countys_backup_is_not_restored(tmp_path: Path) -> None:
    """With a key file that does not open it, it would be a ledger of which no word can be read."""
    await county_with_backup(tmp_path)
    (tmp_path / "master.key").write_bytes(base64.b64encode(bytes(32)) + b"\n")
    async with program(tmp_path, []) as running:
        answer = await running.ask("restore", "backup.db", "--force")
        assert (answer.code, "BOT_KEY_FILE" in answer.err) == (2, True)
        (tmp_path / "master.key").unlink()
        moved = await running.ask("restore", "backup.db", "--force")
    assert moved.code == 0
    assert "put back" in moved.out
    assert not (tmp_path / "master.key").exists()


async def test_a_broken_ledger_is_backed_up_beside_the_good_backups(tmp_path: Path) -> None:
    """What is found broken takes no good backup's place and drops none; the command says so and ends with 1."""
    await county_with_backup(tmp_path)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        connection.execute("DROP TRIGGER ledger_keeps_entries")
        connection.execute("UPDATE ledger SET actor = 'x' WHERE seq = 2")
        connection.commit()
    good = (tmp_path / "backup.db").read_bytes()
    async with program(tmp_path, []) as running:
        answer = await running.ask("backup", "backup.db")
    assert answer.code == 1
    assert "entry 2" in answer.out
    assert (tmp_path / "backup.db").read_bytes() == good
    assert (tmp_path / "backup.db.broken").exists()


FULL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (99_000, 99_000))
"""
"""No file can be larger than 99 kB: what a full disk says, as often as one likes."""


@pytest.mark.parametrize("words", [("backup", "backup.db"), ("restore", "backup.db", "--force")], ids=["backup", "restore"])
async def test_on_a_full_disk_everything_stays_as_it_was(tmp_path: Path, words: tuple[str, ...]) -> None:
    """One line, exit 2, the earlier backup, the database, and nothing half-made in the way."""
    await county_with_backup(tmp_path)
    before, beside = entries_of(tmp_path / "bot.db"), files_beside(tmp_path)
    async with program(tmp_path, []) as running:
        answer = await running.ask(*words, script=FULL_DISK)
    assert answer.code == 2
    (line,) = answer.err.strip().splitlines()
    assert "disk" in line
    assert entries_of(tmp_path / "bot.db") == before
    assert files_beside(tmp_path) == beside


async def test_a_database_behind_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    """The link stays a link; the old database is not left behind on the other disk."""
    await county_with_backup(tmp_path)
    backup = entries_of(tmp_path / "backup.db")
    (tmp_path / "disk").mkdir()
    for name in ("bot.db", "bot.db-wal"):
        shutil.move(tmp_path / name, tmp_path / "disk" / name)
    (tmp_path / "bot.db").symlink_to(tmp_path / "disk" / "bot.db")
    async with program(tmp_path, []) as running:
        assert (await running.ask("restore", "backup.db", "--force")).code == 0
    assert (tmp_path / "bot.db").is_symlink()
    assert is_restored(entries_of(tmp_path / "disk" / "bot.db"), backup)


async def test_an_interrupted_backup_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C in the middle of copying: the unfinished file goes, and nothing else has changed."""
    await county_with_backup(tmp_path)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        connection.execute("CREATE TABLE filler (body BLOB)")
        connection.executemany("INSERT INTO filler VALUES (randomblob(?))", [(100_000,)] * 3000)
        connection.commit()
    before = files_beside(tmp_path)
    async with program(tmp_path, []) as running:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "backup", "other.db"),
            cwd=tmp_path,
            env=running.environment,
            preexec_fn=_heeds_interrupts,
        )
        async with asyncio.timeout(SECONDS):
            while not any(each.stat().st_size for each in unfinished_in(tmp_path)):  # noqa: ASYNC110 (a file has no event)
                await asyncio.sleep(0)
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 130
    assert files_beside(tmp_path) == before


def _heeds_interrupts() -> None:
    """Whoever starts the tests in the background of a script has SIGINT ignored, which children inherit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def lives(begin: Path, place: Path, *words: str) -> list[Path]:
    """Have a command killed at each of its steps; return the folders in which it was."""
    command = [sys.executable, "-m", "tests.endtoend.killed_command", str(begin), str(place), *words]
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=True)
    codes = [int(line) for line in done.stdout.split()]
    assert codes == [0] + [-signal.SIGKILL] * (len(codes) - 1)
    assert len(codes) > 10
    return [place / str(life) for life in range(len(codes))]


async def test_a_restore_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """Whole, with every entry; never a mixture, never neither; and trying again restores it."""
    begin, place = tmp_path / "begin", tmp_path / "lives"
    begin.mkdir()
    await county_with_backup(begin)
    backup = entries_of(begin / "backup.db")
    folders = lives(begin, place, "restore", "backup.db", "--force")
    old = entries_of(begin / "bot.db")
    assert len(old) == len(backup) + 1
    ended = []
    for folder in folders:
        found = entries_of(folder / "bot.db")
        assert found == old or is_restored(found, backup), folder.name
        ended.append(found == old)
        assert entries_of(folder / "backup.db") == backup
    assert (ended[0], ended[1], ended[-1]) == (False, True, False)  # some died before, some after
    async with program(folders[-5], []) as running:
        assert (await running.ask("restore", "backup.db", "--force")).code == 0
        assert is_restored(entries_of(folders[-5] / "bot.db"), backup)
        assert not unfinished_in(folders[-5])


async def test_a_backup_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """The earlier backup of that name, or the new one; the database is untouched in every case."""
    begin, place = tmp_path / "begin", tmp_path / "lives"
    begin.mkdir()
    await county_with_backup(begin)
    earlier = entries_of(begin / "backup.db")
    folders = lives(begin, place, "backup", "backup.db")
    now = entries_of(begin / "bot.db")
    ended = []
    for folder in folders:
        found = entries_of(folder / "backup.db")
        assert found in (earlier, now), folder.name
        ended.append(found == earlier)
        assert entries_of(folder / "bot.db") == now
    assert (ended[0], ended[1]) == (False, True)


@pytest.mark.parametrize("words", [("backup", "other.db"), ("restore", "backup.db", "--force")], ids=["backup", "restore"])
async def test_killed_at_random_moments_nothing_is_half_done(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A database large enough that the kill comes in the middle of copying, locking, migrating, renaming."""
    await county_with_backup(tmp_path)
    backup, old = entries_of(tmp_path / "backup.db"), entries_of(tmp_path / "bot.db")
    for name in ("backup.db", "bot.db"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.execute("CREATE TABLE filler (body BLOB)")
            connection.executemany("INSERT INTO filler VALUES (randomblob(?))", [(100_000,)] * 300)
            connection.commit()
    random, deaths = Random(11), 0
    async with program(tmp_path, []) as running:
        assert (await running.ask("ledger", "head")).code == 0  # the first of all waits for what the others are forks of
        begins = monotonic()
        assert (await running.ask("backup", "unhurried.db")).code == 0
        takes = monotonic() - begins  # what the machine needs today, so that the kills fall within it
        for _ in range(8):
            deaths += await _killed_after(running, takes * random.uniform(0.1, 0.9), *words)
            found = entries_of(tmp_path / "bot.db")
            assert found == old or (words[0] == "restore" and is_restored(found, backup))
            assert entries_of(tmp_path / "backup.db") == backup
            if (tmp_path / "other.db").exists():
                assert entries_of(tmp_path / "other.db") == old
        assert deaths
        assert (await running.ask(*words)).code == 0
    assert not unfinished_in(tmp_path)


async def _killed_after(running: Program, seconds: float, *words: str) -> bool:
    """Run a command, end it as a power cut would; say whether it was still at work."""
    process = running.begin(*words)
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    return process.returncode == -signal.SIGKILL
