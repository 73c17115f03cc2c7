"""Letters become calls of the Bot API, and what it says becomes what delivery can act upon."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from bot.actions.lines import task_notice
from bot.errors import (
    ChatMoved,
    DeliverLater,
    DeliveryAmbiguous,
    DeliveryError,
    MessageGone,
    NotFound,
    PressFailed,
    Undeliverable,
)
from bot.ports import Letter
from bot.ports.files import OpenedFile
from bot.rules.case import State
from bot.rules.identity import FileId, Language, PersonId
from bot.rules.message import AdminWanted, Message, Remark, Said, TapAnswered, Toast
from bot.rules.note_paper import NotePaper
from bot.rules.paper import Form, Paper, Workbook
from bot.rules.slip import Slip
from handlers import bot_api
from handlers.courier import BotCourier
from handlers.request import WiredRequest
from handlers.wire import Patience
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.handlers import TOKEN, Answer, BotApi, page, refusal, result, swallow, tcp_server, text
from tests.support.builders import NOW, OFFICER, ZH, case_in, county

CHAT: Final = 42
SENT: Final = result({"message_id": 5, "date": 1763946000, "chat": {"id": CHAT, "type": "private"}, "text": "好"})
SAID: Final = Said(Remark.KEPT)
LONG: Final = task_notice(county(), case_in(State.ACCEPTED), "路" * 9000, roles=(OFFICER,), now=NOW)


class NoFiles:
    """A vault with nothing in it."""

    async def open_file(self, file: FileId) -> OpenedFile:
        """Find nothing."""
        del file
        raise NotFound


def letter(message: Message, **changes: object) -> Letter:
    """A letter to somebody who reads Chinese."""
    made = Letter(
        id=1,
        person=PersonId("p"),
        chat_id=CHAT,
        language=ZH,
        priority=0,
        message=message,
        anchor=None,
        message_id=None,
        tells=(),
        attempts=1,
        was_tried=False,
    )
    return replace(made, **changes)


class NoPress:
    """Prints nothing: no letter here is a file."""

    async def print_paper(self, paper: Paper, form: Form) -> bytes:
        """Refuse."""
        raise PressFailed(f"{form} of {paper.title}")

    async def print_workbook(self, workbook: Workbook) -> bytes:
        """Refuse."""
        raise PressFailed(workbook.title)

    async def print_slip(self, slip: Slip) -> bytes:
        """Draw a receipt."""
        raise PressFailed(slip.title)

    async def print_note(self, note: NotePaper) -> bytes:
        """Refuse."""
        raise PressFailed(note.title)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


@asynccontextmanager
async def courier_at(url: str) -> AsyncIterator[BotCourier]:
    """A courier of that server's."""
    wording = Wording(county(), load_catalogues(county().languages))
    async with WiredRequest(patience=Patience(connect=0.5, read=0.5)) as request:
        yield BotCourier(bot_api.BotApi(request, f"{url}/bot{TOKEN}"), county(), wording, NoPress(), NoFiles())


async def carried(api: BotApi, each: Letter, *answers: Answer) -> int | None:
    """Carry one letter while the server answers so."""
    api.prepare(*answers)
    async with courier_at(api.url) as courier:
        return await courier.carry(each, NOW)


async def refused(api: BotApi, each: Letter, *answers: Answer) -> DeliveryError:
    """Carry one letter, and return how that failed."""
    with pytest.raises(DeliveryError) as raised:
        await carried(api, each, *answers)
    assert TOKEN not in str(raised.value)
    return raised.value


async def test_a_message_is_one_call_with_its_buttons(api: BotApi) -> None:
    """In the reader's language, as HTML; its number comes back."""
    assert await carried(api, letter(AdminWanted(invitation="a1")), SENT) == 5
    (call,) = api.calls
    assert call.method == "sendMessage"
    assert (call.fields["chat_id"], call.fields["parse_mode"]) == ("42", "HTML")
    (row,) = msgspec.json.decode(call.fields["reply_markup"])["inline_keyboard"]
    assert all(set(button) == {"text", "callback_data"} for button in row)


