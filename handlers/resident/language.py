"""Which language to speak: chosen by button, and until then guessed from the script of what was written."""

from __future__ import annotations

from typing import Final

from bot.rules.effect import Effects, Send
from bot.rules.identity import Language
from bot.rules.message import ChooseLanguage, Welcome
from handlers.context import Context

SCRIPTS: Final = ((range(0x0600, 0x0700), Language("ug")), (range(0x1800, 0x18B0), Language("sjo")))
"""Unicode blocks, and the language of this county that is written in them."""


async def ask_language(context: Context) -> Effects:
    """Offer the languages."""
    return Effects(sends=(Send(context.sender.person, ChooseLanguage()),))


async def choose_language(context: Context, language: Language, pressed: int | None) -> Effects:
    """Speak this language from now on; the conversation goes on where it was."""
    if language not in context.desk.county.languages:
        return Effects()
    return Effects(language=language, sends=(Send(context.sender.person, Welcome(), replaces=pressed),))


def language_of(text: str, offered: tuple[Language, ...]) -> Language:
    """Guess the language of a text from its script; the county's first where the script says nothing."""
    for block, language in SCRIPTS:
        if language in offered and any(ord(character) in block for character in text):
            return language
    return offered[0]
