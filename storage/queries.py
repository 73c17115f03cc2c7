"""Named SQL: each block in a `.sql` file is a name, one line of description, and a body. Python never concatenates SQL.

Files directly under `storage/sql/` serve both databases; a block of the same name in `storage/<dialect>/sql/` replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_BLOCK: Final = re.compile(
    r"^-- name: (?P<name>\w+)\n-- (?P<about>[^\n]+)\n(?P<body>.*?)(?=^-- name: |\Z)", re.MULTILINE | re.DOTALL
)


def parse(text: str) -> Mapping[str, str]:
    """Split a file into its blocks.

    Raises:
        ValueError: a block has no description, or a name is there twice.
    """
    blocks = {match["name"]: match["body"].strip().rstrip(";") for match in _BLOCK.finditer(text)}
    if len(blocks) != text.count("-- name: "):
        raise ValueError("every block needs a name of its own and a line of description")
    return blocks


def load(dialect: str) -> Mapping[str, str]:
    """Read every query of a dialect (`sqlite` or `postgres`)."""
    queries: dict[str, str] = {}
    for folder in (files("storage") / "sql", files("storage") / dialect / "sql"):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda item: item.name):
                queries.update(parse(file.read_text(encoding="utf-8")))
    return MappingProxyType(queries)
