"""The colours in which a county paints its warnings (三色督办单): as a name, and as a round sign.

Invariant: what is told by a colour is told in words as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.warning import Grade
from locales.catalogue import Phrase
from locales.speech import Speech

MARKS: Final = {
    "red": "🔴",
    "orange": "🟠",
    "yellow": "🟡",
    "green": "🟢",
    "blue": "🔵",
    "purple": "🟣",
    "brown": "🟤",
    "black": "⚫",
    "white": "⚪",
}


def colour(speech: Speech, grade: Grade) -> str:
    """Return the colour in which the county paints a grade."""
    colours = speech.county.warning
    return {Grade.NEAR: colours.near, Grade.BEHIND: colours.behind, Grade.OVERDUE: colours.overdue}[grade]


def mark(speech: Speech, grade: Grade) -> str:
    """Return the round sign of a grade."""
    return MARKS[colour(speech, grade)]


def colour_name(speech: Speech, grade: Grade) -> str:
    """Name the colour of a grade."""
    return speech.text(COLOURS[colour(speech, grade)])


COLOURS: Final[Mapping[str, Phrase]] = {
    # tr: A colour of warnings.
    "red": Phrase("colour", "red"),
    # tr: A colour of warnings.
    "orange": Phrase("colour", "orange"),
    # tr: A colour of warnings.
    "yellow": Phrase("colour", "yellow"),
    # tr: A colour of warnings.
    "green": Phrase("colour", "green"),
    # tr: A colour of warnings.
    "blue": Phrase("colour", "blue"),
    # tr: A colour of warnings.
    "purple": Phrase("colour", "purple"),
    # tr: A colour of warnings.
    "brown": Phrase("colour", "brown"),
    # tr: A colour of warnings.
    "black": Phrase("colour", "black"),
    # tr: A colour of warnings.
    "white": Phrase("colour", "white"),
}
