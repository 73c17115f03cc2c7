"""How a resident is asked whether it is solved, and what comes of the answer, or of none.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from bot.rules.message import (
    CaseClosedUnrated,
    CaseReopened,
    PartlyQuestion,
    RatingQuestion,
    RatingThanks,
    ScoreQuestion,
)
from locales.facts import BLANK, due
from locales.markup import Block, Quote, code
from locales.speech import Speech
from locales.translating import follows


def rating_question(speech: Speech, message: RatingQuestion) -> list[Block]:
    """Ask whether it is solved, under what the unit says it did."""
    # tr: Heading of the question "is it solved?".
    first = speech.heading("Is it solved?")
    # tr: Heading of the question "is it solved?", when it is asked again.
    again = speech.heading("Once more: is it solved?")
    return [
        again if message.is_repeated else first,
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Above the words with which a unit tells what it did.
        speech.line("{unit} says that it is done:", unit=speech.unit(message.unit)),
        *(Quote(text) for language, text in message.translations if language == speech.language),
        Quote(message.answer),
        *follows(speech, message.following),
        # tr: Why the resident's answer matters; the unit's word alone does not count as solved.
        speech.line("Only you can say if it is really solved. If you say no, it goes on."),
    ]


def score_question(speech: Speech, message: ScoreQuestion) -> list[Block]:
    """Ask how satisfied the resident is."""
    return [
        # tr: Heading of the question for satisfaction, 1 to 5.
        speech.heading("How satisfied are you with how it was handled?"),
        # tr: Repeats the resident's answer to "is it solved?"; {answer} is such as "Not solved".
        speech.line("{case}, your answer: {answer}", case=code(message.case), answer=speech.solved(message.solved)),
    ]


def partly_question(speech: Speech, message: PartlyQuestion) -> list[Block]:
    """Ask whether a partly solved case goes on."""
    return [
        # tr: Heading of the question what to do with a partly solved case.
        speech.heading("Shall it go on?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: The resident said "partly solved"; explains the two buttons.
        speech.line("You said it is partly solved. If it goes on, it gets a new deadline; if you leave it, it is closed."),
    ]


def rating_thanks(speech: Speech, message: RatingThanks) -> list[Block]:
    """Thank for an answer and repeat it."""
    case = code(message.case)
    answer = speech.solved(message.solved)
    # tr: Heading after the resident rated a case.
    heading = speech.heading("Thank you for your answer")
    if message.score is None:
        # tr: Repeats the resident's answer to "is it solved?"; {answer} is such as "Not solved".
        told = speech.line("{case}, your answer: {answer}", case=case, answer=answer)
    else:
        level = speech.level(message.score)
        score = speech.number(message.score)
        # tr: Repeats the resident's whole answer: solved or not, the number 1 to 5 and its word.
        told = speech.line(
            "{case}, your answer: {answer}, {score} of 5 ({level})", case=case, answer=answer, score=score, level=level
        )
    # tr: Promise: nobody can change a resident's answer.
    return [heading, told, speech.line("It counts just as you gave it. No unit can change it.")]


def case_reopened(speech: Speech, message: CaseReopened) -> list[Block]:
    """Tell that the case goes on, and until when."""
    return [
        # tr: Heading: the resident said it is not solved, so the unit must go on.
        speech.heading("It goes on"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        due(speech, message.due_at),
        BLANK,
        # tr: The supervisors of the units are told of every case that goes on.
        speech.line("The supervisors have been told. When it is done you will be asked again."),
    ]


def case_closed_unrated(speech: Speech, message: CaseClosedUnrated) -> list[Block]:
    """Tell that the question was closed without an answer."""
    return [
        # tr: Heading: the resident never said if it is solved, so the case was closed as unrated.
        speech.heading("Closed without your answer"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: What "unrated" means in the figures.
        speech.line("It counts neither as solved nor as satisfied."),
        # tr: What the resident can still do.
        speech.line("If it is still wrong, just write to us again."),
    ]
