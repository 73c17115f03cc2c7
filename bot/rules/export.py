"""Exported lines: which fields the public one shows, and reading a line back as docs/ledger.md section 5 has it.

A line is believed only if the commitments of its shown and withheld fields lead to its entry hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.errors import LedgerBroken
from bot.rules.chain import (
    COLUMNS,
    HASH_BYTES,
    SALT_BYTES,
    Head,
    LedgerRow,
    Scalar,
    chain_hash,
    commitment,
    entry_hash,
    read,
)
from bot.rules.entry import Filed
from bot.rules.identity import CaseNumber

ALWAYS: Final = frozenset({"entry", "version"})
PUBLIC: Final[Mapping[str, frozenset[str]]] = {
    "filed": ALWAYS | {"unit"},
    "accepted": ALWAYS | {"unit"},
    "resolved": ALWAYS | {"unit"},
    "rated": ALWAYS | {"solved"},
}
"""What the public export shows of an entry, by kind; of every other kind only that it is one."""

LONGEST_LINE: Final = 1 << 20
PARTS: Final = frozenset({"seq", "facts", "salts", "withheld", "entry_hash", "chain_hash"})
HEXADECIMAL: Final = re.compile("[0-9a-f]+")


class PublicView:
    """Chooses what the public may see, entry after entry; of a confidential case not even the unit."""

    def __init__(self) -> None:
        self._confidential: set[CaseNumber] = set()

    def shown(self, row: LedgerRow) -> frozenset[str]:
        """Return the fields to show; entries come in the ledger's order, so that a case's filing comes first.

        Raises:
            LedgerBroken: what was filed cannot be read.
        """
        if row.kind == Filed.KIND and row.case_number is not None:
            fact = read(row).fact
            if isinstance(fact, Filed) and fact.is_confidential:
                self._confidential.add(row.case_number)
        fields = PUBLIC.get(row.kind, ALWAYS)
        return fields & ALWAYS if row.case_number in self._confidential else fields


class ExportedLine(NamedTuple):
    """What a line of an export says of its place, checked against its content."""

    seq: int
    entry_hash: bytes
    chain_hash: bytes


def read_line(content: bytes) -> ExportedLine:
    """Read a line and compute its entry hash.

    Raises:
        ValueError: the line is not an export's, or its content is not what was hashed.
    """
    if len(content) > LONGEST_LINE:
        raise ValueError("the line is too long")
    try:
        parts = _object(json.loads(content.decode(), object_pairs_hook=_distinct))
    except RecursionError as error:
        raise ValueError("the line is not JSON") from error
    if parts.keys() - COLUMNS != PARTS:
        raise ValueError("the line does not have the parts of an export's line")
    facts, salts, withheld = (_object(parts[name]) for name in ("facts", "salts", "withheld"))
    if facts.keys() & COLUMNS:
        raise ValueError("a fact has the name of a column")
    shown = {**{name: parts[name] for name in COLUMNS & parts.keys()}, **facts}
    if shown.keys() != salts.keys() or shown.keys() & withheld.keys() or COLUMNS - shown.keys() - withheld.keys():
        raise ValueError("not every field is either shown with its salt or withheld")
    commitments = [_bytes(value, HASH_BYTES) for value in withheld.values()]
    commitments += [commitment(_bytes(salts[name], SALT_BYTES), name, _scalar(name, value)) for name, value in shown.items()]
    own, seq = _bytes(parts["entry_hash"], HASH_BYTES), parts["seq"]
    if entry_hash(commitments) != own:
        raise ValueError("the content is not what was hashed")
    if type(seq) is not int:
        raise ValueError("the sequence number is not an integer")
    return ExportedLine(seq, own, _bytes(parts["chain_hash"], HASH_BYTES))


def follow_line(head: Head, content: bytes) -> ExportedLine:
    """Check that a line is the honest next one after `head`.

    Raises:
        LedgerBroken: naming the first sequence number that does not hold, and why.
    """
    expected = head.seq + 1
    try:
        line = read_line(content)
    except ValueError as error:
        raise LedgerBroken(expected, f"the line does not hold: {error}") from error
    if line.seq != expected:
        raise LedgerBroken(expected, f"the export goes on with entry {line.seq}")
    if chain_hash(head.chain_hash, line.entry_hash) != line.chain_hash:
        raise LedgerBroken(expected, "the chain does not lead here from the entry before")
    return line


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("the line is not made of JSON objects")  # noqa: TRY004 (every fault of a line is one kind of error)
    return value


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _bytes(value: object, count: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * count or not HEXADECIMAL.fullmatch(value):
        raise ValueError("a salt or a hash is not written in hexadecimal digits of the right number")
    return bytes.fromhex(value)


def _scalar(name: str, value: object) -> Scalar:
    """Let only pass what the ledger may hold, each column with its type."""
    is_right = value is None or isinstance(value, str | int)
    if name in COLUMNS:
        is_right = type(value) is int if name == "version" else isinstance(value, str) or (name == "case" and value is None)
    if not is_right:
        raise ValueError(f"{name} is of the wrong type")
    return value  # type: ignore[return-value]  # checked just above
