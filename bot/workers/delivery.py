"""From outbox to people: in order for each person, people beside each other, and every letter's fate written down.

A letter is marked before it is sent, so that after a crash one that may have arrived is known; one that arrived is deleted.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from bot.errors import (
    ChatMoved,
    DeliverLater,
    DeliveryAmbiguous,
    MessageGone,
    StorageUnavailable,
    TooManyRequests,
    Undeliverable,
)
from bot.ports import Anew, Clock, Courier, Failed, Fate, Letter, Moved, OutboxStore, Postponed, Sent
from bot.rules.identity import PersonId
from bot.rules.message import is_asked_again
from bot.workers.bell import Bell
from bot.workers.fault import describe
from bot.workers.pace import Pace

log = logging.getLogger(__name__)

MOST: Final = 100
"""People who are written to at the same time: each needs a connection of its own."""

AT_ONCE: Final = 64
"""Letters taken at a time."""

LOOK_EVERY: Final = timedelta(seconds=1)
"""How long the outbox may be left alone while there are answers fresh from the worker."""

COUNT_EVERY: Final = timedelta(seconds=1)
"""How soon it is noticed that another process sends too, or no longer."""

SETTLED_TOGETHER: Final = 100
SETTLED_WITHIN: Final = 0.02
"""Fates that are written down in one go, and the seconds for which a few of them wait for others that are under way."""

REFUSED_IN_A_ROW: Final = 3
"""Chats of which none takes a message before it is taken to be about all of them."""

LONGEST_SILENCE: Final = timedelta(hours=1)
"""Nothing that Telegram asks for is longer; a silence that seems to be comes of a clock that was set back."""

REPEAT_AFTER: Final = timedelta(seconds=30)
"""When a letter that may have arrived is sent once more (design.md section 3.5)."""


class Delivery:
    """Sends what is in the outbox until silenced."""

    def __init__(
        self,
        store: OutboxStore,
        courier: Courier,
        clock: Clock,
        own: Bell,
        others: Sequence[Bell],
        ticker: Bell | None = None,
    ) -> None:
        self._store, self._courier, self._clock = store, courier, clock
        self._own, self._others, self._ticker = own, others, ticker
        self._busy: set[PersonId] = set()
        self._under_way = 0
        self._fates: list[Fate] = []
        self._settling: asyncio.TimerHandle | None = None
        self._handed: deque[Sequence[Letter]] = deque()
        self._in_hand: set[int] = set()
        self._looked_at = datetime.min.replace(tzinfo=UTC)
        self._rounds: asyncio.TaskGroup | None = None
        self._pace = Pace()
        self._shared_by, self._counted_at = 1, datetime.min.replace(tzinfo=UTC)
        self._refused: set[PersonId] = set()
        self._silent_until = datetime.min.replace(tzinfo=UTC)

    def accept(self, letters: Sequence[Letter]) -> None:
        """Send answers that were marked as being tried when they were written down: at once, or else before anything else.

        They do not wait for the loop, which may be waiting for the database.
        """
        self._handed.extend(_by_person(self._unseen(letters)))
        if self._rounds is not None and not self._own.is_silenced:
            self._answer(self._rounds, self._clock.now())
        self._own.ring()

    def _unseen(self, letters: Sequence[Letter]) -> list[Letter]:
        """Leave out what is in hand already: a look into the outbox may find an answer before it is handed over."""
        unseen = [letter for letter in letters if letter.id not in self._in_hand]
        self._in_hand |= {letter.id for letter in unseen}
        return unseen

    async def run(self) -> None:
        """Send what is ready, write down what became of it, wait for more; at the end finish what is under way.

        Raises:
            LedgerBroken: nothing can be written down any more.
        """
        try:
            async with asyncio.TaskGroup() as rounds:
                self._rounds = rounds
                try:
                    while not self._own.is_silenced:
                        await self._turn(rounds)
                finally:
                    self._rounds = None  # what is handed over from here on stays in the outbox for the next start
        except ExceptionGroup as group:  # a task group's way of passing on what this loop raised
            raise group.exceptions[0] from group
        await self._settle()

    async def _turn(self, rounds: asyncio.TaskGroup) -> None:
        """Do what can be done now, or wait until there is something."""
        now = self._clock.now()
        try:
            if await self._settle() | await self._begin(rounds, now):
                return
            until = _earliest(await self._store.next_letter_at(now), self._pace.opens_at(), self._silence(now))
        except StorageUnavailable as error:
            log.error("the database is out of reach (%s); trying again", describe(error))
            until = self._clock.now() + timedelta(seconds=1)
        await self._own.wait(until)

    def _answer(self, rounds: asyncio.TaskGroup, now: datetime) -> bool:
        """Write to those who were answered just now, as far as there is room; say whether there is any."""
        if self._silence(now) is not None:
            return False
        return self._set_out(rounds, [self._handed.popleft() for _ in range(min(self._room(), len(self._handed)))])

    async def _begin(self, rounds: asyncio.TaskGroup, now: datetime) -> bool:
        """Write to as many people as may be written to at once, first to those who were answered just now."""
        if self._silence(now) is not None:
            return False
        begun = self._answer(rounds, now)
        is_long_ago = now - self._looked_at >= LOOK_EVERY or now < self._looked_at
        if not self._room() or (self._handed and not is_long_ago):
            return begun
        self._looked_at = now
        busy = self._busy | {letters[0].person for letters in self._handed}
        room, notices = min(AT_ONCE, self._room()), self._pace.free(now, await self._sharers(now))
        letters = self._unseen(await self._store.take_letters(room, frozenset(busy), now, notices))
        self._pace.begin(sum(letter.priority > 0 for letter in letters), now)
        return self._set_out(rounds, _by_person(letters)) or begun

    async def _sharers(self, now: datetime) -> int:
        """Return how many processes share the pace, as it was at most a second ago."""
        if not self._counted_at <= now < self._counted_at + COUNT_EVERY:
            self._shared_by, self._counted_at = await self._store.sharers(), now
        return self._shared_by

    def _silence(self, now: datetime) -> datetime | None:
        """Return until when nobody is written to; None while that is allowed."""
        is_over = self._silent_until <= now or self._silent_until > now + LONGEST_SILENCE  # or the clock was set back
        return None if is_over else self._silent_until

    def _room(self) -> int:
        return max(0, MOST - self._under_way)

    def _set_out(self, rounds: asyncio.TaskGroup, letters: Sequence[Sequence[Letter]]) -> bool:
        """Write to each person in a task of its own; say whether there is any."""
        for own in letters:
            self._busy.add(own[0].person)
            self._under_way += 1
            rounds.create_task(self._round(own))
        return bool(letters)

    async def _settle(self) -> bool:
        fates, self._fates = self._fates, []
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        if fates:
            try:
                await self._store.settle(fates, self._clock.now())
            except StorageUnavailable:
                self._fates = fates + self._fates
                raise
            self._busy -= {fate.letter.person for fate in fates}
            self._in_hand -= {fate.letter.id for fate in fates}
            for bell in self._others:
                bell.ring()
            if self._ticker is not None and any(isinstance(fate, Failed) for fate in fates):
                self._ticker.ring()  # what could not be told goes to others at once
        return bool(fates)

    async def _round(self, letters: Sequence[Letter]) -> None:
        """Send one person's letters in order; what stops one stops those behind it."""
        fates: list[Fate] = []
        anchors: dict[str | None, int] = {}
        is_urgent = any(letter.priority <= 0 for letter in letters)  # whatever stands before one goes out with it
        for index, each in enumerate(letters):
            letter = each
            if letter.message_id is None and letter.anchor in anchors:
                letter = replace(letter, message_id=anchors[letter.anchor])
            if not is_urgent:
                opens_at = self._pace.chat_opens_at(letter.chat_id, self._clock.now(), letter.notice_at)
                await self._clock.sleep_until(opens_at)
            fate = await self._carry(letter)
            if isinstance(fate, Sent) and not is_urgent:
                fate = replace(fate, next_notice_at=self._pace.next_at(letter.chat_id))
            fates.append(fate)
            if isinstance(fate, Sent):
                if letter.anchor is not None and fate.message_id is not None:
                    anchors[letter.anchor] = fate.message_id
                continue
            fates += [_with(fate, behind, self._clock.now()) for behind in letters[index + 1 :]] if _stops(fate) else []
            if _stops(fate):
                break
        self._fates += fates
        self._under_way -= 1
        if self._handed and self._rounds is not None and not self._own.is_silenced:
            self._answer(self._rounds, self._clock.now())
        self._have_settled()

    def _have_settled(self) -> None:
        """Have fates written down: at once where nothing else is under way, else with those of the same moment."""
        if not self._under_way or len(self._fates) >= SETTLED_TOGETHER:
            self._own.ring()
        elif self._settling is None:
            self._settling = asyncio.get_running_loop().call_later(SETTLED_WITHIN, self._own.ring)

    async def _carry(self, letter: Letter) -> Fate:
        if not letter.is_wanted:
            return Sent(letter, None)
        try:
            sent = await self._courier.carry(letter, self._clock.now())
        except DeliverLater as error:
            log.warning("letter %d waits %.0f s: %s", letter.id, error.retry_after, error.reason)
            ready_at = self._clock.now() + timedelta(seconds=error.retry_after)  # from the answer on, not from the question
            if isinstance(error, TooManyRequests):
                self._count_refusal(letter.person, ready_at)
            return Postponed(letter, ready_at, is_ambiguous=letter.was_tried, parts=error.parts)
        except DeliveryAmbiguous as error:
            log.warning("letter %d may or may not have arrived: %s", letter.id, error.reason)
            return _after_ambiguity(letter, error, self._clock)
        except ChatMoved as error:
            log.warning("letter %d goes to another chat: this one has moved", letter.id)
            return Moved(letter, error.chat_id)
        except MessageGone:
            log.info("letter %d goes out as a new message: the one that it would change is gone", letter.id)
            return Anew(letter)
        except Undeliverable as error:
            log.warning("letter %d cannot be delivered: %s", letter.id, error.reason)
            return Failed(letter, error.reason, is_unreachable=error.is_final)
        except Exception as error:  # noqa: BLE001 (one letter must not stop the others)
            log.error("letter %d failed: %s", letter.id, describe(error))
            return Failed(letter, describe(error), is_unreachable=False)
        self._refused.clear()
        return Sent(letter, sent)

    def _count_refusal(self, person: PersonId, ready_at: datetime) -> None:
        """Write to nobody for a while once several chats in a row were refused: it is not about them."""
        self._refused.add(person)
        if len(self._refused) >= REFUSED_IN_A_ROW:
            self._silent_until = max(self._silent_until, ready_at)
            self._refused.clear()
            log.warning("several chats in a row are refused: nobody is written to for a while")


