"""What is due happens once: whatever fails, whatever falls together, and whether or not the program was running."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import KeyLost, LedgerBroken, StorageUnavailable
from bot.ports import Decision, Sent
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.due import REPEAT_DEPUTY, REPEAT_LEAD, AskAgain, Due, RemindStaff, SendDigest, SendMorning, due_of_case
from bot.rules.effect import Effects
from bot.rules.entry import ReminderDecided
from bot.rules.identity import CaseNumber
from bot.rules.message import DigestPage, Message, ReminderLine, ReminderNotice, TaskList, UnitMirror
from bot.rules.period import week_of
from bot.workers.bell import Bell
from bot.workers.clock import RETRY, Ticker
from tests.support.clock import HurryingClock
from tests.support.store import ADMIN, LEAD, NEIGHBOUR, OFFICER, RESIDENT, UNIT, Town, arrival_of, opened_town
from tests.workers.fakes import Watched


def a_ticker(town: Town, own: Bell | None = None) -> Ticker:
    """Make a ticker that is moved by hand."""
    return Ticker(town.store, town.desk, town.clock, own or Bell(town.clock), ())


async def test_every_reminder_is_decided_once_however_often_the_program_starts(file: Path) -> None:
    """A new store on the same file at each moment: none is forgotten, none comes twice."""
    async with opened_town(file) as town:
        await town.staffed()
        await town.file()
        clock = town.clock
        due = await town.store.take_due(999, clock.now() + timedelta(days=40))
        planned = {each.key for each in due if isinstance(each.task, RemindStaff)}
    starts, decided = 0, list[ReminderDecided]()
    while True:
        async with opened_town(file, clock, seed=f"start {(starts := starts + 1)}") as town:
            while await a_ticker(town).step():
                pass
            at = await town.store.next_due_at()
            if at is None:
                decided = await _decided(town)
                break
        await clock.move_to(at)
    stages = [(fact.stage, fact.staff) for fact in decided]
    assert len(stages) == len(set(stages)) > 3
    repeated = {f"CB-2026-000001/1/{stage}" for stage in (REPEAT_DEPUTY, REPEAT_LEAD)}
    assert {f"CB-2026-000001/1/{stage}" for stage, _ in stages} == planned | repeated
    assert starts > 3


async def test_numbers_of_updates_are_kept_thirty_days_and_no_longer(town: Town) -> None:
    """A repeat within that time is known; what is older is dropped when the clock looks, once a day."""
    arrival = await town.arrive(RESIDENT, "write", text="a lamp is out")
    await town.work()
    await town.store.receive([arrival_of(n, NEIGHBOUR, "new") for n in range(10, 10_010)], town.clock.now())
    ticker = a_ticker(town)
    await ticker.tidy()
    await town.clock.move(timedelta(days=29))
    await ticker.tidy()
    assert await town.store.receive([arrival], town.clock.now()) == 0
    await town.clock.move(timedelta(days=2))
    await ticker.tidy()
    assert await town.store.receive([arrival], town.clock.now()) == 1


async def test_what_fell_due_while_the_program_was_down_is_told_as_it_is_now(town: Town) -> None:
    """Overdue is said to be overdue, also to whoever should have been reminded before the limit."""
    await town.staffed()
    number = await town.file()
    await _drain(town)
    await town.clock.move_to((await town.case(number)).now.due_at or town.clock.now())
    await town.clock.move(timedelta(days=1))
    assert await a_ticker(town).step()
    (line,) = [line for message in await _sent_to(town, OFFICER) for line in _lines(message)]
    assert line.stage.startswith("overdue:")
    assert line.is_late


async def test_of_many_missed_stages_of_a_case_only_what_is_true_now_is_told(town: Town) -> None:
    """One entry and one line a person, of the last stage; whoever an earlier one was for hears that it is late, too."""
    await town.staffed()
    numbers = [await town.file(chat) for chat in (RESIDENT, NEIGHBOUR)]
    await _drain(town)
    due_at = (await town.case(numbers[0])).now.due_at
    assert due_at is not None
    later = due_at + timedelta(days=40)
    planned = [each for each in await town.store.take_due(999, later) if isinstance(each.task, RemindStaff)]
    assert len(planned) > 8
    await town.clock.move_to(later)
    ticker = a_ticker(town)
    while await ticker.step():
        pass
    decided = await _decided(town)
    last = {each.task.case: each.task.stage for each in planned if isinstance(each.task, RemindStaff)}
    assert {fact.stage for fact in decided} == set(last.values())
    assert len(decided) == len({(fact.stage, fact.staff) for fact in decided}) * len(numbers)
    letters = await town.store.take_letters(99, frozenset(), town.clock.now())
    for chat in (OFFICER, LEAD):
        (notice,) = [each.message for each in letters if each.chat_id == chat]
        assert isinstance(notice, ReminderNotice)
        assert [line.case for line in notice.lines] == numbers
        assert all(line.is_late for line in notice.lines)


async def test_missed_stages_of_a_case_are_never_told_in_two_batches(town: Town) -> None:
    """Whatever else is due of the cases of a full batch comes along."""
    await town.staffed()
    for chat in (RESIDENT, NEIGHBOUR, OFFICER):
        await town.file(chat)
    later = town.clock.now() + timedelta(days=90)
    whole = {each.key for each in await town.store.take_due(999, later)}
    few = await town.store.take_due(2, later)
    cases = {each.task.case for each in few if isinstance(each.task, RemindStaff)}
    assert {each.key for each in few} == {key for key in whole if key.partition("/")[0] in cases}
    assert [each.at for each in few] == sorted(each.at for each in few)
    assert await town.store.take_due(2, town.clock.now()) == []


async def test_a_clock_that_is_a_year_ahead_for_a_day_does_no_lasting_harm(town: Town) -> None:
    """What it made due is done once; when it is right again the next digest is planned for the next Monday."""
    begin = town.clock.now()
    ticker = a_ticker(town)
    await ticker.plan()
    monday = await town.store.next_due_at()
    assert monday is not None
    await town.clock.move_to(begin + timedelta(days=365))
    await ticker.plan()
    while await ticker.step():
        pass
    await town.clock.move_to(begin)
    await ticker.plan()
    assert await town.store.next_due_at() == monday


async def test_a_clock_set_back_by_an_hour_tells_nothing_twice(town: Town) -> None:
    """What was taken is gone, whatever the clock shows then."""
    await town.staffed()
    await town.file()
    ticker = a_ticker(town)
    at = await town.store.next_due_at()
    assert at is not None
    await town.clock.move_to(at)
    assert await ticker.step()
    before = await _decided(town)
    await town.clock.move(-timedelta(hours=1))
    assert not await ticker.step()
    await town.clock.move_to(at)
    assert not await ticker.step()
    assert await _decided(town) == before


async def test_a_clock_that_is_known_to_be_wrong_erases_nothing(town: Town) -> None:
    """The night's work waits until it is right."""
    arrival = await town.arrive(RESIDENT, "new")
    await town.work()
    await town.store.receive([arrival_of(n, NEIGHBOUR, "new") for n in range(10, 10_010)], town.clock.now())
    is_right = [False]
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), (), lambda: is_right[0])
    await town.clock.move(timedelta(days=31))
    await ticker.tidy()
    assert await town.store.receive([arrival], town.clock.now()) == 0
    is_right[0] = True
    await ticker.tidy()
    assert await town.store.receive([arrival], town.clock.now()) == 1


