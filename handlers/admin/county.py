"""`/reload`: a changed county file comes into force without a restart, once an admin has seen what it changes."""

from __future__ import annotations

from bot.actions.change_county import propose_county, refuse_county, take_county
from bot.errors import NotFound
from bot.ports import Proposal, Unfit
from bot.rules.access import WATCHING, Act, require
from bot.rules.effect import Effects
from handlers.callback import BEGINNING
from handlers.context import Context


async def reload(context: Context) -> Effects:
    """Show what the county file would change, or what is wrong with it."""
    roles = context.sender.roles
    require(roles, Act.CHANGE_COUNTY)
    found = await _proposal(context)
    return refuse_county(roles, found.mistakes) if isinstance(found, Unfit) else propose_county(roles, found)


async def take(context: Context, shown: tuple[str, str], pressed: int | None) -> Effects:
    """Put in force what was shown; where the file or what is in force has changed since, show it anew."""
    roles = context.sender.roles
    require(roles, Act.CHANGE_COUNTY)
    proposal = await _proposal(context)
    if isinstance(proposal, Unfit):
        return refuse_county(roles, proposal.mistakes, pressed)
    if (proposal.digest[:BEGINNING], proposal.in_force[:BEGINNING]) != shown or not proposal.differences:
        return propose_county(roles, proposal, pressed)
    return take_county(roles, proposal, await context.desk.read.staff_of(None, WATCHING), context.now, pressed)


async def _proposal(context: Context) -> Proposal | Unfit:
    if context.desk.county_file is None:
        raise NotFound
    return await context.desk.county_file.proposal()
