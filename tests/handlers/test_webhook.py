"""The door at which Telegram knocks: who is listened to, what is taken, and what is answered when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.errors import SourceRefused, SourceUnavailable, StorageUnavailable, Trouble
from bot.ports import Arrival
from handlers.source import WebhookWatch
from handlers.webhook import SECRET_HEADER, WebhookDoor
from tests.handlers import Answer, BotApi, refusal, result
from tests.handlers.test_source import calls_at
from tests.support.clock import HurryingClock

SECRET = "between-us"
UPDATE = b'{"update_id":7,"message":{"chat":{"id":42},"text":"\\u8def\\u706f"}}'
ADDRESS = "https://county.example/telegram"


@dataclass
class Shelf:
    """Where updates are put, unless there is no room."""

    kept: list[Arrival] = field(default_factory=list)
    has_room: bool = True

    async def keep(self, arrival: Arrival) -> None:
        """Keep one."""
        if not self.has_room:
            raise StorageUnavailable("no room")
        self.kept.append(arrival)


@pytest.fixture
def shelf() -> Shelf:
    """An empty one."""
    return Shelf()


@pytest.fixture
async def url(shelf: Shelf) -> AsyncIterator[str]:
    """Where the door is."""
    app = web.Application()
    app.router.add_post("/hook", WebhookDoor(SECRET, shelf.keep).answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/hook"))


async def knock(url: str, body: bytes, secret: str | None = SECRET) -> int:
    """Bring an update; return the status."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status


async def test_an_update_is_kept_as_it_came(url: str, shelf: Shelf) -> None:
    """The same bytes, its number and its chat."""
    assert await knock(url, UPDATE) == 200
    assert shelf.kept == [Arrival(7, 42, UPDATE)]  # type: ignore[arg-type]  # a plain number equals an UpdateId


@pytest.mark.parametrize("secret", [None, "", "between-u", "between-us ", "BETWEEN-US", "between-us2", "é" * 10])
async def test_whoever_lacks_the_secret_is_not_listened_to(url: str, shelf: Shelf, secret: str | None) -> None:
    """However near it comes."""
    status = await knock(url, UPDATE, secret)
    if secret == "between-us ":
        assert status == 200  # HTTP knows no spaces around a value
    else:
        assert (status, shelf.kept) == (401, [])


async def test_what_cannot_be_kept_is_to_be_brought_again(url: str, shelf: Shelf) -> None:
    """No room is 503, and Telegram tries again; then it is kept."""
    shelf.has_room = False
    assert await knock(url, UPDATE) == 503
    shelf.has_room = True
    assert await knock(url, UPDATE) == 200
    assert len(shelf.kept) == 1


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"update_id":"x"}', b'{"message":{}}', b'{"update_id":7', b"\xff"])
async def test_what_is_no_update_is_refused(url: str, shelf: Shelf, body: bytes) -> None:
    """It has no number by which a repeat could be known."""
    assert await knock(url, body) == 400
    assert shelf.kept == []


async def drained(watch: WebhookWatch, times: int) -> None:
    """Let the watch look so often."""
    for _ in range(times):
        assert await watch.fetch() == ()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


def info(url: str, **more: object) -> Answer:
    """Answer getWebhookInfo."""
    return result({"url": url, "has_custom_certificate": False, "pending_update_count": 3, **more})


async def test_telegram_is_told_the_address_once_and_then_asked(api: BotApi) -> None:
    """With the secret, the kinds of update, and never with a wish to drop what waits."""
    api.prepare(result(True), info(ADDRESS), info(ADDRESS))
    clock = HurryingClock()
    async with calls_at(api.url) as calls:
        await drained(WebhookWatch(calls, ADDRESS, SECRET, clock), 3)
    assert [call.method for call in api.calls] == ["setWebhook", "getWebhookInfo", "getWebhookInfo"]
    told = dict(api.calls[0].fields)
    assert told.pop("allowed_updates").startswith('["message"')
    assert told == {"url": ADDRESS, "secret_token": SECRET, "max_connections": "100"}
    assert len(clock.sleeps) == 2


@pytest.mark.parametrize("other", ["", "https://elsewhere.example/"])
async def test_an_address_that_somebody_changed_is_set_again(
    api: BotApi, other: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And said, in a line."""
    api.prepare(result(True), info(other), result(True))
    async with calls_at(api.url) as calls:
        await drained(WebhookWatch(calls, ADDRESS, SECRET, HurryingClock()), 2)
    assert [call.method for call in api.calls] == ["setWebhook", "getWebhookInfo", "setWebhook"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert SECRET not in caplog.text


@dataclass
class Renewed:
    """A certificate that is renewed at each look."""

    sent_along: bytes | None

    def renew(self) -> bool:
        """Say that it was."""
        return True


async def test_telegram_is_given_a_renewed_certificate_that_it_would_not_trust_by_itself(api: BotApi) -> None:
    """One that somebody signed it need not be told of."""
    api.prepare(result(True), result(True), result(True), info(ADDRESS))
    async with calls_at(api.url) as calls:
        await drained(WebhookWatch(calls, ADDRESS, SECRET, HurryingClock(), Renewed(b"-----BEGIN CERTIFICATE-----")), 2)
        await drained(WebhookWatch(calls, ADDRESS, SECRET, HurryingClock(), Renewed(None)), 2)
    assert [call.method for call in api.calls] == ["setWebhook", "setWebhook", "setWebhook", "getWebhookInfo"]
    assert ["certificate" in call.files for call in api.calls[:3]] == [True, True, False]


async def test_what_telegram_says_of_failed_deliveries_is_said_once_each(
    api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    """An error from before the address was told is nobody's business."""
    later = info(ADDRESS, last_error_date=4_000_000_000, last_error_message="Wrong response: 502 Bad Gateway")
    api.prepare(result(True), info(ADDRESS, last_error_date=1, last_error_message="old"), later, later)
    async with calls_at(api.url) as calls:
        await drained(WebhookWatch(calls, ADDRESS, SECRET, HurryingClock()), 4)
    assert [record.getMessage() for record in caplog.records] == [
        "Telegram could not bring updates (Wrong response: 502 Bad Gateway); 3 wait"
    ]


async def test_an_address_that_telegram_does_not_take_is_tried_again_with_its_reason(api: BotApi) -> None:
    """A name that is not known yet may be tomorrow."""
    api.prepare(refusal(400, "Bad Request: bad webhook: Failed to resolve host"), result(True))
    async with calls_at(api.url) as calls:
        watch = WebhookWatch(calls, ADDRESS, SECRET, HurryingClock())
        with pytest.raises(SourceUnavailable) as raised:
            await watch.fetch()
        assert raised.value.reason is Trouble.ADDRESS
        assert "resolve host" in raised.value.said
        await drained(watch, 1)


async def test_a_revoked_token_is_noticed_at_the_next_look(api: BotApi) -> None:
    """As when it polls."""
    api.prepare(result(True), refusal(401, "Unauthorized"))
    async with calls_at(api.url) as calls:
        watch = WebhookWatch(calls, ADDRESS, SECRET, HurryingClock())
        await drained(watch, 1)
        with pytest.raises(SourceRefused):
            await watch.fetch()
