"""Which buttons go under which message. What stands on them comes from the catalogues.

Each area draws its own; a message that its area does not name has none.
"""

from __future__ import annotations

from functools import cache, partial
from typing import assert_never

import msgspec

from bot.rules.county import County
from bot.rules.identity import Language
from bot.rules.message import (
    AdminMessage,
    CallerMessage,
    DraftMessage,
    GeneralMessage,
    MeasureMessage,
    MeetingMessage,
    Message,
    OfficialMessage,
    ProjectMessage,
    ResidentMessage,
    RightsMessage,
    SignMessage,
)
from handlers.callback import encode
from handlers.keyboards import admin, caller, draft, general, measure, meeting, official, project, resident, rights, sign
from handlers.keyboards.lettering import Lettering, Rows, fitted
from locales.wording import Wording

__all__ = ["Key", "Keyboard", "Keyboards"]


class Key(msgspec.Struct, frozen=True):
    """One button, as the Bot API's InlineKeyboardButton."""

    text: str
    callback_data: str


class Keyboard(msgspec.Struct, frozen=True):
    """Rows of buttons, as the Bot API's InlineKeyboardMarkup."""

    inline_keyboard: list[list[Key]]


class Keyboards:
    """Draws keyboards for a county."""

    def __init__(self, county: County, wording: Wording) -> None:
        self._lettering = cache(partial(Lettering, county, wording))

    def under(self, message: Message, language: Language) -> Keyboard | None:
        """Draw the buttons of a message, or none."""
        rows = _rows(message, self._lettering(language))
        if not rows:
            return None
        return Keyboard([[Key(text, encode(button)) for text, button in row] for row in fitted(rows)])


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
    if isinstance(message, RightsMessage):
        return rights.rows(message, say)
    if isinstance(message, CallerMessage):
        return caller.rows(message, say)
    if isinstance(message, ProjectMessage):
        return project.rows(message, say)
    if isinstance(message, MeetingMessage):
        return meeting.rows(message, say)
    if isinstance(message, SignMessage):
        return sign.rows(message, say)
    if isinstance(message, MeasureMessage):
        return measure.rows(message, say)
    assert_never(message)
