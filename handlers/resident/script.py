"""Which language to speak with somebody who has chosen none: that of the script in which they wrote."""

from __future__ import annotations

from bot.rules.identity import Language
from bot.rules.translation import SCRIPTS


def language_of(text: str, offered: tuple[Language, ...]) -> Language:
    """Guess the language of a text from its script; the county's first where the script says nothing."""
    written = (language for language, signs in SCRIPTS if language in offered and signs.search(text))
    return next(written, offered[0])
