"""Whether a database file ends before its last page does: SQLite reads zeros for what is missing, and says nothing.

A file may be short while its write-ahead log holds the pages that it lacks: they are on their way into it, or were when the
program was killed. Invariant: a file that lacks nothing is never refused, whatever other processes write to it meanwhile.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from io import RawIOBase
from pathlib import Path
from typing import Final, NamedTuple

from bot.errors import DatabaseDamaged

SIZE_PLACE: Final = slice(16, 18)
"""Where a file says how large its pages are (fileformat2.html section 1.3.2 on sqlite.org); 1 means LARGEST_PAGE."""

LARGEST_PAGE: Final = 65536
LOCKS_AT: Final = 0x40000000
"""Where SQLite's locks lie in a file; their page is never written (section 1.1)."""

LOG_HEADER: Final = 32
FRAME_HEADER: Final = 24
LOG_PAGE_SIZE: Final = slice(8, 12)
LOG_SALTS: Final = slice(16, 24)
FRAME_SALTS: Final = slice(8, 16)
"""What a frame of the log has in common with its beginning, unless it was left there by an earlier round (section 4.1)."""


class Logged(NamedTuple):
    """What a write-ahead log holds: which pages, and of how many the database is since its last commit."""

    numbers: AbstractSet[int]
    pages: int


def refuse_cut(path: Path) -> None:
    """Refuse a file that lacks a page, or a part of one, that its write-ahead log does not hold either.

    Raises:
        DatabaseDamaged: it ends too early.
    """
    log = path.with_name(f"{path.name}-wal")
    while path.is_file():
        size = path.stat().st_size
        why = _lacking(path, log, size)
        if path.stat().st_size != size:
            continue  # the log was folded into it meanwhile, and may hold something else by now
        if why is not None:
            raise DatabaseDamaged(why)
        return


def _lacking(path: Path, log: Path, size: int) -> str | None:
    with path.open("rb") as file:
        header = file.read(SIZE_PLACE.stop)
    page = int.from_bytes(header[SIZE_PLACE], "big")
    page = LARGEST_PAGE if page == 1 else page
    if not page:
        return None  # no database: SQLite says so
    logged = _logged(log, page)
    if not logged.pages:
        return "the file ends within a page" if size % page else None  # where it lacks whole pages, SQLite says so
    lacking = set(range(size // page + 1, logged.pages + 1)) - logged.numbers - {LOCKS_AT // page + 1}
    return f"the file ends before its page {min(lacking)}" if lacking else None


def _logged(log: Path, page: int) -> Logged:
    """Read which pages a log holds; none where there is no log, one of another database, or nothing committed in it."""
    try:
        with log.open("rb", buffering=0) as file:
            return _read(file, page, log.stat().st_size)
    except FileNotFoundError:
        return Logged(frozenset(), 0)


def _read(file: RawIOBase, page: int, size: int) -> Logged:
    header = file.read(LOG_HEADER) or b""
    numbers: set[int] = set()
    pages = 0
    if int.from_bytes(header[LOG_PAGE_SIZE], "big") == page:
        for place in range(LOG_HEADER, size - FRAME_HEADER - page + 1, FRAME_HEADER + page):
            file.seek(place)
            frame = file.read(FRAME_HEADER) or b""
            if frame[FRAME_SALTS] != header[LOG_SALTS]:
                break
            numbers.add(int.from_bytes(frame[:4], "big"))
            pages = int.from_bytes(frame[4:8], "big") or pages
    return Logged(numbers, pages)
