"""Several processes on one PostgreSQL: each update, letter and due thing is in one hand at a time, and the ledger is one."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.errors import Conflict
from bot.ports import Decision, Duty, Postponed, Sent, Taken
from bot.rules.chain import EMPTY, follow
from bot.rules.county import Role
from bot.rules.due import CloseUnrated, due_of_case
from bot.rules.effect import Effects, Priority, Send, Told
from bot.rules.entry import SYSTEM, Entry
from bot.rules.identity import CaseNumber, PersonId, StaffId
from bot.rules.message import Remark, Said
from bot.workers.bell import Bell
from bot.workers.delivery import Delivery
from bot.workers.pace import ONE_CHAT, ONE_GROUP
from bot.workers.worker import BATCH, Worker
from storage.engine import Claim
from storage.letters import LETTER_HELD
from storage.postgres.engine import open_postgres
from storage.queries import load
from storage.store import DUTY_HELD, UPDATE_HELD
from tests.support.builders import INVITED
from tests.support.clock import HurryingClock, MovableClock
from tests.support.postgres import connected, opened_town
from tests.support.store import NEIGHBOUR, OFFICER, RESIDENT, Town, arrival_of
from tests.workers.fakes import ScriptedCourier

NOBODY: frozenset[PersonId] = frozenset()
GROUP = -1001
MOMENT = timedelta(microseconds=1)
SECONDS = 60.0
"""A bound on waiting that no passing test comes near."""


@pytest.fixture
async def towns(url: str) -> AsyncIterator[tuple[Town, Town]]:
    """Open one database twice, as two processes on one clock do."""
    clock = MovableClock()
    async with opened_town(url, clock, seed="one") as one, opened_town(url, clock, seed="other") as other:
        yield one, other


async def test_who_claims_keeps_others_only_from_claiming_the_same(towns: tuple[Town, Town]) -> None:
    """Updates, duties and letters are claimed beside each other; and who finds nothing to claim waits for nobody."""
    one, other = towns
    now = one.clock.now()
    await one.arrive(RESIDENT, "write", text="路灯坏了")
    async with asyncio.timeout(SECONDS), one.engine.claiming(Claim.LETTERS), one.engine.claiming(Claim.DUTY):
        assert await other.store.take_letters(9, NOBODY, now) == ()
        assert await other.store.take_due(9, now) == []
        assert await other.store.hold(Duty.POLLING, now)
        assert len(await other.store.take_updates(9, now)) == 1


async def test_programs_that_begin_at_once_have_one_set_of_keys(url: str) -> None:
    """The first of them makes the keys of the house, and what one seals another opens."""
    async with AsyncExitStack() as stack:
        towns = await asyncio.gather(*(stack.enter_async_context(opened_town(url, seed=str(place))) for place in range(6)))
        one, *others = towns
        for chat, town in enumerate(others, 100):
            await town.store.receive([arrival_of(chat, chat, "write", text="路灯坏了")], town.clock.now())
        taken = await one.store.take_updates(BATCH, one.clock.now())
        assert sorted(each.arrival.chat_id for each in taken) == list(range(100, 105))


class TestLedger:
    """However many write, the ledger is one line."""

    async def test_appending_at_once_leaves_no_gap_and_no_fork(self, towns: tuple[Town, Town]) -> None:
        """Every entry is there, once, and follows from the one before."""

        async def append(town: Town) -> None:
            entry = Entry(at=town.clock.now(), actor=SYSTEM, case=None, fact=INVITED)
            await town.store.commit([Decision(Effects(entries=(entry, entry)))], town.clock.now())

        await asyncio.gather(*(append(town) for _ in range(40) for town in towns))
        head = EMPTY
        async for rows in towns[0].store.read.ledger():
            for row in rows:
                head = follow(head, row)
        assert head.seq == 160
        assert head == await towns[1].store.read.head()

    async def test_cases_filed_at_once_have_numbers_of_their_own(self, towns: tuple[Town, Town]) -> None:
        """Without a gap."""
        chats = range(100, 112)
        for chat in chats:
            await towns[0].act(chat, "write", text="路灯坏了")
        for chat in chats:
            await towns[0].arrive(chat, "send")
        await asyncio.gather(*(town.work() for town in towns for _ in range(2)))
        numbers = [case.number async for case, _ in towns[0].store.read.cases()]
        assert numbers == [f"CB-2026-{count:06d}" for count in range(1, len(chats) + 1)]


class TestInbox:
    """One chat is never in two hands."""

    async def test_what_one_has_taken_the_other_does_not_get(self, towns: tuple[Town, Town]) -> None:
        """Whoever asks, each gets other chats; one's own are given again."""
        one, other = towns
        await _arrive(one, (RESIDENT, NEIGHBOUR, OFFICER))
        first = await one.store.take_updates(2, one.clock.now())
        second = await other.store.take_updates(9, one.clock.now())
        assert ([each.arrival.chat_id for each in first], [each.arrival.chat_id for each in second]) == (
            [RESIDENT, NEIGHBOUR],
            [OFFICER],
        )
        for town, taken in ((one, first), (other, second)):
            assert [each.seq for each in await town.store.take_updates(9, one.clock.now())] == [each.seq for each in taken]

    async def test_the_next_update_of_a_chat_waits_for_the_one_in_hand(self, towns: tuple[Town, Town]) -> None:
        """Also when the other has nothing else to do; then whoever asks first gets it."""
        one, other = towns
        await _arrive(one, (RESIDENT, RESIDENT))
        (first,) = await one.store.take_updates(9, one.clock.now())
        assert await other.store.take_updates(9, one.clock.now()) == []
        await one.store.commit([Decision(Effects(), taken=first)], one.clock.now())
        (second,) = await other.store.take_updates(9, one.clock.now())
        assert (first.arrival.update_id, second.arrival.update_id) == (1, 2)
        assert await one.store.take_updates(9, one.clock.now()) == []

    async def test_an_earlier_update_that_shows_up_late_waits_too(self, url: str, towns: tuple[Town, Town]) -> None:
        """Two who receive at once may commit in another order than they began in."""
        one, other = towns
        await _arrive(one, (RESIDENT, RESIDENT))
        async with connected(url) as connection:
            await connection.execute("UPDATE inbox SET done_at = 1 WHERE seq = 1")
            (second,) = await one.store.take_updates(9, one.clock.now())
            await connection.execute("UPDATE inbox SET done_at = NULL WHERE seq = 1")
        assert await other.store.take_updates(9, one.clock.now()) == []
        await one.store.commit([Decision(Effects(), taken=second)], one.clock.now())
        assert [each.seq for each in await other.store.take_updates(9, one.clock.now())] == [1]

    async def test_taking_at_once_gives_each_chat_to_one(self, towns: tuple[Town, Town]) -> None:
        """However the queries fall together."""
        one, _ = towns
        await _arrive(one, tuple(range(100, 200)))
        takes = await asyncio.gather(*(town.store.take_updates(7, one.clock.now()) for _ in range(5) for town in towns))
        by_town = [{each.seq for take in takes[start::2] for each in take} for start in (0, 1)]
        assert by_town[0] & by_town[1] == set()
        assert len(by_town[0]) == len(by_town[1]) == 7

    async def test_workers_beside_each_other_keep_the_order_of_each_chat(self, towns: tuple[Town, Town]) -> None:
        """More chats than one batch takes, with three updates each: every one handled once, in order, and both take part."""
        chats = BATCH + 30
        await _arrive(towns[0], tuple(range(100, 100 + chats)) * 3)
        handled: dict[int, list[int]] = defaultdict(list)
        shares: dict[int, int] = defaultdict(int)

        async def work(town: Town) -> None:
            worker = Worker(town.store, Noting(town, handled, shares), town.clock, Bell(town.clock), ())
            while await worker.step():
                pass

        while await towns[0].store.pending(towns[0].clock.now()):
            await asyncio.gather(*(work(town) for town in towns))
        in_order = {100 + place: [1 + place + chats * turn for turn in range(3)] for place in range(chats)}
        assert handled == in_order
        assert len(shares) == 2

    async def test_updates_of_a_process_that_froze_go_to_another(self, towns: tuple[Town, Town]) -> None:
        """Not before its time is over; what the first still decides then has no effect."""
        one, other = towns
        await _arrive(one, (RESIDENT,))
        (stale,) = await one.store.take_updates(9, one.clock.now())
        await one.clock.move(UPDATE_HELD - MOMENT)
        assert await other.store.take_updates(9, one.clock.now()) == []
        await one.clock.move(MOMENT)
        (taken,) = await other.store.take_updates(9, one.clock.now())
        assert taken.arrival == stale.arrival
        await other.store.commit([Decision(Effects(), taken=taken)], one.clock.now())
        with pytest.raises(Conflict):
            await one.store.commit([Decision(Effects(), taken=stale)], one.clock.now())

    async def test_an_update_that_is_just_being_done_is_left_alone(self, towns: tuple[Town, Town]) -> None:
        """Nobody waits for the commit of another, however late it is; other chats are taken meanwhile."""
        one, other = towns
        await _arrive(one, (RESIDENT, NEIGHBOUR))
        (taken,) = await one.store.take_updates(1, one.clock.now())
        await one.clock.move(UPDATE_HELD)
        async with asyncio.timeout(SECONDS), one.engine.writing() as session:
            await session.run("inbox_done", [{"seqs": f"[{taken.seq}]", "now": 1}])
            assert [each.arrival.chat_id for each in await other.store.take_updates(9, one.clock.now())] == [NEIGHBOUR]

    async def test_updates_of_a_process_that_ended_go_to_another_at_once(self, url: str, towns: tuple[Town, Town]) -> None:
        """Whether it closed its sessions or the server found it dead."""
        one, other = towns
        async with opened_town(url, one.clock, seed="third") as third:
            await _arrive(one, (RESIDENT,))
            assert len(await third.store.take_updates(9, one.clock.now())) == 1
            assert await other.store.take_updates(9, one.clock.now()) == []
        assert len(await other.store.take_updates(9, one.clock.now())) == 1
        await _kill(url, other)
        assert len(await one.store.take_updates(9, one.clock.now())) == 1


