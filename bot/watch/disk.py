"""How much room is left where the database lies, and how long its log is. A database on a server is none of this."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

LITTLE: Final = 500 * 1024**2
"""Bytes below which somebody should make room."""

TOO_LITTLE: Final = 50 * 1024**2
"""Bytes below which it is not certain that what comes in can be kept."""


LONG: Final = 256 * 1024**2
"""Bytes of write-ahead log beyond which something keeps it from being folded: it is cut to a quarter of that by itself."""


def free_bytes(folder: Path) -> int:
    """Return how many bytes are free; raises OSError when the folder cannot be looked at."""
    return shutil.disk_usage(folder).free


def log_bytes(database: Path) -> int:
    """Return how many bytes the write-ahead log of an SQLite database takes on the disk; 0 while it has none."""
    try:
        return database.with_name(f"{database.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
