"""The appraisal by those served: who of them is asked about a unit, drawn so that nobody can choose, and what it came to.

Invariant: nothing that is kept says who answered what. A token says that somebody of a unit's cases was asked; it is burnt
as an answer is added to the unit's counts, which hold neither a time nor an order, and no result is told before the survey
is over, or where fewer than five answered.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from bot.rules.entry import Entry, Restored, SurveyBegun, SurveyCounted, SurveyEnded, SurveyPledged
from bot.rules.identity import CaseNumber, PersonId, UnitId

FEWEST: Final = 5
"""With fewer answers a unit has no result."""

MOST_ASKED: Final = 30
"""Of one unit in one survey."""

SEED_BYTES: Final = 32
TOKEN_BYTES: Final = 12
"""16 characters of a button; nobody guesses one of 2^96."""

OPEN_FOR: Final = timedelta(days=14)
"""How long residents can answer."""


class Question(StrEnum):
    """What is asked, in this order; part of the ledger's format."""

    MANNER = "manner"
    SPEED = "speed"
    OPENNESS = "openness"
    RESULT = "result"


class Verdict(StrEnum):
    """What can be answered; the values are short, as they travel in buttons."""

    GOOD = "g"
    FAIR = "f"
    POOR = "p"


@dataclass(frozen=True, slots=True)
class Served:
    """A case that was closed in the period, and those behind it who can be written to."""

    case: CaseNumber
    unit: UnitId
    persons: tuple[PersonId, ...]


def pledge_of(seed: bytes) -> str:
    """Bind to a seed without telling it."""
    return sha256(seed).hexdigest()


def pledges(entries: Iterable[Entry]) -> Mapping[str, tuple[str, datetime]]:
    """Return by period what binds to the seed of its survey, and since when; the first pledge of a period counts.

    A seed that a backup held may have been told since: after a restore nothing binds that was pledged before it.

    Args:
        entries: about surveys and restores, oldest first.
    """
    found: dict[str, tuple[str, datetime]] = {}
    for entry in entries:
        match entry.fact:
            case SurveyPledged(period=period, pledge=pledge):
                found.setdefault(period, (pledge, entry.at))
            case Restored():
                found.clear()
            case _:
                pass
    return found


def drawn(seed: bytes, served: Collection[Served]) -> tuple[Served, ...]:
    """Draw the cases whose people are asked: at most so many of each unit, in the order of HMAC-SHA-256 of their numbers.

    Whoever has the seed, which is told in the ledger, and the ledger itself can draw again.
    """
    ordered = sorted(served, key=lambda each: hmac.digest(seed, each.case.encode(), "sha256"))
    of_unit: dict[UnitId, int] = {}
    found = []
    for each in ordered:
        if of_unit.get(each.unit, 0) < MOST_ASKED:
            of_unit[each.unit] = of_unit.get(each.unit, 0) + 1
            found.append(each)
    return tuple(found)


def asked_of(cases: Iterable[Served], beside: Collection[PersonId]) -> tuple[tuple[PersonId, UnitId], ...]:
    """Return whom to ask about which unit: each person once in a survey, nobody who works here."""
    found: dict[PersonId, UnitId] = {}
    for case in cases:
        for person in case.persons:
            if person not in beside:
                found.setdefault(person, case.unit)
    return tuple(found.items())


def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """Read the answers that a button carries.

    Raises:
        ValueError: it is not one of them, or too many.
    """
    if len(text) > len(Question):
        raise ValueError("more answers than questions")
    return tuple(Verdict(char) for char in text)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many said what to one question about one unit."""

    good: int
    fair: int
    poor: int

    @property
    def answers(self) -> int:
        """Return how many there are."""
        return self.good + self.fair + self.poor


Counts = Mapping[UnitId, Mapping[Question, Counted]]


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey of a period, folded from its entries.

    Attributes:
        asked: how many people were.
        answered: how many did, of all units; None until it is over.
        results: of the units with enough answers.
    """

    period: str
    asked: int
    answered: int | None
    results: Counts


def appraisals(known: Iterable[Survey], period: str) -> Mapping[UnitId, tuple[int, int]]:
    """Return how many answers about each unit were good, and how many there were, in the survey of a period."""
    found = next((each for each in known if each.period == period), None)
    if found is None:
        return {}
    return {
        unit: (sum(each.good for each in by.values()), sum(each.answers for each in by.values()))
        for unit, by in found.results.items()
    }


def surveys(entries: Iterable[Entry]) -> Sequence[Survey]:
    """Fold entries about surveys, oldest first; the newest survey is the last."""
    asked: dict[str, int] = {}
    answered: dict[str, int] = {}
    results: dict[str, dict[UnitId, dict[Question, Counted]]] = {}
    for entry in entries:
        match entry.fact:
            case SurveyBegun(period=period, asked=count):
                asked[period] = count
            case SurveyEnded(period=period, answered=count):
                answered[period] = count
            case SurveyCounted(period=period, unit=unit, question=question, good=good, fair=fair, poor=poor):
                of_unit = results.setdefault(period, {}).setdefault(unit, {})
                of_unit[Question(question)] = Counted(good, fair, poor)
            case _:
                pass
    return tuple(Survey(period, count, answered.get(period), results.get(period, {})) for period, count in asked.items())
