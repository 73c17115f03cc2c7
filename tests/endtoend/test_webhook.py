"""The program with a webhook, as a process: Telegram brings updates, and everything else is as when they are fetched."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.endtoend.test_whole_life import file_in
from tests.media.files import photo
from tests.support.certificates import certificate_in
from tests.support.postgres import Server
from tests.support.program import SECONDS, Program, program

RESIDENT, OFFICER = 11, 21
SECRET = "between-us"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
BACKENDS = ["sqlite", "postgresql"]


def free_port() -> int:
    """Return a port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook_settings(port: int) -> dict[str, str]:
    """Have updates brought to this port."""
    return {
        "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/hook",
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_LISTEN": f"127.0.0.1:{port}",
    }


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """A webhook, on each database."""
    found = webhook_settings(free_port())
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        found["BOT_DATABASE"] = server.empty()
    return found


@asynccontextmanager
async def told(folder: Path, settings: dict[str, str]) -> AsyncIterator[Program]:
    """Start the program, and wait until Telegram knows its address."""
    async with program(folder, [RESIDENT, OFFICER], settings) as running:
        await running.start()
        await running.sandbox.world.wait_for(lambda: running.sandbox.world.calls("setWebhook"), SECONDS)
        yield running


def command(update_id: int, text: str) -> bytes:
    """Write an update in which the resident gives a command."""
    message = {
        "message_id": 99,
        "date": 1,
        "chat": {"id": RESIDENT, "type": "private", "first_name": "R"},
        "from": {"id": RESIDENT, "is_bot": False, "first_name": "R"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
    }
    return json.dumps({"update_id": update_id, "message": message}).encode()


async def bring(settings: dict[str, str], body: bytes, headers: dict[str, str] | None = None) -> int:
    """Knock as Telegram does, or as somebody else; return the status."""
    async with aiohttp.ClientSession() as session:
        sent = HEADER if headers is None else headers
        async with session.post(settings["BOT_WEBHOOK_URL"], data=io.BytesIO(body), headers=sent) as response:
            return response.status


async def test_a_complaint_travels_all_the_way(tmp_path: Path, settings: dict[str, str]) -> None:
    """From the address that Telegram is told at the start to a case that the resident calls solved."""
    async with told(tmp_path, settings) as running:
        world = running.sandbox.world
        (call,) = world.calls("setWebhook")
        assert call.params["url"] == settings["BOT_WEBHOOK_URL"]
        assert call.params["secret_token"] == SECRET
        assert json.loads(str(call.params["allowed_updates"])) == [
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
        ]
        assert "drop_pending_updates" not in call.params
        await running.hire(OFFICER, "officer", "transport")
        number = await file_in(running, RESIDENT, "中文", "坎乡三村口的路灯坏了")
        await running.hears(OFFICER, number)
        await running.press(OFFICER, "签收")
        await running.press(OFFICER, "办结")
        await running.hears(OFFICER, "这件事是怎么办的")
        world.photo(OFFICER, photo())
        world.text(OFFICER, "已经修好")
        await running.press(RESIDENT, "已解决")
        await running.press(RESIDENT, "5 非常满意")
        await running.hears(RESIDENT, "谢谢您的评价")
        assert not world.calls("getUpdates")
        assert await running.stop() == 0
        (case,) = (await running.ask("cases", "--json")).json()
        assert (case["state"], case["rating"]) == ("closed", {"solved": "yes", "score": 5})
        assert (await running.ask("ledger", "verify")).code == 0


async def test_telegram_is_answered_with_a_certificate_of_its_own(tmp_path: Path) -> None:
    """One that nobody else signed goes along with the address; Telegram trusts it there, and no proxy is needed."""
    port = free_port()
    file = certificate_in(tmp_path, "localhost", days=3)
    own = webhook_settings(port) | {
        "BOT_WEBHOOK_URL": f"https://localhost:{port}/telegram/hook",
        "BOT_WEBHOOK_CERTIFICATE": str(file),
        "BOT_WEBHOOK_KEY": str(file),
    }
    async with told(tmp_path, own) as running:
        running.sandbox.world.text(RESIDENT, "/start")
        await running.hears(RESIDENT, "请选择语言")
        trusting = ssl.create_default_context(cafile=file)
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"https://localhost:{port}/readyz", ssl=trusting) as answer,
        ):
            assert answer.status == 200
        said = await running.ask("check")
        assert said.code == 1
        assert "WRONG  certificate: " in said.out
        assert "renew it, the bot takes it up within a minute" in said.out
        status = (await running.ask("status", "--json")).json()
        assert (status["process"]["alive"], status["wrong"]) == (True, [])
        assert await running.stop() == 0


async def test_an_update_that_is_brought_twice_has_its_effect_once(tmp_path: Path, settings: dict[str, str]) -> None:
    """Also when many knock at once, and with a kind of update that nobody knows."""
    async with told(tmp_path, settings) as running:
        raw = command(10**6, "/start")
        running.sandbox.world.text(RESIDENT, "/start")
        seen = await running.hears(RESIDENT, "请选择语言")
        assert await asyncio.gather(*(bring(settings, raw) for _ in range(20))) == [200] * 20
        assert await bring(settings, b'{"update_id":1000001,"kind_of_tomorrow":{"id":1}}') == 200
        await running.hears(RESIDENT, "请选择语言", after=seen.message_id)
        await running.stop()
        asked = [each for each in running.sandbox.world.transcript(RESIDENT) if "请选择语言" in each.text]
        assert len(asked) == 2


