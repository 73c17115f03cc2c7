"""A receipt as a picture: the chat shows that one is on its way, then it comes; or a clear word where it cannot be made."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest

from bot.errors import PressFailed
from bot.ports import Press
from bot.rules.message import ReceiptPicture
from bot.rules.slip import Slip
from handlers import bot_api
from handlers.courier import BotCourier
from handlers.request import WiredRequest
from tests.handlers import TOKEN, Answer, BotApi, refusal, result
from tests.handlers.test_courier import CHAT, NoFiles, letter
from tests.handlers.test_digest_file import InkPress
from tests.reports.digests import NOW, wording
from tests.support.builders import DUE_AT, NUMBER, TRANSPORT, county

PICTURE = ReceiptPicture(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT, proof="0" * 16, link=None)
SENT = result({"message_id": 6, "date": 1763946000, "chat": {"id": CHAT, "type": "private"}})
YES = result(True)


class DryPress(InkPress):
    """Has no ink."""

    async def print_slip(self, slip: Slip) -> bytes:
        """Fail."""
        raise PressFailed(f"no ink for {slip.number}")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi.opened() as opened:
        yield opened


async def carried(api: BotApi, press: Press, *answers: Answer) -> int | None:
    """Carry a receipt while the server answers so."""
    api.prepare(*answers)
    async with WiredRequest() as request:
        courier = BotCourier(bot_api.BotApi(request, f"{api.url}/bot{TOKEN}"), county(), wording(), press, NoFiles())
        return await courier.carry(letter(PICTURE), NOW)


async def test_the_chat_shows_that_a_picture_is_on_its_way(api: BotApi) -> None:
    """Then comes the picture, under its number, with a line that it can be forwarded."""
    assert await carried(api, InkPress(), YES, SENT) == 6
    action, photo = api.calls
    assert (action.method, action.fields["action"]) == ("sendChatAction", "upload_photo")
    assert photo.method == "sendPhoto"
    assert "可以转发" in str(photo.fields["caption"])


async def test_a_chat_action_that_fails_holds_nothing_up(api: BotApi) -> None:
    """The picture matters, not the sign that it comes."""
    assert await carried(api, InkPress(), refusal(400, "Bad Request: wrong parameter action"), SENT) == 6


async def test_a_picture_that_cannot_be_made_is_said_to_be_so(api: BotApi) -> None:
    """The receipt in words holds all the same."""
    assert await carried(api, DryPress(), YES, SENT) == 6
    assert [call.method for call in api.calls] == ["sendChatAction", "sendMessage"]
    assert "文字回执同样有效" in str(api.calls[1].fields["text"])
    assert msgspec.json.encode(PICTURE)  # it waits as data, like every message
