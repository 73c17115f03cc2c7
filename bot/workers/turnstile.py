"""How much of one person is handled at once: what is over the county's limit waits in the inbox, in order, and is kept.

What waited comes in evenly, not all at the moment when the limit allows it again: else a flood would be a burst of
commits every few seconds, and whoever writes in one of those moments would wait for it.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime
from typing import Final

from bot.rules.county import Limits

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class Turnstile:
    """Counts what passes of each chat; one that passed as often as it may is held until the earliest of that is long ago.

    From then on one of its updates passes at a time, as far apart as the limit has them on average, until nothing of it
    has passed for a whole stretch of time.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._passes: deque[tuple[datetime, int]] = deque()
        self._counts: Counter[int] = Counter()
        self._full: set[int] = set()
        self._next_at: dict[int, datetime] = {}
        """Of the chats that came to the limit: when the next of each may pass at the earliest."""
        self._looked_at = LONG_AGO

    def adopt(self, limits: Limits) -> None:
        """Hold by other limits from now on; what has passed counts."""
        self._limits = limits
        self._full = {chat for chat, count in self._counts.items() if count >= limits.updates}

    def count(self, chat: int, now: datetime) -> None:
        """Let one update of a chat pass."""
        self._passes.append((now, chat))
        self._counts[chat] += 1
        if self._counts[chat] >= self._limits.updates:
            self._full.add(chat)
        if chat in self._full or chat in self._next_at:
            self._next_at[chat] = now + self._limits.per / self._limits.updates

    def held(self, now: datetime) -> frozenset[int]:
        """Return the chats of which nothing passes now."""
        if self._passes and self._passes[-1][0] > now:  # the clock was set back: what it said before means nothing now
            self._passes.clear()
            self._counts.clear()
            self._full.clear()
            self._next_at.clear()
        self._looked_at = now
        while self._passes and self._passes[0][0] + self._limits.per <= now:
            _, chat = self._passes.popleft()
            self._counts[chat] -= 1
            if self._counts[chat] < self._limits.updates:
                self._full.discard(chat)
            if not self._counts[chat]:
                del self._counts[chat]
        for chat, at in list(self._next_at.items()):
            if at + self._limits.per <= now:
                del self._next_at[chat]
        return frozenset(self._full.union(chat for chat, at in self._next_at.items() if at > now))

    def opens_at(self) -> datetime | None:
        """Return when to look again for the next of a held chat; None while none is held."""
        if not self._full and not self._next_at:  # as nearly always: nobody came to the limit
            return None
        freed = [at + self._limits.per for at, chat in self._passes if chat in self._full][:1]
        due = [at for chat, at in self._next_at.items() if at > self._looked_at and chat not in self._full]
        return min(freed + due, default=None)
