"""What the figures were measured on, without a date or a name: enough to know when two tables cannot be compared."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from time import perf_counter

TRIES = 50


@dataclass(frozen=True, slots=True)
class Machine:
    """Cores, memory, the disk's patience, and the versions that matter.

    Attributes:
        fsync_ms: median time to write 4 KB and have them on the disk, in the folder where the databases lie.
        busy_share: load average of the last minute over cores when the run began; above 0 something else was running.
    """

    cores: int
    memory_gb: float
    fsync_ms: float
    busy_share: float
    python: str
    sqlite: str
    telegram: str
    aiogram: str
    aiohttp: str


def describe() -> Machine:
    """Look around."""
    cores = os.cpu_count() or 1
    return Machine(
        cores=cores,
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3,
        fsync_ms=_fsync_ms(),
        busy_share=os.getloadavg()[0] / cores,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        telegram=version("python-telegram-bot"),
        aiogram=version("aiogram"),
        aiohttp=version("aiohttp"),
    )


def _fsync_ms() -> float:
    took = []
    with tempfile.TemporaryFile(buffering=0) as file:
        for _ in range(TRIES):
            begun_at = perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            took.append(perf_counter() - begun_at)
    return median(took) * 1000
