"""`ledger verify EXPORT --checkpoint`: wherever in an export a checkpoint was signed, it is compared there."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from bot.rules.export import PUBLIC, export_line
from bot.rules.merkle import EMPTY_TREE, grow, root
from bot.rules.page import AT_ONCE
from tests.endtoend.conftest import CommandLine
from tests.rules.test_export import ledger
from tests.support.builders import ACCEPTED, FILED, NUMBER

ENTRIES = 2 * AT_ONCE + 7
ROWS = ledger((FILED, NUMBER), *[(ACCEPTED, NUMBER)] * (ENTRIES - 1))
SIZES = (0, 1, 2, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE, ENTRIES - 1, ENTRIES)


def signed(size: int, its_root: bytes) -> str:
    """Write a checkpoint, signed by a key that nobody here knows."""
    signature = base64.b64encode(bytes(68)).decode()
    return f"minsheng/654022\n{size}\n{base64.b64encode(its_root).decode()}\n\n— minsheng/654022 {signature}\n"


@pytest.fixture(params=["full", "public"])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write an export of more than two pages."""
    shown = None if request.param == "full" else {"entry", "version", *PUBLIC["accepted"]}
    path = tmp_path / "export.jsonl"
    path.write_bytes(b"".join(export_line(row, shown) + b"\n" for row in ROWS))
    return path


def verified(command_line: CommandLine, export: Path, checkpoint: str) -> tuple[int, Any]:
    """Check an export against a checkpoint."""
    kept = export.with_name("kept.txt")
    kept.write_text(checkpoint, encoding="utf-8")
    code, out, _ = command_line("ledger", "verify", str(export), "--checkpoint", str(kept), "--json")
    return code, json.loads(out)


def test_a_checkpoint_is_compared_where_it_stands(command_line: CommandLine, export: Path) -> None:
    """At the beginning, at the end, within a page, between two; what comes behind it is followed all the same."""
    leaves = [row.entry_hash for row in ROWS]
    for size in SIZES:
        its_root = root(grow(EMPTY_TREE, leaves[:size]).frontier)
        code, said = verified(command_line, export, signed(size, its_root))
        assert (code, said["ok"], said["entries"]) == (0, True, ENTRIES), size
        code, said = verified(command_line, export, signed(size, bytes(32)))
        assert (code, said["first_bad"]["seq"], said["entries"]) == (1, size, size)
        assert "was rewritten" in said["first_bad"]["why"]
    code, said = verified(command_line, export, signed(ENTRIES + 1, bytes(32)))
    assert (code, said["first_bad"]["seq"], said["entries"]) == (1, ENTRIES + 1, ENTRIES)


def test_a_line_that_is_bad_is_named_and_what_came_before_counts(command_line: CommandLine, export: Path) -> None:
    """In the first page, in the last, and on either side of a page's end."""
    lines = export.read_bytes().splitlines(keepends=True)
    whole = root(grow(EMPTY_TREE, [row.entry_hash for row in ROWS]).frontier)
    for place in (0, AT_ONCE - 1, AT_ONCE, ENTRIES - 1):
        changed = lines[place].replace(b'"unit":"transport"', b'"unit":"water"')
        assert changed != lines[place]
        export.write_bytes(b"".join([*lines[:place], changed, *lines[place + 1 :]]))
        code, said = verified(command_line, export, signed(ENTRIES, whole))
        assert (code, said["first_bad"]["seq"], said["entries"]) == (1, place + 1, place)
