"""What a guardian hears: whether loops go round, and whether what comes in can be kept and will be handled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StorageUnavailable
from bot.ports import Backlog
from bot.watch.health import STUCK_SECONDS, Finding, Health, Premises
from bot.watch.vitals import Loop, Vitals
from tests.support.clock import TUESDAY_NOON, MovableClock

QUIET = Backlog(0, None, 0, 0, None, 0, None, 0, 0, 7)


@dataclass
class Stopwatch:
    """Seconds that pass when they are told to."""

    at: float = 1000.0

    def __call__(self) -> float:
        """Return the moment."""
        return self.at


@dataclass
class Bench:
    """Where a loop waits."""

    is_awaited: bool = False
    woke_at: float = 0.0


class Books:
    """A store that answers with a backlog, with an error, or never."""

    def __init__(self) -> None:
        self.answer: Backlog | StorageUnavailable | None = QUIET

    async def backlog(self, now: datetime) -> Backlog:
        """Answer."""
        del now
        if self.answer is None:
            await asyncio.Event().wait()
        if isinstance(self.answer, StorageUnavailable):
            raise self.answer
        assert self.answer is not None
        return self.answer


@dataclass
class Patient:
    """A house to be looked at."""

    watch: Stopwatch
    vitals: Vitals
    books: Books
    benches: dict[Loop, Bench]
    keys: tuple[Path, Path]
    health: Health
    free: list[int]

    async def finding(self, name: str) -> Finding:
        """Look, and return what was found of one thing."""
        return next(each for each in await self.health.look() if each.name == name)


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    """A house in which all is well."""
    watch, books = Stopwatch(), Books()
    vitals = Vitals(watch)
    benches = {loop: Bench(is_awaited=True) for loop in Loop}
    keys = (tmp_path / "master.key", tmp_path / "sign.key")
    for key in keys:
        key.touch()
    free = [10**12]
    premises = Premises(lambda: free[0], keys)
    health = Health(vitals, books, MovableClock(), premises, benches, patience_seconds=0.05)
    return Patient(watch, vitals, books, benches, keys, health, free)


async def test_all_is_well(patient: Patient) -> None:
    """Nothing is wrong, and there is nothing to be done."""
    findings = await patient.health.look()
    assert [each.name for each in findings] == ["database", "inbox", "set aside", "disk", "keys", "Telegram"]
    assert all(each.is_right and not each.is_warning for each in findings)


def test_a_loop_that_neither_waits_nor_goes_round_hangs(patient: Patient) -> None:
    """After three minutes; one that waits for work may wait for days, and one that just woke has time."""
    patient.watch.at += 10_000
    assert not any(patient.health.loops().values())
    bench = patient.benches[Loop.WORKER]
    bench.is_awaited, bench.woke_at = False, patient.watch.at
    assert not any(patient.health.loops().values())
    patient.watch.at += STUCK_SECONDS + 1
    assert {loop for loop, seconds in patient.health.loops().items() if seconds} == {Loop.WORKER}
    patient.vitals.turn(Loop.WORKER)
    assert not any(patient.health.loops().values())


async def test_a_database_that_does_not_answer_is_not_waited_for(patient: Patient) -> None:
    """Out of reach, or silent: not ready, and the answer comes in time."""
    patient.books.answer = StorageUnavailable("postgresql://user:secret@host")
    finding = await patient.finding("database")
    assert (finding.is_right, "secret" in finding.said) == (False, False)
    patient.books.answer = None
    assert (await patient.finding("database")).said == "does not answer in time"


async def test_an_inbox_is_stuck_when_its_oldest_update_is(patient: Patient) -> None:
    """Five minutes; a clock that was set back makes nothing old."""
    for minutes, is_right in ((0, True), (4, True), (5, False), (-60, True)):
        oldest = TUESDAY_NOON - timedelta(minutes=minutes)
        patient.books.answer = replace(QUIET, updates=3, oldest_update_at=oldest)
        assert (await patient.finding("inbox")).is_right is is_right


async def test_what_was_set_aside_is_a_warning(patient: Patient) -> None:
    """The program is ready all the same."""
    patient.books.answer = replace(QUIET, aside=2)
    finding = await patient.finding("set aside")
    assert (finding.is_right, finding.is_warning, finding.said) == (True, True, "2: look at `inbox`")


async def test_little_room_is_a_warning_and_none_is_the_end(patient: Patient) -> None:
    """What comes in could not be kept."""
    for free, expected in ((10**12, (True, False)), (400 * 2**20, (True, True)), (40 * 2**20, (False, True))):
        patient.free[0] = free
        finding = await patient.finding("disk")
        assert (finding.is_right, finding.is_warning) == expected


async def test_a_key_that_is_gone_is_named(patient: Patient) -> None:
    """Before the next start finds out."""
    patient.keys[0].unlink()
    finding = await patient.finding("keys")
    assert (finding.is_right, str(patient.keys[0]) in finding.said) == (False, True)


async def test_silence_of_telegram_is_a_warning(patient: Patient) -> None:
    """What is in the inbox is handled without it; from the start on it has three minutes."""
    assert not (await patient.finding("Telegram")).is_warning
    patient.watch.at += 181
    assert (await patient.finding("Telegram")).is_warning
    patient.vitals.note_answer()
    assert not (await patient.finding("Telegram")).is_warning
    patient.watch.at += 181
    finding = await patient.finding("Telegram")
    assert (finding.is_right, finding.is_warning) == (True, True)
