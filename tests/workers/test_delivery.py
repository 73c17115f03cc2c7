"""Letters reach people in order, each once as far as that can be known; what befalls one person's harms no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import DeliverLater, DeliveryAmbiguous, LedgerBroken, StorageUnavailable, Undeliverable
from bot.ports import ANY_NUMBER, Clock, Decision, Fate, Letter
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.due import RemindStaff, due_of_case
from bot.rules.effect import Effects, Send
from bot.rules.entry import ReminderTold
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said, TapAnswered
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.delivery import REPEAT_AFTER, Delivery
from storage.store import Store
from tests.support.clock import HurryingClock, MovableClock
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town, opened_town
from tests.workers.fakes import ScriptedCourier

ONE, TWO, THREE = Said(Remark.ASK_WORDS), Said(Remark.KEPT), Said(Remark.NO_CASES)
LATER = DeliverLater(30.0, "too many requests")
LOST = DeliveryAmbiguous("the answer was lost")
BLOCKED = Undeliverable("forbidden", is_final=True)
REFUSED = Undeliverable("message is too long", is_final=False)


@pytest.fixture
def courier() -> ScriptedCourier:
    """Make a courier without a script: it sends everything."""
    return ScriptedCourier()


async def test_one_persons_letters_arrive_in_order(town: Town, courier: ScriptedCourier) -> None:
    """Also when some must be tried again."""
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [LATER, DeliverLater(2.0, "again")]
    await _send(town, person, ONE, TWO, THREE)
    await _deliver(town, courier)
    assert courier.to(RESIDENT) == [ONE, TWO, THREE]


async def test_people_are_written_to_beside_each_other(town: Town, courier: ScriptedCourier) -> None:
    """Someone whose chat hangs keeps nobody waiting: not those who were asked for at once, nor those who come later."""
    slow, quick = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
    hangs = asyncio.Event()
    courier.script[RESIDENT] = [hangs]
    await _send(town, slow, ONE, TWO)
    await _send(town, quick, ONE)
    async with _delivering(town, courier, town.clock) as (own, progress):
        await _until(progress, lambda: courier.to(NEIGHBOUR) == [ONE])
        await _send(town, quick, TWO)
        own.ring()
        await _until(progress, lambda: courier.to(NEIGHBOUR) == [ONE, TWO])
        assert courier.to(RESIDENT) == []
        hangs.set()
        await _until(progress, lambda: courier.to(RESIDENT) == [ONE, TWO])


async def test_a_chat_that_is_asked_to_wait_waits_exactly_that_long_and_others_go_on(
    town: Town, courier: ScriptedCourier
) -> None:
    """Even while a third person's chat hangs."""
    limited, quick, slow = [await _person(town, chat) for chat in (RESIDENT, NEIGHBOUR, OFFICER)]
    courier.script[RESIDENT], courier.script[OFFICER] = [LATER], [asyncio.Event()]
    hangs = courier.script[OFFICER][0]
    for person in (slow, limited, quick):
        await _send(town, person, ONE, TWO)
    async with _delivering(town, courier, town.clock) as (_, progress):
        ready_at = town.clock.now() + timedelta(seconds=30)
        await _until(progress, lambda: courier.to(NEIGHBOUR) == [ONE, TWO])
        await town.clock.sleeper(ready_at)
        await town.clock.move_to(ready_at - timedelta(microseconds=1))
        assert courier.to(RESIDENT) == []
        await town.clock.move_to(ready_at)
        await _until(progress, lambda: courier.to(RESIDENT) == [ONE, TWO])
        assert isinstance(hangs, asyncio.Event)
        hangs.set()


async def test_a_wait_survives_a_restart(file: Path, courier: ScriptedCourier) -> None:
    """Whoever was asked to wait 30 s is not written to earlier because the program started anew."""
    async with opened_town(file) as town:
        person = await _person(town, RESIDENT)
        courier.script[RESIDENT] = [LATER]
        await _send(town, person, ONE)
        await _deliver_once(town, courier)
        clock = town.clock
    async with opened_town(file, clock, seed="again") as town:
        await _deliver_once(town, courier)
        assert courier.to(RESIDENT) == []
        await clock.move(timedelta(seconds=30))
        await _deliver_once(town, courier)
        assert courier.to(RESIDENT) == [ONE]


async def test_the_wait_begins_with_the_answer(town: Town, courier: ScriptedCourier) -> None:
    """However long the server took to give it."""
    person = await _person(town, RESIDENT)
    await _send(town, person, ONE)

    class Slow(ScriptedCourier):
        """Takes a minute to say no."""

        async def carry(self, letter: Letter, now: datetime) -> int | None:
            """Let time pass, then do as the script says."""
            await town.clock.move(timedelta(minutes=1))
            return await super().carry(letter, now)

    slow = Slow()
    slow.script[RESIDENT] = [LATER]
    await _deliver_once(town, slow)
    assert await town.store.next_letter_at(town.clock.now()) == town.clock.now() + timedelta(seconds=30)
    assert courier.sent == []


