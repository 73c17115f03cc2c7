"""PostgreSQL's schema moves forward only, whole or not at all, and holds what SQLite's holds."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NewerSchema, NoDatabase, OutdatedSchema, StorageUnavailable
from storage.postgres.migrate import DONE, PREPARE, check_version, made, migrate, migrations
from storage.postgres.statement import statement, translate
from storage.queries import load
from storage.schema import difference, read_parts
from storage.sqlite.migrate import migrate as migrate_sqlite
from storage.sqlite.migrate import migrations as sqlite_migrations
from tests.storage.old_rows import MEASURE_ENTRIES, MEASURES_AT, OLD_MEASURE, OLD_NOTE, OLD_ROWS
from tests.support.postgres import Server, connected, dump
from tests.tools.postgres_schema import parts_of

NEWEST = migrations()[-1][0]
NUMBERED = {"inbox", "outbox"}
"""Tables whose rows the server numbers."""

OF_PROCESSES = {("inbox", "holder"), ("inbox", "held_until"), ("outbox", "holder"), ("outbox", "held_until")}


@pytest.fixture(scope="module")
def empty(server: Server) -> str:
    """Make one database without a schema for what changes nothing."""
    return server.empty()


def test_versions_run_from_one_without_gaps() -> None:
    """Each is a file of its own."""
    assert [version for version, _ in migrations()] == list(range(1, NEWEST + 1))


async def test_where_there_is_no_schema_none_is_made_by_looking(empty: str) -> None:
    """A command that reads does not create."""
    with pytest.raises(NoDatabase):
        await check_version(empty)
    assert dump(empty) == []


async def test_of_programs_that_start_at_once_one_migrates(server: Server) -> None:
    """The others wait and find it done; later it is left as it is."""
    url = server.empty()
    found = await asyncio.gather(*(migrate(url) for _ in range(4)))
    assert sorted(before for before, _ in found) == [0, NEWEST, NEWEST, NEWEST]
    await check_version(url)
    before = dump(url)
    assert await migrate(url) == (NEWEST, NEWEST)
    assert dump(url) == before


async def test_a_migration_that_fails_in_the_middle_leaves_nothing_of_itself(server: Server) -> None:
    """No table of it, and no version."""
    url = server.empty()
    async with connected(url) as connection:
        await connection.execute("CREATE TABLE anchors (mine TEXT)")
        with pytest.raises(StorageUnavailable, match="anchors"):
            await migrate(url)
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [name for (name,) in names] == ["anchors"]


@pytest.mark.parametrize("version", range(1, NEWEST))
async def test_from_every_earlier_version_what_was_there_is_there(server: Server, version: int) -> None:
    """A row in each table, through whatever migrations are still to come, keeps all that it said, as in a new one."""
    url = server.empty()
    scripts = [script for _, script in migrations()]
    async with connected(url) as connection:
        await connection.execute(PREPARE)
        await connection.execute(scripts[0])
        columns = {table: first_columns(table) for table in OLD_ROWS}
        for table, row in OLD_ROWS.items():
            holes = ", ".join(f"${place}" for place, _ in enumerate(row, start=1))
            names = ", ".join(columns[table])
            kept = "OVERRIDING SYSTEM VALUE " if table in NUMBERED else ""
            await connection.execute(f"INSERT INTO {table} ({names}) {kept}VALUES ({holes})", *row)
        for script in scripts[1:version]:
            await connection.execute(script)
        for done in range(1, version + 1):
            await connection.fetch(DONE, done)
        assert await migrate(url) == (version, NEWEST)
        assert difference(read_parts(made()), read_parts(await parts_of(url))) is None
        found = {
            table: await connection.fetch(f"SELECT {', '.join(names)} FROM {table}") for table, names in columns.items()
        }
    assert {table: [tuple(row) for row in rows] for table, rows in found.items()} == {
        table: [row] for table, row in OLD_ROWS.items()
    }


async def test_the_date_of_an_old_measure_counts_for_whoever_saw_to_it_then(server: Server) -> None:
    """The ledger says whose it was when its date came, whoever it was handed to later."""
    url = server.empty()
    async with connected(url) as connection:
        await connection.execute(PREPARE)
        for version, script in migrations()[:MEASURES_AT]:
            await connection.execute(script)
            await connection.fetch(DONE, version)
        for table, rows in (("ledger", MEASURE_ENTRIES), ("proposals", (OLD_MEASURE, OLD_NOTE))):
            holes = ", ".join(f"${place}" for place, _ in enumerate(rows[0], start=1))
            for row in rows:
                await connection.execute(f"INSERT INTO {table} VALUES ({holes})", *row)
        await migrate(url)
        found = await connection.fetch("SELECT due_unit, body FROM proposals ORDER BY number")
    assert [(unit, json.loads(str(body))) for unit, body in found] == [
        ("transport", {"owner_unit": None, "due_unit": "transport"}),
        (None, {"owner_unit": None}),
    ]


def first_columns(table: str) -> list[str]:
    """Return the columns that a table of the first schema has on both databases, in their order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(sqlite_migrations()[0][1])
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


