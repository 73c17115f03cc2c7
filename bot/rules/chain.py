"""The ledger's bytes: canonical values, salted commitments, entry hashes and the chain. Specified in docs/ledger.md.

    commitment = SHA-256(salt ‖ len32(name) ‖ name ‖ len32(value) ‖ value)
    entry hash = SHA-256(0x00 ‖ commitments, sorted)              the RFC 6962 leaf hash of their concatenation
    chain hash = SHA-256(previous chain hash ‖ entry hash)                     32 zero bytes before the first entry

salt is 16 random bytes, value canonical JSON in UTF-8, len32 four bytes, big-endian. A field can be withheld (its commitment
given instead) and the entry still verifies: the idea of SD-JWT (RFC 9901). The sequence number is not part of the entry
hash: the chain hash fixes the position. Every byte of a stored line is bound: there is one way to write an entry, and no
other line has the same hashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from operator import itemgetter
from struct import Struct
from typing import Annotated, Final, NamedTuple, TypeAlias, get_args

import msgspec

from bot.errors import LedgerBroken
from bot.rules.entry import KINDS, AnyFact, Entry
from bot.rules.identity import CaseNumber

SALT_BYTES: Final = 16
HASH_BYTES: Final = 32
LONG: Final = 128
"""Values of so many bytes are rare."""

GENESIS: Final = bytes(HASH_BYTES)
"""The chain hash before the first entry."""

COLUMNS: Final = frozenset({"actor", "at", "case", "entry", "version"})
"""Fields of every entry that are not facts; no fact may take such a name, or it would hide the column's value."""

LARGEST: Final = 2**53 - 1
"""The largest integer that every reader of JSON reads alike (RFC 8785 section 3.2.2.3, RFC 7493 section 2.2)."""

Scalar: TypeAlias = "str | int | bool | None"
"""All that a field may hold: no floats, so that there is one way to write a value."""

NAME: Final = re.compile("[a-z][a-z0-9_]*")
"""A field's name: with ASCII alone, the order of bytes is RFC 8785's order of UTF-16 units."""

fresh: Final = sha256().copy
"""Begins a hash a third faster than `sha256()`, which looks the algorithm up each time."""

ENCODER: Final = msgspec.json.Encoder(order="sorted")
"""Writes what is hashed, given what `canonical` allows."""

_encode: Final = ENCODER.encode
decode_facts: Final = msgspec.json.Decoder(
    dict[str, str | Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)] | bool | None]
).decode
"""Reads flat facts; raises ValueError. Whether they are in canonical form is to be asked beside it."""


class LedgerRow(msgspec.Struct, frozen=True, gc=False):
    """One line of the ledger as it is stored; nothing is checked when it is made, as a database may hand over anything.

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
    """Write a value in the one way that is hashed: RFC 8785 for strings, integers, booleans, null and flat objects.

    Raises:
        ValueError: a float, an integer beyond 2**53 - 1, a lone surrogate, a name that is not one, or anything nested.
    """
    if not isinstance(value, Mapping):
        return _encode(_plain(value))
    _check_names(value)
    return _encode({name: _plain(item) for name, item in value.items()})


def _check_names(names: Iterable[str]) -> None:
    if not all(map(NAME.fullmatch, names)):
        raise ValueError("a field's name is not a lower-case ASCII word")


def _plain(value: object) -> Scalar:
    """Turn what an entry holds into what JSON holds: an instant or a member of an enumeration into text."""
    if value is None or type(value) is str or type(value) is bool:
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int) and -LARGEST <= value <= LARGEST:
        return value
    raise ValueError("a field holds only text, an integer of at most 53 bits, true, false or null")


def commitment(salt: bytes, name: str, value: Scalar) -> bytes:
    """Bind a field to its value without showing it: 32 bytes; raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt is 16 bytes")
    content = canonical(value)
    hashing = fresh()
    hashing.update(b"".join((salt, _label(name), len(content).to_bytes(4, "big"), content)))
    return hashing.digest()


@lru_cache(maxsize=512)
def _label(name: str) -> bytes:
    _check_names((name,))
    label = name.encode()
    return len(label).to_bytes(4, "big") + label


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
    """Write an aware instant as RFC 3339 UTC with Z, whole seconds; raises ValueError for a naive one."""
    if at.tzinfo is UTC:  # so all that is read back, and nearly all that is written
        return f"{at.isoformat(timespec='seconds')[:-6]}Z"
    if at.utcoffset() is None:
        raise ValueError("an instant without a zone is not an instant")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


