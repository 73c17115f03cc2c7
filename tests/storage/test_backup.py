"""A copy is the database of one moment; a file takes another's place whole; what was restored takes nothing for granted."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.backup import kept_under, stamped
from bot.errors import DatabaseInUse, LedgerBroken, SettingsError, StorageUnavailable
from storage.queries import load
from storage.reader import StoreReader
from storage.restored import SKIPPED, Content, Copy, check_content, settle_restored
from storage.sqlite.copy import copy_whole, held_alone
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import check_version
from storage.sqlite.unfinished import unfinished_beside
from tests.support.store import RESIDENT, SeededRandomness, Town, opened_town


def quiet(done: int, size: int) -> None:
    """Be told, and say nothing."""
    assert 0 <= done <= size


async def content_of(path: Path) -> Content:
    """Check a database file."""
    engine = await open_sqlite(path, load("sqlite"), read_only=True)
    try:
        return await check_content(StoreReader(engine, None), quiet)
    finally:
        await engine.close()


def column(path: Path, query: str) -> list[object]:
    """Ask a database file for one column."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(query)]


# ── Copying ──────────────────────────────────────────────────────────────────


async def test_a_copy_is_of_one_moment_while_others_write(town: Town, file: Path) -> None:
    """Two tables that another connection changes together, all the time, agree in the copy; each look is told."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE filler (body BLOB)")
        connection.executemany("INSERT INTO filler VALUES (randomblob(?))", [(60_000,)] * 200)
        connection.commit()
    await town.file()
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as connection:
            count = 0
            while not stop.is_set():
                count += 1
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('first', ?)", (count,))
                connection.execute("INSERT OR REPLACE INTO counters VALUES ('second', ?)", (count,))
                connection.execute("COMMIT")
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    told: list[tuple[int, int]] = []
    try:
        written.wait(20)
        with unfinished_beside(file.with_name("copy.db")) as unfinished:
            await copy_whole(file, unfinished.path, lambda done, size: told.append((done, size)))
            unfinished.take_place_of(file.with_name("copy.db"))
    finally:
        stop.set()
        writer.join()
    copy = file.with_name("copy.db")
    (first,) = column(copy, "SELECT value FROM meta WHERE name = 'first'")
    assert column(copy, "SELECT value FROM counters WHERE name = 'second'") == [int(str(first))]
    assert (await content_of(copy)).cases == 1
    check_version(copy)
    assert told
    assert all(done <= size for done, size in told)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(each.name for each in file.parent.glob("copy*")) == ["copy.db"]


async def test_a_copy_holds_nothing_of_what_was_deleted(file: Path) -> None:
    """Bytes that still lie in the free pages of the database are in no copy made later."""
    secret = b"was erased, and must not come back" * 3
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE words (body BLOB)")
        connection.execute("INSERT INTO words VALUES (?)", (secret,))
        connection.commit()
        connection.execute("DELETE FROM words")
        connection.commit()
    assert secret in file.read_bytes()  # noqa: ASYNC240 (one look)
    copy = file.with_name("copy.db")
    copy.touch()
    await copy_whole(file, copy, quiet)
    assert secret not in copy.read_bytes()


@pytest.mark.parametrize("content", [b"", "不是数据库".encode() * 999])
async def test_what_cannot_be_read_is_said_to_be_out_of_reach(tmp_path: Path, content: bytes) -> None:
    """A file that is none, or is no database, is our error, not the driver's."""
    source, target = tmp_path / "source", tmp_path / "target"
    if content:
        source.write_bytes(content)
    target.touch()
    with pytest.raises(StorageUnavailable):
        await copy_whole(source, target, quiet)


async def test_a_changed_entry_of_a_copy_is_named(town: Town, file: Path) -> None:
    """The check of a copy follows the whole chain, and ends where the head says."""
    await town.staffed()
    await town.file()
    copy = file.with_name("copy.db")
    copy.touch()
    await copy_whole(file, copy, quiet)
    content = await content_of(copy)
    assert (content.head, content.cases) == (await town.store.read.head(), 1)
    assert content.last_at == f"{town.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER ledger_keeps_entries")
        connection.execute("UPDATE ledger SET actor = 'clock' WHERE seq = 3")
        connection.commit()
    with pytest.raises(LedgerBroken) as caught:
        await content_of(copy)
    assert caught.value.seq == 3


