"""From words to a case: one message becomes a draft card, a tap sends it."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from bot.actions.draft import ask_words, discard, show, write_words
from bot.actions.file_case import file_case
from bot.errors import StaleButton
from bot.rules.county import Kind, Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.identity import CategoryId, TownshipId
from bot.rules.message import Picking
from handlers.context import Context
from handlers.resident.language import language_of

EVERY_ROLE = frozenset(Role)


async def new(context: Context) -> Effects:
    """Begin anew: ask what is wrong."""
    return ask_words(context.sender.person)


async def write(context: Context, text: str) -> Effects:
    """Take words as a draft, or as more of it."""
    sender, county = context.sender, context.desk.county
    effects = write_words(county, sender.person, sender.dialog, sender.township, text, update=context.envelope.taken.seq)
    if sender.language is None:
        effects = replace(effects, language=language_of(text, county.languages))
    return effects


async def pick(context: Context, picking: Picking, pressed: int | None) -> Effects:
    """Show a choice on the card, or go back from one.

    Raises:
        StaleButton: there is no draft, or no such choice.
    """
    if picking is Picking.SENT:
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


async def send(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """File the draft that the pressed card showed.

    Raises:
        StaleButton: it was sent or thrown away, whatever else is open now.
    """
    draft = _shown(context, begun_by)
    staff = await context.desk.read.staff_of(None, EVERY_ROLE)
    return file_case(context.desk, context.sender, draft, staff, context.now, pressed=pressed)


async def throw_away(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """Throw away the draft that the pressed card showed; raises what `send` raises."""
    _shown(context, begun_by)
    return discard(context.sender.person, pressed)


def _picked(context: Context, draft: Drafting, pressed: int | None) -> Effects:
    return show(context.sender.person, msgspec.structs.replace(draft, picking=Picking.NOTHING), pressed)


def _draft(context: Context) -> Drafting:
    """Return the open draft; a button of one that was sent or thrown away is stale."""
    if not isinstance(context.sender.dialog, Drafting):
        raise StaleButton
    return context.sender.dialog


def _shown(context: Context, begun_by: int) -> Drafting:
    """Return the open draft if it is the one that a card shows."""
    draft = _draft(context)
    if draft.begun_by != begun_by:
        raise StaleButton
    return draft
