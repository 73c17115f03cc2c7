"""A draft beside the open cases: what is like it is offered on its card, and joined or passed over by a button."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.actions.draft import show
from bot.actions.join_case import join_case, may_be_offered, offer, offer_recent
from bot.actions.matter import Matter
from bot.rules.access import EVERY_ROLE
from bot.rules.county import Urgency
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, TownshipId
from bot.rules.likeness import Nearest
from bot.rules.message import Picking
from bot.rules.slot import FILED
from handlers.context import Context
from handlers.resident.adding import own_case
from handlers.resident.draft import shown_draft

COMPARED: Final = 200
"""How many open cases, the newest first, a draft is compared with: half a millisecond, and some the first time."""

PAGE: Final = 20
"""How many are looked at together: when a hundred people write of the same burst pipe, the first page has it."""


async def offered(context: Context, effects: Effects) -> Effects:
    """Say on the card of a draft which open case is like it, if one is."""
    draft = effects.dialog
    if not isinstance(draft, Drafting) or draft.picking is not Picking.NOTHING:
        return effects
    own = await own_case(context, draft)
    if own is not None and own.is_alike:
        return offer(effects, own.case, is_own=True)
    if own is not None and draft.urgency is not Urgency.EMERGENCY:
        effects = offer_recent(effects, own.case)
    if draft.township is None or not may_be_offered(context.desk.county, draft):
        return effects
    number = await _nearest(context, draft, draft.township)
    return effects if number is None else offer(effects, await context.desk.read.case(number))


async def _nearest(context: Context, draft: Drafting, township: TownshipId) -> CaseNumber | None:
    """Compare with page after page of cases, the newest first, until one says the very same."""
    found = Nearest(draft.words)
    for begins in range(0, COMPARED, PAGE):
        page = await context.desk.read.near(draft.category, township, context.sender.person, PAGE, begins)
        if found.is_same_in(page) or len(page) < PAGE:
            break
    return found.number


async def join(context: Context, number: CaseNumber, begun_by: int, pressed: int | None) -> Effects:
    """Stand behind the case that was offered instead of filing the draft.

    Raises:
        StaleButton: the draft was sent or thrown away.
        NotFound: there is no such case, or it is not like the draft.
        IllegalTransition: it is over, or the sender stands behind it already.
    """
    draft, read, person = shown_draft(context, begun_by), context.desk.read, context.sender.person
    matter = Matter(
        case=await read.case(number),
        roles=context.sender.roles,
        words=await read.legible(number, FILED),
        voices=tuple(each for _, each in await read.voices_of(number)),
        staff=await read.staff_of(None, EVERY_ROLE),
        pressed=pressed,
    )
    filed = await read.words_of(number, FILED) or ""
    return join_case(context.desk, matter, draft, person, context.now, filed, context.sender.language)


async def file_apart(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """Keep the draft as a matter of its own; raises StaleButton when it is not the one that is open."""
    draft = msgspec.structs.replace(shown_draft(context, begun_by), is_apart=True)
    return show(context.sender.person, draft, pressed)