async def test_what_falls_together_is_one_message_a_person(town: Town) -> None:
    """With a line for each case."""
    await town.staffed()
    numbers = {await town.file(), await town.file(NEIGHBOUR)}
    await _drain(town)
    at = await town.store.next_due_at()
    assert at is not None
    await town.clock.move_to(at)
    assert await a_ticker(town).step()
    (message,) = await _sent_to(town, OFFICER)
    assert {line.case for line in _lines(message)} == numbers


async def test_a_due_thing_that_fails_is_postponed_and_stops_nobody(town: Town) -> None:
    """It is tried again after five minutes; the others happen now."""
    await town.staffed()
    number = await town.file()
    await _drain(town)
    broken = due_of_case(town.clock.now(), AskAgain(case=CaseNumber("CB-2026-999999"), round=1, stage="rating:3cd"))
    good = due_of_case(town.clock.now(), RemindStaff(case=number, round=1, stage="before:test", to=(Role.OFFICER,)))
    await _plan(town, broken, good)
    assert await a_ticker(town).step()
    assert not await a_ticker(town).step()
    assert [fact.stage for fact in await _decided(town)] == ["before:test"]
    assert [due.key for due in await town.store.take_due(9, town.clock.now() + RETRY)] == [broken.key]


async def test_a_due_thing_that_cannot_be_committed_is_postponed_and_stops_nobody(town: Town) -> None:
    """One whose recipient's key is gone, say."""
    await town.staffed()
    number = await town.file()
    bad, good = (
        due_of_case(town.clock.now(), RemindStaff(case=number, round=1, stage=stage, to=(Role.OFFICER,)))
        for stage in ("before:bad", "before:good")
    )
    await _plan(town, bad, good)
    store = Watched(town.store, lambda all_of_them: KeyLost() if bad in [each.due for each in all_of_them] else None)
    ticker = Ticker(store, town.desk, town.clock, Bell(town.clock), ())
    assert await ticker.step()
    assert not await ticker.step()
    assert [fact.stage for fact in await _decided(town)] == ["before:good"]
    assert [due.key for due in await town.store.take_due(9, town.clock.now() + RETRY)] == [bad.key]


