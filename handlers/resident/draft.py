"""From words to a case: one message becomes a draft card, a tap sends it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.actions.draft import add_part, ask_words, begin_anew, discard, edit_words, remove_part, show, write_words
from bot.actions.file_case import file_case
from bot.errors import StaleButton
from bot.rules.access import EVERY_ROLE
from bot.rules.caller import phone_in
from bot.rules.county import Kind, Urgency
from bot.rules.dialog import Dialog, Drafting, Idle, PhonePart, Written
from bot.rules.effect import Effects, Send
from bot.rules.identity import CategoryId, TownshipId, UnitId
from bot.rules.message import Picking, Remark, Said
from bot.rules.routing import can_be_about
from handlers.context import Context
from handlers.official import calls
from handlers.resident.script import language_of


async def new(context: Context, text: str, message: int) -> Effects:
    """Begin anew: with the words that stand behind the command, else ask what is wrong."""
    context.return_to_draft()
    person, before = context.sender.person, context.sender.draft
    if not text:
        return ask_words(person, before)
    return begin_anew(person, before) + _written(context, Idle(), text, message)


async def write(context: Context, text: str, message: int = 0) -> Effects:
    """Take words as a draft, or as more of it; `message` is Telegram's number of what said them."""
    sender, county = context.sender, context.desk.county
    if isinstance(sender.dialog, Drafting) and sender.dialog.is_for_another and (phone := phone_in(text)) is not None:
        return add_part(
            county,
            sender.person,
            sender.dialog,
            None,
            PhonePart(message, phone),
            caption="",
            update=context.envelope.taken.seq,
            at=context.now,
        )
    return _written(context, sender.dialog, text, message)


def _written(context: Context, dialog: Dialog, text: str, message: int) -> Effects:
    sender, county = context.sender, context.desk.county
    effects = write_words(
        county,
        sender.person,
        dialog,
        sender.township,
        text,
        update=context.envelope.taken.seq,
        message=message,
        at=context.now,
    )
    if sender.language is None:
        effects = replace(effects, language=language_of(text, county.languages))
    return effects


async def pick(context: Context, picking: Picking, pressed: int | None) -> Effects:
    """Show a choice on the card, or go back from one.

    Raises:
        StaleButton: there is no draft, or no such choice.
    """
    if picking.is_over:
        raise StaleButton
    return show(context.sender.person, msgspec.structs.replace(_draft(context), picking=picking), pressed)


async def pick_kind(context: Context, kind: Kind, pressed: int | None) -> Effects:
    """Set the kind."""
    return _picked(context, msgspec.structs.replace(_draft(context), kind=kind, is_guessed=False), pressed)


async def pick_category(context: Context, category: CategoryId, pressed: int | None) -> Effects:
    """Set the category.

    Raises:
        StaleButton: the county no longer has it.
    """
    if category not in context.desk.county.categories:
        raise StaleButton
    return _picked(context, msgspec.structs.replace(_draft(context), category=category, is_guessed=False), pressed)


async def pick_township(context: Context, township: TownshipId | None, pressed: int | None) -> Effects:
    """Set the township, or leave it open.

    Raises:
        StaleButton: the county no longer has it.
    """
    if township is not None and township not in context.desk.county.townships:
        raise StaleButton
    return _picked(context, msgspec.structs.replace(_draft(context), township=township), pressed)


async def pick_about(context: Context, unit: UnitId | None, pressed: int | None) -> Effects:
    """Say whose officials a confidential matter is about, or leave it open.

    Raises:
        StaleButton: it is not confidential any more, or nobody else looks into what that unit does.
    """
    draft = _draft(context)
    if unit is not None and not can_be_about(context.desk.county, draft.category, unit):
        raise StaleButton
    return _picked(context, msgspec.structs.replace(draft, about=unit), pressed)


async def send(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """File the draft that the pressed card showed.

    Raises:
        StaleButton: it was sent or thrown away, whatever else is open now.
    """
    draft = shown_draft(context, begun_by)
    if not draft.words and not draft.files:
        return Effects(sends=(Send(context.sender.person, Said(Remark.WORDS_FIRST)),))
    if draft.is_for_another:
        return await calls.send(context, draft, pressed)
    staff = await context.desk.read.staff_of(None, EVERY_ROLE)
    return file_case(context.desk, context.sender, draft, staff, context.now, pressed=pressed)


async def throw_away(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """Throw away the draft that the pressed card showed; raises what `send` raises."""
    return discard(context.sender.person, pressed, draft=shown_draft(context, begun_by))


async def edit(context: Context, message: int, text: str) -> Effects:
    """Take the edited words of a message that is part of the open draft; any other edit changes nothing."""
    draft, person = context.sender.dialog, context.sender.person
    if isinstance(draft, Drafting) and any(each.message == message for each in draft.written):
        return edit_words(context.desk.county, person, draft, Written(message, text), context.now)
    return Effects(sends=(Send(person, Said(Remark.EDIT_IGNORED)),))


async def remove(context: Context, message: int, pressed: int | None) -> Effects:
    """Take out what a message brought.

    Raises:
        StaleButton: it is not there any more.
    """
    draft = _draft(context)
    if all(each.message != message for each in (*draft.written, *draft.parts)):
        raise StaleButton
    return remove_part(context.desk.county, context.sender.person, draft, message, pressed)


async def set_named(context: Context, *, is_named: bool, pressed: int | None) -> Effects:
    """Let the officer in charge know who it is, or not.

    Raises:
        StaleButton: the matter is somebody else's, whose name is not the sender's.
    """
    draft = _draft(context)
    if draft.is_for_another:
        raise StaleButton
    return _picked(context, msgspec.structs.replace(draft, name=context.name_of_sender if is_named else None), pressed)


async def calm(context: Context, pressed: int | None) -> Effects:
    """Take the resident's word that it is no emergency."""
    draft = msgspec.structs.replace(_draft(context), urgency=Urgency.NORMAL, is_calm=True)
    return _picked(context, draft, pressed)


def _picked(context: Context, draft: Drafting, pressed: int | None) -> Effects:
    return show(context.sender.person, msgspec.structs.replace(draft, picking=Picking.NOTHING), pressed)


def _draft(context: Context) -> Drafting:
    """Go back to the open draft, whatever was asked; a button of one that was sent or thrown away is stale."""
    context.return_to_draft()
    if context.sender.draft is None:
        raise StaleButton
    return context.sender.draft


def shown_draft(context: Context, begun_by: int) -> Drafting:
    """Return the open draft if it is the one that a card shows; raises StaleButton."""
    draft = _draft(context)
    if draft.begun_by != begun_by:
        raise StaleButton
    return draft
