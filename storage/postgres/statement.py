"""Named queries as PostgreSQL's protocol wants them: numbered parameters, and a row back for each row that changes.

Translated once, when the queries are loaded; the text of a statement depends on its file alone, never on a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from storage.engine import Parameters, Value

_PART: Final = re.compile(
    r"""  '(?:[^']|'')*'          # a text, which may hold a colon
        | --[^\n]*              # a remark
        | ::\w+                 # a cast
        | :(?P<name>[a-z_]\w*)  # a parameter
    """,
    re.VERBOSE,
)
_WRITES: Final = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")
_PLACE: Final = re.compile(r"\$(\d+)")
_RETURNS: Final = re.compile(r"\bRETURNING\b")
COUNTED: Final = "\nRETURNING 1"
"""What a statement that writes ends with: the driver counts no rows of many executions, so each changed row is sent back."""


_INSERTS: Final = re.compile(
    r"(?P<into>\s*INSERT INTO \w+ \([^()]*\)\s*)VALUES \((?P<places>(?:\s*\$\d+\s*,?)+)\)"
    r"(?P<unless>\s*(?:ON CONFLICT \([\w, ]+\) DO NOTHING)?)\s*RETURNING 1"
)
"""What puts one row somewhere, and can put as many as there are: given lists of the values of each column."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with `$1`, `$2`, …, and the names of what goes there, in order."""

    sql: str
    names: tuple[str, ...]
    putting: re.Match[str] | None = None
    """How it puts a row somewhere, if that is all it does: then it can be said for many rows at once."""

    def for_rows(self, types: Sequence[str]) -> str:
        """Say it for many rows at once, whose values are lists: executed once, it takes a fraction of the server's time.

        Args:
            types: what the server takes `$1`, `$2`, … to be.
        """
        found = self.putting
        if found is None:
            raise ValueError(self.sql)
        lists = _PLACE.sub(lambda place: f"{place[0]}::{types[int(place[1]) - 1]}[]", found["places"])
        return f"{found['into']}SELECT * FROM unnest({lists}){found['unless']}"

    def arguments(self, parameters: Parameters) -> tuple[Value, ...]:
        """Pick out what this statement needs; a caller may know more."""
        return tuple(parameters[name] for name in self.names)


def translate(queries: Mapping[str, str]) -> Mapping[str, Statement]:
    """Translate every query."""
    return MappingProxyType({name: statement(sql) for name, sql in queries.items()})


def statement(sql: str) -> Statement:
    """Translate one query; a parameter that stands in several places is sent once."""
    names: dict[str, int] = {}

    def numbered(part: re.Match[str]) -> str:
        name = part["name"]
        return part[0] if name is None else f"${names.setdefault(name, len(names) + 1)}"

    text = _PART.sub(numbered, sql)
    if _WRITES.match(text) and not _RETURNS.search(text):
        text += COUNTED
    return Statement(text, tuple(names), _INSERTS.fullmatch(text))
