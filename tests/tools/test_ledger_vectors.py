"""The published vectors are the program's bytes, and the document's own code leads to them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bot.rules.checkpoint import Checkpoint, open_checkpoint, read_key
from bot.rules.merkle import is_extended, is_included
from bot.rules.receipt import open_receipt, read_extension, read_proof
from tests.tools.ledger_vectors import ORIGIN, vectors

DOCS: Final = Path(__file__).parents[2] / "docs"
VECTORS: Final = DOCS / "ledger-vectors.json"


def published() -> dict[str, Any]:
    """Read the vectors as anyone would."""
    content: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return content


def test_the_published_vectors_are_what_the_program_makes() -> None:
    """Nobody changes the ledger's bytes without changing the document."""
    assert VECTORS.read_text(encoding="utf-8") == vectors()


def test_the_document_computes_the_published_hashes() -> None:
    """The Python that stands in docs/ledger.md, run as it stands, follows both exports from the first entry to the last."""
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "ledger.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Callable[..., str]] = {}
    exec(code, names)  # noqa: S102 (our own document)
    held = published()
    for export in (held["export"], held["public_export"]):
        previous = "00" * 32
        for line in export:
            assert names["entry_hash"](line) == line["entry_hash"]
            previous = names["chain_hash"](previous, line)
            assert previous == line["chain_hash"]
    full, public = held["export"], held["public_export"]
    assert [line["entry_hash"] for line in full] == [line["entry_hash"] for line in public]


def test_the_published_proofs_lead_from_the_published_entries_to_the_published_roots() -> None:
    """The vectors agree with one another."""
    held = published()
    leaves, roots = [bytes.fromhex(line["entry_hash"]) for line in held["export"]], [bytes.fromhex(r) for r in held["roots"]]
    for proof in held["inclusion"]:
        path = [bytes.fromhex(element) for element in proof["path"]]
        assert is_included(leaves[proof["index"]], proof["index"], proof["size"], path, roots[proof["size"]])
    for proof in held["consistency"]:
        path = [bytes.fromhex(element) for element in proof["path"]]
        assert is_extended(proof["old_size"], roots[proof["old_size"]], proof["size"], roots[proof["size"]], path)
    key = read_key(held["key"])
    receipt = open_receipt(held["receipt"].encode(), ORIGIN, [key])
    proof, extension = read_proof(held["proof"]), read_extension(held["extension"])
    assert receipt.entry_hash == leaves[0]
    assert is_included(receipt.entry_hash, proof.index, 7, proof.path, roots[7])
    assert is_extended(extension.old_size, roots[4], 7, roots[7], extension.path)
    assert proof.note == extension.note == held["checkpoints"][-1]
    for note, size in zip(held["checkpoints"], (0, 4, 7), strict=True):
        assert open_checkpoint(note.encode(), ORIGIN, [read_key(held["key"])]) == Checkpoint(ORIGIN, size, roots[size])
