"""A command that only reads a ledger starts without what only the bot needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

NEEDLESS: Final = (
    "bot.rules.effect",  # with it everything that is said to people
    "bot.ports",
    "bot.county.sections",
    "holidays",
    "rapidfuzz",
    "storage.batch",
    "storage.reader",
)
"""What took most of the time that `ledger verify` needs before it begins."""


def test_verifying_loads_nothing_of_what_is_said_written_or_reckoned() -> None:
    """Each of these alone would let it wait; whoever imports one on its way does so where only annotations ask for it."""
    code = "import sys, bot.commands.comparing, bot.databases, storage.audit; print(*sys.modules, sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "storage.audit" in found
    assert {*NEEDLESS} & {*found} == set()