def _by_person(letters: Sequence[Letter]) -> list[Sequence[Letter]]:
    """Put each person's letters together, in order."""
    in_order = sorted(letters, key=lambda letter: (letter.person, letter.id))
    return [tuple(own) for _, own in groupby(in_order, lambda letter: letter.person)]


def _after_ambiguity(letter: Letter, error: DeliveryAmbiguous, clock: Clock) -> Fate:
    """Repeat edits and tap answers freely, a list once its reader has written again, anything else once after a while."""
    if letter.is_repeatable:
        return Postponed(letter, clock.now() + REPEAT_AFTER, is_ambiguous=False, parts=error.parts)
    if letter.was_tried:
        return Failed(letter, f"twice ambiguous: {error.reason}", is_unreachable=False)
    awaits = is_asked_again(letter.message)
    ready_at = clock.now() if awaits else clock.now() + REPEAT_AFTER
    return Postponed(letter, ready_at, is_ambiguous=True, parts=error.parts, awaits_contact=awaits)


def _stops(fate: Fate) -> bool:
    match fate:
        case Postponed(awaits_contact=awaits_contact):
            return not awaits_contact
        case Failed(is_unreachable=is_unreachable):
            return is_unreachable
        case Moved() | Anew():
            return True
        case _:
            return False


def _with(fate: Fate, letter: Letter, now: datetime) -> Fate:
    """Give a letter that stands behind a stopped one the same fate; it was certainly not sent."""
    match fate:
        case Failed(reason=reason):
            return Failed(letter, reason, is_unreachable=True)
        case Postponed(ready_at=ready_at):
            return Postponed(letter, ready_at, is_ambiguous=letter.was_tried)
        case _:
            return Postponed(letter, now, is_ambiguous=letter.was_tried)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
