"""No line of the ledger can be changed, moved, dropped, doubled or added without being found, and honest ones never are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from bot.errors import LedgerBroken
from bot.rules.chain import (
    COLUMNS,
    EMPTY,
    GENESIS,
    LONG,
    SALT_BYTES,
    Head,
    LedgerRow,
    Scalar,
    chain_hash,
    commitment,
    commitments_of,
    entry_hash,
    fields_of,
    follow,
    hash_of,
    salts_needed,
    text_commitment,
    write,
)
from bot.rules.entry import Accepted, Closed, Closing, Entry, Rated, Solved, Withdrawn
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.page import AT_ONCE, holds
from tests.rules.test_entry import FILED, entries

AT: Final = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
FEW: Final = 40
"""Examples where each is a whole ledger."""


def ledger(written: Sequence[Entry]) -> list[LedgerRow]:
    """Write entries one after another, each field's salt different."""
    rows: list[LedgerRow] = []
    for seq, entry in enumerate(written, 1):
        salts = b"".join(sha256(b"%d/%d" % (seq, n)).digest()[:SALT_BYTES] for n in range(salts_needed(entry) // SALT_BYTES))
        rows.append(write(entry, seq=seq, salts=salts, previous=rows[-1].chain_hash if rows else GENESIS))
    return rows


def followed(rows: Sequence[LedgerRow], head: Head = EMPTY) -> Head:
    """Verify lines one by one, as `ledger verify` does where a page of them does not hold as a whole."""
    for row in rows:
        head = follow(head, row)
    return head


def hold(rows: Sequence[LedgerRow], head: Head = EMPTY) -> bool:
    """Verify lines as a page, as `ledger verify` does first."""
    return holds(head, [astuple(row) for row in rows])


def first_bad(rows: Sequence[LedgerRow]) -> int | None:
    """Name the first entry that does not hold; a page that ends before it holds, and one with it does not."""
    bad: int | None = None
    try:
        followed(rows)
    except LedgerBroken as broken:
        bad = broken.seq
    assert hold(rows) is (bad is None)
    assert bad is None or hold(rows[: bad - 1])
    return bad


def refusal(rows: Sequence[LedgerRow], changed: LedgerRow) -> tuple[int, str]:
    """Have a line refused behind others, as the last one of a page and by itself; return which is named, and why."""
    assert not hold([*rows, changed])
    with pytest.raises(LedgerBroken) as caught:
        follow(followed(rows), changed)
    return caught.value.seq, caught.value.why


def small() -> list[LedgerRow]:
    """Give a ledger with absent values, empty facts, and text of more than ASCII."""
    case = CaseNumber("CB-2026-000001")
    return ledger(
        [
            Entry(at=AT, actor="resident", case=case, fact=FILED),
            Entry(at=AT, actor="s-0123456789ab", case=case, fact=Accepted(unit=UnitId("察布查尔 𐌰\n"))),
            Entry(at=AT, actor="resident", case=case, fact=Rated(round=1, voice=1, solved=Solved.YES, score=None)),
            Entry(at=AT, actor="clock", case=None, fact=Withdrawn()),
        ]
    )


SMALL: Final = small()


# ── Hashes, against a second writing of the specification ───────────────────


def length_prefixed(content: bytes) -> bytes:
    """Write a length in four bytes, and the content."""
    return len(content).to_bytes(4, "big") + content


def naive_commitments(row: LedgerRow) -> list[bytes]:
    """Follow docs/ledger.md word for word, with the standard library alone."""
    held = {"at": row.at, "entry": row.kind, "version": row.version, "case": row.case_number, "actor": row.actor}
    held |= json.loads(row.facts)
    commitments = []
    for index, name in enumerate(sorted(held)):
        value = json.dumps(held[name], ensure_ascii=False).encode()
        preimage = row.salts[16 * index : 16 * index + 16] + length_prefixed(name.encode()) + length_prefixed(value)
        commitments.append(sha256(preimage).digest())
    return commitments


@settings(max_examples=FEW)
@given(st.lists(entries, max_size=4))
def test_hashes_are_those_of_the_specification(written: list[Entry]) -> None:
    """Commitments, entry hash and chain hash of every kind of entry are what the document says."""
    previous = bytes(32)
    for row in ledger(written):
        expected = naive_commitments(row)
        assert [digest for _, digest in commitments_of(row)] == expected
        assert [name for name, _ in commitments_of(row)] == sorted(fields_of(row))
        assert expected == [
            commitment(row.salts[16 * n : 16 * n + 16], name, value)
            for n, (name, value) in enumerate(sorted(fields_of(row).items()))
        ]
        assert row.entry_hash == hash_of(row) == sha256(b"\x00" + b"".join(sorted(expected))).digest()
        assert row.entry_hash == entry_hash(reversed(expected))
        previous = sha256(previous + row.entry_hash).digest()
        assert row.chain_hash == previous


def test_a_commitment_is_bound_to_salt_name_and_value() -> None:
    """Lengths keep name and value apart; the words' commitment is that of a field called words."""
    salt = bytes(16)
    assert commitment(salt, "ab", "c") != commitment(salt, "a", "bc")
    assert commitment(salt, "a", "1") != commitment(salt, "a", 1)
    assert commitment(salt, "a", 1) != commitment(salt, "a", True)
    assert commitment(salt, "a", 1) != commitment(b"\x01" + salt[1:], "a", 1)
    assert text_commitment(salt, "没有水") == commitment(salt, "words", "没有水").hex()
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(salt[:-1], "a", 1)


@pytest.mark.parametrize("change", [-16, -1, 1, 16])
def test_an_entry_takes_exactly_its_salts(change: int) -> None:
    """A writer with too few or too many salts is refused."""
    entry = Entry(at=AT, actor="clock", case=None, fact=Closed(round=1, how=Closing.LEFT))
    with pytest.raises(ValueError, match="one salt for each field"):
        write(entry, seq=1, salts=bytes(salts_needed(entry) + change), previous=GENESIS)


# ── Honest ledgers hold ─────────────────────────────────────────────────────


@settings(max_examples=FEW)
@given(st.lists(entries, max_size=6))
def test_an_honest_ledger_always_holds(written: list[Entry]) -> None:
    """No history of any entries raises a false alarm, and the head is the last line's."""
    rows = ledger(written)
    assert followed(rows) == (Head(len(rows), rows[-1].chain_hash) if rows else EMPTY)
    assert hold(rows)
    assert hold(rows[2:], followed(rows[:2]))


@pytest.mark.parametrize("length", [LONG - 3, LONG - 2, LONG - 1, LONG, 70_000])
def test_a_long_text_holds_as_a_short_one_does(length: int) -> None:
    """With its two quotes a text is that much longer; the length before it is written out for each from LONG bytes on."""
    long = ledger([Entry(at=AT, actor="s-0123456789ab", case=None, fact=Accepted(unit=UnitId("a" * length)))])
    assert hold(long)
    assert long[0].entry_hash == sha256(b"\x00" + b"".join(sorted(naive_commitments(long[0])))).digest()


def test_a_page_longer_than_is_looked_at_at_once_holds_to_its_end() -> None:
    """And does not where its very last line, or the first behind a part, is another."""
    long = ledger([Entry(at=AT, actor="clock", case=None, fact=Withdrawn())] * (2 * AT_ONCE + 1))
    assert hold(long)
    for at in (AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE):
        assert not hold([*long[:at], replace(long[at], actor="system"), *long[at + 1 :]])


# ── Dishonest ones do not ───────────────────────────────────────────────────


def spoilt(value: object) -> Iterator[object]:
    """Every change of one byte, every byte added or lost, and every other type for the same value."""
    if isinstance(value, str):
        for content in spoilt_bytes(value.encode()):
            yield content.decode(errors="surrogateescape")  # as a lax driver would hand over broken text
        yield from (value.encode(), None)
    elif isinstance(value, bytes):
        yield from spoilt_bytes(value)
        yield from (bytearray(value), memoryview(value), value.hex(), None)
    elif isinstance(value, int):
        for content in spoilt_bytes(value.to_bytes(8, "big")):
            yield int.from_bytes(content[:8].ljust(8, b"\0"), "big", signed=True)
        yield from (str(value), float(value), None, 10**30, -value, 0, *([True] if value == 1 else []))
    else:
        yield from ("", "null", 0, False, b"")


def spoilt_bytes(content: bytes) -> Iterator[bytes]:
    """Change each byte by each bit; put a byte in at every place; take one out of every place; nothing at all."""
    for at in range(len(content)):
        for bit in range(8):
            yield content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
        yield content[:at] + content[at + 1 :]
    for at in range(len(content) + 1):
        yield content[:at] + b" " + content[at:]
    if content:
        yield b""


@pytest.mark.parametrize("column", LedgerRow.__struct_fields__)
@pytest.mark.parametrize("index", range(4))
def test_every_changed_byte_of_every_column_is_found(column: str, index: int) -> None:
    """Each line names itself, or for a wrong place in the order the place that is not held; never another exception."""
    row, head = SMALL[index], followed(SMALL[:index])
    for value in spoilt(getattr(row, column)):
        if type(value) is type(getattr(row, column)) and value == getattr(row, column):
            continue
        changed = replace(row, **{column: value})
        assert not hold([changed], head)
        with pytest.raises(LedgerBroken) as caught:
            follow(head, changed)
        assert caught.value.seq == row.seq


def rehashed(row: LedgerRow, previous: bytes) -> LedgerRow:
    """Do what a forger does who changed a line and knows the specification, but not our code."""
    own = sha256(b"\x00" + b"".join(sorted(naive_commitments(row)))).digest()
    return replace(row, entry_hash=own, chain_hash=chain_hash(previous, own))


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_column_cannot_be_hidden_behind_a_fact_of_its_name(name: str) -> None:
    """The hashes would be the same, and the column could then say anything."""
    row = SMALL[1]
    value = {"actor": row.actor, "at": row.at, "case": row.case_number, "entry": row.kind, "version": row.version}[name]
    hidden = json.dumps(json.loads(row.facts) | {name: value}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert naive_commitments(replace(row, facts=hidden)) == naive_commitments(row)
    for changed in (replace(row, facts=hidden), replace(row, facts=hidden, actor="s-ffffffffffff")):
        assert "cannot be read" in refusal(SMALL[:1], changed)[1]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("case_number", 1),
        ("case_number", True),
        ("actor", 1),
        ("at", None),
        ("kind", True),
        ("version", 0),
        ("version", 2**53),
    ],
)
def test_a_rewritten_line_must_still_have_columns_of_their_types(column: str, value: Scalar) -> None:
    """Even with hashes made anew, a number is no case, and a version is a number from 1 that every reader can read."""
    forged = rehashed(replace(SMALL[1], **{column: value}), SMALL[0].chain_hash)
    assert "not of its type" in refusal(SMALL[:1], forged)[1]


@pytest.mark.parametrize(
    "facts",
    [
        '{"unit":1.0}',
        '{"unit":1e2}',
        '{"unit":-0}',
        '{"unit":01}',
        '{"unit":NaN}',
        '{"unit":9007199254740992}',
        '{"unit":[]}',
        '{"unit":{"unit":1}}',
        '{"unit":"a","unit":"b"}',
        '{"unit":"b","unit":"b"}',
        '{"zone":1,"unit":2}',
        '{"unit": "a"}',
        '{"unit":"a"}\n',
        '{"unit":"\\u0061"}',
        '{"\\u0075nit":"a"}',
        '{"unit":"\\/"}',
        '{"unit":"\\ud83d\\ude00"}',
        '{"Unit":"a"}',
        '{"":"a"}',
        "[]",
        "null",
        '"unit"',
    ],
)
def test_a_rewritten_line_must_still_be_canonical(facts: str) -> None:
    """Even with hashes made anew, facts that are not flat, typed and written in the one way are refused."""
    row = replace(SMALL[1], facts=facts)
    try:
        forged = rehashed(row, SMALL[0].chain_hash)
    except (ValueError, TypeError):
        forged = row
    seq, why = refusal(SMALL[:1], forged)
    assert seq == 2
    assert "cannot be read" in why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"seq": 4}, "the entry is missing"),
        ({"seq": 2}, "the entry is there twice"),
        ({"actor": "s-ffffffffffff"}, "the content is not what was hashed"),
        ({"chain_hash": bytes(32)}, "the chain does not lead here from the entry before"),
        ({"salts": b""}, "the entry cannot be read: there is not one salt for each field"),
        ({"facts": "{}"}, "the entry cannot be read: there is not one salt for each field"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], why: str) -> None:
    """A broken entry is named with its sequence number and the reason."""
    assert refusal(SMALL[:2], replace(SMALL[2], **change)) == (3, why)


