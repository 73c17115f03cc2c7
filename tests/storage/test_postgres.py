"""PostgreSQL keeps every promise of a store; what a promise is stands in the conformance suites."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from bot.errors import Conflict, LedgerBroken, SettingsError, StorageUnavailable
from storage.engine import Claim, Engine, Parameters, Row
from storage.postgres.connection import connect
from storage.postgres.engine import MANY, PostgresEngine, open_postgres
from storage.postgres.migrate import migrations
from storage.queries import load
from tests.storage.conformance import DueConformance, InboxConformance, PeopleConformance, Place, ReaderConformance
from tests.storage.conformance_audit import AuditConformance
from tests.storage.conformance_callers import CallersConformance
from tests.storage.conformance_card import CardConformance
from tests.storage.conformance_commit import CommitConformance, LedgerConformance, NumberConformance
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
from tests.support.postgres import Server, apart, connected, dump, opened_town
from tests.support.store import POTHOLE, RESIDENT, Town, arrival_of

pytestmark = pytest.mark.filterwarnings("error")


class InPostgres:
    """One database for each test."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(opened_town, url)

    @pytest.fixture
    def everything(self, url: str) -> Callable[[], list[str]]:
        """Return all that is committed, row by row."""
        return partial(dump, url)


@dataclass(frozen=True)
class PostgresHand:
    """Writes into the database, with constraints and triggers asleep."""

    url: str

    async def tables(self) -> Sequence[str]:
        """Name every table."""
        async with connected(self.url) as connection:
            found = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [str(name) for (name,) in found]

    async def rows(self, table: str) -> Sequence[dict[str, Any]]:
        """Read a table whole."""
        async with connected(self.url) as connection:
            found: Any = await connection.fetch(f"SELECT * FROM {table}")
        return [dict(row.items()) for row in found]

    async def put(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Put rows in the place of all that there were."""
        async with connected(self.url) as connection:
            await connection.execute("SET session_replication_role = replica")
            await connection.execute(f"DELETE FROM {table}")
            for row in rows:
                holes = ", ".join(f"${place}" for place, _ in enumerate(row, start=1))
                await connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({holes})", *row.values())

    async def forget(self, tables: Sequence[str], columns: Mapping[str, str]) -> None:
        """Drop tables whole, and a column of others."""
        async with connected(self.url) as connection:
            for table in tables:
                await connection.execute(f"DROP TABLE {table}")
            for table, column in columns.items():
                await connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")

    async def migrate_again(self, beginning: str) -> None:
        """Run the migration that begins so once more."""
        (script,) = (script for _, script in migrations() if script.startswith(beginning))
        async with connected(self.url) as connection:
            await connection.execute(script)


class TestDerived(InPostgres, DerivedConformance, PlannedConformance):
    """What entries determine, in PostgreSQL."""

    @pytest.fixture
    def hand(self, url: str) -> Hand:
        """Reach into the database."""
        return PostgresHand(url)


class TestInbox(InPostgres, InboxConformance):
    """The inbox in PostgreSQL."""


class TestPeople(InPostgres, PeopleConformance):
    """People in PostgreSQL."""


class TestFiles(InPostgres, FilesConformance):
    """Files in PostgreSQL."""


class TestCounty(InPostgres, CountyConformance):
    """The county file in PostgreSQL."""


class TestMeetings(InPostgres, MeetingsConformance):
    """Meetings in PostgreSQL."""


class TestAudit(InPostgres, AuditConformance):
    """The audit in PostgreSQL."""


class TestProjects(InPostgres, ProjectsConformance):
    """Projects in PostgreSQL."""


class TestCards(InPostgres, CardConformance):
    """Scorecards in PostgreSQL."""


class TestSurvey(InPostgres, SurveyConformance):
    """Surveys in PostgreSQL."""


class TestMeasures(InPostgres, MeasuresConformance):
    """Proposals from field visits, and measures."""


class TestSigns(InPostgres, SignsConformance):
    """Warnings and signals."""


class TestDue(InPostgres, DueConformance):
    """Due things in PostgreSQL."""


class TestReader(InPostgres, ReaderConformance):
    """Lists in PostgreSQL."""


class TestTasks(InPostgres, TasksConformance):
    """Lists of cases in PostgreSQL."""


class TestLeaving(InPostgres, LeavingConformance):
    """Leaving a case in PostgreSQL."""


class TestCallers(InPostgres, CallersConformance):
    """People who phone."""


class TestTranslations(InPostgres, TranslationsConformance):
    """The translators' queue."""


class TestDuty(InPostgres, DutyConformance):
    """Who is woken."""


class TestGroups(InPostgres, GroupsConformance):
    """Work groups."""


class TestOutbox(InPostgres, OutboxConformance):
    """The outbox in PostgreSQL."""


class TestHanding(InPostgres, HandingConformance):
    """Answers handed over in PostgreSQL."""


class TestCommit(InPostgres, CommitConformance):
    """Commits in PostgreSQL."""


class TestNumbers(InPostgres, NumberConformance):
    """Numbers in PostgreSQL."""


class TestLedger(InPostgres, LedgerConformance):
    """The ledger in PostgreSQL."""


class TestSessions(InPostgres):
    """Transactions, errors, and a server that goes away."""

    @pytest.fixture
    async def town(self, place: Place) -> AsyncIterator[Town]:
        """Open a new store with its people."""
        async with place() as town:
            yield town

    async def test_a_reader_sees_only_what_is_committed(self, town: Town, caplog: pytest.LogCaptureFixture) -> None:
        """A write under way is invisible, and gone when it fails, without a word of complaint."""
        with suppress(ZeroDivisionError):
            async with town.engine.writing() as writing:
                await writing.run("meta_put", [{"name": "a", "value": "1"}])
                assert await _meta(town.engine) == []
                raise ZeroDivisionError
        assert await _meta(town.engine) == []
        assert caplog.records == []

    async def test_one_view_does_not_change_while_it_is_read(self, town: Town) -> None:
        """Two queries of one view see the same moment."""
        async with town.engine.reading() as view:
            before = await view.rows("meta_get", {"name": "a"})
            await town.store.remember("a", "1")
            assert await view.rows("meta_get", {"name": "a"}) == before
        assert await _meta(town.engine) == [("1",)]

    @pytest.mark.parametrize("turns", range(6))
    async def test_a_write_that_is_cancelled_leaves_the_database_usable(self, town: Town, turns: int) -> None:
        """Wherever the cancellation falls; more often than there are connections."""
        for _ in range(5):
            task = asyncio.create_task(town.store.remember("a", "1"))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await town.store.remember("b", "2")
        assert await town.store.read.meta("b") == "2"

    async def test_the_drivers_errors_come_out_as_ours(self, town: Town) -> None:
        """A broken constraint is a conflict; a value that no column can hold is nobody's fault but the caller's."""
        with pytest.raises(Conflict):
            async with town.engine.writing() as session:
                await session.run("meta_put", [{"name": None, "value": "1"}])
        with pytest.raises(ValueError, match=r"^[A-Za-z]+$"):
            async with town.engine.writing() as session:
                await session.run("meta_put", [{"name": "a", "value": "secret\x00words"}])
        await town.store.remember("a", "1")

    @pytest.mark.parametrize("count", [MANY - 1, MANY, 50])
    async def test_rows_that_are_put_together_lie_in_their_order(self, url: str, town: Town, count: int) -> None:
        """A row that is there already is left out and not counted, also where it is among those that are put."""
        rows: list[Parameters] = [
            {"update_id": number * 7919 % 1009, "chat_key": bytes([number]), "body": None, "received_at": number}
            for number in range(count)
        ]
        async with town.engine.writing() as session:
            assert await session.run("inbox_put", [*rows, rows[0]]) == count
            assert await session.run("inbox_put", rows) == 0
        async with connected(url) as connection:
            found: Any = await connection.fetch("SELECT update_id FROM inbox ORDER BY seq")
        assert [number for (number,) in found] == [row["update_id"] for row in rows]

    async def test_two_that_wait_for_each_other_are_a_conflict_for_one(self, town: Town) -> None:
        """The server ends one of them, which may run again on what is then true."""
        await town.store.remember("a", "0")
        await town.store.remember("b", "0")
        locked = [asyncio.Event(), asyncio.Event()]

        async def write(first: str, second: str, own: int) -> None:
            async with town.engine.writing() as session:
                await session.run("meta_put", [{"name": first, "value": first}])
                locked[own].set()
                await locked[1 - own].wait()
                await session.run("meta_put", [{"name": second, "value": first}])

        ended = await asyncio.gather(write("a", "b", 0), write("b", "a", 1), return_exceptions=True)
        assert [type(each) for each in ended if each is not None] == [Conflict]

    async def test_a_reader_cannot_write(self, url: str, town: Town) -> None:
        """Neither the reading side of a store, nor a command that opened the database for reading."""
        with pytest.raises(StorageUnavailable, match="read-only"):
            async with town.engine.reading() as session:
                await session.run("meta_put", [{"name": "a", "value": "1"}])
        only_reads = await open_postgres(url, load("postgres"), read_only=True)
        with pytest.raises(StorageUnavailable, match="read-only"):
            async with only_reads.writing() as session:
                await session.run("meta_put", [{"name": "a", "value": "1"}])
        assert only_reads.holder == 0
        await only_reads.close()

    async def test_a_commit_waits_for_the_disk(self, town: Town) -> None:
        """Whatever the server's default is; only a claim, which may be lost with the server, does not."""
        assert isinstance(town.engine, PostgresEngine)
        async with town.engine.writing() as session:
            assert list(await session._connection.fetch("SHOW synchronous_commit")) == [("on",)]
        async with town.engine.claiming(Claim.LETTERS) as session:
            assert list(await session._connection.fetch("SHOW synchronous_commit")) == [("off",)]
        async with town.engine.writing() as session:
            assert list(await session._connection.fetch("SHOW synchronous_commit")) == [("on",)]

    async def test_what_is_read_at_length_is_planned_for_its_own_values(self, town: Town) -> None:
        """From the sixth time on a connection would plan a digest for any week, and take nearly three times as long."""
        assert isinstance(town.engine, PostgresEngine)
        async with town.engine.reading() as session:
            assert list(await session._connection.fetch("SHOW plan_cache_mode")) == [("force_custom_plan",)]
        async with town.engine.glancing() as session:
            assert list(await session._connection.fetch("SHOW plan_cache_mode")) == [("auto",)]

    async def test_a_server_that_ends_our_sessions_is_asked_again(self, url: str, town: Town) -> None:
        """What is under way fails as out of reach; then all goes on, and the process is present as before."""
        holder = town.engine.holder
        with pytest.raises(StorageUnavailable):
            await _write_while_sessions_end(town, url)
        await _settled(town)
        assert await town.store.read.meta("a") is None
        await town.act(RESIDENT, "write", text=POTHOLE)
        assert await town.store.pending(town.clock.now()) == 1
        async with connected(url) as connection:
            assert list(await connection.fetch("SELECT holder FROM present")) == [(holder,)]

    async def test_a_server_that_has_gone_is_left_without_a_word(self, url: str, place: Place) -> None:
        """The program can end although nobody is there to say goodbye to."""
        async with place() as town:
            await town.store.remember("a", "1")
            apart(_end_all_sessions(url))  # while the loop stands still, so that it has not heard of it yet

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger SET facts = '{}'",
            "DELETE FROM ledger WHERE seq = 1",
            "TRUNCATE ledger",
            "SET session_replication_role = replica; DELETE FROM ledger",
            "INSERT INTO ledger SELECT * FROM ledger WHERE seq = 1",
            "INSERT INTO ledger SELECT * FROM ledger ON CONFLICT (seq) DO UPDATE SET facts = '{}'",
        ],
    )
    async def test_the_ledger_refuses_to_be_changed_by_hand(self, url: str, town: Town, statement: str) -> None:
        """The database itself says no, also to its owner."""
        await town.file()
        before = dump(url)
        async with connected(url) as connection:
            with pytest.raises(Exception, match=r"append-only|duplicate key"):
                await connection.execute(statement)
        assert dump(url) == before

    async def test_two_entries_for_one_place_are_refused(self, town: Town) -> None:
        """A ledger that lost its order is told at once."""
        await town.file()
        async with town.engine.writing() as session:
            await session.run("ledger_head_move", [{"seq": 0, "chain_hash": bytes(32)}])
        with pytest.raises(LedgerBroken):
            await town.file()


