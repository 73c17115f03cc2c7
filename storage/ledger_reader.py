"""The ledger as a store holds it, read from one end to the other. Reading changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

from bot.errors import DatabaseDamaged, LedgerBroken, NotFound, StorageUnavailable
from bot.rules.chain import Head, LedgerRow
from bot.rules.identity import CaseNumber
from bot.rules.receipt import PROOF_BYTES
from storage.engine import Engine, Row, typed
from storage.proving import brings
from storage.rows import read_ledger_row

PAGE: Final = 2000
"""Ledger rows read at a time: memory stays constant however long the ledger is."""

LEAST: Final = -(2**63)
"""The least sequence number that a forged line can have; honest ones begin at 1."""

NO_HEAD: Final = Head(-1, b"")


def damage(said: object) -> str:
    """Say that it is the file that does not hold, in the words of the database."""
    return f"the database is damaged ({said})"


class LedgerReader:
    """Reads the ledger and facts about the store; needs no key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def meta(self, name: str) -> str | None:
        """Read a fact about the store."""
        async with self._engine.glancing() as session:
            rows = typed(await session.rows("meta_get", {"name": name}), tuple[str])
        return rows[0][0] if rows else None

    async def proof_code(self, number: CaseNumber, voice: int) -> str:
        """Return the first 16 hex digits of the entry with which a voice came to a case; raises NotFound."""
        async with self._engine.reading() as session:
            rows = [read_ledger_row(row) for row in await session.rows("ledger_of_case", {"number": number})]
        for row in rows:
            if brings(row, voice):
                return row.entry_hash[:PROOF_BYTES].hex()
        raise NotFound

    async def head(self) -> Head:
        """Return where the ledger says that it ends; NO_HEAD, which no ledger ends in, when it does not say."""
        async with self._engine.glancing() as session:
            rows = await session.rows("ledger_head", {})
        match rows:
            case [(int(seq), bytes(chain_hash))]:
                return Head(seq, chain_hash)
            case _:
                return NO_HEAD

    async def ledger_size(self) -> int:
        """Count the entries."""
        async with self._engine.reading() as session:
            ((size,),) = typed(await session.rows("ledger_size", {}), tuple[int])
        return size

    async def unsafe_settings(self) -> list[str]:
        """Name the server's settings by which a commit can be lost that was told to last."""
        async with self._engine.reading() as session:
            return [name for (name,) in typed(await session.rows("store_unsafe", {}), tuple[str])]

    async def ledger(self, first: int = LEAST) -> AsyncIterator[Sequence[LedgerRow]]:
        """Yield the ledger in order from a place on, a page at a time; by default with whatever stands before entry 1.

        Raises:
            LedgerBroken: a line cannot be read at all; those before it have been yielded.
        """
        async for lines in self.ledger_lines(first):
            yield [read_ledger_row(line) for line in lines]

    async def ledger_lines(self, first: int = LEAST, query: str = "ledger_page") -> AsyncIterator[Sequence[Row]]:
        """Yield the ledger as `ledger` does, each line as the database hands it over.

        Args:
            query: reads a page of it.

        Raises:
            LedgerBroken: as `ledger`.
        """
        page = PAGE
        while True:
            try:
                lines = await self._ledger_page(query, first, page)
            except StorageUnavailable as error:
                if page == 1:
                    why = f": {damage(error)}" if isinstance(error, DatabaseDamaged) else ""
                    raise LedgerBroken(max(first, 1), f"the entry cannot be read{why}") from error
                page = 1  # go on line by line, up to the one that cannot be read
                continue
            if not lines:
                return
            yield lines
            first = read_ledger_row(lines[-1]).seq + 1

    async def _ledger_page(self, query: str, first: int, limit: int) -> Sequence[Row]:
        async with self._engine.reading() as session:
            return await session.rows(query, {"first": first, "limit": limit})
