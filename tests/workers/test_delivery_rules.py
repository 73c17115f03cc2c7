"""When letters may go out: notices at a pace, to nobody while all are refused, lists once their reader writes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import ChatMoved, DeliveryAmbiguous, MessageGone, TooManyRequests
from bot.ports import Decision
from bot.rules.effect import Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said, TaskList
from bot.workers.bell import Bell
from bot.workers.delivery import REFUSED_IN_A_ROW, Delivery
from bot.workers.pace import ONE_CHAT, ONE_GROUP, PER_SECOND, Pace
from tests.support.clock import HurryingClock
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town, opened_town
from tests.workers.fakes import ScriptedCourier

SAID, OTHER, LIST = Said(Remark.KEPT), Said(Remark.NO_CASES), TaskList(cases=(), total=0)
LOST = DeliveryAmbiguous("the answer was lost")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def courier() -> ScriptedCourier:
    """Make a courier without a script: it sends everything."""
    return ScriptedCourier()


def test_no_more_notices_begin_in_a_second_than_telegram_asks_for() -> None:
    """And as many again once they are a second old."""
    pace = Pace()
    assert (pace.free(NOON), pace.opens_at()) == (PER_SECOND, None)
    pace.begin(PER_SECOND, NOON)
    assert (pace.free(NOON), pace.opens_at()) == (0, NOON + SECOND)
    assert pace.free(NOON + SECOND) == PER_SECOND


def test_processes_that_send_for_one_bot_share_its_pace() -> None:
    """However many there are, together they keep it; and each gets on."""
    assert [sharers * Pace().free(NOON, sharers) <= PER_SECOND for sharers in range(1, PER_SECOND + 1)] == [
        True
    ] * PER_SECOND
    assert Pace().free(NOON, 10 * PER_SECOND) == 1
    pace = Pace()
    pace.begin(pace.free(NOON, 2), NOON)
    assert (pace.free(NOON, 2), pace.free(NOON, 1)) == (0, PER_SECOND - PER_SECOND // 2)


@pytest.mark.parametrize(("chat", "distance"), [(42, ONE_CHAT), (-100, ONE_GROUP)])
def test_one_chat_gets_its_notices_one_by_one(chat: int, distance: timedelta) -> None:
    """A group more slowly than a person, and neither for what another gets."""
    pace = Pace()
    assert [pace.chat_opens_at(chat, NOON) for _ in range(2)] == [NOON, NOON + distance]
    assert (pace.next_at(chat), pace.next_at(7)) == (NOON + 2 * distance, None)
    assert pace.chat_opens_at(7, NOON) == NOON


@pytest.mark.parametrize(("chat", "distance"), [(42, ONE_CHAT), (-100, ONE_GROUP)])
def test_a_notice_of_another_process_counts(chat: int, distance: timedelta) -> None:
    """Until its time is over; what a clock that was wrong left there holds up one notice's time, no more."""
    assert Pace().chat_opens_at(chat, NOON, NOON + distance / 2) == NOON + distance / 2
    assert Pace().chat_opens_at(chat, NOON, NOON - SECOND) == NOON
    assert Pace().chat_opens_at(chat, NOON, NOON + timedelta(days=9)) == NOON + distance


def test_a_clock_that_is_set_back_holds_no_notice_for_long() -> None:
    """What it showed before counts for nothing."""
    pace = Pace()
    pace.begin(PER_SECOND, NOON)
    pace.chat_opens_at(42, NOON)
    earlier = NOON - timedelta(hours=1)
    assert pace.free(earlier) == PER_SECOND
    assert pace.chat_opens_at(42, earlier) <= earlier + ONE_CHAT


