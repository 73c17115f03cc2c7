"""What every store does with letters: order for each person, one try at a time, every fate written down.

Nothing here names a dialect; a test holds for all of them or is not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.ports import Decision, Failed, Letter, Postponed, Sent
from bot.rules.chain import EMPTY, follow, read
from bot.rules.county import Role
from bot.rules.courtesy import AWAKE_FOR
from bot.rules.due import RemindStaff, due_of_case
from bot.rules.effect import Effects, Priority, Send, Told
from bot.rules.entry import Entry, ReminderDecided, ReminderTold, StaffEnded
from bot.rules.identity import CaseNumber, PersonId, StaffId, UnitId
from bot.rules.message import PAGE_ANCHOR, FoundCases, Message, Remark, RoleEnded, Said, TapAnswered, TaskNotice
from bot.rules.staff import Staff
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.engine import Value
from tests.storage.conformance import OnePlace, Place
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, RESIDENT, Town

NOBODY: frozenset[PersonId] = frozenset()
REMARKS = (Remark.ASK_WORDS, Remark.KEPT, Remark.NO_CASES, Remark.NO_TASKS, Remark.CANCELLED)


class OutboxConformance(OnePlace):
    """Letters go out in order, and nothing about them is forgotten."""

    async def test_a_letter_is_opened_for_sending(self, town: Town) -> None:
        """With the chat and the language that the person has then."""
        person = await _person(town, RESIDENT)
        await _send(town, Send(person, Said(Remark.KEPT), Priority.NOTICE))
        await town.act(RESIDENT, "speak", language="sjo")
        await town.act(RESIDENT, "choose", hearing="need", is_beside=True)
        (letter,) = await _take(town)
        assert (letter.hearing, letter.is_beside) == ("need", True)
        assert (letter.chat_id, letter.language, letter.message) == (RESIDENT, "sjo", Said(Remark.KEPT))
        assert (letter.priority, letter.attempts, letter.was_tried, letter.message_id) == (1, 0, False, None)

    async def test_a_letter_knows_when_its_chat_may_get_the_next_notice(self, town: Town) -> None:
        """As it was written down with the last one that went out, whoever sent that; an answer says nothing about it."""
        person, other = [await _person(town, chat) for chat in (RESIDENT, NEIGHBOUR)]
        opens_at = town.clock.now() + timedelta(seconds=3)
        for next_notice_at in (opens_at, None):
            await _send(town, Send(person, Said(Remark.KEPT), Priority.NOTICE))
            (letter,) = await _take(town)
            await town.store.settle([Sent(letter, 1, next_notice_at)], town.clock.now())
        await _send(town, *(Send(each, Said(Remark.KEPT), Priority.NOTICE) for each in (person, other)))
        known = {letter.person: letter.notice_at for letter in await _take(town)}
        assert (known[person], known[other]) == (opens_at, None)

    async def test_the_page_that_was_opened_last_is_found(self, town: Town) -> None:
        """By the number of the message that shows it, as long as it is the one that the next of its name edits."""
        person, read = await _person(town, RESIDENT), town.store.read
        assert await read.open_page(person) is None
        for number, message_id in (("CB-2026-000001", 7), ("CB-2026-000002", 9), ("CB-2026-000003", 8)):
            await _send(town, Send(person, Said(Remark.KEPT), anchor=f"{PAGE_ANCHOR}{number}"))
            (letter,) = await _take(town)
            await town.store.settle([Sent(letter, message_id)], town.clock.now())
        assert await read.open_page(person) == "CB-2026-000002"
        assert await read.open_page(PersonId("p-nobody")) is None

    async def test_a_letter_knows_which_update_it_answers(self, town: Town) -> None:
        """And when that came in; what the clock brings about answers none."""
        begin = town.clock.now()
        await town.arrive(RESIDENT, "new")
        seq = (await town.take_one()).seq
        await town.clock.move(timedelta(seconds=3))
        await town.work()
        (letter,) = await _take(town)
        assert (letter.cause, letter.asked_at) == (seq, begin)
        await town.store.settle([Sent(letter, 1)], town.clock.now())
        await _send(town, Send(letter.person, Said(Remark.KEPT), Priority.NOTICE))
        (letter,) = await _take(town)
        assert (letter.cause, letter.asked_at) == (None, None)

    async def test_one_persons_letters_go_out_one_by_one_in_order(self, town: Town) -> None:
        """Also when a later one is more urgent: what a person reads stays in order."""
        person = await _person(town, RESIDENT)
        sends = [Send(person, Said(remark), Priority(index % 2)) for index, remark in enumerate(REMARKS)]
        await _send(town, *sends)
        assert [await _next(town) for _ in REMARKS] == [[Said(remark)] for remark in REMARKS]
        assert await _take(town) == []

    async def test_what_may_be_repeated_goes_along(self, town: Town) -> None:
        """An edit and the answer to a tap do no harm twice, so they do not wait for the letter before."""
        person = await _person(town, RESIDENT)
        answer, edit = TapAnswered(tap="1", toast=None), Said(Remark.CANCELLED)
        await _send(town, Send(person, answer), Send(person, Said(Remark.KEPT)), Send(person, edit, replaces=5))
        await _send(town, Send(person, Said(Remark.NO_CASES)))
        assert [letter.message for letter in await _take(town)] == [answer, Said(Remark.KEPT), edit]

    async def test_answers_to_people_go_before_notices(self, town: Town) -> None:
        """Of two people the one who asked something comes first."""
        waits, asks = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await _send(town, Send(waits, Said(Remark.KEPT), Priority.NOTICE), Send(asks, Said(Remark.NO_CASES)))
        assert [letter.person for letter in await _take(town)] == [asks, waits]
        assert [letter.person for letter in await _take(town, limit=1)] == [asks]

    async def test_an_alarm_waits_for_nothing_else(self, town: Town) -> None:
        """It goes out although its reader has no other letter, and before other people's answers."""
        asks, woken = await _person(town, NEIGHBOUR), await _person(town, RESIDENT)
        await _send(town, Send(woken, Said(Remark.KEPT), Priority.ALARM))
        assert [letter.person for letter in await _take(town)] == [woken]
        await _send(town, Send(asks, Said(Remark.NO_CASES)))
        assert [letter.person for letter in await town.store.take_letters(9, NOBODY, town.clock.now(), 0)] == [woken, asks]

    async def test_one_persons_thousand_letters_delay_nobody(self, town: Town) -> None:
        """The others get theirs at the same time, also while someone is being written to, however many wait for that one."""
        flooded, other = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await _send(town, *(Send(flooded, Said(Remark.KEPT)) for _ in range(200)), Send(other, Said(Remark.NO_CASES)))
        assert {letter.person for letter in await _take(town, limit=10)} == {flooded, other}
        letters = await town.store.take_letters(10, frozenset([flooded]), town.clock.now())
        assert [letter.person for letter in letters] == [other]

    async def test_a_letter_that_must_wait_holds_back_those_behind_it(self, town: Town) -> None:
        """Of the same person; and the next moment is the one that the first waits for."""
        person, other = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await _send(town, Send(person, Said(Remark.KEPT)), Send(person, Said(Remark.NO_CASES)))
        (letter,) = await _take(town)
        later = town.clock.now() + timedelta(seconds=30)
        await town.store.settle([Postponed(letter, later, is_ambiguous=False)], town.clock.now())
        await _send(town, Send(other, Said(Remark.CANCELLED)))
        assert await _next(town) == [Said(Remark.CANCELLED)]
        assert await town.store.next_letter_at(town.clock.now()) == later
        await town.clock.move_to(later)
        assert await _next(town) == [Said(Remark.KEPT)]

    async def test_a_letter_that_was_begun_is_known_after_a_restart(self, place: Place) -> None:
        """It may have arrived; one that certainly did not is not marked."""
        async with place() as town:
            begun, waits = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
            await _send(town, Send(begun, Said(Remark.KEPT)), Send(waits, Said(Remark.KEPT)))
            letters = await _take(town)
            refused = next(letter for letter in letters if letter.person == waits)
            await town.store.settle([Postponed(refused, town.clock.now(), is_ambiguous=False)], town.clock.now())
        async with place(seed="again") as town:
            found = {letter.person: (letter.was_tried, letter.attempts) for letter in await _take(town)}
        assert found == {begun: (True, 1), waits: (False, 1)}

    async def test_the_next_letter_of_a_name_edits_the_one_that_was_sent(self, town: Town) -> None:
        """Until the name is forgotten; a message whose button was pressed is meant by its number."""
        person = await _person(town, RESIDENT)
        await _send(town, Send(person, Said(Remark.KEPT), anchor="draft"))
        (letter,) = await _take(town)
        await town.store.settle([Sent(letter, 4711)], town.clock.now())
        await _send(town, Send(person, Said(Remark.NO_CASES), anchor="draft"))
        await _send(town, Send(person, Said(Remark.NO_TASKS), anchor="draft", replaces=42))
        edits = await _take(town)
        assert [letter.message_id for letter in edits] == [4711, 42]
        await town.store.settle([Sent(letter, letter.message_id) for letter in edits], town.clock.now())
        await town.act(RESIDENT, "new")
        (asked,) = await _take(town)
        await town.store.settle([Sent(asked, 1)], town.clock.now())
        await _send(town, Send(person, Said(Remark.KEPT), anchor="draft"))
        assert [letter.message_id for letter in await _take(town)] == [None]

    async def test_a_letter_that_is_late_does_not_take_its_name_back(self, town: Town) -> None:
        """Sent, or sent once more, after its name was forgotten: what comes next of that name is a message of its own."""
        person = await _person(town, RESIDENT)
        await _send(town, Send(person, Said(Remark.KEPT), anchor="draft"))
        (late,) = await _take(town)
        await town.act(RESIDENT, "new")
        await town.store.settle([Sent(late, 4711)], town.clock.now())
        (asked,) = await _take(town)
        await town.store.settle([Sent(asked, 4712)], town.clock.now())
        await _send(town, Send(person, Said(Remark.NO_CASES), anchor="draft"))
        assert [letter.message_id for letter in await _take(town)] == [None]

    async def test_what_became_of_a_reminder_is_an_entry(self, town: Town) -> None:
        """Told, or could not be told; each reminder of a letter has its own."""
        person = await _person(town, OFFICER)
        await _remind(town, person, ("before:1d", "overdue:0h"))
        (letter,) = await _take(town)
        await town.store.settle([Sent(letter, 1)], town.clock.now())
        await _remind(town, person, ("repeat:lead",))
        (letter,) = await _take(town)
        await town.store.settle([Failed(letter, "refused", is_unreachable=False)], town.clock.now())
        told = [entry.fact for entry in await _entries(town) if isinstance(entry.fact, ReminderTold)]
        assert [(fact.stage, fact.was_told) for fact in told] == [
            ("before:1d", True),
            ("overdue:0h", True),
            ("repeat:lead", False),
        ]
        records = await town.store.read.reminders_of(CaseNumber("CB-2026-000001"))
        assert {record.stage: record.was_told for record in records} == {fact.stage: fact.was_told for fact in told}
        assert await town.rows("outbox_counts") == [(0, 1)]

    async def test_what_climbs_is_told_to_nobody_who_knows_it(self, town: Town) -> None:
        """An officer cannot be told that a case is overdue: their lead, told in the same moment, is not told again."""
        await town.staffed()
        number = await town.file()
        while letters := await _take(town):
            await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())
        task = RemindStaff(case=number, round=1, stage="overdue:now", to=(Role.OFFICER, Role.LEAD))
        await town.store.commit([Decision(Effects(planned=(due_of_case(town.clock.now(), task),)))], town.clock.now())
        ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
        await town.clock.move(timedelta(seconds=1))
        assert await ticker.step()
        told = await _take(town)
        assert sorted(letter.chat_id for letter in told) == sorted((OFFICER, LEAD))
        done = [Failed(each, "refused", is_unreachable=False) if each.chat_id == OFFICER else Sent(each, 1) for each in told]
        await town.store.settle(done, town.clock.now())
        await town.clock.move(timedelta(seconds=1))
        assert await ticker.step(), "what could not be told climbs"
        assert await _take(town) == []
        decided = [entry.fact.role for entry in await _entries(town) if isinstance(entry.fact, ReminderDecided)]
        assert sorted(decided) == sorted((Role.OFFICER, Role.LEAD))

    async def test_nothing_more_is_sent_to_someone_who_cannot_be_reached(self, town: Town) -> None:
        """The whole queue ends, with an entry for each reminder in it; when they write again they are back."""
        await town.staffed()
        while letters := await _take(town):
            await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())
        officer = (await town.store.read.staff_of(None, frozenset([Role.OFFICER])))[0]
        await _send(town, Send(officer.person, Said(Remark.KEPT)))
        await _remind(town, officer.person, ("before:1d",))
        await _remind(town, officer.person, ("overdue:0h",))
        (letter,) = await _take(town)
        await town.store.settle([Failed(letter, "forbidden", is_unreachable=True)], town.clock.now())
        assert await _take(town) == []
        told = [entry.fact for entry in await _entries(town) if isinstance(entry.fact, ReminderTold)]
        assert [(fact.stage, fact.was_told) for fact in told] == [("before:1d", False), ("overdue:0h", False)]
        assert [each.is_reachable for each in await town.store.read.staff_of(None, frozenset([Role.OFFICER]))] == [False]
        await town.act(OFFICER, "new")
        assert [each.is_reachable for each in await town.store.read.staff_of(None, frozenset([Role.OFFICER]))] == [True]

    async def test_what_waits_for_an_official_whose_role_has_ended_is_not_sent(self, town: Town) -> None:
        """Nobody reads of cases that are no longer theirs; what was not told climbs; that the role ended they are told."""
        await town.staffed()
        while await _next(town):
            pass
        await town.file()
        officer = (await town.store.read.staff_of(None, frozenset([Role.OFFICER])))[0]
        await _end(town, officer, RoleEnded(role=officer.role, unit=officer.unit))
        read = [letter for letter in await _take(town) if letter.person == officer.person]
        assert [letter.message for letter in read] == [RoleEnded(role=officer.role, unit=officer.unit)]
        assert [given_up for _, given_up in await town.rows("outbox_counts")] == [1]

    async def test_what_waits_is_sent_to_an_official_who_took_the_role_again(self, town: Town) -> None:
        """Whoever follows an invitation to a role that they have keeps it, and what they are told with it."""
        await town.staffed()
        while await _next(town):
            pass
        await town.file()
        await town.clock.move(timedelta(seconds=1))
        await town.staffed()
        assert any(isinstance(letter.message, TaskNotice) for letter in await _take(town))

    async def test_another_role_does_not_keep_what_waits_for_one_that_ended(self, town: Town) -> None:
        """What is written for the role that is left, from then on, is sent."""
        await town.staffed()
        officer = (await town.store.read.staff_of(None, frozenset([Role.OFFICER])))[0]
        await town.hire(OFFICER, Role.LEAD, UnitId("water"))
        while await _next(town):
            pass
        before, after = (FoundCases(cases=(), total=total, is_complete=True) for total in (1, 2))
        await _send(town, Send(officer.person, before, Priority.NOTICE))
        await town.clock.move(timedelta(seconds=1))
        await _end(town, officer, after)
        assert [letter.message for letter in await _take(town)] == [after]

    async def test_a_letter_that_cannot_be_opened_stops_nobody(self, town: Town) -> None:
        """It is given up and counted; what stands behind it, and everyone else, goes on."""
        person, other = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await _send(town, Send(person, Said(Remark.KEPT)))
        async with town.engine.writing() as session:
            unreadable: dict[str, Value] = {"person": person, "priority": 0, "body": b"of another version", "tells": None}
            unreadable |= {"anchor": None, "replaces": None, "created_at": 0, "ready_at": 0, "not_before": 0}
            unreadable |= {"cause": None, "asked_at": None}
            await session.run("outbox_put", [unreadable] * 3)
        await _send(town, Send(person, Said(Remark.NO_CASES)), Send(other, Said(Remark.KEPT)))
        assert {letter.person for letter in await _take(town)} == {person, other}
        assert await town.rows("outbox_counts") == [(3, 3)]
        assert await _next(town) == [Said(Remark.KEPT), Said(Remark.KEPT)]
        assert await _next(town) == [Said(Remark.NO_CASES)]

    async def test_what_is_held_back_lets_the_others_pass(self, town: Town) -> None:
        """A notice that keeps the hours waits; what answers its reader, decided later, goes out; then its hour comes."""
        person = await _person(town, RESIDENT)
        await town.clock.move(AWAKE_FOR + timedelta(minutes=5))
        opens_at = town.clock.now() + timedelta(hours=9)
        await _send(town, Send(person, Said(Remark.KEPT), Priority.NOTICE, not_before=opens_at))
        assert await _take(town) == []
        assert await town.store.pending(town.clock.now()) == 0
        assert await town.store.next_letter_at(town.clock.now()) == opens_at
        await _send(town, Send(person, Said(Remark.NO_CASES)))
        assert await _next(town) == [Said(Remark.NO_CASES)]
        await town.clock.move(timedelta(hours=9))
        assert await _next(town) == [Said(Remark.KEPT)]

    async def test_whoever_writes_at_night_is_told_at_once(self, town: Town) -> None:
        """Someone who has just written is awake, so what is held back for them is not; an hour later it would be again."""
        person, other = await _person(town, RESIDENT), await _person(town, NEIGHBOUR)
        await town.clock.move(AWAKE_FOR + timedelta(minutes=5))
        opens_at = town.clock.now() + timedelta(hours=9)
        for reader in (person, other):
            await _send(town, Send(reader, Said(Remark.KEPT), Priority.NOTICE, not_before=opens_at))
        await town.act(NEIGHBOUR, "new")
        assert [*await _next(town), *await _next(town)] == [Said(Remark.KEPT), Said(Remark.ASK_WORDS)]
        assert await _take(town) == []
        await town.clock.move(AWAKE_FOR + timedelta(minutes=5))
        await _send(town, Send(other, Said(Remark.CANCELLED), Priority.NOTICE, not_before=opens_at))
        assert await _take(town) == []

    async def test_a_clock_that_is_set_back_holds_no_letter_up(self, town: Town) -> None:
        """What was decided at ten goes out at nine, when it is nine again."""
        person = await _person(town, RESIDENT)
        await _send(town, Send(person, Said(Remark.KEPT)))
        await town.clock.move(-timedelta(hours=1))
        assert await _next(town) == [Said(Remark.KEPT)]

    async def test_letters_are_counted_as_long_as_they_wait(self, town: Town) -> None:
        """`pending` is what the program could still do now."""
        person = await _person(town, RESIDENT)
        await _send(town, Send(person, Said(Remark.KEPT)))
        assert await town.store.pending(town.clock.now()) == 1
        assert await town.store.next_letter_at(town.clock.now()) is None
        await _next(town)
        assert await town.store.pending(town.clock.now()) == 0


