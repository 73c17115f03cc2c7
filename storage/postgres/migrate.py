"""Versioned, forward-only migrations; each is one transaction with the row that says it was done, under one lock for all.

A database that a newer program wrote is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Final, cast

from bot.errors import NewerSchema, NoDatabase, OutdatedSchema
from storage.engine import Row
from storage.postgres.connection import Connection, Translated, connect

SCHEMA: Final = "schema.tsv"
"""What the newest migration leaves behind, as a server says it: `python -m tests.tools.postgres_schema` writes it."""

LOCK: Final = "SELECT pg_advisory_lock(1835626602, 0)"
PREPARE: Final = (
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, done_at TIMESTAMPTZ NOT NULL DEFAULT now())"
)
IS_THERE: Final = "SELECT to_regclass('schema_version') IS NOT NULL"
VERSION: Final = "SELECT COALESCE(MAX(version), 0) FROM schema_version"
DONE: Final = "INSERT INTO schema_version (version) VALUES ($1)"


def migrations() -> Sequence[tuple[int, str]]:
    """Return every migration as (version, script), oldest first."""
    folder = files("storage") / "postgres" / "migrations"
    return sorted(
        (int(file.name[:4]), file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".sql")
    )


def made() -> Sequence[Row]:
    """Return what a server said of a database after the newest migration: kind, name, table and definition of each part."""
    lines = (files("storage") / "postgres" / SCHEMA).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def written(parts: Iterable[Row]) -> str:
    """Write down what `made` reads: a line a part."""
    return "".join("\t".join(" ".join(str(column).split()) for column in part) + "\n" for part in parts)


async def migrate(url: str) -> tuple[int, int]:
    """Bring a database to the newest schema; return the versions before and after.

    The lock is taken before the version is read, so of two programs that start at once one migrates and one waits.

    Raises:
        NewerSchema: the database was written by a newer program.
        StorageUnavailable: the server cannot be reached, or refuses.
    """
    newest = migrations()[-1][0]
    connection = await connect(url)
    try:
        with Translated():
            await connection.fetch(LOCK)
            before = await _version(connection)
            if before > newest:
                raise NewerSchema
            for version, script in migrations():
                if version > before:
                    await _step(connection, version, script)
    finally:
        with Translated():
            await connection.close()
    return before, newest


async def _step(connection: Connection, version: int, script: str) -> None:
    try:
        await connection.execute("BEGIN")
        await connection.execute(PREPARE)
        await connection.execute(script)
        await connection.fetch(DONE, version)
        await connection.execute("COMMIT")
    except BaseException:
        connection.terminate()  # the server undoes what was begun
        raise


async def check_version(url: str) -> None:
    """Make sure that a database can be used as it is.

    Raises:
        NoDatabase, OutdatedSchema, NewerSchema: it cannot.
        StorageUnavailable: the server cannot be reached, or refuses.
    """
    newest = migrations()[-1][0]
    connection = await connect(url)
    try:
        with Translated():
            found = await _version(connection)
    finally:
        with Translated():
            await connection.close()
    if found == 0:
        raise NoDatabase
    if found < newest:
        raise OutdatedSchema
    if found > newest:
        raise NewerSchema


async def _version(connection: Connection) -> int:
    ((is_there,),) = await connection.fetch(IS_THERE)
    if not is_there:
        return 0
    ((version,),) = await connection.fetch(VERSION)
    return cast("int", version)  # a BIGINT column
