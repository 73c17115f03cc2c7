"""`/translate`: what waits to be put into another language, and a text in front of whoever translates it."""

from __future__ import annotations

from bot.actions.matter import Matter
from bot.actions.translate_text import (
    LISTED,
    Desired,
    give_back,
    list_translations,
    open_text,
    show_missed,
    take_text,
    use_earlier,
    write_translation,
)
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.access import Act, require
from bot.rules.dialog import Translating
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber, Language
from bot.rules.life import goes_on_as
from bot.rules.memory import wanted
from bot.rules.message import Remark, Said
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE, can_translate, is_still_wanted
from handlers.callback import GiveTextBack, ListTexts, OpenText, TakeText, TranslatingButton, UseEarlier
from handlers.context import Context
from handlers.official.matter import matter_of


async def translate(context: Context) -> Effects:
    """List what waits for the sender."""
    return await show_list(context, 0, None)


async def follow(button: TranslatingButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button about a text means; whether it is theirs to do is decided where it is done."""
    match button:
        case ListTexts(page=page):
            return await show_list(context, max(page, 0), pressed)
        case OpenText(text=text):
            return open_text(await _desired(context, text, pressed), context.now)
        case TakeText(text=text):
            return take_text(await _desired(context, text, pressed), context.now)
        case GiveTextBack(text=text):
            return give_back(await _desired(context, text, pressed))
        case UseEarlier(text=text, mark=mark):
            desired = await _desired(context, text, pressed)
            matter = await _matter_read_in(context, desired.item.case)
            return use_earlier(context.desk, desired, matter, mark, context.now)


async def show_list(context: Context, page: int, pressed: int | None) -> Effects:
    """Show a page of what waits for the sender, in place of the message whose button was pressed."""
    roles, read = context.sender.roles, context.desk.read
    reader = require(roles, Act.TRANSLATE)
    waiting = await read.translations_waiting(_languages(context, roles), LISTED, page * LISTED)
    done = await read.translations_by(frozenset(each.id for each in roles), LISTED) if page == 0 else ()
    if not waiting[1] and not done:
        return Effects(sends=(Send(reader.person, Said(Remark.TRANSLATIONS_EMPTY), replaces=pressed),))
    return list_translations(roles, waiting, done, page, pressed=pressed)


async def open_for(context: Context, number: CaseNumber) -> Effects:
    """Show the text of a case that runs out first and waits for the sender; raises NotPermitted where none does."""
    case = await context.desk.read.case(number)
    waiting = [item for item in await context.desk.read.translations_of(number) if is_still_wanted(item, case.state)]
    own = [item for item in waiting if any(can_translate(each, item.language) for each in context.sender.roles)]
    if not own:
        raise NotPermitted
    return open_text(await _desired(context, min(own, key=lambda item: item.due_at).id, None), context.now)


async def hear(context: Context, dialog: Translating, text: str) -> Effects:
    """Take words as the translation that was asked for."""
    desired = await _desired(context, dialog.text, None)
    matter = await _matter_read_in(context, desired.item.case)
    try:
        return write_translation(context.desk, desired, matter, text, context.now)
    except IllegalTransition:
        return show_missed(desired)


async def as_it_stands(context: Context, text: str, pressed: int | None) -> Effects:
    """Show a text that a colleague was quicker with, in place of the message whose button was pressed."""
    return show_missed(await _desired(context, text, pressed))


async def _matter_read_in(context: Context, number: CaseNumber) -> Matter:
    """Read the case whose officials read what is translated: where one was merged, that which it goes on as by now."""
    into: CaseNumber | None = number
    while into is not None:
        number, into = into, goes_on_as(await context.desk.read.entries_of(into))
    return await matter_of(context, number)


def _languages(context: Context, roles: tuple[Staff, ...]) -> frozenset[Language]:
    return frozenset(
        language for language in context.desk.county.languages if any(can_translate(each, language) for each in roles)
    )


async def _desired(context: Context, text: str, pressed: int | None) -> Desired:
    """Read a text with all that a translator needs of it; raises NotFound."""
    read, dialog = context.desk.read, context.sender.dialog
    item = await read.translation(text)
    readers = (
        ()
        if item.target == CHINESE
        else tuple(person for person, language in (await read.languages_of(item.case)).items() if language == item.target)
    )
    original = "" if item.is_voice else await read.words_of(item.case, item.slot) or ""
    files = await read.files_of(item.case) if item.is_voice else ()
    known = {} if item.is_done else await read.remembered(item.source, item.target, wanted(original))
    return Desired(
        case=await read.case(item.case),
        item=item,
        roles=context.sender.roles,
        original=original,
        translation=await read.words_of(item.case, item.place) if item.is_done else None,
        readers=readers,
        file=next((file.id for file in files if file.slot == item.slot and file.type is not None), None),
        known=known,
        pressed=pressed,
        is_next=isinstance(dialog, Translating) and dialog.text == text,
    )
