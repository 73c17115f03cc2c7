"""Copying a database whole while others write to it, and putting one in the place of another that nobody uses.

A copy is made within one transaction of SQLite, so it is the database of one moment; it holds no freed pages, hence nothing
that was erased before.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from bot.errors import DatabaseInUse, StorageUnavailable
from storage.queries import load
from storage.sqlite.cut import refuse_cut
from storage.sqlite.failure import primary_code, unavailable
from storage.sqlite.unfinished import Unfinished, remove_companions

Tell: TypeAlias = "Callable[[int, int], None]"
"""Is told how far something is: done, of how many."""

LOOK_SECONDS: Final = 0.2
BUSY_SECONDS: Final = 10.0

LOCKS: Final = 0x40000000, 512
"""Where SQLite's locks lie in a file, and how many bytes (https://sqlite.org/src/file/src/os.h, PENDING_BYTE)."""


async def copy_whole(source: Path, target: Path, tell: Tell) -> None:
    """Copy a database into an empty file, as it is at this moment; writers go on meanwhile.

    Raises:
        StorageUnavailable: the source cannot be read, or is no database; or the disk is full.
    """
    try:
        refuse_cut(source)
        connection = _opened(source, "ro", BUSY_SECONDS)
    except sqlite3.Error as error:
        raise unavailable(error) from error
    copying = asyncio.create_task(
        asyncio.to_thread(connection.execute, "VACUUM INTO ?", (str(target.absolute()),))  # noqa: ASYNC240 (no I/O)
    )
    try:
        size = source.stat().st_size  # noqa: ASYNC240 (one look)
        while not copying.done():
            await asyncio.wait({copying}, timeout=LOOK_SECONDS)
            tell(min(target.stat().st_size, size), size)  # noqa: ASYNC240 (one look)
        copying.result()
    except sqlite3.Error as error:
        raise unavailable(error) from error
    finally:
        connection.interrupt()
        await asyncio.wait({copying})
        connection.close()


class HeldDatabase:
    """The place of a database, with the one that is there held so that nobody else can use it. Make it with `held_alone`.

    Attributes:
        entries: how many entries the ledger there has; None when there is none that can be read.
    """

    def __init__(self, path: Path, entries: int | None, *, is_there: bool) -> None:
        self.path = path
        self.entries = entries
        self._is_there = is_there

    def replace_by(self, unfinished: Unfinished) -> None:
        """Put another database here.

        Raises:
            DatabaseInUse: someone has made a database here meanwhile.
        """
        if not self._is_there and self.path.exists():
            raise DatabaseInUse(self.path)
        remove_companions(self.path)
        unfinished.take_place_of(self.path)


@contextmanager
def held_alone(path: Path) -> Iterator[HeldDatabase]:
    """Hold a database, or the place of one, against every other process; its write-ahead log is folded into it.

    It is left without WAL, so that a program that has opened the file, waits for us, and then finds itself with one that was
    replaced is refused by SQLite (SQLITE_READONLY_DBMOVED) instead of writing to what nobody will ever read.

    Raises:
        DatabaseInUse: another process has it open, even if it does nothing.
        StorageUnavailable: it cannot be opened.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield HeldDatabase(path, None, is_there=False)
        return
    except OSError as error:
        raise StorageUnavailable(str(error)) from error
    connection = None
    try:
        connection, entries = _held(path)
        if connection is None:
            _hold_unreadable(path, handle)
        yield HeldDatabase(path, entries, is_there=True)
    finally:
        if connection is not None:
            connection.close()
        os.close(handle)  # last: closing any handle of a file gives up all of this process's locks on it


def _held(path: Path) -> tuple[sqlite3.Connection | None, int | None]:
    """Lock a database and fold its log; None when it is none that can be read."""
    connection = _opened(path, "rw", 0)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if primary_code(error) == sqlite3.SQLITE_BUSY:
            raise DatabaseInUse(path) from error
        return None, None
    try:
        row = connection.execute(load("sqlite")["ledger_head"]).fetchone()
    except sqlite3.Error:
        row = None
    return connection, None if row is None else int(row[0])


def _hold_unreadable(path: Path, handle: int) -> None:
    """Lock what SQLite cannot lock for us, since it cannot read it, as SQLite would."""
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKS[1], LOCKS[0])
    except (BlockingIOError, PermissionError) as error:
        raise DatabaseInUse(path) from error


def _opened(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout, check_same_thread=False)