async def test_a_reminder_of_a_case_that_has_moved_on_says_nothing(town: Town) -> None:
    """It is taken and gone."""
    await town.staffed()
    number = await town.file()
    stale = due_of_case(town.clock.now(), RemindStaff(case=number, round=7, stage="before:1d", to=(Role.OFFICER,)))
    await _drain(town)
    await _plan(town, stale)
    assert await a_ticker(town).step()
    assert await _decided(town) == []
    assert await _sent_to(town, OFFICER) == []


async def test_a_resolved_case_is_asked_about_and_closed_once(town: Town) -> None:
    """Silence for ten days closes it as unrated; the official's word does not count as the resident's."""
    await town.staffed()
    number = await town.file()
    await town.act(OFFICER, "resolve", case=number, answer="修好了")
    clock = town.clock
    for _ in range(50):
        at = await town.store.next_due_at()
        if at is None:
            break
        await clock.move_to(max(at, clock.now()))
        while await a_ticker(town).step():
            pass
    case = await town.case(number)
    assert (case.state, case.now.how, case.now.ratings) == ("closed", "unrated", ())
    asked = [type(message).__name__ for message in await _sent_to(town, RESIDENT)]
    assert asked.count("RatingQuestion") == 3
    assert asked.count("CaseClosedUnrated") == 1


async def test_the_digest_is_planned_at_the_start_and_comes_by_itself(town: Town) -> None:
    """On Monday at the county's hour, once a week, also after many starts."""
    await town.staffed()
    for _ in range(3):
        await a_ticker(town).plan()
    (due,) = await _digests(town)
    await town.clock.move_to(due.at)
    assert await a_ticker(town).step()
    assert sum(isinstance(message, DigestPage) for message in await _sent_to(town, ADMIN)) == 1
    assert [each.at for each in await _digests(town)] == [due.at + timedelta(days=7)]


async def test_a_digest_moved_to_later_in_the_week_is_not_sent_twice(town: Town) -> None:
    """Sent on Monday; on Tuesday the county moves it to Wednesday: that week's was read, the next one is planned."""
    await town.staffed()
    await a_ticker(town).plan()
    (due,) = await _digests(town)
    await town.clock.move_to(due.at)
    assert await a_ticker(town).step()
    hours = town.desk.county.hours
    moved = replace(town.desk.county, hours=replace(hours, digest_weekday=(hours.digest_weekday + 2) % 7))
    town.desk = replace(town.desk, county=moved)
    await town.clock.move_to(due.at + timedelta(days=1))
    await a_ticker(town).plan()
    again = next(each for each in await _digests(town) if each.key == due.key)
    await town.clock.move_to(again.at)
    while await a_ticker(town).step():
        pass
    assert sum(isinstance(message, DigestPage) for message in await _sent_to(town, ADMIN)) == 1
    later = week_of(due.at, hours.zone).text
    assert [each.task for each in await _digests(town)] == [SendDigest(period=later)]


async def test_the_morning_list_comes_by_itself_and_again_the_next_day(town: Town) -> None:
    """One for whoever handles cases, when the office opens: the officer reads theirs as the lead does."""
    await town.staffed()
    await town.file()
    for _ in range(3):
        await a_ticker(town).plan()
    lists = 0
    for day in range(7):
        (due,) = [each for each in await _planned(town) if isinstance(each.task, SendMorning)]
        await town.clock.move_to(due.at)
        while await a_ticker(town).step():
            pass
        told = await _sent_to(town, LEAD if day % 2 else OFFICER)
        lists += sum(isinstance(message, TaskList) and message.is_morning for message in told)
    assert lists == 7


async def test_a_lead_sees_their_unit_on_the_first_working_day_of_a_week(town: Town) -> None:
    """Once in seven working days, or twice."""
    await town.staffed()
    await a_ticker(town).plan()
    mirrors = []
    for _ in range(7):
        (due,) = [each for each in await _planned(town) if isinstance(each.task, SendMorning)]
        await town.clock.move_to(due.at)
        while await a_ticker(town).step():
            pass
        mirrors += [message for message in await _sent_to(town, LEAD) if isinstance(message, UnitMirror)]
    assert {mirror.unit for mirror in mirrors} == {UNIT}
    assert 1 <= len(mirrors) <= 2


