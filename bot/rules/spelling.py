"""Letters made even, so that words can be compared: spellings of Uyghur, endings, names of places.

Invariant: nothing here is ever read by a person; it serves comparing alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

_SPELLINGS: Final = str.maketrans({"ئ": None, "ه": "ە", "ې": "ى", "\u06cc": "ى", "\u06a9": "ك"})
"""Ways of writing the same Uyghur letter; the hamza's seat is often left out."""
_SOUNDS: Final = str.maketrans("ەىيۇۆۈغگ", "اااووو" + "قك")
"""Vowels that weaken before an ending (مەكتەپ, مەكتىپى), vowels that are mistyped for each other, final consonants."""
_ENDINGS: Final = re.compile(
    "(?:لار|لەر|لىر|ىم|ۇم|ۈم|م|ىڭ|ۇڭ|ۈڭ|ڭ|سى|ى|ۇ|ۈ|مىز|ڭىز|ڭلار|نىڭ|نى|غا|گە|قا|كە|دا|دە|تا|تە|دىن|تىن|كى|غىچە|گىچە|قىچە|كىچە"
    "|مۇ|لىق|لىك|لۇق|لۈك|سىز|چى|دەك|تەك|دۇر|راق|رەك|لا|لە|پ|ىپ|ۇپ|ۈپ|دى|تى|دۇ)*"
    "(?:[ىۇۈ]?ۋ(?:ال|ات|اپ|ەت|ېت|ېل)\\w*)?"  # of a verb: has done it, is doing it
)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]+")
_LATIN: Final = re.compile("[a-zëéöü'\u2019]+")
_DIGRAPHS: Final = (("zh", "ژ"), ("ch", "چ"), ("sh", "ش"), ("gh", "غ"), ("ng", "ڭ"))
_LETTERS: Final = str.maketrans("abdefghijklmnopqrstuvwxyzcëéöü", "ابدەفگھىجكلمنوپقرستۇۋۋخيزكېېۆۈ", "'\u2019")
"""Uyghur as it is typed on a phone without an Uyghur keyboard."""


_OF_PLACES: Final = re.compile("(?:回族|哈萨克族|锡伯族|蒙古族|满族)?[镇乡]$")


class Letters(NamedTuple):
    """A word as it is compared: `spelt` with spellings made even, `sounded` with what endings change made even too."""

    spelt: str
    sounded: str

    @classmethod
    def of(cls, word: str) -> Letters:
        """Make a word's letters even; those of Uyghur in Latin letters become Uyghur ones, and Chinese signs stay."""
        if _CHINESE.fullmatch(word):
            return cls(word, word)
        if _LATIN.fullmatch(word):
            for latin, letter in _DIGRAPHS:
                word = word.replace(latin, letter)
            word = word.translate(_LETTERS)
        spelt = word.translate(_SPELLINGS)
        return cls(spelt, spelt.translate(_SOUNDS))


HOW_MANY: Final = Letters.of("قانچ").spelt
"""What asks how much, how many or when (قانچە, قانچىدە) looks like a short stem (قان, blood) with an ending, and is none."""

COMES, COW = Letters.of("كېل").spelt, Letters.of("كالا").sounded
"""Who comes (كېلىدۇ, كېلىڭلار) sounds like a cow with an ending, and is none."""


def is_ending(word: str, start: int) -> bool:
    """Say whether a word is nothing but Uyghur endings from a letter on."""
    return _ENDINGS.fullmatch(word, start) is not None


@cache
def short_place(name: str) -> str:
    """Return the Chinese name of a township without what says that it is one; a county has but a few."""
    return _OF_PLACES.sub("", name)
