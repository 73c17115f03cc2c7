"""What phrases are made of: Chinese parts a few signs apart, other ones a few words apart, each of them one of several.

Invariant: a part that may be one of many words is found as fast as one that is a single word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from bot.rules.spelling import COMES, COW, HOW_MANY, Letters, is_ending

WORD: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+")
OR: Final = "|"
"""Stands between words of which any may be that part of a phrase."""
APART: Final = "…"
_FEW_SIGNS: Final = 6
"""How many signs of the same clause may stand for the dots between the parts of a Chinese phrase."""
_SHORT: Final = 3
"""A stem of so few letters is followed by endings only; a longer one is known by its beginning."""


class Phrase(NamedTuple):
    """Parts of Chinese that stand a little apart, each with the words of which any may be it.

    Attributes:
        begins: what the first may be.
        parts: what finds each of the others, the shortest word first.
        widest: how far from the one before the longest of them may end.
    """

    begins: tuple[str, ...]
    parts: tuple[re.Pattern[str], ...]
    widest: int

    @classmethod
    def of(cls, phrase: str) -> Phrase:
        """Read words between bars, with dots between the parts."""
        first, *others = phrase.split(APART)
        widest = _FEW_SIGNS + max((len(word) for each in others for word in each.split(OR)), default=0)
        return cls(tuple(first.split(OR)), tuple(map(_any_of, others)), widest)

    def beginning_with(self, begin: str) -> Phrase:
        """Leave out what begins otherwise."""
        return self._replace(begins=tuple(word for word in self.begins if word.startswith(begin)))

    def end(self, plain: str, at: int, clause_end: int) -> int | None:
        """Return where it ends if its first part stands at `at`, each of the others within reach of the one before."""
        for begin in self.begins:
            if plain.startswith(begin, at):
                break
        else:
            return None
        at += len(begin)
        for part in self.parts:
            found = part.search(plain, at, at + self.widest)
            if found is None or found.start() > at + _FEW_SIGNS or found.start() >= clause_end:
                return None
            at = found.end()
        return at


@cache
def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words.split(OR), key=len))))


class Choice(NamedTuple):
    """Words of which any may be one part of a phrase that is not Chinese, as they are listed and as they are compared."""

    listed: tuple[str, ...]
    letters: tuple[Letters, ...]
    short: tuple[str, ...]
    long: tuple[str, ...]

    @classmethod
    def of(cls, *listed: str) -> Choice:
        """Make the words ready to be compared: short ones as they are spelt, long ones as they sound."""
        letters = tuple(Letters.of(each.casefold()) for each in listed)
        short = tuple(each.spelt for each in letters if len(each.spelt) <= _SHORT)
        return cls(listed, letters, short, tuple(each.sounded for each in letters if len(each.spelt) > _SHORT))

    def begins(self, word: Letters) -> bool:
        """Say whether a word begins with any of them."""
        if word.sounded.startswith(self.long):
            return not word.spelt.startswith(COMES) or any(
                word.sounded.startswith(each) for each in self.long if each != COW
            )
        spelt = word.spelt
        if not spelt.startswith(self.short) or spelt.startswith(HOW_MANY):
            return False
        return any(spelt.startswith(each) and is_ending(spelt, len(each)) for each in self.short)

    def said(self, word: Letters) -> str:
        """Return which of them a word begins with."""
        return next(text for text in self.listed if Choice.of(text).begins(word))


def words_of(text: str) -> Iterator[tuple[Letters, int]]:
    """Yield the words of a text that are not Chinese, each with the place of its first letter."""
    for found in WORD.finditer(text):
        letters = Letters.of(found[0])
        if letters.spelt:
            yield letters, found.start()
