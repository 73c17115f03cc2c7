"""The HTTP client, against a server that answers, refuses, lies, hangs and hangs up.

What is said of a failed call holds for every way to fail: whether it may have been acted upon, and not a word of the token.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import logging
import sys
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from handlers.request import SlowDown, WiredRequest
from handlers.wire import NotSent, Patience, PerhapsSent
from tests.handlers import (
    LATE_SECONDS,
    PASSWORD,
    TOKEN,
    Answer,
    BotApi,
    Proxy,
    babble,
    cut,
    ignore,
    late,
    page,
    refusal,
    reset,
    result,
    slow,
    swallow,
    take_some,
    tcp_server,
    text,
)

SHORT = Patience(pool=0.05, connect=0.2, write=0.2, upload=0.2, read=0.05)
ME = {"id": 7001, "is_bot": True, "first_name": "民声", "username": "minsheng_bot"}
MESSAGE = {"message_id": 5, "date": 1763946000, "chat": {"id": 42, "type": "private"}, "text": "好"}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


@asynccontextmanager
async def bot_at(
    url: str, patience: Patience | None = None, proxy: str | None = None, pool_size: int = 100
) -> AsyncIterator[Bot]:
    """A bot on this client."""
    async with WiredRequest(proxy, pool_size, patience or Patience()) as request:
        yield Bot(
            TOKEN,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=request,
            get_updates_request=request,
        )


async def failure(bot: Bot) -> TelegramError:
    """Call, and return what is raised, after making sure that it keeps the secrets."""
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(42, "路灯坏了")
    assert_silent(raised.value)
    return raised.value


def assert_silent(error: BaseException) -> None:
    """Make sure that nothing about an error, printed in whatever way, names token or password."""
    for link in chain(error):
        said = "".join([str(link), repr(link), repr(vars(link)), *traceback.format_exception(link)])
        for secret in (TOKEN, quote(TOKEN, safe=""), TOKEN.split(":")[1], PASSWORD):
            assert secret not in said


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Walk causes and contexts, also suppressed ones: collectors of errors print those, too."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        yield from chain(error.__context__)


async def test_a_call_answers_with_what_the_bot_api_says(api: BotApi) -> None:
    """The name of the bot, as Telegram knows it."""
    api.prepare(result(ME))
    async with bot_at(api.url) as bot:
        me = await bot.get_me()
    assert (me.id, me.username, me.first_name) == (7001, "minsheng_bot", "民声")


async def test_a_message_goes_out_with_its_keyboard(api: BotApi) -> None:
    """Fields in any script arrive as written; what is not text arrives as JSON."""
    api.prepare(result(MESSAGE))
    async with bot_at(api.url) as bot:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="1:send")]])
        sent = await bot.send_message(42, "كوچا چىرىغى & 路灯 = 100%", reply_markup=keyboard)
    (call,) = api.calls
    assert sent.message_id == 5
    assert (call.method, call.fields["chat_id"], call.fields["text"]) == ("sendMessage", "42", "كوچا چىرىغى & 路灯 = 100%")
    assert msgspec.json.decode(call.fields["reply_markup"]) == {
        "inline_keyboard": [[{"text": "提交", "callback_data": "1:send"}]]
    }


async def test_a_file_is_uploaded_under_its_own_name(api: BotApi) -> None:
    """A county's file names are Chinese, and residents put quotation marks into theirs."""
    api.prepare(result(MESSAGE), result(MESSAGE))
    async with bot_at(api.url) as bot:
        await bot.send_photo(42, b"\xff\xd8picture", filename='路灯 "坏".jpg', caption="东街")
        handle = InputFile(io.BytesIO(b"%PDF" * 50_000), filename="周报.pdf", read_file_handle=False)
        await bot.send_document(42, handle)
    photo, report = api.calls
    assert photo.fields == {"chat_id": "42", "caption": "东街"}
    assert photo.files["photo"].file_name == '路灯 "坏".jpg'
    assert photo.files["photo"].mime_type == "image/jpeg"
    assert photo.files["photo"].content == b"\xff\xd8picture"
    assert report.files["document"].file_name == "周报.pdf"
    assert report.files["document"].content == b"%PDF" * 50_000


