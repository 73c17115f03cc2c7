#!/usr/bin/env python3
"""Count the figures of a public board again from the public ledger, knowing only docs/ledger.md section 5.

Usage: python3 verify_board.py EXPORT WEEKS_CSV

Every figure that the table shows of the county and of a unit must come out equal; one that it keeps back is passed over.
That the export itself holds is checked by verify_ledger.py. Exit code 0: all equal. 1: one is not. 2: it could not be done.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

HOLDS, BROKEN, NOT_DONE = 0, 1, 2
ARGUMENTS = 2
FACTS = {
    "accepted_in_time": ("counted", "accepted_in_time"),
    "on_time": ("counted", "in_time"),
    "handled": ("counted", "handled"),
    "confirmed_solved": ("counted", "solved"),
    "answered": ("counted", "answered"),
    "reopened": ("counted", "reopened"),
    "satisfied_among_answers": ("voice_counted", "satisfied"),
}
"""Which fact of which entry each figure counts."""


def recount(path: Path) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Count n and of by week, unit (empty: the county) and figure."""
    n: Counter[tuple[str, ...]] = Counter()
    of: Counter[tuple[str, ...]] = Counter()
    with path.open(encoding="utf-8") as lines:
        for text in lines:
            line = json.loads(text)
            kind, facts = line.get("entry"), line["facts"]
            if kind not in {"counted", "voice_counted"}:
                continue
            said = [(name, facts[fact]) for name, (entry, fact) in FACTS.items() if entry == kind]
            if kind == "counted":
                said.append(("received", facts["received"] or None))
            else:
                said.append(("satisfied_lowest_case", bool(facts["satisfied"])))
            for name, is_so in said:
                for unit in {"", facts.get("unit", "")}:
                    if is_so is not None:
                        of[facts["week"], unit, name] += 1
                        n[facts["week"], unit, name] += is_so
    return n, of


def compare(n: Counter[tuple[str, ...]], of: Counter[tuple[str, ...]], table: Path) -> tuple[int, list[str]]:
    """Return how many figures of the table were compared, and those that are not equal."""
    compared, wrong = 0, []
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            if line["is_shown"] != "yes" or line["scope"] not in {"county", "unit"}:
                continue
            key = line["period"], line["id"] if line["scope"] == "unit" else "", line["figure"]
            expected = str(n[key]), "" if line["figure"] == "received" else str(of[key])
            compared += 1
            if (line["n"], line["of"]) != expected:
                said = f"the table says {line['n']}/{line['of']}, the ledger {'/'.join(expected)}"
                wrong.append(f"{' '.join(part for part in key if part)}: {said}")
    return compared, wrong


def main(words: list[str]) -> int:
    """Run, and return the exit code."""
    if len(words) != ARGUMENTS:
        sys.stderr.write("usage: python3 verify_board.py EXPORT WEEKS_CSV\n")
        return NOT_DONE
    try:
        n, of = recount(Path(words[0]))
        compared, wrong = compare(n, of, Path(words[1]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"cannot be read as a public ledger and the table of its weeks: {error!r}\n")
        return NOT_DONE
    sys.stdout.write(f"{compared} figures counted again, {compared - len(wrong)} equal\n")
    sys.stdout.write("".join(f"WRONG: {text}\n" for text in wrong))
    return BROKEN if wrong else HOLDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
