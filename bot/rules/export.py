"""Exported lines: which fields the public one shows, and reading a line back as docs/ledger.md section 5 has it.

A line is believed only if the commitments of its shown and withheld fields lead to its entry hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import msgspec

from bot.errors import LedgerBroken
from bot.rules.chain import (
    COLUMNS,
    HASH_BYTES,
    NAME,
    SALT_BYTES,
    Head,
    LedgerRow,
    Scalar,
    chain_hash,
    commitment,
    commitments_of,
    entry_hash,
    fields_of,
    read,
)
from bot.rules.disclosure import LEAST, Part, hidden_parts
from bot.rules.entry import Counted, Filed, WeekCounted, WeekCountedAtFirst
from bot.rules.identity import CaseNumber, CategoryId, ClassId, UnitId

ALWAYS: Final = frozenset({"entry", "version"})
UNIT: Final = frozenset({"unit"})
PUBLIC: Final[Mapping[str, frozenset[str]]] = {
    "filed": UNIT,
    "accepted": UNIT,
    "resolved": UNIT,
    "rated": frozenset({"solved"}),
    "counted": UNIT | {"week", "received", "accepted_in_time", "in_time", "handled", "answered", "solved", "reopened"},
    "voice_counted": UNIT | {"week", "satisfied"},
    "week_counted": frozenset({"week", "begins_at", "ends_at", "attempts", "voices"}),
    "callback_drawn": frozenset({"counted"}),
    "seed_published": frozenset({"since", "until", "seed"}),
    "survey_pledged": frozenset({"period", "pledge"}),
    "survey_begun": frozenset({"period", "seed"}),
}
"""What the public export shows of an entry, by kind, besides ALWAYS; of every other kind only that it is one."""

CATEGORY: Final = frozenset({"category"})
MATTER: Final = CATEGORY | {"deadline_class"}
"""What a counted case is about: shown where its unit had enough cases of the kind in the week."""

_Matter: TypeAlias = tuple[CategoryId, ClassId | None]

LONGEST_LINE: Final = 1 << 20
PARTS: Final = frozenset({"seq", "facts", "salts", "withheld", "entry_hash", "chain_hash"})
HEXADECIMAL: Final = re.compile("[0-9a-f]+")


def export_line(row: LedgerRow, shown: Collection[str] | None = None) -> bytes:
    """Write one line of an export, without its line feed, as docs/ledger.md specifies.

    Args:
        shown: names of the fields to show; every other one is given by its commitment alone. None shows all.

    Raises:
        ValueError: as `commitments_of`.
    """
    fields = fields_of(row)
    line: dict[str, object] = {"seq": row.seq}
    facts: dict[str, Scalar] = {}
    salts: dict[str, str] = {}
    withheld: dict[str, str] = {}
    for index, (name, digest) in enumerate(commitments_of(row)):
        if shown is not None and name not in shown:
            withheld[name] = digest.hex()
            continue
        (line if name in COLUMNS else facts)[name] = fields[name]
        salts[name] = row.salts[index * SALT_BYTES : (index + 1) * SALT_BYTES].hex()
    line |= {"facts": facts, "salts": salts, "withheld": withheld}
    return msgspec.json.encode(line | {"entry_hash": row.entry_hash.hex(), "chain_hash": row.chain_hash.hex()})


class Crowds:
    """Finds of which cases of a week it may be told what they are about.

    Fewer cases of a unit and week than `least` are too few, and so are fewer of these that are of one category, or of
    one category and class; and so is what subtracting others from the county's total, the unit's or the category's would
    leave (`bot.rules.disclosure`). Confidential cases are of no unit here.
    """

    def __init__(self, least: int = LEAST) -> None:
        self._least = least
        self._open: dict[str, dict[UnitId, dict[_Matter, set[CaseNumber]]]] = {}
        self._told: dict[str, dict[tuple[UnitId, _Matter], frozenset[str]]] = {}

    def add(self, row: LedgerRow) -> None:
        """Take the ledger's next entry; a week is settled by the one that says that it is counted.

        Raises:
            LedgerBroken: the entry cannot be read.
        """
        if row.kind == Counted.KIND:
            fact = read(row).fact
            if isinstance(fact, Counted) and not fact.is_confidential and row.case_number is not None:
                matters = self._open.setdefault(fact.week, {}).setdefault(fact.unit, {})
                matters.setdefault(_matter(fact), set()).add(row.case_number)
        elif row.kind == WeekCounted.KIND:
            fact = read(row).fact
            if isinstance(fact, WeekCounted | WeekCountedAtFirst):
                self._told[fact.week] = _settled(self._open.pop(fact.week, {}), self._least)

    def told(self, fact: Counted) -> frozenset[str]:
        """Return which fields of what is counted may say what it is about: none, the category, or the class as well."""
        return self._told.get(fact.week, {}).get((fact.unit, _matter(fact)), frozenset())


class LastWeek:
    """Finds how far the ledger may be published every day: to the end of the commit that counted the last week.

    Whoever fetched what came since, day after day, would learn on which day a unit had a filing, whatever the lines hold
    back: their place tells it, now or once the week is counted.
    """

    def __init__(self) -> None:
        self._at = ""
        self.until = 0
        """The place of the last entry that may be published; 0 before any week is counted."""

    def add(self, row: LedgerRow) -> None:
        """Take the ledger's next entry; what the same commit draws, tells and pledges has the moment of the week's end."""
        if row.kind == WeekCounted.KIND or (row.seq == self.until + 1 and row.at == self._at):
            self.until, self._at = row.seq, row.at


def _matter(fact: Counted) -> _Matter:
    return fact.category, fact.deadline_class


def _settled(
    units: Mapping[UnitId, Mapping[_Matter, AbstractSet[CaseNumber]]], least: int
) -> dict[tuple[UnitId, _Matter], frozenset[str]]:
    """Choose what may be told of a week: of which units at all, of these which categories, and of those which classes."""
    found = {}
    for unit in _enough({unit: frozenset().union(*matters.values()) for unit, matters in units.items()}, least):
        by_category: dict[CategoryId, dict[_Matter, AbstractSet[CaseNumber]]] = {}
        for matter, cases in units[unit].items():
            by_category.setdefault(matter[0], {})[matter] = cases
        for category in _enough({each: frozenset().union(*parts.values()) for each, parts in by_category.items()}, least):
            with_class = _enough(by_category[category], least)
            found.update({(unit, matter): MATTER if matter in with_class else CATEGORY for matter in by_category[category]})
    return found


def _enough(parts: Mapping[Part, AbstractSet[CaseNumber]], least: int) -> frozenset[Part]:
    """Return the parts that have enough different cases, and that give away none of those that have not."""
    counts = {part: len(cases) for part, cases in parts.items()}
    hidden: frozenset[Part] = hidden_parts(counts, least)
    return frozenset(counts) - hidden


class PublicView:
    """Chooses what the public may see, entry after entry; of a confidential case not even the unit.

    Args:
        crowds: what was found in the same ledger before.
    """

    def __init__(self, crowds: Crowds) -> None:
        self._confidential: set[CaseNumber] = set()
        self._crowds = crowds

    def shown(self, row: LedgerRow) -> frozenset[str]:
        """Return the fields to show; entries come in the ledger's order, so that a case's filing comes first.

        Raises:
            LedgerBroken: what was filed or counted cannot be read.
        """
        fields = ALWAYS | PUBLIC.get(row.kind, frozenset())
        if row.kind == Filed.KIND and row.case_number is not None:
            fact = read(row).fact
            if isinstance(fact, Filed) and fact.is_confidential:
                self._confidential.add(row.case_number)
        if row.case_number in self._confidential:
            return fields - UNIT
        if row.kind == Counted.KIND:
            fact = read(row).fact
            if isinstance(fact, Counted):
                return fields | self._crowds.told(fact)
        return fields


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
    if not all(map(_is_name, (*shown, *withheld))):
        raise ValueError("a field's name is not a lower-case ASCII word")
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


@lru_cache(1024)
def _is_name(name: str) -> bool:
    """Say whether a field can be called so; there are a few dozen names in all."""
    return NAME.fullmatch(name) is not None


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
