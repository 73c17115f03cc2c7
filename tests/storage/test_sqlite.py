"""SQLite keeps every promise of a store; what a promise is stands in the conformance suites."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Conflict, StorageUnavailable
from storage.engine import Row, Session
from storage.queries import load
from storage.sqlite.engine import SqliteEngine, open_sqlite
from storage.sqlite.migrate import migrations
from tests.storage.conformance import DueConformance, InboxConformance, PeopleConformance, Place, ReaderConformance
from tests.storage.conformance_audit import AuditConformance
from tests.storage.conformance_callers import CallersConformance
from tests.storage.conformance_card import CardConformance
from tests.storage.conformance_county import CountyConformance
from tests.storage.conformance_derived import DerivedConformance, Hand
from tests.storage.conformance_duty import DutyConformance
from tests.storage.conformance_files import FilesConformance
from tests.storage.conformance_groups import GroupsConformance
from tests.storage.conformance_handing import HandingConformance
from tests.storage.conformance_leaving import LeavingConformance
from tests.storage.conformance_measures import MeasuresConformance
from tests.storage.conformance_meetings import MeetingsConformance
from tests.storage.conformance_outbox import OutboxConformance
from tests.storage.conformance_planned import PlannedConformance
from tests.storage.conformance_projects import ProjectsConformance
from tests.storage.conformance_signs import SignsConformance
from tests.storage.conformance_survey import SurveyConformance
from tests.storage.conformance_tasks import TasksConformance
from tests.storage.conformance_translations import TranslationsConformance
from tests.support.store import RESIDENT, Town, arrival_of, opened_town


class InSqlite:
    """One file for each test."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