async def test_a_database_of_another_version_is_left_alone(server: Server) -> None:
    """Whoever goes back to an older program is told, before anything is written."""
    url = server.empty()
    await migrate(url)
    async with connected(url) as connection:
        await connection.execute(f"INSERT INTO schema_version VALUES ({NEWEST + 1})")
        for look in (migrate, check_version):
            with pytest.raises(NewerSchema):
                await look(url)
        await connection.execute("UPDATE schema_version SET version = version - 1000")
    with pytest.raises(OutdatedSchema):
        await check_version(url)


async def test_the_tables_are_those_of_sqlite(url: str, tmp_path: Path) -> None:
    """Column by column, with what may be empty; only what processes agree by is PostgreSQL's own."""
    migrate_sqlite(tmp_path / "bot.db")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        sqlite = {
            (table, name, kind.replace("INTEGER", "bigint").replace("TEXT", "text").replace("BLOB", "bytea"))
            for table in tables
            if not table.startswith("sqlite_")
            for _, name, kind, *_ in file.execute(f"PRAGMA table_info({table})")
        }
    async with connected(url) as connection:
        columns = await connection.fetch(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name NOT IN ('leases', 'present', 'schema_version')"
        )
        bare = await connection.fetch(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND atttypid = 'text'::regtype"
            " AND attcollation <> (SELECT oid FROM pg_collation WHERE collname = 'C' AND collencoding = -1)"
        )
    assert {(str(t), str(n), str(k)) for t, n, k in columns if (t, n) not in OF_PROCESSES} == sqlite
    assert list(bare) == []


async def test_the_ledger_is_guarded_whatever_a_session_plays(server: Server) -> None:
    """Its triggers fire for its owner and for a replica alike."""
    url = server.empty()
    await migrate(url)
    async with connected(url) as connection:
        triggers = await connection.fetch(
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = 'ledger'::regclass AND NOT tgisinternal"
        )
    assert {str(name): state for name, state in triggers} == {"ledger_keeps_entries": "A", "ledger_loses_nothing": "A"}


async def test_every_query_is_understood(url: str) -> None:
    """The server can plan each of them: every table, column and type is there."""
    async with connected(url) as connection:
        for name, wanted in translate(load("postgres")).items():
            await connection.execute(f"PREPARE {name} AS {wanted.sql}")


async def test_what_puts_a_row_is_understood_for_many(url: str) -> None:
    """As lists of what the server takes each of its parameters to be."""
    said = set()
    async with connected(url) as connection:
        for name, wanted in translate(load("postgres")).items():
            if wanted.putting is not None:
                one = await connection.prepare(wanted.sql)
                many = await connection.prepare(wanted.for_rows([each.name for each in one.get_parameters()]))
                assert [each.name for each in many.get_parameters()] == [f"{each.name}[]" for each in one.get_parameters()]
                said.add(name)
    assert {"inbox_put", "outbox_put", "due_put", "case_insert", "ledger_append", "tree_put", "person_insert"} <= said
    assert said.isdisjoint({"dialog_put", "round_put", "meta_put", "lease_take", "counter_take"})  # one row may change twice


def test_parameters_are_numbered_and_nothing_else_is() -> None:
    """A colon in a text, a remark or a cast stays; a name that stands twice is one parameter."""
    translated = statement("SELECT 'at :a', x::text -- :b\nFROM t WHERE y = :c AND z = :d AND 'it''s :e' <> :c")
    assert translated.sql == "SELECT 'at :a', x::text -- :b\nFROM t WHERE y = $1 AND z = $2 AND 'it''s :e' <> $1"
    assert translated.arguments({"d": 2, "c": 1, "unused": 3}) == (1, 2)


def test_what_writes_says_how_many_rows_it_changed() -> None:
    """Each ends with a row for each row that it changed, once."""
    for name, wanted in translate(load("postgres")).items():
        writes = len(re.findall(r"\b(?:INSERT INTO|UPDATE \w+ SET|UPDATE SET|DELETE FROM)\b", wanted.sql)) > 0
        assert wanted.sql.count("RETURNING") == int(writes), name
