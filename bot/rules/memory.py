"""Sentences that were translated before: how a text is cut into them, which are the same, and what they make of a new text.

Invariant: nothing is offered but what a translator wrote for the very same sentence, and nothing is put in by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MOST: Final = 40
"""Sentences of one text that are looked for."""

_END: Final = re.compile(r"(?<=[.!?。！？؟…])\s*|\n+")
_SIGNS: Final = " .!?。！？؟…,，،;；؛:：\u200f\u200e"
"""What may stand around a sentence without making it another one; joiners and selectors of a script stay."""


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text behind the signs that end a sentence, and into lines."""
    return tuple(part.strip() for part in _END.split(text) if part.strip(_SIGNS))


def normalised(sentence: str) -> str:
    """Return what two writings of the same sentence have in common: case, spaces and the signs around it do not count."""
    return " ".join(sentence.casefold().split()).strip(_SIGNS)


def pairs(original: str, translation: str) -> Mapping[str, str]:
    """Return what is worth remembering of a translation, by normalised sentence.

    The whole always; the sentences one by one where both texts have as many, so that each belongs to one.
    """
    found = {normalised(original): translation.strip()}
    before, after = sentences(original), sentences(translation)
    if len(before) == len(after) > 1:
        found |= {normalised(sentence): made for sentence, made in zip(before, after, strict=True)}
    found.pop("", None)
    return found


def wanted(original: str) -> tuple[str, ...]:
    """Return what to look for, for a text: the whole first, then its sentences, each once."""
    parts = (original, *sentences(original))
    return tuple(dict.fromkeys(normal for part in parts if (normal := normalised(part))))[: MOST + 1]


def put_together(original: str, known: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """Return the sentences of a text that were translated before, in order, and the whole put together from them.

    Returns:
        Each sentence with its translation; and the whole, None where a sentence is new.
    """
    if (whole := known.get(normalised(original))) is not None:
        return ((original.strip(), whole),), whole
    parts = sentences(original)
    found = tuple((part, known[normalised(part)]) for part in parts if normalised(part) in known)
    return found, " ".join(made for _, made in found) if found and len(found) == len(parts) else None
