"""`python -m bench.exports`: an exported ledger, full and public, checked by the program and by the stand-alone file.

The ledger is that of `bench.audit`; the commands are `ledger verify EXPORT` and `tools/verify_ledger.py EXPORT`, run as
anybody runs them. Nothing here fails at any figure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.audit import County, Took, begun, drawn, planted, run
from bench.ledger import say
from bench.machine import describe
from bench.report import machine

TOOL: Final = Path(__file__).parents[1] / "tools" / "verify_ledger.py"
WHOLE, PUBLIC = "full", "public"


def export(county: County, name: str, *how: str) -> Path:
    """Export a ledger; return the file."""
    path = county.folder / f"{name}.jsonl"
    begun(county, sys.executable, "-m", "bot", "ledger", "export", *how, "--output", str(path))
    return path


def verify(county: County, path: Path, entries: int) -> Took:
    """Have the program check an export; raises AssertionError when it finds anything."""
    took, said = run(county, "ledger", "verify", "--json", str(path))
    if not said["ok"] or said["entries"] != entries:
        raise AssertionError(said)
    return took


def verify_alone(county: County, path: Path, entries: int) -> Took:
    """Have the stand-alone file check it; raises AssertionError when it finds anything."""
    took, said = begun(county, sys.executable, str(TOOL), str(path))
    if not said.startswith(f"the ledger holds: {entries} entries".encode()):
        raise AssertionError(said)
    return took


def main() -> int:
    """Run; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--entries", type=int, default=80_000, metavar="N", help="of the ledger (default 80,000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each command, in turns (default 3)")
    options = parser.parse_args()
    seen = machine(describe())  # before anything is measured, so that it says what else was running
    took: dict[str, list[Took]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-exports-") as name:
        county = planted(Path(name), options.entries)
        say("exporting ...")
        exports = {WHOLE: export(county, WHOLE), PUBLIC: export(county, PUBLIC, "--public")}
        say("verifying ...")
        for _ in range(options.runs):
            for which, path in exports.items():
                took.setdefault(f"`verify EXPORT`, {which}", []).append(verify(county, path, options.entries))
                took.setdefault(f"`verify_ledger.py`, {which}", []).append(verify_alone(county, path, options.entries))
    print(f"{seen}\n\n{drawn(options.entries, took)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
