"""Which unit answers for a matter, and under which deadline class. One place decides both."""

from __future__ import annotations

from bot.rules.case import ROUND_THE_CLOCK
from bot.rules.county import County, DeadlineClass, Kind, Urgency
from bot.rules.identity import CategoryId, TownshipId, UnitId


def unit_for(
    county: County, category: CategoryId, township: TownshipId | None, about: UnitId | None = None
) -> UnitId | None:
    """Find the unit: the first route that fits, else the category's own; of a confidential matter never whom it is about.

    Args:
        about: the unit whose officials it is about, where that is said.

    Returns:
        None where nobody else looks into such matters.
    """
    for route in county.routes:
        if route.category != category or route.about not in {None, about} or route.unit == about:
            continue
        if route.township is None or route.township == township:
            return route.unit
    own = county.categories[category].unit
    return own if own != about else next(iter(trusted_units(county, about)), None)


def can_be_about(county: County, category: CategoryId, unit: UnitId) -> bool:
    """Say whether a matter may be said to be about a unit: it is confidential, and somebody else looks into it."""
    known = county.categories.get(category)
    return known is not None and known.is_confidential and unit in county.units and any(trusted_units(county, unit))


def trusted_units(county: County, about: UnitId | None) -> tuple[UnitId, ...]:
    """Return the units that look into the conduct of officials, but for the one that a matter is about.

    They are the ones whose a confidential category is, or by a route of it, and those that supervise.
    """
    trusted = {route.unit for route in county.routes if county.categories[route.category].is_confidential}
    trusted |= {category.unit for category in county.categories.values() if category.is_confidential}
    trusted |= {unit.id for unit in county.units.values() if unit.is_supervising}
    return tuple(unit for unit in county.units if unit in trusted and unit != about)


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