class TestOutbox:
    """One person is never written to by two."""

    async def test_each_knows_how_many_send(self, url: str, towns: tuple[Town, Town]) -> None:
        """So that together they keep the pace; who has gone is not counted, and a command that only reads never was."""
        one, other = towns
        reading = await open_postgres(url, load("postgres"), read_only=True)
        assert [await town.store.sharers() for town in towns] == [2, 2]
        await other.engine.close()
        assert await one.store.sharers() == 1
        await reading.close()

    async def test_one_persons_letters_stay_with_who_began(self, towns: tuple[Town, Town]) -> None:
        """The second letter waits for the first, also when it was written since; other people's go to the other."""
        one, other = towns
        begun, free = [await _person(one, chat) for chat in (RESIDENT, NEIGHBOUR)]
        await _send(one, begun, Remark.KEPT)
        (letter,) = await one.store.take_letters(9, NOBODY, one.clock.now())
        await _send(other, begun, Remark.NO_CASES)
        await _send(other, free, Remark.NO_TASKS)
        assert [each.person for each in await other.store.take_letters(9, NOBODY, one.clock.now())] == [free]
        await one.store.settle([Sent(letter, 1)], one.clock.now())
        (second,) = await other.store.take_letters(9, frozenset([free]), one.clock.now())
        assert (second.person, second.message) == (begun, Said(Remark.NO_CASES))

    async def test_taking_at_once_gives_each_person_to_one(self, towns: tuple[Town, Town]) -> None:
        """Thirty people, three letters each, two who deliver: nobody hears from both at once, and all in order."""
        one, _ = towns
        people = [await _person(one, chat) for chat in range(100, 130)]
        for remark in (Remark.KEPT, Remark.NO_CASES, Remark.NO_TASKS):
            for person in people:
                await _send(one, person, remark)
        heard: dict[PersonId, list[object]] = defaultdict(list)
        hands: dict[PersonId, int] = {}

        async def deliver(town: Town) -> None:
            while letters := await town.store.take_letters(8, NOBODY, town.clock.now()):
                for letter in letters:
                    assert hands.setdefault(letter.person, town.engine.holder) == town.engine.holder
                await asyncio.sleep(0)
                for letter in letters:
                    heard[letter.person].append(letter.message)
                    del hands[letter.person]
                await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())

        while await one.store.pending(one.clock.now()):
            await asyncio.gather(*(deliver(town) for town in towns))
        said = [Said(Remark.KEPT), Said(Remark.NO_CASES), Said(Remark.NO_TASKS)]
        assert heard == dict.fromkeys(people, said)

    async def test_one_chat_gets_one_notice_a_second_whoever_sends_it(self, url: str) -> None:
        """Each notice is sent by the other process than the last one; a group waits three seconds."""
        clock = HurryingClock()
        async with opened_town(url, clock, seed="one") as one, opened_town(url, clock, seed="other") as other:
            for chat, distance in ((RESIDENT, ONE_CHAT), (GROUP, ONE_GROUP)):
                person = await _person(one, chat)
                sent_at: list[datetime] = []
                for town in (one, other) * 3:
                    courier = ScriptedCourier()
                    notice = Send(person, Said(Remark.KEPT), Priority.NOTICE)
                    await town.store.commit([Decision(Effects(sends=(notice,)))], clock.now())
                    await _deliver(town, courier)
                    assert courier.to(chat) == [Said(Remark.KEPT)]
                    sent_at.append(clock.now())
                assert [after - before for before, after in pairwise(sent_at)] == [distance] * 5

    async def test_a_letter_that_two_carried_has_one_fate(self, towns: tuple[Town, Town]) -> None:
        """Whoever writes it down first; the reminder in it is told once in the ledger."""
        one, other = towns
        person = await _person(one, OFFICER)
        told = Told(CaseNumber("CB-2026-000001"), 1, "before:1d", Role.OFFICER, StaffId("s-1"))
        send = Send(person, Said(Remark.KEPT), Priority.NOTICE, tells=(told,))
        await one.store.commit([Decision(Effects(sends=(send,)))], one.clock.now())
        (first,) = await one.store.take_letters(9, NOBODY, one.clock.now())
        await one.clock.move(LETTER_HELD)
        (again,) = await other.store.take_letters(9, NOBODY, one.clock.now())
        assert (again.id, again.was_tried) == (first.id, True)
        for town, letter in ((one, first), (other, again), (one, first)):
            await town.store.settle([Sent(letter, 1)], one.clock.now())
        kinds = [row.kind async for rows in one.store.read.ledger() for row in rows]
        assert kinds.count("reminder_told") == 1

    async def test_a_letter_that_must_wait_is_anyones(self, towns: tuple[Town, Town]) -> None:
        """Who tried first has no claim to try again."""
        one, other = towns
        await _send(one, await _person(one, RESIDENT), Remark.KEPT)
        (letter,) = await one.store.take_letters(9, NOBODY, one.clock.now())
        await one.store.settle([Postponed(letter, one.clock.now(), is_ambiguous=False)], one.clock.now())
        assert len(await other.store.take_letters(9, NOBODY, one.clock.now())) == 1

    async def test_letters_of_a_process_that_ended_go_to_another_at_once(self, url: str, towns: tuple[Town, Town]) -> None:
        """Marked as perhaps sent."""
        one, other = towns
        await _send(one, await _person(one, RESIDENT), Remark.KEPT)
        assert len(await one.store.take_letters(9, NOBODY, one.clock.now())) == 1
        assert await other.store.take_letters(9, NOBODY, one.clock.now()) == ()
        await _kill(url, one)
        (letter,) = await other.store.take_letters(9, NOBODY, one.clock.now())
        assert letter.was_tried


