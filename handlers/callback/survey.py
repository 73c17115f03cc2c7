"""Buttons of the appraisal by those served."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class AnswerSurvey(msgspec.Struct, frozen=True, array_like=True, tag="sv"):
    """Answer the next question; `answers` are all so far, a character each, or `x` for rather not."""

    token: str
    answers: str


class BeginSurvey(msgspec.Struct, frozen=True, array_like=True, tag="sy"):
    """Ask the people whose cases were closed in a period."""

    period: str


SurveyButton: TypeAlias = AnswerSurvey | BeginSurvey