@dataclass(frozen=True)
class SqliteHand:
    """Writes into the file."""

    file: Path

    async def tables(self) -> Sequence[str]:
        """Name every table but SQLite's own."""
        with closing(sqlite3.connect(self.file)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            return [name for (name,) in found]

    async def rows(self, table: str) -> Sequence[dict[str, Any]]:
        """Read a table whole."""
        with closing(sqlite3.connect(self.file)) as connection:
            cursor = connection.execute(f"SELECT * FROM {table}")
            return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]

    async def put(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Put rows in the place of all that there were; nobody asks what refers to them."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute(f"DELETE FROM {table}")
            for row in rows:
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
            connection.commit()

    async def forget(self, tables: Sequence[str], columns: Mapping[str, str]) -> None:
        """Drop tables whole, and a column of others."""
        with closing(sqlite3.connect(self.file)) as connection:
            for table in tables:
                connection.execute(f"DROP TABLE {table}")
            for table, column in columns.items():
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")

    async def migrate_again(self, beginning: str) -> None:
        """Run the migration that begins so once more."""
        (script,) = (script for _, script in migrations() if script.startswith(beginning))
        with closing(sqlite3.connect(self.file)) as connection:
            connection.executescript(script)


class TestDerived(InSqlite, DerivedConformance, PlannedConformance):
    """What entries determine, in SQLite."""

    @pytest.fixture
    def hand(self, file: Path) -> Hand:
        """Reach into the file."""
        return SqliteHand(file)


class TestInbox(InSqlite, InboxConformance):
    """The inbox in SQLite."""


class TestPeople(InSqlite, PeopleConformance):
    """People in SQLite."""


class TestFiles(InSqlite, FilesConformance):
    """Files in SQLite."""


class TestCounty(InSqlite, CountyConformance):
    """The county file in SQLite."""


class TestMeetings(InSqlite, MeetingsConformance):
    """Meetings in SQLite."""


class TestAudit(InSqlite, AuditConformance):
    """The audit in SQLite."""


class TestProjects(InSqlite, ProjectsConformance):
    """Projects in SQLite."""


class TestCards(InSqlite, CardConformance):
    """Scorecards in SQLite."""


class TestSurvey(InSqlite, SurveyConformance):
    """Surveys in SQLite."""


class TestMeasures(InSqlite, MeasuresConformance):
    """Proposals from field visits, and measures."""


class TestSigns(InSqlite, SignsConformance):
    """Warnings and signals."""


class TestDue(InSqlite, DueConformance):
    """Due things in SQLite."""


class TestReader(InSqlite, ReaderConformance):
    """Lists in SQLite."""


class TestTasks(InSqlite, TasksConformance):
    """Lists of cases in SQLite."""


class TestLeaving(InSqlite, LeavingConformance):
    """Leaving a case in SQLite."""


class TestCallers(InSqlite, CallersConformance):
    """People who phone."""


class TestTranslations(InSqlite, TranslationsConformance):
    """The translators' queue."""


class TestDuty(InSqlite, DutyConformance):
    """Who is woken."""


class TestGroups(InSqlite, GroupsConformance):
    """Work groups."""


class TestOutbox(InSqlite, OutboxConformance):
    """The outbox in SQLite."""


class TestHanding(InSqlite, HandingConformance):
    """Answers handed over in SQLite."""


async def test_a_reader_sees_only_what_is_committed(town: Town) -> None:
    """A write under way is invisible, and gone when it fails."""
    engine = town.engine
    with suppress(ZeroDivisionError):
        async with engine.writing() as writing:
            await writing.run("meta_put", [{"name": "a", "value": "1"}])
            assert await _meta(engine) == []
            raise ZeroDivisionError
    assert await _meta(engine) == []


async def test_one_view_does_not_change_while_it_is_read(town: Town) -> None:
    """Two queries of one view see the same moment."""
    async with town.engine.reading() as view:
        before = await view.rows("meta_get", {"name": "a"})
        async with town.engine.writing() as writing:
            await writing.run("meta_put", [{"name": "a", "value": "1"}])
        assert await view.rows("meta_get", {"name": "a"}) == before
    assert await _meta(town.engine) == [("1",)]


@pytest.mark.parametrize("turns", range(6))
async def test_a_write_that_is_cancelled_leaves_the_database_usable(town: Town, turns: int) -> None:
    """Wherever the cancellation falls, before or after BEGIN, the next write works."""
    task = asyncio.create_task(town.store.remember("a", "1"))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await town.store.remember("b", "2")
    assert await town.store.read.meta("b") == "2"


@pytest.mark.parametrize("turns", range(6))
async def test_a_read_that_is_cancelled_leaves_the_database_usable(town: Town, turns: int) -> None:
    """The next read sees what is true then."""
    task = asyncio.create_task(town.store.read.meta("a"))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await town.store.remember("a", "2")
    assert await town.store.read.meta("a") == "2"


async def test_the_drivers_errors_come_out_as_ours(town: Town) -> None:
    """A broken constraint is a conflict, anything else means that the database is out of reach."""
    with pytest.raises(Conflict):
        async with town.engine.writing() as session:
            await session.run("counter_take", [{"name": None, "count": 1}])
    with pytest.raises(StorageUnavailable):
        async with town.engine.writing() as session:
            await session.run("meta_put", [{"name": "a"}])


async def test_a_reader_cannot_write(file: Path, town: Town) -> None:
    """Neither the reading side of a store, nor a command that opened the file for reading."""
    with pytest.raises(StorageUnavailable):
        async with town.engine.reading() as session:
            await session.run("meta_put", [{"name": "a", "value": "1"}])
    only_reads = await open_sqlite(file, load("sqlite"), read_only=True)
    with pytest.raises(StorageUnavailable):
        async with only_reads.writing() as session:
            await session.run("meta_put", [{"name": "a", "value": "1"}])
    await only_reads.close()


async def test_a_command_that_only_reads_sees_one_moment_in_each_view(file: Path, town: Town) -> None:
    """However often it looks in one, and whatever is committed beside it meanwhile; the next view sees that."""
    only_reads = await open_sqlite(file, load("sqlite"), read_only=True)
    sizes: list[Row] = []
    async with only_reads.reading() as session:
        for _ in range(2):
            sizes += await session.rows("ledger_size", {})
            await town.file()
    async with only_reads.reading() as session:
        sizes += await session.rows("ledger_size", {})
    await only_reads.close()
    assert sizes == [(0,), (0,), (2,)]


async def test_a_command_that_only_reads_lets_others_have_their_turn(file: Path, town: Town) -> None:
    """Another process is told its task and heard, and a progress bar moves, between one view and the next."""
    await town.file()
    only_reads = await open_sqlite(file, load("sqlite"), read_only=True)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.ensure_future(others())
    for _ in range(3):
        async with only_reads.reading() as session:
            assert await session.rows("ledger_size", {}) == [(1,)]
    other.cancel()
    await only_reads.close()
    assert turns >= 3


async def test_a_full_disk_acknowledges_nothing_and_passes(file: Path, town: Town) -> None:
    """Nothing of a batch is kept when there is no room, and all of it once there is."""
    arrivals = [arrival_of(number, RESIDENT, "write", text="长" * 3000) for number in range(1, 40)]
    assert isinstance(town.engine, SqliteEngine)
    (pages,) = town.engine._writer.execute("PRAGMA page_count").fetchone()
    town.engine._writer.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageUnavailable):
        await town.store.receive(arrivals, town.clock.now())
    assert await town.store.take_updates(9, town.clock.now()) == []
    town.engine._writer.execute("PRAGMA max_page_count=100000")
    assert await town.store.receive(arrivals, town.clock.now()) == len(arrivals)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM inbox").fetchone() == (len(arrivals),)


