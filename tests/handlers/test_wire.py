"""Connections of our own, against a server that says exactly what it is told to, byte by byte.

What a failed call means is tried in test_request.py for every way to fail; here is what becomes of the connection.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from handlers import wire as wires_of
from handlers.wire import PATIENCE, Answer, NotSent, Origin, Patience, PerhapsSent, Wires
from tests.handlers import tcp_server
from tests.support.certificates import certificate_in

REQUEST = b"POST /bot1:a/getMe HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Script:
    """A server that answers the first request of each connection with the first pieces, the second with the next.

    Args:
        pieces: what each request is answered with, written one after the other; then, with `hangs_up`, the end.
    """

    def __init__(self, *pieces: Sequence[bytes], hangs_up: bool = False) -> None:
        self.connections = 0
        self.requests = 0
        self._pieces, self._hangs_up = pieces, hangs_up

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it ends."""
        self.connections += 1
        for pieces in self._pieces:
            if not await self._heard(reader):
                break
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
        if not self._hangs_up:
            await self._heard(reader)
        writer.close()

    async def _heard(self, reader: asyncio.StreamReader) -> bool:
        try:
            await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return False
        self.requests += 1
        return True


@asynccontextmanager
async def wires_to(script: Script, most: int = 4) -> AsyncIterator[Wires]:
    """Connections to a server that follows a script."""
    async with tcp_server(script.talk) as url:
        wires = Wires(Origin("127.0.0.1", int(url.rpartition(":")[2]), is_tls=False), most)
        try:
            yield wires
        finally:
            wires.close()


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 (what is waited for tells nobody)
            await asyncio.sleep(0)


async def call(wires: Wires, patience: Patience = PATIENCE) -> Answer:
    """Call, within a time that no passing test comes near."""
    async with asyncio.timeout(20):
        return await wires.call(REQUEST, patience)


async def failure(wires: Wires, patience: Patience = PATIENCE) -> type[NetworkError]:
    """Call, and return what kind of failure it is."""
    with pytest.raises(NetworkError) as raised:
        await call(wires, patience)
    return type(raised.value)


@pytest.mark.parametrize(
    ("pieces", "body"),
    [
        ([PLAIN], b"ok"),
        ([PLAIN[:9], PLAIN[9:40], PLAIN[40:]], b"ok"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", b"3\r\nay!\r\n0\r\n\r\n"], b"okay!"),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", PLAIN], b"ok"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], b""),
    ],
    ids=["at once", "in pieces", "chunked", "after an interim answer", "empty"],
)
async def test_an_answer_is_read_however_it_comes_and_the_connection_kept(pieces: Sequence[bytes], body: bytes) -> None:
    """A second call goes over the same connection and has its own answer."""
    script = Script(pieces, pieces)
    async with wires_to(script) as wires:
        assert (await call(wires)).body == body
        assert (await call(wires)).body == body
    assert (script.connections, script.requests) == (1, 2)


