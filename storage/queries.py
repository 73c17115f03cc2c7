"""Named SQL: each block in a `.sql` file is a name, one line of description, and a body. Python never concatenates SQL.

Files directly under `storage/sql/` serve both databases; a block of the same name in `storage/<dialect>/sql/` replaces it.
What several blocks share is a *part*: written once, with a name and a description of its own, and put where a block says
`{name}`, or `{name(what)}` for a part that needs to be told something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_BLOCK: Final = re.compile(
    r"^-- (?P<sort>name|part): (?P<name>\w+)\n-- (?P<about>[^\n]+)\n(?P<body>.*?)(?=^-- (?:name|part): |\Z)",
    re.MULTILINE | re.DOTALL,
)
_USE: Final = re.compile(r"\{(?P<name>\w+)(?:\((?P<given>[\w.:]+)\))?\}")
_MORE_ABOUT: Final = re.compile(r"\A(?:--[^\n]*\n)+")
GIVEN: Final = "{}"
"""Stands in a part for what it is told."""


def parse(text: str, sort: str = "name") -> Mapping[str, str]:
    """Split a file into its blocks, or into its parts.

    Args:
        sort: `name` for blocks, `part` for parts.

    Raises:
        ValueError: a block has no description, or a name is there twice.
    """
    blocks = {match["name"]: _body(match["body"]) for match in _BLOCK.finditer(text) if match["sort"] == sort}
    if len(blocks) != text.count(f"-- {sort}: "):
        raise ValueError("every block needs a name of its own and a line of description")
    return blocks


def _body(text: str) -> str:
    """Take what is SQL: lines that go on with the description and the last semicolon are none."""
    return _MORE_ABOUT.sub("", text).strip().rstrip(";")


def put_together(block: str, parts: Mapping[str, str]) -> str:
    """Put parts where a block names them.

    Raises:
        ValueError: there is no such part, or one that needs to be told something is not, or the other way round.
    """

    def part(use: re.Match[str]) -> str:
        body = parts.get(use["name"])
        if body is None or (GIVEN in body) != (use["given"] is not None):
            raise ValueError(f"no part is used like {use[0]}")
        return body.replace(GIVEN, use["given"] or "")

    return _USE.sub(part, block)


@cache
def load(dialect: str) -> Mapping[str, str]:
    """Read every query of a dialect (`sqlite` or `postgres`), once in a process: they come with the program."""
    queries: dict[str, str] = {}
    parts: dict[str, str] = {}
    for folder in (files("storage") / "sql", files("storage") / dialect / "sql"):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda item: item.name):
                text = file.read_text(encoding="utf-8")
                queries.update(parse(text))
                parts.update(parse(text, "part"))
    return MappingProxyType({name: put_together(block, parts) for name, block in queries.items()})
