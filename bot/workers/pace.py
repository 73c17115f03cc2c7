"""How fast notices go out in bulk: as Telegram asks of bots, in all and for each chat. Answers are not counted.

Source: https://core.telegram.org/bots/faq (about 30 messages a second, 1 a second to a chat, 20 a minute to a group).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

PER_SECOND: Final = 25
ONE_CHAT: Final = timedelta(seconds=1)
ONE_GROUP: Final = timedelta(seconds=3)
"""How far apart notices to one chat are: a group gets 20 a minute."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

REMEMBERED: Final = 1000
"""Chats whose last notice is remembered before those of long ago are forgotten."""


class Pace:
    """Says how many notices may begin now, and when one chat may get its next."""

    def __init__(self) -> None:
        self._begun: list[datetime] = []
        self._next_at: dict[int, datetime] = {}

    def free(self, now: datetime, sharers: int = 1) -> int:
        """Return how many notices may begin now.

        Args:
            sharers: how many processes send for one bot; each has its part of what Telegram allows it.
        """
        self._begun = [at for at in self._begun if now - timedelta(seconds=1) < at <= now]
        return max(0, max(1, PER_SECOND // sharers) - len(self._begun))

    def begin(self, count: int, now: datetime) -> None:
        """Let so many begin."""
        self._begun += [now] * count

    def opens_at(self) -> datetime | None:
        """Return when more may begin; None while the last second saw none."""
        return self._begun[0] + timedelta(seconds=1) if self._begun else None

    def chat_opens_at(self, chat: int, now: datetime, known: datetime | None = None) -> datetime:
        """Return when a chat may get a notice, and count that it does.

        Args:
            known: when others say that it may; what a clock that was set back leaves there holds for one notice's time.
        """
        if len(self._next_at) > REMEMBERED:
            self._next_at = {each: at for each, at in self._next_at.items() if at > now}
        distance = ONE_CHAT if chat > 0 else ONE_GROUP
        own = self._next_at.get(chat, _LONG_AGO)
        at = max(now, min(max(own, known or _LONG_AGO), now + distance))
        self._next_at[chat] = at + distance
        return at

    def next_at(self, chat: int) -> datetime | None:
        """Return when a chat may get its next notice, as far as that is remembered."""
        return self._next_at.get(chat)
