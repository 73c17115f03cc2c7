"""The digest in the chat: of any period, of the county, a unit or a township, and as a file; for those who watch over it."""

from __future__ import annotations

from bot.errors import StaleButton
from bot.rules.access import Act, require
from bot.rules.digest import Scope, scope_of
from bot.rules.effect import Effects, Send
from bot.rules.identity import TownshipId, UnitId
from bot.rules.message import DigestFile, DigestPage, DigestPart, Remark, Said
from bot.rules.period import Period, parse_period, period_of, week_of
from bot.rules.staff import Staff
from handlers.admin.wanted import wanted
from handlers.callback import PrintDigest, ShowDigest, ShowPart
from handlers.context import Context


async def digest(context: Context) -> Effects:
    """Send the digest of the week that runs, of the county; or of what is named behind the command."""
    staff = _reader(context)
    county = context.desk.county
    try:
        period, area = wanted(" ".join(context.args or ()), county, context.now)
    except ValueError:
        return Effects(sends=(Send(staff.person, Said(Remark.DIGEST_UNKNOWN)),))
    period = period or week_of(context.now, county.hours.zone)
    return Effects(sends=(Send(staff.person, await _page(context, period, area)),))


async def show(context: Context, button: ShowDigest, message: int | None) -> Effects:
    """Show another period or area where the digest stands."""
    staff = _reader(context)
    shown = await _page(context, _period(context, button.period), button.area)
    return Effects(sends=(Send(staff.person, shown, replaces=message),))


async def show_part(context: Context, button: ShowPart, message: int | None) -> Effects:
    """Show one part of a digest where the digest stands."""
    staff = _reader(context)
    if button.page < 0:
        raise StaleButton
    shown = await _page(context, _period(context, button.period), button.area, button.part, button.page)
    return Effects(sends=(Send(staff.person, shown, replaces=message),))


async def send_file(context: Context, button: PrintDigest) -> Effects:
    """Send a digest as a file; it is made when it is sent."""
    staff = _reader(context)
    period, scope = _period(context, button.period), _scope(context, button.area)
    figures = await context.desk.read.digest(period, scope, context.now)
    return Effects(sends=(Send(staff.person, DigestFile(digest=figures, form=button.form)),))


def _reader(context: Context) -> Staff:
    return require(context.sender.roles, Act.SEE_DIGEST)


def _period(context: Context, text: str) -> Period:
    """Read the period of a button; one that has not begun stands for the one of its length that runs."""
    try:
        period = parse_period(text, context.desk.county.hours.zone)
    except ValueError as error:
        raise StaleButton from error
    return period if period.begins_at <= context.now else period_of(period.stretch, context.now, period.zone)


async def _page(
    context: Context, period: Period, area: str, part: DigestPart = DigestPart.FRONT, page: int = 0
) -> DigestPage:
    # A message shows no course of time: to count the periods before would take five times as long.
    figures = await context.desk.read.digest(period, _scope(context, area), context.now, is_brief=True)
    return DigestPage(digest=figures, part=part, page=page, is_last=period.ends_at > context.now)


def _scope(context: Context, area: str) -> Scope:
    """Read the area of a button; one that the county file no longer has is stale."""
    county = context.desk.county
    what, _, which = area.partition(":")
    if not area:
        return scope_of(county)
    if what == "u" and which in county.units:
        return scope_of(county, unit=UnitId(which))
    if what == "t" and which in county.townships:
        return scope_of(county, township=TownshipId(which))
    raise StaleButton
