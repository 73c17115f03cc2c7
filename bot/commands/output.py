"""How commands print: one JSON array for lists, tables that line up for people, instants as RFC 3339 UTC with Z."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.chain import instant

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | dict[str, Json] | None"


def instant_or_none(at: datetime | None) -> str | None:
    """Write an instant that may be absent."""
    return None if at is None else instant(at)


def print_json(value: Json) -> None:
    """Print a value for programs."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows for people, columns aligned; East Asian letters count two."""
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