async def _person(town: Town, chat: int) -> PersonId:
    """Make someone known who is sent nothing yet."""
    await town.act(chat, "speak", language="zh_Hans_CN")
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    taken = await town.take_one()
    await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
    return taken.sender.person


async def _end(town: Town, official: Staff, said: Message) -> None:
    """End an official's role, with a word to them."""
    entry = Entry(at=town.clock.now(), actor=official.id, case=None, fact=StaffEnded(staff=official.id))
    effects = Effects(entries=(entry,), left=(official.id,), sends=(Send(official.person, said, Priority.NOTICE),))
    await town.store.commit([Decision(effects)], town.clock.now())


async def _send(town: Town, *sends: Send) -> None:
    await town.store.commit([Decision(Effects(sends=sends))], town.clock.now())


async def _take(town: Town, limit: int = 64) -> Sequence[Letter]:
    return list(await town.store.take_letters(limit, NOBODY, town.clock.now()))


async def _next(town: Town) -> list[object]:
    """Take what is ready, say that it went out, and return what it was."""
    letters = await _take(town)
    await town.store.settle([Sent(letter, None) for letter in letters], town.clock.now())
    return [letter.message for letter in letters]


async def _remind(town: Town, person: PersonId, stages: Sequence[str]) -> None:
    number, staff = CaseNumber("CB-2026-000001"), StaffId("s-1")
    facts = [ReminderDecided(round=1, stage=stage, role=Role.OFFICER, staff=staff) for stage in stages]
    entries = tuple(Entry(at=town.clock.now(), actor="clock", case=number, fact=fact) for fact in facts)
    tells = tuple(Told(number, 1, stage, Role.OFFICER, staff) for stage in stages)
    send = Send(person, Said(Remark.KEPT), Priority.NOTICE, tells=tells)
    await town.store.commit([Decision(Effects(entries=entries, sends=(send,)))], town.clock.now())


async def _entries(town: Town) -> list[Entry]:
    """Read the whole ledger, making sure that it holds."""
    head, entries = EMPTY, []
    async for rows in town.store.read.ledger():
        for row in rows:
            head = follow(head, row)
            entries.append(read(row))
    assert head == await town.store.read.head()
    return entries