async def test_a_thousand_notices_to_one_chat_delay_no_other(town: Town, courier: ScriptedCourier) -> None:
    """Who got one waits a second for the next; the others get theirs, and an answer goes before all."""
    many, one, asks = [await _person(town, chat) for chat in (RESIDENT, NEIGHBOUR, OFFICER)]
    await _send(town, *[Send(many, SAID, Priority.NOTICE)] * 1000, Send(one, SAID, Priority.NOTICE), Send(asks, SAID))
    async with asyncio.timeout(60):
        own, progress = Bell(town.clock), Bell(town.clock)
        running = asyncio.create_task(Delivery(town.store, courier, town.clock, own, (progress,)).run())
        while {chat for chat, _ in courier.sent} != {RESIDENT, NEIGHBOUR, OFFICER}:
            await progress.wait()
        await town.clock.sleeper(town.clock.now() + ONE_CHAT)
    assert len(courier.to(RESIDENT)) == 1
    running.cancel()


async def test_notices_to_many_go_out_at_the_pace(town: Town, courier: ScriptedCourier) -> None:
    """However many wait."""
    people = [await _person(town, 900 + number) for number in range(PER_SECOND + 5)]
    await _send(town, *(Send(person, SAID, Priority.NOTICE) for person in people))
    began = town.clock.now()
    assert SECOND <= await _deliver(town, courier) - began <= 2 * SECOND
    assert len(courier.sent) == len(people)


async def test_when_several_chats_in_a_row_are_refused_nobody_is_written_to(town: Town, courier: ScriptedCourier) -> None:
    """Until the longest wait that was asked for is over; then everybody is."""
    refused = [await _person(town, 900 + number) for number in range(REFUSED_IN_A_ROW)]
    for number in range(REFUSED_IN_A_ROW):
        courier.script[900 + number] = [TooManyRequests(10.0 + number, "too many requests")]
    await _send(town, *(Send(person, SAID) for person in refused))
    async with asyncio.timeout(60):
        own, progress = Bell(town.clock), Bell(town.clock)
        running = asyncio.create_task(Delivery(town.store, courier, town.clock, own, (progress,)).run())
        while len(courier.tried) < REFUSED_IN_A_ROW:
            await progress.wait()
        other = await _person(town, RESIDENT)
        await _send(town, Send(other, SAID))
        own.ring()
        silent_until = town.clock.now() + timedelta(seconds=10.0 + REFUSED_IN_A_ROW - 1)
        await town.clock.sleeper()
        assert courier.to(RESIDENT) == []
        await town.clock.move_to(silent_until)
        while len(courier.sent) < REFUSED_IN_A_ROW + 1:
            await progress.wait()
    assert courier.to(RESIDENT) == [SAID]
    running.cancel()


async def test_a_list_that_perhaps_arrived_waits_for_its_reader(town: Town, courier: ScriptedCourier) -> None:
    """It stops nothing behind it, and goes out when they have written."""
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [LOST]
    await _send(town, Send(person, LIST), Send(person, SAID))
    await _deliver_once(town, courier)
    await _deliver_once(town, courier)
    await town.clock.move(timedelta(days=1))
    await _deliver_once(town, courier)
    assert courier.to(RESIDENT) == [SAID]
    assert await town.store.pending(town.clock.now()) == 0
    await town.act(RESIDENT, "speak", language="zh_Hans_CN")
    await _deliver_once(town, courier)
    assert courier.to(RESIDENT)[:2] == [SAID, LIST]


async def test_a_list_that_was_being_sent_when_the_program_ended_waits_for_its_reader(
    file: Path, courier: ScriptedCourier
) -> None:
    """What else was being sent goes out once more."""
    async with opened_town(file) as town:
        clock, reads, asks = town.clock, await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await _send(town, Send(reads, LIST), Send(asks, SAID))
        assert len(await town.store.take_letters(9, frozenset(), clock.now())) == 2
    async with opened_town(file, clock, seed="again") as town:
        await _deliver_once(town, courier)
        assert courier.sent == [(NEIGHBOUR, SAID)]
        next(town.updates)
        next(town.updates)
        await town.act(RESIDENT, "speak", language="zh_Hans_CN")
        await _deliver_once(town, courier)
        assert courier.to(RESIDENT)[0] == LIST


