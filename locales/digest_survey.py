"""The appraisal by those served (民主评议) in a digest's message: how many answered, and how many said "good" of each unit.

Invariant: of too few answers there is nothing in the digest, so that nothing of them can be told.
"""

from __future__ import annotations

from typing import Final

from bot.rules.figure import Digest, UnitFigures
from bot.rules.survey import Question
from locales.digest_lines import NOTHING, named
from locales.figures import rate_in_words, rate_of
from locales.markup import Block
from locales.speech import Speech
from locales.survey import NAMED

UNITS: Final = 14
"""How many units are named, so that the message still fits a screen."""


def survey_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Tell of the newest appraisal; of one unit question by question."""
    survey = digest.survey
    if survey is None:
        return []
    blocks: list[Block] = [
        # tr: In the digest: the newest appraisal (民主评议), about cases of the month {period}; {answered} is a rate.
        speech.line(
            "About cases of {period}: {answered} answered",
            period=survey.period,
            answered=rate_in_words(speech, survey.answered),
        )
    ]
    if not survey.units:
        # tr: In the digest: the appraisal (民主评议) had too few answers about every unit.
        return [*blocks, speech.line("Too few answered about any unit for a result to be shown.")]
    good = digest.figures.get("appraised_good", NOTHING)
    if good.of:
        # tr: In the digest: of all answers in the appraisal (民主评议), those that said "good"; {value} is a rate.
        blocks.append(speech.line("“Good”: {value}", value=rate_in_words(speech, good)))
    if digest.unit is not None:
        return [*blocks, *(_question(speech, survey.units[0], question) for question in Question)]
    of_units = {unit.unit: unit.figures.get("appraised_good", NOTHING) for unit in digest.units}
    shown = sorted(survey.units, key=lambda unit: (rate_of(of_units.get(unit.unit)) or 0, unit.unit))
    blocks += [
        named(speech, speech.unit(unit.unit), rate_in_words(speech, of_units[unit.unit]))
        for unit in shown[:UNITS]
        if unit.unit in of_units
    ]
    if len(shown) > UNITS:
        # tr: Under the units that the appraisal names; the others stand in the table that can be had as a file.
        blocks.append(speech.line("{more} more units stand in the table.", more=speech.number(len(shown) - UNITS)))
    return blocks


def _question(speech: Speech, unit: UnitFigures, question: Question) -> Block:
    value = rate_in_words(speech, unit.figures[question])
    return named(speech, speech.text(NAMED[question]), value)
