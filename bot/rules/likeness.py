"""Whether two reports are about the same thing: said in nearly the same words, of no place that sets them apart.

It decides only what is offered to whoever writes; they decide whether it is the same. Invariant: two reports that name
different numbers or directions of the compass (三村 and 五村, 东街 and 西街) are never alike, however near the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from bot.rules.identity import CaseNumber
from bot.rules.spelling import Letters

ALIKE: Final = 70
"""Of 100, from which on the whole texts are alike: 村口的路灯坏了 and 村口路灯不亮了 are 73, 学校门口的路灯坏了 is 67."""

CONTAINED: Final = 90
"""Of 100, from which on one text counts as a part of the other, which only says more."""

SAME: Final = 100
"""As alike as can be."""

COMPARED: Final = 400
"""Signs of a report that are compared: what it is about stands at its beginning."""

ENOUGH: Final = 12
"""How much must be said for two reports to be alike at all: four Chinese signs, or two words of Uyghur."""
ENOUGH_FOR_PART: Final = 20
"""How much the shorter one must say to count as a part of the longer one."""
_SIGN: Final = 3
"""How much a Chinese sign says, beside a letter."""

_IDLE: Final = re.compile("[的了是在啊吧呢吗请都也很就]|我们|你们|您好|你好")
"""Chinese that says nothing about the matter."""
_SAID: Final = re.compile(r"\w+")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_TENS: Final = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_ONE: Final = re.compile("[一二三四五六七八九](?=[号村队组栋幢楼巷街路连区])")
_NUMBER: Final = re.compile(r"\d+")
_DIGITS: Final = {sign: str(value) for value, sign in enumerate("一二三四五六七八九", start=1)}
_COMPASS: Final = {
    **{sign: sign for sign in "东西南北"},
    "شەرق": "东",
    "غەرب": "西",
    "جەنۇب": "南",
    "شىمال": "北",
}


class Report(NamedTuple):
    """A report as it is compared.

    Attributes:
        letters: its words made even, with a space between.
        numbers, sides: what it names of numbers and of directions.
        says: how much it says.
    """

    letters: str
    numbers: frozenset[str]
    sides: frozenset[str]
    says: int

    @classmethod
    def of(cls, words: str) -> Report:
        """Make a report even."""
        text = _counted(words[:COMPARED].casefold())
        said = [Letters.of(word).sounded for word in _SAID.findall(_IDLE.sub("", text))]
        letters = " ".join(said)
        chinese = len(_CHINESE.findall(letters))
        return cls(
            letters=letters,
            numbers=frozenset(_NUMBER.findall(text)),
            sides=frozenset(side for name, side in _COMPASS.items() if name in text),
            says=chinese * _SIGN + sum(map(len, said)) - chinese,
        )


def are_alike(one: Report, other: Report) -> bool:
    """Say whether two reports seem to be about the same thing."""
    return likeness(one, other) >= ALIKE


def say_the_same(one: Report, other: Report) -> bool:
    """Say whether two reports say the very same, but for spaces, signs and idle words."""
    return bool(one.letters) and one.letters == other.letters


def likeness(one: Report, other: Report) -> float:
    """Say how alike two reports are, from 0 to 100; 0 where they are apart by what they name, or say too little."""
    shorter = min(one.says, other.says)
    if shorter < ENOUGH or _apart(one.numbers, other.numbers) or _apart(one.sides, other.sides):
        return 0
    whole = max(fuzz.ratio(one.letters, other.letters), fuzz.token_sort_ratio(one.letters, other.letters))
    if whole < ALIKE and shorter >= ENOUGH_FOR_PART:
        part = fuzz.partial_ratio(one.letters, other.letters)
        return part if part >= CONTAINED else whole
    return whole


class Nearest:
    """Of cases that are shown page by page, the one whose words are most alike: of equals the first."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._likeness = 0.0
        self._number: CaseNumber | None = None

    @cached_property
    def _own(self) -> Report:
        """Make the words even once there is something to compare them with: mostly there is nothing."""
        return Report.of(self._words)

    @property
    def number(self) -> CaseNumber | None:
        """Return the case; None when none is alike."""
        return self._number if self._likeness >= ALIKE else None

    def is_same_in(self, others: Iterable[tuple[CaseNumber, Report]]) -> bool:
        """Compare with more cases; say whether one of them is as alike as can be, so that no other needs to be looked at."""
        for number, report in others:
            alike = likeness(self._own, report)
            if alike > self._likeness:
                self._likeness, self._number = alike, number
                if alike >= SAME:
                    return True
        return False


def _apart(named: frozenset[str], beside: frozenset[str]) -> bool:
    return bool(named) and bool(beside) and not named & beside


def _counted(text: str) -> str:
    """Write Chinese numbers up to 99, where something is numbered by them, in digits."""
    text = _TENS.sub(lambda tens: f"{_DIGITS.get(tens[1], '1')}{_DIGITS.get(tens[2], '0')}", text)
    return _ONE.sub(lambda sign: _DIGITS[sign[0]], text)
