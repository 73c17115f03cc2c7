"""What every store does, whatever its database: inbox, people, due things, lists. A backend subclasses and gives `place`.

Nothing here names a dialect; a test holds for all of them or is not here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

import pytest

from bot.errors import NotFound
from bot.ports import Arrival, Decision
from bot.rules.case import State
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.dialog import Beside, Drafting, Idle, Linking
from bot.rules.due import CloseUnrated, Due, RemindStaff, due_of_case
from bot.rules.effect import NOTHING, Effects
from bot.rules.entry import SYSTEM, UpdateDropped, UpdateRetried
from bot.rules.identity import NEW_CASE, CaseNumber, PersonId, StaffId, UpdateId
from bot.rules.slot import answer_slot
from bot.rules.staff import Invitation
from storage.aside import drop, handle_again
from tests.support.clock import MovableClock
from tests.support.store import (
    NEIGHBOUR,
    OFFICER,
    POTHOLE,
    RESIDENT,
    UNIT,
    Town,
    Wrap,
    arrival_of,
    unwrapped,
)


class Place(Protocol):
    """A database that can be opened, closed and opened again."""

    def __call__(
        self, clock: MovableClock | None = None, *, seed: str = "tests", wrap: Wrap = unwrapped
    ) -> AbstractAsyncContextManager[Town]:
        """Open it; a second time with another seed."""
        ...


class OnePlace:
    """What the suites stand on: the backend gives `place`, and `everything`, which dumps all that is committed."""

    @pytest.fixture
    def place(self) -> Place:
        """Name the database of this test."""
        raise NotImplementedError

    @pytest.fixture
    async def town(self, place: Place) -> AsyncIterator[Town]:
        """Open a new store with its people."""
        async with place() as town:
            yield town


class InboxConformance(OnePlace):
    """Updates come in once, in order, and never get lost."""

    async def test_an_update_that_comes_again_is_kept_once(self, town: Town) -> None:
        """A repeat is an update_id already in the inbox, also after it was handled."""
        first = arrival_of(500, RESIDENT, "write", text="a")
        assert await town.store.receive([first], town.clock.now()) == 1
        assert await town.store.receive([first, arrival_of(501, RESIDENT, "new")], town.clock.now()) == 1
        await town.work()
        assert await town.store.receive([first], town.clock.now()) == 0
        assert await town.store.take_updates(9, town.clock.now()) == []

    async def test_a_smaller_number_is_not_a_repeat(self, town: Town) -> None:
        """Telegram begins anew at random after a quiet week."""
        await town.store.receive([arrival_of(900, RESIDENT, "new")], town.clock.now())
        assert await town.store.receive([arrival_of(7, RESIDENT, "new")], town.clock.now()) == 1

    async def test_a_batch_has_the_oldest_update_of_each_chat(self, town: Town) -> None:
        """Of one chat one at a time, in the order of arrival, whatever the numbers say."""
        order = [(30, RESIDENT), (10, RESIDENT), (20, NEIGHBOUR), (5, NEIGHBOUR)]
        await town.store.receive([arrival_of(number, chat, "new") for number, chat in order], town.clock.now())
        batches = []
        while taken := await town.store.take_updates(9, town.clock.now()):
            batches.append([each.arrival.update_id for each in taken])
            await town.store.commit([Decision(Effects(), taken=each) for each in taken], town.clock.now())
        assert batches == [[30, 20], [10, 5]]

    async def test_a_batch_is_no_larger_than_asked(self, town: Town) -> None:
        """The chats that wait longest come first."""
        await town.store.receive([arrival_of(n, 100 + n, "new") for n in range(1, 6)], town.clock.now())
        taken = await town.store.take_updates(3, town.clock.now())
        assert [each.arrival.update_id for each in taken] == [1, 2, 3]

    async def test_chats_of_which_nothing_is_wanted_are_passed_by(self, town: Town) -> None:
        """However much of them waits: of every other chat the oldest comes, and all of them later, in order."""
        flood = [arrival_of(number, RESIDENT, "new") for number in range(1, 201)]
        others = [arrival_of(500 + number, 100 + number, "new") for number in range(3)]
        again = [arrival_of(600, 100, "new")]
        await town.store.receive([*flood, *others, *again], town.clock.now())
        now = town.clock.now()
        passed_by = await town.store.take_updates(9, now, frozenset({RESIDENT, 101, 999}))
        assert [each.arrival.update_id for each in passed_by] == [500, 502]
        assert await town.store.take_updates(9, now, frozenset({RESIDENT, 100, 101, 102})) == []
        assert [each.arrival.update_id for each in await town.store.take_updates(9, now)] == [1, 500, 501, 502]

    async def test_an_update_comes_out_as_it_went_in(self, town: Town) -> None:
        """Number, chat and every byte of the body."""
        sent = arrival_of(77, RESIDENT, "write", text="ᠰᡞᠪᡝ\n\x00 ئۇيغۇرچە")
        await town.store.receive([sent], town.clock.now())
        taken = await town.take_one()
        assert (taken.arrival, taken.received_at, taken.sender.is_new) == (sent, town.clock.now(), True)

    async def test_a_handled_update_leaves_its_number_and_nothing_else(self, town: Town) -> None:
        """The content of an update is gone once it is done; its number goes after 30 days, but for the newest."""
        await town.act(RESIDENT, "write", text=POTHOLE)
        assert [tuple(row) for row in await town.rows("inbox_counts")] == [(0, 0)]
        assert await town.store.forget_old_updates(town.clock.now()) == 0
        later = town.clock.now() + timedelta(days=366)
        assert await town.store.forget_old_updates(later) == 0  # a clock may be a year ahead for a day
        await town.store.receive([arrival_of(n, NEIGHBOUR, "new") for n in range(10, 10_009)], town.clock.now())
        assert await town.store.forget_old_updates(later) == 0
        await town.arrive(NEIGHBOUR, "new")
        assert await town.store.forget_old_updates(town.clock.now()) == 0
        assert await town.store.forget_old_updates(later) == 1

    async def test_an_update_set_aside_is_kept_and_lets_the_next_one_pass(self, town: Town) -> None:
        """What could not be handled stays for a person to look at."""
        await town.arrive(RESIDENT, "crash")
        await town.arrive(RESIDENT, "write", text=POTHOLE)
        taken = await town.take_one()
        await town.store.commit([Decision(Effects(), taken=taken, aside="broken")], town.clock.now())
        assert [tuple(row) for row in await town.rows("inbox_counts")] == [(1, 1)]
        assert (await town.take_one()).seq == taken.seq + 1

    async def test_what_was_set_aside_is_listed_by_its_kind(self, town: Town) -> None:
        """With the reason and both moments; never with a word of it."""
        photo = b'{"update_id":1,"message":{"caption":"secret","photo":[],"chat":{"id":1}}}'
        bodies = (photo, b'{"update_id":2,"callback_query":{"data":"x"}}', b'{"update_id":3,"message":7}', b"[]")
        arrivals = [Arrival(UpdateId(number), number, body) for number, body in enumerate(bodies, 1)]
        await town.store.receive(arrivals, town.clock.now())
        taken = await town.store.take_updates(9, town.clock.now())
        later = town.clock.now() + timedelta(minutes=1)
        await town.store.commit([Decision(NOTHING, taken=each, aside=f"why {each.seq}") for each in taken], later)
        found, count = await town.store.read.set_aside(3)
        assert [each.kind for each in found] == ["message/photo", "callback_query", "message"]
        assert {(each.received_at, each.aside_at) for each in found} == {(town.clock.now(), later)}
        assert ([each.reason for each in found], count) == ([f"why {each.seq}" for each in taken[:3]], 4)
        assert (await town.store.read.set_aside(9))[0][3].kind is None
        assert "secret" not in repr(found)

    async def test_what_waits_is_counted_with_its_age(self, town: Town) -> None:
        """Updates, due things and letters, and where the ledger ends."""
        empty = await town.store.read.backlog(town.clock.now())
        assert (empty.updates, empty.oldest_update_at, empty.letters, empty.due, empty.entries) == (0, None, 0, 0, 0)
        begin = town.clock.now()
        await town.staffed()
        number = await town.file()
        await town.clock.move(timedelta(minutes=1))
        await town.arrive(NEIGHBOUR, "new")
        await town.clock.move(timedelta(minutes=1))
        await town.arrive(RESIDENT, "crash")
        found = await town.store.read.backlog(town.clock.now())
        assert (found.updates, found.oldest_update_at, found.aside) == (2, begin + timedelta(minutes=1), 0)
        assert (found.oldest_letter_at, found.ambiguous, found.given_up) == (begin, 0, 0)
        ((waiting, _),) = await town.rows("outbox_counts")
        assert (found.letters, found.entries) == (waiting, (await town.store.read.head()).seq)
        tried = await town.store.take_letters(99, frozenset(), town.clock.now())
        assert (await town.store.read.backlog(town.clock.now())).ambiguous == len(tried) > 0
        case = await town.case(number)
        assert found.due == 0
        assert found.next_due_at is not None
        assert case.now.due_at is not None
        later = await town.store.read.backlog(case.now.due_at + timedelta(days=30))
        assert (later.due > 0, later.next_due_at) == (True, found.next_due_at)

    async def test_what_was_set_aside_can_be_handled_again_or_dropped(self, town: Town) -> None:
        """Each once, and only while it is set aside; a repeat of it stays known."""
        await town.arrive(RESIDENT, "crash")
        await town.arrive(NEIGHBOUR, "crash")
        for taken in await town.store.take_updates(9, town.clock.now()):
            await town.store.commit([Decision(NOTHING, taken=taken, aside="broken")], town.clock.now())
        (one, other), _ = await town.store.read.set_aside(9)
        async with town.engine.writing() as session:
            by = (town.desk.randomness, town.clock.now())
            assert await handle_again(session, [one.seq, 999], *by) == [one.seq]
            assert await handle_again(session, [one.seq], *by) == []
            assert await drop(session, other.seq, *by)
            assert not await drop(session, other.seq, *by)
            assert not await drop(session, one.seq, *by)
        assert await town.store.read.set_aside(9) == ((), 0)
        entered = [read(row) async for rows in town.store.read.ledger() for row in rows]
        dropped = UpdateDropped(number=other.seq, received_at=other.received_at.replace(microsecond=0))
        assert [each.fact for each in entered if each.actor == SYSTEM] == [UpdateRetried(number=one.seq), dropped]
        taken = await town.take_one()
        assert (taken.seq, taken.attempts) == (one.seq, 0)
        assert await town.store.receive([arrival_of(2, NEIGHBOUR, "crash")], town.clock.now()) == 0


class PeopleConformance(OnePlace):
    """Who writes is known again, and where they stood."""

    async def test_people_are_known_again_after_a_restart(self, place: Place) -> None:
        """Person, language, township and dialog are rows, not memory."""
        async with place() as town:
            await town.act(RESIDENT, "speak", language="ug")
            await town.act(RESIDENT, "choose", hearing="need", is_beside=True)
            await town.act(RESIDENT, "write", text=POTHOLE)
            await town.act(RESIDENT, "send")
            await town.act(RESIDENT, "write", text="水管漏水")
            await town.arrive(RESIDENT, "new")
            before = (await town.take_one()).sender
        async with place(seed="again") as town:
            after = (await town.take_one()).sender
        assert after == before
        assert isinstance(after.dialog, Drafting)
        assert (after.language, after.township, after.is_new, after.dialog.words) == ("ug", "kan", False, "水管漏水")
        assert (after.hearing, after.is_beside) == ("need", True)

    async def test_a_draft_that_lies_open_beside_a_question_is_kept(self, place: Place) -> None:
        """Over a restart too, and it is tidied like any other."""
        async with place() as town:
            await town.act(RESIDENT, "write", text=POTHOLE)
            await town.arrive(RESIDENT, "new")
            taken = await town.take_one()
            draft = taken.sender.draft
            assert draft is not None
            asked = Effects(dialog=Beside(draft=draft, asked=Linking()))
            await town.store.commit([Decision(asked, taken=taken)], town.clock.now())
            await town.arrive(RESIDENT, "new")
        async with place(seed="again") as town:
            after = (await town.take_one()).sender
            assert (after.dialog, after.set_aside, after.draft) == (Linking(), draft, draft)
            assert await town.store.read.draft_of(after.person) == draft
            assert await town.store.read.draft_of(PersonId("p-nobody")) is None

    async def test_a_conversation_that_is_over_leaves_nothing(self, town: Town) -> None:
        """Filing ends the draft."""
        await town.file()
        await town.arrive(RESIDENT, "new")
        assert (await town.take_one()).sender.dialog == Idle()

    async def test_two_chats_are_two_people(self, town: Town) -> None:
        """Each has an own draft."""
        await town.act(RESIDENT, "write", text="a")
        await town.act(NEIGHBOUR, "write", text="b")
        await town.arrive(RESIDENT, "new")
        await town.arrive(NEIGHBOUR, "new")
        one, other = [each.sender for each in await town.store.take_updates(2, town.clock.now())]
        assert one.person != other.person
        assert [each.dialog.words for each in (one, other) if isinstance(each.dialog, Drafting)] == ["a", "b"]

    async def test_officials_come_with_their_roles_in_the_order_taken(self, town: Town) -> None:
        """A role that is taken again is held once, from then on."""
        await town.hire(OFFICER, Role.OFFICER, UNIT)
        await town.hire(OFFICER, Role.LEAD, UNIT)
        await town.clock.move(timedelta(seconds=5))
        payload = "again"
        await town.store.invite(_invitation(town, payload), town.clock.now())
        await town.act(OFFICER, "join", payload=payload)
        await town.arrive(OFFICER, "new")
        roles = (await town.take_one()).sender.roles
        assert [each.role for each in roles] == [Role.LEAD, Role.OFFICER]
        assert await town.store.read.staff_member(roles[0].id) == roles[0]
        with pytest.raises(NotFound):
            await town.store.read.staff_member(StaffId("s-nobody"))


class DueConformance(OnePlace):
    """What is due comes at its moment, once."""

    async def test_a_thing_planned_twice_is_there_once(self, town: Town) -> None:
        """The first plan stands; so a repeat of an update plans nothing."""
        await _plan(town, _due(1, 10), _due(1, 20))
        await _plan(town, _due(1, 30))
        assert await town.store.next_due_at() == town.clock.now() + timedelta(minutes=10)
        assert len(await town.store.take_due(9, town.clock.now() + timedelta(hours=1))) == 1

    async def test_what_is_due_comes_earliest_first_and_not_before(self, town: Town) -> None:
        """At its moment, to the microsecond; and no more than asked for."""
        await _plan(town, _due(3, 30), _due(1, 10), _due(2, 20))
        begin = town.clock.now()
        assert await town.store.take_due(9, begin + timedelta(minutes=10) - timedelta(microseconds=1)) == []
        assert [due.key for due in await town.store.take_due(9, begin + timedelta(minutes=20))] == [_key(1), _key(2)]
        assert [due.key for due in await town.store.take_due(1, begin + timedelta(minutes=20))] == [_key(1)]
        assert await town.store.take_due(9, begin + timedelta(minutes=10)) == [_due(1, 10, begin=town)]

    async def test_cancelling_takes_all_that_begins_alike_and_nothing_more(self, town: Town) -> None:
        """A round's plans end with it; those of round 10 are not those of round 1."""
        await _plan(town, _due(1, 10), _due(1, 20, stage="before:1d"), _due(10, 30), _due(2, 40))
        await town.store.commit([Decision(Effects(cancelled=("CB-2026-000001/1/",)))], town.clock.now())
        left = await town.store.take_due(9, town.clock.now() + timedelta(days=1))
        assert [due.key for due in left] == [_key(10), _key(2)]

    async def test_a_due_thing_can_wait_and_is_done_once(self, town: Town) -> None:
        """Postponed it comes later; done it is gone."""
        await _plan(town, _due(1, 0))
        (due,) = await town.store.take_due(9, town.clock.now())
        later = town.clock.now() + timedelta(minutes=5)
        await town.store.postpone_due(due, later)
        assert await town.store.take_due(9, town.clock.now()) == []
        assert await town.store.next_due_at() == later
        await town.store.commit([Decision(Effects(), due=due)], later)
        assert await town.store.next_due_at() is None

    async def test_plans_of_a_new_case_carry_its_number(self, town: Town) -> None:
        """What only the commit knows is filled in everywhere."""
        number = await town.file()
        keys = [due.key for due in await town.store.take_due(99, town.clock.now() + timedelta(days=60))]
        assert keys
        assert all(key.startswith(f"{number}/1/") for key in keys)
        assert not [key for key in keys if NEW_CASE in key]