async def test_an_album_names_each_of_its_files(api: BotApi) -> None:
    """Every attach:// points to a file that came with the call."""
    api.prepare(result([MESSAGE, MESSAGE]))
    async with bot_at(api.url) as bot:
        await bot.send_media_group(42, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two")])
    (call,) = api.calls
    media = msgspec.json.decode(call.fields["media"], type=list[dict[str, str]])
    assert [call.files[item["media"].removeprefix("attach://")].content for item in media] == [b"one", b"two"]


async def test_a_file_is_fetched_and_a_packed_answer_unpacked(api: BotApi) -> None:
    """Downloads are bytes of any kind, answers may come with gzip."""
    described = msgspec.json.encode({"ok": True, "result": {"file_id": "a", "file_unique_id": "b", "file_path": "p/1.jpg"}})
    api.prepare(text(200, gzip.compress(described), {"Content-Encoding": "gzip"}), text(200, b"\x00not json"))
    async with bot_at(api.url) as bot:
        content = await (await bot.get_file("a")).download_as_bytearray()
    assert bytes(content) == b"\x00not json"
    assert [call.method for call in api.calls] == ["getFile", "p/1.jpg"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(404, "Not Found"), InvalidToken),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(429, "Too Many Requests: retry after 7", {"retry_after": 7}), SlowDown),
        (refusal(400, "Bad Request: upgraded", {"migrate_to_chat_id": -1001}), ChatMigrated),
        (refusal(500, f"Internal Server Error in /bot{TOKEN}/sendMessage"), NetworkError),
    ],
)
async def test_the_bot_apis_own_refusals_keep_their_meaning(api: BotApi, answer: Answer, kind: type[TelegramError]) -> None:
    """Blocked, not found, slow down, moved: each has its error, and none of them is about the network."""
    api.prepare(answer)
    async with bot_at(api.url) as bot:
        assert type(await failure(bot)) is kind


@pytest.mark.parametrize("status", [302, 401, 403, 404, 407, 413, 502, 503])
async def test_a_refusal_by_somebody_else_is_only_trouble_of_the_network(api: BotApi, status: int) -> None:
    """A proxy's 403 blocks no resident, its 404 revokes no token, its redirect is not followed."""
    api.prepare(text(status, b"<html>" + TOKEN.encode(), {"Location": f"/bot{TOKEN}/getMe"}))
    async with bot_at(api.url) as bot:
        assert type(await failure(bot)) is NetworkError
    assert len(api.calls) == 1


async def test_a_refusal_counts_whatever_the_status_line_says(api: BotApi) -> None:
    """A server between that answers 200 to everything hides neither who has blocked the bot nor for how long to wait."""
    api.prepare(
        text(200, b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}'),
        text(200, b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}'),
    )
    async with bot_at(api.url) as bot:
        assert type(await failure(bot)) is Forbidden
        slow = await failure(bot)
    assert isinstance(slow, SlowDown)
    assert slow.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    "answer",
    [
        text(200, b'{"ok":true,"result":{"message_id":5,"da'),
        text(200, b"<html>Please sign in</html>"),
        text(200, b'{"ok":false,"description":"no"}'),
        text(200, b'{"ok":false,"error_code":0}'),
        text(200, b"[" * 100_000),
        text(200, b""),
        text(504, b"<html>Gateway Time-out</html>"),
        cut,
        reset,
        babble,
    ],
    ids=["torn", "page", "no result", "no code", "deep", "empty", "gateway gave up", "cut", "reset", "babble"],
)
async def test_a_lost_answer_leaves_open_whether_the_call_was_acted_upon(api: BotApi, answer: Answer) -> None:
    """The request was there, as the server saw; nobody may say that it was not sent."""
    api.prepare(answer)
    async with bot_at(api.url) as bot:
        assert type(await failure(bot)) is PerhapsSent
    assert len(api.calls) == 1


