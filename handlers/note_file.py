"""Sends a supervision note, or a letter of referral, as a form to print; the chat shows that a file is on its way.

Invariant: a form that cannot be made is said to be so; what it says in words stands in the chat already.
"""

from __future__ import annotations

import logging
from datetime import datetime

from telegram.error import NetworkError

from bot.errors import PressFailed
from bot.ports import Press
from bot.rules.identity import Language
from bot.rules.message import Remark, Said
from bot.rules.message.sign import SignLetterFile, SignNoteFile
from handlers.bot_api import BotApi, CallRefused
from handlers.request import SlowDown
from locales.wording import Wording

log = logging.getLogger(__name__)


class NoteFiles:
    """Prints and sends supervision notes and letters of referral through a bot."""

    def __init__(self, api: BotApi, wording: Wording, press: Press) -> None:
        self._api = api
        self._wording = wording
        self._press = press

    async def send(self, chat_id: int, file: SignNoteFile | SignLetterFile, language: Language, now: datetime) -> int:
        """Print a form and send it; return the number of the message. Raises what BotApi raises."""
        try:
            await self._api.call("sendChatAction", {"chat_id": chat_id, "action": "upload_document"})
        except (CallRefused, NetworkError, SlowDown) as error:
            log.info("a chat was not told that a form is on its way (%s)", type(error).__name__)
        try:
            printed = await self._press.print_note(self._wording.note_paper(file, language, now))
        except PressFailed as error:
            log.error("a form about a sign could not be printed: %s", error)
            (text,) = self._wording.parts(Said(Remark.FORM_FAILED), language, now)
            return await self._api.send("sendMessage", {"chat_id": chat_id, "text": text, "parse_mode": "HTML"})
        (caption,) = self._wording.parts(file, language, now)
        fields = {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML"}
        name = f"{file.sign.number}.pdf"
        return await self._api.send("sendDocument", fields, {"document": (name, printed, "application/pdf")})
