"""Where on the map a matter is, and which township that is: the nearest, offline."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final

from bot.rules.county import Township
from bot.rules.identity import TownshipId

EARTH_KM: Final = 6371.0
"""Mean radius."""

FARTHEST_KM: Final = 60.0
"""Farther from every township than this, a place is in none of them."""


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance between two places, by the haversine formula."""
    north, east = radians(other_latitude - latitude) / 2, radians(other_longitude - longitude) / 2
    half = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def nearest_township(townships: Iterable[Township], latitude: float, longitude: float) -> TownshipId | None:
    """Return the township whose place on the map is nearest; None where none is near, or none has a place."""
    distances = [
        (distance_km(latitude, longitude, each.latitude, each.longitude), each.id)
        for each in townships
        if each.latitude is not None and each.longitude is not None
    ]
    nearest = min(distances, default=None)
    return nearest[1] if nearest is not None and nearest[0] <= FARTHEST_KM else None