async def test_an_answer_that_does_not_come_in_time_is_waited_for_no_longer(api: BotApi) -> None:
    """Whether it was acted upon is open, too."""
    api.prepare(api.hang)
    async with asyncio.timeout(20), bot_at(api.url, Patience(read=0.05)) as bot:
        assert type(await failure(bot)) is TimedOut
    assert len(api.calls) == 1


async def test_a_call_may_wait_longer_than_others(api: BotApi) -> None:
    """A timeout given with the call goes before the client's own; None is for ever."""
    api.prepare(late, late)
    async with bot_at(api.url, SHORT) as bot:
        assert bot.request.read_timeout == SHORT.read
        assert await bot.get_updates(timeout=0, read_timeout=60) == ()
        assert await bot.get_updates(timeout=0, read_timeout=None, connect_timeout=None) == ()


async def test_a_download_may_take_as_long_as_something_comes(api: BotApi) -> None:
    """A film over a village's line takes minutes; only silence ends it."""
    api.prepare(slow)
    patience = Patience(pool=0.0, connect=0.1, write=0.0, read=2.5 * LATE_SECONDS)
    async with WiredRequest(patience=patience) as request:
        assert await request.retrieve(f"{api.url}/file/bot{TOKEN}/film.mp4") == b"xxxx"


async def test_a_refused_connection_sent_nothing() -> None:
    """Nobody listens there."""
    async with BotApi.opened() as gone:
        url = gone.url
    async with bot_at(url) as bot:
        assert type(await failure(bot)) is NotSent


@pytest.mark.parametrize("url", ["http://nowhere.invalid", "http://127.1", "http://"])
async def test_an_address_that_leads_nowhere_sent_nothing(url: str) -> None:
    """A name that does not exist, and addresses that are none."""
    async with bot_at(url, SHORT) as bot:
        assert type(await failure(bot)) is NotSent


async def test_a_server_without_tls_sees_nothing_of_an_https_call(api: BotApi) -> None:
    """The handshake fails, so the request never began."""
    async with bot_at(api.url.replace("http://", "https://")) as bot:
        assert type(await failure(bot)) is NotSent
    assert not api.calls


async def test_a_handshake_that_hangs_sent_nothing() -> None:
    """Somebody between swallows the packets: the connection was made, the handshake has no answer."""
    async with tcp_server(swallow) as url, bot_at(url.replace("http://", "https://"), SHORT) as bot:
        assert type(await failure(bot)) is NotSent


async def test_a_call_that_finds_no_free_connection_sent_nothing(api: BotApi) -> None:
    """The pool has one connection, and another call waits on it."""
    api.prepare(api.hang)
    patience = Patience(pool=0.05, connect=0.05, read=None)
    async with bot_at(api.url, patience, pool_size=1) as bot:
        waiting = asyncio.create_task(bot.get_me())
        await api.is_called.wait()
        assert type(await failure(bot)) is NotSent
        waiting.cancel()
        await asyncio.wait([waiting])
    assert [call.method for call in api.calls] == ["getMe"]


async def test_an_upload_that_breaks_off_was_not_acted_upon() -> None:
    """The server never had the end of the request; a repeat cannot double anything."""
    async with tcp_server(take_some) as url, bot_at(url) as bot:
        with pytest.raises(NotSent) as raised:
            await bot.send_document(42, b"\x00" * 16_000_000, filename="film.mp4")
    assert_silent(raised.value)


async def test_an_upload_that_stalls_ends() -> None:
    """A server that takes nothing more does not hold the courier for ever."""
    async with asyncio.timeout(30), tcp_server(ignore) as url, bot_at(url, SHORT) as bot:
        with pytest.raises(TimedOut) as raised:
            await bot.send_document(42, b"\x00" * 16_000_000, filename="film.mp4")
    assert_silent(raised.value)


