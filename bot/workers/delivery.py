"""From outbox to people: in order for each person, people beside each other, and every letter's fate written down.

A letter is marked before it is sent, so that after a crash one that may have arrived is known; one that arrived is deleted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.errors import DeliverLater, DeliveryAmbiguous, StorageUnavailable, Undeliverable
from bot.ports import Clock, Courier, Failed, Letter, OutboxStore, Postponed, Sent
from bot.rules.identity import PersonId
from bot.workers.bell import Bell
from bot.workers.fault import describe

log = logging.getLogger(__name__)

AT_ONCE: Final = 64
"""Letters taken at a time; people are written to beside each other."""

REPEAT_AFTER: Final = timedelta(seconds=30)
"""When a letter that may have arrived is sent once more (design.md section 3.5)."""

Fate = Sent | Postponed | Failed


class Delivery:
    """Sends what is in the outbox until silenced."""

    def __init__(self, store: OutboxStore, courier: Courier, clock: Clock, own: Bell, others: Sequence[Bell]) -> None:
        self._store, self._courier, self._clock = store, courier, clock
        self._own, self._others = own, others
        self._busy: set[PersonId] = set()
        self._fates: list[Fate] = []

    async def run(self) -> None:
        """Send what is ready, write down what became of it, wait for more; at the end finish what is under way.

        Raises:
            LedgerBroken: nothing can be written down any more.
        """
        try:
            async with asyncio.TaskGroup() as rounds:
                while not self._own.is_silenced:
                    await self._turn(rounds)
        except ExceptionGroup as group:  # a task group's way of passing on what this loop raised
            raise group.exceptions[0] from group
        await self._settle()

    async def _turn(self, rounds: asyncio.TaskGroup) -> None:
        """Do what can be done now, or wait until there is something."""
        now = self._clock.now()
        try:
            if await self._settle() | await self._begin(rounds, now):
                return
            until = await self._store.next_letter_at(now)
        except StorageUnavailable as error:
            log.error("the database is out of reach (%s); trying again", describe(error))  # noqa: TRY400
            until = self._clock.now() + timedelta(seconds=1)
        await self._own.wait(until)

    async def _begin(self, rounds: asyncio.TaskGroup, now: datetime) -> bool:
        letters = await self._store.take_letters(AT_ONCE, frozenset(self._busy), now)
        for person, own in groupby(sorted(letters, key=lambda letter: (letter.person, letter.id)), lambda each: each.person):
            self._busy.add(person)
            rounds.create_task(self._round(list(own)))
        return bool(letters)

    async def _settle(self) -> bool:
        fates, self._fates = self._fates, []
        if fates:
            try:
                await self._store.settle(fates, self._clock.now())
            except StorageUnavailable:
                self._fates = fates + self._fates
                raise
            self._busy -= {fate.letter.person for fate in fates}
            for bell in self._others:
                bell.ring()
        return bool(fates)

    async def _round(self, letters: Sequence[Letter]) -> None:
        """Send one person's letters in order; what stops one stops those behind it."""
        fates: list[Fate] = []
        anchors: dict[str, int] = {}
        for index, each in enumerate(letters):
            letter = each
            if letter.message_id is None and letter.anchor is not None:
                letter = replace(letter, message_id=anchors.get(letter.anchor))
            fate = await self._carry(letter)
            fates.append(fate)
            if isinstance(fate, Sent):
                if letter.anchor is not None and fate.message_id is not None:
                    anchors[letter.anchor] = fate.message_id
                continue
            fates += [_with(fate, behind) for behind in letters[index + 1 :]] if _stops(fate) else []
            if _stops(fate):
                break
        self._fates += fates
        self._own.ring()

    async def _carry(self, letter: Letter) -> Fate:
        try:
            return Sent(letter, await self._courier.carry(letter, self._clock.now()))
        except DeliverLater as error:
            log.warning("letter %d waits %.0f s: %s", letter.id, error.retry_after, error.reason)
            ready_at = self._clock.now() + timedelta(seconds=error.retry_after)  # from the answer on, not from the question
            return Postponed(letter, ready_at, is_ambiguous=letter.was_tried)
        except DeliveryAmbiguous as error:
            log.warning("letter %d may or may not have arrived: %s", letter.id, error.reason)
            return _after_ambiguity(letter, error, self._clock)
        except Undeliverable as error:
            log.warning("letter %d cannot be delivered: %s", letter.id, error.reason)
            return Failed(letter, error.reason, is_unreachable=error.is_final)
        except Exception as error:  # noqa: BLE001 (one letter must not stop the others)
            log.error("letter %d failed: %s", letter.id, describe(error))  # noqa: TRY400 (a trace may repeat personal words)
            return Failed(letter, describe(error), is_unreachable=False)


def _after_ambiguity(letter: Letter, error: DeliveryAmbiguous, clock: Clock) -> Fate:
    """Repeat edits and tap answers freely, anything else once."""
    if letter.was_tried and not letter.is_repeatable:
        return Failed(letter, f"twice ambiguous: {error.reason}", is_unreachable=False)
    return Postponed(letter, clock.now() + REPEAT_AFTER, is_ambiguous=not letter.is_repeatable)


def _stops(fate: Fate) -> bool:
    return isinstance(fate, Postponed) or (isinstance(fate, Failed) and fate.is_unreachable)


def _with(fate: Postponed | Failed, letter: Letter) -> Fate:
    """Give a letter that stands behind a stopped one the same fate; it was certainly not sent."""
    match fate:
        case Postponed(ready_at=ready_at):
            return Postponed(letter, ready_at, is_ambiguous=letter.was_tried)
        case Failed(reason=reason):
            return Failed(letter, reason, is_unreachable=True)
