"""The PostgreSQL side of a move: everything arrives in one transaction, into a database in which nothing is.

Killed at any moment the database is as empty as it was, or has all of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import SettingsError
from storage.engine import Row
from storage.postgres.connection import Connection, Translated, connect
from storage.postgres.statement import translate
from storage.queries import load

NOT_EMPTY: Final = "--to: there is something in this database already; name an empty one (createdb), or drop what is in it"


class MovingTarget:
    """A database that is being filled. Make it with `target_begun`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queries = translate(load("postgres"))

    async def check_empty(self) -> None:
        """Make sure that nothing is there; raises SettingsError. Whoever else comes waits."""
        with Translated():
            await self._connection.fetch(self._queries["ledger_head_lock"].sql)
            ((count,),) = [tuple(row) for row in await self._connection.fetch(self._queries["move_count"].sql)]
        if count:
            raise SettingsError((NOT_EMPTY,))

    async def put(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write some rows of a table."""
        with Translated():
            await self._connection.copy_records_to_table(table, records=rows, columns=columns)

    async def clear_head(self) -> None:
        """Make room for the ledger's head."""
        with Translated():
            await self._connection.fetch(self._queries["move_clear_head"].sql)

    async def go_on_counting(self) -> None:
        """Let new updates and letters be numbered after those that are here."""
        with Translated():
            await self._connection.fetch(self._queries["move_go_on"].sql)

    async def commit(self) -> None:
        """Make it all true at once."""
        with Translated():
            await self._connection.execute("COMMIT")


@asynccontextmanager
async def target_begun(url: str) -> AsyncIterator[MovingTarget]:
    """Begin to fill a migrated database; what is not committed never was.

    Raises:
        StorageUnavailable, SettingsError: see `connect`.
    """
    connection = await connect(url)
    try:
        with Translated():
            await connection.execute("SET idle_in_transaction_session_timeout = 0; BEGIN")
        yield MovingTarget(connection)
    finally:
        connection.terminate()  # the server undoes whatever was not committed
