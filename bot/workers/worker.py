"""From inbox to effects: a batch of updates, at most one a chat, decided one after the other and committed together.

Either every effect of a batch is true and its updates are done, or none is. What collides or fails is run by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from bot.errors import Conflict, StorageUnavailable
from bot.ports import Clock, Decision, Dispatcher, Taken, WorkStore
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said
from bot.workers.bell import Bell
from bot.workers.fault import describe

log = logging.getLogger(__name__)

BATCH: Final = 32
"""Updates a commit; groups of 32 were measured at a ninth of the cost of single ones (design.md section 13)."""

TRIES: Final = 3
"""How often an update is tried before it is set aside."""


class Worker:
    """Handles the inbox until silenced."""

    def __init__(self, store: WorkStore, dispatcher: Dispatcher, clock: Clock, own: Bell, others: Sequence[Bell]) -> None:
        self._store, self._dispatcher, self._clock = store, dispatcher, clock
        self._own, self._others = own, others

    async def run(self) -> None:
        """Handle what is in the inbox, then wait for more."""
        while not self._own.is_silenced:
            try:
                has_more = await self.step()
            except StorageUnavailable as error:
                log.error("the database is out of reach (%s); trying again", describe(error))  # noqa: TRY400
                has_more = False
            if not has_more:
                await self._own.wait()

    async def step(self) -> bool:
        """Handle one batch; say whether there was any."""
        now = self._clock.now()
        taken = await self._store.take_updates(BATCH, now)
        if not taken:
            return False
        decisions: list[Decision] = []
        changed: set[CaseNumber] = set()
        for each in taken:
            decision = await self._decide(each)
            cases = {change.before.number for change in decision.effects.cases if change.before is not None}
            if cases & changed:
                continue  # decided on a case that this batch changes: left for the next
            changed |= cases
            decisions.append(decision)
        try:
            await self._store.commit(decisions, now)
        except Conflict:
            await self._one_by_one([decision.taken for decision in decisions if decision.taken is not None])
        for bell in self._others:
            bell.ring()
        return True

    async def _one_by_one(self, taken: Sequence[Taken]) -> None:
        for each in taken:
            for _ in range(TRIES):
                decision = await self._decide(each)
                try:
                    await self._store.commit([decision], self._clock.now())
                except Conflict:
                    continue
                break
            else:
                await self._store.commit([_aside(each, "conflict")], self._clock.now())

    async def _decide(self, taken: Taken) -> Decision:
        """Ask the handlers; what they cannot do in three tries is set aside, and the sender told that it is kept."""
        reason = ""
        for _ in range(TRIES):
            try:
                now = self._clock.now().replace(microsecond=0)
                return Decision(await self._dispatcher.decide(taken, now), taken=taken)
            except Exception as error:  # noqa: BLE001 (whatever a handler raises must not stop the others)
                reason = describe(error)
                log.error("update %d failed: %s", taken.seq, reason)  # noqa: TRY400 (a trace may repeat personal words)
        return _aside(taken, reason)


def _aside(taken: Taken, reason: str) -> Decision:
    kept = Effects(sends=(Send(taken.sender.person, Said(Remark.KEPT)),))
    return Decision(kept, taken=taken, aside=reason)
