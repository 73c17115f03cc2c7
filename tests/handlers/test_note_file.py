"""A supervision note as a form: the chat shows that a file is on its way, then it comes; or a clear word where it cannot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.errors import PressFailed
from bot.ports import Press
from bot.rules.message.sign import SignLetterFile, SignNoteFile
from bot.rules.note_paper import NotePaper
from handlers import bot_api
from handlers.courier import BotCourier
from handlers.request import WiredRequest
from tests.handlers import TOKEN, Answer, BotApi, refusal, result
from tests.handlers.test_courier import CHAT, NoFiles, letter
from tests.handlers.test_digest_file import InkPress
from tests.locales.samples_sign import DRAFT_FILE, LETTER_FILE, SENT_FILE
from tests.reports.digests import NOW, wording
from tests.support.builders import county

SENT = result({"message_id": 6, "date": 1763946000, "chat": {"id": CHAT, "type": "private"}})
YES = result(True)


class DryPress(InkPress):
    """Has no ink."""

    async def print_note(self, note: NotePaper) -> bytes:
        """Fail."""
        raise PressFailed(f"no ink for {note.title}")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


async def carried(api: BotApi, press: Press, file: SignNoteFile | SignLetterFile, *answers: Answer) -> int | None:
    """Carry a note while the server answers so."""
    api.prepare(*answers)
    async with WiredRequest() as request:
        courier = BotCourier(bot_api.BotApi(request, f"{api.url}/bot{TOKEN}"), county(), wording(), press, NoFiles())
        return await courier.carry(letter(file), NOW)


@pytest.mark.parametrize(
    ("file", "is_draft"), [(DRAFT_FILE, True), (SENT_FILE, False), (LETTER_FILE, False)], ids=["draft", "sent", "letter"]
)
async def test_the_form_comes_under_its_number(api: BotApi, file: SignNoteFile | SignLetterFile, is_draft: bool) -> None:  # noqa: FBT001 (a column of the table)
    """With a line that says what it is, and of a draft that nobody has it."""
    assert await carried(api, InkPress(), file, YES, SENT) == 6
    action, document = api.calls
    assert (action.method, action.fields["action"]) == ("sendChatAction", "upload_document")
    assert document.method == "sendDocument"
    assert "YJ-2026-00012" in str(document.fields["caption"])
    assert ("草稿" in str(document.fields["caption"])) is is_draft


async def test_a_chat_action_that_fails_holds_nothing_up(api: BotApi) -> None:
    """The form matters, not the sign that it comes."""
    assert await carried(api, InkPress(), SENT_FILE, refusal(400, "Bad Request: wrong parameter action"), SENT) == 6


async def test_a_form_that_cannot_be_made_is_said_to_be_so(api: BotApi) -> None:
    """The note in words holds all the same."""
    assert await carried(api, DryPress(), SENT_FILE, YES, SENT) == 6
    assert [call.method for call in api.calls] == ["sendChatAction", "sendMessage"]
    assert "文字内容同样有效" in str(api.calls[1].fields["text"])
