"""What people say to a bot besides reports: they greet, thank, agree, type what stands on a button, or a case number.

Only a message that says nothing else is taken so. Invariant: no greeting and no thanks becomes a report, and nothing is
thrown away but by its button, or sent but by it or by words that say so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.draft import add_part
from bot.rules.caller import number_in, phone_in
from bot.rules.case import State
from bot.rules.dialog import Adding, Commenting, Dialog, Drafting, Idle, PhonePart
from bot.rules.effect import Effects, Send
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said, Welcome
from handlers.buttons import show_case
from handlers.context import Context
from handlers.help import show_help
from handlers.resident import cases, draft, office
from handlers.resident.language import ask_language
from handlers.resident.phrases import ANSWERS, NEVER_MIND, Meaning, begins_with_answer, even, meaning_of
from handlers.resident.rights import forget
from handlers.resident.script import language_of
from handlers.resident.stake import stake_of
from handlers.slash import is_meant_so

FEWEST_LETTERS: Final = 2
"""That could say what is wrong; a message of fewer says nothing."""

BESIDE_A_NUMBER: Final = 6
"""Letters beside a case number with which a message still asks for nothing but that case."""


SCORE: Final = re.compile(r"(?:我?打|给)?\s*([1-5一二三四五])\s*(?:分|星|颗星|نومۇر|يۇلتۇز)?")
"""A score as it is typed, its digit made a European one."""

HAN_DIGITS: Final = "一二三四五"

SATISFACTION: Final = (
    "非常不满意 很不满意 太不满意 极不满意 بەكنارازى ئىنتايىننارازى",
    "不满意 不太满意 ناراز نارازى رازىئەمەس",
    "一般 一般般 还行 还可以 基本满意 ئوتتۇراھال بىتەرەپ",
    "满意 比较满意 رازى رازىمەن",
    "非常满意 很满意 太满意了 十分满意 特别满意 بەكرازى ناھايىتىرازى",
)
"""Degrees of satisfaction as they are typed, from 1 to 5, without spaces and signs."""


@cache
def _degrees() -> dict[str, int]:
    return {even(phrase): score for score, phrases in enumerate(SATISFACTION, start=1) for phrase in phrases.split()}


def score_of(text: str) -> int | None:
    """Say which score a message is that says nothing else: a digit of any script, or a degree of satisfaction."""
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in text.strip(" .!。！"))
    if (scored := SCORE.fullmatch(plain)) is not None:
        return HAN_DIGITS.index(scored[1]) + 1 if scored[1] in HAN_DIGITS else int(scored[1])
    return _degrees().get(even(text))


async def answered(message: TelegramMessage, text: str, dialog: Dialog, context: Context) -> Effects | None:
    """Answer a message that is no report; None where it is one, or more of one, or an answer that was asked for."""
    if message.text is None or not text:
        return None
    if isinstance(dialog, Adding | Commenting) and meaning_of(text) in NEVER_MIND:
        return Effects(dialog=Idle(), sends=(Send(context.sender.person, Said(Remark.CANCELLED)),))
    is_drafting = isinstance(dialog, Drafting)
    if not isinstance(dialog, Idle | Drafting) or (isinstance(dialog, Drafting) and dialog.is_for_another):
        return None
    if (at_once := _at_once(message, text, context, is_drafting=is_drafting)) is not None:
        return at_once
    if not is_drafting and (scored := score_of(text)) is not None:
        judged = await _scored(scored, context)
        if judged is not None:
            return judged
    number, rest = number_in(text)
    if number is not None and not is_drafting and _asks_for_a_case(rest):
        return await show_case(CaseNumber(number), context)
    meaning = meaning_of(text)
    if meaning is None:
        if sum(sign.isalnum() for sign in text) >= FEWEST_LETTERS or (is_drafting and any(map(str.isalnum, text))):
            return None
        meaning = Meaning.ASSENT
    if meaning is Meaning.WHEN and is_drafting:
        return None  # "when is it repaired" is part of what they write
    if meaning in {Meaning.HELP, Meaning.MINE, Meaning.WHEN, Meaning.LANGUAGE, Meaning.FORGET}:
        return await _shown(meaning, context)
    return await (
        _while_drafting(meaning, dialog, context) if isinstance(dialog, Drafting) else _alone(meaning, text, context)
    )


def _at_once(message: TelegramMessage, text: str, context: Context, *, is_drafting: bool) -> Effects | None:
    """Answer what is no words of a report by its form alone: a command that is none, a phone number, a question to us."""
    if is_meant_so(text) and meaning_of(text) is None:
        return Effects(sends=(Send(context.sender.person, Said(Remark.UNKNOWN_COMMAND)),))
    if office.is_number_to_ring(text, context.desk.county.office):
        return office.answered(context)
    if (phone := phone_in(text)) is not None:
        return _with_phone(context, phone, message.message_id)
    return office.answered(context) if office.is_about_office(text, in_report=is_drafting) else None


def _asks_for_a_case(rest: str) -> bool:
    """Say whether what stands beside a case number asks for nothing but that case."""
    return sum(sign.isalpha() for sign in rest) <= BESIDE_A_NUMBER or meaning_of(rest) in {Meaning.MINE, Meaning.WHEN}


async def _shown(meaning: Meaning, context: Context) -> Effects:
    if meaning is Meaning.HELP:
        return await show_help(context)
    if meaning is Meaning.FORGET:
        return await forget(context)
    return await (ask_language(context) if meaning is Meaning.LANGUAGE else cases.my(context))


async def _while_drafting(meaning: Meaning, open_draft: Drafting, context: Context) -> Effects | None:
    """Do what the buttons do at the words that stand on them; at thanks and the like say that nothing is sent yet."""
    if meaning in ANSWERS:
        return None
    if meaning is Meaning.SEND:
        return await draft.send(context, open_draft.begun_by, None)
    if meaning in {Meaning.ANONYMOUS, Meaning.NAMED}:
        return await draft.set_named(context, is_named=meaning is Meaning.NAMED, pressed=None)
    return Effects(sends=(Send(context.sender.person, Said(Remark.NOT_SENT_YET)),))


async def _alone(meaning: Meaning, text: str, context: Context) -> Effects:
    """Answer where nothing is going on."""
    if meaning in ANSWERS:
        return await _judged(ANSWERS[meaning], context)
    if meaning is Meaning.WITHDRAW:
        return await cases.my(context)
    said: Welcome | Said = Welcome()
    if meaning is not Meaning.GREETING:
        said = Said(Remark.THANKED if meaning is Meaning.THANKS else Remark.ASK_WORDS)
    language = context.sender.language or language_of(text, context.desk.county.languages)
    return Effects(language=language, sends=(Send(context.sender.person, said),))


async def asked_again(text: str, dialog: Dialog, context: Context) -> Effects:
    """Ask for the sender's word once more where what they write begins with it and goes on: "not solved, it still leaks".

    The words themselves are a draft by then, which can be added to the case.
    """
    if not isinstance(dialog, Idle) or not begins_with_answer(text):
        return Effects()
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    return await cases.rate(context) if any(case.state is State.RESOLVED for case in found) else Effects()


async def _judged(answer: Solved, context: Context) -> Effects:
    """Take typed words for the button where one case waits for the sender's word; else show what there is."""
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    waiting = [case for case in found if case.state is State.RESOLVED]
    if len(waiting) == 1:
        return await cases.solved(context, waiting[0].number, waiting[0].now.number, answer, None)
    return await (cases.rate(context) if waiting else cases.my(context))


async def _scored(score: int, context: Context) -> Effects | None:
    """Take a typed score for the button where one case of the sender's waits for it; None where none or several do.

    While the unit's answer is still to be judged, that is asked once more: satisfied is not solved.
    """
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    waiting = []
    for case in found:
        rating = case.rating_of((await stake_of(context, case.number)).voice)
        if case.state is State.CLOSED and rating is not None and rating.score is None:
            waiting.append(case)
    if not waiting and any(case.state is State.RESOLVED for case in found):
        return await cases.rate(context)
    if len(waiting) != 1:
        return None
    return await cases.score(context, waiting[0].number, waiting[0].now.number, score, None)


def _with_phone(context: Context, phone: str, message: int) -> Effects:
    """Seal a message that is nothing but a phone number, instead of showing it to all who read the words."""
    sender = context.sender
    part = PhonePart(message, phone)
    seq = context.envelope.taken.seq
    return add_part(
        context.desk.county, sender.person, sender.dialog, sender.township, part, caption="", update=seq, at=context.now
    )
