"""A first guess at what a message is about, how it is meant and how urgent it is: by words, each with a weight.

A proposal only: the card shows it and a tap changes it. docs/guess.md tells how well it does. Invariant: what speaks for a
guess is said with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.rules.county import County, Kind, Urgency
from bot.rules.identity import CategoryId, TownshipId
from bot.rules.spelling import short_place
from bot.rules.vocabulary import Found, Meaning, Text

QUESTION_MARKS: Final = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{ARABIC QUESTION MARK}")

OFFERED: Final = 3
"""How many categories a guess names."""
NOTHING_SAID: Final = 1.2
"""What speaks from the start for the last category: more than one hint must speak for another to take its place."""
PLAINLY_COMPLAINT: Final = 2.0
"""What speaks from the start for a complaint, the most frequent kind."""
ENDS_AS_QUESTION: Final = 2.5
CALLS_FOR_HELP: Final = 3.0
"""Whoever tells of an emergency asks for help."""
URGENT: Final = 2.0
"""What must speak for an urgency: one name of it, or two hints."""
_SHORTEST_PLACE: Final = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What a message seems to be.

    Attributes:
        categories: the likeliest first; as many as are offered, fewer in a county that has fewer.
        because: the words that speak for the first category, then for the kind, then for the urgency.
    """

    categories: tuple[CategoryId, ...]
    kind: Kind
    urgency: Urgency
    township: TownshipId | None
    because: tuple[str, ...]

    @property
    def category(self) -> CategoryId:
        """Return the likeliest category."""
        return self.categories[0]


def guess(county: County, text: str) -> Guess:
    """Guess categories, kind, urgency and township; of equals the first in the county file wins."""
    ready = Text.of(text)
    about = county.vocabularies.category.find(ready)
    meant = county.vocabularies.kind.find(ready)
    pressing = county.vocabularies.urgency.find(ready)
    categories = _categories(county, about)
    is_emergency = _sum(pressing)[Urgency.EMERGENCY] >= URGENT
    kind = _kind(meant, is_question=text.rstrip().endswith(QUESTION_MARKS), is_emergency=is_emergency)
    urgency = Urgency.EMERGENCY if is_emergency else _of_services(kind, pressing)
    because = (*_speaking(about, categories[0]), *_speaking(meant, kind), *_speaking(pressing, urgency))
    return Guess(
        categories=categories,
        kind=kind,
        urgency=urgency,
        township=_township(county, text),
        because=tuple(dict.fromkeys(because)),
    )


class _Sums(dict[Meaning, float]):
    """What speaks for each meaning; nothing for one that no word stands for."""

    def __missing__(self, meaning: Meaning) -> float:
        return 0.0


def _sum(found: Iterable[Found], start: Mapping[Meaning, float] | None = None) -> _Sums:
    sums = _Sums(start or {})
    for each in found:
        for meaning, weight in each.meanings:
            sums[meaning] += weight
    return sums


def _categories(county: County, found: Iterable[Found]) -> tuple[CategoryId, ...]:
    last = list(county.categories)[-1]
    sums = _sum(found, {last: NOTHING_SAID})
    return tuple(sorted(county.categories, key=lambda category: -sums[category]))[:OFFERED]


def _kind(found: Iterable[Found], *, is_question: bool, is_emergency: bool) -> Kind:
    start: dict[Meaning, float] = {Kind.REQUEST: CALLS_FOR_HELP} if is_emergency else {Kind.COMPLAINT: PLAINLY_COMPLAINT}
    if is_question:
        start[Kind.ENQUIRY] = ENDS_AS_QUESTION
    sums = _sum(found, start)
    return max(Kind, key=lambda kind: sums[kind])


def _of_services(kind: Kind, found: Iterable[Found]) -> Urgency:
    """Return whether water, heat, power or gas is missing now; who asks, thanks or proposes does not say so."""
    is_missing = _sum(found)[Urgency.UTILITY] >= URGENT and kind in {Kind.COMPLAINT, Kind.REQUEST}
    return Urgency.UTILITY if is_missing else Urgency.NORMAL


def _speaking(found: Iterable[Found], meaning: Meaning) -> tuple[str, ...]:
    return tuple(each.word for each in found if any(one == meaning for one, _ in each.meanings))


def _township(county: County, text: str) -> TownshipId | None:
    for township in county.townships.values():
        for name in (township.name.zh, *township.name.others.values()):
            if name in text:
                return township.id
    for township in county.townships.values():
        short = short_place(township.name.zh)
        if len(short) >= _SHORTEST_PLACE and short in text:
            return township.id
    return None
