"""Schemas only move forward, whole or not at all; a database of another version is never touched by mistake."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from bot.errors import NewerSchema, NoDatabase, OutdatedSchema, StorageUnavailable
from storage.queries import load
from storage.schema import Part, difference, read_parts
from storage.sqlite.migrate import check_version, made, migrate, migrations
from tests.storage.old_rows import MEASURE_ENTRIES, MEASURES_AT, OLD_MEASURE, OLD_NOTE, OLD_ROWS

NEWEST = migrations()[-1][0]
ROOT = Path(__file__).parents[2]
ASKING = load("sqlite")["schema_parts"]


def test_versions_run_from_one_without_gaps() -> None:
    """Each is a file of its own."""
    assert [version for version, _ in migrations()] == list(range(1, NEWEST + 1))


def test_a_database_is_made_and_then_left_as_it_is(file: Path) -> None:
    """Also in a folder that is not there yet; a second time changes nothing."""
    path = file.parent / "data" / "bot.db"
    assert migrate(path) == (0, NEWEST)
    before = _dump(path)
    assert migrate(path) == (NEWEST, NEWEST)
    assert _dump(path) == before
    check_version(path)


def test_of_programs_that_start_at_once_one_migrates(file: Path) -> None:
    """The others wait and find it done."""
    with ThreadPoolExecutor(4) as threads:
        found = sorted(threads.map(lambda _: migrate(file)[0], range(4)))
    assert found == [0, NEWEST, NEWEST, NEWEST]


def test_a_migration_that_fails_in_the_middle_leaves_nothing_of_itself(file: Path) -> None:
    """No table of it, and the version stays what it was."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE anchors (mine TEXT)")
    before = _dump(file)
    with pytest.raises(StorageUnavailable):
        migrate(file)
    assert _dump(file) == before
    with pytest.raises(OutdatedSchema):
        check_version(file)


def test_a_database_of_a_newer_program_is_left_alone(file: Path) -> None:
    """Whoever goes back to an older program is told, before anything is written."""
    migrate(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version={NEWEST + 1}")
    before = _dump(file)
    with pytest.raises(NewerSchema):
        migrate(file)
    with pytest.raises(NewerSchema):
        check_version(file)
    assert _dump(file) == before


def test_a_case_of_the_first_schema_has_one_voice_and_its_rounds_their_unit(file: Path) -> None:
    """What was filed before a case could be transferred is what it was."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(migrations()[0][1])
        connection.execute(
            "INSERT INTO cases VALUES ('CB-2026-000001', 1, 'assigned', 'complaint', 'roads', NULL, 'transport', 'bot',"
            " 'normal', NULL, 0, 1, NULL, 1, NULL)"
        )
        connection.execute("INSERT INTO rounds VALUES ('CB-2026-000001', 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")
        connection.execute("PRAGMA user_version=1")
        connection.commit()
    assert migrate(file) == (1, NEWEST)
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT voices, joint, transfers, urgings FROM cases").fetchall()
        units = connection.execute("SELECT unit, pauses, extensions FROM rounds").fetchall()
    assert (found, units) == ([(1, None, 0, 0)], [("transport", 0, 0)])


def of_version(path: Path, version: int) -> dict[str, list[str]]:
    """Make a database with a row in each table and bring it to an earlier version; return the columns of the first."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # made fast: how it came to be is not what is tested
        connection.executescript(migrations()[0][1])
        columns = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in OLD_ROWS}
        for table, row in OLD_ROWS.items():
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        connection.commit()
        for number, script in migrations()[1:version]:
            connection.executescript(script)
            connection.execute(f"PRAGMA user_version={number}")
        connection.execute(f"PRAGMA user_version={version}")
        connection.commit()
    return columns