class Layout(NamedTuple):
    """How the fields of an entry lie in what is hashed: everything that is the same for each entry with these facts.

    Attributes:
        names: of columns and facts, in the order of their bytes.
        taken: the same as values are taken, columns first, then facts as they were given: commitments are sorted anyway.
        salts: cuts the entry's salts, which lie in the order of `names`.
        picked: puts them into the order of `taken`.
        heads: for each of `taken`, what is hashed between salt and value, by the length of the value.
        salt_bytes: how many bytes of salt there are.
    """

    names: tuple[str, ...]
    taken: tuple[str, ...]
    salts: Callable[[bytes], tuple[bytes, ...]]
    picked: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]
    heads: tuple[tuple[bytes, ...], ...]
    salt_bytes: int


@lru_cache(maxsize=256)  # both bounded: a forged ledger could have a new set of names on every line
def layout_of(facts: tuple[str, ...]) -> Layout:
    """Lay out an entry with these facts."""
    if not COLUMNS.isdisjoint(facts):
        raise ValueError("a fact has the name of a column")
    taken = (*sorted(COLUMNS), *facts)
    names = tuple(sorted(taken))
    return Layout(
        names,
        taken,
        Struct(f"{SALT_BYTES}s" * len(names)).unpack,
        itemgetter(*map(names.index, taken)),
        tuple(map(_heads, taken)),
        SALT_BYTES * len(names),
    )


@lru_cache(maxsize=128)
def _heads(name: str) -> tuple[bytes, ...]:
    """Write what comes before a value shorter than LONG: the name with its length, and the value's length."""
    label = _label(name)
    return tuple(label + length.to_bytes(4, "big") for length in range(LONG))


def fields_of(row: LedgerRow) -> dict[str, Scalar]:
    """Collect every field of a row that the entry hash covers.

    Raises:
        ValueError: a column is not of its type, or the facts are not one canonical, flat JSON object of facts.
    """
    facts = _facts(row)
    layout_of(tuple(facts))
    return {
        "actor": row.actor,
        "at": row.at,
        "case": row.case_number,
        "entry": row.kind,
        "version": row.version,
        **facts,
    }


def _facts(row: LedgerRow) -> dict[str, Scalar]:
    """Read the facts, refusing any other writing of the same values."""
    _check_types(row)
    facts: dict[str, Scalar] = decode_facts(row.facts)
    if _encode(facts).decode() != row.facts:
        raise ValueError("the facts are not in canonical form")
    return facts


def _check_types(row: LedgerRow) -> None:
    """Refuse a column that a database handed over as something else; 1 == True == 1.0 must not pass for each other."""
    if not (
        type(row.at) is type(row.kind) is type(row.actor) is type(row.facts) is str
        and (row.case_number is None or type(row.case_number) is str)
        and type(row.salts) is type(row.entry_hash) is type(row.chain_hash) is bytes
        and type(row.version) is type(row.seq) is int
        and 0 < row.version <= LARGEST
    ):
        raise ValueError("a column is not of its type")


def salts_needed(entry: Entry) -> int:
    """Count the bytes of salt that `write` wants for this entry."""
    return SALT_BYTES * (len(COLUMNS) + len(entry.fact.__struct_fields__))


def write(entry: Entry, *, seq: int, salts: bytes, previous: bytes) -> LedgerRow:
    """Give an entry its place in the ledger.

    Args:
        salts: fresh random bytes, `salts_needed(entry)` of them.
        previous: chain hash of the entry before, or GENESIS.

    Raises:
        ValueError: the salts are too few or too many, or a value cannot be written in canonical form.
    """
    fact = entry.fact
    facts = {name: _plain(getattr(fact, name)) for name in _names_of(type(fact))}
    row = LedgerRow(
        seq=seq,
        at=instant(entry.at),
        kind=fact.KIND,
        version=fact.VERSION,
        case_number=entry.case,
        actor=entry.actor,
        facts=_encode(facts).decode(),
        salts=salts,
        entry_hash=b"",
        chain_hash=b"",
    )
    _check_types(row)
    own = entry_hash(_digests(row, facts, layout_of(tuple(facts))))
    return msgspec.structs.replace(row, entry_hash=own, chain_hash=chain_hash(previous, own))


