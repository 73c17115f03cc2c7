"""Receipts and proofs as text: what is written is read back, and nothing else passes for it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.checkpoint import Checkpoint, open_checkpoint, sign, sign_note, verifier_key
from bot.rules.identity import CaseNumber
from bot.rules.receipt import (
    Extension,
    Proof,
    SignedReceipt,
    open_receipt,
    read_extension,
    read_proof,
    sign_receipt,
    write_extension,
    write_proof,
)

ORIGIN = "minsheng.example/chabuchar"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = verifier_key(ORIGIN, PRIVATE)
RECEIPT = SignedReceipt(ORIGIN, CaseNumber("CB-2026-000001"), "2026-11-24T00:30:00Z", sha256(b"entry").digest())
NOTE = sign(Checkpoint(ORIGIN, 7, sha256(b"root").digest()), PRIVATE)
PATH = tuple(sha256(b"%d" % level).digest() for level in range(3))


def test_a_receipt_is_read_back_and_always_signed_alike() -> None:
    """Ed25519 draws nothing, so a receipt asked for later is the same to the last letter."""
    text = sign_receipt(RECEIPT, PRIVATE)
    assert sign_receipt(RECEIPT, PRIVATE) == text
    assert open_receipt(text.encode(), ORIGIN, [KEY]) == RECEIPT
    assert text.startswith(f"{ORIGIN} receipt\nCB-2026-000001 2026-11-24T00:30:00Z\n")
    assert len(text) < 300


@pytest.mark.parametrize(
    "text",
    [
        sign_receipt(RECEIPT, PRIVATE).replace("000001", "000002"),
        sign_receipt(RECEIPT, PRIVATE).replace("2026-11-24", "2026-11-23"),
        sign_receipt(RECEIPT, Ed25519PrivateKey.from_private_bytes(bytes(32))),
        sign_receipt(replace(RECEIPT, origin="minsheng.example/other"), PRIVATE),
        sign_note(f"minsheng.example/other receipt\nCB-2026-000001 2026\n{NOTE.splitlines()[2]}\n", ORIGIN, PRIVATE),
        sign_note(f"{ORIGIN} receipt\nCB-2026-000001\n{NOTE.splitlines()[2]}\n", ORIGIN, PRIVATE),
        sign_note(f"{ORIGIN} receipt\nCB-2026-000001 2026\nAAAA\n", ORIGIN, PRIVATE),
        sign_note(f"{ORIGIN} receipt\nCB-2026-000001 2026\n", ORIGIN, PRIVATE),
        NOTE,
        "",
    ],
)
def test_what_is_not_a_receipt_of_this_ledger_is_refused(text: str) -> None:
    """Changed, of another key, of another ledger, another shape, or a checkpoint."""
    with pytest.raises(ValueError, match=r"\w"):
        open_receipt(text.encode(), ORIGIN, [KEY])


def test_a_receipt_is_no_checkpoint() -> None:
    """Both are signed with one key, so neither may read as the other."""
    with pytest.raises(ValueError, match="checkpoint"):
        open_checkpoint(sign_receipt(RECEIPT, PRIVATE).encode(), ORIGIN, [KEY])


@pytest.mark.parametrize("path", [PATH, ()])
def test_proofs_are_read_back(path: tuple[bytes, ...]) -> None:
    """As C2SP's tlog-proof and tlog-witness have them; without a path too."""
    proof = Proof(4, path, NOTE)
    assert write_proof(proof).startswith("c2sp.org/tlog-proof@v1\nindex 4\n")
    assert read_proof(write_proof(proof)) == proof
    extension = Extension(4, path, NOTE)
    assert write_extension(extension).startswith("old 4\n")
    assert read_extension(write_extension(extension)) == extension


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n",
        write_proof(Proof(4, PATH, NOTE)).replace("index 4", "index 04"),
        write_proof(Proof(4, PATH, NOTE)).replace("index 4", "index -4"),
        write_proof(Proof(4, PATH, NOTE)).replace("index", "extra AA==\nindex"),
        write_proof(Proof(4, PATH, NOTE)).replace("=\n", "\n", 1),
        write_proof(Proof(4, PATH, NOTE)).replace("\n\n", "\n"),
        write_proof(Proof(4, PATH * 50, NOTE)),
        write_extension(Extension(4, PATH, NOTE)),
    ],
)
def test_what_is_not_a_proof_is_refused(text: str) -> None:
    """Other shapes, numbers written otherwise, hashes that are none, and too many of them."""
    with pytest.raises(ValueError, match=r"\w"):
        read_proof(text)
