"""One commit in SQLite: all or nothing, numbers without gaps, and case tables that are what the ledger says."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.ports import Failed, Sent
from bot.rules.case import Case
from bot.rules.chain import EMPTY, follow, read
from bot.rules.entry import Entry, ReminderDecided, ReminderTold
from bot.rules.identity import CaseNumber, StaffId
from bot.rules.life import fold
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.rows import ReminderRecord
from tests.storage.conformance import Place
from tests.storage.conformance_commit import CommitConformance, LedgerConformance, NumberConformance
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, RESIDENT, Town, opened_town


class InSqlite:
    """One file for each test."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestCommit(InSqlite, CommitConformance):
    """Commits in SQLite."""


class TestNumbers(InSqlite, NumberConformance):
    """Numbers in SQLite."""


class TestLedger(InSqlite, LedgerConformance):
    """The ledger in SQLite."""


@pytest.mark.parametrize("seed", range(1, 7))
async def test_case_tables_are_what_the_ledger_says(file: Path, seed: int) -> None:
    """After whatever people did, in whatever order, with a clock that is sometimes set back, and after a restart."""
    random = Random(seed)
    async with opened_town(file) as town:
        await town.staffed()
        filed = [await town.file(random.choice((RESIDENT, NEIGHBOUR))) for _ in range(4)]
        for _ in range(200):
            await _something(town, random, random.choice(filed))
        clock = town.clock
        await _compare(town)
    async with opened_town(file, clock, seed="again") as town:
        compared = await _compare(town)
    assert compared.rounds > compared.cases == len(filed)
    assert compared.ratings > 0
    assert compared.reminders > 0 or seed == 4  # whose people are quick


async def test_an_answer_given_after_the_clock_was_set_back_is_the_last(town: Town) -> None:
    """What counts is the order in the ledger, not what the wall clock showed."""
    await town.staffed()
    number = await town.file()
    await town.act(OFFICER, "resolve", case=number, answer="修好了")
    await town.act(RESIDENT, "rate", case=number, solved="yes")
    await town.clock.move(-timedelta(hours=1))
    await town.act(RESIDENT, "score", case=number, score=2)
    assert [rating.score for rating in (await town.case(number)).now.ratings] == [2]
    await _compare(town)


class Compared:
    """How much was compared; a walk that does nothing proves nothing."""

    def __init__(self) -> None:
        self.cases = self.rounds = self.ratings = self.reminders = 0


ACTS = ("accept", "resolve", "resolve", "rate", "rate", "score", "rest", "go_on", "wait", "back", "tick", "tick")


async def _something(town: Town, random: Random, number: CaseNumber) -> None:
    """Have somebody do something, sensible or not; or let time pass."""
    of = {"case": number, "attempt": (await town.case(number)).now.number}
    resident, official = random.choice((RESIDENT, NEIGHBOUR)), random.choice((OFFICER, LEAD))
    match random.choice(ACTS):
        case "accept":
            await town.act(official, "accept", case=number)
        case "resolve":
            await town.act(official, "resolve", case=number, answer="修好了")
        case "rate":
            await town.act(resident, "rate", **of, solved=random.choice(("yes", "partly", "no", "no")))
        case "score":
            await town.act(resident, "score", **of, score=random.randint(1, 5))
        case "rest" | "go_on" as do:
            await town.act(resident, do, **of)
        case "wait":
            await town.clock.move(timedelta(hours=random.choice((1, 5, 30))))
        case "back":
            await town.clock.move(-timedelta(hours=1))
        case _:
            await _tick(town, random)


async def _tick(town: Town, random: Random) -> None:
    """Do what is due, and deliver or fail to."""
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
    while await ticker.step():
        pass
    while letters := await town.store.take_letters(64, frozenset(), town.clock.now()):
        results = [
            Sent(letter, letter.id) if random.random() < 0.8 else Failed(letter, "refused", is_unreachable=False)
            for letter in letters
        ]
        await town.store.settle(results, town.clock.now())


async def _compare(town: Town) -> Compared:
    """Fold every case out of its entries and compare it with its rows; likewise the reminders."""
    head, entries = EMPTY, defaultdict[CaseNumber, list[Entry]](list)
    async for rows in town.store.read.ledger():
        for row in rows:
            head = follow(head, row)
            entry = read(row)
            if entry.case is not None:
                entries[entry.case].append(entry)
    assert head == await town.store.read.head()
    compared, found = Compared(), 0
    async for case, reminders in town.store.read.cases():
        found += 1
        own = entries[case.number]
        assert case == _folded(own)
        assert set(reminders) == set(_reminders(own).values())
        compared.cases += 1
        compared.rounds += len(case.rounds)
        compared.ratings += sum(len(attempt.ratings) for attempt in case.rounds)
        compared.reminders += len(reminders)
    assert found == len(entries)
    return compared


def _folded(entries: list[Entry]) -> Case | None:
    return fold(entry for entry in entries if not isinstance(entry.fact, ReminderDecided | ReminderTold))


def _reminders(entries: list[Entry]) -> dict[tuple[int, str, StaffId | None], ReminderRecord]:
    found: dict[tuple[int, str, StaffId | None], ReminderRecord] = {}
    for entry in entries:
        match entry.fact:
            case ReminderDecided(round=number, stage=stage, role=role, staff=staff):
                found[number, stage, staff] = ReminderRecord(entry.at, role, staff, stage, number, None)
            case ReminderTold(round=number, stage=stage, staff=staff, was_told=was_told):
                before = found[number, stage, staff]
                found[number, stage, staff] = ReminderRecord(before.at, before.role, staff, stage, number, was_told)
            case _:
                pass
    return found