async def _planned(town: Town) -> Sequence[Due]:
    return await town.store.take_due(99, town.clock.now() + timedelta(days=30))


async def _digests(town: Town) -> list[Due]:
    return [each for each in await _planned(town) if isinstance(each.task, SendDigest)]


async def test_it_sleeps_until_the_next_moment_and_wakes_when_rung(town: Town) -> None:
    """A moment planned meanwhile comes in time."""
    await town.staffed()
    own, progress = Bell(town.clock), Bell(town.clock)
    running = asyncio.create_task(Ticker(town.store, town.desk, town.clock, own, (progress,)).run())
    await town.clock.sleeper()
    number = await town.file()
    soon = town.clock.now() + timedelta(minutes=1)
    await _plan(town, due_of_case(soon, RemindStaff(case=number, round=1, stage="before:test", to=(Role.OFFICER,))))
    own.ring()
    await town.clock.sleeper(soon)
    await town.clock.move_to(soon)
    await progress.wait()
    own.silence()
    await running
    assert [fact.stage for fact in await _decided(town)] == ["before:test"]


async def test_what_is_due_between_two_seconds_is_waited_for(town: Town) -> None:
    """The clock sleeps until the next whole second, by which it is taken, and does not turn in circles until then."""
    await town.staffed()
    number = await town.file()
    soon = town.clock.now() + timedelta(minutes=1, microseconds=500_000)
    await _plan(town, due_of_case(soon, RemindStaff(case=number, round=1, stage="before:test", to=(Role.OFFICER,))))
    own, progress = Bell(town.clock), Bell(town.clock)
    running = asyncio.create_task(Ticker(town.store, town.desk, town.clock, own, (progress,)).run())
    await town.clock.sleeper(soon + timedelta(microseconds=500_000))
    await town.clock.move_to(soon + timedelta(microseconds=500_000))
    await progress.wait()
    own.silence()
    await running
    assert [fact.stage for fact in await _decided(town)] == ["before:test"]


@pytest.mark.parametrize("failures", [1, 3])
async def test_a_database_out_of_reach_at_the_start_is_tried_again(town: Town, failures: int) -> None:
    """The clock does not stop for it, and the digest is planned in the end."""
    await town.staffed()
    clock = HurryingClock(town.clock.now())
    own, progress, left = Bell(clock), Bell(clock), [failures]

    def refuse(_: object) -> StorageUnavailable | None:
        left[0] -= 1
        return StorageUnavailable("locked") if left[0] >= 0 else None

    ticker = Ticker(Watched(town.store, refuse), town.desk, clock, own, (progress,))
    running = asyncio.create_task(ticker.run())
    while not any(isinstance(message, DigestPage) for message in await _sent_to(town, ADMIN)):
        await progress.wait()
    own.silence()
    await running


async def test_a_broken_ledger_stops_the_clock(town: Town) -> None:
    """Nothing is postponed; somebody has to look."""
    await town.staffed()
    await town.file()
    await town.clock.move(timedelta(days=30))
    store = Watched(town.store, lambda decisions: LedgerBroken(1, "gone") if any(each.due for each in decisions) else None)
    with pytest.raises(LedgerBroken):
        await Ticker(store, town.desk, town.clock, Bell(town.clock), ()).run()


async def _plan(town: Town, *planned: Due) -> None:
    await town.store.commit([Decision(Effects(planned=planned))], town.clock.now())


async def _decided(town: Town) -> list[ReminderDecided]:
    rows = [row async for page in town.store.read.ledger() for row in page]
    facts = [read(row).fact for row in rows]
    return [fact for fact in facts if isinstance(fact, ReminderDecided)]


async def _sent_to(town: Town, chat: int) -> list[Message]:
    """Send everything and return what one chat got."""
    sent: list[Message] = []
    while letters := await town.store.take_letters(64, frozenset(), town.clock.now()):
        sent += [letter.message for letter in letters if letter.chat_id == chat]
        await town.store.settle([Sent(letter, letter.id) for letter in letters], town.clock.now())
    return sent


async def _drain(town: Town) -> None:
    await _sent_to(town, LEAD)


def _lines(message: Message) -> tuple[ReminderLine, ...]:
    return message.lines if isinstance(message, ReminderNotice) else ()
