"""Two county files are compared by what they say, place by place; what is still in use cannot go."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from bot.county import sample_county_path
from bot.rules.county_file import Difference, Mention, differences, digest_of, held_back
from tests.support.builders import TRANSPORT, county

Place = tuple[str, str | None, str | None]

BEFORE = """
name = "a"
days = ["mon", "tue"]
[[unit]]
id = "roads"
name = { zh = "交通" }
[[unit]]
id = "water"
supervises = true
[[route]]
category = "x"
unit = "roads"
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('name = "a"', 'name = "b"', [("name", '"a"', '"b"')]),
        ('name = "a"', "", [("name", '"a"', None)]),
        ('[[unit]]\nid = "roads"', 'zest = 1.5\n[[unit]]\nid = "roads"', [("zest", None, "1.5")]),
        ('["mon", "tue"]', '["mon", "wed"]', [("days", '"tue"', '"wed"')]),
        ('["mon", "tue"]', '["mon"]', [("days", '"tue"', None)]),
        ('["mon", "tue"]', '["tue", "mon"]', [("days", '["mon", "tue"]', '["tue", "mon"]')]),
        ('["mon", "tue"]', '["mon", "tue", "tue"]', [("days", '["mon", "tue"]', '["mon", "tue", "tue"]')]),
        ('"交通"', '"交运"', [("unit[roads].name.zh", '"交通"', '"交运"')]),
        ("supervises = true", "supervises = false", [("unit[water].supervises", "true", "false")]),
        ('id = "water"', 'id = "power"', [("unit[power]", None, '{ id = "power", supervises = true }'),
                                          ("unit[water]", '{ id = "water", supervises = true }', None)]),
        ('unit = "roads"', 'unit = "water"', [("route", '{ category = "x", unit = "roads" }',
                                                    '{ category = "x", unit = "water" }')]),
    ],
)  # fmt: skip
def test_every_place_that_says_something_else_is_named(
    old: str, new: str, found: list[tuple[str, str | None, str | None]]
) -> None:
    """With what went and what came, as in the file."""
    after = BEFORE.replace(old, new, 1)
    assert after != BEFORE
    shown = differences(tomllib.loads(BEFORE), tomllib.loads(after))
    assert shown == tuple(Difference(place=place, before=before, after=after) for place, before, after in found)


def test_units_in_another_order_are_a_difference() -> None:
    """Lists of the chat show them in the order of the file."""
    first, second = BEFORE.index("[[unit]]"), BEFORE.rindex("[[unit]]")
    route = BEFORE.index("[[route]]")
    after = BEFORE[:first] + BEFORE[second:route] + BEFORE[first:second] + BEFORE[route:]
    assert differences(tomllib.loads(BEFORE), tomllib.loads(after)) == (
        Difference(place="unit", before="roads, water", after="water, roads"),
    )


def test_comments_and_layout_are_no_difference() -> None:
    """Two files that say the same are equal, whatever they look like; their fingerprints differ all the same."""
    text = sample_county_path().read_text(encoding="utf-8")
    other = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert differences(tomllib.loads(text), tomllib.loads(other)) == ()
    assert digest_of(text) != digest_of(other)


def test_what_open_cases_or_officials_name_cannot_go() -> None:
    """Each with how many hold on to it; what nobody names may go."""
    known = county()
    left = replace(known, units={key: unit for key, unit in known.units.items() if key != TRANSPORT})
    mentions = [
        Mention(section="unit", id=TRANSPORT, cases=3, officials=2),
        Mention(section="unit", id="water", cases=1, officials=0),
        Mention(section="category", id="zest", cases=1, officials=0),
    ]
    assert tuple(map(str, held_back(left, mentions))) == (
        "unit[transport]: cannot go: open cases: 3, officials: 2",
        "category[zest]: cannot go: open cases: 1, officials: 0",
    )
    assert held_back(known, mentions[:2]) == ()
