"""Messages as data become calls of the Bot API; its errors become ours. The only place that sends.

A message that was shown before is edited where it stands. What Telegram has already done counts as done.
"""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from telegram.error import NetworkError, TimedOut

from bot.errors import (
    ChatMoved,
    DeliverLater,
    DeliveryAmbiguous,
    DeliveryError,
    MessageGone,
    NotFound,
    TooManyRequests,
    Undeliverable,
)
from bot.ports import Letter, Press
from bot.ports.files import FileOpener
from bot.rules.county import County
from bot.rules.identity import Language
from bot.rules.message import (
    DigestFile,
    FileShown,
    LinkPicture,
    ReceiptPicture,
    RoleMenu,
    TapAnswered,
)
from bot.rules.message.project import PhotoShown
from bot.rules.message.sign import SignLetterFile, SignNoteFile
from handlers.bot_api import BotApi, CallRefused
from handlers.digest_file import DigestFiles
from handlers.keyboards import Keyboard, Keyboards
from handlers.note_file import NoteFiles
from handlers.qr_code import qr_code
from handlers.receipt_picture import ReceiptPictures
from handlers.request import SlowDown
from handlers.wire import NotSent, PerhapsSent
from locales.markup import plain_parts
from locales.wording import Document, Wording

NOTHING_CHANGED: Final = "message is not modified"
QUERY_TOO_OLD: Final = ("query is too old", "query id is invalid")
NO_SUCH_MESSAGE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_SUCH_CHAT: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate conversation")
UNREADABLE: Final = ("can't parse entities", "message is too long", "message_too_long")
LONGEST_WAIT: Final = 300.0
LONGEST_BACKOFF: Final = 60.0
"""Seconds between two tries at most: once the server answers again, so does the bot, within a minute to everybody."""

NO_PREVIEW: Final = {"is_disabled": True}
"""A link in somebody's words shows nothing of the page it leads to: that would look as if it were ours."""

NOTES: Final = (SignNoteFile, SignLetterFile)
FILES: Final = (FileShown, PhotoShown)

SENT_AS: Final = {"image": ("sendPhoto", "photo"), "video": ("sendVideo", "video")}
"""Method and field by the first part of a file's type; anything else goes as a document."""

ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "video/mp4": ".mp4",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """How many parts of a message have been sent."""

    parts: int


