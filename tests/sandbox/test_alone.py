"""The stand-in runs by itself for a bot in another process."""

from __future__ import annotations

import asyncio
import signal
import sys

import aiohttp


async def test_it_prints_its_address_and_ends_at_a_signal() -> None:
    """One line with the address; SIGTERM ends it in order."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as session, session.get(f"{url}botany:token/getMe") as response:
        assert (await response.json())["result"]["is_bot"] is True
    process.send_signal(signal.SIGTERM)
    rest, _ = await process.communicate()
    assert (process.returncode, rest) == (0, b"")


async def test_a_taken_port_is_one_line_and_2() -> None:
    """Nothing is promised and nothing is left running."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", str(port), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().startswith(f"cannot listen on 127.0.0.1:{port}: ")
    assert said.count(b"\n") == 1
    server.close()
    await server.wait_closed()
