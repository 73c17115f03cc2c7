"""What an error of SQLite means for whoever asked.

Invariant: its result codes are read nowhere else.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.errors import DatabaseDamaged, StorageUnavailable

DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""Result codes that speak of the file and not of the moment (https://www.sqlite.org/rescode.html)."""


def unavailable(error: sqlite3.Error) -> StorageUnavailable:
    """Make our error of SQLite's: the file is damaged, or it is out of reach for now."""
    return DatabaseDamaged(str(error)) if primary_code(error) in DAMAGE else StorageUnavailable(str(error))


def primary_code(error: sqlite3.Error) -> int | None:
    """Return the first byte of SQLite's result code; None where Python found the error by itself."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