@cache
def _names_of(kind: type[AnyFact]) -> tuple[str, ...]:
    names = kind.__struct_fields__
    _check_names(names)
    return names


def commitments_of(row: LedgerRow) -> list[tuple[str, bytes]]:
    """Pair each field's name with its commitment, in the order of the names.

    Raises:
        ValueError: the row's facts or salts do not have the shape that was hashed.
    """
    facts = _facts(row)
    layout = layout_of(tuple(facts))
    return sorted(zip(layout.taken, _digests(row, facts, layout), strict=True))


def _digests(row: LedgerRow, facts: Mapping[str, Scalar], layout: Layout) -> list[bytes]:
    """Compute every commitment of an entry: what `commitment` does, with what is the same for each such entry made once."""
    salts = row.salts
    if len(salts) != layout.salt_bytes:
        raise ValueError("there is not one salt for each field")
    digests = []
    contents = map(_encode, (row.actor, row.at, row.case_number, row.kind, row.version, *facts.values()))
    for content, salt, heads in zip(contents, layout.picked(layout.salts(salts)), layout.heads, strict=True):
        length = len(content)
        head = heads[length] if length < LONG else heads[0][:-4] + length.to_bytes(4, "big")
        hashing = fresh()
        hashing.update(salt + head + content)
        digests.append(hashing.digest())
    return digests


def hash_of(row: LedgerRow) -> bytes:
    """Compute the entry hash that a row should carry; raises ValueError as `commitments_of`."""
    facts = _facts(row)
    return entry_hash(_digests(row, facts, layout_of(tuple(facts))))


class Form(NamedTuple):
    """How the facts of a kind are read; `bounded` are instants and integers, of which an entry does not hold all."""

    decode: Callable[[str], AnyFact]
    bounded: tuple[str, ...]


@cache
def form_of(kind: type[AnyFact]) -> Form:
    """Say how the facts of a kind are read."""
    fields = msgspec.structs.fields(kind)
    bounded = tuple(each.name for each in fields if not {int, datetime}.isdisjoint({each.type, *get_args(each.type)}))
    return Form(msgspec.json.Decoder(kind).decode, bounded)


def read(row: LedgerRow) -> Entry:
    """Turn a stored line back into the entry that was decided.

    Raises:
        LedgerBroken: the line is of no known kind, or is not what `write` writes for an entry of that kind.
    """
    try:
        _check_types(row)
        fact_type = KINDS.get((row.kind, row.version))
        if fact_type is None:
            raise LedgerBroken(row.seq, f"no entry kind {row.kind} version {row.version} is known")
        at = datetime.fromisoformat(row.at)
        form = form_of(fact_type)
        fact = form.decode(row.facts)
        is_exact = _encode(at) == b'"%b"' % row.at.encode() and _encode(fact).decode() == row.facts
    except ValueError as error:
        raise LedgerBroken(row.seq, f"the facts are not those of a {row.kind} entry") from error
    if not (is_exact and _is_plain(at) and _are_plain(fact, form.bounded)):
        raise LedgerBroken(row.seq, f"the line is not written as a {row.kind} entry is")
    return Entry(at=at, actor=row.actor, case=row.case_number, fact=fact)


def _are_plain(fact: AnyFact, names: Iterable[str]) -> bool:
    """Say whether instants are written as `instant` writes them, and integers are within bounds."""
    for value in [getattr(fact, name) for name in names]:
        if isinstance(value, datetime):
            if not _is_plain(value):
                return False
        elif value is not None and not -LARGEST <= value <= LARGEST:
            return False
    return True


def _is_plain(at: datetime) -> bool:
    """Say whether `instant` writes it as the encoder does, which is the faster of the two by far."""
    return at.tzinfo is UTC and not at.microsecond


class Head(msgspec.Struct, frozen=True, gc=False):
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
        is_later = type(row.seq) is int and row.seq > expected
        raise LedgerBroken(expected, "the entry is missing" if is_later else "the entry is there twice")
    try:
        own = hash_of(row)
    except ValueError as error:
        raise LedgerBroken(expected, f"the entry cannot be read: {error}") from error
    if own != row.entry_hash:
        raise LedgerBroken(expected, "the content is not what was hashed")
    if chain_hash(head.chain_hash, own) != row.chain_hash:
        raise LedgerBroken(expected, "the chain does not lead here from the entry before")
    return Head(expected, row.chain_hash)
