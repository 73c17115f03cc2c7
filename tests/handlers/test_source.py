"""Polling, against a server that holds updates, refuses, lies, hangs and hangs up.

Nothing is confirmed before the next fetch; every update comes as the bytes that were sent; trouble comes as a reason.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from telegram import Bot

from bot.errors import SourceRefused, SourceUnavailable, Trouble
from bot.ports import UpdateSource
from handlers.calls import BotIdentity, UpdateCalls
from handlers.request import WiredRequest
from handlers.source import PollingSource
from handlers.wire import Patience
from tests.handlers import LATE_SECONDS, TOKEN, Answer, BotApi, babble, cut, late, page, refusal, reset, result, text

SHORT = Patience(connect=0.2, write=0.2, read=0.05)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


@asynccontextmanager
async def calls_at(url: str) -> AsyncIterator[UpdateCalls]:
    """The calls about updates, made there."""
    async with WiredRequest(patience=SHORT) as request:
        yield UpdateCalls(Bot(TOKEN, base_url=f"{url}/bot", request=WiredRequest(), get_updates_request=request), request)


@asynccontextmanager
async def source_at(url: str, held_seconds: int = 50, *, takes_over: bool = False) -> AsyncIterator[PollingSource]:
    """A source that polls there."""
    async with calls_at(url) as calls:
        yield PollingSource(calls, held_seconds, takes_over=takes_over)


def updates(*bodies: bytes) -> Answer:
    """Answer with these updates, as they stand."""
    return text(200, b'{"ok":true,"result":[' + b" ,\n".join(bodies) + b"]}")


def numbered(*numbers: int) -> Answer:
    """Answer with messages of these numbers."""
    return updates(*(b'{"update_id":%d,"message":{"chat":{"id":42}}}' % number for number in numbers))


async def test_updates_come_as_the_bytes_that_were_sent(api: BotApi) -> None:
    """Spaces, escapes, order of fields, and fields nobody knows yet: the inbox keeps what Telegram said."""
    odd = b'{ "update_id" : 7,\t"new":[1.50,{}], "message":{"text":"\\u8def\\/\xe7\x81\xaf","chat":{"id":-100}} }'
    api.prepare(updates(odd, b'{"update_id":8,"message":{"chat":{"id":5}}}'))
    async with source_at(api.url) as source:
        port: UpdateSource = source
        first, second = await port.fetch()
    assert first.body == odd
    assert (first.update_id, first.chat_id) == (7, -100)
    assert (second.update_id, second.chat_id) == (8, 5)


async def test_a_start_confirms_nothing_and_each_fetch_the_one_before(api: BotApi) -> None:
    """What was fetched but not kept when the program died comes again; nothing is ever dropped by offset or flag."""
    api.prepare(numbered(10, 11), numbered(12), numbered())
    async with source_at(api.url) as source:
        for _ in range(3):
            await source.fetch()
    assert [call.fields.get("offset") for call in api.calls] == [None, "12", "13"]
    for call in api.calls:
        assert call.method == "getUpdates"
        assert call.fields["timeout"] == "50"
        assert call.fields["limit"] == "100"
        assert msgspec.json.decode(call.fields["allowed_updates"]) == [
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
        ]


async def test_numbers_may_go_on_at_random(api: BotApi) -> None:
    """After a quiet week they do, also downwards; an offset above them would confirm what was never seen."""
    api.prepare(numbered(900), numbered(), numbered(3, 5, 4), numbered())
    async with source_at(api.url) as source:
        batches = [await source.fetch() for _ in range(4)]
    assert [call.fields.get("offset") for call in api.calls] == [None, "901", None, "6"]
    assert [arrival.update_id for arrival in batches[2]] == [3, 5, 4]


async def test_a_fetch_that_fails_confirms_again_what_the_last_one_brought(api: BotApi) -> None:
    """The confirmation that was lost with the answer is repeated."""
    api.prepare(numbered(10), reset, numbered(11))
    async with source_at(api.url) as source:
        await source.fetch()
        with pytest.raises(SourceUnavailable):
            await source.fetch()
        await source.fetch()
    assert [call.fields.get("offset") for call in api.calls] == [None, "11", "11"]


@pytest.mark.parametrize(
    ("event", "chat_id"),
    [
        (b'"message":{"from":{"id":1},"chat":{"id":2}}', 2),
        (b'"edited_message":{"from":{"id":1},"chat":{"id":3}}', 3),
        (b'"callback_query":{"id":"9","from":{"id":1},"message":{"chat":{"id":4}}}', 4),
        (b'"callback_query":{"id":"9","from":{"id":1},"inline_message_id":"x"}', 1),
        (b'"callback_query":{"id":"9","from":{"id":1},"message":null}', 1),
        (b'"my_chat_member":{"chat":{"id":6},"from":{"id":1}}', 6),
        (b'"channel_post":{"chat":{"id":-1001234567890}}', -1001234567890),
        (b'"inline_query":{"id":"9","from":{"id":1},"query":""}', 1),
        (b'"poll_answer":{"poll_id":"9","user":{"id":8}}', 8),
        (b'"poll":{"id":"9","options":[]}', 0),
        (b'"kind_of_tomorrow":{"id":9}', 0),
        (b'"message":null', 0),
        (b'"message":7', 0),
        (b'"message":{"chat":{"id":"two"}}', 0),
        (b'"message":{"chat":{"id":99999999999999999999}}', 0),
        (b'"message":{"chat":{}}', 0),
        (b'"message":' + b"[" * 500 + b"]" * 500, 0),
    ],
)
async def test_every_update_belongs_to_a_chat_if_it_names_one(api: BotApi, event: bytes, chat_id: int) -> None:
    """Unknown kinds and missing fields are kept all the same, under no chat."""
    body = b'{"update_id":1,' + event + b"}"
    api.prepare(updates(body))
    async with source_at(api.url) as source:
        (arrival,) = await source.fetch()
    assert (arrival.chat_id, arrival.body) == (chat_id, body)


async def test_half_a_character_does_not_hold_up_the_others(api: BotApi) -> None:
    """It is shown as a phone shows it; before, nothing of the answer could be read, however often it was asked for."""
    torn = b'{"update_id":2,"message":{"text":"\\ud83d\\ude00 \\ud800 \\\\ud800 \\udc00","chat":{"id":42}}}'
    mended = torn.replace(b" \\ud800 ", b" \\ufffd ").replace(b"\\udc00", b"\\ufffd")
    api.prepare(updates(b'{"update_id":1,"poll":{}}', torn))
    async with source_at(api.url) as source:
        first, second = await source.fetch()
    assert (first.update_id, second.update_id, second.chat_id) == (1, 2, 42)
    assert second.body == mended
    assert msgspec.json.decode(second.body)["message"]["text"] == "\N{GRINNING FACE} \ufffd \\ud800 \ufffd"


async def test_an_update_without_a_number_does_not_hold_up_the_others(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """It cannot be confirmed by itself, so it is said; alone, it is trouble to wait out."""
    torn = b'{"update_id":"x","message":{"text":"secret words"}}'
    api.prepare(updates(b'{"update_id":1,"poll":{}}', torn), updates(torn, b"5"))
    async with source_at(api.url) as source:
        assert [arrival.update_id for arrival in await source.fetch()] == [1]
        assert "1 of 2 updates" in caplog.text
        with pytest.raises(SourceUnavailable) as raised:
            await source.fetch()
    assert raised.value.reason == Trouble.MALFORMED
    assert "secret words" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "reason", "retry_after"),
    [
        (refusal(409, "Conflict: can't use getUpdates method while webhook is active"), Trouble.WEBHOOK, None),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Trouble.POLLER, None),
        (refusal(429, "Too Many Requests", {"retry_after": 7}), Trouble.TOO_MANY, 7.0),
        (refusal(429, "Too Many Requests"), Trouble.TOO_MANY, None),
        (refusal(429, "Too Many Requests", {"retry_after": 10**18}), Trouble.SERVER, None),
        (refusal(500, "Internal Server Error"), Trouble.SERVER, None),
        (refusal(502, "Bad Gateway"), Trouble.SERVER, None),
        (page, Trouble.SERVER, None),
        (text(401, b"<html>sign in to this network</html>"), Trouble.SERVER, None),
        (text(404, b"<html>not here</html>"), Trouble.SERVER, None),
        (text(302, b"", {"Location": "/"}), Trouble.SERVER, None),
        (text(200, b"<html>sign in to this network</html>"), Trouble.LOST, None),
        (text(200, b'{"ok":true,"result":[{"update_id":1'), Trouble.LOST, None),
        (text(200, b'{"ok":true,"result":{}}'), Trouble.MALFORMED, None),
        (cut, Trouble.LOST, None),
        (reset, Trouble.LOST, None),
        (babble, Trouble.LOST, None),
    ],
)
async def test_trouble_that_passes_is_told_by_its_reason(
    api: BotApi, answer: Answer, reason: Trouble, retry_after: float | None
) -> None:
    """Somebody else polls, a webhook is set, a gateway fails: each is tried again, and then updates come."""
    api.prepare(answer, numbered(1))
    async with source_at(api.url) as source:
        with pytest.raises(SourceUnavailable) as raised:
            await source.fetch()
        assert (raised.value.reason, raised.value.retry_after) == (reason, retry_after)
        assert TOKEN not in "".join(traceback.format_exception(raised.value))
        assert len(await source.fetch()) == 1


async def test_a_poll_that_hangs_ends_a_little_after_it_should_have(api: BotApi) -> None:
    """The server is given the time it asked to hold the poll, and the client's own patience on top."""
    api.prepare(api.hang)
    async with source_at(api.url, held_seconds=0) as source:
        with pytest.raises(SourceUnavailable) as raised:
            await source.fetch()
    assert raised.value.reason == Trouble.TIMEOUT