async def test_only_telegram_is_listened_to(tmp_path: Path) -> None:
    """Without the secret nothing is taken, at another path there is nothing, and the log says no secret."""
    settings = webhook_settings(free_port())
    async with told(tmp_path, settings) as running:
        update = b'{"update_id":5,"message":{"chat":{"id":11}}}'
        assert await bring(settings, update, {}) == 401
        assert await bring(settings, update, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}) == 401
        assert await bring(settings, b"x" * 3_000_000) == 413
        assert await bring(settings, b"no update") == 400
        elsewhere = {**settings, "BOT_WEBHOOK_URL": settings["BOT_WEBHOOK_URL"] + "/more"}
        assert await bring(elsewhere, update) == 404
        assert await running.stop() == 0
        log = (tmp_path / "log").read_text()
        assert SECRET not in log
        assert "Traceback" not in log


async def test_killed_after_every_step_nothing_is_lost_or_doubled(tmp_path: Path, settings: dict[str, str]) -> None:
    """What was not acknowledged comes again, what was is on disk: one case, and every question answered."""
    random = Random(11)
    async with told(tmp_path, settings) as running:
        world = running.sandbox.world

        async def cut() -> None:
            calls = len(world.calls()) + random.randrange(3)
            await world.wait_for(lambda: len(world.calls()) >= calls, SECONDS)
            await running.kill()
            told = len(world.calls("setWebhook"))
            await running.start()
            await world.wait_for(lambda: len(world.calls("setWebhook")) > told, SECONDS)

        await running.hire(OFFICER, "officer", "transport")
        world.text(RESIDENT, "/start")
        await cut()
        await running.press(RESIDENT, "中文")
        await cut()
        world.text(RESIDENT, "坎乡三村口的路灯坏了")
        await cut()
        await running.press(RESIDENT, "提交")
        await cut()
        await running.hears(RESIDENT, "已登记")
        await running.press(OFFICER, "签收")
        await cut()
        await running.offered(OFFICER, "办结")
        await world.updates_taken(SECONDS)
        assert await running.stop() == 0
        (case,) = (await running.ask("cases", "--json")).json()
        assert case["state"] == "accepted"
        verified = await running.ask("ledger", "verify", "--json")
        assert (verified.code, verified.json()["entries"]) == (0, 4)  # invited, joined, filed, accepted


async def test_told_to_stop_it_hangs_up_on_whoever_still_talks(tmp_path: Path) -> None:
    """An idle connection and one that never ends its request do not keep it; ten seconds are promised."""
    settings = webhook_settings(free_port())
    async with told(tmp_path, settings) as running:
        port = urlsplit(settings["BOT_WEBHOOK_URL"]).port
        talks = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        head = f"POST /telegram/hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        talks[0][1].write(f"{head}Content-Length: 2\r\n\r\n{{}}".encode())  # answered, and kept open
        assert b"400" in await talks[0][0].readline()
        talks[1][1].write(f"{head}Content-Length: 100\r\n\r\n".encode())  # the rest never comes
        await talks[1][1].drain()
        async with asyncio.timeout(SECONDS / 2):  # a server that waited for them would wait a minute
            assert await running.stop() == 0
        for _, writer in talks:
            writer.close()
        assert "stopped" in (tmp_path / "log").read_text()


async def test_from_webhook_to_polling_and_back(tmp_path: Path) -> None:
    """A webhook left over is said in a line; `--take-over` removes it, and what waited is answered; then it is set again."""
    settings = webhook_settings(free_port())
    async with told(tmp_path, settings) as running:
        world = running.sandbox.world
        (told_of,) = [each for each in (await running.ask("check", "--json")).json() if each["check"] == "Bot API"]
        assert (told_of["ok"], "updates are brought" in told_of["said"]) == (True, True)
        assert await running.stop() == 0
        running.settings = {}
        (told_of,) = [each for each in (await running.ask("check", "--json")).json() if each["check"] == "Bot API"]
        assert (told_of["ok"], "run --take-over" in told_of["said"]) == (False, True)
        world.text(RESIDENT, "/start")  # nobody is there to take it
        await running.start()
        await world.wait_for(lambda: "run --take-over" in (tmp_path / "log").read_text(), SECONDS)
        await running.stop()
        assert (tmp_path / "log").read_text().count("run --take-over") == 1
        assert not [each for each in world.transcript(RESIDENT) if each.sender.is_bot]

        await running.start("--take-over")
        await running.hears(RESIDENT, "请选择语言")
        (removal,) = world.calls("deleteWebhook")
        assert "drop_pending_updates" not in removal.params
        assert await running.stop() == 0

        running.settings = settings
        await running.start()
        await running.press(RESIDENT, "中文")
        await running.hears(RESIDENT, "您好")
        assert await running.stop() == 0


async def test_several_processes_behind_one_address(tmp_path: Path, server: Server) -> None:
    """On one PostgreSQL each takes what it is brought, and one that is killed leaves nothing behind."""
    settings = {**webhook_settings(free_port()), "BOT_DATABASE": server.empty()}
    async with told(tmp_path, settings) as running:
        world = running.sandbox.world
        folder = tmp_path / "second"
        await asyncio.to_thread(folder.mkdir)
        other = free_port()
        second = Program(
            running.sandbox,
            folder,
            {**settings, "BOT_LISTEN": f"127.0.0.1:{other}", "BOT_KEY_FILE": str(tmp_path / "master.key")},
        )
        try:
            await second.start()
            await world.wait_for(lambda: len(world.calls("setWebhook")) == 2, SECONDS)
            number = await file_in(running, RESIDENT, "中文", "坎乡三村口的路灯坏了")
            await running.kill()
            seen = running.last_id(RESIDENT)
            to_second = {**settings, "BOT_WEBHOOK_URL": f"http://127.0.0.1:{other}/telegram/hook"}
            assert await bring(to_second, command(10**6, "/my")) == 200
            await running.hears(RESIDENT, number, after=seen)
            assert await second.stop() == 0
        finally:
            await second.kill()
