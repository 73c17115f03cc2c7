"""What residents read when a moment has come: the limit has passed, months have passed, words are wanted beside a score.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from typing import assert_never

from bot.rules.entry import Solved
from bot.rules.message import (
    AskingMessage,
    CommentTaken,
    CommentWanted,
    FixedQuestion,
    FixedTaken,
    FollowUpQuestion,
    FollowUpTaken,
    SurveyQuestion,
    SurveyThanks,
)
from locales import survey
from locales.facts import BLANK, asked_about
from locales.markup import Block, code
from locales.speech import Speech


def blocks(speech: Speech, message: AskingMessage) -> list[Block]:
    """Say a message of this kind; the union is matched whole."""
    match message:
        case SurveyQuestion():
            return survey.question(speech, message)
        case SurveyThanks():
            return survey.thanks(speech, message)
        case FixedQuestion():
            return _fixed_question(speech, message)
        case FixedTaken():
            return _fixed_taken(speech, message)
        case FollowUpQuestion():
            return _follow_up_question(speech, message)
        case FollowUpTaken():
            return [
                # tr: Heading: asked again after months, the resident said that it is still solved.
                speech.heading("Good that it lasts"),
                # tr: Fact: the number of a case, such as CB-2026-000123.
                speech.line("Number: {case}", case=code(message.case)),
                # tr: What becomes of the answer after months.
                speech.line("Your answer counts in the report on what lasts. Should it come back, just write."),
            ]
        case CommentWanted() | CommentTaken():
            return _comment(speech, message)
        case _:
            assert_never(message)


def _fixed_question(speech: Speech, message: FixedQuestion) -> list[Block]:
    told: list[Block] = [
        # tr: Heading of a question to a resident: the limit of their case has passed and the unit has not said it is done.
        speech.heading("The limit has passed: is it fixed meanwhile?"),
        *asked_about(speech, message.case, message.category, message.unit),
    ]
    if message.due_at is not None:
        # tr: Fact: the limit that has passed.
        told.append(speech.line("It was to be resolved by: {moment}", moment=speech.moment(message.due_at)))
    return [
        *told,
        BLANK,
        # tr: What the answer is good for, when the limit has passed; those above the unit hear of it by themselves.
        speech.line("Those above the unit know that it is late. Your answer tells them how it really is."),
    ]


def _fixed_taken(speech: Speech, message: FixedTaken) -> list[Block]:
    # tr: Fact: the number of a case, such as CB-2026-000123.
    number = speech.line("Number: {case}", case=code(message.case))
    unit = speech.unit(message.unit)
    if message.solved is Solved.YES:
        return [
            # tr: Heading: the resident said that it is fixed although the unit has not said that it is done.
            speech.heading("Thank you: fixed meanwhile"),
            number,
            # tr: What follows when it is fixed although the unit has not said so.
            speech.line("{unit} was told to say what was done. Then you will be asked to judge it.", unit=unit),
        ]
    return [
        # tr: Heading: the resident said that it is not fixed, although the limit has passed.
        speech.heading("Thank you: not fixed yet"),
        number,
        # tr: What follows when it is not fixed although the limit has passed.
        speech.line("{unit} and whoever answers for it were told. It stays open, and late.", unit=unit),
    ]


def _follow_up_question(speech: Speech, message: FollowUpQuestion) -> list[Block]:
    told: list[Block] = [
        # tr: Heading of the question to a resident, months after a case was solved. 回头看
        speech.heading("Looking back: is it still solved?"),
        *asked_about(speech, message.case, message.category, message.unit),
    ]
    if message.closed_at is not None:
        # tr: Fact: when a case was closed.
        told.append(speech.line("Closed: {moment}", moment=speech.moment(message.closed_at)))
    return [
        *told,
        BLANK,
        # tr: Why a resident is asked again months later.
        speech.line("What was solved should stay so. Everybody whose case was solved is asked again later."),
        # tr: What the answer to a question about a closed case brings about.
        speech.line("If you say partly or no, the case is opened again with a new deadline."),
    ]


def _comment(speech: Speech, message: CommentWanted | CommentTaken) -> list[Block]:
    # tr: Fact: the number of a case, such as CB-2026-000123.
    number = speech.line("Number: {case}", case=code(message.case))
    unit = speech.unit(message.unit)
    if isinstance(message, CommentWanted):
        return [
            # tr: Asks a resident who has given a score for words that go with it.
            speech.heading("What was good, what was not?"),
            number,
            # tr: How to say something beside a score, and who reads it.
            speech.line("Write it as your next message. {unit} reads it, but not who you are.", unit=unit),
        ]
    if message.is_given:
        return [
            # tr: Heading: what a resident wrote beside their score was passed on.
            speech.heading("Thank you, it was passed on"),
            number,
            # tr: Who reads what a resident wrote beside their score.
            speech.line("{unit} reads it, but not who you are.", unit=unit),
        ]
    return [
        # tr: Heading: a resident did not want to add words to their score.
        speech.heading("That is all, thank you"),
        number,
        # tr: A score without words counts as well.
        speech.line("Your answer counts just the same."),
    ]
