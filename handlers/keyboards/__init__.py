"""Which buttons go under which message. What stands on them comes from the catalogues.

Each area draws its own; a message that its area does not name has none.
"""

from __future__ import annotations

from typing import assert_never

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rules.county import County
from bot.rules.identity import Language
from bot.rules.message import AdminMessage, DraftMessage, GeneralMessage, Message, OfficialMessage, ResidentMessage
from handlers.callback import encode
from handlers.keyboards import admin, draft, general, official, resident
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Wording

__all__ = ["Keyboards"]


class Keyboards:
    """Draws keyboards for a county."""

    def __init__(self, county: County, wording: Wording) -> None:
        self._county = county
        self._wording = wording

    def under(self, message: Message, language: Language) -> InlineKeyboardMarkup | None:
        """Draw the buttons of a message, or none."""
        rows = _rows(message, Lettering(self._county, self._wording, language))
        if not rows:
            return None
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton(text, callback_data=encode(button)) for text, button in row] for row in rows]
        )


def _rows(message: Message, say: Lettering) -> Rows:
    """Leave a message to its area."""
    if isinstance(message, GeneralMessage):
        return general.rows(message, say)
    if isinstance(message, DraftMessage):
        return draft.rows(message, say)
    if isinstance(message, ResidentMessage):
        return resident.rows(message, say)
    if isinstance(message, OfficialMessage):
        return official.rows(message, say)
    if isinstance(message, AdminMessage):
        return admin.rows(message, say)
    assert_never(message)
