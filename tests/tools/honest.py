"""Honest ledgers made at random, checked in every way there is: `python -m tests.tools.honest 10000` counts false alarms.

Each has entries of all kinds that any ledger may hold, in any order, at any time, by anyone; whole and with fields withheld.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Final

from bot.errors import LedgerBroken
from bot.rules.chain import COLUMNS, EMPTY, GENESIS, Head, LedgerRow, follow, read, salts_needed, write
from bot.rules.entry import CLOCK, RESIDENT, SYSTEM, Entry
from bot.rules.export import Crowds, PublicView, export_line, follow_line
from bot.rules.identity import CaseNumber
from bot.rules.merkle import EMPTY_TREE, NodeId, consistency_proof, grow, inclusion_proof, is_extended, is_included, root
from tests.rules.test_life import EXAMPLES

TOOL: Final = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
LONGEST: Final = 40


def verifier() -> ModuleType:
    """Load the stand-alone verifier as a module."""
    spec = importlib.util.spec_from_file_location("verify_ledger_of_others", TOOL)
    if spec is None or spec.loader is None:
        raise AssertionError("the verifier is gone")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def ledger(random: Random) -> list[LedgerRow]:
    """Make an honest ledger."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows: list[LedgerRow] = []
    for seq in range(1, random.randrange(1, LONGEST + 1) + 1):
        at += timedelta(seconds=random.randrange(100_000))
        case = CaseNumber(f"CB-2026-{random.randrange(9):06d}") if random.random() < 0.9 else None
        actor = random.choice((RESIDENT, CLOCK, SYSTEM, "s-0123456789ab"))
        fact = EXAMPLES[random.choice(tuple(EXAMPLES))](random.randrange(1, 4))
        entry = Entry(at=at, actor=actor, case=case, fact=fact)
        previous = rows[-1].chain_hash if rows else GENESIS
        rows.append(write(entry, seq=seq, salts=random.randbytes(salts_needed(entry)), previous=previous))
        if read(rows[-1]) != entry:
            raise LedgerBroken(seq, "it is not read back as it was written")
    return rows


def check(rows: Sequence[LedgerRow], random: Random, tool: ModuleType) -> None:
    """Follow a ledger as the program does, as it is exported whole, for the public and at random, and as others do.

    Raises:
        LedgerBroken: a false alarm.
    """
    head, crowds = EMPTY, Crowds()
    for row in rows:
        head = follow(head, row)
        crowds.add(row)
    view = PublicView(crowds)
    chosen = [name for name in (*COLUMNS, "unit", "round", "words") if random.random() < 0.5]
    exports = [
        [export_line(row) for row in rows],
        [export_line(row, view.shown(row)) for row in rows],
        [export_line(row, chosen) for row in rows],
    ]
    leaves = [row.entry_hash for row in rows]
    its_root = root(grow(EMPTY_TREE, leaves).frontier)
    for lines in exports:
        followed, audit = EMPTY, tool.Audit()
        for line in lines:
            told = follow_line(followed, line)
            followed = Head(told.seq, told.chain_hash)
            audit.follow(tool.read_line(line))
        if followed != head or (audit.chain, tool.root(audit.peaks)) != (head.chain_hash, its_root):
            raise LedgerBroken(head.seq, "the export leads elsewhere")
    _prove(leaves, its_root, random)


def _prove(leaves: Sequence[bytes], its_root: bytes, random: Random) -> None:
    size, index, old = len(leaves), random.randrange(len(leaves)), random.randrange(len(leaves) + 1)
    nodes = dict(grow(EMPTY_TREE, leaves).nodes) | {NodeId(0, place): leaf for place, leaf in enumerate(leaves)}
    path = inclusion_proof(index, size, nodes.__getitem__)
    way = consistency_proof(old, size, nodes.__getitem__)
    old_root = root(grow(EMPTY_TREE, leaves[:old]).frontier)
    if not is_included(leaves[index], index, size, path, its_root) or not is_extended(old, old_root, size, its_root, way):
        raise LedgerBroken(size, "a proof does not hold")


def false_alarms(count: int, seed: int) -> int:
    """Make so many honest ledgers and count those in which anything was found."""
    random, tool, found = Random(seed), verifier(), 0
    for _ in range(count):
        try:
            check(ledger(random), random, tool)
        except (LedgerBroken, ValueError, tool.Broken) as alarm:
            sys.stderr.write(f"{alarm}\n")
            found += 1
    return found


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    sys.stdout.write(f"{false_alarms(wanted, 1)} false alarms over {wanted:,} honest ledgers\n")