async def test_a_message_without_buttons_names_none(api: BotApi) -> None:
    """What is not there is left out."""
    await carried(api, letter(SAID), SENT)
    assert set(api.calls[0].fields) == {"chat_id", "text", "parse_mode", "link_preview_options"}


@pytest.mark.parametrize("toast", [None, Toast.STALE])
async def test_a_tap_is_answered(api: BotApi, toast: Toast | None) -> None:
    """With a flash where there is something to say."""
    assert await carried(api, letter(TapAnswered(tap="t1", toast=toast))) is None
    (call,) = api.calls
    assert (call.method, call.fields["callback_query_id"]) == ("answerCallbackQuery", "t1")
    assert ("text" in call.fields) == (toast is not None)


async def test_a_tap_of_somebody_without_a_language_is_answered_in_each(api: BotApi) -> None:
    """They may read any one of them."""
    of_nobody = msgspec.structs.replace(letter(TapAnswered(tap="t1", toast=Toast.STALE)), language=None)
    await carried(api, of_nobody)
    lines = str(api.calls[0].fields["text"]).split("\n")
    assert len(lines) == 2  # Chinese stands for what cannot be said in Xibe
    assert lines[0].startswith("这个按钮")


async def test_a_message_that_was_shown_before_is_edited(api: BotApi) -> None:
    """Where it stands; it keeps its number."""
    assert await carried(api, letter(SAID, message_id=9)) == 9
    (call,) = api.calls
    assert (call.method, call.fields["message_id"]) == ("editMessageText", "9")


@pytest.mark.parametrize("said", ["message to edit not found", "message can't be edited"])
async def test_a_message_that_is_gone_is_not_edited(api: BotApi, said: str) -> None:
    """Somebody deleted it, or it is too old to be changed; nothing is sent in its place before that is written down."""
    with pytest.raises(MessageGone):
        await carried(api, letter(SAID, message_id=9), refusal(400, f"Bad Request: {said}"))
    assert [call.method for call in api.calls] == ["editMessageText"]


async def test_what_is_too_long_for_one_message_edits_none(api: BotApi) -> None:
    """All of it becomes new messages, in order."""
    with pytest.raises(MessageGone):
        await carried(api, letter(LONG, message_id=9))
    assert api.calls == []


async def test_an_edit_that_changes_nothing_is_done(api: BotApi) -> None:
    """It shows what it should."""
    unchanged = refusal(400, "Bad Request: message is not modified: specified new message content is the same")
    assert await carried(api, letter(SAID, message_id=9), unchanged) == 9


@pytest.mark.parametrize("said", ["query is too old and response timeout expired or query ID is invalid"])
async def test_a_tap_too_old_to_be_answered_is_nothing(api: BotApi, said: str) -> None:
    """Nobody waits for it any more."""
    assert await carried(api, letter(TapAnswered(tap="t1", toast=None)), refusal(400, f"Bad Request: {said}")) is None


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_is_not_accepted_harms_no_letter(api: BotApi, code: int) -> None:
    """It waits until somebody has mended that."""
    error = await refused(api, letter(SAID), refusal(code, "Unauthorized"))
    assert isinstance(error, DeliverLater)


async def test_a_refused_call_waits_as_long_as_telegram_says(api: BotApi) -> None:
    """To the second."""
    error = await refused(api, letter(SAID), refusal(429, "Too Many Requests", {"retry_after": 37}))
    assert isinstance(error, DeliverLater)
    assert error.retry_after == 37


@pytest.mark.parametrize(
    ("code", "said", "is_final"),
    [
        (403, "Forbidden: bot was blocked by the user", True),
        (403, "Forbidden: user is deactivated", True),
        (400, "Bad Request: chat not found", True),
        (400, "Bad Request: BUTTON_DATA_INVALID", False),
    ],
)
async def test_what_can_never_be_sent_says_whether_the_chat_is_gone(
    api: BotApi, code: int, said: str, *, is_final: bool
) -> None:
    """Or only this letter is unacceptable."""
    error = await refused(api, letter(SAID), refusal(code, said))
    assert isinstance(error, Undeliverable)
    assert error.is_final == is_final


