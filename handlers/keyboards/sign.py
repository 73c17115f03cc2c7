"""Buttons under warnings and integrity signals: the next page, one sign, what can be done with it, the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.rules.identity import CaseNumber
from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignList,
    SignMessage,
    SignNews,
    SignNote,
    SignReferral,
    SignStep,
)
from bot.rules.warning_life import Sign
from handlers.callback import Button, ListSigns, OpenSign, ShowCase, TakeSign
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

STEPS: Final = {
    SignStep.DRAFT: Label.SIGN_DRAFT,
    SignStep.SEND: Label.SIGN_SEND,
    SignStep.ANSWER: Label.SIGN_ANSWER,
    SignStep.REFER: Label.SIGN_REFER,
    SignStep.CLOSE: Label.SIGN_CLOSE,
    SignStep.PRINT: Label.SIGN_PRINT,
    SignStep.LETTER: Label.SIGN_LETTER,
}
PAGE: Final = 6
CASES: Final = 8
"""How many of the cases behind a sign have a button; all are named."""


def rows(message: SignMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case SignNews():
            return [*_signs((*message.begun, *message.worse)), [(say.label(Label.SIGNS_ALL), ListSigns())]]
        case SignList():
            return [*_signs(message.signs), *_turning(message, say)]
        case SignCard():
            steps = [_step(message.sign, step, say) for step in message.steps]
            return [*in_columns(steps), *_cases(message.cases), [(say.label(Label.SIGNS_ALL), ListSigns())]]
        case SignNote(is_draft=True):
            return [
                [_step(message.sign, SignStep.SEND, say), _step(message.sign, SignStep.PRINT, say)],
                [(say.label(Label.BACK), OpenSign(message.sign.number))],
            ]
        case SignNote():
            steps = [_step(message.sign, step, say) for step in (SignStep.ANSWER, SignStep.PRINT)]
            return [steps, *_cases(message.cases)]
        case SignAnswer():
            return _signs((message.sign,))
        case SignBodies():
            names = {each.id: each.name.within(say.language) for each in say.county.watch.bodies}
            return [
                [(names[body], TakeSign(message.sign, SignStep.REFER, body))] for body in message.bodies if body in names
            ]
        case SignReferral():
            printing = [_step(message.sign, SignStep.LETTER, say)]
            return [printing, *_cases(message.sign.cases), [(say.label(Label.BACK), OpenSign(message.sign.number))]]
        case _:
            return []


def _signs(signs: Sequence[Sign]) -> Rows:
    buttons: list[tuple[str, Button]] = [(sign.number, OpenSign(sign.number)) for sign in signs]
    return in_columns(buttons)


def _cases(numbers: Sequence[CaseNumber]) -> Rows:
    buttons: list[tuple[str, Button]] = [(number, ShowCase(number)) for number in numbers[:CASES]]
    return in_columns(buttons)


def _step(sign: Sign, step: SignStep, say: Lettering) -> tuple[str, Button]:
    return say.label(STEPS[step]), TakeSign(sign.number, step)


def _turning(page: SignList, say: Lettering) -> Rows:
    turning: list[tuple[str, Button]] = []
    for label, to in ((Label.PAGE_BEFORE, page.page - 1), (Label.PAGE_AFTER, page.page + 1)):
        if 0 <= to * PAGE < page.total:
            turning.append((say.label(label), ListSigns(to)))
    return [turning] if turning else []
