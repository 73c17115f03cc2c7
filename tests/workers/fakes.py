"""What stands in for the outside: a source of updates and a courier, each doing what its script says, and nothing else."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import DeliveryError, SourceError, StorageUnavailable
from bot.ports import Arrival, Decision, EndedPage, Letter, Taken
from bot.rules.due import Due
from bot.rules.message import Message
from storage.store import Store


class ScriptedSource:
    """A server that holds updates until the next fetch confirms them, as the Bot API does."""

    def __init__(self, script: Sequence[Sequence[Arrival] | SourceError], at_end: Callable[[], None]) -> None:
        self._script = list(script)
        self._at_end = at_end
        self._handed: Sequence[Arrival] = ()
        self.confirmed: list[int] = []

    async def fetch(self) -> Sequence[Arrival]:
        """Confirm what was handed out before, then hand out more; at the end call `at_end` and hand out nothing."""
        self.confirmed += [arrival.update_id for arrival in self._handed]
        self._handed = ()
        if not self._script:
            self._at_end()
            return ()
        step = self._script.pop(0)
        if isinstance(step, SourceError):
            raise step
        self._handed = step
        return step


@dataclass
class FlakyInbox:
    """An inbox on a disk that is full for the first `failures` tries."""

    failures: int = 0
    tries: int = 0
    kept: list[int] = field(default_factory=list)
    watch: Callable[[], None] = lambda: None

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Keep updates, or refuse."""
        del now
        self.tries += 1
        self.watch()
        if self.tries <= self.failures:
            raise StorageUnavailable("no room")
        new = [arrival.update_id for arrival in arrivals if arrival.update_id not in self.kept]
        self.kept += new
        return len(new)


class ScriptedCourier:
    """Carries letters; for each chat it does what is next in its script, and then sends whatever comes."""

    def __init__(self) -> None:
        self.script: dict[int, list[DeliveryError | asyncio.Event]] = defaultdict(list)
        self.tried: list[tuple[int, Message]] = []
        self.sent: list[tuple[int, Message]] = []
        self.edited: list[int | None] = []
        self.begun = asyncio.Event()

    async def carry(self, letter: Letter, now: datetime) -> int | None:
        """Send, or fail as the script says; an event in the script is waited for, and then the letter is sent."""
        del now
        self.tried.append((letter.chat_id, letter.message))
        self.begun.set()
        if self.script[letter.chat_id]:
            step = self.script[letter.chat_id].pop(0)
            if isinstance(step, DeliveryError):
                raise step
            await step.wait()
        self.sent.append((letter.chat_id, letter.message))
        self.edited.append(letter.message_id)
        return letter.message_id if letter.message_id is not None else len(self.sent)

    def to(self, chat: int) -> list[Message]:
        """Return what a chat was sent, in order."""
        return [message for each, message in self.sent if each == chat]


class Watched:
    """A real store whose commits can be watched, and made to fail."""

    def __init__(self, store: Store, before: Callable[[Sequence[Decision]], Exception | None]) -> None:
        self._store = store
        self._before = before
        self.sizes: list[int] = []

    async def take_updates(self, limit: int, now: datetime, held: frozenset[int] = frozenset()) -> Sequence[Taken]:
        """Take updates."""
        return await self._store.take_updates(limit, now, held)

    async def commit(self, decisions: Sequence[Decision], now: datetime, *, hands_over: bool = False) -> Sequence[Letter]:
        """Fail if so wished, else commit."""
        self.sizes.append(len(decisions))
        error = self._before(decisions)
        if error is not None:
            raise error
        return await self._store.commit(decisions, now, hands_over=hands_over)

    async def forget_old_updates(self, now: datetime) -> int:
        """Drop the numbers of old updates."""
        return await self._store.forget_old_updates(now)

    async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
        """Return what is due."""
        return await self._store.take_due(limit, now)

    async def next_due_at(self) -> datetime | None:
        """Return the moment of the earliest due thing."""
        return await self._store.next_due_at()

    async def ended_with_content(self, after: str, now: datetime) -> EndedPage:
        """Return ended cases whose content is there."""
        return await self._store.ended_with_content(after, now)

    async def shred(self, now: datetime) -> bool:
        """Clean the files."""
        return await self._store.shred(now)

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
        await self._store.postpone_due(due, at)
