"""Where processes share a database, each looks now and then for what another left or found too much. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.ports import Clock
from bot.workers.bell import Bell

BEAT: Final = timedelta(seconds=1)


class Pulse:
    """Rings bells every second until silenced."""

    def __init__(self, clock: Clock, own: Bell, others: Sequence[Bell]) -> None:
        self._clock = clock
        self._own, self._others = own, others

    async def run(self) -> None:
        """Ring, wait, ring again."""
        while not self._own.is_silenced:
            await self._own.wait(self._clock.now() + BEAT)
            for bell in self._others:
                bell.ring()
