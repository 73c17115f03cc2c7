"""Versioned, forward-only migrations; the version stands in SQLite's own `user_version`, changed in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.errors import DatabaseDamaged, NewerSchema, NoDatabase, OutdatedSchema, StorageUnavailable
from storage.engine import Row
from storage.sqlite.failure import unavailable

LEAST_BYTES: Final = 512
"""The smallest page that SQLite knows (https://www.sqlite.org/fileformat2.html#pages), so the smallest database."""


def migrations() -> Sequence[tuple[int, str]]:
    """Return every migration as (version, script), oldest first."""
    folder = files("storage") / "sqlite" / "migrations"
    return sorted(
        (int(file.name[:4]), file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".sql")
    )


def migrate(path: Path) -> tuple[int, int]:
    """Bring a database file to the newest schema, creating it when missing; return the versions before and after.

    The write lock is taken before the version is read, so of two programs that start at once one migrates and one waits.

    Raises:
        NewerSchema: the database was written by a newer program.
        DatabaseDamaged: it is no database.
        StorageUnavailable: the file cannot be opened or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _is_begun(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    except (OSError, sqlite3.Error) as error:
        raise StorageUnavailable(str(error)) from error
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        before = _version(connection)
        pending = [(version, script) for version, script in migrations() if version > before]
        if before > migrations()[-1][0]:
            raise NewerSchema
        for version, script in pending:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={version:d}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise unavailable(error) from error
    finally:
        connection.close()
    return before, migrations()[-1][0]


def made(asking: str, sealing: Sequence[str]) -> Sequence[Row]:
    """Run every migration, and what seals a file, on an empty database in memory; return what a query says of it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for _, script in migrations():
            connection.executescript(script)
        for statement in sealing:
            connection.execute(statement)
        return connection.execute(asking).fetchall()


def check_version(path: Path) -> None:
    """Make sure that a database file can be used as it is.

    Raises:
        NoDatabase, OutdatedSchema, NewerSchema: it cannot.
        StorageUnavailable: it is no database, or cannot be read.
    """
    if not _is_begun(path):
        raise NoDatabase
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise unavailable(error) from error
    try:
        found = _version(connection)
    except sqlite3.Error as error:
        raise unavailable(error) from error
    finally:
        connection.close()
    newest = migrations()[-1][0]
    if found < newest:
        raise OutdatedSchema
    if found > newest:
        raise NewerSchema


def _is_begun(path: Path) -> bool:
    """Say whether there is anything in a database file; an emptied one is as good as none.

    Raises:
        DatabaseDamaged: it is shorter than any database; SQLite would take it for an empty one, and write over it.
    """
    size = path.stat().st_size if path.exists() else 0
    if 0 < size < LEAST_BYTES:
        raise DatabaseDamaged("the file is shorter than any database")
    return size > 0


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """Split a script into statements; `executescript` would commit the transaction that protects it."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
