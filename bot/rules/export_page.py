"""Many lines of an export at once, as `bot.rules.page` follows lines of the ledger: what `follow_line` says of each.

A line that is written as `export_line` writes a whole one says the same as a line of the ledger, so it is followed as one.
Invariant: only where all lines of a page are written so, and hold, is that taken for an answer; any other page is followed
line by line, so that what is believed of an export, and what is said of the line that is bad, is said in one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import msgspec

from bot.rules.chain import ENCODER, LARGEST, Head, layout_of
from bot.rules.export import LONGEST_LINE, ExportedLine, follow_line
from bot.rules.page import Line, holds

DIGITS: Final = 32
"""How a salt is written: so many hexadecimal digits."""


class _Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A line of a full export, its parts in the order in which they are written."""

    seq: int
    actor: str
    at: str
    case: str | None
    entry: str
    version: int
    facts: dict[str, str | Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)] | bool | None]
    salts: dict[str, str]
    withheld: dict[str, str]
    entry_hash: str
    chain_hash: str


_read: Final = msgspec.json.Decoder(_Whole).decode
_write: Final = msgspec.json.Encoder().encode


def follow_lines(head: Head, contents: Sequence[bytes]) -> Iterator[ExportedLine]:
    """Check that lines, each with its line feed, are the honest next ones after `head`; yield them.

    Raises:
        LedgerBroken: as `follow_line`, once the lines before were yielded.
    """
    try:
        rows = [_row(content) for content in contents]
    except ValueError:
        rows = []
    if rows and holds(head, rows):
        for row in rows:
            yield ExportedLine(row[0], row[-2], row[-1])  # type: ignore[arg-type]  # what holds is of its types
        return
    for content in contents:
        line = follow_line(head, content)
        head = Head(line.seq, line.chain_hash)
        yield line


def _row(content: bytes) -> Line:
    """Read a line as one of the ledger.

    Raises:
        ValueError: it is not written as `export_line` writes a whole one, so that more may have to be asked of it.
    """
    if len(content) > LONGEST_LINE:
        raise ValueError("the line is too long")
    line = _read(content)
    salts, names = "".join(line.salts.values()), tuple(line.salts)
    row = (
        *(line.seq, line.at, line.entry, line.version, line.case, line.actor),
        ENCODER.encode(line.facts).decode(),
        bytes.fromhex(salts),
        bytes.fromhex(line.entry_hash),
        bytes.fromhex(line.chain_hash),
    )
    is_ours = (
        not line.withheld
        and names == layout_of(tuple(line.facts)).names
        and {*map(len, line.salts.values())} == {DIGITS}
        and (row[-3].hex(), row[-2].hex(), row[-1].hex()) == (salts, line.entry_hash, line.chain_hash)
        and _write(line) + b"\n" == content
    )
    if not is_ours:
        raise ValueError("the line is not written as ours are")
    return row