async def test_a_poll_may_be_held_longer_than_any_other_call(api: BotApi) -> None:
    """A quiet night is no trouble: the server answers with nothing when the time is over."""
    api.prepare(late)
    async with source_at(api.url, held_seconds=2) as source:
        assert SHORT.read is not None
        assert SHORT.read < LATE_SECONDS
        assert await source.fetch() == ()


async def test_a_server_out_of_reach_is_trouble_that_passes() -> None:
    """Nobody listens there, for now."""
    async with BotApi.opened() as gone:
        url = gone.url
    async with source_at(url) as source:
        with pytest.raises(SourceUnavailable) as raised:
            await source.fetch()
    assert raised.value.reason == Trouble.UNREACHABLE


@pytest.mark.parametrize("answer", [refusal(401, "Unauthorized"), refusal(404, "Not Found")])
async def test_a_token_that_is_not_accepted_ends_it(api: BotApi, answer: Answer) -> None:
    """Revoked, or of a wrong shape: trying again is of no use."""
    api.prepare(answer, answer)
    async with calls_at(api.url) as calls:
        for ask in (PollingSource(calls).fetch, calls.identity):
            with pytest.raises(SourceRefused) as raised:
                await ask()
            assert raised.value.reason == Trouble.TOKEN


async def test_the_bot_is_told_who_it_is(api: BotApi) -> None:
    """A bot always has a user name, but the answer need not."""
    api.prepare(
        result({"id": 7001, "is_bot": True, "first_name": "民声", "username": "minsheng_bot"}),
        result({"id": 7001, "is_bot": True, "first_name": "民声"}),
        result(True),
    )
    async with calls_at(api.url) as calls:
        assert await calls.identity() == BotIdentity(7001, "minsheng_bot", "民声")
        assert (await calls.identity()).username == ""
        with pytest.raises(SourceUnavailable):
            await calls.identity()
    assert {call.method for call in api.calls} == {"getMe"}


async def test_a_webhook_in_the_way_stays_unless_it_is_to_be_taken_over(api: BotApi) -> None:
    """Then it is removed once, without dropping what waits, and updates come; one that is set again is left."""
    conflict = refusal(409, "Conflict: can't use getUpdates method while webhook is active")
    api.prepare(conflict, numbered(1), conflict, result(True), numbered(2), conflict, numbered(3))
    async with source_at(api.url) as source:
        with pytest.raises(SourceUnavailable):
            await source.fetch()
        assert len(await source.fetch()) == 1
    assert {call.method for call in api.calls} == {"getUpdates"}
    async with source_at(api.url, takes_over=True) as source:
        assert len(await source.fetch()) == 1
        removal = next(call for call in api.calls if call.method == "deleteWebhook")
        assert "drop_pending_updates" not in removal.fields
        with pytest.raises(SourceUnavailable):
            await source.fetch()
    assert [call.method for call in api.calls].count("deleteWebhook") == 1
