"""A draft beside the open cases: what is like it is offered on its card, and joined or passed over by a button."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec

from bot.actions.draft import show
from bot.actions.join_case import join_case, may_be_offered, offer
from bot.actions.matter import Matter
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber
from bot.rules.likeness import nearest
from bot.rules.slot import FILED
from handlers.context import Context
from handlers.resident.draft import shown_draft

EVERY_ROLE: Final = frozenset(Role)

COMPARED: Final = 200
"""How many open cases, the newest first, a draft is compared with: some milliseconds of opening and comparing."""


async def offered(context: Context, effects: Effects) -> Effects:
    """Say on the card of a draft which open case is like it, if one is."""
    draft = effects.dialog
    if not isinstance(draft, Drafting) or draft.township is None or not may_be_offered(context.desk.county, draft):
        return effects
    read = context.desk.read
    cases = await read.near(draft.category, draft.township, context.sender.person, COMPARED)
    number = await asyncio.to_thread(nearest, draft.words, cases) if cases else None
    return effects if number is None else offer(effects, await read.case(number))


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
        words=await read.words_of(number, FILED) or "",
        voices=tuple(each for _, each in await read.voices_of(number)),
        staff=await read.staff_of(None, EVERY_ROLE),
        pressed=pressed,
    )
    return join_case(context.desk, matter, draft, person, context.now)


async def file_apart(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """Keep the draft as a matter of its own; raises StaleButton when it is not the one that is open."""
    draft = msgspec.structs.replace(shown_draft(context, begun_by), is_apart=True)
    return show(context.sender.person, draft, pressed)
