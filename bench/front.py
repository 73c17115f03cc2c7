"""What stands before several processes of the program, as a county's reverse proxy: each new connection goes to the next.

It passes bytes on and reads none of them.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import cast


class _Onward(asyncio.Protocol):
    """The connection to a process; what it answers goes back."""

    def __init__(self, back: asyncio.Transport) -> None:
        self._back = back

    def data_received(self, data: bytes) -> None:
        self._back.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._back.close()


class _Incoming(asyncio.Protocol):
    """The connection of whoever brings updates; what came before the other one stands waits."""

    def __init__(self, port: int, tasks: asyncio.TaskGroup) -> None:
        self._port, self._tasks = port, tasks
        self._onward: asyncio.Transport | None = None
        self._waiting: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._tasks.create_task(self._connect(cast("asyncio.Transport", transport)))

    async def _connect(self, back: asyncio.Transport) -> None:
        loop = asyncio.get_running_loop()
        try:
            onward, _ = await loop.create_connection(lambda: _Onward(back), "127.0.0.1", self._port)
        except OSError:
            back.close()
            return
        self._onward = onward
        for data in self._waiting:
            onward.write(data)

    def data_received(self, data: bytes) -> None:
        if self._onward is None:
            self._waiting.append(data)
        else:
            self._onward.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        if self._onward is not None:
            self._onward.close()


@asynccontextmanager
async def opened_front(ports: Sequence[int]) -> AsyncIterator[int]:
    """Listen, and pass connections on to these ports in turn; yield the port to come to."""
    turns = itertools.cycle(ports)
    async with asyncio.TaskGroup() as tasks:
        server = await asyncio.get_running_loop().create_server(lambda: _Incoming(next(turns), tasks), "127.0.0.1", 0)
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()
