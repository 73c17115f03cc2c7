"""What looks like no report although it is words: news that was forwarded, a link alone.

Invariant: whoever is told so is told what to do instead, and nothing of an open draft changes.
"""

from __future__ import annotations

import re
from typing import Final

from telegram import Message as TelegramMessage
from telegram import MessageOriginChannel

from bot.rules.dialog import Dialog, Drafting, Idle
from bot.rules.message import Remark

LINK: Final = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)

FEWEST_LETTERS: Final = 4
"""Beside a link, that could say what it is about."""


def remark_on(message: TelegramMessage, text: str, dialog: Dialog) -> Remark | None:
    """Say why words are not taken; None where they are a report, or more of one."""
    if not isinstance(dialog, Idle | Drafting):
        return None
    if isinstance(message.forward_origin, MessageOriginChannel):
        return Remark.FORWARDED
    if message.text is None:
        return None
    if isinstance(dialog, Idle) and is_link_alone(text):
        return Remark.LINK_ALONE
    return None


def is_link_alone(text: str) -> bool:
    """Say whether a text is a link, or links, and hardly a word beside."""
    rest = LINK.sub("", text)
    return rest != text and sum(char.isalpha() for char in rest) < FEWEST_LETTERS