def kept(path: Path, columns: dict[str, list[str]]) -> dict[str, tuple[object, ...]]:
    """Read what stands in the columns of the first schema now."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchone()
            for table, names in columns.items()
        }


def test_the_date_of_an_old_measure_counts_for_whoever_saw_to_it_then(file: Path) -> None:
    """The ledger says whose it was when its date came, whoever it was handed to later."""
    of_version(file, MEASURES_AT)
    holes = ", ".join("?" * len(OLD_MEASURE))
    with closing(sqlite3.connect(file)) as connection:
        connection.executemany(f"INSERT INTO ledger VALUES ({', '.join('?' * len(MEASURE_ENTRIES[0]))})", MEASURE_ENTRIES)
        connection.executemany(f"INSERT INTO proposals VALUES ({holes})", (OLD_MEASURE, OLD_NOTE))
        connection.commit()
        migrate(file)
        found = connection.execute("SELECT due_unit, body FROM proposals ORDER BY number").fetchall()
    assert [(unit, json.loads(body)) for unit, body in found] == [
        ("transport", {"owner_unit": None, "due_unit": "transport"}),
        (None, {"owner_unit": None}),
    ]


@pytest.mark.parametrize("version", range(1, NEWEST))
def test_from_every_earlier_version_what_was_there_is_there(file: Path, version: int) -> None:
    """A row in each table, through whatever migrations are still to come, keeps all that it said, as in a new one."""
    columns = of_version(file, version)
    assert migrate(file) == (version, NEWEST)
    assert kept(file, columns) == OLD_ROWS
    with closing(sqlite3.connect(file)) as connection:
        assert difference(new(), read_parts(connection.execute(ASKING).fetchall())) is None


@cache
def new() -> Mapping[tuple[str, str, str], Part]:
    """Say what a new file is made of."""
    return read_parts(made(ASKING, ()))


def test_a_migration_killed_at_any_statement_leaves_the_old_or_the_new(file: Path, tmp_path: Path) -> None:
    """Never a schema between two, and the next start brings it to the end with all that was there."""
    columns = of_version(file, 1)
    old = _dump(file)
    place = tmp_path / "lives"
    place.mkdir()
    command = [sys.executable, "-m", "tests.storage.killed_migration", str(file), str(place)]
    lives = int(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)
    assert lives > 30
    new = _dump(place / "0.db")
    brought: set[bytes] = set()
    for life in range(1, lives):
        path = place / f"{life}.db"
        assert _dump(path) in (old, new), life
        left = b"".join(each.read_bytes() for each in sorted(place.glob(f"{life}.db*")))
        if left not in brought:  # from the same bytes it goes on as it did before
            brought.add(left)
            migrate(path)
            assert _dump(path) == new, life
    assert kept(place / "1.db", columns) == OLD_ROWS


def test_what_is_no_database_is_refused(file: Path) -> None:
    """And not overwritten."""
    file.write_text("问题台账\n" * 500, encoding="utf-8")
    with pytest.raises(StorageUnavailable):
        migrate(file)
    with pytest.raises(StorageUnavailable):
        check_version(file)
    assert file.read_text(encoding="utf-8").startswith("问题台账")


def test_where_there_is_no_database_none_is_made_by_looking(file: Path) -> None:
    """A command that reads does not create."""
    with pytest.raises(NoDatabase):
        check_version(file)
    assert not file.exists()


def test_every_table_is_strict(file: Path) -> None:
    """A column holds what its type says, so that reading needs no guessing."""
    migrate(file)
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    assert [name for name, strict in tables if not strict and not name.startswith("sqlite_")] == []


def test_the_ledger_refuses_to_be_changed_by_hand(file: Path) -> None:
    """The database itself says no to UPDATE, DELETE and REPLACE."""
    migrate(file)
    row = (1, "2026-11-24T04:00:00Z", "invited", 1, None, "system", "{}", b"", b"", b"")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for statement in (
            "UPDATE ledger SET facts = '{}'",
            "UPDATE ledger SET seq = 2",
            "DELETE FROM ledger",
            "DELETE FROM ledger WHERE seq = 1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        assert connection.execute("SELECT * FROM ledger").fetchall() == [row]


def test_no_column_is_meant_for_what_may_not_be_known() -> None:
    """No field for ethnicity, religion, politics or a name; chats only sealed or hashed."""
    script = "\n".join(script for _, script in migrations()).lower()
    columns = set(re.findall(r"^    (\w+)\s+(?:text|integer|blob)", script, re.MULTILINE))
    assert {"number", "chat_key", "chat"} <= columns
    assert not columns & {
        "name",
        "first_name",
        "last_name",
        "phone",
        "ethnicity",
        "religion",
        "party",
        "user_id",
        "chat_id",
    } - {
        "name"  # of a counter, and of a fact about the store
    }


def _dump(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), connection.execute("PRAGMA user_version").fetchone()]
