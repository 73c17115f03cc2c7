"""Languages that the service does not speak but some residents write: recognised, so that they are answered in them.

Invariant: whatever it is written in, a report is a report; a guest's language only adds a sentence to the card.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum
from typing import Final


class Guest(StrEnum):
    """A language by its code; Kazakh is written in two scripts."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    KAZAKH = "kk"
    KAZAKH_ARABIC = "kk_Arab"


FEWEST_LETTERS: Final = 12
"""Of a foreign script: a name or a place alone says nothing of the language."""

FEWEST_WORDS: Final = 3

READ: Final = 300
"""Characters that are looked at: enough to tell, whatever the length."""

_ONLY_KAZAKH: Final = frozenset("әғқңөұүһі")
_ENGLISH: Final = frozenset({"the", "and", "please", "there", "our", "with", "this", "that", "not", "of", "has", "are"})
"""Of these one stands in almost every sentence; without them it is Uyghur or Chinese in Latin letters."""

_HIGH_HAMZA: Final = re.compile("\u0674|(?:^|\\s)\u0621\\w")
"""What Kazakh in Arabic script begins words with, and Uyghur never does."""


def guest_language(text: str) -> Guest | None:
    """Recognise a guest's language by its letters; None for the service's own, and for what says too little."""
    if len(text.split()) < FEWEST_WORDS:
        return None
    letters = [char for char in text[:READ].casefold() if unicodedata.category(char).startswith("L")]
    scripts = Counter(unicodedata.name(char, "").partition(" ")[0] for char in letters)
    if not letters:
        return None
    script, count = scripts.most_common(1)[0]
    if count < FEWEST_LETTERS or 2 * count <= len(letters):
        return None
    match script:
        case "CYRILLIC":
            return Guest.KAZAKH if _ONLY_KAZAKH & set(letters) else Guest.RUSSIAN
        case "ARABIC":
            return Guest.KAZAKH_ARABIC if _HIGH_HAMZA.search(text) else None
        case "LATIN":
            return Guest.ENGLISH if _ENGLISH & set(text.casefold().split()) else None
        case _:
            return None