async def test_a_letter_that_may_have_arrived_is_sent_once_more_and_then_given_up(
    town: Town, courier: ScriptedCourier
) -> None:
    """After 30 s; what stands behind it waits, and then goes out."""
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [LOST, LOST]
    await _send(town, person, ONE, TWO)
    begin = town.clock.now()
    at = await _deliver(town, courier)
    assert [message for _, message in courier.tried] == [ONE, ONE, TWO]
    assert courier.to(RESIDENT) == [TWO]
    assert at == begin + REPEAT_AFTER
    assert await town.rows("outbox_counts") == [(0, 1)]


async def test_what_a_repeat_does_not_harm_is_repeated_freely(town: Town, courier: ScriptedCourier) -> None:
    """The answer to a tap, an edit: never given up for being ambiguous."""
    person = await _person(town, RESIDENT)
    tap = TapAnswered(tap="1", toast=None)
    courier.script[RESIDENT] = [LOST] * 5
    await _send(town, person, tap)
    await _deliver(town, courier)
    assert courier.to(RESIDENT) == [tap]
    assert len(courier.tried) == 6
    assert await town.rows("outbox_counts") == [(0, 0)]


async def test_after_a_restart_a_letter_that_was_begun_is_sent_once_more(file: Path, courier: ScriptedCourier) -> None:
    """And if that is ambiguous again, given up: nobody gets it three times. Of one person only one is in doubt."""
    async with opened_town(file) as town:
        person = await _person(town, RESIDENT)
        await _send(town, person, ONE, TWO, THREE)
        clock = town.clock
        assert [letter.message for letter in await _take(town)] == [ONE]  # and then the power fails
    courier.script[RESIDENT] = [LOST]
    async with opened_town(file, clock, seed="again") as town:
        await _deliver(town, courier)
        assert [message for _, message in courier.tried] == [ONE, TWO, THREE]
        assert await town.rows("outbox_counts") == [(0, 1)]


async def test_someone_who_blocked_the_bot_is_not_written_to_any_more(town: Town, courier: ScriptedCourier) -> None:
    """Their queue ends, and each reminder in it is entered as one that could not be told."""
    await town.staffed()
    number = await town.file()
    await _deliver(town, courier)
    at = town.clock.now()
    for stage in ("before:a", "before:b"):
        due = due_of_case(at, RemindStaff(case=number, round=1, stage=stage, to=(Role.OFFICER,)))
        await town.store.commit([Decision(Effects(planned=(due,)))], at)
        await Ticker(town.store, town.desk, town.clock, Bell(town.clock), ()).step()
    courier.script[OFFICER] = [BLOCKED]
    courier.tried.clear()
    await _deliver(town, courier)
    assert [chat for chat, _ in courier.tried] == [OFFICER]
    assert [(fact.stage, fact.was_told) for fact in await _told(town)] == [("before:a", False), ("before:b", False)]
    (officer,) = await town.store.read.staff_of(None, frozenset([Role.OFFICER]))
    assert not officer.is_reachable


async def test_a_reminder_that_went_out_is_entered_as_told(town: Town, courier: ScriptedCourier) -> None:
    """With the moment at which it did."""
    await town.staffed()
    number = await town.file()
    due = due_of_case(town.clock.now(), RemindStaff(case=number, round=1, stage="before:a", to=(Role.OFFICER,)))
    await town.store.commit([Decision(Effects(planned=(due,)))], town.clock.now())
    await Ticker(town.store, town.desk, town.clock, Bell(town.clock), ()).step()
    await _deliver(town, courier)
    assert [(fact.stage, fact.was_told) for fact in await _told(town)] == [("before:a", True)]


@pytest.mark.parametrize("error", [REFUSED, ValueError("no such word")])
async def test_a_letter_that_is_never_acceptable_is_given_up_and_the_next_one_goes(town: Town, error: Exception) -> None:
    """Refused by Telegram, or a mistake of ours: counted, and nothing stops."""
    person = await _person(town, RESIDENT)

    class Choosy(ScriptedCourier):
        """Never takes ONE."""

        async def carry(self, letter: Letter, now: datetime) -> int | None:
            """Refuse it."""
            if letter.message == ONE:
                raise error
            return await super().carry(letter, now)

    courier = Choosy()
    await _send(town, person, ONE, TWO)
    await _deliver(town, courier)
    assert courier.to(RESIDENT) == [TWO]
    assert await town.rows("outbox_counts") == [(0, 1)]


async def test_the_next_card_edits_the_one_before(town: Town, courier: ScriptedCourier) -> None:
    """Whether it was sent long ago or a moment before."""
    await town.act(RESIDENT, "write", text=POTHOLE)
    await town.act(RESIDENT, "write", text="还有一处")
    await _deliver(town, courier)
    await town.act(RESIDENT, "write", text="第三处")
    await _deliver(town, courier)
    assert courier.edited == [None, 1, 1]


async def test_what_went_out_while_the_database_was_gone_is_written_down_later(town: Town) -> None:
    """It is not sent again: its fate is kept until it can be written."""
    person, courier = await _person(town, RESIDENT), ScriptedCourier()
    store = Forgetful(town.store, [StorageUnavailable("locked")] * 3)
    await _send(town, person, ONE, TWO)
    clock = town.clock = HurryingClock(town.clock.now())
    async with _delivering(town, courier, clock, store) as (_, progress):
        await _until(progress, lambda: courier.to(RESIDENT) == [ONE, TWO])
    assert await town.rows("outbox_counts") == [(0, 0)]
    assert len(courier.tried) == 2


