"""Entries about the appraisal by those served; none of them is about a person, and none is written when somebody answers."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from bot.rules.entry.fact import Fact
from bot.rules.identity import UnitId


class SurveyBegun(Fact, frozen=True, kw_only=True):
    """People who had a case closed in a period are asked about the unit.

    Attributes:
        seed: 64 lowercase hex digits; with the cases closed in the period anyone can draw again.
        asked: how many people were.
    """

    KIND: ClassVar[str] = "survey_begun"
    VERSION: ClassVar[int] = 1
    period: str
    seed: str
    asked: int


class SurveyPledged(Fact, frozen=True, kw_only=True):
    """Whose people are asked about a period will be drawn with a seed that is kept secret until then.

    Attributes:
        pledge: SHA-256 of the seed's 32 bytes, 64 lowercase hex digits; `survey_begun` tells the seed.
    """

    KIND: ClassVar[str] = "survey_pledged"
    VERSION: ClassVar[int] = 1
    period: str
    pledge: str


class SurveyEnded(Fact, frozen=True, kw_only=True):
    """Nobody can answer any more; `answered` is how many did, of all units."""

    KIND: ClassVar[str] = "survey_ended"
    VERSION: ClassVar[int] = 1
    period: str
    answered: int


class SurveyCounted(Fact, frozen=True, kw_only=True):
    """How many said what to a question about a unit; written for units with enough answers, once the survey is over."""

    KIND: ClassVar[str] = "survey_counted"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    question: str
    good: int
    fair: int
    poor: int


SurveyFact: TypeAlias = SurveyPledged | SurveyBegun | SurveyEnded | SurveyCounted
