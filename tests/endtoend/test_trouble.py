"""The world outside goes wrong: the program says so in one line, waits, and goes on by itself; or stops where it must."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.faults import CallFault, Fault
from tests.endtoend.test_webhook import free_port, webhook_settings
from tests.support.program import SECONDS, TOKEN, Program, program

RESIDENT = 11
ASKED = "请选择语言"


class Gate:
    """A way to the stand-in that can be shut, and that may change what comes back; it serves as a proxy, too."""

    def __init__(self, target: str, change: Callable[[bytes], bytes]) -> None:
        parts = urlsplit(target)
        self._host, self._to_port = parts.hostname, parts.port
        self._change = change
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = free_port()
        self.passed = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        """Let everyone through."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def shut(self) -> None:
        """Cut every connection, and take none."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()
        await asyncio.sleep(0)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.passed += 1
        far_reader, far_writer = await asyncio.open_connection(self._host, self._to_port)
        self._ends |= {writer, far_writer}
        with suppress(OSError):
            await asyncio.gather(_copy(reader, far_writer, lambda piece: piece), _copy(far_reader, writer, self._change))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: Callable[[bytes], bytes]) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(change(piece))
            await writer.drain()
    writer.close()


@asynccontextmanager
async def gate_to(target: str, change: Callable[[bytes], bytes] = lambda piece: piece) -> AsyncIterator[Gate]:
    """Open a gate, and shut it at the end."""
    gate = Gate(target, change)
    await gate.open()
    try:
        yield gate
    finally:
        await gate.shut()


def log_of(folder: Path) -> str:
    """Read what the program wrote down."""
    return (folder / "log").read_text()


async def said(folder: Path, words: str, times: int = 1) -> None:
    """Return once the program has said something so often."""
    async with asyncio.timeout(SECONDS):
        while log_of(folder).count(words) < times:  # noqa: ASYNC110 (another process's doing)
            await asyncio.sleep(0)


async def talks(running: Program) -> None:
    """Have the resident write and be answered."""
    seen = running.last_id(RESIDENT)
    running.sandbox.world.text(RESIDENT, "/start")
    await running.hears(RESIDENT, ASKED, after=seen)


async def rival(url: str, stop: asyncio.Event) -> None:
    """Fetch the bot's updates as another program would, without confirming any."""
    async with aiohttp.ClientSession() as session:
        while not stop.is_set():
            async with session.post(f"{url}/bot{TOKEN}/getUpdates", data={"timeout": "1"}) as answer:
                await answer.read()


