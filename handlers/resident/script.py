"""In which language somebody writes, as far as the script tells: until they have chosen one."""

from __future__ import annotations

from typing import Final

from bot.rules.identity import Language

SCRIPTS: Final = ((range(0x0600, 0x0700), Language("ug")), (range(0x1800, 0x18B0), Language("sjo")))
"""Unicode blocks, and the language of this county that is written in them."""


def language_of(text: str, offered: tuple[Language, ...]) -> Language:
    """Guess the language of a text from its script; the county's first where the script says nothing."""
    for block, language in SCRIPTS:
        if language in offered and any(ord(character) in block for character in text):
            return language
    return offered[0]
