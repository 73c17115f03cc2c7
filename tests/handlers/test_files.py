"""A file is asked for, then fetched; what Telegram says becomes what the fetching can act upon."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import pytest

from bot.errors import DeliverLater
from bot.ports.files import WrongFile
from bot.rules.file import Unwanted
from bot.sandbox.clock import OffsetClock
from bot.sandbox.faults import CallFault, Fault
from bot.sandbox.server import Sandbox
from handlers.bot_api import BotApi
from handlers.files import TelegramFiles
from handlers.request import WiredRequest
from tests.media.files import photo

TOKEN: Final = "1:token"
ACCOUNT: Final = 42
PASSING: Final = (
    CallFault.TOO_MANY_REQUESTS,
    CallFault.SERVER_ERROR,
    CallFault.BAD_GATEWAY,
    CallFault.UNAUTHORIZED,
    CallFault.FORBIDDEN,
    CallFault.RESET_BEFORE,
    CallFault.RESET_AFTER,
    CallFault.TRUNCATED,
    CallFault.MALFORMED,
)
"""Faults that a later try does not meet."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A stand-in with one person in it."""
    opened = Sandbox(clock=OffsetClock(), token=TOKEN)
    opened.world.create(ACCOUNT, "somebody")
    await opened.start()
    yield opened
    await opened.stop()


@pytest.fixture
async def files(sandbox: Sandbox) -> AsyncIterator[TelegramFiles]:
    """Files of that server."""
    request = WiredRequest()
    await request.initialize()
    yield TelegramFiles(BotApi(request, f"{sandbox.api_base}/bot{TOKEN}"), request, f"{sandbox.api_base}/file/bot{TOKEN}")
    await request.shutdown()


def sent(sandbox: Sandbox, content: bytes) -> str:
    """Have somebody send a document; return what Telegram calls it."""
    message = sandbox.world.document(ACCOUNT, content, "a name", "image/jpeg")
    return str(message.media["document"]["file_id"])  # type: ignore[index]  # a document, as the Bot API writes it


async def test_a_file_comes_whole(sandbox: Sandbox, files: TelegramFiles) -> None:
    """Asked for, then fetched."""
    content = photo((640, 480)) * 40
    assert await files.fetch(sent(sandbox, content), len(content)) == content


async def test_a_file_that_is_larger_than_allowed_is_not_read_to_its_end(sandbox: Sandbox, files: TelegramFiles) -> None:
    """Whatever its size was said to be."""
    with pytest.raises(WrongFile) as refused:
        await files.fetch(sent(sandbox, b"x" * 300_000), 299_999)
    assert refused.value.why is Unwanted.TOO_LARGE


async def test_a_file_that_telegram_does_not_hand_out_is_too_large(sandbox: Sandbox, files: TelegramFiles) -> None:
    """More than 20 MB."""
    with pytest.raises(WrongFile) as refused:
        await files.fetch(sent(sandbox, b"x" * (20 * 1024 * 1024 + 1)), 1 << 30)
    assert refused.value.why is Unwanted.TOO_LARGE


async def test_a_file_that_telegram_does_not_know_is_gone(files: TelegramFiles) -> None:
    """Its sender is asked to send it again."""
    with pytest.raises(WrongFile) as refused:
        await files.fetch("no such file", 1000)
    assert refused.value.why is Unwanted.GONE


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        *(("getFile", kind) for kind in PASSING),
        ("file", CallFault.TRUNCATED),
        ("file", CallFault.SERVER_ERROR),
    ],
)
async def test_whatever_fails_on_the_way_is_tried_again(
    sandbox: Sandbox, files: TelegramFiles, method: str, kind: CallFault
) -> None:
    """And then it comes whole; no error names the token."""
    source = sent(sandbox, b"a photo" * 1000)
    sandbox.faults.add(Fault(kind, method, retry_after=7))
    with pytest.raises(DeliverLater) as later:
        await files.fetch(source, 100_000)
    assert TOKEN not in str(later.value)
    assert later.value.retry_after == (7 if kind is CallFault.TOO_MANY_REQUESTS else 20)
    assert await files.fetch(source, 100_000) == b"a photo" * 1000
