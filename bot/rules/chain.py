"""The ledger's bytes: canonical values, salted commitments, entry hashes and the chain. Specified in docs/ledger.md.

    commitment = SHA-256(salt ‖ len32(name) ‖ name ‖ len32(value) ‖ value)
    entry hash = SHA-256(0x00 ‖ commitments, sorted)              the RFC 6962 leaf hash of their concatenation
    chain hash = SHA-256(previous chain hash ‖ entry hash)                     32 zero bytes before the first entry

salt is 16 random bytes, value canonical JSON in UTF-8, len32 four bytes, big-endian. A field can be withheld (its commitment
given instead) and the entry still verifies: the idea of SD-JWT (RFC 9901). The sequence number is not part of the entry hash:
the chain hash fixes the position.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TypeAlias

import msgspec

from bot.errors import LedgerBroken
from bot.rules.entry import KINDS, Entry
from bot.rules.identity import CaseNumber

SALT_BYTES: Final = 16
GENESIS: Final = bytes(32)
"""The chain hash before the first entry."""

Scalar: TypeAlias = "str | int | bool | None"
"""All that a field may hold: no floats, so that there is one way to write a value."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger as it is stored.

    Attributes:
        seq: place in the ledger, from 1 without gaps.
        at: RFC 3339 UTC, whole seconds, with Z.
        kind, version: which class of `bot.rules.entry` reads `facts`.
        facts: the fields of that class as canonical JSON.
        salts: 16 bytes a field, in the order of the field names' bytes.
        entry_hash, chain_hash: 32 bytes each.
    """

    seq: int
    at: str
    kind: str
    version: int
    case_number: CaseNumber | None
    actor: str
    facts: str
    salts: bytes
    entry_hash: bytes
    chain_hash: bytes


def canonical(value: Scalar | Mapping[str, Scalar]) -> bytes:
    """Write a value in the one way that is hashed: RFC 8785 for strings, integers, booleans, null and flat objects."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def commitment(salt: bytes, name: str, value: Scalar) -> bytes:
    """Bind a field to its value without showing it: 32 bytes."""
    label, content = name.encode(), canonical(value)
    return sha256(
        b"%b%b%b%b%b" % (salt, len(label).to_bytes(4, "big"), label, len(content).to_bytes(4, "big"), content)
    ).digest()


def entry_hash(commitments: Iterable[bytes]) -> bytes:
    """Bind an entry to its fields, whatever its position: 32 bytes."""
    return sha256(b"\x00" + b"".join(sorted(commitments))).digest()


def chain_hash(previous: bytes, entry: bytes) -> bytes:
    """Bind an entry to everything before it: 32 bytes."""
    return sha256(previous + entry).digest()


def text_commitment(salt: bytes, text: str) -> str:
    """Bind the ledger to words that lie in the vault; the salt lies with the words and is erased with them."""
    return commitment(salt, "words", text).hex()


def instant(at: datetime) -> str:
    """Write an aware instant as RFC 3339 UTC with Z, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fields_of(row: LedgerRow) -> dict[str, Scalar]:
    """Collect every field of a row that the entry hash covers.

    Raises:
        ValueError: the facts are not a flat JSON object.
    """
    facts = json.loads(row.facts)
    if not isinstance(facts, dict):
        raise ValueError("facts are not an object")  # noqa: TRY004 (a stored value is wrong, not a caller's type)
    return {
        "actor": row.actor,
        "at": row.at,
        "case": row.case_number,
        "entry": row.kind,
        "version": row.version,
        **facts,
    }


def salts_needed(entry: Entry) -> int:
    """Count the bytes of salt that `write` wants for this entry."""
    return SALT_BYTES * (5 + len(entry.fact.__struct_fields__))


def write(entry: Entry, *, seq: int, salts: bytes, previous: bytes) -> LedgerRow:
    """Give an entry its place in the ledger.

    Args:
        salts: fresh random bytes, `salts_needed(entry)` of them.
        previous: chain hash of the entry before, or GENESIS.
    """
    facts: dict[str, Scalar] = {
        name: instant(value) if isinstance(value, datetime) else value
        for name, value in ((name, getattr(entry.fact, name)) for name in entry.fact.__struct_fields__)
    }
    row = LedgerRow(
        seq=seq,
        at=instant(entry.at),
        kind=entry.fact.KIND,
        version=entry.fact.VERSION,
        case_number=entry.case,
        actor=entry.actor,
        facts=canonical(facts).decode(),
        salts=salts,
        entry_hash=b"",
        chain_hash=b"",
    )
    own = hash_of(row)
    return LedgerRow(
        row.seq,
        row.at,
        row.kind,
        row.version,
        row.case_number,
        row.actor,
        row.facts,
        row.salts,
        own,
        chain_hash(previous, own),
    )


def commitments_of(row: LedgerRow) -> Iterator[tuple[str, bytes]]:
    """Yield each field's name and commitment, in the order of the names.

    Raises:
        ValueError: the row's facts or salts do not have the shape that was hashed.
    """
    fields = fields_of(row)
    if len(row.salts) != SALT_BYTES * len(fields):
        raise ValueError("there is not one salt for each field")
    for index, name in enumerate(sorted(fields)):
        salt = row.salts[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        yield name, commitment(salt, name, fields[name])


def hash_of(row: LedgerRow) -> bytes:
    """Compute the entry hash that a row should carry; raises ValueError as `commitments_of`."""
    return entry_hash(digest for _, digest in commitments_of(row))


def read(row: LedgerRow) -> Entry:
    """Turn a stored line back into the entry that was decided.

    Raises:
        LedgerBroken: the line is of no known kind, or does not have that kind's fields.
    """
    fact = KINDS.get((row.kind, row.version))
    if fact is None:
        raise LedgerBroken(row.seq, f"no entry kind {row.kind} version {row.version} is known")
    try:
        return Entry(
            at=datetime.fromisoformat(row.at),
            actor=row.actor,
            case=row.case_number,
            fact=msgspec.json.decode(row.facts, type=fact),
        )
    except (msgspec.ValidationError, msgspec.DecodeError, ValueError) as error:
        raise LedgerBroken(row.seq, f"the facts are not those of a {row.kind} entry") from error


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger ends: how many entries, and the chain hash of the last."""

    seq: int
    chain_hash: bytes


EMPTY: Final = Head(0, GENESIS)


def follow(head: Head, row: LedgerRow) -> Head:
    """Check that `row` is the honest next line after `head`, and return the new head.

    Raises:
        LedgerBroken: naming the first sequence number that does not hold, and why.
    """
    expected = head.seq + 1
    if row.seq != expected:
        raise LedgerBroken(expected, "the entry is missing" if row.seq > expected else "the entry is there twice")
    try:
        if canonical(json.loads(row.facts)).decode() != row.facts:
            raise LedgerBroken(row.seq, "the facts are not in canonical form")
        own = hash_of(row)
    except (ValueError, TypeError, AttributeError) as error:
        raise LedgerBroken(row.seq, f"the entry cannot be read: {error}") from error
    if own != row.entry_hash:
        raise LedgerBroken(row.seq, "the content is not what was hashed")
    if chain_hash(head.chain_hash, own) != row.chain_hash:
        raise LedgerBroken(row.seq, "the chain does not lead here from the entry before")
    return Head(row.seq, row.chain_hash)
