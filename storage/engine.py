"""What the store needs of a database: transactions that run named queries. One implementation a dialect.

Driver errors never leave an engine: they come out as `bot.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from enum import Enum, auto
from types import GenericAlias
from typing import Protocol, TypeAlias, TypeVar

import msgspec

Value: TypeAlias = "str | int | bytes | float | None"
Row: TypeAlias = "tuple[Value, ...]"
Parameters: TypeAlias = "Mapping[str, Value]"
Columns = TypeVar("Columns", bound=tuple[object, ...])


def typed(rows: Sequence[Row], columns: type[Columns]) -> list[Columns]:
    """Read rows as what their columns hold, each checked: numbers, texts, bytes, ids, enumerations.

    Args:
        columns: what a query names, in its order: `tuple[UnitId, int]`, or a NamedTuple of them.

    Raises:
        TypeError: a column holds something else, which no STRICT table does.
    """
    try:
        read: list[Columns] = msgspec.convert(rows, GenericAlias(list, (columns,)))
    except msgspec.ValidationError as error:
        raise TypeError(str(error)) from error
    return read


def blob(value: Value) -> bytes:
    """Return what a BLOB column that is NOT NULL holds.

    Raises:
        TypeError: it holds something else, which no STRICT table does.
    """
    if not isinstance(value, bytes):
        raise TypeError(type(value))
    return value


class Claim(Enum):
    """What a process claims for itself: claims of one kind one after the other, of different kinds beside each other."""

    UPDATES = auto()
    LETTERS = auto()
    #: A lease: its row alone decides who has it.
    DUTY = auto()


class Session(Protocol):
    """One transaction, or one consistent view for reading."""

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a named query and return all its rows."""
        ...

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a named statement once for each set of parameters; return how many rows changed in all."""
        ...


class Engine(Protocol):
    """A database."""

    @property
    def holder(self) -> int:
        """Which of the processes that share the database this is, from 1; 0 where it is not shared."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Session]:
        """Open the one write transaction: committed at the end, rolled back when anything is raised.

        Once it is left, what was written lasts, whatever befalls the machine.
        """
        ...

    def noting(self) -> AbstractAsyncContextManager[Session]:
        """Open a write transaction that need not last by itself: it survives the process, and the machine with a later one.

        For what would only be done again if it were forgotten: nobody waits for the disk.
        """
        ...

    def reading(self) -> AbstractAsyncContextManager[Session]:
        """Open a view of what is committed, for queries of any length."""
        ...

    def glancing(self) -> AbstractAsyncContextManager[Session]:
        """Open a view of what is committed, for queries that look at a few rows: others may be held up by it."""
        ...

    async def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one named query on what is committed, for a few rows: the shortest glance."""
        ...

    def claiming(self, what: Claim) -> AbstractAsyncContextManager[Session]:
        """Open a transaction in which a process that shares the database claims work; a view where it is not shared."""
        ...

    async def shred(self, *, in_passing: bool) -> bool:
        """Make what was deleted unreadable in the database's own files; say whether all of it is.

        Args:
            in_passing: do only what holds nobody up.

        Raises:
            StorageUnavailable: somebody else is in the way, and stays there.
        """
        ...

    async def intended(self) -> Sequence[Row]:
        """Say of what parts a database of this kind must be made, as the query `schema_parts` tells what is there."""
        ...

    async def close(self) -> None:
        """Give the database back."""
        ...
