"""One table about no case, beside what the ledger's entries say that it holds.

Invariant: what a table must hold is made of entries alone; what stands in it is only read to be compared, or where a column
that no entry knows says which of two rows an entry is about.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

import msgspec

from bot.errors import IllegalTransition, LedgerBroken
from bot.rules.entry import AnyFact, Entry
from storage.engine import Parameters, Row, Session, Value

Key: TypeAlias = "tuple[Value, ...]"
Thing = TypeVar("Thing", bound=msgspec.Struct)


class Held(NamedTuple):
    """A row as entries make it: the last of them, and its columns behind the key."""

    seq: int
    columns: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a table holds otherwise than its entries say.

    Attributes:
        subject: the case, or the key of the row.
        seq: the last entry about it; None when none is.
    """

    subject: str
    seq: int | None
    table: str


class DerivedTable(Protocol):
    """What a table must hold, gathered entry by entry.

    Attributes:
        NAME: the table.
        QUERY: reads the rows that are compared.
        FACTS: the facts that make it.
    """

    NAME: ClassVar[str]
    QUERY: ClassVar[str]
    FACTS: ClassVar[tuple[type[AnyFact], ...]]

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry of these kinds.

        Raises:
            LedgerBroken: it does not follow from those before it.
        """
        ...

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Read rows as they are compared."""
        ...

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """Say what there must be."""
        ...

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Make a row what it must be, None: not there; say whether that can be done from entries alone."""
        ...


@dataclass(slots=True)
class HeldRows:
    """A table of which entries say every column that is compared, in rows that each one of them makes or changes.

    Attributes:
        KEY: how many columns of a row, the first ones, are its key.
    """

    KEY: ClassVar[int] = 1
    _rows: dict[Key, Held] = field(default_factory=dict)

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Take rows as they are."""
        return {row[: self.KEY]: row[self.KEY :] for row in rows}

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:  # noqa: ARG002 (entries say all of it)
        """Say what there must be."""
        return self._rows


@dataclass(slots=True)
class FoldedRows(ABC, Generic[Thing]):
    """A table of things that entries are folded into: of each what is looked for, as columns, and all of it, as the last.

    Attributes:
        DROP: takes a row out, by its number.
        INSERT: puts one in.
    """

    NAME: ClassVar[str]
    QUERY: ClassVar[str]
    KIND: ClassVar[type[msgspec.Struct]]
    DROP: ClassVar[str]
    INSERT: ClassVar[str]
    _rows: dict[str, tuple[int, Thing]] = field(default_factory=dict)

    @abstractmethod
    def about(self, fact: AnyFact) -> str | None:
        """Return the number of the thing that a fact is about; None: it is about none."""

    @abstractmethod
    def folded(self, before: Thing | None, entry: Entry) -> Thing:
        """Return what an entry makes of what was before.

        Raises:
            IllegalTransition, ValueError: it does not follow.
        """

    @abstractmethod
    def row(self, thing: Thing) -> Parameters:
        """Write a row: the number first, the body last."""

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        number = self.about(entry.fact)
        if number is None:
            return
        before = self._rows[number][1] if number in self._rows else None
        try:
            self._rows[number] = seq, self.folded(before, entry)
        except (IllegalTransition, ValueError) as error:
            raise LedgerBroken(seq, f"the entry does not follow from what {number} was") from error

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Read the body, as a later version of the program may write it with more in it."""
        return {row[:1]: (*row[1:-1], self._read(row[-1])) for row in rows}

    def _read(self, body: Value) -> object:
        try:
            return msgspec.json.decode(str(body), type=self.KIND)
        except msgspec.DecodeError:
            return None

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:  # noqa: ARG002 (entries say all of it)
        """Say what there must be."""
        return {
            (number,): Held(seq, (*tuple(self.row(thing).values())[1:-1], thing))
            for number, (seq, thing) in self._rows.items()
        }

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Make a row anew."""
        await session.run(self.DROP, [named(("number",), key)])
        if columns is not None:
            _, thing = self._rows[str(key[0])]
            await session.run(self.INSERT, [self.row(thing)])
        return True


class Wrong(NamedTuple):
    """A row that is not what it must be; None where there must be none."""

    key: Key
    held: Held | None

    def mismatch(self, table: str) -> Mismatch:
        """Name it."""
        subject = " ".join(str(part) for part in self.key if part is not None)
        return Mismatch(subject, None if self.held is None else self.held.seq, table)


async def compare(session: Session, table: DerivedTable) -> list[Wrong]:
    """Compare a table with what its entries say."""
    rows = await session.rows(table.QUERY, {})
    stored, expected = table.stored(rows), table.expected(rows)
    wrong = [Wrong(key, held) for key, held in expected.items() if stored.get(key) != held.columns]
    return wrong + [Wrong(key, None) for key in sorted(stored.keys() - expected.keys(), key=repr)]


async def mend(session: Session, table: DerivedTable) -> list[Mismatch]:
    """Put a table right; return what cannot be, as no entry holds all of it."""
    wrong = sorted(await compare(session, table), key=lambda each: each.held is not None)  # what must go, first
    return [
        each.mismatch(table.NAME)
        for each in wrong
        if not await table.mend(session, each.key, None if each.held is None else each.held.columns)
    ]


def named(names: Iterable[str], values: Iterable[object]) -> Parameters:
    """Name the values of columns for a statement."""
    return dict(zip(names, values, strict=True))  # type: ignore[arg-type]  # values of columns
