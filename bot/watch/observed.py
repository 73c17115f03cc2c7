"""The store and the source as the loops see them, with somebody looking over their shoulder: counted, and told to the log.

Invariant: what is observed is neither changed nor held up. Correlation: `update` is a row of the inbox, from its arrival to
the last message that answers it.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

from bot.errors import SourceUnavailable, StorageUnavailable
from bot.ports import (
    ANY_NUMBER,
    Anew,
    Arrival,
    Decision,
    Duty,
    DutyStore,
    EndedPage,
    Failed,
    Fate,
    InboxStore,
    Letter,
    Moved,
    OutboxStore,
    PendingStore,
    Postponed,
    Sent,
    Taken,
    UpdateSource,
    WorkStore,
)
from bot.rules.due import Due
from bot.rules.identity import PersonId
from bot.watch.lines import Line, tell
from bot.watch.vitals import Event, Loop, Vitals

log = logging.getLogger(__name__)

CLOCK_TOLERANCE: Final = timedelta(seconds=30)
"""How far this machine's clock may be from Telegram's; the slowness of answers is within it."""

WRONG_CLOCK: Final = (
    "this machine's clock is %+.0f s off Telegram's: switch on time synchronisation (NTP), as limits and reminders follow it"
)


class LoopStore(InboxStore, WorkStore, OutboxStore, PendingStore, DutyStore, Protocol):
    """All that loops use of the store."""


class ObservedStore:
    """A store, observed."""

    def __init__(self, store: LoopStore, vitals: Vitals) -> None:
        self._store, self._vitals = store, vitals

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Keep updates; count new ones and repeats."""
        async with self._noting("receive"):
            new = await self._store.receive(arrivals, now)
        self._vitals.count(Event.RECEIVED, "new", new)
        self._vitals.count(Event.RECEIVED, "repeated", len(arrivals) - new)
        return new

    async def take_updates(self, limit: int, now: datetime, held: frozenset[int] = frozenset()) -> Sequence[Taken]:
        """Take updates; the worker goes round."""
        self._vitals.turn(Loop.WORKER)
        async with self._noting("take_updates"):
            return await self._store.take_updates(limit, now, held)

    async def forget_old_updates(self, now: datetime) -> int:
        """Drop the numbers of updates handled long ago."""
        return await self._store.forget_old_updates(now)

    async def ended_with_content(self, after: str, now: datetime) -> EndedPage:
        """Return a page of ended cases whose content is still there."""
        return await self._store.ended_with_content(after, now)

    async def shred(self, now: datetime) -> bool:
        """Clean the files of what was erased."""
        return await self._store.shred(now)

    async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
        """Take what is due; the clock goes round."""
        self._vitals.turn(Loop.CLOCK)
        async with self._noting("take_due"):
            return await self._store.take_due(limit, now)

    async def next_due_at(self) -> datetime | None:
        """Return the moment of the earliest due thing."""
        return await self._store.next_due_at()

    async def commit(self, decisions: Sequence[Decision], now: datetime, *, hands_over: bool = False) -> Sequence[Letter]:
        """Commit; measure it, and tell of each update that it is handled."""
        began = self._vitals.now()
        async with self._noting("commit"):
            letters = await self._store.commit(decisions, now, hands_over=hands_over)
        self._vitals.commits.observe(self._vitals.since(began))
        self._tell_handled(decisions, now)
        for decision in decisions:
            if decision.due is not None:
                self._vitals.count(Event.DUE, type(decision.due.task).__name__)
        return letters

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
        await self._store.postpone_due(due, at)

    async def hold(self, duty: Duty, now: datetime) -> bool:
        """Take a duty; whoever waits for that of polling goes round, too."""
        self._vitals.turn(Loop.INTAKE)
        return await self._store.hold(duty, now)

    async def let_go(self, duty: Duty) -> None:
        """Give a duty back."""
        await self._store.let_go(duty)

    async def pending(self, now: datetime) -> int:
        """Count what could be done right now."""
        return await self._store.pending(now)

    async def take_letters(
        self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int = ANY_NUMBER
    ) -> Sequence[Letter]:
        """Take letters; delivery goes round."""
        self._vitals.turn(Loop.DELIVERY)
        async with self._noting("take_letters"):
            return await self._store.take_letters(limit, busy, now, notices)

    async def sharers(self) -> int:
        """Count the processes that send letters of this outbox."""
        return await self._store.sharers()

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Write fates down; count them, and tell of each letter which update it answers."""
        async with self._noting("settle"):
            await self._store.settle(results, now)
        sent: list[Line] = []
        for _, fates in groupby(results, _together):
            first, *others = fates
            if isinstance(first, Sent):
                sent.append(self._sent(first.letter, [first.letter.id, *(other.letter.id for other in others)], now))
            else:
                self._tell_kept_back(first)
        tell(log, sent)

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready."""
        return await self._store.next_letter_at(after)

    def _tell_handled(self, decisions: Sequence[Decision], now: datetime) -> None:
        """Tell of each update of a batch that it is handled, or set aside."""
        handled: list[Line] = []
        for decision in decisions:
            taken = decision.taken
            if taken is None:
                continue
            waited = _milliseconds(now - taken.received_at)
            facts = {"update": taken.seq, "letters": len(decision.effects.sends), "waited_ms": waited}
            if decision.aside is None:
                handled.append((f"update {taken.seq} is handled", facts))
            else:
                self._vitals.count(Event.HANDLED, "aside")
                log.error("update %d is set aside: %s", taken.seq, decision.aside, extra=facts)
        if handled:
            self._vitals.count(Event.HANDLED, "done", len(handled))
        tell(log, handled)

    def _sent(self, first: Letter, ids: Sequence[int], now: datetime) -> Line:
        """Count letters that went out and answer one update, and say so in one line; `first` is the first of them."""
        self._vitals.count(Event.LETTER, "sent", len(ids))
        facts = {"letter": first.id}
        if first.cause is not None:
            facts["update"] = first.cause
        if first.asked_at is not None:
            took = now - first.asked_at
            for _ in ids:
                self._vitals.replies.observe(took.total_seconds())
            facts["took_ms"] = _milliseconds(took)
        if len(ids) == 1:
            return f"letter {first.id} is sent", facts
        return f"letters {', '.join(map(str, ids))} are sent", {**facts, "letters": len(ids)}

    def _tell_kept_back(self, result: Postponed | Moved | Anew | Failed) -> None:
        letter = result.letter
        facts = {"letter": letter.id, "update": letter.cause}
        match result:
            case Postponed(is_ambiguous=is_ambiguous):
                self._vitals.count(Event.LETTER, "ambiguous" if is_ambiguous else "postponed")
                log.info("letter %d waits for another try", letter.id, extra=facts)
            case Moved():
                self._vitals.count(Event.LETTER, "postponed")
                log.info("letter %d follows its chat to another number", letter.id, extra=facts)
            case Anew():
                self._vitals.count(Event.LETTER, "postponed")
                log.info("letter %d goes out as a new message", letter.id, extra=facts)
            case Failed(is_unreachable=is_unreachable):
                self._vitals.count(Event.LETTER, "unreachable" if is_unreachable else "failed")
                log.warning("letter %d is given up", letter.id, extra=facts)

    @asynccontextmanager
    async def _noting(self, what: str) -> AsyncIterator[None]:
        """Count it when the store cannot do something."""
        try:
            yield
        except StorageUnavailable:
            self._vitals.count(Event.STORE_FAILURE, what)
            raise


