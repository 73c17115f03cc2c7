"""A digest as a file: a line while it is made, the file, and no line left; or a clear word where it cannot be made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import msgspec
import pytest

from bot.errors import DeliverLater, PressFailed, Undeliverable
from bot.ports import Press
from bot.rules.identity import UnitId
from bot.rules.message import DigestFile
from bot.rules.note_paper import NotePaper
from bot.rules.paper import Form, Paper, Workbook
from bot.rules.slip import Slip
from handlers import bot_api
from handlers.courier import BotCourier
from handlers.request import WiredRequest
from handlers.wire import Patience
from tests.handlers import TOKEN, Answer, BotApi, refusal, result
from tests.handlers.test_courier import CHAT, NoFiles, letter
from tests.reports.digests import NOW, few, wording
from tests.support.builders import county

LINE = result({"message_id": 5, "date": 1763946000, "chat": {"id": CHAT, "type": "private"}, "text": "…"})
FILE = result({"message_id": 6, "date": 1763946000, "chat": {"id": CHAT, "type": "private"}})
YES = result(True)


class InkPress:
    """Prints what it was asked for, in a few letters."""

    async def print_paper(self, paper: Paper, form: Form) -> bytes:
        """Print a paper."""
        return f"{form}: {paper.title}".encode()

    async def print_workbook(self, workbook: Workbook) -> bytes:
        """Print a workbook."""
        return f"xlsx: {workbook.title}".encode()

    async def print_slip(self, slip: Slip) -> bytes:
        """Draw a receipt."""
        return f"png: {slip.number}".encode()

    async def print_note(self, note: NotePaper) -> bytes:
        """Print a supervision note."""
        return f"pdf: {note.title}".encode()


class DryPress(InkPress):
    """Has no ink."""

    async def print_paper(self, paper: Paper, form: Form) -> bytes:
        """Fail."""
        raise PressFailed(f"no ink for {paper.title} as {form}")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


async def carried(api: BotApi, form: Form, press: Press, answers: Sequence[Answer]) -> int | None:
    """Carry a digest as a file while the server answers so."""
    api.prepare(*answers)
    async with WiredRequest(patience=Patience(connect=0.5, read=0.5, upload=0.5)) as request:
        courier = BotCourier(bot_api.BotApi(request, f"{api.url}/bot{TOKEN}"), county(), wording(), press, NoFiles())
        return await courier.carry(letter(DigestFile(digest=few(), form=form)), NOW)


@pytest.mark.parametrize(
    ("form", "method", "field", "action"),
    [
        (Form.PNG, "sendPhoto", "photo", "upload_photo"),
        (Form.PDF, "sendDocument", "document", "upload_document"),
        (Form.XLSX, "sendDocument", "document", "upload_document"),
    ],
)
async def test_a_line_tells_how_far_it_is_and_goes_when_the_file_comes(
    api: BotApi, form: Form, method: str, field: str, action: str
) -> None:
    """The file has a name, a type and a caption; what is left in the chat is the file."""
    assert await carried(api, form, InkPress(), [LINE, YES, YES, YES, FILE, YES]) == 6
    assert [call.method for call in api.calls] == [
        "sendMessage", "sendChatAction", "editMessageText", "sendChatAction", method, "deleteMessage",
    ]  # fmt: skip
    making, acting, sending, _, sent, gone = api.calls
    assert making.fields["text"] == f"正在制作 {form.upper()} 文件…"
    assert acting.fields["action"] == action
    assert (sending.fields["message_id"], sending.fields["text"]) == ("5", f"{form.upper()} 文件已做好，正在发送…")
    assert sent.files[field].file_name == f"2026-W47.{form}"
    assert sent.files[field].content == f"{form}: 察布查尔锡伯自治县周报".encode()
    assert "周报" in sent.fields["caption"]
    assert gone.fields["message_id"] == "5"


async def test_what_cannot_be_printed_is_said_in_the_line(api: BotApi) -> None:
    """The letter has done its work: the person knows."""
    assert await carried(api, Form.PDF, DryPress(), [LINE]) == 5
    assert [call.method for call in api.calls] == ["sendMessage", "sendChatAction", "editMessageText"]
    assert api.calls[-1].fields["text"] == "PDF 文件没有做成，请稍后再试；数字见上面的消息。"


async def test_a_file_that_is_refused_leaves_no_line(api: BotApi) -> None:
    """And the letter fails as any other."""
    with pytest.raises(Undeliverable):
        await carried(api, Form.PDF, InkPress(), [LINE, YES, YES, YES, refusal(400, "Bad Request: wrong file"), YES])
    assert api.calls[-1].method == "deleteMessage"


@pytest.mark.parametrize("refused", [refusal(400, "Bad Request: file is too big"), refusal(413, "Request Entity Too Large")])
async def test_a_file_that_is_too_big_is_said_in_the_line(api: BotApi, refused: Answer) -> None:
    """Asking again would not help, and the person must not wait for it."""
    assert await carried(api, Form.PDF, InkPress(), [LINE, YES, YES, YES, refused, YES]) == 5
    assert [call.method for call in api.calls][-2:] == ["sendDocument", "editMessageText"]
    assert api.calls[-1].fields["text"] == "PDF 文件没有做成，请稍后再试；数字见上面的消息。"


async def test_a_file_that_must_wait_leaves_no_line(api: BotApi) -> None:
    """It is made again when its time has come."""
    slow = refusal(429, "Too Many Requests: retry after 7", {"retry_after": 7})
    with pytest.raises(DeliverLater):
        await carried(api, Form.PDF, InkPress(), [LINE, YES, YES, YES, slow, YES])
    assert api.calls[-1].method == "deleteMessage"


async def test_a_line_that_fails_keeps_no_file_back(api: BotApi) -> None:
    """Neither the action, nor the edit, nor the deletion matters as the file does."""
    no = refusal(400, "Bad Request: message can't be edited")
    assert await carried(api, Form.PDF, InkPress(), [LINE, no, no, no, FILE, no]) == 6


async def test_a_units_file_carries_its_name(api: BotApi) -> None:
    """So that two of one week do not look alike in a folder."""
    own = msgspec.structs.replace(few(), unit=UnitId("transport"))
    api.prepare(LINE, YES, YES, YES, FILE, YES)
    async with WiredRequest(patience=Patience(connect=0.5, read=0.5, upload=0.5)) as request:
        courier = BotCourier(bot_api.BotApi(request, f"{api.url}/bot{TOKEN}"), county(), wording(), InkPress(), NoFiles())
        await courier.carry(letter(DigestFile(digest=own, form=Form.PDF)), NOW)
    assert api.calls[4].files["document"].file_name == "2026-W47-transport.pdf"
