"""How much of one person is handled at once: what is over the county's limit waits in the inbox, in order, and is kept."""

from __future__ import annotations

from collections import Counter, deque
from datetime import datetime

from bot.rules.county import Limits


class Turnstile:
    """Counts what passes of each chat; one that passed as often as it may is held until the earliest of that is long ago."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._passes: deque[tuple[datetime, int]] = deque()
        self._counts: Counter[int] = Counter()
        self._held: set[int] = set()

    def adopt(self, limits: Limits) -> None:
        """Hold by other limits from now on; what has passed counts."""
        self._limits = limits
        self._held = {chat for chat, count in self._counts.items() if count >= limits.updates}

    def count(self, chat: int, now: datetime) -> None:
        """Let one update of a chat pass."""
        self._passes.append((now, chat))
        self._counts[chat] += 1
        if self._counts[chat] >= self._limits.updates:
            self._held.add(chat)

    def held(self, now: datetime) -> frozenset[int]:
        """Return the chats of which nothing passes now."""
        if self._passes and self._passes[-1][0] > now:  # the clock was set back: what it said before means nothing now
            self._passes.clear()
            self._counts.clear()
            self._held.clear()
        while self._passes and self._passes[0][0] + self._limits.per <= now:
            _, chat = self._passes.popleft()
            self._counts[chat] -= 1
            if self._counts[chat] < self._limits.updates:
                self._held.discard(chat)
            if not self._counts[chat]:
                del self._counts[chat]
        return frozenset(self._held)

    def opens_at(self) -> datetime | None:
        """Return when the next of a held chat may pass; None while none is held."""
        return next((at + self._limits.per for at, chat in self._passes if chat in self._held), None)
