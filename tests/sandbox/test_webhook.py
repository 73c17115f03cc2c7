"""A webhook gets every update, again and again until it says 2xx, in order per chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.sandbox.world import World
from tests.sandbox.conftest import RESIDENT, Client


@dataclass
class Receiver:
    """An address that refuses as many deliveries as it is told to."""

    url: str = ""
    refusals: int = 0
    tried: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)

    async def receive(self, request: web.Request) -> web.Response:
        """Take an update, or refuse it."""
        text = (await request.json())["message"]["text"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.tried.append(text)
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        self.taken.append(text)
        return web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A bot's own address."""
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_what_waited_and_what_is_new_arrive_with_the_secret(client: Client, world: World, receiver: Receiver) -> None:
    """Setting a webhook begins with the backlog."""
    world.text(RESIDENT, "before")
    await client.result("setWebhook", url=receiver.url, secret_token="s-1")
    world.text(RESIDENT, "after")
    await world.updates_taken()
    assert receiver.taken == ["before", "after"]
    assert receiver.secrets == {"s-1"}


async def test_a_refused_delivery_is_repeated_before_the_next_of_its_chat(
    client: Client, world: World, receiver: Receiver
) -> None:
    """Order per chat survives refusals; the trouble shows in getWebhookInfo."""
    receiver.refusals = 2
    await client.result("setWebhook", url=receiver.url)
    world.text(RESIDENT, "one")
    world.text(RESIDENT, "two")
    await world.updates_taken()
    assert receiver.tried == ["one", "one", "one", "two"]
    info = await client.message("getWebhookInfo")
    assert info["pending_update_count"] == 0
    assert str(info["last_error_message"]).startswith("Wrong response from the webhook: 500")


async def test_polling_is_closed_while_a_webhook_is_set(client: Client, receiver: Receiver) -> None:
    """409 until deleteWebhook."""
    await client.result("setWebhook", url=receiver.url)
    refusal = await client.refusal("getUpdates")
    assert refusal.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    await client.result("deleteWebhook")
    assert await client.updates() == []


async def test_processes_that_set_it_at_the_same_moment_get_every_update_once(
    client: Client, world: World, receiver: Receiver
) -> None:
    """As several processes of one bot do when they start together; the last one holds."""
    await client.result("setWebhook", url=receiver.url)
    await asyncio.gather(*(client.result("setWebhook", url=receiver.url) for _ in range(4)))
    texts = [f"{place}" for place in range(20)]
    for text in texts:
        world.text(RESIDENT, text)
    await world.updates_taken()
    assert receiver.taken == texts


async def test_updates_are_dropped_only_on_request(client: Client, world: World) -> None:
    """DeleteWebhook keeps what waits unless told otherwise."""
    world.text(RESIDENT, "kept")
    await client.result("deleteWebhook")
    assert len(await client.updates()) == 1
    await client.result("deleteWebhook", drop_pending_updates=True)
    assert await client.updates() == []


@pytest.mark.parametrize(
    "params", [{"url": "nowhere"}, {"url": "http://127.0.0.1:9/x", "secret_token": "spaces are not taken"}]
)
async def test_an_impossible_address_is_refused(client: Client, params: dict[str, object]) -> None:
    """A bad address or secret sets nothing."""
    assert (await client.refusal("setWebhook", **params)).startswith("400 ")
    assert (await client.message("getWebhookInfo"))["url"] == ""
