"""Whether the program lives (its loops go round) and whether it is ready (what comes in can be kept and will be handled).

Invariant: a question takes bounded time, whatever the database does; no answer says anything of a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from bot.errors import MinshengError
from bot.ports import Backlog, BacklogStore, Clock
from bot.watch.disk import LITTLE, TOO_LITTLE
from bot.watch.vitals import Loop, Vitals

STUCK_SECONDS: Final = 180.0
"""A loop that neither waits to be woken nor has gone round for so long hangs; the longest poll takes half of it."""

STUCK_UPDATE: Final = timedelta(minutes=5)
"""An update that waits so long is not being handled."""

SILENT_SECONDS: Final = 180.0
"""After so long without a good answer Telegram counts as out of reach."""

PATIENCE_SECONDS: Final = 5.0
MEGABYTE: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        is_warning: whether something is to be done about it though the program is ready.
    """

    name: str
    is_right: bool
    said: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Premises:
    """Where the house lies on this machine.

    Attributes:
        free: returns how many bytes are free where the database lies; None when that is a server's business.
        keys: the files without which nothing can be opened or signed.
        log: returns how many bytes the database's write-ahead log takes; None as for `free`.
    """

    free: Callable[[], int] | None
    keys: tuple[Path, ...]
    log: Callable[[], int] | None = None


class Rest(Protocol):
    """What a loop waits at when it has nothing to do."""

    is_awaited: bool
    woke_at: float


class Health:
    """Answers for one house.

    Args:
        rests: where each loop waits to be woken.
        patience_seconds: how long the store may take to answer.
    """

    def __init__(
        self,
        vitals: Vitals,
        store: BacklogStore,
        clock: Clock,
        premises: Premises,
        rests: Mapping[Loop, Rest],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._vitals, self._store, self._clock = vitals, store, clock
        self._premises = premises
        self._rests = rests
        self._patience_seconds = patience_seconds

    @property
    def uptime(self) -> float:
        """Return for how many seconds the program has been running."""
        return self._vitals.since(self._vitals.began)

    @property
    def answer_age(self) -> float | None:
        """Return how many seconds ago Telegram last gave a good answer about updates; None before the first."""
        return None if self._vitals.asked is None else self._vitals.since(self._vitals.asked)

    def loops(self) -> dict[Loop, float]:
        """Return for each loop how long it has hung, in seconds; 0 for one that waits or goes round."""
        return {loop: self._hung(rest, self._vitals.turned[loop]) for loop, rest in self._rests.items()}

    def _hung(self, rest: Rest, turned: float) -> float:
        return 0.0 if rest.is_awaited else max(self._vitals.since(max(turned, rest.woke_at)) - STUCK_SECONDS, 0.0)

    async def backlog(self) -> Backlog:
        """Ask the store how it stands.

        Raises:
            MinshengError, TimeoutError: it does not answer, or not in time.
        """
        async with asyncio.timeout(self._patience_seconds):
            return await self._store.backlog(self._clock.now())

    async def free(self) -> int | None:
        """Return how many bytes are free beside the database; None where that is a server's business."""
        free = self._premises.free
        return None if free is None else await asyncio.to_thread(free)

    async def log(self) -> int | None:
        """Return how many bytes the database's write-ahead log takes; None where that is a server's business."""
        log = self._premises.log
        return None if log is None else await asyncio.to_thread(log)

    async def look(self) -> tuple[Finding, ...]:
        """Look at everything that being ready depends on."""
        return (*(await self._look_at_database()), await self._look_at_disk(), await self._look_at_keys(), self._look_out())

    async def _look_at_database(self) -> tuple[Finding, ...]:
        try:
            backlog = await self.backlog()
        except TimeoutError:
            return (Finding("database", is_right=False, said="does not answer in time"),)
        except MinshengError as error:
            return (Finding("database", is_right=False, said=f"out of reach ({type(error).__name__})"),)
        database = Finding("database", is_right=True, said=f"{backlog.entries} entries in the ledger")
        return database, self._inbox(backlog), self._aside(backlog)

    def _inbox(self, backlog: Backlog) -> Finding:
        oldest = backlog.oldest_update_at
        if oldest is None:
            return Finding("inbox", is_right=True, said="empty")
        age = max(self._clock.now() - oldest, timedelta())
        said = f"{backlog.updates} wait, the oldest for {age.total_seconds():.0f} s"
        return Finding("inbox", is_right=age < STUCK_UPDATE, said=said)

    @staticmethod
    def _aside(backlog: Backlog) -> Finding:
        said = f"{backlog.aside}: look at `inbox`" if backlog.aside else "nothing"
        return Finding("set aside", is_right=True, said=said, is_warning=backlog.aside > 0)

    async def _look_at_disk(self) -> Finding:
        try:
            free = await self.free()
        except OSError as error:
            return Finding("disk", is_right=False, said=f"cannot be looked at ({error.strerror})")
        if free is None:
            return Finding("disk", is_right=True, said="the database's server has it")
        said = f"{free // MEGABYTE} MB free" + (": make room" if free < LITTLE else "")
        return Finding("disk", is_right=free >= TOO_LITTLE, said=said, is_warning=free < LITTLE)

    async def _look_at_keys(self) -> Finding:
        gone = [str(path) for path in self._premises.keys if not await asyncio.to_thread(path.is_file)]
        return Finding("keys", is_right=not gone, said=f"{', '.join(gone)} not there" if gone else "there")

    def _look_out(self) -> Finding:
        """Look at Telegram: that it cannot be reached is to be known, but keeps nobody from being ready."""
        age = self.answer_age
        if age is None:
            return Finding("Telegram", is_right=True, said="has not answered yet", is_warning=self.uptime > SILENT_SECONDS)
        is_silent = age > SILENT_SECONDS
        return Finding("Telegram", is_right=True, said=f"last answered {age:.0f} s ago", is_warning=is_silent)
