"""Many lines of the ledger at once, for whoever reads all of it: what `follow` and `read` say of each, column by column.

A step that Python takes once a page instead of once a line costs next to nothing, and an audit is mostly such steps.
Invariant: a page holds here only if `follow` takes each of its lines, and entries are read here only if `read` reads each of
them; where not, those two are asked, line by line, so that which line is named, and why, is theirs to say.

What `follow` asks can be asked in two parts, too: does the chain lead through hashes, and is a line what its own hash binds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from operator import attrgetter, getitem
from types import NoneType
from typing import Final, NamedTuple, TypeAlias, cast

from msgspec.structs import astuple

from bot.rules.chain import (
    ENCODER,
    LARGEST,
    LONG,
    Head,
    Layout,
    LedgerRow,
    Scalar,
    decode_facts,
    form_of,
    fresh,
    layout_of,
    read,
)
from bot.rules.entry import KINDS, AnyFact, Entry
from bot.rules.identity import CaseNumber

Line: TypeAlias = "tuple[object, ...]"
"""A line as a database hands it over: the fields of LedgerRow in their order, unchecked."""

SEQ, CASE_NUMBER, ENTRY_HASH = map(LedgerRow.__struct_fields__.index, ("seq", "case_number", "entry_hash"))
"""Where they stand in a line."""

AT_ONCE: Final = 250
"""Lines that are looked at in one go: what is made of them lies near the processor until it is used."""

INSTANT: Final = len("2026-11-24T03:15:00Z")
"""How long an instant of whole seconds is, in UTC."""

of_entry: Final = sha256(b"\x00").copy
"""Begins the hash of an entry."""


class _Said(NamedTuple):
    """What lines say, a column each."""

    seqs: tuple[int, ...]
    instants: tuple[str, ...]
    kinds: tuple[str, ...]
    versions: tuple[int, ...]
    cases: tuple[CaseNumber | None, ...]
    actors: tuple[str, ...]
    facts: tuple[str, ...]


class _Bound(NamedTuple):
    """What binds lines, a column each."""

    salts: tuple[bytes, ...]
    entry_hashes: tuple[bytes, ...]
    chain_hashes: tuple[bytes, ...]


def _said(columns: Sequence[tuple[object, ...]]) -> _Said:
    """Take columns for what they should be; raises ValueError where one holds anything else."""
    said = _Said(*columns)  # type: ignore[arg-type]  # checked next
    of_text, of_numbers = (said.instants, said.kinds, said.actors, said.facts), (said.seqs, said.versions)
    if _types(*of_text) != {str} or _types(*of_numbers) != {int} or not _types(said.cases) <= {str, NoneType}:
        raise ValueError("a column is not of its type")
    if not 0 < min(said.versions) <= max(said.versions) <= LARGEST:
        raise ValueError("there is no such version")
    return said


def _bound(columns: Sequence[tuple[object, ...]]) -> _Bound:
    """Take columns for what they should be; raises ValueError where one holds anything else."""
    if _types(*columns) != {bytes}:
        raise ValueError("a column is not of its type")
    return _Bound(*columns)  # type: ignore[arg-type]  # checked before


def _types(*columns: Iterable[object]) -> set[type]:
    return set(map(type, chain.from_iterable(columns)))


def _are_written(values: Iterable[object], texts: Iterable[str]) -> bool:
    """Say whether each text is the canonical one of its value.

    Canonical JSON has no line break, so that texts which are the same put together, a line each, are the same one by one.
    """
    return ENCODER.encode_lines(values) == b"%b\n" % "\n".join(texts).encode()


# ── Following ────────────────────────────────────────────────────────────────


def holds(head: Head, lines: Sequence[Line]) -> bool:
    """Say whether `follow` takes each of some lines, from `head` on."""
    for first in range(0, len(lines), AT_ONCE):
        some = lines[first : first + AT_ONCE]
        try:
            if not _hold(head, some):
                return False
        except ValueError:
            return False
        head = Head(head.seq + len(some), cast("bytes", some[-1][-1]))
    return True


def _hold(head: Head, lines: Sequence[Line]) -> bool:
    columns = tuple(zip(*lines, strict=True))
    said, bound = _said(columns[:7]), _bound(columns[7:])
    facts: list[dict[str, Scalar]] = list(map(decode_facts, said.facts))
    if not _are_written(facts, said.facts):
        return False
    layouts = [layout_of(tuple(each)) for each in facts]
    if not _are_bound(said, map(dict.values, facts), layouts, bound):
        return False
    return _lead(head, said.seqs, bound.entry_hashes, bound.chain_hashes)


def leads(head: Head, lines: Sequence[Line]) -> bool:
    """Say whether the chain leads from `head` through some lines, by their hashes alone."""
    seqs, *_, entry_hashes, chain_hashes = zip(*lines, strict=True)
    if _types(seqs) != {int} or _types(entry_hashes, chain_hashes) != {bytes}:
        return False
    return _lead(head, seqs, entry_hashes, chain_hashes)


def _lead(head: Head, seqs: tuple[int, ...], entry_hashes: Iterable[bytes], chain_hashes: Iterable[bytes]) -> bool:
    if seqs != tuple(range(head.seq + 1, head.seq + 1 + len(seqs))):
        return False
    previous = head.chain_hash
    for entry, chained in zip(entry_hashes, chain_hashes, strict=True):
        hashing = fresh()
        hashing.update(previous + entry)
        previous = hashing.digest()
        if previous != chained:
            return False
    return True


def _are_bound(said: _Said, facts: Iterable[Iterable[object]], layouts: Sequence[Layout], bound: _Bound) -> bool:
    """Say whether each line has the hash of what it says."""
    if [each.salt_bytes for each in layouts] != list(map(len, bound.salts)):
        return False
    digests = _digests(said, facts, layouts, bound.salts)
    end = 0
    for layout, entry in zip(layouts, bound.entry_hashes, strict=True):
        begin, end = end, end + len(layout.names)
        hashing = of_entry()
        hashing.update(b"".join(sorted(digests[begin:end])))
        if hashing.digest() != entry:
            return False
    return True


def _digests(
    said: _Said, facts: Iterable[Iterable[object]], layouts: Iterable[Layout], salts: Iterable[bytes]
) -> list[bytes]:
    """Compute the commitments of all lines, one behind the other, as `bot.rules.chain` does for one line."""
    values: list[object] = []
    salt_of: list[bytes] = []
    heads: list[tuple[bytes, ...]] = []
    columns = zip(said.actors, said.instants, said.cases, said.kinds, said.versions, strict=True)
    for layout, fields, own, column in zip(layouts, facts, salts, columns, strict=True):
        values += column
        values += fields
        salt_of += layout.picked(layout.salts(own))
        heads += layout.heads
    contents = ENCODER.encode_lines(values).split(b"\n")
    contents.pop()  # what is behind the last line break
    digests = []
    for preimage in map(b"".join, zip(salt_of, _headed(heads, contents), contents, strict=True)):
        hashing = fresh()
        hashing.update(preimage)
        digests.append(hashing.digest())
    return digests


def _headed(heads: Sequence[tuple[bytes, ...]], contents: Sequence[bytes]) -> list[bytes]:
    """Take what is hashed before each content, by its length."""
    try:
        return list(map(getitem, heads, map(len, contents)))
    except IndexError:  # a value is LONG, which is rare
        lengths = map(len, contents)
        return [
            of[length] if length < LONG else of[0][:-4] + length.to_bytes(4, "big")
            for of, length in zip(heads, lengths, strict=True)
        ]


# ── Reading ──────────────────────────────────────────────────────────────────


def read_all(lines: Sequence[Line]) -> Iterable[Entry]:
    """Turn lines back into the entries that were decided, as `read` does.

    Args:
        lines: without salts and hashes.

    Raises:
        LedgerBroken: as `read`, but only once the entry of that line is asked for.
    """
    try:
        return _entries(_said(tuple(zip(*lines, strict=True)))) if lines else ()
    except (ValueError, KeyError):
        return map(_read_one, lines)


def read_bound(lines: Sequence[Line]) -> list[Entry]:
    """Read lines each of which is what its own hash binds, whatever stands between them in the chain.

    Raises:
        ValueError, KeyError: one is not, or `read` would refuse it.
    """
    if not lines:
        return []
    columns = tuple(zip(*lines, strict=True))
    said, bound = _said(columns[:7]), _bound(columns[7:])
    entries = _entries(said)
    kinds = [type(entry.fact) for entry in entries]
    known = {kind: layout_of(kind.__struct_fields__) for kind in set(kinds)}
    facts = (astuple(entry.fact) for entry in entries)
    if not _are_bound(said, facts, [known[kind] for kind in kinds], bound):
        raise ValueError("a line is not what its hash binds")
    return entries


def _read_one(line: Line) -> Entry:
    seq, at, kind, version, case_number, actor, facts = line
    return read(LedgerRow(seq, at, kind, version, case_number, actor, facts, b"", b"", b""))  # type: ignore[arg-type]  # checked by read


def _entries(said: _Said) -> list[Entry]:
    """Read all; raises ValueError, or KeyError for an unknown kind, where `read` would refuse one."""
    kinds = list(zip(said.kinds, said.versions, strict=True))
    forms = {each: form_of(KINDS[each]) for each in set(kinds)}
    facts = [forms[kind].decode(text) for kind, text in zip(kinds, said.facts, strict=True)]
    moments = list(map(datetime.fromisoformat, said.instants))
    if {*map(len, said.instants)} != {INSTANT} or not _are_written(moments, [f'"{at}"' for at in said.instants]):
        raise ValueError("an instant is not written as one is")
    if not _are_written(facts, said.facts):
        raise ValueError("facts are not written as those of their kind are")
    by_kind: Mapping[tuple[str, int], list[AnyFact]] = defaultdict(list)
    for kind, fact in zip(kinds, facts, strict=True):
        by_kind[kind].append(fact)
    for kind, of_kind in by_kind.items():
        for name in forms[kind].bounded:
            _check_plain(set(map(attrgetter(name), of_kind)))
    return [
        Entry(at=at, actor=actor, case=case, fact=fact)
        for at, actor, case, fact in zip(moments, said.actors, said.cases, facts, strict=True)
    ]


def _check_plain(values: Iterable[object]) -> None:
    """Refuse what no entry holds: an instant that is not of whole seconds in UTC, an integer of more than 53 bits."""
    for value in values:
        if isinstance(value, datetime):
            if value.tzinfo is not UTC or value.microsecond:
                raise ValueError("an instant is not of whole seconds in UTC")
        elif isinstance(value, int) and not -LARGEST <= value <= LARGEST:
            raise ValueError("an integer is too large")
