"""A resident's own cases, and their word on them."""

from __future__ import annotations

from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.lines import case_line
from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.actions.resolve_case import rating_question
from bot.actions.stake import Stake
from bot.errors import HasLeft
from bot.rules.case import State
from bot.rules.effect import Effects, Send
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.message import MyCases, ReceiptPicture, Remark, Said
from bot.rules.slot import answer_slot
from bot.rules.translation import translations_in
from handlers.context import Context
from handlers.resident import following
from handlers.resident.stake import stake_of

LISTED = 8

TRACK_PREFIX: Final = "t-"
"""What begins the payload of a link that opens a case; its number follows."""

BOT_USERNAME: Final = "bot_username"
"""Under which name the house remembers what Telegram calls the bot."""


async def my(context: Context) -> Effects:
    """List the sender's own cases, newest first."""
    return await page_of_mine(context, 0, None)


async def page_of_mine(context: Context, begins: int, pressed: int | None) -> Effects:
    """List the sender's own cases from the `begins`-th on, in place of the page whose button was pressed."""
    person = context.sender.person
    cases, total = await context.desk.read.cases_of(person, LISTED, max(0, begins))
    if not cases:
        return Effects(sends=(Send(person, Said(Remark.NO_CASES)),))
    lines = tuple(case_line(case, context.now) for case in cases)
    return Effects(sends=(Send(person, MyCases(cases=lines, total=total, begins=max(0, begins)), replaces=pressed),))


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show one of the sender's own cases, and ask for their word where it waits for that; of one they left, say that."""
    try:
        stake = await stake_of(context, number)
    except HasLeft:
        return await following.show_as_left(context, number)
    sends = (await following.page(context, stake), *await _question(context, stake))
    return Effects(forget_anchor=following.page_anchor(number), sends=sends)


async def _question(context: Context, stake: Stake) -> tuple[Send, ...]:
    case = stake.case
    if case.state is not State.RESOLVED or case.rating_of(stake.voice) is not None:
        return ()
    words, slot = await context.desk.read.words_in(case.number), answer_slot(case.now.number)
    translations = translations_in(words, slot, context.desk.county.languages)
    question = rating_question(case, words.get(slot, ""), is_repeated=False, translations=translations)
    return (Send(stake.person, question),)


async def proof(message: TelegramMessage, context: Context) -> Effects:
    """Give the signed receipt of one of the sender's own cases: the one that is named, else the newest."""
    del message
    person = context.sender.person
    named = " ".join(context.args or []).strip().upper()
    if not named:
        cases, _ = await context.desk.read.cases_of(person, 1)
        if not cases:
            return Effects(sends=(Send(person, Said(Remark.NO_CASES)),))
        named = cases[0].number
    return await proof_of(context, CaseNumber(named))


async def proof_of(context: Context, number: CaseNumber) -> Effects:
    """Give the signed receipt of the entry with which the sender came to a case, and its proof."""
    stake = await stake_of(context, number)
    return Effects(sends=(Send(stake.person, await context.desk.read.proof_of(number, stake.voice)),))


async def receipt(context: Context, number: CaseNumber) -> Effects:
    """Give the receipt of one of the sender's own cases as a picture."""
    stake, read = await stake_of(context, number), context.desk.read
    name = await read.meta(BOT_USERNAME)
    picture = ReceiptPicture(
        case=number,
        unit=stake.case.unit,
        due_at=stake.case.now.due_at,
        proof=await read.proof_code(number, stake.voice),
        link=f"https://t.me/{name}?start={TRACK_PREFIX}{number}" if name else None,
    )
    return Effects(sends=(Send(stake.person, picture),))


async def follow_link(context: Context, payload: str) -> Effects:
    """Show the case that the link of a receipt leads to, to whoever it belongs."""
    return await show(context, CaseNumber(payload.removeprefix(TRACK_PREFIX)))


async def rate(context: Context) -> Effects:
    """Ask for the sender's word on every case that waits for it."""
    person = context.sender.person
    cases, _ = await context.desk.read.cases_of(person, LISTED)
    sends: tuple[Send, ...] = ()
    for case in cases:
        if case.state is State.RESOLVED:
            sends += await _question(context, await stake_of(context, case.number))
    return Effects(sends=sends or (Send(person, Said(Remark.NOTHING_TO_RATE)),))


async def solved(context: Context, number: CaseNumber, attempt: int, answer: Solved, pressed: int | None) -> Effects:
    """Answer whether a round of a case solved it."""
    return rate_solved(context.desk, await stake_of(context, number, pressed), attempt, answer, context.now)


async def score(context: Context, number: CaseNumber, attempt: int, value: int, pressed: int | None) -> Effects:
    """Say how satisfied the sender is."""
    return rate_score(context.desk, await stake_of(context, number, pressed), attempt, value, context.now)


async def continue_case(context: Context, number: CaseNumber, attempt: int, pressed: int | None) -> Effects:
    """Have a partly solved case worked on again."""
    return go_on(context.desk, await stake_of(context, number, pressed), attempt, context.now)


async def rest_case(context: Context, number: CaseNumber, attempt: int, pressed: int | None) -> Effects:
    """Leave a partly solved case as it is."""
    return let_rest(context.desk, await stake_of(context, number, pressed), attempt, context.now)
