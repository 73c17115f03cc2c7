"""Named queries as PostgreSQL's protocol wants them: numbered parameters, and a row back for each row that changes.

Translated once, when the queries are loaded; the text of a statement depends on its file alone, never on a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_RETURNS: Final = re.compile(r"\bRETURNING\b")
COUNTED: Final = "\nRETURNING 1"
"""What a statement that writes ends with: the driver counts no rows of many executions, so each changed row is sent back."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with `$1`, `$2`, …, and the names of what goes there, in order."""

    sql: str
    names: tuple[str, ...]

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
    return Statement(text, tuple(names))
