"""How a program starts: what only reads a ledger, without what only the bot needs; and told to stop while it does."""

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


TOLD_WHILE_IT_IMPORTS: Final = """
import os, signal, sys
class Stop:
    def find_spec(self, name, path, target=None):
        if name == "bot.commands.run":
            os.kill(os.getpid(), signal.SIGTERM)
sys.meta_path.insert(0, Stop())
from bot.__main__ import main
sys.exit(main(["run"]))
"""


def test_told_to_stop_while_it_begins_the_bot_ends_as_it_does_later() -> None:
    """A service that is stopped right after its start has not failed."""
    ended = subprocess.run(
        [sys.executable, "-c", TOLD_WHILE_IT_IMPORTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
