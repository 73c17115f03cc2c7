"""What people outside keep: signed receipts, and the proofs that go with them, as text that other programs read too.

    minsheng/654022 receipt                         a receipt: a signed note of the ledger's key, which says that
    CB-2026-000123 2026-11-24T08:30:00Z             an entry with this hash is in the ledger
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — minsheng/654022 Az3grlgtzPICa5OS8…
    c2sp.org/tlog-proof@v1                          the proof, as soon as there is a later checkpoint (C2SP tlog-proof)
    index 73893
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
    …

A receipt's first line has a space, so it is never the origin of a checkpoint: neither can be passed off as the other.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.checkpoint import SIZE, VerifierKey, open_note, sign_note
from bot.rules.identity import CaseNumber
from bot.rules.merkle import HASH_BYTES

ABOUT: Final = " receipt"
PROOF: Final = "c2sp.org/tlog-proof@v1\n"
OLD: Final = "old "
INDEX: Final = "index "
PROOF_BYTES: Final = 8
"""Of an entry's hash: what a receipt shows of it in the chat, as hex digits."""

MOST_HASHES: Final = 126
"""More than a proof about 2**63 entries has."""


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """What a receipt says.

    Attributes:
        origin: which ledger.
        at: when the entry was made, RFC 3339 UTC.
        entry_hash: 32 bytes.
    """

    origin: str
    case: CaseNumber
    at: str
    entry_hash: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in a ledger: its index from 0, the way to the root, and the signed checkpoint, not yet verified."""

    index: int
    path: tuple[bytes, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Extension:
    """That a ledger only added: the old size, the proof, and the later signed checkpoint, not yet verified."""

    old_size: int
    path: tuple[bytes, ...]
    note: str


def sign_receipt(receipt: SignedReceipt, private: Ed25519PrivateKey) -> str:
    """Sign a receipt under its ledger's name; the same receipt always has the same signature."""
    said = (f"{receipt.origin}{ABOUT}", f"{receipt.case} {receipt.at}", b64encode(receipt.entry_hash).decode())
    return sign_note("".join(f"{line}\n" for line in said), receipt.origin, private)


def open_receipt(note: bytes, origin: str, keys: Collection[VerifierKey]) -> SignedReceipt:
    """Verify a receipt of the ledger that is meant.

    Raises:
        ValueError: it is no receipt, another ledger's, or no known key signed it.
    """
    match open_note(note, keys).split("\n"):
        case [about, said, encoded, ""]:
            case, gap, at = said.partition(" ")
            entry_hash = _hash(encoded)
        case _:
            raise ValueError("this is not a receipt")
    if about != f"{origin}{ABOUT}" or not gap:
        raise ValueError("this is not a receipt of this ledger")
    return SignedReceipt(origin, CaseNumber(case), at, entry_hash)


def write_proof(proof: Proof) -> str:
    """Write a proof that an entry is in the ledger (C2SP tlog-proof)."""
    return f"{PROOF}{INDEX}{proof.index}\n{_lines(proof.path)}\n{proof.note}"


def read_proof(text: str) -> Proof:
    """Read a proof that an entry is in the ledger; whether it leads to the checkpoint's root is for the reader to check.

    Raises:
        ValueError: it is not one.
    """
    if not text.startswith(PROOF):
        raise ValueError("this is not a proof about a ledger")
    index, path, note = _read(text.removeprefix(PROOF), INDEX)
    return Proof(index, path, note)


def write_extension(extension: Extension) -> str:
    """Write a proof that a ledger only added (C2SP tlog-witness: what a witness is asked to sign)."""
    return f"{OLD}{extension.old_size}\n{_lines(extension.path)}\n{extension.note}"


def read_extension(text: str) -> Extension:
    """Read a proof that a ledger only added.

    Raises:
        ValueError: it is not one.
    """
    old_size, path, note = _read(text, OLD)
    return Extension(old_size, path, note)


def _read(text: str, first: str) -> tuple[int, tuple[bytes, ...], str]:
    head, gap, note = text.partition("\n\n")
    begin, *encoded = head.split("\n")
    number = begin.removeprefix(first)
    if not gap or not begin.startswith(first) or not SIZE.fullmatch(number) or len(encoded) > MOST_HASHES:
        raise ValueError("this is not a proof about a ledger")
    return int(number), tuple(map(_hash, encoded)), note


def _lines(path: Sequence[bytes]) -> str:
    return "".join(f"{b64encode(node).decode()}\n" for node in path)


def _hash(encoded: str) -> bytes:
    try:
        content = b64decode(encoded, validate=True)
    except NotBase64 as error:
        raise ValueError("this is not base64") from error
    if len(content) != HASH_BYTES or b64encode(content).decode() != encoded:
        raise ValueError("a hash is 32 bytes in base64")
    return content