class TestDuties:
    """One poller and one clock."""

    async def test_a_duty_is_with_one_until_it_lets_go(self, towns: tuple[Town, Town]) -> None:
        """Asking again keeps it; letting go of what one has not got changes nothing."""
        one, other = towns
        now = one.clock.now()
        assert [await town.store.hold(Duty.POLLING, now) for town in (one, other, one, other)] == [True, False, True, False]
        await other.store.let_go(Duty.POLLING)
        assert not await other.store.hold(Duty.POLLING, now)
        await one.store.let_go(Duty.POLLING)
        assert [await town.store.hold(Duty.POLLING, now) for town in (other, one)] == [True, False]

    async def test_of_many_who_ask_at_once_one_gets_it(self, towns: tuple[Town, Town]) -> None:
        """And keeps it."""
        asked = [town for _ in range(10) for town in towns]
        now = towns[0].clock.now()
        held = await asyncio.gather(*(town.store.hold(Duty.POLLING, now) for town in asked))
        assert {town.engine.holder for town, has in zip(asked, held, strict=True) if has} in (
            {towns[0].engine.holder},
            {towns[1].engine.holder},
        )
        assert held.count(True) == 10

    async def test_a_duty_is_taken_over(self, url: str, towns: tuple[Town, Town]) -> None:
        """At once from a process that ended, after a while from one that froze."""
        one, other = towns
        assert await one.store.hold(Duty.POLLING, one.clock.now())
        await one.clock.move(DUTY_HELD - MOMENT)
        assert not await other.store.hold(Duty.POLLING, one.clock.now())
        await one.clock.move(MOMENT)
        assert await other.store.hold(Duty.POLLING, one.clock.now())
        assert not await one.store.hold(Duty.POLLING, one.clock.now())
        await _kill(url, other)
        assert await one.store.hold(Duty.POLLING, one.clock.now())

    async def test_what_is_due_is_done_by_one_clock(self, url: str, towns: tuple[Town, Town]) -> None:
        """The other finds nothing to do, and sleeps no longer than the first may hold the clock."""
        one, other = towns
        now = one.clock.now()
        due = due_of_case(now, CloseUnrated(case=CaseNumber("CB-2026-000001"), round=1))
        await one.store.commit([Decision(Effects(planned=(due,)))], now)
        assert await one.store.take_due(9, now) == [due]
        assert await other.store.take_due(9, now) == []
        assert await one.store.next_due_at() == now
        assert await other.store.next_due_at() == now + DUTY_HELD
        await _kill(url, one)
        assert await other.store.next_due_at() == now
        assert await other.store.take_due(9, now) == [due]


