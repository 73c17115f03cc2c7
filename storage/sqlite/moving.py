"""The SQLite side of a move to another database: every row of one moment, and a file that nobody writes to afterwards.

While rows are read nobody else can write: a bot that runs waits, and what people send waits at Telegram. Once the other side
has everything, the file is sealed in the same transaction; so nothing can be entered here that is not there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.errors import DatabaseInUse
from bot.rules.chain import Head
from storage.engine import Row
from storage.queries import load
from storage.rows import moment
from storage.sqlite.failure import primary_code, unavailable

STAND_IN: Final = re.compile(r"\bledger\b")
"""The table in the query `move_rows` that stands for whichever is read."""

FIRST: Final = ("ledger", "ledger_head", "cases")
"""What others refer to comes before them."""

SEALING: Final = ("move_seal_ledger", "move_seal_inbox", "move_seal_outbox")
"""Queries that let nobody write here any more."""

CHUNK: Final = 2000
BUSY_SECONDS: Final = 30.0


class MovingSource:
    """A database that is being read whole. Make it with `source_held`."""

    def __init__(self, connection: sqlite3.Connection, queries: Mapping[str, str]) -> None:
        self._connection = connection
        self._queries = queries

    def tables(self) -> Sequence[str]:
        """Name every table of ours, those that others refer to first."""
        names = [str(name) for (name,) in self._connection.execute(self._queries["move_tables"])]
        return [*FIRST, *(name for name in names if name not in FIRST)]

    def columns(self, table: str) -> Sequence[str]:
        """Name a table's columns."""
        return [column[0] for column in self._all(table).description]

    def count(self, table: str) -> int:
        """Count a table's rows."""
        ((count,),) = self._connection.execute(STAND_IN.sub(table, self._queries["ledger_size"]))
        return int(count)

    def rows(self, table: str) -> Iterator[Sequence[Row]]:
        """Yield a table's rows, some at a time."""
        cursor = self._all(table)
        while rows := cursor.fetchmany(CHUNK):
            yield rows

    def head(self) -> Head:
        """Say where the ledger ends."""
        ((seq, chain_hash),) = self._connection.execute(self._queries["ledger_head"])
        return Head(int(seq), bytes(chain_hash))

    def erasures(self) -> Mapping[str, datetime]:
        """Return what is known to be erased."""
        rows = self._connection.execute(self._queries["erasures_all"])
        return {str(subject): moment(int(at)) for subject, at in rows}

    def seal(self, where: str) -> None:
        """Let nobody write here any more, and say where the county is now."""
        for query in SEALING:
            self._connection.execute(self._queries[query])
        self._connection.execute(self._queries["meta_put"], {"name": MOVED, "value": where})
        self._connection.execute("COMMIT")

    def _all(self, table: str) -> sqlite3.Cursor:
        return self._connection.execute(STAND_IN.sub(table, self._queries["move_rows"]))


MOVED: Final = "moved_to"
"""Under which name a sealed database says where the county is now."""


@contextmanager
def source_held(path: Path) -> Iterator[MovingSource]:
    """Hold a database's write lock; it is as it was unless it is sealed.

    Raises:
        DatabaseInUse: another process writes all the time.
        StorageUnavailable: it cannot be read.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield MovingSource(connection, load("sqlite"))
        finally:
            connection.rollback()
            connection.close()
    except sqlite3.OperationalError as error:
        if primary_code(error) == sqlite3.SQLITE_BUSY:
            raise DatabaseInUse(path) from error
        raise unavailable(error) from error
    except sqlite3.Error as error:
        raise unavailable(error) from error