async def test_told_to_stop_it_finishes_what_is_under_way(town: Town, courier: ScriptedCourier) -> None:
    """The letter being sent is written down as sent; no other is begun."""
    busy, waits = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
    hangs = asyncio.Event()
    courier.script[RESIDENT] = [hangs]
    await _send(town, busy, ONE, TWO)
    own = Bell(town.clock)
    running = asyncio.create_task(Delivery(town.store, courier, town.clock, own, ()).run())
    await courier.begun.wait()
    await _send(town, waits, ONE)
    own.silence()
    hangs.set()
    await running
    assert courier.sent == [(RESIDENT, ONE)]
    assert await town.rows("outbox_counts") == [(2, 0)]
    assert [letter.was_tried for letter in await _take(town)] == [False, False]


async def test_a_broken_ledger_ends_it_by_its_own_name(town: Town, courier: ScriptedCourier) -> None:
    """So that the program can say what is wrong."""
    person = await _person(town, RESIDENT)
    await _send(town, person, ONE)
    store = Forgetful(town.store, [LedgerBroken(1, "gone")])
    with pytest.raises(LedgerBroken):
        await Delivery(store, courier, town.clock, Bell(town.clock), ()).run()


async def test_a_held_back_letter_does_not_turn_the_loop_in_circles(town: Town, courier: ScriptedCourier) -> None:
    """It sleeps until the letter in front is ready, once."""
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [LATER]
    await _send(town, person, ONE, TWO)
    async with _delivering(town, courier, town.clock) as (_, progress):
        ready_at = town.clock.now() + timedelta(seconds=30)
        await town.clock.sleeper(ready_at)
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(town.clock.sleeps) <= 2
        await town.clock.move_to(ready_at)
        await _until(progress, lambda: courier.to(RESIDENT) == [ONE, TWO])


class Forgetful:
    """A real store that cannot write down what became of letters, for a while."""

    def __init__(self, store: Store, errors: list[Exception]) -> None:
        self._store = store
        self._errors = errors

    async def take_letters(
        self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int = ANY_NUMBER
    ) -> Sequence[Letter]:
        """Take letters."""
        return await self._store.take_letters(limit, busy, now, notices)

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Fail, or settle."""
        if self._errors:
            raise self._errors.pop(0)
        await self._store.settle(results, now)

    async def sharers(self) -> int:
        """Count one process: this one."""
        return 1

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready."""
        return await self._store.next_letter_at(after)


@asynccontextmanager
async def _delivering(
    town: Town, courier: ScriptedCourier, clock: MovableClock, store: Store | Forgetful | None = None
) -> AsyncIterator[tuple[Bell, Bell]]:
    """Run delivery; give its bell and one that rings when something got done."""
    own, progress = Bell(clock), Bell(clock)
    running = asyncio.create_task(Delivery(store or town.store, courier, clock, own, (progress,)).run())
    yield own, progress
    own.silence()
    await running


async def _deliver(town: Town, courier: ScriptedCourier) -> datetime:
    """Deliver until nothing waits any more, as fast as the clock can jump; return what it shows then."""
    clock: Clock = HurryingClock(town.clock.now())
    own, progress = Bell(clock), Bell(clock)
    running = asyncio.create_task(Delivery(town.store, courier, clock, own, (progress,)).run())
    while (await town.rows("outbox_counts"))[0][0]:
        await progress.wait()
    own.silence()
    await running
    return clock.now()


async def _deliver_once(town: Town, courier: ScriptedCourier) -> None:
    """Deliver what is ready, without waiting for anything."""
    delivery = Delivery(town.store, courier, town.clock, Bell(town.clock), ())
    while True:
        async with asyncio.TaskGroup() as rounds:
            has_begun = await delivery._begin(rounds, town.clock.now())
        await delivery._settle()
        if not has_begun:
            return


async def _until(progress: Bell, condition: Callable[[], bool]) -> None:
    while not condition():
        await progress.wait()


async def _person(town: Town, chat: int) -> PersonId:
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    taken = await town.take_one()
    await town.work()
    return taken.sender.person if not taken.sender.is_new else await _known(town, chat)


async def _known(town: Town, chat: int) -> PersonId:
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    person = (await town.take_one()).sender.person
    await town.work()
    return person


async def _send(town: Town, person: PersonId, *messages: Said | TapAnswered) -> None:
    sends = tuple(Send(person, message) for message in messages)
    await town.store.commit([Decision(Effects(sends=sends))], town.clock.now())


async def _take(town: Town) -> Sequence[Letter]:
    return await town.store.take_letters(64, frozenset(), town.clock.now())


async def _told(town: Town) -> list[ReminderTold]:
    rows = [row async for page in town.store.read.ledger() for row in page]
    facts = [read(row).fact for row in rows]
    return [fact for fact in facts if isinstance(fact, ReminderTold)]
