"""A first guess at what a message is about, by the county file's own words. A proposal only: a tap changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.rules.county import County, Kind, Urgency
from bot.rules.identity import CategoryId, TownshipId

QUESTION_MARKS: Final = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{ARABIC QUESTION MARK}")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a message seems to be.

    Attributes:
        because: the words that decided the category.
    """

    category: CategoryId
    kind: Kind
    urgency: Urgency
    township: TownshipId | None
    because: tuple[str, ...]


def guess(county: County, text: str) -> Guess:
    """Guess category, kind, urgency and township.

    The category with the most letters of its words in the text wins, the first in the county file of equals; with no word
    found it is the last one, which a county file keeps for what fits nowhere else. A township is found by its name.
    """
    lowered = text.casefold()
    best, weight = list(county.categories)[-1], 0
    because: tuple[str, ...] = ()
    for category in county.categories.values():
        found = tuple(word for words in category.words.values() for word in words if word.casefold() in lowered)
        if sum(map(len, found)) > weight:
            best, because, weight = category.id, found, sum(map(len, found))
    is_question = text.rstrip().endswith(QUESTION_MARKS)
    return Guess(
        category=best,
        kind=Kind.ENQUIRY if is_question else Kind.COMPLAINT,
        urgency=Urgency.NORMAL,
        township=_township(county, text),
        because=because,
    )


def _township(county: County, text: str) -> TownshipId | None:
    for township in county.townships.values():
        if any(name in text for name in (township.name.zh, *township.name.others.values())):
            return township.id
    return None
