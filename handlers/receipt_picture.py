"""Sends a receipt as a picture: the chat shows that one is on its way while it is drawn.

Invariant: a picture that cannot be drawn is said to be so; the receipt itself stands in the chat already.
"""

from __future__ import annotations

import logging
from datetime import datetime

from telegram.error import NetworkError

from bot.errors import PressFailed
from bot.ports import Press
from bot.rules.identity import Language
from bot.rules.message import ReceiptPicture, Remark, Said
from handlers.bot_api import BotApi, CallRefused
from handlers.request import SlowDown
from locales.wording import Wording

log = logging.getLogger(__name__)


class ReceiptPictures:
    """Draws and sends receipts through a bot."""

    def __init__(self, api: BotApi, wording: Wording, press: Press) -> None:
        self._api = api
        self._wording = wording
        self._press = press

    async def send(self, chat_id: int, picture: ReceiptPicture, language: Language, now: datetime) -> int:
        """Draw a receipt and send it; return the number of the message. Raises what BotApi raises."""
        try:
            await self._api.call("sendChatAction", {"chat_id": chat_id, "action": "upload_photo"})
        except (CallRefused, NetworkError, SlowDown) as error:
            log.info("a chat was not told that a picture is on its way (%s)", type(error).__name__)
        try:
            drawn = await self._press.print_slip(self._wording.slip(picture, language))
        except PressFailed as error:
            log.error("a receipt could not be drawn: %s", error)
            return await self._say(chat_id, Said(Remark.PICTURE_FAILED), language, now)
        (caption,) = self._wording.parts(picture, language, now)
        fields = {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML"}
        return await self._api.send("sendPhoto", fields, {"photo": (f"{picture.case}.png", drawn, "image/png")})

    async def _say(self, chat_id: int, said: Said, language: Language, now: datetime) -> int:
        (text,) = self._wording.parts(said, language, now)
        return await self._api.send("sendMessage", {"chat_id": chat_id, "text": text, "parse_mode": "HTML"})
