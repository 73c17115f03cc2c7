"""Who answers for what, and how fast: townships, units, deadline classes, categories, routes, projects, indicators.

Invariant: a mention of a unit, township, category or class is checked against the whole file, whatever comes first in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from bot.county import forms
from bot.county.forms import one_of, optional, reference
from bot.county.names import name
from bot.county.table import Form, Table
from bot.county.words import by_language
from bot.rules.county import Category, DeadlineClass, Indicator, Kind, Project, Route, Township, Unit, Urgency
from bot.rules.fault import Fault, because
from bot.rules.identity import CategoryId, ClassId, ProjectId, TownshipId, UnitId

E = TypeVar("E", Urgency, Kind)

NO_CLASS: Final = "none"
MANUAL: Final = "manual"
MEASURES: Final = (
    "on_time_rate",
    "confirmed_solved_rate",
    "satisfaction_rate",
    "accepted_on_time_rate",
    "field_visits",
    "followup_still_solved_rate",
    "false_closures",
    "overdue_cases",
    "reopened_cases",
    MANUAL,
)
"""What a line of the scorecard can be computed from; `manual` is scored by an admin, with a reason."""
HORIZONS: Final = ("visible", "lasting")
"""显绩 and 潜绩: a result that shows soon, and groundwork."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Forms of the mentions of what the file defines."""

    township: Form[TownshipId]
    unit: Form[UnitId]
    deadline: Form[ClassId]
    category: Form[CategoryId]

    @classmethod
    def of(cls, root: Table) -> Mentions:
        """Collect what the file defines; complain of ids that are there twice."""
        return cls(
            township=reference(TownshipId, Fault.A_TOWNSHIP, root.ids("township")),
            unit=reference(UnitId, Fault.A_UNIT, root.ids("unit")),
            deadline=reference(ClassId, Fault.A_CLASS, root.ids("deadline")),
            category=reference(CategoryId, Fault.A_CATEGORY, root.ids("category")),
        )


# Townships, units, deadline classes


def township(table: Table) -> Township:
    """Read a town or township."""
    latitude, longitude = table.may("lat", forms.degrees(90)), table.may("lon", forms.degrees(180))
    if table.has("lat") != table.has("lon"):
        table.complain("lat", because(Fault.HALF_A_PLACE))
    return Township(
        id=TownshipId(table.need("id", forms.ID)),
        name=table.inner("name", name),
        code=table.may("code", forms.DIVISION_CODE),
        latitude=latitude,
        longitude=longitude,
    )


def unit(table: Table, mentions: Mentions) -> Unit:
    """Read a body that answers for cases."""
    return Unit(
        id=UnitId(table.need("id", forms.ID)),
        name=table.inner("name", name),
        township=table.may("township", mentions.township),
        is_fallback=table.flag("fallback"),
        is_supervising=table.flag("supervises"),
    )


def check_units(root: Table, units: tuple[Unit, ...]) -> None:
    """See that somebody takes what no rule routes, and somebody watches over the rest."""
    fallbacks = [unit.id for unit in units if unit.is_fallback]
    if len(fallbacks) > 1:
        root.complain("unit", because(Fault.FALLBACKS, count=str(len(fallbacks)), units=", ".join(fallbacks)))
    if units and not fallbacks:
        root.complain("unit", because(Fault.NO_FALLBACK))
    if units and not any(unit.is_supervising for unit in units):
        root.complain("unit", because(Fault.NO_SUPERVISOR))


def deadline(table: Table) -> DeadlineClass:
    """Read a deadline class."""
    identifier = table.need("id", forms.ID)
    if identifier == NO_CLASS:
        table.complain("id", because(Fault.RESERVED_ID, value=NO_CLASS))
    return DeadlineClass(
        id=ClassId(identifier),
        name=table.inner("name", name),
        accept=table.need("accept", forms.LIMIT),
        handle=table.need("handle", forms.LIMIT),
        runs_round_the_clock=table.flag("clock"),
        extensions=table.sequence_if_any("extensions", forms.LIMIT),
    )


_Classes: TypeAlias = tuple[Mapping[Urgency, ClassId | None], Mapping[Kind, ClassId | None]]


def deadline_by(table: Table, mentions: Mentions) -> _Classes:
    """Read which class an urgency or a kind has; `none` is no deadline at all."""
    form = optional(NO_CLASS, mentions.deadline)

    def chosen(members: Iterable[E]) -> Callable[[Table], Mapping[E, ClassId | None]]:
        return lambda inner: MappingProxyType(
            {each: inner.need(each.value, form) for each in members if inner.has(each.value)}
        )

    return table.inner("urgency", chosen(Urgency)), table.inner("kind", chosen(Kind))


# Categories, routes, projects, indicators


def category(table: Table, mentions: Mentions) -> Category:
    """Read what a matter can be about."""
    return Category(
        id=CategoryId(table.need("id", forms.ID)),
        name=table.inner("name", name),
        unit=table.need("unit", mentions.unit),
        deadline=table.need("deadline", mentions.deadline),
        wants_evidence=table.flag("evidence"),
        is_confidential=table.flag("confidential"),
        words=table.inner_if_any("words", by_language) or {},
    )


def route(table: Table, mentions: Mentions) -> Route:
    """Read an exception to who answers for a category."""
    return Route(
        category=table.need("category", mentions.category),
        township=table.may("township", mentions.township),
        about=table.may("about", mentions.unit),
        unit=table.need("unit", mentions.unit),
    )


def project(table: Table, mentions: Mentions) -> Project:
    """Read a project that residents can rate."""
    return Project(
        id=ProjectId(table.need("id", forms.ID)),
        name=table.inner("name", name),
        unit=table.need("unit", mentions.unit),
        horizon=table.need("horizon", one_of(HORIZONS, Fault.A_HORIZON)),
    )


def indicator(table: Table) -> Indicator:
    """Read a line of the scorecard."""
    return Indicator(
        id=table.need("id", forms.ID),
        name=table.inner("name", name),
        is_positive=table.need("sign", forms.mapped({"+": True, "-": False}, Fault.A_SIGN)),
        points=table.need("points", forms.count(1)),
        measure=table.need("measure", one_of(MEASURES, Fault.A_MEASURE)),
    )
