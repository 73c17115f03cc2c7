"""HTTP/1.1 to one server over connections that are kept: what a call of the Bot API needs, in a quarter of the time.

Invariant: a call fails as NotSent only if its last byte certainly never left; whatever else goes wrong leaves that open.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections import deque
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Final, NamedTuple, cast

import httptools
from telegram.error import NetworkError, TimedOut

KEPT_ALIVE_SECONDS: Final = 15.0
"""Shorter than servers and address translators keep an idle connection: one they closed looks like a lost answer."""

SECOND_FAMILY_SECONDS: Final = 0.25
"""After which the other address family is tried beside the first (RFC 8305)."""

LOOK_AGAIN_SECONDS: Final = 60.0
"""How soon a call that may wait for ever is looked at again."""

LARGEST_ANSWER: Final = 64 * 1024 * 1024
"""Bytes; no answer of the Bot API comes near."""

INTERIM: Final = range(100, 200)
"""Statuses of answers that another follows."""

GZIP_BITS: Final = 31
"""Tells zlib to expect gzip's own head."""


class NotSent(NetworkError):
    """Send again: the request certainly was not acted upon (no connection, or it broke before the last byte)."""


class PerhapsSent(NetworkError):
    """Count it as ambiguous: the request went out, and its answer was lost or is none."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds; None and 0 are for ever.

    Attributes:
        pool: for one of the pool's connections to become free.
        connect: for name, connection and TLS.
        write: for a request to be written; `upload` when there are files in it.
        read: for the answer to begin, and for more of it.
    """

    pool: float | None = 5.0
    connect: float | None = 10.0
    write: float | None = 20.0
    upload: float | None = 120.0
    read: float | None = 15.0


PATIENCE: Final = Patience()


class Answer(NamedTuple):
    """What a server said; `date` is its clock, as an HTTP date."""

    status: int
    body: bytes
    date: str | None


class Origin(NamedTuple):
    """Where a server is to be reached."""

    host: str
    port: int
    is_tls: bool