async def test_every_commit_is_on_disk_before_anyone_is_told(town: Town) -> None:
    """The connection that writes waits for the disk, in a write-ahead log."""
    assert isinstance(town.engine, SqliteEngine)
    settings = [town.engine._writer.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")]
    assert settings == [("wal",), (2,)]


async def test_a_glance_sees_what_was_committed_just_now(town: Town) -> None:
    """A view that was begun in the same turn of the loop, before the write, does not hide it."""
    engine = town.engine
    assert await engine.look("meta_get", {"name": "a"}) == []
    async with engine.writing() as session:
        await session.run("meta_put", [{"name": "a", "value": "1"}])
        assert await engine.look("meta_get", {"name": "a"}) == []
    assert await engine.look("meta_get", {"name": "a"}) == [("1",)]


async def test_a_glance_is_one_view_to_its_end_and_holds_up_others(town: Town) -> None:
    """What is committed while somebody glances is seen by whoever glances next, not by them; nobody else sees less."""
    engine = town.engine
    async with engine.glancing() as session:
        assert await session.rows("meta_get", {"name": "a"}) == []
        async with engine.writing() as writing:
            await writing.run("meta_put", [{"name": "a", "value": "1"}])
        assert await session.rows("meta_get", {"name": "a"}) == []
        beside = asyncio.create_task(engine.look("meta_get", {"name": "a"}))
        await asyncio.sleep(0)
        assert not beside.done()
    assert await engine.look("meta_get", {"name": "a"}) == [("1",)]
    assert await beside == [("1",)]


async def test_a_view_ends_with_its_turn(file: Path, town: Town) -> None:
    """A look keeps no view open in which another process's write would be missed, or the write-ahead log held."""
    assert await town.engine.look("meta_get", {"name": "a"}) == []
    await asyncio.sleep(0)
    with closing(sqlite3.connect(file)) as beside:
        beside.execute("INSERT INTO meta (name, value) VALUES ('a', '1')")
        beside.commit()
        assert beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert await town.engine.look("meta_get", {"name": "a"}) == [("1",)]


async def _meta(engine: object) -> list[tuple[object, ...]]:
    assert isinstance(engine, SqliteEngine)
    async with engine.reading() as session:
        reading: Session = session
        return list(await reading.rows("meta_get", {"name": "a"}))