async def test_a_cut_copy_is_found(town: Town, file: Path) -> None:
    """A ledger that ends before its head says is broken."""
    await town.staffed()
    copy = file.with_name("copy.db")
    copy.touch()
    await copy_whole(file, copy, quiet)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP TRIGGER ledger_loses_nothing")
        connection.execute("DELETE FROM ledger WHERE seq = (SELECT MAX(seq) FROM ledger)")
        connection.commit()
    with pytest.raises(LedgerBroken):
        await content_of(copy)


# ── Taking a place ───────────────────────────────────────────────────────────


def test_what_is_not_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    """When the work fails, the file that was there is as it was, and alone."""
    target = tmp_path / "bot.db"
    target.write_text("old", encoding="utf-8")

    def fail() -> None:
        with unfinished_beside(target) as unfinished:
            unfinished.path.write_text("half", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("bot.db", "old")]


def test_what_another_left_behind_is_begun_anew(tmp_path: Path) -> None:
    """A program that died leaves its unfinished file, and SQLite's beside it; the next one takes none of it over."""
    target = tmp_path / "bot.db"
    for ending in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"bot.db.unfinished{ending}").write_text("half", encoding="utf-8")
    with unfinished_beside(target) as unfinished:
        assert [each.name for each in tmp_path.iterdir()] == [unfinished.path.name]
        assert unfinished.path.read_bytes() == b""
        unfinished.path.write_text("new", encoding="utf-8")
        unfinished.take_place_of(target)
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("bot.db", "new")]


def test_two_do_not_prepare_the_same_file(tmp_path: Path) -> None:
    """The second is told, and does not disturb the first."""
    target = tmp_path / "bot.db"
    with unfinished_beside(target) as first:
        first.path.write_text("first", encoding="utf-8")
        with pytest.raises(DatabaseInUse), unfinished_beside(target):
            pass
        first.take_place_of(target)
    assert target.read_text(encoding="utf-8") == "first"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """In a line that names it."""
    with (
        pytest.raises(SettingsError, match="cannot be written"),
        unfinished_beside(tmp_path / "no" / "bot.db"),
    ):
        pass


async def test_a_database_in_use_is_not_held(town: Town, file: Path) -> None:
    """A program that has it open, even idle, keeps it; nothing is changed."""
    await town.file()
    with pytest.raises(DatabaseInUse), held_alone(file):
        pass
    assert (await town.store.read.head()).seq == 1


async def test_a_database_that_is_held_has_its_log_folded_in(tmp_path: Path) -> None:
    """What a killed program left in the write-ahead log is in the file before anything else happens."""
    live, file = tmp_path / "live.db", tmp_path / "bot.db"
    async with opened_town(live) as town:
        await town.file()
        file.write_bytes(live.read_bytes())
        (tmp_path / "bot.db-wal").write_bytes((tmp_path / "live.db-wal").read_bytes())
    assert file.with_name("bot.db-wal").stat().st_size
    with held_alone(file) as place:
        assert place.entries == 1
        assert not file.with_name("bot.db-wal").exists()
        with closing(sqlite3.connect(file, timeout=0)) as other, pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("SELECT COUNT(*) FROM ledger").fetchone()
    assert (await content_of(file)).cases == 1


def test_whoever_waits_for_the_old_file_does_not_get_to_write_to_it(file: Path) -> None:
    """A bot that is started during a restore either has the new database or is refused; never one that nobody can see."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE old (a)")
        connection.commit()
    waiting = sqlite3.connect(file, isolation_level=None)
    with held_alone(file) as place, unfinished_beside(file) as unfinished:
        with closing(sqlite3.connect(unfinished.path)) as connection:
            connection.execute("CREATE TABLE new (a)")
            connection.commit()
        place.replace_by(unfinished)
    with closing(waiting):
        for statement in ("PRAGMA journal_mode=WAL", "INSERT INTO old VALUES (1)"):
            with pytest.raises(sqlite3.OperationalError) as caught:
                waiting.execute(statement)
            assert caught.value.sqlite_errorname == "SQLITE_READONLY_DBMOVED"
    assert column(file, "SELECT name FROM sqlite_master") == ["new"]
    assert not file.with_name("bot.db-wal").exists()


def test_a_damaged_database_can_be_replaced(file: Path) -> None:
    """That is what restoring is for; what SQLite kept beside it goes, too."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).write_text("坏了" * 999, encoding="utf-8")
    with held_alone(file) as place, unfinished_beside(file) as unfinished:
        assert place.entries is None
        unfinished.path.write_text("new", encoding="utf-8")
        place.replace_by(unfinished)
    assert [(each.name, each.read_text(encoding="utf-8")) for each in file.parent.iterdir()] == [("bot.db", "new")]


