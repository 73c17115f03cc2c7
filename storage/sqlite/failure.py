"""What an error of SQLite means for whoever asked, and the damage that it makes no error of.

Invariant: its result codes are read nowhere else.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from bot.errors import DatabaseDamaged, StorageUnavailable

DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""Result codes that speak of the file and not of the moment (https://www.sqlite.org/rescode.html)."""

SIZE_PLACE: Final = slice(16, 18)
"""Where a file says how large its pages are (fileformat2.html section 1.3.2 on sqlite.org); 1 means LARGEST_PAGE."""

LARGEST_PAGE: Final = 65536


def unavailable(error: sqlite3.Error) -> StorageUnavailable:
    """Make our error of SQLite's: the file is damaged, or it is out of reach for now."""
    return DatabaseDamaged(str(error)) if primary_code(error) in DAMAGE else StorageUnavailable(str(error))


def primary_code(error: sqlite3.Error) -> int | None:
    """Return the first byte of SQLite's result code; None where Python found the error by itself."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def refuse_cut(path: Path) -> None:
    """Refuse a file that was cut within a page: SQLite reads zeros for what is missing, and says nothing.

    While the write-ahead log holds anything, the last page may be written anew from it.

    Raises:
        DatabaseDamaged: it ends within a page.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.is_file() or (log.is_file() and log.stat().st_size):
        return
    with path.open("rb") as file:
        header = file.read(SIZE_PLACE.stop)
    page = int.from_bytes(header[SIZE_PLACE], "big")
    page = LARGEST_PAGE if page == 1 else page
    if page and path.stat().st_size % page:
        raise DatabaseDamaged("the file ends within a page")
