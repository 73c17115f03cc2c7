"""A resident answers what a unit asked about their case: by its button, or by replying to the question itself."""

from __future__ import annotations

import re
from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.ask_resident import answer, want_answer
from bot.actions.matter import Matter
from bot.errors import HasLeft, IllegalTransition, NotFound
from bot.rules.access import EVERY_ROLE
from bot.rules.case import State
from bot.rules.dialog import Adding, Answering
from bot.rules.effect import Effects
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED
from bot.rules.staff import outside
from handlers.context import Context
from handlers.resident import following
from handlers.resident.stake import not_theirs

NUMBER: Final = re.compile(r"[A-Z]+-\d{4}-\d{6,}")
"""A case number, as it stands under every question."""


async def want(context: Context, number: CaseNumber) -> Effects:
    """Take the next message as the answer; once nobody waits for it any more, as an addition to the case."""
    matter = await _own(context, number)
    if matter.case.state is not State.WAITING:
        return await following.do(context, number, Deed.ADD, None)
    return want_answer(matter.case, context.sender.person)


async def replied_to(message: TelegramMessage, context: Context) -> Answering | None:
    """Return the question that a message replies to, where a unit still waits for this person's answer to it."""
    question = message.reply_to_message
    if question is None or question.from_user is None or not question.from_user.is_bot:
        return None
    named = NUMBER.search(question.text or "")
    if named is None:
        return None
    try:
        case = (await _own(context, CaseNumber(named.group()))).case
    except (NotFound, HasLeft):
        return None
    if case.state is not State.WAITING:
        return None
    return Answering(case=case.number, round=case.now.number, pause=case.now.pauses)


async def hear(context: Context, dialog: Answering, text: str) -> Effects:
    """Pass the answer on; one that comes too late is added to the case, so that whoever handles it reads it all the same."""
    matter = await _own(context, dialog.case)
    entries = await context.desk.read.entries_of(dialog.case)
    sender = context.sender
    try:
        return answer(context.desk, matter, dialog, entries, sender.person, text, context.now, sender.language)
    except IllegalTransition:
        return await following.hear_addition(context, Adding(case=dialog.case), text)


async def _own(context: Context, number: CaseNumber) -> Matter:
    """Return a case of the sender's own; somebody else's looks the same as none."""
    read, person = context.desk.read, context.sender.person
    case = await read.case(number)
    voices = tuple(each for _, each in await read.voices_of(number))
    if person not in voices:
        raise await not_theirs(context, number)
    words = await read.legible(number, FILED)
    return Matter(case, (), words, voices, outside(case.about, await read.staff_of(None, EVERY_ROLE)))
