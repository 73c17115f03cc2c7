"""The order within a chat while several processes share the work: people write several texts at once, and read their cards.

A card holds the texts as they were handled, so whatever overtook another stands before it there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from bench.audience import Audience

TEXTS: Final = 5
"""How many each person writes without waiting; fewer than the county's limit lets pass at once."""

WAIT_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.05
_PLACE: Final = re.compile(r"第(\d)处")


async def out_of_order(audience: Audience, people: Sequence[int]) -> int:
    """Let all of them write their texts at once; return in how many chats they were not handled as they were written.

    Raises:
        TimeoutError: on somebody's card a text is missing.
    """
    for number in range(1, TEXTS + 1):
        for person in people:
            audience.pour(person, f"第{number}处路灯坏了")
    async with asyncio.timeout(WAIT_SECONDS):
        while any(len(set(places)) < TEXTS for places in _places(audience, people)):  # noqa: ASYNC110 (another process's doing)
            await asyncio.sleep(LOOK_SECONDS)
    return sum(places != sorted(places) for places in _places(audience, people))


def _places(audience: Audience, people: Sequence[int]) -> list[list[int]]:
    return [[int(place) for place in _PLACE.findall(card)] for card in audience.read(people)]
