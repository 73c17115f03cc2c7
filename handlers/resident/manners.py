"""What looks like part of a report and is none: news that was forwarded, a link alone, somebody else's phone number.

Invariant: whoever is told so is told what to do instead, and nothing of an open draft changes.
"""

from __future__ import annotations

import re
from typing import Final

from telegram import Message as TelegramMessage
from telegram import MessageOriginChannel

from bot.rules.dialog import Adding, Dialog, Drafting, Idle
from bot.rules.message import Remark

LINK: Final = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)

FEWEST_LETTERS: Final = 4
"""Beside a link, that could say what it is about."""


def remark_on(message: TelegramMessage, text: str, dialog: Dialog) -> Remark | None:
    """Say why a message is not taken; None where it is a report, or more of one."""
    if is_of_another(message) and isinstance(dialog, Idle | Drafting | Adding):
        is_callers = isinstance(dialog, Drafting) and dialog.is_for_another
        return None if is_callers else Remark.NUMBER_OF_ANOTHER
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


def is_of_another(message: TelegramMessage) -> bool:
    """Say whether a message is the phone number of somebody with another account; of one without none it is not known.

    Source: Bot API, `Contact.user_id`. Whoever shares their own number has their own id in it.
    """
    contact, sender = message.contact, message.from_user
    if contact is None or contact.user_id is None or sender is None:
        return False
    return contact.user_id != sender.id