async def test_calls_pass_a_proxy_with_its_password(api: BotApi) -> None:
    """The proxy is told who calls; the Bot API's server is not told the proxy's password."""
    api.prepare(result(ME))
    async with Proxy.opened() as proxy, bot_at(api.url, proxy=proxy.url) as bot:
        assert (await bot.get_me()).id == 7001
    (head,) = proxy.heads
    assert head.startswith(f"POST {api.url}/bot".encode())
    assert b"Proxy-Authorization: Basic" in head


async def test_a_proxys_tunnel_hides_the_token_from_it(api: BotApi) -> None:
    """An https call passes the proxy as a tunnel: it sees the address, not the path with the token."""
    async with Proxy.opened() as proxy, bot_at(api.url.replace("http://", "https://"), proxy=proxy.url) as bot:
        assert type(await failure(bot)) is NotSent  # the server behind it knows no TLS
    (head,) = proxy.heads
    assert head.startswith(f"CONNECT {api.url.removeprefix('http://')} ".encode())
    assert TOKEN.encode() not in head


@pytest.mark.parametrize("word", [b"HTTP/1.1 403 Forbidden\r\n\r\n", b"nonsense\r\n\r\n", b""])
async def test_a_proxy_that_opens_no_tunnel_sent_nothing(word: bytes) -> None:
    """It refuses, babbles or hangs up; the request never began."""
    async with Proxy.opened(word) as proxy, bot_at("https://bot.invalid", proxy=proxy.url) as bot:
        assert type(await failure(bot)) is NotSent


async def test_a_proxy_that_is_not_there_sent_nothing(api: BotApi) -> None:
    """Nobody listens there."""
    async with Proxy.opened() as gone:
        url = gone.url
    async with bot_at(api.url, proxy=url) as bot:
        assert type(await failure(bot)) is NotSent
    assert not api.calls


async def test_many_calls_share_the_pool(api: BotApi) -> None:
    """Fifty at once over four connections, and one after the other over one."""
    async with bot_at(api.url, pool_size=4) as bot:
        await asyncio.gather(*(bot.delete_message(42, number) for number in range(50)))
        assert len(api.calls) == 50
        assert len(api.peers) <= 4
    api.peers.clear()
    async with bot_at(api.url) as bot:
        for number in range(5):
            await bot.delete_message(42, number)
        assert len(api.peers) == 1


async def test_a_pool_opens_once_and_may_open_again(api: BotApi) -> None:
    """Both the library and the program open it; after it was closed calls fail until it is opened again."""
    api.prepare(result(ME), result(ME))
    async with bot_at(api.url) as bot:
        await bot.request.initialize()
        await bot.get_me()
        await bot.request.shutdown()
        await bot.request.shutdown()
        assert "not initialized" in str(await failure(bot))
        await bot.request.initialize()
        await bot.get_me()
    assert len(api.peers) == 2


async def test_nothing_of_calls_and_answers_is_logged(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the token nor what a broken answer says, which may be a resident's words."""
    caplog.set_level(logging.DEBUG)
    api.prepare(result(MESSAGE), text(200, b'{"result": "torn words'), refusal(400, "no"), page, reset)
    async with bot_at(api.url) as bot:
        await bot.send_message(42, "路灯坏了")
        for _ in range(4):
            await failure(bot)
        with pytest.raises(TelegramError) as raised:
            bot.request.parse_json_payload(b'{"result": "torn words')
    assert_silent(raised.value)
    assert "torn words" not in "".join(str(link) for link in chain(raised.value))
    # The library's Bot writes addresses and answers to its debug log: the program keeps that logger above debug.
    theirs = {"telegram.Bot", "aiohttp.access"}
    said = "".join(f"{record.getMessage()}{record.exc_text}" for record in caplog.records if record.name not in theirs)
    assert "torn words" not in said
    assert TOKEN not in said


async def test_the_program_starts_without_what_only_files_and_proxies_need() -> None:
    """Aiohttp takes a tenth of a second to import; the first file, or the first call by a proxy, waits for it."""
    code = "import sys, bot.commands.run; sys.exit('aiohttp' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=Path(__file__).parents[2])
    assert await process.wait() == 0
