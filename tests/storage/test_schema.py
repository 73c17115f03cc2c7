"""Whoever changes how a database is built, so that it keeps its promises no more, is found by what the migrations make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.postgres.migrate import made as made_by_server
from storage.postgres.migrate import written
from storage.queries import load
from storage.schema import difference, normal, read_parts, schema_flaw
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import made, migrate
from storage.sqlite.moving import source_held
from tests.support.postgres import connected
from tests.tools.postgres_schema import parts_of

ASKING = load("sqlite")["schema_parts"]
KEEPS = "CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE ON ledger"
SAYS_NO = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"

SQLITE_HARMS = {
    ("DROP TRIGGER ledger_keeps_entries",): "trigger ledger_keeps_entries of ledger is missing",
    ("DROP TRIGGER ledger_keeps_entries", f"{KEEPS} BEGIN SELECT 1; END"): "trigger ledger_keeps_entries of ledger is not",
    (
        "DROP TRIGGER ledger_keeps_entries",
        f"{KEEPS} WHEN NEW.seq > 9 {SAYS_NO}",
    ): "trigger ledger_keeps_entries of ledger is not",
    (
        "CREATE TRIGGER quiet AFTER INSERT ON due BEGIN DELETE FROM due WHERE key = NEW.key; END",
    ): "trigger quiet of due is of no",
    (f"CREATE TRIGGER moved_ledger BEFORE INSERT ON ledger {SAYS_NO}",): "trigger moved_ledger of ledger is of no migration",
    ("DROP INDEX cases_by_filing",): "index cases_by_filing of cases is missing",
    (
        "DROP INDEX cases_by_filing",
        "CREATE INDEX cases_by_filing ON cases (filed_at) WHERE unit <> 'water'",
    ): "index cases_by_filing of cases is not what the migrations make",
    ("CREATE UNIQUE INDEX one_of_a_kind ON cases (unit)",): "index one_of_a_kind of cases is of no migration",
    ("DROP TABLE link_tries",): "table link_tries is missing",
    ("DROP TABLE due",): "table due is missing",
    ("ALTER TABLE cases ADD COLUMN told INTEGER",): "table cases is not what the migrations make",
    ("ALTER TABLE cases DROP COLUMN about",): "table cases is not what the migrations make",
    ("ALTER TABLE words RENAME TO said",): "table words is missing",
    (
        "DROP TABLE meta",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)",
    ): "table meta is not what the migrations make",
}
"""What is done to a file, and what is said of it."""

POSTGRES_HARMS = {
    "DROP TRIGGER ledger_keeps_entries ON ledger": "trigger ledger_keeps_entries of ledger is missing",
    "ALTER TABLE ledger DISABLE TRIGGER ledger_keeps_entries": "trigger ledger_keeps_entries of ledger is not what",
    "ALTER TABLE ledger ENABLE TRIGGER ledger_keeps_entries": "trigger ledger_keeps_entries of ledger is not what",
    "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'": (
        "function ledger_refuses is not what the migrations make"
    ),
    "CREATE RULE deaf AS ON INSERT TO due DO INSTEAD NOTHING": "rule deaf of due is of no migration",
    "CREATE POLICY blind ON cases USING (unit <> 'water')": "policy blind of cases is of no migration",
    "ALTER TABLE cases ENABLE ROW LEVEL SECURITY": "table cases is not what the migrations make",
    "ALTER TABLE ledger SET UNLOGGED": "table ledger is not what the migrations make",
    "DROP TABLE due": "table due is missing",
    "ALTER TABLE cases ADD COLUMN told BIGINT": "column told of cases is of no migration",
    "ALTER TABLE cases DROP COLUMN about": "column about of cases is missing",
    "ALTER TABLE cases ALTER COLUMN unit DROP NOT NULL": "column unit of cases is not what the migrations make",
    "ALTER TABLE outbox ALTER COLUMN attempts SET DEFAULT 99": "column attempts of outbox is not what the migrations make",
    "ALTER TABLE ledger DROP CONSTRAINT ledger_pkey": "index ledger_pkey of ledger is missing",
    "CREATE UNIQUE INDEX one_of_a_kind ON cases (unit)": "index one_of_a_kind of cases is of no migration",
    "ALTER TABLE ledger_head DROP CONSTRAINT ledger_head_id_check": "constraint ledger_head_id_check of ledger_head is",
    "ALTER TABLE due ADD CHECK (at < 0) NOT VALID": "constraint due_at_check of due is of no migration",
    "CREATE TABLE more () INHERITS (ledger)": "heir more of ledger is of no migration",
    "CREATE TABLE held (owner TEXT REFERENCES keys)": "reference held_owner_fkey of keys is of no migration",
    "ALTER SEQUENCE inbox_seq_seq INCREMENT -1 MINVALUE -9 START 1": "table inbox_seq_seq is not what the migrations make",
    "ALTER TABLE rounds DISABLE TRIGGER ALL": "constraint rounds_number_fkey of rounds is not what the migrations make",
}
"""What is done to a database on a server, and what is said of it."""


def test_what_is_built_otherwise_is_named(file: Path) -> None:
    """Missing, changed, or too much; of a table that is gone, the table and nothing of all that it had."""
    migrate(file)
    intended = read_parts(made(ASKING, ()))
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for harm, said in SQLITE_HARMS.items():
            connection.execute("BEGIN")
            for statement in harm:
                connection.execute(statement)
            found = difference(intended, read_parts(connection.execute(ASKING).fetchall()))
            connection.execute("ROLLBACK")
            assert (found or "").startswith(f"the {said}"), (harm, found)
        assert difference(intended, read_parts(connection.execute(ASKING).fetchall())) is None


async def test_what_a_server_builds_otherwise_is_named(url: str) -> None:
    """What switches a trigger off, what hides rows or swallows them, what is missing, changed or too much."""
    asking, intended = load("postgres")["schema_parts"], read_parts(made_by_server())
    async with connected(url) as connection:
        for harm, said in POSTGRES_HARMS.items():
            await connection.execute(f"BEGIN; {harm}")
            found = difference(intended, read_parts([tuple(row) for row in await connection.fetch(asking)]))
            await connection.execute("ROLLBACK")
            assert (found or "").startswith(f"the {said}"), (harm, found)


async def test_what_is_kept_of_a_server_s_schema_is_what_the_migrations_make(url: str) -> None:
    """After a new migration `python -m tests.tools.postgres_schema` writes it down anew."""
    assert written(await parts_of(url)) == written(made_by_server())


async def test_tables_of_other_tools_are_passed_by(file: Path) -> None:
    """A tool for continuous copies has some of its own in the file, and the server's statistics are nobody's."""
    migrate(file)
    engine = await open_sqlite(file, load("sqlite"), read_only=True)
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); ANALYZE")
        assert await schema_flaw(engine) is None
    finally:
        await engine.close()


async def test_a_file_that_was_sealed_as_its_county_moved_is_as_it_should_be(file: Path) -> None:
    """As long as it says where the county is, and nothing else seals it."""
    migrate(file)
    with source_held(file) as source:
        source.seal("postgresql://elsewhere/county")
    engine = await open_sqlite(file, load("sqlite"), read_only=True)
    try:
        assert await schema_flaw(engine) is None
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TRIGGER moved_inbox")
        assert await schema_flaw(engine) == "the trigger moved_inbox of inbox is missing"
    finally:
        await engine.close()


def test_only_what_a_definition_means_is_compared() -> None:
    """Not how it is spaced, remarked upon or quoted; every letter of a text."""
    assert normal('CREATE  TABLE "Due" (at INTEGER) -- when\n') == normal("create table due(at /* when */ integer)")
    assert normal("CHECK (unit <> 'a  b')") != normal("CHECK (unit <> 'a b')")
    assert normal("CHECK (unit <> 'A')") != normal("CHECK (unit <> 'a')")
