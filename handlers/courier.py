"""Messages as data become calls of the Bot API; its errors become ours. The only place that sends.

A message that was shown before is edited where it stands. What Telegram has already done counts as done.
"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import DeliverLater, DeliveryAmbiguous, DeliveryError, Undeliverable
from bot.ports import Letter
from bot.rules.county import County
from bot.rules.identity import Language
from bot.rules.message import TapAnswered
from handlers.keyboards import Keyboards
from handlers.request import NotSent, PerhapsSent
from locales.wording import Wording

NOTHING_CHANGED: Final = "message is not modified"
QUERY_TOO_OLD: Final = ("query is too old", "query id is invalid")
NO_SUCH_MESSAGE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_SUCH_CHAT: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate conversation")
LONGEST_WAIT: Final = 300.0


class BotCourier:
    """Carries letters through a bot."""

    def __init__(self, bot: Bot, county: County, wording: Wording) -> None:
        self._bot = bot
        self._county = county
        self._wording = wording
        self._keyboards = Keyboards(county, wording)

    async def carry(self, letter: Letter, now: datetime) -> int | None:
        """Send, edit or answer; return the message's number.

        Raises:
            DeliverLater, DeliveryAmbiguous, Undeliverable: see bot.errors.
        """
        try:
            return await self._carry(letter, now)
        except TelegramError as error:
            raise _ours(error, letter.attempts) from None  # the library's text may name what was sent

    async def _carry(self, letter: Letter, now: datetime) -> int | None:
        language = letter.language or self._county.languages[0]
        if isinstance(letter.message, TapAnswered):
            await self._answer_tap(letter.message, language)
            return None
        parts = self._wording.parts(letter.message, language, now)
        keyboard = self._keyboards.under(letter.message, language)
        if letter.message_id is not None and len(parts) == 1 and await self._edit(letter, parts[0], keyboard):
            return letter.message_id
        sent: int | None = None
        for index, part in enumerate(parts, start=1):
            message = await self._bot.send_message(
                letter.chat_id,
                part,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard if index == len(parts) else None,
            )
            sent = message.message_id
        return sent

    async def _edit(self, letter: Letter, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Edit a sent message; say whether it is there to be edited."""
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=letter.chat_id,
                message_id=letter.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        except BadRequest as error:
            said = error.message.lower()
            if NOTHING_CHANGED in said:
                return True
            if any(known in said for known in NO_SUCH_MESSAGE):
                return False
            raise
        return True

    async def _answer_tap(self, answered: TapAnswered, language: Language) -> None:
        text = self._wording.toast(answered.toast, language) if answered.toast is not None else None
        try:
            await self._bot.answer_callback_query(answered.tap, text=text)
        except BadRequest as error:
            if not any(known in error.message.lower() for known in QUERY_TOO_OLD):
                raise


def _ours(error: TelegramError, attempts: int) -> DeliveryError:
    """Say in our own terms what an error of the Bot API means for a letter."""
    match error:
        case RetryAfter():
            return DeliverLater(_seconds(error), "too many requests")
        case Forbidden():
            return Undeliverable("forbidden", is_final=True)
        case ChatMigrated():
            return Undeliverable("chat migrated", is_final=True)
        case InvalidToken():
            return DeliverLater(LONGEST_WAIT, "token not accepted")
        case Conflict():
            return DeliverLater(_backoff(attempts), "conflict")
        case BadRequest():
            is_final = any(known in error.message.lower() for known in NO_SUCH_CHAT)
            return Undeliverable(f"refused: {error.message}", is_final=is_final)
        case NotSent():
            return DeliverLater(_backoff(attempts), "Bot API out of reach")
        case PerhapsSent() | TimedOut():
            return DeliveryAmbiguous("the answer was lost")
        case NetworkError():
            return DeliverLater(_backoff(attempts), "Bot API fails")
        case _:
            return DeliveryAmbiguous("the answer was not understood")


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def _backoff(attempts: int) -> float:
    """Wait longer each time, and not all at once: 1 s doubled up to five minutes, with jitter (full jitter, AWS 2015)."""
    return random.uniform(0.5, 1.0) * min(2.0**attempts, LONGEST_WAIT)  # noqa: S311 (spreads load, protects nothing)
