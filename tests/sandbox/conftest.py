"""A stand-in that listens, and a bare client for it. Invariant: every test has a world of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TOKEN = "7:made-up"
RESIDENT = 1001
STRANGER = 1002


class SetClock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    async def advance(self, by: timedelta) -> None:
        """Move it."""
        self.at += by


class Client:
    """Call the Bot API as a program without a library would."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str = TOKEN) -> None:
        self.session = session
        self.base = base
        self._token = token

    async def answer(self, method: str, **params: object) -> dict[str, object]:
        """Return the whole answer, whatever it says."""
        async with self.session.post(f"{self.base}/bot{self._token}/{method}", json=params) as response:
            body = await response.json()
            assert isinstance(body, dict)
            if not body["ok"]:
                assert body["error_code"] == response.status
            return body

    async def result(self, method: str, **params: object) -> object:
        """Return the result of a call that must succeed."""
        body = await self.answer(method, **params)
        assert body["ok"], body
        return body["result"]

    async def message(self, method: str, **params: object) -> dict[str, object]:
        """Return the Message that a call must give."""
        message = await self.result(method, **params)
        assert isinstance(message, dict)
        return message

    async def updates(self, **params: object) -> list[dict[str, object]]:
        """Return what getUpdates gives."""
        updates = await self.result("getUpdates", **params)
        assert isinstance(updates, list)
        return updates

    async def refusal(self, method: str, **params: object) -> str:
        """Return "code description" of a call that must fail."""
        body = await self.answer(method, **params)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"


def ids(updates: list[dict[str, object]]) -> list[object]:
    """Return update ids in the order in which they came."""
    return [update["update_id"] for update in updates]


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still."""
    return SetClock()


@pytest.fixture
async def sandbox(clock: SetClock) -> AsyncIterator[Sandbox]:
    """A stand-in that listens, with one resident who has written and one who has not."""
    sandbox = Sandbox(clock=clock, token=TOKEN, webhook_retry=timedelta())
    sandbox.world.create(RESIDENT, "李晓梅")
    sandbox.world.create(STRANGER, "ئايگۈل", "ug")
    sandbox.world.text(RESIDENT, "/start")
    sandbox.world.scene.updates.drop()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    """People and what they see."""
    return sandbox.world


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[Client]:
    """A bare client."""
    async with aiohttp.ClientSession() as session:
        yield Client(session, sandbox.api_base)
