"""The write-ahead log is folded beside the commits: it stays short, nobody waits for it, and nothing of it is ever lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from storage.queries import load
from storage.sqlite.engine import SqliteEngine, open_sqlite
from storage.sqlite.fold import FOLD_EVERY, Folding
from tests.support.store import lay_database

AT_LAST: Final = 4000
"""Pages of log at which a commit folds it."""

LOG_HEADER: Final = slice(16, 24)
"""Two random numbers at the head of the log, new ones each time it begins anew (sqlite.org/fileformat2.html, 4.1)."""


@pytest.fixture
async def engine(file: Path) -> AsyncIterator[SqliteEngine]:
    """Open a migrated database."""
    lay_database(file)
    opened = await open_sqlite(file, load("sqlite"), read_only=False)
    yield opened
    await opened.close()


@pytest.fixture
def writer(file: Path) -> Iterator[sqlite3.Connection]:
    """Connect to a database with one table, of which nothing is folded by itself."""
    with closing(_connected(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE word (word TEXT NOT NULL)")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        yield connection


async def test_what_was_written_reaches_the_file_without_a_commit_that_takes_it_there(
    engine: SqliteEngine, file: Path
) -> None:
    """The file alone, without its log, holds the rows; before there were enough of them it did not."""
    await _write(engine, FOLD_EVERY // 2)
    await engine._folding.rest()
    assert _in_file_alone(file) == 0
    await _write(engine, FOLD_EVERY // 2, since=FOLD_EVERY // 2)
    await engine._folding.rest()
    assert _in_file_alone(file) == FOLD_EVERY


async def test_the_log_stays_short_however_much_is_written(engine: SqliteEngine, file: Path) -> None:
    """It begins anew once it is folded, so after twenty times as much it is as long as after the first."""
    await _write(engine, FOLD_EVERY)
    await engine._folding.rest()
    first = _log(file).stat().st_size
    for turn in range(1, 21):
        await _write(engine, FOLD_EVERY, since=turn * FOLD_EVERY)
        await engine._folding.rest()
    assert _log(file).stat().st_size < 3 * first


async def test_who_looks_for_long_holds_the_log_and_loses_nothing(engine: SqliteEngine, file: Path) -> None:
    """Writing goes on meanwhile; all is folded once the view is closed, and the log that grew gets no longer."""
    async with engine.reading() as view:
        before = await view.rows("meta_get", {"name": "0"})
        for turn in range(3):
            await _write(engine, FOLD_EVERY, since=turn * FOLD_EVERY)
            await engine._folding.rest()
        assert _in_file_alone(file) == 0
        assert await view.rows("meta_get", {"name": "0"}) == before == []
    await _write(engine, FOLD_EVERY, since=3 * FOLD_EVERY)
    await engine._folding.rest()
    assert _in_file_alone(file) == 4 * FOLD_EVERY


async def test_commits_fold_the_rest_themselves_when_nobody_else_can(engine: SqliteEngine, file: Path) -> None:
    """A log that nobody folds beside them does not grow for ever."""
    engine._folding = Folding(partial(_connected, file.with_name("nowhere") / "bot.db"))
    rows = 0
    while not _in_file_alone(file):
        assert _log(file).stat().st_size < AT_LAST * 4200
        await _write(engine, FOLD_EVERY, since=rows, letters=4000)
        rows += FOLD_EVERY
    assert _log(file).stat().st_size > AT_LAST * 4096


async def test_a_log_that_grew_gives_back_what_it_took(engine: SqliteEngine) -> None:
    """What begins it anew cuts it to what a county's disk can always spare."""
    assert engine._writer.execute("PRAGMA journal_size_limit").fetchone() == (64 * 1024**2,)


async def test_an_erasure_need_not_wait_for_another_time(engine: SqliteEngine, file: Path) -> None:
    """While the log is being folded, it is cut to nothing all the same."""
    await _write(engine, FOLD_EVERY)
    assert await engine.shred(in_passing=True)
    assert _log(file).stat().st_size == 0