@pytest.mark.parametrize("answer", [refusal(500, "Internal Server Error"), page, refusal(409, "Conflict")])
async def test_a_server_that_fails_is_asked_again_later(api: BotApi, answer: Answer) -> None:
    """The later the more often it failed."""
    first, fifth = [await refused(api, letter(SAID, attempts=tries), answer) for tries in (1, 5)]
    assert isinstance(first, DeliverLater)
    assert isinstance(fifth, DeliverLater)
    assert 1 <= first.retry_after <= 2
    assert 16 <= fifth.retry_after <= 32


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"ok":true,"result":{"message', b'{"ok":true,"result":{}}'])
async def test_an_answer_that_says_nothing_leaves_it_open_whether_it_was_sent(api: BotApi, body: bytes) -> None:
    """It may have been."""
    assert isinstance(await refused(api, letter(SAID), text(200, body)), DeliveryAmbiguous)


async def test_a_connection_that_is_cut_behind_the_call_leaves_it_open() -> None:
    """The request was out."""
    async with tcp_server(swallow) as url, courier_at(url) as courier:
        with pytest.raises(DeliveryAmbiguous):
            await courier.carry(letter(SAID), NOW)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    """So it can be sent again without harm."""
    async with tcp_server(swallow) as url:
        pass
    async with courier_at(url) as courier:
        with pytest.raises(DeliverLater):
            await courier.carry(letter(SAID), NOW)


async def test_somebody_without_a_language_reads_the_countys_first(api: BotApi) -> None:
    """Until they choose."""
    await carried(api, letter(SAID, language=None), SENT)
    await carried(api, letter(SAID, language=Language("zh_Hans_CN")), SENT)
    assert api.calls[0].fields["text"] == api.calls[1].fields["text"]


@pytest.mark.parametrize("said", ["can't parse entities: Unsupported start tag", "message is too long"])
async def test_what_telegram_cannot_read_goes_out_as_plain_text(api: BotApi, said: str) -> None:
    """With its buttons, without markup: better plain than not at all."""
    refused_html = refusal(400, f"Bad Request: {said}")
    assert await carried(api, letter(AdminWanted(invitation="a1")), refused_html, SENT) == 5
    html, plain = api.calls
    assert "<b>" in html.fields["text"]
    assert "parse_mode" not in plain.fields
    assert "<b>" not in plain.fields["text"]
    assert plain.fields["reply_markup"] == html.fields["reply_markup"]


async def test_a_chat_with_a_new_number_says_which(api: BotApi) -> None:
    """So that it can be followed."""
    moved = refusal(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1007})
    error = await refused(api, letter(SAID), moved)
    assert isinstance(error, ChatMoved)
    assert error.chat_id == -1007


async def test_a_letter_in_parts_says_how_far_it_came_and_goes_on_from_there(api: BotApi) -> None:
    """What has been read is not sent again."""
    long = letter(LONG)
    error = await refused(api, long, SENT, refusal(429, "Too Many Requests", {"retry_after": 3}))
    assert error.parts == 1
    sent_before = len(api.calls)
    await carried(api, replace(long, parts=1), SENT, SENT, SENT)
    assert len(api.calls) - sent_before == 2
    assert api.calls[1].fields["text"] == api.calls[sent_before].fields["text"]


async def test_files_go_out_as_a_form(api: BotApi) -> None:
    """With the other fields beside them."""
    api.prepare(SENT)
    async with WiredRequest() as request:
        calls = bot_api.BotApi(request, f"{api.url}/bot{TOKEN}")
        sent = await calls.send(
            "sendDocument", {"chat_id": CHAT, "caption": "周报"}, {"document": ("周报.txt", b"1", "text/plain")}
        )
    (call,) = api.calls
    assert sent == 5
    assert (call.fields, call.files["document"].file_name) == ({"chat_id": "42", "caption": "周报"}, "周报.txt")