class Noting:
    """Decides nothing, and notes what it was asked."""

    def __init__(self, town: Town, handled: dict[int, list[int]], shares: dict[int, int]) -> None:
        self._town, self._handled, self._shares = town, handled, shares

    async def decide(self, taken: Taken, now: object) -> Effects:
        """Note the update."""
        del now
        await asyncio.sleep(0)
        self._handled[taken.arrival.chat_id].append(taken.arrival.update_id)
        self._shares[self._town.engine.holder] += 1
        return Effects()


async def _arrive(town: Town, chats: Sequence[int]) -> None:
    arrivals = [arrival_of(count, chat, "new") for count, chat in enumerate(chats, 1)]
    await town.store.receive(arrivals, town.clock.now())


async def _person(town: Town, chat: int) -> PersonId:
    await town.act(chat, "speak", language="zh_Hans_CN")
    await town.store.receive([arrival_of(10_000 + chat, chat, "new")], town.clock.now())
    taken = await town.take_one()
    await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
    return taken.sender.person


async def _send(town: Town, person: PersonId, remark: Remark) -> None:
    await town.store.commit([Decision(Effects(sends=(Send(person, Said(remark)),)))], town.clock.now())


async def _deliver(town: Town, courier: ScriptedCourier) -> None:
    """Deliver what is ready, as a process that has sent nothing yet."""
    delivery = Delivery(town.store, courier, town.clock, Bell(town.clock), ())
    async with asyncio.TaskGroup() as rounds:
        await delivery._begin(rounds, town.clock.now())
    await delivery._settle()


async def _kill(url: str, town: Town) -> None:
    """End the presence of a process as its death would."""
    async with connected(url) as connection:
        await connection.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND classid = 1835626601 AND objid = $1",
            town.engine.holder,
        )
