"""Whether a database is still built as the migrations build it: its tables, columns, keys, indexes, triggers and functions.

A trigger that was dropped lets entries be changed by hand, one that was added may change what is written, and a rule or a
policy of a server hides rows. Invariant: what is compared is what a text means to the database, not how it is laid out; so a
database that was migrated from any earlier version is built like a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from storage.engine import Engine, Row, Value

TOKENS: Final = re.compile(
    r"--[^\n]*|/\*.*?\*/|\s+|(?P<text>'(?:[^']|'')*')|\"(?P<name>[^\"]*)\"|(?P<word>\w+|.)", re.DOTALL
)
"""Remarks and spaces, which mean nothing; texts, which are kept as they are; names in quotes and without, and signs."""

STANDING_ALONE: Final = frozenset({"table", "function"})
"""What stands by itself: one that no migration made does nothing to ours, as the tables of a tool for continuous copies."""

Name = tuple[str, str, str]


class Part(NamedTuple):
    """A part of a schema: what it is, what it is called, of which table it is, and how it is defined."""

    kind: str
    name: str
    table: str
    text: str

    @property
    def said(self) -> str:
        """Name it."""
        return f"the {self.kind} {self.name}" + ("" if self.kind in STANDING_ALONE else f" of {self.table}")


async def schema_flaw(engine: Engine) -> str | None:
    """Say what of a database is not as the migrations make it, the first of it; None: nothing."""
    intended = await engine.intended()
    async with engine.reading() as session:
        found = await session.rows("schema_parts", {})
    return difference(read_parts(intended), read_parts(found))


def read_parts(rows: Iterable[Row]) -> Mapping[Name, Part]:
    """Read parts by what they are, whose, and what they are called."""
    parts = [Part(str(kind), str(name), str(table), normal(text)) for kind, name, table, text in rows]
    return {(part.kind, part.table, part.name): part for part in sorted(parts, key=_place)}


def _place(part: Part) -> tuple[bool, Part]:
    return part.kind != "table", part


def normal(text: Value) -> str:
    """Write a definition without remarks, in one way of spacing and quoting, and in small letters, texts apart."""
    found = (match["text"] or (match["name"] or match["word"] or "").lower() for match in TOKENS.finditer(str(text)))
    return " ".join(filter(None, found))


def difference(intended: Mapping[Name, Part], found: Mapping[Name, Part]) -> str | None:
    """Say what differs first: what is missing, what is not as it was made, what is too much on a table of ours."""
    gone = [part for name, part in intended.items() if name not in found]
    without = {part.table for part in gone if part.kind == "table"}
    said = [f"{part.said} is missing" for part in gone if part.kind == "table" or part.table not in without]
    said += [
        f"{part.said} is not what the migrations make" for name, part in intended.items() if found.get(name, part) != part
    ]
    tables = {part.table for part in intended.values()}
    surplus = [part for name, part in found.items() if name not in intended and part.table in tables]
    said += [f"{part.said} is of no migration" for part in surplus if part.kind not in STANDING_ALONE]
    if not said:
        return None
    return said[0] + (f", and {len(said) - 1} more" if len(said) > 1 else "")
