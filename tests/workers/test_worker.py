"""The worker makes effects true: each update's once, whatever its neighbours do; nothing stops for one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.actions.join_staff import digest_of
from bot.errors import Conflict, KeyLost, LedgerBroken, StorageUnavailable
from bot.ports import Decision, Letter, Sent, Taken
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.due import Due, TidyDraft
from bot.rules.effect import NOTHING, Effects
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said
from bot.rules.staff import Invitation
from bot.workers.bell import Bell
from bot.workers.worker import BATCH, TRIES, Worker
from tests.support.clock import HurryingClock, MovableClock
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town
from tests.workers.fakes import Watched


class Counting:
    """Decides as the town does and counts how often each update was decided."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.times: dict[int, int] = {}

    async def decide(self, taken: Taken, now: datetime) -> Effects:
        """Count, then decide."""
        number = taken.arrival.update_id
        self.times[number] = self.times.get(number, 0) + 1
        return await self._town.decide(taken, now)


async def test_what_a_handler_cannot_do_is_set_aside_and_stops_nobody(town: Town) -> None:
    """Tried three times; the sender is told that it is kept; others of the batch and their own next one go on."""
    await town.arrive(RESIDENT, "crash", text="救命")
    await town.arrive(NEIGHBOUR, "write", text=POTHOLE)
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    dispatcher = Counting(town)
    worker = Worker(town.store, dispatcher, town.clock, Bell(town.clock), ())
    while await worker.step():
        pass
    assert dispatcher.times == {1: TRIES, 2: 1, 3: 1}
    assert await town.rows("inbox_counts") == [(0, 1)]
    kept, *_ = [each.message for each in await _letters(town) if each.chat_id == RESIDENT]
    assert kept == Said(Remark.KEPT)
    await town.arrive(RESIDENT, "new")
    assert isinstance((await town.take_one()).sender.dialog, Drafting)