async def test_closing_finishes_what_is_being_folded(file: Path) -> None:
    """The log is gone, and all that was in it is in the file."""
    lay_database(file)
    engine = await open_sqlite(file, load("sqlite"), read_only=False)
    await _write(engine, FOLD_EVERY)
    await engine.close()
    assert not _log(file).exists()
    assert _in_file_alone(file) == FOLD_EVERY


async def test_the_log_does_not_begin_anew_while_it_is_folded(file: Path, writer: sqlite3.Connection) -> None:
    """Someone else folds all of it and a commit comes, at the worst moment: the commit stands behind what was there."""
    writer.execute("INSERT INTO word VALUES ('before')")
    headers = [_log(file).read_bytes()[LOG_HEADER]]

    def meanwhile() -> None:
        writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
        writer.execute("INSERT INTO word VALUES ('meanwhile')")
        headers.append(_log(file).read_bytes()[LOG_HEADER])

    async with _folding(file, meanwhile) as folding:
        folding.written(FOLD_EVERY)
        await folding.rest()
    assert headers[0] == headers[1]
    writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
    writer.execute("INSERT INTO word VALUES ('after')")
    assert _log(file).read_bytes()[LOG_HEADER] != headers[0]  # once nobody folds, it may
    assert [word for (word,) in writer.execute("SELECT word FROM word")] == ["before", "meanwhile", "after"]


async def test_nothing_is_folded_of_a_log_that_may_begin_anew(file: Path, writer: sqlite3.Connection) -> None:
    """Where all was folded before, a commit at the worst moment begins the log anew, and this fold takes nothing of it."""
    writer.execute("INSERT INTO word VALUES ('before')")
    writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
    header = _log(file).read_bytes()[LOG_HEADER]

    def meanwhile() -> None:
        writer.execute("INSERT INTO word VALUES ('meanwhile')")

    async with _folding(file, meanwhile) as folding:
        folding.written(FOLD_EVERY)
        await folding.rest()
    assert _log(file).read_bytes()[LOG_HEADER] != header
    assert _in_file_alone(file, "word") == 1
    async with _folding(file, lambda: None) as folding:
        folding.written(FOLD_EVERY)
        await folding.rest()
    assert _in_file_alone(file, "word") == 2


async def test_a_log_that_cannot_be_folded_is_said_once_and_tried_again(
    file: Path, writer: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever writes goes on; once it can be done, it is."""
    writer.execute("INSERT INTO word VALUES ('a')")
    places = [file.with_name("nowhere") / "bot.db"] * 2 + [file] * 2
    folding = Folding(lambda: _connected(places.pop(0)))
    with caplog.at_level(logging.ERROR):
        for turn in (1, 2):
            folding.written(turn * FOLD_EVERY)
            await folding.rest()
        assert len(caplog.records) == 1
        assert "unable to open database file" in caplog.text
        folding.written(3 * FOLD_EVERY)
        await folding.rest()
    await folding.close()
    assert len(caplog.records) == 1
    assert _in_file_alone(file, "word") == 1


class _Interrupted(sqlite3.Connection):
    """A connection by which something happens just before the log is folded."""

    meanwhile: Callable[[], None]

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if "wal_checkpoint" in sql:
            self.meanwhile()
        return super().execute(sql, *parameters)


@asynccontextmanager
async def _folding(file: Path, meanwhile: Callable[[], None]) -> AsyncIterator[Folding]:
    def connect() -> sqlite3.Connection:
        connection = _connected(file, factory=_Interrupted)
        connection.meanwhile = meanwhile  # type: ignore[attr-defined]  # the factory's own
        return connection

    folding = Folding(connect)
    yield folding
    await folding.close()


_connected = partial(sqlite3.connect, isolation_level=None, check_same_thread=False, timeout=0)


async def _write(engine: SqliteEngine, rows: int, *, since: int = 0, letters: int = 400) -> None:
    async with engine.writing() as session:
        names = range(since, since + rows)
        await session.run("meta_put", [{"name": f"{number}", "value": "x" * letters} for number in names])


def _log(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _in_file_alone(file: Path, table: str = "meta") -> int:
    """Count a table's rows in a copy of the file that has no log."""
    alone = file.with_name("alone.db")
    alone.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(alone)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)
