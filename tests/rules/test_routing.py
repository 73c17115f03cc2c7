"""Which unit a matter goes to, and how fast it must be dealt with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.county import County, Kind, Route, Urgency
from bot.rules.identity import ClassId, UnitId
from bot.rules.routing import can_be_about, class_for, rule_text, unit_for
from tests.support.builders import (
    CONDUCT,
    HEATING,
    LETTERS,
    QAPQAL_TOWN,
    QIONGBOLA,
    ROADS,
    SUPERVISION,
    TRANSPORT,
    WATER,
    county,
)


def routed(*routes: Route) -> County:
    """Make the sample county with other routes."""
    return replace(county(), routes=routes)


def test_a_matter_goes_to_its_categorys_unit() -> None:
    """Without a rule for it the category decides."""
    assert unit_for(county(), ROADS, QAPQAL_TOWN) == TRANSPORT
    assert unit_for(county(), ROADS, None) == TRANSPORT


def test_a_township_can_answer_for_its_own_roads() -> None:
    """A rule for one township holds there and nowhere else."""
    assert unit_for(county(), ROADS, QIONGBOLA) == UnitId("gov-qiongbola")
    assert unit_for(county(), HEATING, QIONGBOLA) == UnitId("utilities")


def test_the_first_rule_that_fits_wins() -> None:
    """Rules are tried from the top; one for the whole category hides what is below it."""
    everywhere = Route(ROADS, None, None, LETTERS)
    there = Route(ROADS, QIONGBOLA, None, WATER)
    assert unit_for(routed(everywhere, there), ROADS, QIONGBOLA) == LETTERS
    assert unit_for(routed(there, everywhere), ROADS, QIONGBOLA) == WATER
    assert unit_for(routed(there, everywhere), ROADS, None) == LETTERS


def test_a_rule_about_a_unit_holds_where_it_is_said_to_be_about_it() -> None:
    """A matter about those who look into such matters goes to others; without being said so the rule is passed over."""
    assert unit_for(county(), CONDUCT, None) == SUPERVISION
    assert unit_for(county(), CONDUCT, None, TRANSPORT) == SUPERVISION
    assert unit_for(county(), CONDUCT, None, SUPERVISION) == UnitId("discipline")
    about = Route(ROADS, None, SUPERVISION, LETTERS)
    assert unit_for(routed(about), ROADS, QIONGBOLA) == TRANSPORT


def test_no_matter_goes_to_whom_it_is_about() -> None:
    """Whatever the rules say: another unit that looks into conduct has it; with none there, it cannot be said at all."""
    for unit in county().units:
        assert unit_for(county(), CONDUCT, QAPQAL_TOWN, unit) not in {unit, None}
        assert can_be_about(county(), CONDUCT, unit)
    wrong = routed(Route(CONDUCT, None, SUPERVISION, SUPERVISION))
    others = {unit: replace(each, is_supervising=unit == SUPERVISION) for unit, each in wrong.units.items()}
    alone = replace(wrong, units=others)
    assert unit_for(alone, CONDUCT, None, SUPERVISION) is None
    assert not can_be_about(alone, CONDUCT, SUPERVISION)
    assert can_be_about(alone, CONDUCT, TRANSPORT)
    assert not can_be_about(county(), ROADS, TRANSPORT)
    assert not can_be_about(county(), CONDUCT, UnitId("nowhere"))


@pytest.mark.parametrize(
    ("urgency", "kind", "named"),
    [
        (Urgency.NORMAL, Kind.COMPLAINT, "complaint"),
        (Urgency.NORMAL, Kind.REQUEST, "complaint"),
        (Urgency.NORMAL, Kind.SUGGESTION, "complaint"),
        (Urgency.NORMAL, Kind.ENQUIRY, "enquiry"),
        (Urgency.UTILITY, Kind.ENQUIRY, "utility"),
        (Urgency.EMERGENCY, Kind.ENQUIRY, "emergency"),
        (Urgency.EMERGENCY, Kind.PRAISE, "emergency"),
        (Urgency.EMERGENCY, Kind.COMPLAINT, "emergency"),
    ],
)
def test_urgency_decides_before_kind_and_kind_before_category(urgency: Urgency, kind: Kind, named: str) -> None:
    """The more pressing reason to be fast is the one that counts."""
    found = class_for(county(), ROADS, kind, urgency)
    assert found is county().classes[ClassId(named)]


def test_praise_has_no_deadline() -> None:
    """Nobody has to be fast about thanks, whatever they are for."""
    assert all(class_for(county(), each, Kind.PRAISE, Urgency.NORMAL) is None for each in county().categories)


def test_the_category_decides_last() -> None:
    """With nothing else to go by each category has the class that the county file gives it."""
    for category in county().categories.values():
        found = class_for(county(), category.id, Kind.COMPLAINT, Urgency.NORMAL)
        assert found is county().classes[category.deadline]


@pytest.mark.parametrize(
    ("named", "text"),
    [
        ("complaint", "accept 2h, handle 7d"),
        ("emergency", "accept 30min, handle 2h, round the clock"),
        ("petition", "accept 15cd, handle 60cd"),
    ],
)
def test_the_rule_is_kept_as_the_county_wrote_it(named: str, text: str) -> None:
    """A case says for ever which limits it was filed under."""
    assert rule_text(county().classes[ClassId(named)]) == text
