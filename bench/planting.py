"""What is planted in a made-up year: one event or fraud of each kind, as it looks in cases and their entries.

Invariant: every kind that a night watches for can be planted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bench.matters import DAY, HOUR, LIMIT, Matter
from bench.villages import BEGINS_AT, Villages, about, of_cell, of_unit
from bot.rules.entry import Channel
from bot.rules.warning import SignKind, Subject

BULK, FAST, COMEBACK, COPIED, SURGE = 8, 8, 9, 6, 14
MISSED: Final = 0.35
"""The share of limits that a unit misses once it falls behind."""


def plant(villages: Villages, kind: SignKind, day: int) -> None:
    """Plant an event or a fraud from a day on."""
    match kind:
        case SignKind.SURGE:
            _surge(villages, day)
        case SignKind.PLACE:
            _place(villages, day)
        case SignKind.BEHIND:
            _behind(villages, day)
        case SignKind.OLD:
            _old(villages, day)
        case SignKind.URGED | SignKind.TRANSFERRED:
            _of_one_case(villages, kind, day)
        case SignKind.SILENT:
            _silent(villages, day)
        case SignKind.TRANSLATORS:
            _untranslated(villages, day)
        case SignKind.BULK:
            _bulk(villages, day)
        case SignKind.BARE:
            _bare(villages, day)
        case SignKind.LENGTHENED | SignKind.EXTENDED:
            _more_time(villages, kind, day)
        case SignKind.FAST | SignKind.COMEBACK | SignKind.OWN_RATING | SignKind.COPIED:
            _made_up(villages, kind, day)


def _surge(villages: Villages, day: int) -> None:
    """Let one thing be complained of by many in a week."""
    first = villages.honest(day)
    more = [
        replace(
            villages.went(villages.honest(day + place * 7 // SURGE), 0.05, 0, 0.05),
            category=first.category,
            township=first.township,
            unit=first.unit,
        )
        for place in range(SURGE)
    ]
    villages.matters += more
    villages.planted(SignKind.SURGE, (each.filed_at for each in more), of_cell(first.category, first.township), 7)


def _place(villages: Villages, day: int) -> None:
    """Let one place be written about four times in a month and a half, in nearly the same words."""
    first, said = villages.honest(day), f"{villages.words()}，请尽快来修"
    ways = ("", "。", "！都反映几次了", "，没人来")
    more = [
        replace(
            villages.went(villages.honest(day + place * 14), 0.05, 0, 0),
            words=said + ways[place],
            category=first.category,
            township=first.township,
            unit=first.unit,
        )
        for place in range(4)
    ]
    villages.matters += more
    villages.planted(SignKind.PLACE, [more[2].filed_at], of_cell(first.category, first.township))


def _behind(villages: Villages, day: int) -> None:
    """Let a busy unit miss a third of its limits for six weeks."""
    begins = BEGINS_AT + day * DAY
    counts: dict[str, int] = {}
    for each in villages.matters:
        counts[each.unit] = counts.get(each.unit, 0) + 1
    unit = villages.random.choice(sorted(counts, key=lambda unit: counts[unit], reverse=True)[:6])
    places = [
        place
        for place, each in enumerate(villages.matters)
        if each.unit == unit and begins <= each.filed_at < begins + 42 * DAY and villages.random.random() < MISSED
    ]
    late = villages.change(places, taken=LIMIT * 1.3, extensions=0)
    villages.planted(SignKind.BEHIND, (each.filed_at + LIMIT for each in late), of_unit(late[0].unit))


def _old(villages: Villages, day: int) -> None:
    """Leave a matter lying."""
    matter = replace(villages.honest(day), taken=45 * DAY)
    villages.matters.append(matter)
    villages.planted(SignKind.OLD, [matter.filed_at + 30 * DAY], of_unit(matter.unit))


def _of_one_case(villages: Villages, kind: SignKind, day: int) -> None:
    """Let a resident urge three times, or two units say that a matter is not theirs; nobody else counts such cases."""
    matter = replace(villages.honest(day), taken=9 * DAY)
    others = sorted(set(villages.county.units) - {matter.unit})[:2]
    changed = replace(matter, urgings=3) if kind is SignKind.URGED else replace(matter, given_back=tuple(others))
    villages.matters.append(changed)
    since = changed.filed_at + (3 * DAY if kind is SignKind.URGED else timedelta())
    villages.planted(kind, [since], lambda sign: sign.raised_at >= since and sign.unit == matter.unit)


def _silent(villages: Villages, day: int) -> None:
    """Let nobody get through to the hotline for a week."""
    begins = BEGINS_AT + day * DAY
    places = [
        place
        for place, each in enumerate(villages.matters)
        if each.channel is Channel.HOTLINE and begins <= each.filed_at < begins + 7 * DAY
    ]
    lost = villages.change(places, channel=Channel.BOT)
    villages.planted(SignKind.SILENT, (each.filed_at for each in lost), about(Subject(channel=Channel.HOTLINE)), 7)


def _untranslated(villages: Villages, day: int) -> None:
    """Let the translators be away for five days."""
    begins, ends = BEGINS_AT + day * DAY, BEGINS_AT + (day + 5) * DAY
    waiting: list[Matter] = []
    for place, each in enumerate(villages.matters):
        if each.translated_after is not None and begins <= each.filed_at < ends:
            waiting += villages.change([place], translated_after=ends + 20 * HOUR - each.filed_at)
    villages.planted(SignKind.TRANSLATORS, (each.filed_at for each in waiting), about(Subject()), 7)


def _bulk(villages: Villages, day: int) -> None:
    """Let a unit close everything that runs out tomorrow within an hour."""
    end = BEGINS_AT + (day + 11) * DAY + 9 * HOUR
    unit = villages.random.choice(sorted(villages.county.units))
    more = []
    for place in range(BULK):
        filed_at = end - LIMIT * 0.95 - timedelta(minutes=villages.random.randrange(700))
        matter = replace(villages.honest(day), unit=unit, filed_at=filed_at)
        resolved_at = end + timedelta(minutes=5 * place)
        more.append(replace(matter, taken=resolved_at - filed_at))
    villages.matters += more
    villages.planted(SignKind.BULK, (each.resolved_at for each in more), of_unit(unit))


def _bare(villages: Villages, day: int) -> None:
    """Let a unit resolve two matters without the photo that their category asks for."""
    asking = {each.id for each in villages.county.categories.values() if each.wants_evidence}
    begins = BEGINS_AT + day * DAY
    places = [
        place
        for place, each in enumerate(villages.matters)
        if each.category in asking and each.resolved_at is not None and begins <= each.resolved_at < begins + 14 * DAY
    ]
    first = villages.matters[places[0]].unit
    own = [place for place in places if villages.matters[place].unit == first][:2]
    changed = villages.change(own, has_evidence=False)
    villages.planted(SignKind.BARE, (each.resolved_at for each in changed), of_unit(first))


def _more_time(villages: Villages, kind: SignKind, day: int) -> None:
    """Lengthen two matters of a unit, or give them more time twice."""
    places = villages.resolved(day, 2)
    parts = {"is_lengthened": True} if kind is SignKind.LENGTHENED else {"extensions": 2}
    changed = villages.change(places, taken=9 * DAY, signed_before=None, **parts)
    after = 5 * HOUR if kind is SignKind.LENGTHENED else 2 * DAY
    villages.planted(kind, (each.filed_at + after for each in changed), of_unit(changed[0].unit))


def _made_up(villages: Villages, kind: SignKind, day: int) -> None:
    """Let a unit hardly look at matters, send residents home unheard, rate itself, or answer all alike."""
    count = {SignKind.FAST: FAST, SignKind.COMEBACK: COMEBACK, SignKind.COPIED: COPIED}.get(kind, 3)
    places = villages.resolved(day, count)
    unit = villages.matters[places[0]].unit
    parts: dict[SignKind, dict[str, object]] = {
        SignKind.FAST: {"signed_before": timedelta(minutes=5), "extensions": 0},
        SignKind.COMEBACK: {"is_reopened": True},
        SignKind.OWN_RATING: {"rated_by": f"s-{unit}", "is_reopened": False},
        SignKind.COPIED: {"answer": f"{unit}已按规定办理完毕，感谢您的理解与支持"},
    }
    changed = villages.change(places, **parts[kind])
    after = {SignKind.COMEBACK: DAY, SignKind.OWN_RATING: 3 * HOUR}.get(kind, timedelta())
    moments = [None if each.resolved_at is None else each.resolved_at + after for each in changed]
    villages.planted(kind, moments, of_unit(unit))
