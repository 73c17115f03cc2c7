"""`/warnings`: the open warnings and integrity signals, of the county or of one's own unit, and what is done about each."""

from __future__ import annotations

from bot.actions.handle_sign import (
    SignMatter,
    answer_sign,
    ask_words,
    close_sign,
    draft_note,
    list_signs,
    print_letter,
    print_note,
    refer_sign,
    send_note,
    show_sign,
    units_of,
)
from bot.actions.look_out import midnight_before
from bot.errors import NotFound, StaleButton
from bot.rules.access import may_see
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.dialog import Idle, Signing
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, SignNumber
from bot.rules.message.sign import SignStep
from handlers.callback import ListSigns, OpenSign, SignButton, TakeSign
from handlers.context import Context


async def warnings(context: Context) -> Effects:
    """List the open signs."""
    return await _list(context, 0, None)


async def follow(button: SignButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button means; whether it is theirs to do is decided where it is done."""
    match button:
        case ListSigns(page=page):
            if page < 0:
                raise StaleButton
            return await _list(context, page, pressed)
        case OpenSign(sign=number):
            shown = show_sign(await _matter(context, SignNumber(number), pressed))
            return shown + _leave(context, SignNumber(number))
        case TakeSign(sign=number, step=step, body=body):
            return await _take(context, SignNumber(number), step, body or None, pressed)


def _leave(context: Context, number: SignNumber) -> Effects:
    """End what was begun with this sign: whoever looks at it again wants to do something else."""
    dialog = context.sender.dialog
    return Effects(dialog=Idle()) if isinstance(dialog, Signing) and dialog.sign == number else Effects()


async def _take(context: Context, number: SignNumber, step: SignStep, body: str | None, pressed: int | None) -> Effects:
    matter = await _matter(context, number, pressed)
    draft = _drafted(context, number)
    match step:
        case SignStep.DRAFT:
            return draft_note(context.desk, matter, "", context.now)
        case SignStep.SEND:
            return send_note(context.desk, matter, draft or "", context.now)
        case SignStep.PRINT:
            return print_note(context.desk, matter, draft, context.now)
        case SignStep.LETTER:
            return print_letter(matter)
        case _:
            return ask_words(context.desk, matter, step, body)


def _drafted(context: Context, number: SignNumber) -> str | None:
    """Return what was added so far to the note that the sender drafts about this sign; None where they draft none."""
    match context.sender.dialog:
        case Signing(sign=sign, step=SignStep.SEND, words=words) if sign == number:
            return words
        case _:
            return None


async def hear(context: Context, dialog: Signing, text: str) -> Effects:
    """Take words about a sign as what they were asked for."""
    desk, now = context.desk, context.now
    matter = await _matter(context, dialog.sign, None)
    match dialog.step:
        case SignStep.SEND | SignStep.DRAFT | SignStep.PRINT | SignStep.LETTER:
            return draft_note(desk, matter, text, now)
        case SignStep.ANSWER:
            return answer_sign(desk, matter, text, now)
        case SignStep.REFER:
            return refer_sign(desk, matter, dialog.body, text, now)
        case SignStep.CLOSE:
            return close_sign(desk, matter, text, now)


async def _list(context: Context, page: int, pressed: int | None) -> Effects:
    read = context.desk.read
    units_of(context.sender.roles)
    weeks = await read.watched_weeks(midnight_before(context.desk.calendar, context.now))
    return list_signs(context.sender.roles, await read.signs(), weeks, page, pressed)


async def _matter(context: Context, number: SignNumber, pressed: int | None) -> SignMatter:
    read, roles = context.desk.read, context.sender.roles
    units = units_of(roles)
    sign = await read.sign(number)
    behind = sign.cases if units is None else sign.for_unit
    cases = [await _case(context, each) for each in behind]
    known = tuple(case for case in cases if case is not None and may_see(roles, case))
    own: frozenset[CaseNumber] | None = None
    if units is not None:
        known = tuple(case for case in known if case.unit in units)
        own = frozenset(case.number for case in known)
    said = await read.sign_words(number)
    return SignMatter(sign, roles, said, await read.staff_of(None, frozenset(Role)), own, pressed, known)


async def _case(context: Context, number: CaseNumber) -> Case | None:
    try:
        return await context.desk.read.case(number)
    except NotFound:
        return None
