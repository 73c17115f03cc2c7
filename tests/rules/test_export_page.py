"""A page of an export is believed exactly where each of its lines would be, and the same is said of the one that is bad."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import LedgerBroken
from bot.rules.chain import EMPTY, Head
from bot.rules.export import ExportedLine, export_line, follow_line
from bot.rules.export_page import _row, follow_lines
from tests.tools.honest import ledger

ROWS = ledger(Random(7))
LINES = [export_line(row) + b"\n" for row in ROWS]
Followed = tuple[list[ExportedLine], tuple[int, str] | None]


def one_by_one(lines: Sequence[bytes]) -> Iterable[ExportedLine]:
    """Follow lines as if there were no pages."""
    head = EMPTY
    for content in lines:
        line = follow_line(head, content)
        head = Head(line.seq, line.chain_hash)
        yield line


def followed(by: Callable[[Sequence[bytes]], Iterable[ExportedLine]], lines: Sequence[bytes]) -> Followed:
    """Return the lines that are believed, and what is said of the first that is not."""
    found = []
    try:
        for line in by(lines):
            found.append(line)  # noqa: PERF402 (what came before the bad one counts)
    except LedgerBroken as error:
        return found, (error.seq, error.why)
    return found, None


def paged(lines: Sequence[bytes]) -> Iterable[ExportedLine]:
    """Follow lines as one page."""
    return follow_lines(EMPTY, lines)


def test_what_is_written_as_here_is_followed_as_the_ledger_is() -> None:
    """Every line of a full export says what the ledger's own line says."""
    assert len(ROWS) > 20
    for row, line in zip(ROWS, LINES, strict=True):
        fields = row.seq, row.at, row.kind, row.version, row.case_number, row.actor, row.facts
        assert _row(line) == (*fields, row.salts, row.entry_hash, row.chain_hash)
    believed, wrong = followed(paged, LINES)
    assert believed == [(row.seq, row.entry_hash, row.chain_hash) for row in ROWS]
    assert wrong is None


@given(seed=st.integers(0, 500), place=st.integers(0), at=st.integers(0), instead=st.integers(0, 255))
def test_a_byte_changed_anywhere_is_told_as_line_by_line(seed: int, place: int, at: int, instead: int) -> None:
    """In any line, by any other byte; also where it makes no line of it, or another that is as good."""
    lines = [export_line(row) + b"\n" for row in ledger(Random(seed))]
    content = bytearray(lines[place % len(lines)])
    content[at % len(content)] = instead
    lines[place % len(lines)] = bytes(content)
    assert followed(paged, lines) == followed(one_by_one, lines)


def spaced(content: bytes) -> bytes:
    """Write a line with spaces."""
    return json.dumps(json.loads(content), ensure_ascii=False).encode() + b"\n"


def turned(content: bytes) -> bytes:
    """Write a line with its names in another order."""
    line = json.loads(content)
    return json.dumps(dict(reversed(line.items()))).encode() + b"\n"


def shouted(content: bytes) -> bytes:
    """Write a hash in capital letters."""
    line = json.loads(content)
    return json.dumps({**line, "entry_hash": line["entry_hash"].upper()}).encode() + b"\n"


def compact(content: bytes, **changes: object) -> bytes:
    """Write a line as here, changed."""
    line = {**json.loads(content), **changes}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        pytest.param(spaced, True, id="spaces"),
        pytest.param(turned, True, id="names in another order"),
        pytest.param(lambda content: content.rstrip(), True, id="no line feed"),
        pytest.param(shouted, False, id="capital letters"),
        pytest.param(lambda content: compact(content, version=0), False, id="no version"),
        pytest.param(lambda content: compact(content, more=1), False, id="a part too many"),
        pytest.param(lambda content: compact(content, seq=2), False, id="another place"),
        pytest.param(lambda content: compact(content, chain_hash="00" * 32), False, id="another chain"),
        pytest.param(lambda content: compact(content, withheld={"actor": "00" * 32}), False, id="shown and withheld"),
        pytest.param(lambda content: compact(content, salts={}), False, id="no salts"),
        pytest.param(lambda content: content.replace(b'"facts":{', b'"facts":{"unit":"x",'), False, id="a fact too many"),
        pytest.param(lambda content: content.replace(b'"actor":', b'"actor":"s-0","actor":', 1), False, id="a name twice"),
        pytest.param(lambda _: b"\n", False, id="an empty line"),
        pytest.param(lambda content: b" " * (1 << 20) + content, False, id="too long"),
    ],
)
def test_a_line_written_otherwise_is_believed_as_line_by_line(change: Callable[[bytes], bytes], holds: bool) -> None:  # noqa: FBT001 (a case of a table)
    """What docs/ledger.md allows holds, though it is not written so here; what it does not is refused."""
    for place in (0, len(LINES) // 2, len(LINES) - 1):
        lines = [*LINES[:place], change(LINES[place]), *LINES[place + 1 :]]
        expected = followed(one_by_one, lines)
        assert followed(paged, lines) == expected
        assert (expected[1] is None) is holds
        assert len(expected[0]) == (len(LINES) if holds else place)


def test_a_page_from_another_place_is_refused() -> None:
    """It follows the head that it is given, and no other."""
    later = Head(ROWS[4].seq, ROWS[4].chain_hash)
    assert [line.seq for line in follow_lines(later, LINES[5:9])] == [6, 7, 8, 9]
    with pytest.raises(LedgerBroken) as found:
        list(follow_lines(Head(5, bytes(32)), LINES[5:9]))
    assert found.value.seq == 6
    with pytest.raises(LedgerBroken) as found:
        list(follow_lines(later, LINES[6:9]))
    assert found.value.seq == 6
    assert list(follow_lines(later, [])) == []