class ObservedSource:
    """A source of updates, observed; each answer of Telegram's also tells its time, with which ours is compared.

    Args:
        told_at: the time that Telegram told with its last answer.
        machine_now: this machine's own time, whatever clock the house follows.
    """

    def __init__(
        self,
        source: UpdateSource,
        vitals: Vitals,
        told_at: Callable[[], datetime | None],
        machine_now: Callable[[], datetime],
    ) -> None:
        self._source, self._vitals = source, vitals
        self._told_at, self._machine_now = told_at, machine_now
        self._is_wrong = False

    async def fetch(self) -> Sequence[Arrival]:
        """Fetch; raises what the source raises."""
        try:
            arrivals = await self._source.fetch()
        except SourceUnavailable as error:
            self._vitals.count(Event.SOURCE_FAILURE, error.reason)
            raise
        finally:
            self._vitals.turn(Loop.INTAKE)
        self._vitals.note_answer()
        self._compare_clocks()
        return arrivals

    def _compare_clocks(self) -> None:
        """Say in one line when the clock turns out to be wrong, and in another when it is right again."""
        told_at = self._told_at()
        if told_at is None:
            return
        off = self._machine_now() - told_at
        self._vitals.clock_off = off.total_seconds()
        is_wrong = abs(off) > CLOCK_TOLERANCE
        if is_wrong and not self._is_wrong:
            log.warning(WRONG_CLOCK, off.total_seconds())
        elif self._is_wrong and not is_wrong:
            log.info("this machine's clock agrees with Telegram's again")
        self._is_wrong = is_wrong


def _together(fate: Fate) -> tuple[bool, int]:
    """Say with what a letter is told of: with the others that were sent in answer to the same update, else by itself."""
    is_of_many = isinstance(fate, Sent) and fate.letter.cause is not None
    return is_of_many, fate.letter.cause if is_of_many and fate.letter.cause is not None else fate.letter.id


def _milliseconds(time: timedelta) -> int:
    return max(int(time.total_seconds() * 1000), 0)
