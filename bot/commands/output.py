"""How commands print: one JSON array for lists, tables that line up for people, instants as RFC 3339 UTC with Z."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from bot.rules.chain import instant

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | dict[str, Json] | None"

WIDTH: Final = 30
"""Of a progress bar, in letters."""


def instant_or_none(at: datetime | None) -> str | None:
    """Write an instant that may be absent."""
    return None if at is None else instant(at)


def print_json(value: Json) -> None:
    """Print a value for programs."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


class Progress:
    """Shows on a terminal how far something long has come; `total` is None where that is not known."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what, self._total = what, total

    def __call__(self, done: int) -> None:
        """Show that so much is done."""
        if not sys.stderr.isatty():
            return
        if self._total is None:
            print(f"{done:,} {self._what} ", end="\r", file=sys.stderr, flush=True)  # what is said next stands over it
            return
        filled = WIDTH if done >= self._total else WIDTH * done // self._total
        bar = "#" * filled + "." * (WIDTH - filled)
        end = "\n" if done >= self._total else ""
        print(f"\r[{bar}] {done:,} of {self._total:,} {self._what} ", end=end, file=sys.stderr, flush=True)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows for people, columns aligned; East Asian letters count two."""
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
