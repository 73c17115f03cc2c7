"""One address, two audiences: what is public, and what is for this machine alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from contextlib import closing

import pytest
from aiohttp import ClientSession, web

from bot.errors import SettingsError
from bot.watch.listener import PASSED_ON, Door, Listener


def own_address() -> str | None:
    """Return an address of this machine that is not the loopback's; None where it has none."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a datagram socket: nothing is sent
        except OSError:
            return None
        return str(probe.getsockname()[0])


def free_port() -> int:
    """Return a port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answer(_: web.Request) -> web.StreamResponse:
    return web.Response(text="here")


DOORS = (Door("GET", "/metrics", _answer), Door("POST", "/hook", _answer, is_public=True))


async def ask(method: str, url: str, headers: Mapping[str, str] | None = None) -> int:
    """Ask; return the status."""
    async with ClientSession() as session, session.request(method, url, headers=headers) as response:
        return response.status


async def test_health_is_for_this_machine_alone() -> None:
    """Another machine, and a proxy that asks for one, find nothing there; the webhook is open to both."""
    port = free_port()
    listener = Listener("0.0.0.0", port, DOORS, repr)  # noqa: S104 (that is what is tried)
    await listener.open()
    try:
        assert await ask("GET", f"http://127.0.0.1:{port}/metrics") == 200
        for name in PASSED_ON:
            assert await ask("GET", f"http://127.0.0.1:{port}/metrics", {name: "198.51.100.7"}) == 404
            assert await ask("POST", f"http://127.0.0.1:{port}/hook", {name: "198.51.100.7"}) == 200
        elsewhere = own_address()
        if elsewhere is not None:  # a machine without a network has only itself
            assert await ask("GET", f"http://{elsewhere}:{port}/metrics") == 404
            assert await ask("POST", f"http://{elsewhere}:{port}/hook") == 200
        assert await ask("POST", f"http://127.0.0.1:{port}/metrics") == 405
        assert await ask("GET", f"http://127.0.0.1:{port}/") == 404
    finally:
        await listener.close()


async def test_this_machine_may_be_called_by_its_other_name() -> None:
    """Over IPv6, too."""
    if not socket.has_ipv6:
        return
    port = free_port()
    listener = Listener("::1", port, DOORS, repr)
    await listener.open()
    try:
        assert await ask("GET", f"http://[::1]:{port}/metrics") == 200
    finally:
        await listener.close()


async def test_an_address_that_is_taken_is_said_in_a_line() -> None:
    """And one that is none of this machine's."""
    port = free_port()
    first = Listener("127.0.0.1", port, DOORS, repr)
    await first.open()
    try:
        for host in ("127.0.0.1", "192.0.2.1"):
            with pytest.raises(SettingsError) as raised:
                await Listener(host, port, DOORS, repr).open()
            (line,) = raised.value.mistakes
            assert line.startswith(f"BOT_LISTEN: {host}:{port} cannot be listened on (")
    finally:
        await first.close()


async def test_what_fails_is_said_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the answer nor the log repeats what an error says."""

    async def fail(_: web.Request) -> web.StreamResponse:
        raise KeyError("secret words")

    port = free_port()
    listener = Listener("127.0.0.1", port, (Door("GET", "/metrics", fail),), lambda error: type(error).__name__)
    await listener.open()
    try:
        assert await ask("GET", f"http://127.0.0.1:{port}/metrics") == 500
    finally:
        await listener.close()
    assert [record.getMessage() for record in caplog.records] == ["a request could not be answered: KeyError"]


async def test_a_request_under_way_is_finished_before_it_closes() -> None:
    """Whoever brought something hears whether it is kept."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        begun.set()
        await go_on.wait()
        return web.Response()

    port = free_port()
    listener = Listener("127.0.0.1", port, (Door("POST", "/hook", slow, is_public=True),), repr)
    await listener.open()
    asking = asyncio.create_task(ask("POST", f"http://127.0.0.1:{port}/hook"))
    await begun.wait()
    closing_down = asyncio.create_task(listener.close())
    await asyncio.sleep(0)
    go_on.set()
    assert await asking == 200
    await closing_down
