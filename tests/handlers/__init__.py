"""What handlers talk to over the network, in a few lines each: a Bot API server, a proxy, and bare connections.

The server knows no rule of Telegram's: it writes every call down and gives the next answer prepared, else true.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import msgspec
from aiohttp import BodyPartReader, web
from aiohttp.test_utils import TestServer

TOKEN: Final = "7001:AAF-never_to_be_seen"
PASSWORD: Final = "proxy-secret"
LATE_SECONDS: Final = 0.2

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it was uploaded."""

    file_name: str | None
    mime_type: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it came in."""

    method: str
    fields: Mapping[str, str]
    files: Mapping[str, Part] = field(default_factory=dict)


class BotApi:
    """The server; `calls` and `peers` say what came in, and over which connections."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.peers: set[object] = set()
        self.is_called = asyncio.Event()
        self._answers: deque[Answer] = deque()
        self._closing = asyncio.Event()

    def prepare(self, *answers: Answer) -> None:
        """Answer the next calls so, one after the other."""
        self._answers.extend(answers)

    async def hang(self, _: web.Request) -> web.StreamResponse:
        """Answer when the server closes, and not before."""
        await self._closing.wait()
        return web.Response(status=503)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(await _read(request))
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        self.is_called.set()
        answer = self._answers.popleft() if self._answers else result(True)
        return await answer(request)

    @classmethod
    @asynccontextmanager
    async def opened(cls) -> AsyncIterator[BotApi]:
        """Listen on a free port."""
        api = cls()
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", api._handle)
        app.router.add_route("*", "/file/bot{token}/{method:.*}", api._handle)
        async with TestServer(app) as server:
            api.url = str(server.make_url("")).rstrip("/")
            try:
                yield api
            finally:
                api._closing.set()


async def _read(request: web.Request) -> Call:
    method = request.match_info["method"]
    if request.content_type == "application/json":
        given = msgspec.json.decode(await request.read(), type=dict[str, object])
        texts = {
            name: value if isinstance(value, str) else msgspec.json.encode(value).decode() for name, value in given.items()
        }
        return Call(method, texts)
    if request.content_type != "multipart/form-data":
        return Call(method, {name: str(value) for name, value in (await request.post()).items()})
    fields: dict[str, str] = {}
    files: dict[str, Part] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name is not None
        if part.filename is None:
            fields[part.name] = await part.text()
        else:
            files[part.name] = Part(part.filename, part.headers.get("Content-Type"), bytes(await part.read()))
    return Call(method, fields, files)


def _text(value: object) -> str:
    """Write a field of a JSON call as a form would carry it."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def result(value: object) -> Answer:
    """Succeed."""
    return text(200, msgspec.json.encode({"ok": True, "result": value}))


def refusal(code: int, description: str, parameters: Mapping[str, int] | None = None) -> Answer:
    """Refuse, the way the Bot API does."""
    said: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return text(code, msgspec.json.encode(said | ({"parameters": parameters} if parameters else {})))


def text(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with just this."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=headers)

    return answer


async def late(_: web.Request) -> web.StreamResponse:
    """Hold the call for a while, then answer that there is nothing."""
    await _pause()
    return web.Response(body=b'{"ok":true,"result":[]}')


async def slow(request: web.Request) -> web.StreamResponse:
    """Send four bytes, with a while after each."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(4):
        await response.write(b"x")
        await _pause()
    return response


async def _pause() -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LATE_SECONDS):
            await asyncio.Event().wait()


async def page(request: web.Request) -> web.StreamResponse:
    """Answer with a gateway's page, which quotes the address, as many do."""
    return web.Response(status=502, text=f"<html>no upstream for {request.path}</html>", content_type="text/html")


async def cut(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent, and hang up."""
    assert request.transport is not None
    request.transport.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":true,"resu')
    request.transport.close()
    return web.Response()


async def reset(request: web.Request) -> web.StreamResponse:
    """Hang up without a word."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def babble(request: web.Request) -> web.StreamResponse:
    """Answer with what is not HTTP."""
    assert request.transport is not None
    request.transport.write(f"no HTTP, but {request.path}\r\n\r\n".encode())
    request.transport.close()
    return web.Response()


@asynccontextmanager
async def tcp_server(talk: Talk) -> AsyncIterator[str]:
    """A server that does what it is told with a connection."""
    ends: list[asyncio.StreamWriter] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.append(writer)
        await talk(reader, writer)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield "http://{}:{}".format(*server.sockets[0].getsockname())
    finally:
        server.close()
        for end in ends:
            end.transport.abort()


async def swallow(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Read and never answer."""
    while await reader.read(65536):
        pass


async def ignore(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Read the beginning only, then nothing, and never answer."""
    await reader.readexactly(10)


async def take_some(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read the beginning only, and hang up."""
    await reader.readexactly(1000)
    writer.transport.abort()


class Proxy:
    """A forward proxy for one call a connection; `heads` keeps what it was asked for.

    Args:
        word: what it answers to whoever wants a tunnel; None to open it.
    """

    def __init__(self, word: bytes | None) -> None:
        self.url = ""
        self.heads: list[bytes] = []
        self._word = word

    @classmethod
    @asynccontextmanager
    async def opened(cls, word: bytes | None = None) -> AsyncIterator[Proxy]:
        """Listen on a free port."""
        proxy = cls(word)
        async with tcp_server(proxy._talk) as url:
            proxy.url = url.replace("http://", f"http://county:{PASSWORD}@")
            yield proxy

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        wants_tunnel = head.startswith(b"CONNECT ")
        if wants_tunnel and self._word is not None:
            writer.write(self._word)
            writer.close()
            return
        target = urlsplit(head.split()[1].decode())
        host, port = target.netloc.split(":") if target.netloc else head.split()[1].decode().split(":")
        onward, back = await asyncio.open_connection(host, int(port))
        if wants_tunnel:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(head.replace(f"http://{target.netloc}".encode(), b"", 1))
        async with asyncio.TaskGroup() as group:
            group.create_task(_pipe(reader, back))
            group.create_task(_pipe(onward, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while taken := await reader.read(65536):
        writer.write(taken)
    writer.close()