class Wire(asyncio.Protocol):
    """One connection, with one call at a time on it."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None
        self._is_written = True
        self._began = self._heard_at = self.free_since = 0.0
        self._patience = PATIENCE
        self._look: asyncio.TimerHandle | None = None
        self._begin()

    def _begin(self) -> None:
        self._body = bytearray()
        self._date: str | None = None
        self._is_packed = self._has_length = self._is_headed = False

    @property
    def is_open(self) -> bool:
        """Say whether it can take a call."""
        return self._transport is not None and not self._transport.is_closing()

    async def call(self, request: bytes, patience: Patience) -> Answer:
        """Send a whole request and return the answer to it.

        Raises:
            NotSent: the connection broke before the last byte.
            PerhapsSent, TimedOut: there is no answer, or it is none.
        """
        if self._transport is None:
            raise NotSent("no connection")
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answer, self._patience = answer, patience
        self._began = self._heard_at = monotonic()
        self._transport.write(request)
        self._look_after(min(patience.read or LOOK_AGAIN_SECONDS, patience.write or LOOK_AGAIN_SECONDS))
        try:
            return await answer
        except BaseException:
            self.close()  # whatever is still to come is not the answer to a next call
            raise
        finally:
            self._answer = None
            self.free_since = monotonic()

    def _look_after(self, seconds: float) -> None:
        """Look in so many seconds at the latest. A look that an earlier call left behind will do: most calls need none."""
        loop = asyncio.get_running_loop()
        at = loop.time() + seconds
        if self._look is None or self._look.when() > at:
            self._look_no_more()
            self._look = loop.call_at(at, self._look_at_call)

    def _look_no_more(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _look_at_call(self) -> None:
        """Give up a call that was silent for too long, or takes too long in all; else look again when it may have been."""
        self._look = None
        answer = self._answer
        if answer is None or answer.done():
            return
        left = self._ends_at(self._patience) - monotonic()
        if left <= 0:
            answer.set_exception(TimedOut("no answer"))
        else:
            self._look_after(min(left, LOOK_AGAIN_SECONDS))

    def _ends_at(self, patience: Patience) -> float:
        """Say until when to wait: for the request to leave, then for each piece of its answer, and not longer than both."""
        read = patience.read or inf
        leaves_at = self._began + (patience.write or inf)
        return min(self._heard_at + read, leaves_at + read) if self._is_written else leaves_at

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    # ── What the event loop tells ────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note it, and have it told when not all of a request could be handed to the machine's network."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=0)

    def pause_writing(self) -> None:
        """Note that some of a request is still here."""
        self._is_written = False

    def resume_writing(self) -> None:
        """Note that all of it has left."""
        self._is_written = True
        self._heard_at = monotonic()

    def data_received(self, data: bytes) -> None:
        """Read more of an answer; what nobody asked for ends the connection."""
        self._heard_at = monotonic()
        if self._answer is None or self._answer.done():
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail(PerhapsSent("an answer that is not HTTP"))
            self.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Fail the call that is under way, unless the end of the connection is the end of its answer."""
        if error is None and self._is_headed and not self._has_length:
            self.on_message_complete()
        kind = "the connection was closed" if error is None else type(error).__name__
        self._fail(PerhapsSent(kind) if self._is_written else NotSent(kind))
        self._transport = None
        self._look_no_more()

    def _fail(self, error: NetworkError) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # ── What the parser tells ────────────────────────────────────────────────

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep the few that matter."""
        match name.lower():
            case b"date":
                self._date = value.decode("latin-1")
            case b"content-encoding":
                self._is_packed = value.lower() == b"gzip"
            case b"content-length" | b"transfer-encoding":
                self._has_length = True
            case _:
                pass

    def on_headers_complete(self) -> None:
        """Note that what follows is the body."""
        self._is_headed = True

    def on_body(self, piece: bytes) -> None:
        """Keep a piece, up to what an answer can be."""
        self._body += piece
        if len(self._body) > LARGEST_ANSWER:
            self._fail(PerhapsSent("an answer too large"))

    def on_message_complete(self) -> None:
        """Hand the answer over, unless another one follows it."""
        status, body, date, is_packed = self._parser.get_status_code(), bytes(self._body), self._date, self._is_packed
        self._begin()
        if status in INTERIM:
            return
        if self._answer is None or self._answer.done():
            self.close()  # more was said than asked for
            return
        try:
            self._answer.set_result(Answer(status, _unpacked(body) if is_packed else body, date))
        except zlib.error:
            self._fail(PerhapsSent("an answer that cannot be unpacked"))
        if self._transport is not None and not self._parser.should_keep_alive():
            self._transport.close()


class Wires:
    """Connections to one server, kept while they are fresh; at most so many at once."""

    def __init__(self, origin: Origin, most: int) -> None:
        self._origin = origin
        self._context = _tls() if origin.is_tls else None
        self._turns = asyncio.Semaphore(most)
        self._free: deque[Wire] = deque()
        self._busy: set[Wire] = set()

    async def call(self, request: bytes, patience: Patience) -> Answer:
        """Make a call on a free connection, else on a new one.

        Raises:
            NotSent: there is no connection to be had; also what `Wire.call` raises.
        """
        if self._turns.locked():
            await self._wait_for_turn(patience.pool)
        else:
            await self._turns.acquire()
        try:
            wire = self._fresh() or await self._connected(patience.connect)
            self._busy.add(wire)
            try:
                answer = await wire.call(request, patience)
            finally:
                self._busy.discard(wire)
            if wire.is_open:
                self._free.append(wire)
            return answer
        finally:
            self._turns.release()

    def close(self) -> None:
        """Hang up on all; calls under way fail."""
        for wire in (*self._free, *self._busy):
            wire.close()
        self._free.clear()

    async def _wait_for_turn(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds or None):
                await self._turns.acquire()
        except TimeoutError:
            pass
        else:
            return
        raise NotSent("no free connection")  # outside of the handler: a cause says nothing more

    def _fresh(self) -> Wire | None:
        """Return the connection that was used last; hang up on those that were not used for long."""
        while self._free and self._free[0].free_since < monotonic() - KEPT_ALIVE_SECONDS:
            self._free.popleft().close()
        while self._free:
            wire = self._free.pop()
            if wire.is_open:
                return wire
        return None

    async def _connected(self, seconds: float | None) -> Wire:
        origin = self._origin
        try:
            async with asyncio.timeout(seconds or None):
                _, wire = await asyncio.get_running_loop().create_connection(
                    Wire, origin.host, origin.port, ssl=self._context, happy_eyeballs_delay=SECOND_FAMILY_SECONDS
                )
        except (OSError, ValueError) as error:  # ValueError: a name that cannot be one
            kind = type(error).__name__
        else:
            return wire
        raise NotSent(kind)  # outside of the handler: a driver's errors say more than they should


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _unpacked(packed: bytes) -> bytes:
    """Unpack what came with gzip, up to what an answer can be; raises zlib.error."""
    unpacker = zlib.decompressobj(GZIP_BITS)
    body = unpacker.decompress(packed, LARGEST_ANSWER)
    if not unpacker.eof:
        raise zlib.error("cut short")
    return body
