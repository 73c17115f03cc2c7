"""A resident follows a case of their own: its page, and what they do about it beside judging it."""

from __future__ import annotations

from bot.actions.case_page import case_page
from bot.actions.follow_case import (
    add_unworded,
    add_words,
    ask_for_person,
    urge_case,
    want_addition,
    want_withdrawal,
    withdraw_case,
)
from bot.actions.give_reach import given_later
from bot.actions.leave_case import leave_case, return_to_case, show_left, want_leaving
from bot.actions.rate_case import ask_again_about
from bot.actions.reopen_case import reopen_case
from bot.actions.stake import Stake
from bot.rules.caller import phone_in
from bot.rules.dialog import Adding, PhonePart, PlacePart
from bot.rules.effect import Effects, Send
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber
from bot.rules.message import PAGE_ANCHOR, Remark, Said
from bot.rules.slot import answer_slot
from handlers.context import Context
from handlers.resident.stake import case_left, stake_of


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show one of the sender's own cases, below whatever was said before."""
    return Effects(forget_anchor=page_anchor(number), sends=(await page(context, await stake_of(context, number)),))


def page_anchor(number: CaseNumber) -> str:
    """Name the page of a case, so that it can be shown anew where it stands."""
    return f"{PAGE_ANCHOR}{number}"


async def page(context: Context, stake: Stake) -> Send:
    """Put the page of a case together."""
    read, number = context.desk.read, stake.case.number
    entries, words, staff = await read.entries_of(number), await read.words_in(number), await read.staff_ever()
    shown = case_page(context.desk, stake, entries, words, staff, context.now)
    return Send(stake.person, shown, anchor=page_anchor(number), replaces=stake.pressed)


async def do(context: Context, number: CaseNumber, deed: Deed, pressed: int | None) -> Effects:
    """Do what a button on the page means."""
    stake = await stake_of(context, number, pressed)
    match deed:
        case Deed.ADD:
            return want_addition(context.desk, stake, context.now)
        case Deed.URGE:
            return urge_case(context.desk, stake, context.now)
        case Deed.ASK_PERSON:
            return ask_for_person(context.desk, stake, context.now)
        case Deed.WITHDRAW:
            return want_withdrawal(context.desk, stake, context.now)
        case Deed.LEAVE:
            return want_leaving(context.desk, stake, context.now)
        case Deed.REOPEN:
            return reopen_case(context.desk, stake, context.now)
        case Deed.JUDGE_AGAIN:
            answer = await context.desk.read.words_of(number, answer_slot(stake.case.now.number)) or ""
            return ask_again_about(context.desk, stake, answer, context.now)


async def withdraw(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Take a case back, once it is said to be meant."""
    return withdraw_case(context.desk, await stake_of(context, number, pressed), context.now)


async def hear_reach(context: Context, dialog: Adding, part: PlacePart | PhonePart) -> Effects:
    """Take a place or a phone number as the addition, where the sender filed the case; else ask for words."""
    stake = await stake_of(context, dialog.case)
    given = given_later(context.desk, stake, (part,))
    if not given:
        remark = Remark.JOINER_NUMBER if isinstance(part, PhonePart) else Remark.TEXT_ONLY
        return Effects(sends=(Send(stake.person, Said(remark)),))
    return add_unworded(context.desk, stake, context.now) + Effects(words=given)


async def leave(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Leave a case to the others behind it, once it is said to be meant."""
    return leave_case(context.desk, await stake_of(context, number, pressed), context.now)


async def return_to(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Stand behind a case again that the sender has left."""
    return return_to_case(await case_left(context, number), context.sender.person, pressed, context.now)


async def show_as_left(context: Context, number: CaseNumber) -> Effects:
    """Say that the sender has left a case, and how to come back."""
    return show_left(await case_left(context, number), context.sender.person)


async def hear_addition(context: Context, dialog: Adding, text: str) -> Effects:
    """Take words as an addition to the case that was named; a phone number and nothing else is sealed, if its filer's.

    Anybody else's is not taken: the officer calls back whoever filed it, and words are read by all who handle the case.
    """
    stake = await stake_of(context, dialog.case)
    if (phone := phone_in(text)) is not None:
        return await hear_reach(context, dialog, PhonePart(0, phone))
    return add_words(context.desk, stake, text, context.now)
