"""Which sentences the program says: read from the source of this room by Babel's extractor, with what translators are told.

Invariant: a sentence reaches the catalogues only by standing, as a literal, in one of the calls of KEYWORDS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from io import BytesIO
from typing import Final, TypeAlias

from babel.messages.extract import extract

from locales.pofile import Key

_Spec: TypeAlias = tuple[int | tuple[int, str], ...]

KEYWORDS: Final[Mapping[str, _Spec | None]] = {
    "line": None,
    "heading": None,
    "counted": (1, 2),
    "Phrase": ((1, "c"), 2),
}
"""Calls with a sentence in them: which argument is the sentence, its plural, its context (Babel's notation)."""

COMMENT_TAG: Final = "tr:"
"""Begins a comment that goes to the translators."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the program; `explanation` gathers what stands above each of its places."""

    key: Key
    plural: str | None
    explanation: str


def sentences() -> tuple[Sentence, ...]:
    """Return every sentence once, in the order of the modules' names and of their lines."""
    found: dict[Key, Sentence] = {}
    for sentence in _all():
        known = found.setdefault(sentence.key, sentence)
        if sentence.explanation not in known.explanation.split("\n"):
            both = f"{known.explanation}\n{sentence.explanation}".strip()
            found[sentence.key] = replace(known, explanation=both)
    return tuple(found.values())


def _all() -> Iterator[Sentence]:
    modules = sorted(
        (place for place in files("locales").iterdir() if place.name.endswith(".py")), key=lambda place: place.name
    )
    for module in modules:
        source = BytesIO(module.read_bytes())
        for _, message, comments, context in extract("python", source, KEYWORDS, (COMMENT_TAG,), strip_comment_tags=True):
            texts = (message,) if isinstance(message, str) else tuple(message)
            plural = texts[1] if len(texts) > 1 else None
            yield Sentence((context or "", texts[0]), plural, " ".join(comments))