async def test_out_of_reach_is_one_line_without_a_password(server: Server) -> None:
    """No server, no database, no right to come in, no sense in the address."""
    unheard = "postgresql://someone:hunter2@127.0.0.1:1/none"
    with pytest.raises(StorageUnavailable) as caught:
        await connect(unheard)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(StorageUnavailable, match='database "not_there" does not exist'):
        await connect(server.address("not_there"))
    with pytest.raises(StorageUnavailable, match='role "nobody" does not exist'):
        await connect(server.address("postgres").replace("postgres:@", "nobody:hunter2@"))
    with pytest.raises(SettingsError) as refused:
        await connect("postgresql://u:hunter2@h/d?sslmode=hunter2")
    assert "hunter2" not in str(refused.value.mistakes)


async def test_an_update_comes_in_once_however_many_receive_it(url: str) -> None:
    """Two that receive the same at once keep it once."""
    async with opened_town(url) as one, opened_town(url, seed="other") as other:
        arrivals = [arrival_of(number, RESIDENT, "new") for number in range(1, 30)]
        kept = await asyncio.gather(*(each.store.receive(arrivals, one.clock.now()) for each in (one, other, one)))
        assert sum(kept) == len(arrivals)


async def _meta(engine: Engine) -> Sequence[Row]:
    async with engine.reading() as session:
        return await session.rows("meta_get", {"name": "a"})


async def _write_while_sessions_end(town: Town, url: str) -> None:
    async with town.engine.writing() as session:
        await session.run("meta_put", [{"name": "a", "value": "1"}])
        await _end_all_sessions(url)
        await session.run("meta_put", [{"name": "b", "value": "1"}])


async def _end_all_sessions(url: str) -> None:
    async with connected(url) as connection:
        await connection.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def _settled(town: Town) -> None:
    """Ask until every lost session has been noticed."""
    for _ in range(9):
        with suppress(StorageUnavailable):
            await town.store.read.meta("a")
