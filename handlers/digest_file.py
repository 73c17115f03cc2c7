"""Sends a digest as a file: says that it is being made, has it printed, sends it, and takes the line away again.

Invariant: a file that cannot be made is said to be so in that line; no line stands for a file that will not come.
"""

from __future__ import annotations

import logging
from datetime import datetime
from http import HTTPStatus
from typing import Final

from telegram.error import NetworkError

from bot.errors import PressFailed
from bot.ports import Press
from bot.rules.identity import Language
from bot.rules.message import DigestFile, FileMaking, Making
from bot.rules.paper import Form
from handlers.bot_api import BotApi, CallRefused
from handlers.request import SlowDown
from locales.wording import Wording

log = logging.getLogger(__name__)

KINDS: Final = {
    Form.PNG: ("sendPhoto", "photo", "image/png", "upload_photo"),
    Form.PDF: ("sendDocument", "document", "application/pdf", "upload_document"),
    Form.XLSX: (
        "sendDocument",
        "document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "upload_document",
    ),
}
"""How each is sent: method, field, type, and what the chat shows meanwhile."""

TOO_BIG: Final = ("file is too big", "request entity too large")
"""What Telegram says of a file that is larger than it carries."""


class DigestFiles:
    """Sends digests as files through a bot."""

    def __init__(self, api: BotApi, wording: Wording, press: Press) -> None:
        self._api = api
        self._wording = wording
        self._press = press

    async def send(self, chat_id: int, file: DigestFile, language: Language, now: datetime) -> int:
        """Make a file and send it; return the number of the message that is left in the chat.

        Raises:
            what BotApi raises, but for a file that is too big; the line about the making is gone then.
        """
        line = _Line(self._api, self._wording, chat_id, language, file.form, now)
        await line.say(Making.PRINTING)
        try:
            printed = await self._printed(file, language, now)
            await line.say(Making.SENDING)
            sent = await self._sent(chat_id, file, printed, language, now)
        except PressFailed as error:
            log.error("a digest could not be printed as %s: %s", file.form, error)
            return await line.say(Making.FAILED)
        except (CallRefused, NetworkError, SlowDown) as error:
            if isinstance(error, CallRefused) and _is_too_big(error):
                log.error("a digest as %s is larger than Telegram carries", file.form)
                return await line.say(Making.FAILED)
            await line.take_away()
            raise
        await line.take_away()
        return sent

    async def _printed(self, file: DigestFile, language: Language, now: datetime) -> bytes:
        if file.form is Form.XLSX:
            return await self._press.print_workbook(self._wording.workbook(file.digest, language, now))
        return await self._press.print_paper(self._wording.paper(file.digest, language, now), file.form)

    async def _sent(self, chat_id: int, file: DigestFile, printed: bytes, language: Language, now: datetime) -> int:
        method, field, mime_type, _ = KINDS[file.form]
        name = "-".join(part for part in (file.digest.period, file.digest.unit, file.digest.township) if part)
        caption = "\n".join(self._wording.parts(file, language, now))
        return await self._api.send(
            method,
            {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML"},
            {field: (f"{name}.{file.form}", printed, mime_type)},
        )


def _is_too_big(error: CallRefused) -> bool:
    """Say whether Telegram refused a file for its size. Source: Bot API, Sending Files (50 MB at most)."""
    said = error.description.lower()
    return error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or any(words in said for words in TOO_BIG)


class _Line:
    """The line that says how far a file is, and what the chat shows beside the bot's name."""

    def __init__(self, api: BotApi, wording: Wording, chat_id: int, language: Language, form: Form, now: datetime) -> None:
        self._api, self._wording, self._chat_id = api, wording, chat_id
        self._language, self._form, self._now = language, form, now
        self._message_id: int | None = None

    async def say(self, making: Making) -> int:
        """Write the line, or write it anew; return its number."""
        (text,) = self._wording.parts(FileMaking(form=self._form, making=making), self._language, self._now)
        fields: dict[str, object] = {"chat_id": self._chat_id, "text": text, "parse_mode": "HTML"}
        if self._message_id is None:
            self._message_id = await self._api.send("sendMessage", fields)
        else:
            await self._softly("editMessageText", {**fields, "message_id": self._message_id})
        if making is not Making.FAILED:
            await self._softly("sendChatAction", {"chat_id": self._chat_id, "action": KINDS[self._form][3]})
        return self._message_id

    async def take_away(self) -> None:
        """Delete the line."""
        if self._message_id is not None:
            await self._softly("deleteMessage", {"chat_id": self._chat_id, "message_id": self._message_id})

    async def _softly(self, method: str, fields: dict[str, object]) -> None:
        """Call what may fail: the file matters, not the line about it."""
        try:
            await self._api.call(method, fields)
        except (CallRefused, NetworkError, SlowDown) as error:
            log.info("%s about a file failed (%s)", method, type(error).__name__)
