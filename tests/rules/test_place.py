"""Which township a place on the map is in: the nearest, as the crow flies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.county import Township
from bot.rules.identity import TownshipId
from bot.rules.name import Name
from bot.rules.place import FARTHEST_KM, distance_km, nearest_township

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


def township(name: str, latitude: float | None, longitude: float | None) -> Township:
    """Make a township."""
    return Township(TownshipId(name), Name(name, {}), None, latitude, longitude)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((43.9, 81.3), (43.9, 81.3), 0.0),
        ((0.0, 0.0), (0.0, 180.0), 20015.1),  # half the way around
        ((36.12, -86.67), (33.94, -118.40), 2887.3),  # Nashville to Los Angeles, the formula's usual example
        ((43.83, 87.60), (39.90, 116.41), 2409.0),  # Urumqi to Beijing
    ],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    """Within a part in two hundred, which is how far the earth is from a ball."""
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.005)


@given(latitudes, longitudes, latitudes, longitudes)
def test_it_is_as_far_there_as_back(north: float, east: float, other_north: float, other_east: float) -> None:
    """And never more than half the way around the earth."""
    there = distance_km(north, east, other_north, other_east)
    assert there == pytest.approx(distance_km(other_north, other_east, north, east))
    assert 0 <= there <= 20016


def test_the_nearest_wins_and_what_has_no_place_is_left_out() -> None:
    """A county may give places for some of its townships only."""
    townships = (township("far", 43.0, 81.0), township("near", 43.8, 81.1), township("nowhere", None, None))
    assert nearest_township(townships, 43.84, 81.15) == "near"
    assert nearest_township(townships[2:], 43.84, 81.15) is None


def test_far_from_all_of_them_it_is_none() -> None:
    """Whoever sends a place from another province is asked."""
    (here,) = (township("here", 43.84, 81.15),)
    degrees = FARTHEST_KM / 111.2
    assert nearest_township((here,), 43.84 + degrees * 0.99, 81.15) == "here"
    assert nearest_township((here,), 43.84 + degrees * 1.01, 81.15) is None
