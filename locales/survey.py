"""The appraisal by those served: the questions as residents read them, and the results as supervisors and admins do.

Invariant: every question has one sentence here, and results are counts as they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.message import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.survey import FEWEST, Question
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.markup import Block
from locales.speech import Speech

ASKED: Final[Mapping[Question, Phrase]] = {
    # tr: A question to a resident about a unit that handled their case.
    Question.MANNER: Phrase("survey", "How were you treated?"),
    # tr: A question to a resident about a unit that handled their case.
    Question.SPEED: Phrase("survey", "How fast was it handled?"),
    # tr: A question to a resident about a unit that handled their case.
    Question.OPENNESS: Phrase("survey", "How well were you kept informed?"),
    # tr: A question to a resident about a unit that handled their case.
    Question.RESULT: Phrase("survey", "How good was the result?"),
}

NAMED: Final[Mapping[Question, Phrase]] = {
    # tr: What a question of the survey is about, in the list of results.
    Question.MANNER: Phrase("survey", "respect"),
    # tr: What a question of the survey is about, in the list of results.
    Question.SPEED: Phrase("survey", "speed"),
    # tr: What a question of the survey is about, in the list of results.
    Question.OPENNESS: Phrase("survey", "openness"),
    # tr: What a question of the survey is about, in the list of results.
    Question.RESULT: Phrase("survey", "result"),
}


def question(speech: Speech, message: SurveyQuestion) -> list[Block]:
    """Ask the next question; before the first, say what becomes of the answers."""
    place = len(message.answers)
    # tr: Heading of a short survey that a resident is asked to answer about a unit.
    blocks: list[Block] = [speech.heading("What do you think of {unit}?", unit=speech.unit(message.unit))]
    if not place:
        # tr: Above the first question of the survey.
        blocks.append(speech.line("A matter of yours was handled there. You were drawn by lot; answering is up to you."))
        # tr: Above the first question of the survey.
        blocks.append(speech.line("Your answers are only counted. Nobody can find out who answered what, nor can we."))
    asked = list(Question)[min(place, len(Question) - 1)]
    # tr: Which question of how many, in a survey.
    count = speech.line("{n} of {of}", n=speech.number(place + 1), of=speech.number(len(Question)))
    return [*blocks, BLANK, count, speech.paragraph(ASKED[asked])]


def thanks(speech: Speech, message: SurveyThanks) -> list[Block]:
    """Thank whoever answered, or would rather not."""
    if message.has_answered:
        # tr: A resident has answered all questions of a survey.
        return [speech.line("Thank you. Your answers are counted; nothing says that they are yours.")]
    # tr: A resident would rather not answer a survey.
    return [speech.line("That is all right. You will not be asked about this again.")]


def page(speech: Speech, message: SurveyPage) -> list[Block]:
    """Show a survey, or that there was none, and why none can be begun now where that is so."""
    if message.unpledged is None:
        return _page(speech, message)
    # tr: Under the page of surveys; {period} is a month such as 2026-10. A draw is pledged (承诺) while its month runs.
    why = speech.line(
        "No survey about {period} can be begun: its draw was not pledged while the month ran, so nobody could check it.",
        period=message.unpledged,
    )
    return [*_page(speech, message), BLANK, why]


def _page(speech: Speech, message: SurveyPage) -> list[Block]:
    # tr: Heading: what residents whose cases were handled say of the units. 民主评议
    heading = speech.heading("Appraisal by those served")
    if message.asked is None:
        # tr: In place of a survey.
        return [heading, speech.line("Nobody has been asked yet.")]
    count = speech.number(message.asked)
    # tr: A survey: of which period, such as 2026-10, and how many people were asked.
    blocks: list[Block] = [heading, speech.line("{period}, asked: {count}", period=message.period, count=count)]
    if message.answered is None:
        # tr: A survey that residents can still answer.
        return [*blocks, speech.line("Residents are answering. Results are shown once it is over.")]
    # tr: How many residents answered a survey.
    blocks.append(speech.line("Answered: {count}", count=speech.number(message.answered)))
    for line in message.lines:
        # tr: A unit in the results of a survey.
        blocks += [BLANK, speech.line("{unit}", unit=speech.unit(line.unit))]
        for question_, (good, fair, poor) in zip(Question, line.counts, strict=False):
            values = {"good": speech.number(good), "fair": speech.number(fair), "poor": speech.number(poor)}
            name = speech.text(NAMED[question_])
            # tr: What residents said to one question about a unit: how many found it good, fair and poor.
            blocks.append(speech.line("{name}: good {good}, fair {fair}, poor {poor}", name=name, **values))
    # tr: Under the results of a survey; {fewest} is a number.
    few = speech.line("Units with fewer than {fewest} answers have no result.", fewest=speech.number(FEWEST))
    return [*blocks, BLANK, few]