class ReaderConformance(OnePlace):
    """Lists are short, totals exact, words open for those who may."""

    async def test_own_cases_come_newest_first_with_their_total(self, town: Town) -> None:
        """A list of two out of three says three."""
        numbers = []
        for _ in range(3):
            numbers.append(await town.file())
            await town.clock.move(timedelta(minutes=1))
        await town.file(NEIGHBOUR)
        person = (await town.store.read.voices_of(numbers[0]))[0][1]
        cases, total = await town.store.read.cases_of(person, 2)
        assert ([case.number for case in cases], total) == ([numbers[2], numbers[1]], 3)

    async def test_tasks_show_first_what_runs_out_first(self, town: Town) -> None:
        """Open cases of the units asked for, and how many there are."""
        await town.staffed()
        later = await town.file()
        sooner = await town.file(NEIGHBOUR, "路灯漏电，很危险，快来人")
        done = await town.file(NEIGHBOUR)
        await town.act(OFFICER, "resolve", case=done, answer="修好了")
        cases, total = await town.store.read.tasks_of(frozenset([UNIT]), 1)
        by_limit = (
            sorted([later, sooner], key=lambda number: (limits[number], number)) if (limits := await _limits(town)) else []
        )
        assert ([case.number for case in cases], total) == (by_limit[:1], 2)
        assert await town.store.read.tasks_of(frozenset(), 9) == ((), 0)

    async def test_words_are_opened_by_case_and_slot(self, town: Town) -> None:
        """What was filed and what was answered; nothing for a slot that is empty."""
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "resolve", case=number, answer="换了灯泡")
        read = town.store.read
        assert await read.words_of(number, "filed") == POTHOLE
        assert await read.words_of(number, answer_slot(1)) == "换了灯泡"
        assert await read.words_of(number, answer_slot(2)) is None
        assert await read.words_of(CaseNumber("CB-2026-999999"), "filed") is None

    async def test_what_is_not_there_is_not_found(self, town: Town) -> None:
        """A case, an invitation."""
        with pytest.raises(NotFound):
            await town.store.read.case(CaseNumber("CB-2026-000001"))
        with pytest.raises(NotFound):
            await town.store.read.invitation("0" * 64)

    async def test_staff_are_found_by_unit_and_role(self, town: Town) -> None:
        """Of one unit, or of all."""
        await town.staffed()
        read = town.store.read
        assert [each.role for each in await read.staff_of(UNIT, frozenset([Role.LEAD]))] == [Role.LEAD]
        assert len(await read.staff_of(None, frozenset(Role))) == 4
        assert await read.staff_of(UNIT, frozenset([Role.ADMIN])) == ()

    async def test_a_case_is_read_as_it_stands(self, town: Town) -> None:
        """With its state, its officer and what was said of it."""
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "accept", case=number)
        case = await town.case(number)
        officer = await town.store.read.staff_of(UNIT, frozenset([Role.OFFICER]))
        assert (case.state, case.officer, case.version) == (State.ACCEPTED, officer[0].id, 2)


async def _limits(town: Town) -> dict[str, object]:
    return {case.number: case.now.due_at async for case, _ in town.store.read.cases()}


def _invitation(town: Town, payload: str) -> Invitation:
    from bot.actions.join_staff import digest_of  # noqa: PLC0415

    return Invitation(digest_of(payload), Role.OFFICER, UNIT, None, town.clock.now() + timedelta(hours=1), is_used=False)


def _key(attempt: int, stage: str = "unrated") -> str:
    return f"CB-2026-000001/{attempt}/{stage}"


def _due(attempt: int, minutes: int, stage: str | None = None, begin: Town | None = None) -> Due:
    at = (begin.clock if begin is not None else MovableClock()).now() + timedelta(minutes=minutes)
    number = CaseNumber("CB-2026-000001")
    if stage is None:
        return due_of_case(at, CloseUnrated(case=number, round=attempt))
    return due_of_case(at, RemindStaff(case=number, round=attempt, stage=stage, to=(Role.OFFICER,)))


async def _plan(town: Town, *planned: Due) -> None:
    await town.store.commit([Decision(Effects(planned=planned))], town.clock.now())