async def test_another_poller_is_told_once_and_outlasted(tmp_path: Path) -> None:
    """One line while it lasts, and when it has gone everything that waited is answered."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        await talks(running)
        stop = asyncio.Event()
        other = asyncio.create_task(rival(running.sandbox.api_base, stop))
        await said(tmp_path, "another program fetches this bot's updates")
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "/start")
        stop.set()
        await other
        await running.hears(RESIDENT, ASKED, after=seen)
        await said(tmp_path, "updates come again")
        assert await running.stop() == 0
        assert log_of(tmp_path).count("another program fetches") == 1
        assert running.process is None


async def test_a_revoked_token_ends_it_and_loses_nothing(tmp_path: Path) -> None:
    """Exit 2 and a line; what waits to be sent still waits, and goes out with a token that is accepted."""
    async with program(tmp_path, [RESIDENT]) as running:
        faults = running.sandbox.faults
        await running.start()
        faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", times=None, retry_after=3600))
        running.sandbox.world.text(RESIDENT, "/start")
        await running.sandbox.world.wait_for(lambda: running.sandbox.world.calls("sendMessage"), SECONDS)
        faults.add(Fault(CallFault.UNAUTHORIZED, "getUpdates", times=None))
        running.sandbox.world.text(RESIDENT, "/start")  # ends the poll that is held
        assert running.process is not None
        async with asyncio.timeout(SECONDS):
            assert await running.process.wait() == 2
        assert log_of(tmp_path).rstrip().endswith("Telegram does not accept BOT_TOKEN: ask @BotFather for the current one")
        waiting = (await running.ask("status", "--json")).json()
        assert waiting["outbox"]["waiting"] >= 1
        assert TOKEN.partition(":")[2] not in log_of(tmp_path)


async def test_a_token_that_a_webhook_is_refused_with_ends_it_too(tmp_path: Path) -> None:
    """At the start, or whenever it is noticed."""
    async with program(tmp_path, [RESIDENT], {**webhook_settings(free_port()), "BOT_TOKEN": "1:stranger"}) as running:
        await running.start()
        assert running.process is not None
        async with asyncio.timeout(SECONDS):
            assert await running.process.wait() == 2
        assert "Telegram does not accept BOT_TOKEN" in log_of(tmp_path)


async def test_a_bot_api_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    """Connections cut and refused, then gateways' pages: a line for each, and every message answered at last."""
    async with program(tmp_path, [RESIDENT]) as running, gate_to(running.sandbox.api_base) as gate:
        running.settings = {"BOT_API_BASE": gate.url}
        await running.start()
        await talks(running)
        await said(tmp_path, "is sent")  # else the answer's answer is cut off, and it is repeated after half a minute
        await gate.shut()
        await said(tmp_path, "the Bot API server cannot be reached")
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "/start")
        await gate.open()
        await running.hears(RESIDENT, ASKED, after=seen)
        running.sandbox.faults.add(Fault(CallFault.BAD_GATEWAY, "getUpdates", times=3))
        await talks(running)
        await said(tmp_path, "the Bot API server fails")
        await talks(running)
        assert await running.stop() == 0
        log = log_of(tmp_path)
        assert log.count("cannot be reached") == 1
        assert "<html>" not in log
        assert "Traceback" not in log


async def test_without_a_name_server_it_waits_and_can_be_stopped(tmp_path: Path) -> None:
    """A start needs no network; one line says what to look at."""
    async with program(tmp_path, [RESIDENT], {"BOT_API_BASE": "http://no-such-host.invalid"}) as running:
        await running.start()
        await said(tmp_path, "the Bot API server cannot be reached: look at network, name server")
        assert await running.stop() == 0
        assert log_of(tmp_path).count("cannot be reached") == 1


async def test_everything_goes_through_the_proxy(tmp_path: Path) -> None:
    """Also the names, which a machine behind a wall cannot look up; `check` uses it as well."""
    async with program(tmp_path, [RESIDENT]) as running, gate_to(running.sandbox.api_base) as gate:
        running.settings = {"BOT_API_BASE": "http://api.telegram.invalid", "BOT_PROXY": gate.url}
        await running.start()
        await talks(running)
        assert gate.passed >= 2
        checked = {each["check"]: each["ok"] for each in (await running.ask("check", "--json")).json()}
        assert checked["Bot API"] is True
        assert await running.stop() == 0
        running.settings = {**running.settings, "BOT_PROXY": f"http://127.0.0.1:{free_port()}"}
        checked = {each["check"]: each["ok"] for each in (await running.ask("check", "--json")).json()}
        assert checked["Bot API"] is False


async def test_a_wrong_clock_is_told_in_one_line(tmp_path: Path) -> None:
    """By how much, and what to do; it goes on working."""
    hour_ago = re.compile(rb"Date: [^\r\n]+")

    def back(piece: bytes) -> bytes:
        return hour_ago.sub(b"Date: " + formatdate(0, usegmt=True).encode(), piece)

    async with program(tmp_path, [RESIDENT]) as running, gate_to(running.sandbox.api_base, back) as gate:
        running.settings = {"BOT_API_BASE": gate.url}
        await running.start()
        await talks(running)
        await talks(running)
        await said(tmp_path, "s off Telegram's: switch on time synchronisation (NTP)")
        assert await running.stop() == 0
        assert log_of(tmp_path).count("off Telegram's") == 1
