"""The digest in the chat: this week so far or any other period, for those who watch over the county."""

from __future__ import annotations

from bot.rules.access import Act, require
from bot.rules.digest import Scope
from bot.rules.effect import Effects, Send
from bot.rules.message import DigestPage, Remark, Said
from bot.rules.period import parse_period, week_of
from handlers.context import Context


async def digest(context: Context) -> Effects:
    """Send the digest of the week that runs, or of the period named behind the command."""
    staff = require(context.sender.roles, Act.SEE_DIGEST)
    zone = context.desk.county.hours.zone
    asked = (context.args or [""])[0]
    try:
        period = parse_period(asked, zone) if asked else week_of(context.now, zone)
    except ValueError:
        return Effects(sends=(Send(staff.person, Said(Remark.PERIOD_UNKNOWN)),))
    figures = await context.desk.read.digest(period, Scope(context.desk.county.name.zh), context.now)
    return Effects(sends=(Send(staff.person, DigestPage(digest=figures)),))