async def test_a_chat_that_moved_is_followed(town: Town, courier: ScriptedCourier) -> None:
    """The letter goes to its new number, what they write there is theirs, and what waited from before, too."""
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [ChatMoved(-1007)]
    await _send(town, Send(person, SAID), Send(person, OTHER))
    await _deliver(town, courier)
    assert courier.to(-1007) == [SAID, OTHER]
    await town.arrive(-1007, "speak", language="ug")
    taken = await town.take_one()
    assert (taken.sender.person, taken.sender.is_new) == (person, False)


async def test_a_chat_that_moved_to_where_somebody_else_is_is_given_up(town: Town, courier: ScriptedCourier) -> None:
    """Two people are never made one."""
    person, other = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
    courier.script[RESIDENT] = [ChatMoved(NEIGHBOUR)]
    await _send(town, Send(person, SAID), Send(other, OTHER))
    await _deliver(town, courier)
    assert courier.to(NEIGHBOUR) == [OTHER]
    assert await town.rows("outbox_counts") == [(0, 1)]


async def test_a_card_whose_message_is_gone_goes_out_as_a_new_one_which_the_next_edits(
    town: Town, courier: ScriptedCourier
) -> None:
    """In order; and what it was to be shown in before is forgotten."""
    await town.act(RESIDENT, "write", text=POTHOLE)
    await _deliver(town, courier)
    person = await _person(town, RESIDENT)
    courier.script[RESIDENT] = [MessageGone()]
    await town.act(RESIDENT, "write", text="还有一处")
    await _send(town, Send(person, SAID))
    await _deliver(town, courier)
    await town.act(RESIDENT, "write", text="第三处")
    await _deliver(town, courier)
    assert courier.edited == [None, None, None, 2]
    assert courier.to(RESIDENT)[2] == SAID


async def test_a_card_whose_message_is_gone_is_alone_on_its_way(town: Town, courier: ScriptedCourier) -> None:
    """From then on it would show twice if it were repeated, as after a crash."""
    person = await _person(town, RESIDENT)
    await _send(town, Send(person, SAID, replaces=9), Send(person, OTHER))
    assert len(await town.store.take_letters(9, frozenset(), town.clock.now())) == 2
    courier.script[RESIDENT] = [MessageGone()]
    await _deliver_once(town, courier)
    (letter,) = await town.store.take_letters(9, frozenset(), town.clock.now())
    assert (letter.message, letter.message_id, letter.was_tried) == (SAID, None, False)


async def test_of_a_letter_in_parts_only_those_that_are_missing_are_sent_again(town: Town, courier: ScriptedCourier) -> None:
    """How far it came is kept on disk."""
    person = await _person(town, RESIDENT)
    refused = TooManyRequests(5.0, "too many requests")
    refused.parts = 2
    courier.script[RESIDENT] = [refused]
    await _send(town, Send(person, SAID))
    await _deliver_once(town, courier)
    await town.clock.move(timedelta(seconds=5))
    (letter,) = await town.store.take_letters(9, frozenset(), town.clock.now())
    assert letter.parts == 2


async def _person(town: Town, chat: int) -> PersonId:
    """Make someone known who is sent nothing yet."""
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    taken = await town.take_one()
    await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
    return taken.sender.person


async def _send(town: Town, *sends: Send) -> None:
    await town.store.commit([Decision(Effects(sends=sends))], town.clock.now())


async def _deliver(town: Town, courier: ScriptedCourier) -> datetime:
    """Deliver until nothing waits any more, as fast as the clock can jump; return what it shows then."""
    clock = HurryingClock(town.clock.now())
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
    async with asyncio.TaskGroup() as rounds:
        await delivery._begin(rounds, town.clock.now())
    await delivery._settle()
