"""The weekly digest by itself: planned for the county's hour, sent to supervisors and admins, planned again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.ports import Desk
from bot.rules.access import WATCHING
from bot.rules.county import County, Hours
from bot.rules.due import Due, SendDigest, TellCallbacks
from bot.rules.effect import Effects, Priority, Send
from bot.rules.figure import Digest
from bot.rules.message import DigestPage
from bot.rules.period import week_of
from bot.rules.staff import Staff
from bot.rules.week import ORDER_BYTES, Week, week_entries


def plan_digest(county: County, now: datetime) -> Due:
    """Plan the next digest strictly after `now`: it is about the week before the one in which it is sent."""
    hours = county.hours
    local = now.astimezone(hours.zone)
    on = local.date() + timedelta(days=(hours.digest_weekday - local.weekday()) % 7)
    at = _at(hours, on)
    if at <= now:
        at = _at(hours, on + timedelta(days=7))
    period = week_of(at, hours.zone).previous()
    return Due(key=f"digest/{period.text}", at=at, task=SendDigest(period=period.text))


def plan_callbacks(digest: Digest, now: datetime) -> Due:
    """Plan that callers are told at once: the draw is made in the commit that sends the digest, so it is known after it."""
    return Due(key=f"callbacks/{digest.period}", at=now, task=TellCallbacks(period=digest.period))


def send_digest(desk: Desk, digest: Digest, weeks: Sequence[Week], staff: Iterable[Staff], now: datetime) -> Effects:
    """Send a digest to everyone who watches over the county, once whatever they hold, and plan the next.

    Args:
        weeks: those that no entry counts yet; they are written into the ledger, so that the figures can be computed from it.
            None are left where the digest has gone out already, by another weekday or hour: then it is only planned anew.
    """
    if not weeks:
        return Effects(planned=(plan_digest(desk.county, now),))
    page = DigestPage(digest=digest, is_last=digest.ends_at > now)
    readers = dict.fromkeys(each.person for each in staff if each.role in WATCHING and each.is_reachable)
    return Effects(
        entries=tuple(entry for week in weeks for entry in week_entries(week, desk.randomness.bytes(ORDER_BYTES), now)),
        sends=tuple(Send(person, page, Priority.NOTICE) for person in readers),
        planned=(plan_digest(desk.county, now), plan_callbacks(digest, now)),
    )


def _at(hours: Hours, on: date) -> datetime:
    # In UTC: local times of one zone compare as a clock on the wall shows them, also in an hour that comes twice.
    return datetime.combine(on, hours.digest_time, hours.zone).astimezone(UTC)