class BotCourier:
    """Carries letters through a bot."""

    def __init__(self, api: BotApi, county: County, wording: Wording, press: Press, files: FileOpener) -> None:
        self._opener = files
        self._api = api
        self._press = press
        self.adopt(county, wording)

    def adopt(self, county: County, wording: Wording) -> None:
        """Say everything that follows as a county has it."""
        self._county = county
        self._wording = wording
        self._keyboards = Keyboards(county, wording)
        self._files = DigestFiles(self._api, wording, self._press)
        self._receipts = ReceiptPictures(self._api, wording, self._press)
        self._notes = NoteFiles(self._api, wording, self._press)

    async def carry(self, letter: Letter, now: datetime) -> int | None:
        """Send, edit or answer; return the message's number.

        Raises:
            DeliverLater, DeliveryAmbiguous, ChatMoved, MessageGone, Undeliverable: see bot.errors.
        """
        progress = Progress(letter.parts)
        try:
            return await self._carry(letter, now, progress)
        except (CallRefused, NetworkError, SlowDown) as error:
            ours = _ours(error, letter.attempts)
            ours.parts = progress.parts
            raise ours from None  # Telegram's text may name what was sent

    async def _carry(self, letter: Letter, now: datetime, progress: Progress) -> int | None:
        language = letter.language or self._county.languages[0]
        if isinstance(letter.message, TapAnswered):
            await self._answer_tap(letter.message, letter.language)
            return None
        if isinstance(letter.message, RoleMenu):
            await self._hang_menu(letter.chat_id, letter.message, language)
            return None
        if isinstance(letter.message, ReceiptPicture):
            return await self._receipts.send(letter.chat_id, letter.message, language, now)
        if isinstance(letter.message, DigestFile):
            return await self._files.send(letter.chat_id, letter.message, language, now)
        if isinstance(letter.message, NOTES):
            return await self._notes.send(letter.chat_id, letter.message, language, now)
        if isinstance(letter.message, LinkPicture):
            caption = "\n".join(self._wording.parts(letter.message, language, now))
            shown: dict[str, object] = {"chat_id": letter.chat_id, "caption": caption, "parse_mode": "HTML"}
            return await self._api.send(
                "sendPhoto", shown, {"photo": ("code.png", qr_code(letter.message.link), "image/png")}
            )
        document = self._wording.document(letter.message, language)
        if document is not None:
            return await self._send_document(letter, document, language, now)
        parts = self._wording.parts(letter.message, language, now, is_beside=letter.is_beside)
        if isinstance(letter.message, FILES):
            return await self._send_file(letter, letter.message, parts[0])
        keyboard = self._keyboards.under(letter.message, language)
        if letter.message_id is not None:
            if len(parts) > 1 or not await self._edit(letter, parts[0], keyboard):
                raise MessageGone  # a new message shows twice if it is repeated, which whoever marks letters must know
            return letter.message_id
        sent: int | None = None
        for index, part in enumerate(parts[progress.parts :], start=progress.parts + 1):
            sent = await self._send(letter.chat_id, part, keyboard if index == len(parts) else None)
            progress.parts = index
        return sent

    async def _send(self, chat_id: int, text: str, keyboard: Keyboard | None) -> int:
        """Send one part; one that Telegram cannot read as HTML, or finds too long, as plain text in as many as it takes."""
        where: dict[str, object] = {"chat_id": chat_id, "link_preview_options": NO_PREVIEW}
        try:
            return await self._api.send(
                "sendMessage", {**where, "text": text, "parse_mode": "HTML", "reply_markup": keyboard}
            )
        except CallRefused as error:
            if not _is_about(error, *UNREADABLE):
                raise
        log.error("a message is not what Telegram reads as HTML; it goes out as plain text")
        *before, last = plain_parts(text)
        for part in before:
            await self._api.send("sendMessage", {**where, "text": part})
        return await self._api.send("sendMessage", {**where, "text": last, "reply_markup": keyboard})

    async def _send_document(self, letter: Letter, document: Document, language: Language, now: datetime) -> int:
        """Send a file, with what the message says under it."""
        (caption,) = self._wording.parts(letter.message, language, now)
        fields: dict[str, object] = {
            "chat_id": letter.chat_id,
            "caption": caption,
            "parse_mode": "HTML",
            "reply_markup": self._keyboards.under(letter.message, language),
        }
        await self._announce(letter.chat_id, "document")
        file = (document.name, document.content, document.media_type)
        return await self._api.send("sendDocument", fields, {"document": file})

    async def _edit(self, letter: Letter, text: str, keyboard: Keyboard | None) -> bool:
        """Edit a sent message; say whether it is there to be edited."""
        where: dict[str, object] = {"chat_id": letter.chat_id, "message_id": letter.message_id}
        shown = {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW, "reply_markup": keyboard}
        try:
            await self._api.call("editMessageText", {**where, **shown})
        except CallRefused as error:
            if _is_about(error, NOTHING_CHANGED):
                return True
            if _is_about(error, *NO_SUCH_MESSAGE, *UNREADABLE):
                return False
            raise
        return True

    async def _send_file(self, letter: Letter, shown: FileShown | PhotoShown, caption: str) -> int:
        """Open a file of the vault and send it under a name that says nothing; what is for everybody may be handed on."""
        try:
            opened = await self._opener.open_file(shown.file)
        except NotFound:
            raise Undeliverable("the file is no longer there", is_final=False) from None
        main = opened.type.partition("/")[0]
        method, field = SENT_AS.get(main, ("sendDocument", "document"))
        of = shown.case if isinstance(shown, FileShown) else shown.project
        name = f"{of}-{shown.place}{ENDINGS.get(opened.type, '')}"
        fields: dict[str, object] = {
            "chat_id": letter.chat_id,
            "caption": caption,
            "parse_mode": "HTML",
            "protect_content": isinstance(shown, FileShown),
        }
        await self._announce(letter.chat_id, field)
        return await self._api.send(method, fields, {field: (name, opened.content, opened.type)})

    async def _announce(self, chat_id: int, field: str) -> None:
        """Have the chat show that a file is on its way, as it may be large; the file matters, not the sign."""
        try:
            await self._api.call("sendChatAction", {"chat_id": chat_id, "action": f"upload_{field}"})
        except (CallRefused, NetworkError, SlowDown) as error:
            log.info("a chat was not told that a file is on its way (%s)", type(error).__name__)

    async def _hang_menu(self, chat_id: int, menu: RoleMenu, language: Language) -> None:
        """Show the commands of someone's roles in their chat, in its language; Source: Bot API, BotCommandScopeChat."""
        commands = [{"command": name, "description": text} for name, text in self._wording.menu(menu.roles, language)]
        await self._api.call("setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": chat_id}})

    async def _answer_tap(self, answered: TapAnswered, language: Language | None) -> None:
        text = self._wording.toast(answered.toast, language) if answered.toast is not None else None
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": answered.tap, "text": text})
        except CallRefused as error:
            if not _is_about(error, *QUERY_TOO_OLD):
                raise


def _is_about(error: CallRefused, *known: str) -> bool:
    """Say whether Telegram refused a request as such, in one of these ways."""
    said = error.description.lower()
    return error.code == HTTPStatus.BAD_REQUEST and any(words in said for words in known)


def _ours(error: CallRefused | NetworkError | SlowDown, attempts: int) -> DeliveryError:
    """Say in our own terms what an error of the Bot API means for a letter."""
    match error:
        case CallRefused():
            return _refused(error, attempts)
        case SlowDown():
            return TooManyRequests(error.retry_after.total_seconds(), "too many requests")
        case NotSent():
            return DeliverLater(_backoff(attempts), "Bot API out of reach")
        case PerhapsSent() | TimedOut():
            return DeliveryAmbiguous("the answer was lost")
        case _:
            return DeliverLater(_backoff(attempts), "Bot API fails")


def _refused(error: CallRefused, attempts: int) -> DeliveryError:
    """Say what a refusal means: that the chat is gone, that this message is never acceptable, or that it passes."""
    match error.code:
        case HTTPStatus.FORBIDDEN:
            return Undeliverable("forbidden", is_final=True)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return DeliverLater(LONGEST_WAIT, "token not accepted")
        case HTTPStatus.BAD_REQUEST if error.migrate_to is not None:
            return ChatMoved(error.migrate_to)
        case HTTPStatus.BAD_REQUEST | HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return Undeliverable(f"refused: {error.description}", is_final=_is_about(error, *NO_SUCH_CHAT))
        case HTTPStatus.CONFLICT:
            return DeliverLater(_backoff(attempts), "conflict")
        case _:
            return DeliverLater(_backoff(attempts), "Bot API fails")


def _backoff(attempts: int) -> float:
    """Wait longer each time, and not all at once: 1 s doubled up to a minute, with jitter (full jitter, AWS 2015)."""
    return random.uniform(0.5, 1.0) * min(2.0**attempts, LONGEST_BACKOFF)  # noqa: S311 (spreads load, protects nothing)
