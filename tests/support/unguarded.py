"""A database file in the hands of whoever holds the machine: its triggers are taken away, and put back after the harm.

So what is found afterwards is the harm itself, not that a trigger is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file without its triggers; those of tables that are still there come back, and all is committed."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        factory = connection.text_factory
        yield connection
        connection.text_factory = factory
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for _, table, script in triggers:
            if table in tables:
                connection.execute(script)
        connection.commit()
