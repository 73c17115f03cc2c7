"""The weekly digest by itself: planned for the county's hour, sent to supervisors and admins, planned again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.rules.access import WATCHING
from bot.rules.county import County
from bot.rules.due import Due, SendDigest
from bot.rules.effect import Effects, Priority, Send
from bot.rules.figure import Digest
from bot.rules.message import DigestPage
from bot.rules.period import week_of
from bot.rules.staff import Staff


def plan_digest(county: County, now: datetime) -> Due:
    """Plan the next digest strictly after `now`: it is about the week before the one in which it is sent."""
    hours = county.hours
    local = now.astimezone(hours.zone)
    on = local.date() + timedelta(days=(hours.digest_weekday - local.weekday()) % 7)
    at = datetime.combine(on, hours.digest_time, hours.zone)
    if at <= local:
        at = datetime.combine(on + timedelta(days=7), hours.digest_time, hours.zone)
    period = week_of(at.astimezone(UTC), hours.zone).previous()
    return Due(key=f"digest/{period.text}", at=at.astimezone(UTC), task=SendDigest(period=period.text))


def send_digest(county: County, digest: Digest, staff: Iterable[Staff], now: datetime) -> Effects:
    """Send a digest to everyone who watches over the county, and plan the next."""
    readers = (each for each in staff if each.role in WATCHING and each.is_reachable)
    return Effects(
        sends=tuple(Send(each.person, DigestPage(digest=digest), Priority.NOTICE) for each in readers),
        planned=(plan_digest(county, now),),
    )
