"""An exported ledger beside a Merkle tree that is not of this project: pymerkle's, which no part of it is made with.

    python3 -m venv elsewhere && elsewhere/bin/pip install pymerkle cryptography
    elsewhere/bin/python tests/tools/foreign_tree.py export.jsonl checkpoint.txt KEY [proof.txt]

The leaves are made of an export, full or public, as docs/ledger.md says; tree, root and proofs are pymerkle's, and the
signature is checked by `cryptography` itself. It says what agrees, and ends with 1 at the first thing that does not. Nothing
of the program is imported, and pymerkle (GPL) is no dependency of it: this is run by hand, beside the vectors that every
test run checks.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

COLUMNS: Final = ("actor", "at", "case", "entry", "version")
PROOF: Final = "c2sp.org/tlog-proof@v1\n"
KEY_HASH_BYTES: Final = 4


def leaf(line: dict[str, Any]) -> bytes:
    """Put the commitments of an export's line together: what a leaf holds, without the 0x00 before it."""
    fields = {name: line[name] for name in COLUMNS if name in line} | line["facts"]
    commitments = [bytes.fromhex(each) for each in line["withheld"].values()]
    for name, value in fields.items():
        content = bytes.fromhex(line["salts"][name])
        for part in (name.encode(), json.dumps(value, ensure_ascii=False).encode()):
            content += len(part).to_bytes(4, "big") + part
        commitments.append(hashlib.sha256(content).digest())
    return b"".join(sorted(commitments))


def signed_text(note: str, key: str) -> str:
    """Return the text of a note whose signature is of the key; raises InvalidSignature."""
    text, _, signatures = note.partition("\n\n")
    raw = base64.b64decode(signatures.split()[2])
    public = base64.b64decode(key.split("+", 2)[2])[1:]
    ed25519 = import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
    ed25519.Ed25519PublicKey.from_public_bytes(public).verify(raw[KEY_HASH_BYTES:], f"{text}\n".encode())
    return text


def main(export: str, checkpoint: str, key: str, proof: str | None = None) -> int:
    """Compare one thing after the other."""
    pymerkle = import_module("pymerkle")
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for line in Path(export).read_text(encoding="utf-8").splitlines():
        tree.append_entry(leaf(json.loads(line)))
    _, size, said = signed_text(Path(checkpoint).read_text(encoding="utf-8"), key).split("\n")[:3]
    root = tree.get_root(int(size))
    if root != base64.b64decode(said):
        return tell("the root of the export is not the checkpoint's", 1)
    tell(f"{size} entries: the root is the checkpoint's, and its signature is of the key", 0)
    if proof is None:
        return 0
    head, _, note = Path(proof).read_text(encoding="utf-8").partition(PROOF)[2].partition("\n\n")
    index, *path = head.split("\n")
    size = signed_text(note, key).split("\n")[1]
    place = int(index.removeprefix("index ")) + 1
    its = tree.prove_inclusion(place, int(size))
    pymerkle.verify_inclusion(tree.get_leaf(place), tree.get_root(int(size)), its)
    if sorted(its.path) != sorted([tree.get_leaf(place), *map(base64.b64decode, path)]):
        return tell("the proof is not the one that pymerkle makes and verifies", 1)
    return tell(f"entry {place}: the proof is the one that pymerkle makes and verifies", 0)


def tell(text: str, code: int) -> int:
    """Say what was found, and hand the exit code on."""
    sys.stdout.write(f"{text}\n")
    return code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
