"""Looking over the loops' shoulder: what is counted, what is told to the log, and that nothing is changed."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from bot.commands.logs import JsonLines
from bot.errors import SourceError, SourceUnavailable, StorageUnavailable, Trouble
from bot.ports import Arrival, Failed, Postponed, Sent
from bot.rules.due import Due
from bot.rules.identity import PersonId
from bot.watch.observed import ObservedSource, ObservedStore
from bot.watch.vitals import Event, Histogram, Vitals
from bot.workers.bell import Bell
from bot.workers.worker import Worker
from tests.support.clock import TUESDAY_NOON
from tests.support.store import POTHOLE, RESIDENT, Town, arrival_of, opened_town
from tests.workers.fakes import ScriptedSource

NOBODY: frozenset[PersonId] = frozenset()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A store with its people."""
    async with opened_town(tmp_path / "bot.db") as town:
        yield town


async def test_an_update_is_followed_to_its_answer(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """The same number stands in the line that it is handled and in that of the answer, with the time it took."""
    caplog.set_level(logging.INFO)
    vitals = Vitals(iter(range(1000)).__next__)
    store = ObservedStore(town.store, vitals)
    update = arrival_of(5, RESIDENT, "write", text=POTHOLE)
    assert await store.receive([update, update], town.clock.now()) == 1
    await town.clock.move(timedelta(seconds=2))
    await Worker(store, town, town.clock, Bell(town.clock), ()).step()
    (letter,) = await store.take_letters(9, NOBODY, town.clock.now())
    await town.clock.move(timedelta(seconds=1))
    await store.settle([Sent(letter, 77)], town.clock.now())
    handled, sent = caplog.records
    assert (handled.update, handled.letters, handled.waited_ms) == (letter.cause, 1, 2000)  # type: ignore[attr-defined]
    assert (sent.update, sent.letter, sent.took_ms) == (letter.cause, letter.id, 3000)  # type: ignore[attr-defined]
    assert (vitals.replies.total, sum(vitals.replies.counts)) == (3.0, 1)
    assert vitals.counted == {
        (Event.RECEIVED, "new"): 1,
        (Event.RECEIVED, "repeated"): 1,
        (Event.HANDLED, "done"): 1,
        (Event.LETTER, "sent"): 1,
    }
    assert sum(vitals.commits.counts) == 1
    assert str(RESIDENT) not in caplog.text
    assert POTHOLE[:4] not in caplog.text


async def test_what_goes_out_together_is_told_in_one_line(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """An update's answers are one line, with the first one's number and how many; what nobody asked for has its own."""
    vitals = Vitals(iter(range(1000)).__next__)
    store = ObservedStore(town.store, vitals)
    await store.receive([arrival_of(5, RESIDENT, "write", text=POTHOLE)], town.clock.now())
    await Worker(store, town, town.clock, Bell(town.clock), ()).step()
    (letter,) = await store.take_letters(9, NOBODY, town.clock.now())
    caplog.set_level(logging.INFO)
    answers = [replace(letter, id=letter.id + place) for place in range(3)]
    notices = [replace(letter, id=letter.id + 3 + place, cause=None, asked_at=None) for place in range(2)]
    await store.settle([Sent(each, 77) for each in (*answers, *notices)], town.clock.now())
    (record,) = caplog.records
    lines = [msgspec.json.decode(line) for line in JsonLines().format(record).splitlines()]
    assert [line["message"] for line in lines] == [
        f"letters {letter.id}, {letter.id + 1}, {letter.id + 2} are sent",
        f"letter {letter.id + 3} is sent",
        f"letter {letter.id + 4} is sent",
    ]
    assert (lines[0]["update"], lines[0]["letter"], lines[0]["letters"]) == (letter.cause, letter.id, 3)
    assert "update" not in lines[1]
    assert vitals.counted[Event.LETTER, "sent"] == 5
    assert sum(vitals.replies.counts) == 3


async def test_what_fails_is_told_and_counted_without_a_word_of_it(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """An update set aside by its number and the error's kind, letters by theirs."""
    caplog.set_level(logging.INFO)
    vitals = Vitals(lambda: 0.0)
    store = ObservedStore(town.store, vitals)
    await store.receive([arrival_of(5, RESIDENT, "crash", text=POTHOLE)], town.clock.now())
    await Worker(store, town, town.clock, Bell(town.clock), ()).step()
    (letter,) = await store.take_letters(9, NOBODY, town.clock.now())
    later = town.clock.now() + timedelta(seconds=9)
    await store.settle([Postponed(letter, later, is_ambiguous=True)], town.clock.now())
    await store.settle([Postponed(letter, later, is_ambiguous=False)], town.clock.now())
    await store.settle([Failed(letter, "refused: secret", is_unreachable=False)], town.clock.now())
    kinds = {kind: times for (event, kind), times in vitals.counted.items() if event in {Event.HANDLED, Event.LETTER}}
    assert kinds == {"aside": 1, "ambiguous": 1, "postponed": 1, "failed": 1}
    assert "is set aside: ZeroDivisionError" in caplog.text
    assert POTHOLE[:4] not in caplog.text
    assert "secret" not in caplog.text


async def test_a_store_that_fails_is_counted_and_still_fails(town: Town) -> None:
    """Whoever called hears it as before."""

    class Broken(ObservedStore):
        """A store out of reach."""

        async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
            """Fail."""
            raise StorageUnavailable(f"gone: {limit} {now}")

    vitals = Vitals(lambda: 0.0)
    with pytest.raises(StorageUnavailable):
        await ObservedStore(Broken(town.store, vitals), vitals).take_due(9, town.clock.now())
    assert vitals.counted == {(Event.STORE_FAILURE, "take_due"): 1}


async def test_a_wrong_clock_is_told_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is compared; and one line when it is right again. A second or two is no matter."""
    caplog.set_level(logging.INFO)
    offsets = [0, 29, 3600, 3601, 3600, -1, -40]
    vitals = Vitals(lambda: 0.0)
    source = ScriptedSource([[] for _ in offsets], lambda: None)
    told = iter([TUESDAY_NOON] * len(offsets))
    machine = iter([TUESDAY_NOON + timedelta(seconds=off) for off in offsets])
    observed = ObservedSource(source, vitals, lambda: next(told), lambda: next(machine))
    for _ in offsets:
        await observed.fetch()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "this machine's clock is +3600 s off Telegram's",
        "this machine's clock agrees with Telegram's again",
        "this machine's clock is -40 s off Telegram's",
    ]
    assert vitals.clock_off == -40


async def test_troubles_of_the_source_are_counted_by_their_reason() -> None:
    """Only a good answer counts as one; a server that tells no time is compared with nothing."""
    vitals = Vitals(lambda: 5.0)
    script: list[list[Arrival] | SourceError] = [
        SourceUnavailable(Trouble.POLLER),
        SourceUnavailable(Trouble.POLLER),
        [arrival_of(1, RESIDENT, "new")],
    ]
    observed = ObservedSource(ScriptedSource(script, lambda: None), vitals, lambda: None, lambda: TUESDAY_NOON)
    for _ in range(2):
        with pytest.raises(SourceUnavailable):
            await observed.fetch()
    moments = [vitals.asked]
    assert len(await observed.fetch()) == 1
    moments.append(vitals.asked)
    assert (moments, vitals.clock_off) == ([None, 5.0], None)
    assert vitals.counted == {(Event.SOURCE_FAILURE, "another_poller"): 2}


@pytest.mark.parametrize(("seconds", "place"), [(-5.0, 0), (0.0, 0), (0.005, 0), (0.0051, 1), (3600.0, 14), (9999.0, 15)])
def test_a_time_is_counted_between_its_bounds(seconds: float, place: int) -> None:
    """What took longer than the last bound, and what a clock set back made negative, has a place too."""
    histogram = Histogram()
    histogram.observe(seconds)
    assert histogram.counts.index(1) == place
    assert histogram.total == max(seconds, 0.0)