def numbered(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Hide a gap or a double by counting anew."""
    return [replace(row, seq=seq) for seq, row in enumerate(rows, 1)]


@settings(max_examples=FEW)
@given(st.lists(entries, min_size=2, max_size=6), st.data())
def test_a_moved_dropped_or_doubled_entry_is_named(written: list[Entry], data: st.DataObject) -> None:
    """The first place that no longer holds what it held is named, with the old numbers and with new ones."""
    rows = ledger(written)
    at = data.draw(st.integers(0, len(rows) - 2))
    other = data.draw(st.integers(at + 1, len(rows) - 1))
    dropped = rows[:at] + rows[at + 1 :]
    doubled = rows[: at + 1] + rows[at:]
    swapped = [*rows[:at], rows[other], *rows[at + 1 : other], rows[at], *rows[other + 1 :]]
    inserted = [*rows[:at], rows[other], *rows[at:]]
    for arranged, bad in ((dropped, at + 1), (doubled, at + 2), (swapped, at + 1), (inserted, at + 1)):
        assert first_bad(arranged) == bad
        assert first_bad(numbered(arranged)) == bad


@settings(max_examples=FEW)
@given(st.lists(entries, min_size=2, max_size=5), entries, st.data())
def test_a_forged_entry_breaks_the_next_one(written: list[Entry], forged: Entry, data: st.DataObject) -> None:
    """With its own hashes made right, a replaced or added entry still does not lead to the one after it."""
    rows = ledger(written)
    at = data.draw(st.integers(0, len(rows) - 2))
    previous = rows[at - 1].chain_hash if at else GENESIS
    line = write(forged, seq=at + 1, salts=b"\x07" * salts_needed(forged), previous=previous)
    assert first_bad([*rows[:at], line, *rows[at + 1 :]]) == at + 2
    assert first_bad(numbered([*rows[:at], line, *rows[at:]])) == at + 2


def test_a_cut_end_and_a_wholesale_rewrite_need_a_checkpoint() -> None:
    """What the chain alone cannot see is said in the documentation and found by the tree's root."""
    assert first_bad(SMALL[:2]) is None
    rewritten = ledger([Entry(at=AT, actor="clock", case=None, fact=Withdrawn())] * 4)
    assert first_bad(rewritten) is None
    assert followed(rewritten) != followed(SMALL)
