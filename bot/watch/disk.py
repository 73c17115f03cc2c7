"""How much room is left where the database lies. A database on a server has its disk there, and is none of this."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

LITTLE: Final = 500 * 1024**2
"""Bytes below which somebody should make room."""

TOO_LITTLE: Final = 50 * 1024**2
"""Bytes below which it is not certain that what comes in can be kept."""


def free_bytes(folder: Path) -> int:
    """Return how many bytes are free; raises OSError when the folder cannot be looked at."""
    return shutil.disk_usage(folder).free
