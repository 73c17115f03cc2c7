"""The one door to the driver: connections, and its errors turned into ours. Nothing else here imports asyncpg but for types.

No message that leaves here holds a password, or a value that was to be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Final, Protocol, cast

import asyncpg

from bot.errors import Conflict, DatabaseDamaged, SettingsError, StorageUnavailable
from storage.engine import Value

CONNECT_SECONDS: Final = 10.0
"""How long a connection may take to be made."""

COMMAND_SECONDS: Final = 60.0
"""How long a statement of the running bot may take: a server that vanished is told from a slow one by nothing else."""

SESSION: Final[Mapping[str, str]] = {
    "application_name": "minsheng",
    "synchronous_commit": "on",  # a commit is on disk before anyone is told, whatever the server's default
    "idle_in_transaction_session_timeout": "60s",  # a process that froze with a row in its hand must let go of it
    "tcp_keepalives_idle": "10",  # and a machine that vanished is noticed within half a minute, not after two hours
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "jit": "off",
}
"""What every session of ours asks of the server."""


class Taken(Protocol):
    """What a server takes a parameter to be."""

    @property
    def name(self) -> str:
        """Its type, such as `int8`."""
        ...


class Prepared(Protocol):
    """What is used of a statement that the server has read."""

    def get_parameters(self) -> Sequence[Taken]:
        """Return what it takes, in order."""
        ...


class Connection(Protocol):
    """What is used of the driver's connections."""

    async def execute(self, query: str, *arguments: object) -> str:
        """Run statements that take nothing, or one that takes lists, and say what the server says that it did."""
        ...

    async def prepare(self, query: str) -> Prepared:
        """Have the server read a statement."""
        ...

    async def fetch(self, query: str, *arguments: Value) -> Sequence[Iterable[Value]]:
        """Run a statement and return its rows."""
        ...

    async def fetchmany(self, query: str, arguments: Iterable[Sequence[Value]]) -> Sequence[Iterable[Value]]:
        """Run a statement once for each set of arguments, in one go, and return the rows of all."""
        ...

    async def copy_records_to_table(
        self, table_name: str, *, records: Iterable[Sequence[Value]], columns: Sequence[str]
    ) -> str:
        """Put rows into a table."""
        ...

    def is_closed(self) -> bool:
        """Say whether it can no longer be used."""
        ...

    def terminate(self) -> None:
        """Drop it without a word to the server."""
        ...

    async def close(self) -> None:
        """End the session."""
        ...


class Pool(Protocol):
    """What is used of the driver's pool; a connection that was lost is replaced when one is asked for."""

    async def acquire(self) -> Connection:
        """Lend a connection."""
        ...

    async def release(self, connection: Connection) -> None:
        """Take it back."""
        ...

    async def close(self) -> None:
        """End all sessions."""
        ...

    def terminate(self) -> None:
        """Drop all sessions."""
        ...


async def connect(url: str) -> Connection:
    """Open a session of its own.

    Raises:
        StorageUnavailable: the server cannot be reached, or does not let us in.
        SettingsError: `url` cannot be read.
    """
    with Translated():
        opened = await asyncpg.connect(url, timeout=CONNECT_SECONDS, server_settings=dict(SESSION))
        return cast("Connection", opened)  # the driver has no types


async def open_pool(url: str, most: int, *, read_only: bool) -> Pool:
    """Open a pool with one connection in it.

    Raises:
        StorageUnavailable, SettingsError: see `connect`.
    """
    asked = {**SESSION, "default_transaction_read_only": "on" if read_only else "off"}
    with Translated():
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=most,
            timeout=CONNECT_SECONDS,
            command_timeout=None if read_only else COMMAND_SECONDS,
            server_settings=asked,
            reset=_left_as_it_is,
        )
        return cast("Pool", pool)  # the driver has no types


async def _left_as_it_is(connection: object) -> None:
    """Reset nothing between two uses: whoever borrows a connection changes it within a transaction only."""
    del connection


class Translated:
    """Turn the driver's errors into ours: `with Translated(): …`."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Raise what a caller can deal with.

        Raises:
            Conflict: someone wrote first: a constraint, a deadlock, a serialization failure.
            ValueError: a value that no column can hold; to try again would not help.
            SettingsError: the address of the database makes no sense to the driver.
            DatabaseDamaged: the server found a page or an index that is not whole.
            StorageUnavailable: anything else; to try again may help.
        """
        match error:
            case asyncpg.IntegrityConstraintViolationError() | asyncpg.exceptions.TransactionRollbackError():
                raise Conflict from error
            case asyncpg.exceptions.DataError() | asyncpg.exceptions.PostgresSyntaxError():
                raise ValueError(type(error).__name__) from error
            case asyncpg.exceptions.ClientConfigurationError():
                raise SettingsError(("BOT_DATABASE: must be postgresql://user:password@host:port/name",)) from error
            case asyncpg.exceptions.DataCorruptedError() | asyncpg.exceptions.IndexCorruptedError():
                raise DatabaseDamaged(_plain(error)) from error
            case asyncpg.PostgresError() | asyncpg.InterfaceError() | asyncpg.InternalClientError() | OSError():
                raise StorageUnavailable(_plain(error)) from error
            case _:
                pass


def _plain(error: BaseException) -> str:
    """Say in one line what is wrong; the detail of a server's error, which repeats values, is left out."""
    if isinstance(error, asyncpg.PostgresError):
        return " ".join(str(error.args[0] if error.args else type(error).__name__).split())
    return " ".join(str(error).split()) or type(error).__name__
