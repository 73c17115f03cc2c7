"""From inbox to effects: a batch of updates, at most one a chat, decided one after the other and committed together.

Either every effect of a batch is true and its updates are done, or none is. What collides or fails is run by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from bot.errors import Conflict, LedgerBroken, StorageUnavailable
from bot.ports import Clock, Decision, Dispatcher, InForce, Post, Taken, WorkStore
from bot.rules.effect import NOTHING, Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said
from bot.workers.bell import Bell
from bot.workers.fault import describe
from bot.workers.turnstile import Turnstile

log = logging.getLogger(__name__)

BATCH: Final = 100
"""Updates a commit, as many as one fetch can bring: a commit costs what the disk takes, however much is in it."""

TRIES: Final = 3
"""How often an update is tried before it is set aside."""

STARTS: Final = 20
"""How often the program may end while it has one update in hand, mostly by itself, before that is set aside; who kills it
may do so again and again for reasons of their own: every few seconds on a slow machine, five were not enough to tell."""

ENDED: Final = "the program ended each time it handled this"

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
"""Seconds between tries while the database is out of reach; doubled each time."""


class Worker:
    """Handles the inbox until silenced."""

    def __init__(  # noqa: PLR0913, PLR0917 (a loop between store, rules and delivery)
        self,
        store: WorkStore,
        dispatcher: Dispatcher,
        clock: Clock,
        own: Bell,
        others: Sequence[Bell],
        post: Post | None = None,
        turnstile: Turnstile | None = None,
        in_force: InForce | None = None,
        ticker: Bell | None = None,
    ) -> None:
        self._store, self._dispatcher, self._clock = store, dispatcher, clock
        self._own, self._others = own, others
        self._post = post
        self._turnstile = turnstile
        self._in_force = in_force
        self._ticker = ticker

    async def run(self) -> None:
        """Handle what is in the inbox, then wait for more."""
        wait = FIRST_WAIT
        while not self._own.is_silenced:
            until = None
            try:
                has_more = await self.step()
                wait = FIRST_WAIT
                if has_more:
                    continue
                until = self._turnstile.opens_at() if self._turnstile is not None else None
            except StorageUnavailable as error:
                log.error("the database is out of reach (%s); next try in %.0f s", describe(error), wait)
                until = self._clock.now() + timedelta(seconds=wait)
                wait = min(wait * 2, LONGEST_WAIT)
            await self._own.wait(until)

    async def step(self) -> bool:
        """Handle one batch; say whether any of it is finished."""
        now = self._clock.now()
        held = self._turnstile.held(now) if self._turnstile is not None else frozenset()
        taken = await self._store.take_updates(BATCH, now, held)
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
            if self._turnstile is not None:
                self._turnstile.count(each.arrival.chat_id, now)
        if await self._failure(decisions) is not None:
            finished = [await self._alone(decision.taken) for decision in decisions if decision.taken is not None]
            if not any(finished):
                return False
        for bell in self._others:
            bell.ring()
        return True

    async def _alone(self, taken: Taken) -> bool:
        """Decide and commit one update on what is now true; what fails three times is set aside; say whether it is done."""
        reason = ""
        for _ in range(TRIES):
            failure = await self._failure([await self._decide(taken)])
            if failure is None:
                return True
            reason = failure
        aside = _aside(taken, reason)
        unsaid = replace(aside, effects=NOTHING)  # for when not even the sender can be told
        return await self._failure([aside]) is None or await self._failure([unsaid]) is None

    async def _failure(self, decisions: Sequence[Decision]) -> str | None:
        """Commit; return None, or the reason why nothing was written.

        Raises:
            StorageUnavailable, LedgerBroken: nothing else could be written either.
        """
        try:
            letters = await self._store.commit(decisions, self._clock.now(), hands_over=self._post is not None)
        except (StorageUnavailable, LedgerBroken):
            raise
        except Conflict:
            return "conflict"
        except Exception as error:  # noqa: BLE001 (whatever one update brings about must not stop the others)
            log.error("%d updates could not be committed: %s", len(decisions), describe(error))
            return describe(error)
        for decision in decisions:
            if self._in_force is not None and decision.effects.county is not None:
                self._in_force.adopt(decision.effects.county)  # whoever asked for it is answered in the new county
        if self._post is not None:
            self._post.accept(letters)
        planned_at = min((due.at for decision in decisions for due in decision.effects.planned), default=None)
        if self._ticker is not None and planned_at is not None:
            self._ticker.ring_before(planned_at)
        return None

    async def _decide(self, taken: Taken) -> Decision:
        """Ask the handlers; what they cannot do in three tries is set aside, and the sender told that it is kept."""
        if taken.attempts > STARTS:
            return _aside(taken, ENDED)
        reason = ""
        for _ in range(TRIES):
            try:
                now = self._clock.now().replace(microsecond=0)
                return Decision(await self._dispatcher.decide(taken, now), taken=taken)
            except (StorageUnavailable, LedgerBroken):
                raise  # not this update's fault: it waits
            except Exception as error:  # noqa: BLE001 (whatever a handler raises must not stop the others)
                reason = describe(error)
                log.error("update %d failed: %s", taken.seq, reason)
        return _aside(taken, reason)


def _aside(taken: Taken, reason: str) -> Decision:
    kept = Effects(sends=(Send(taken.sender.person, Said(Remark.KEPT)),))
    return Decision(kept, taken=taken, aside=reason)