def test_a_database_made_meanwhile_is_not_replaced(file: Path) -> None:
    """Where there was none when it began, one that appears belongs to a bot that was started."""
    with held_alone(file) as place, unfinished_beside(file) as unfinished:
        file.write_text("new", encoding="utf-8")
        with pytest.raises(DatabaseInUse):
            place.replace_by(unfinished)
    assert file.read_text(encoding="utf-8") == "new"


# ── After a restore ──────────────────────────────────────────────────────────


async def settled(town: Town, series: Sequence[str]) -> int:
    """Settle a town's store as if it had been restored just now."""
    content = await check_content(town.store.read, quiet)
    copy = Copy(content, series)
    return (await settle_restored(town.engine, None, SeededRandomness("restored"), copy, town.clock.now())).held


async def test_letters_that_waited_are_held_and_kept(town: Town) -> None:
    """None is sent, none is marked as on its way, none is lost; letters written afterwards go out."""
    await town.staffed()
    await town.file()
    tried = await town.store.take_letters(2, frozenset(), town.clock.now())
    assert tried
    ((waiting, given_up),) = await town.rows("outbox_counts")
    assert (given_up, await settled(town, ())) == (0, waiting)
    later = town.clock.now() + timedelta(days=1)
    assert not await town.store.take_letters(99, frozenset(), later)
    assert await town.store.next_letter_at(later - timedelta(days=9)) is None
    assert await town.rows("outbox_counts") == [(0, waiting)]
    await town.act(RESIDENT, "new")
    assert len(await town.store.take_letters(99, frozenset(), later)) == 1


async def test_held_letters_keep_their_words_and_say_why(town: Town, file: Path) -> None:
    """Someone may still look at what was held; that a send had begun is forgotten."""
    await town.file()
    await town.store.take_letters(9, frozenset(), town.clock.now())
    await settled(town, ())
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT reason, body IS NOT NULL, tried_at FROM outbox").fetchall()
    assert set(rows) == {("restored", 1, None)}


async def test_numbers_given_out_since_the_backup_are_not_given_again(town: Town) -> None:
    """Every series goes on 1,000 further; one that the backup did not know yet begins 1,000 late."""
    number = await town.file()
    prefix, _, last = number.rpartition("-")
    await settled(town, ["CB-2027"])
    assert await town.file() == f"{prefix}-{int(last) + SKIPPED + 1:06d}"
    async with town.engine.writing() as session:
        assert await session.rows("counter_take", {"name": "CB-2027", "count": 1}) == [(SKIPPED + 1,)]


async def test_the_ledger_says_that_it_was_restored(town: Town, file: Path) -> None:
    """The entry tells how many entries the backup held, and the chain goes on through it."""
    await town.staffed()
    before = (await town.store.read.head()).seq
    await settled(town, ())
    assert (await check_content(town.store.read, quiet)).head.seq == before + 1
    (facts,) = column(file, "SELECT facts FROM ledger WHERE kind = 'restored'")
    assert facts == f'{{"entries":{before},"skipped":1000}}'


async def test_a_seed_that_may_be_told_by_now_is_not_drawn_with(town: Town) -> None:
    """One that was drawn with before the backup stays, to be told."""
    async with town.engine.writing() as session:
        for since in (3, 9):
            await session.run("draw_put", [{"since": since, "pledge": "0" * 64, "seed": b"sealed"}])
        await session.run("draw_done", [{"since": 3, "until": 8, "drawn": 1}])
    await settled(town, ())
    assert await town.rows("draw_open") == []
    assert [row[0] for row in await town.rows("draw_unpublished")] == [3]


# ── Names ────────────────────────────────────────────────────────────────────


def test_only_backups_of_the_same_name_are_counted(tmp_path: Path) -> None:
    """Neither another bot's, nor one that somebody named by hand, nor a broken one is ever dropped; oldest first."""
    names = [
        "bot-20261124T033639Z.db",
        "bot-20250101T000000Z.db",
        "bot.db",
        "bot-before-the-move.db",
        "bot-20261124T033639Z.db.broken",
        "other-20261124T033639Z.db",
        "bot-20261124T033639Z.sql",
        "my-bot-20261124T033639Z.db",
    ]
    for name in names:
        (tmp_path / name).touch()
    assert [each.name for each in kept_under(tmp_path / "bot.db")] == [names[1], names[0]]
    assert stamped(tmp_path / "bot.db", datetime(2026, 11, 24, 3, 36, 39, tzinfo=UTC)).name == names[0]