async def test_the_log_names_the_place_and_never_the_words(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """An exception's text may repeat what a person wrote."""
    await town.act(RESIDENT, "crash", text="张三的电话13800000000")
    assert "ZeroDivisionError at tests/support/store.py" in caplog.text
    assert "13800000000" not in caplog.text


async def test_two_who_change_one_case_in_one_batch_both_do(town: Town) -> None:
    """The second decides on what the first has left."""
    await town.staffed()
    number = await town.file()
    await town.arrive(OFFICER, "accept", case=number)
    await town.arrive(LEAD, "resolve", case=number, answer="修好了")
    store = Watched(town.store, lambda _: None)
    worker = Worker(store, town, town.clock, Bell(town.clock), ())
    while await worker.step():
        pass
    assert store.sizes == [1, 1]  # the second waited for the next batch: no conflict, nothing rolled back
    case = await town.case(number)
    assert (case.state, case.version) == (State.RESOLVED, 3)


@pytest.mark.parametrize(("hours", "is_rung"), [(1, True), (3, False)])
async def test_the_clock_hears_of_what_comes_before_the_moment_it_waits_for(
    town: Town,
    hours: int,
    is_rung: bool,  # noqa: FBT001 (given by pytest, by name)
) -> None:
    """Each filing plans ten moments of the days to come: the clock need not look for each of them."""
    ticker, at = Bell(town.clock), town.clock.now() + timedelta(hours=hours)
    waiting = asyncio.create_task(ticker.wait(town.clock.now() + timedelta(hours=2)))
    await town.clock.sleeper()

    class Planning:
        async def decide(self, taken: Taken, now: datetime) -> Effects:
            """Plan one thing."""
            del taken, now
            return Effects(planned=(Due(key="draft/p-1/1", at=at, task=TidyDraft(person=PersonId("p-1"), begun_by=1)),))

    await town.arrive(RESIDENT, "write", text=POTHOLE)
    worker = Worker(town.store, Planning(), town.clock, Bell(town.clock), (), ticker=ticker)
    assert await worker.step()
    for _ in range(10):
        await asyncio.sleep(0)
    assert waiting.done() is is_rung
    waiting.cancel()


async def test_two_who_press_the_same_button_at_once_sign_once(town: Town) -> None:
    """The other one is told that the case has moved on."""
    await town.staffed()
    number = await town.file()
    await _drain(town)
    await town.arrive(OFFICER, "accept", case=number)
    await town.arrive(LEAD, "accept", case=number)
    await town.work()
    assert (await town.case(number)).version == 2
    assert [each.message for each in await _letters(town) if each.chat_id == LEAD] == [Said(Remark.CASE_MOVED_ON)]


async def test_a_conflict_runs_the_batch_one_by_one(town: Town) -> None:
    """Two open one link in one batch: one joins, the other is refused, and a third person's words are kept."""
    payload = "j-once"
    invitation = Invitation(digest_of(payload), Role.ADMIN, None, None, town.clock.now() + timedelta(hours=1), is_used=False)
    await town.store.invite(invitation, town.clock.now())
    for chat in (RESIDENT, NEIGHBOUR):
        await town.arrive(chat, "join", payload=payload)
    await town.arrive(LEAD, "write", text=POTHOLE)
    store = Watched(town.store, lambda _: None)
    worker = Worker(store, town, town.clock, Bell(town.clock), ())
    assert await worker.step()
    assert not await worker.step()
    assert store.sizes == [3, 1, 1, 1]
    assert len(await town.store.read.staff_of(None, frozenset(Role))) == 1
    assert await town.rows("inbox_counts") == [(0, 0)]


@pytest.mark.parametrize("error", [Conflict(), KeyLost(), AssertionError("a hole was not filled")])
async def test_an_update_that_can_never_be_committed_is_set_aside(town: Town, error: Exception) -> None:
    """Its neighbours' effects are true all the same."""
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    await town.arrive(NEIGHBOUR, "write", text=POTHOLE)

    def refuse(decisions: Sequence[Decision]) -> Exception | None:
        poisoned = [each for each in decisions if each.taken is not None and each.taken.arrival.chat_id == RESIDENT]
        return error if any(each.aside is None for each in poisoned) else None

    worker = Worker(Watched(town.store, refuse), town, town.clock, Bell(town.clock), ())
    assert await worker.step()
    assert not await worker.step()
    assert await town.rows("inbox_counts") == [(0, 1)]
    assert {each.chat_id: type(each.message).__name__ for each in await _letters(town)} == {
        RESIDENT: "Said",
        NEIGHBOUR: "DraftCard",
    }


async def test_an_update_is_set_aside_even_if_its_sender_cannot_be_told(town: Town) -> None:
    """A letter that cannot be written must not keep the update in the way for ever."""
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    refuse = Watched(town.store, lambda decisions: KeyLost() if any(each.effects != NOTHING for each in decisions) else None)
    worker = Worker(refuse, town, town.clock, Bell(town.clock), ())
    assert await worker.step()
    assert await town.rows("inbox_counts") == [(0, 1)]
    assert await _letters(town) == []


async def test_what_cannot_even_be_set_aside_does_not_turn_in_circles(town: Town) -> None:
    """The worker waits for something to change."""
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    worker = Worker(Watched(town.store, lambda _: KeyLost()), town, town.clock, Bell(town.clock), ())
    assert not await worker.step()
    assert await town.rows("inbox_counts") == [(1, 0)]


@pytest.mark.parametrize("where", ["commit", "decide"])
async def test_a_database_out_of_reach_is_nobodys_fault(town: Town, where: str) -> None:
    """Nothing is set aside; it is tried again after longer and longer, without anyone writing anew."""
    clock = town.clock = HurryingClock()
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    own, done, failures = Bell(clock), Bell(clock), [4]

    def fail(place: str) -> StorageUnavailable | None:
        if place == where and failures[0]:
            failures[0] -= 1
            return StorageUnavailable("locked")
        return None

    class Dispatcher:
        """Reads, which may fail, and decides."""

        async def decide(self, taken: Taken, now: datetime) -> Effects:
            """Fail while the database is out of reach."""
            error = fail("decide")
            if error is not None:
                raise error
            return await town.decide(taken, now)

    begin = clock.now()
    store = Watched(town.store, lambda _: fail("commit"))
    running = asyncio.create_task(Worker(store, Dispatcher(), clock, own, (done,)).run())
    await done.wait()
    own.silence()
    await running
    assert [(at - begin).total_seconds() for at in clock.sleeps] == [1, 3, 7, 15]
    assert await town.rows("inbox_counts") == [(0, 0)]
    assert [type(each.message).__name__ for each in await _letters(town)] == ["DraftCard"]


async def test_a_broken_ledger_stops_everything(town: Town) -> None:
    """No update is blamed for it."""
    await town.arrive(RESIDENT, "write", text=POTHOLE)
    worker = Worker(Watched(town.store, lambda _: LedgerBroken(3, "gone")), town, town.clock, Bell(town.clock), ())
    with pytest.raises(LedgerBroken):
        await worker.run()
    assert await town.rows("inbox_counts") == [(1, 0)]


async def test_a_silenced_worker_finishes_its_batch_and_no_more(town: Town) -> None:
    """What it has begun is committed whole; the rest waits on disk."""
    for chat in range(1, BATCH + 4):
        await town.arrive(chat, "write", text=POTHOLE)
    own = Bell(town.clock)

    class Stopping:
        """Tells the worker to stop in the middle of a batch."""

        async def decide(self, taken: Taken, now: datetime) -> Effects:
            """Silence at the third."""
            if taken.arrival.update_id == 3:
                own.silence()
            return await town.decide(taken, now)

    await Worker(town.store, Stopping(), town.clock, own, ()).run()
    assert await town.rows("inbox_counts") == [(3, 0)]


async def test_what_came_while_it_was_busy_is_handled_before_it_rests(town: Town) -> None:
    """It rests only when the inbox is empty, and every ring wakes it."""
    clock = MovableClock()
    own, done = Bell(clock), Bell(clock)
    running = asyncio.create_task(Worker(town.store, town, clock, own, (done,)).run())
    for number in range(5):
        await town.arrive(100 + number, "write", text=POTHOLE)
        own.ring()
        await done.wait()
    while await town.rows("inbox_counts") != [(0, 0)]:
        await done.wait()
    own.silence()
    await running
    assert len(await _letters(town)) == 5


async def test_a_dialog_of_another_version_begins_anew(town: Town) -> None:
    """After an update of the program nobody's old conversation stops the inbox."""
    await town.act(RESIDENT, "write", text=POTHOLE)
    await town.arrive(RESIDENT, "new")
    person = (await town.take_one()).sender.person
    async with town.engine.writing() as session:
        key = await town.store._keyring.of_person(session, person)
        strange = key.seal(msgspec.json.encode({"type": "Dancing"}), "dialog")
        await session.run("dialog_put", [{"person": person, "state": strange}])
    await town.work()
    assert await town.rows("inbox_counts") == [(0, 0)]


async def _letters(town: Town) -> list[Letter]:
    return list(await town.store.take_letters(64, frozenset(), town.clock.now()))


async def _drain(town: Town) -> None:
    while letters := await _letters(town):
        await town.store.settle([Sent(letter, letter.id) for letter in letters], town.clock.now())
