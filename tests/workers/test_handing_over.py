"""An answer that is handed over may be found in the outbox, too; whichever comes first, it is sent once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from msgspec.structs import replace

from bot.errors import LedgerBroken
from bot.ports import ANY_NUMBER, Fate, Letter
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said
from bot.workers.bell import Bell
from bot.workers.delivery import Delivery
from tests.support.clock import MovableClock
from tests.workers.fakes import ScriptedCourier

LETTER = Letter(
    id=7,
    person=PersonId("p-1"),
    chat_id=11,
    language=None,
    priority=0,
    message=Said(Remark.KEPT),
    anchor=None,
    message_id=None,
    tells=(),
    attempts=1,
    was_tried=False,
)


class Outbox:
    """An outbox with one letter in it, which is handed over just before or just after it is found there."""

    def __init__(self, own: Bell, order: str) -> None:
        self._own, self._order = own, order
        self._is_there = True
        self.delivery: Delivery | None = None
        self.settled: list[int] = []

    async def take_letters(
        self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int = ANY_NUMBER
    ) -> Sequence[Letter]:
        """Return it if nobody is writing to that person."""
        del limit, now, notices
        assert self.delivery is not None
        if not self._is_there or LETTER.person in busy:
            return []
        self._is_there = False
        if self._order == "handed over first":
            self.delivery.accept([LETTER])
        else:
            asyncio.get_running_loop().call_soon(self.delivery.accept, [LETTER])
        return [LETTER]

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Note it, and end once all is quiet."""
        del now
        self.settled += [result.letter.id for result in results]
        loop = asyncio.get_running_loop()
        loop.call_soon(loop.call_soon, self._own.silence)

    async def sharers(self) -> int:
        """Count one process: this one."""
        return 1

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Nothing waits for a moment."""
        del after
        return None


@pytest.mark.parametrize("order", ["handed over first", "found first"])
async def test_an_answer_is_sent_once(order: str) -> None:
    """Not by either way alone, but by the two together."""
    clock = MovableClock()
    own = Bell(clock)
    outbox, courier = Outbox(own, order), ScriptedCourier()
    outbox.delivery = Delivery(outbox, courier, clock, own, ())
    async with asyncio.timeout(60):
        await outbox.delivery.run()
    assert (courier.sent, outbox.settled) == ([(11, LETTER.message)], [7])


class SlowOutbox(Outbox):
    """An outbox that writes a letter's fate down only once another answer was handed over and sent."""

    def __init__(self, own: Bell, courier: ScriptedCourier) -> None:
        super().__init__(own, "handed over first")
        self._courier = courier

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Hand over another answer, and wait until it was sent."""
        assert self.delivery is not None
        if not self.settled:
            self._courier.begun.clear()
            self.delivery.accept([replace(LETTER, id=8, person=PersonId("p-2"), chat_id=12)])
            await self._courier.begun.wait()
        await super().settle(results, now)


async def test_an_answer_does_not_wait_for_the_fates_of_others() -> None:
    """It goes out as it is handed over, while delivery waits for the database."""
    clock = MovableClock()
    own, courier = Bell(clock), ScriptedCourier()
    outbox = SlowOutbox(own, courier)
    outbox.delivery = Delivery(outbox, courier, clock, own, ())
    async with asyncio.timeout(60):
        await outbox.delivery.run()
    assert [chat for chat, _ in courier.sent] == [11, 12]
    assert outbox.settled == [7, 8]


async def test_nothing_is_begun_once_delivery_is_to_end() -> None:
    """What is handed over then stays in the outbox, where the next start finds it."""
    clock = MovableClock()
    own, courier = Bell(clock), ScriptedCourier()
    delivery = Delivery(Outbox(own, "found first"), courier, clock, own, ())
    own.silence()
    await delivery.run()
    delivery.accept([LETTER])
    await asyncio.sleep(0)
    assert courier.tried == []


class BrokenOutbox(Outbox):
    """An outbox in which no fate can be written down any more."""

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Refuse."""
        del results, now
        raise LedgerBroken(1, "an entry is missing")


async def test_nothing_is_begun_in_a_delivery_that_failed() -> None:
    """Whoever hands over meanwhile hears of no second failure, and the letter stays in the outbox."""
    clock = MovableClock()
    own, courier = Bell(clock), ScriptedCourier()
    outbox = BrokenOutbox(own, "handed over first")
    outbox.delivery = Delivery(outbox, courier, clock, own, ())
    async with asyncio.timeout(60):
        with pytest.raises(LedgerBroken):
            await outbox.delivery.run()
    outbox.delivery.accept([replace(LETTER, id=8, person=PersonId("p-2"), chat_id=12)])
    await asyncio.sleep(0)
    assert [chat for chat, _ in courier.sent] == [11]
