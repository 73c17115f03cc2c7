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


SurveyFact: TypeAlias = SurveyBegun | SurveyEnded | SurveyCounted
