"""Which unit answers for a matter, and under which deadline class. One place decides both."""

from __future__ import annotations

from bot.rules.case import ROUND_THE_CLOCK
from bot.rules.county import County, DeadlineClass, Kind, Urgency
from bot.rules.identity import CategoryId, TownshipId, UnitId


def unit_for(county: County, category: CategoryId, township: TownshipId | None) -> UnitId:
    """Find the unit: the first route that fits, else the category's own.

    A route for cases about one unit is passed over: which unit a case is about is not asked for.
    """
    for route in county.routes:
        if route.category != category or route.about is not None:
            continue
        if route.township is None or route.township == township:
            return route.unit
    return county.categories[category].unit


def class_for(county: County, category: CategoryId, kind: Kind, urgency: Urgency) -> DeadlineClass | None:
    """Find the deadline class: urgency first, then kind, then category; None when the kind has no deadline."""
    if urgency in county.class_by_urgency:
        named = county.class_by_urgency[urgency]
    elif kind in county.class_by_kind:
        named = county.class_by_kind[kind]
    else:
        named = county.categories[category].deadline
    return None if named is None else county.classes[named]


def rule_text(deadline_class: DeadlineClass) -> str:
    """Write the limits that a case is filed under, as the county file had them."""
    hours = ROUND_THE_CLOCK if deadline_class.runs_round_the_clock else ""
    return f"accept {deadline_class.accept.text}, handle {deadline_class.handle.text}{hours}"