async def test_an_answer_may_end_with_the_connection() -> None:
    """Where no length was promised; a promised one that does not come is a lost answer."""
    async with wires_to(Script([b"HTTP/1.1 200 OK\r\n\r\nto the end"], hangs_up=True)) as wires:
        assert (await call(wires)).body == b"to the end"
    for head in (b"Content-Length: 99", b"Transfer-Encoding: chunked"):
        async with wires_to(Script([b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n3\r\nnot"], hangs_up=True)) as wires:
            assert await failure(wires) is PerhapsSent


async def test_a_connection_that_the_server_ends_is_not_used_again() -> None:
    """Neither when it says so, nor when it just hangs up behind its answer: the next call opens another."""
    for pieces in ([PLAIN.replace(b"OK", b"OK\r\nConnection: close")], [PLAIN]):
        script = Script(pieces, hangs_up=True)
        async with wires_to(script) as wires:
            await call(wires)
            await until(lambda: not any(each.is_open for each in wires._free))
            assert (await call(wires)).body == b"ok"
        assert script.connections == 2


async def test_a_connection_on_which_more_was_said_than_asked_for_is_not_used_again() -> None:
    """The rest would be taken for the answer to the next call."""
    for beside in (PLAIN, b"noise"):
        script = Script([PLAIN + beside], [PLAIN])
        async with wires_to(script) as wires:
            assert (await call(wires)).body == b"ok"
            assert (await call(wires)).body == b"ok"
        assert (script.connections, script.requests) == (2, 2)


async def test_a_connection_that_is_idle_for_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers, and what stands between, forget it without a word."""
    monkeypatch.setattr(wires_of, "KEPT_ALIVE_SECONDS", -1.0)
    script = Script([PLAIN], [PLAIN])
    async with wires_to(script) as wires:
        await call(wires)
        await call(wires)
    assert script.connections == 2


async def test_a_cancelled_call_leaves_no_answer_behind() -> None:
    """Its connection is dropped with it: the next call has an answer of its own, and its place in the pool."""
    script = Script([])
    async with wires_to(script, most=1) as wires:
        waiting = asyncio.create_task(call(wires))
        await until(lambda: script.requests > 0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert await failure(wires, Patience(pool=0.05, connect=5.0, read=0.05)) is TimedOut
    assert (script.connections, script.requests) == (2, 2)


async def test_an_answer_that_trickles_in_is_waited_for_no_longer_than_all_of_it_may_take() -> None:
    """Each piece comes in time, but there are too many."""

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0)

    async with tcp_server(trickle) as url:
        wires = Wires(Origin("127.0.0.1", int(url.rpartition(":")[2]), is_tls=False), 1)
        assert await failure(wires, Patience(write=0.05, read=0.1)) is TimedOut
        wires.close()


async def test_each_call_on_a_connection_is_waited_for_as_long_as_it_says_itself() -> None:
    """Not as long as an earlier one: a patient call is not given up for a hasty one before it, nor a hasty one held."""
    soon, patient, hasty = (Patience(write=write, read=read) for write, read in ((0.05, 300), (300, 300), (0.05, 0.05)))
    begun_at = asyncio.get_running_loop().time()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(PLAIN)
        await reader.readuntil(b"\r\n\r\n")
        await until(lambda: asyncio.get_running_loop().time() > begun_at + 0.2)
        writer.write(PLAIN)
        await reader.read()

    async with tcp_server(slow) as url:
        wires = Wires(Origin("127.0.0.1", int(url.rpartition(":")[2]), is_tls=False), 1)
        assert (await call(wires, soon)).body == b"ok"  # looked at after 0.05 s, when the next one is under way
        begun_at = asyncio.get_running_loop().time()
        assert (await call(wires, patient)).body == b"ok"
        assert await failure(wires, hasty) is TimedOut
        wires.close()


async def test_packed_answers_are_unpacked_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torn ones, and such as would fill the memory, are no answers."""
    monkeypatch.setattr(wires_of, "LARGEST_ANSWER", 1000)
    packed = gzip.compress(b"words")
    for body, expected in ((packed, b"words"), (packed[:-9], None), (gzip.compress(bytes(2000)), None)):
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        async with wires_to(Script([head + body])) as wires:
            if expected is None:
                assert await failure(wires) is PerhapsSent
            else:
                assert (await call(wires)).body == expected
    async with wires_to(Script([b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + bytes(2000)])) as wires:
        assert await failure(wires) is PerhapsSent


async def test_a_request_of_which_some_never_left_was_not_sent() -> None:
    """The server takes the beginning and hangs up: nobody can have acted upon it."""

    async def take_some(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(1000)
        writer.transport.abort()

    async with tcp_server(take_some) as url:
        wires = Wires(Origin("127.0.0.1", int(url.rpartition(":")[2]), is_tls=False), 1)
        with pytest.raises(NotSent):
            await wires.call(REQUEST + bytes(32_000_000), PATIENCE)
        wires.close()


async def test_closing_hangs_up_on_calls_under_way() -> None:
    """They are told that nobody knows."""
    script = Script([])
    async with wires_to(script) as wires:
        waiting = asyncio.create_task(failure(wires))
        await until(lambda: script.requests > 0)
        wires.close()
        assert await waiting is PerhapsSent


async def test_tls_is_spoken_with_whom_the_machine_trusts_and_with_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate for another name, or signed by nobody, and not one byte of the request leaves."""
    certificate = certificate_in(tmp_path, "localhost")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    script = Script([PLAIN])
    server = await asyncio.start_server(script.talk, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    stranger = Wires(Origin("localhost", port, is_tls=True), 1)
    assert await failure(stranger) is NotSent
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert await failure(Wires(Origin("127.0.0.1", port, is_tls=True), 1)) is NotSent
    assert script.requests == 0
    trusting = Wires(Origin("localhost", port, is_tls=True), 1)
    assert (await call(trusting)).body == b"ok"
    trusting.close()
    server.close()
    await server.wait_closed()
