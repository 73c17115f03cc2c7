"""A county file as a whole: each section goes to its reader, and what they make is put together.

Invariant: every section is read, in the order of the sample file, whatever was wrong with the ones before.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.county import bodies, forms, plans
from bot.county.hours import hours_of
from bot.county.names import name
from bot.county.table import Table
from bot.county.words import vocabularies
from bot.rules.county import County, DigestPlan, TranslationPlan, WatchPlan
from bot.rules.duty_plan import DutyPlan
from bot.rules.identity import Language
from bot.rules.length import parse_length
from bot.rules.name import Name
from bot.rules.office import Office


def county_of(root: Table) -> County:
    """Read a whole county file; mistakes are left with `root`."""
    mentions = bodies.Mentions.of(root)
    for key in ("project", "indicator"):
        root.ids(key)
    heading = root.inner("county", _heading)
    hours = hours_of(root, heading.zone)
    townships = root.each("township", bodies.township)
    units = root.each("unit", lambda table: bodies.unit(table, mentions))
    bodies.check_units(root, units)
    classes = root.each("deadline", bodies.deadline)
    by_urgency, by_kind = root.inner("deadline_by", lambda table: bodies.deadline_by(table, mentions))
    reminders = root.inner("reminders", plans.reminders)
    rating = root.inner("rating", plans.rating)
    pause = root.inner("pause", plans.pause)
    limits = root.inner("limits", plans.limits)
    privacy = root.inner("privacy", plans.privacy)
    warning = root.inner("warning", plans.warning)
    categories = root.each("category", lambda table: bodies.category(table, mentions))
    return County(
        name=heading.name,
        code=heading.code,
        case_prefix=heading.case_prefix,
        languages=heading.languages,
        hours=hours,
        townships=MappingProxyType({each.id: each for each in townships}),
        units=MappingProxyType({each.id: each for each in units}),
        classes=MappingProxyType({each.id: each for each in classes}),
        class_by_urgency=by_urgency,
        class_by_kind=by_kind,
        reminders=reminders,
        rating=rating,
        pause=pause,
        limits=limits,
        privacy=privacy,
        warning=warning,
        categories=MappingProxyType({each.id: each for each in categories}),
        routes=root.each_if_any("route", lambda table: bodies.route(table, mentions)),
        projects=root.each_if_any("project", lambda table: bodies.project(table, mentions)),
        indicators=root.each_if_any("indicator", bodies.indicator),
        vocabularies=vocabularies(root, categories),
        digest=root.inner("digest", plans.digest) if root.has("digest") else DigestPlan(),
        objection=root.inner("scorecard", plans.objection) if root.has("scorecard") else parse_length("5d"),
        duty=root.inner("duty", lambda table: plans.duty(table, mentions)) if root.has("duty") else DutyPlan(),
        watch=root.inner("watch", plans.watch) if root.has("watch") else WatchPlan(),
        translation=root.inner("translation", plans.translation) if root.has("translation") else TranslationPlan(),
        office=root.inner("office", plans.office) if root.has("office") else Office(),
    )


class _Heading(NamedTuple):
    name: Name
    code: str
    zone: ZoneInfo
    case_prefix: str
    languages: tuple[Language, ...]


def _heading(table: Table) -> _Heading:
    return _Heading(
        name=table.inner("name", name),
        code=table.need("code", forms.DIVISION_CODE),
        zone=table.need("timezone", forms.zone()),
        case_prefix=table.need("case_prefix", forms.CASE_PREFIX),
        languages=table.distinct("languages", forms.LANGUAGE),
    )
