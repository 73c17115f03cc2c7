"""Updates are on disk before Telegram is told that they arrived: the next fetch, which confirms them, waits for that."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.errors import SourceError, SourceRefused, SourceUnavailable, Trouble
from bot.ports import Arrival, InboxStore
from bot.workers.backoff import LONGEST_WAIT, Backoff
from bot.workers.bell import Bell
from bot.workers.intake import Intake
from tests.support.clock import HurryingClock
from tests.support.store import RESIDENT, Town, arrival_of
from tests.workers.fakes import FlakyInbox, ScriptedSource

A, B, C = (arrival_of(number, RESIDENT, "new") for number in (1, 2, 3))


async def _run(source: ScriptedSource, store: InboxStore, clock: HurryingClock, own: Bell, worker: Bell) -> None:
    await Intake(source, store, clock, own, worker, lambda: 1.0).run()


async def test_nothing_is_confirmed_before_it_is_kept() -> None:
    """However often the disk refuses; and it is tried until it works."""
    clock = HurryingClock()
    own, worker, inbox = Bell(clock), Bell(clock), FlakyInbox(failures=7)
    source = ScriptedSource([[A, B], [C]], own.silence)
    seen: list[list[int]] = []
    inbox.watch = lambda: seen.append(list(source.confirmed))
    await _run(source, inbox, clock, own, worker)
    assert seen == [[]] * 8 + [[1, 2]]
    assert (inbox.kept, source.confirmed) == ([1, 2, 3], [1, 2, 3])
    await worker.wait()  # it was rung


async def test_the_disk_is_tried_again_after_longer_and_longer() -> None:
    """Seconds doubled each time, up to a minute."""
    clock = HurryingClock()
    own, begin = Bell(clock), clock.now()
    await _run(ScriptedSource([[A]], own.silence), FlakyInbox(failures=9), clock, own, Bell(clock))
    moments = [0.0, *((at - begin).total_seconds() for at in clock.sleeps)]
    assert [later - earlier for earlier, later in pairwise(moments)] == [
        1,
        2,
        4,
        8,
        16,
        32,
        60,
        60,
        60,
    ]


async def test_a_source_out_of_reach_is_tried_again() -> None:
    """After what it asks for, or longer and longer; and afresh once it has answered."""
    clock = HurryingClock()
    own, begin = Bell(clock), clock.now()
    troubles = [
        SourceUnavailable(Trouble.SERVER),
        SourceUnavailable(Trouble.SERVER),
        SourceUnavailable(Trouble.TOO_MANY, retry_after=17.0),
    ]
    source = ScriptedSource([*troubles, [A], SourceUnavailable(Trouble.SERVER)], own.silence)
    inbox = FlakyInbox()
    await _run(source, inbox, clock, own, Bell(clock))
    assert [(at - begin).total_seconds() for at in clock.sleeps] == [1, 3, 20, 21]
    assert inbox.kept == [1]
    assert LONGEST_WAIT == 60


async def test_a_token_that_is_refused_ends_it() -> None:
    """Somebody has to do something; the inbox stays as it is."""
    clock = HurryingClock()
    own = Bell(clock)
    inbox = FlakyInbox()
    with pytest.raises(SourceRefused):
        await _run(ScriptedSource([[A], SourceRefused(Trouble.TOKEN)], own.silence), inbox, clock, own, Bell(clock))
    assert inbox.kept == [1]


async def test_what_comes_twice_has_its_effect_once(town: Town) -> None:
    """Also when everything is replayed because the offset was not kept."""
    clock = HurryingClock()
    own, worker = Bell(clock), Bell(clock)
    words = arrival_of(10, RESIDENT, "write", text="路灯坏了")
    send = arrival_of(11, RESIDENT, "send")
    source = ScriptedSource([[words, send], [words, words], [send, words]], own.silence)
    await _run(source, town.store, clock, own, worker)
    await town.work()
    assert await town.store.receive([words, send], clock.now()) == 0
    await town.work()
    assert [case.number async for case, _ in town.store.read.cases()] == ["CB-2026-000001"]


async def test_told_to_stop_while_the_disk_is_full_it_stops_unconfirmed() -> None:
    """What is not kept comes again at the next start."""
    clock = HurryingClock()
    own, inbox = Bell(clock), FlakyInbox(failures=10**6)
    source = ScriptedSource([[A]], own.silence)

    def stop_at_third() -> None:
        if inbox.tries == 3:
            own.silence()

    inbox.watch = stop_at_third
    await _run(source, inbox, clock, own, Bell(clock))
    assert (source.confirmed, inbox.kept) == ([], [])


async def test_programs_do_not_all_try_again_at_once() -> None:
    """A wait is between half and the whole of what is due, by chance."""
    waits = [Backoff(iter((chance,)).__next__).next() for chance in (0.0, 0.5, 0.999)]
    assert waits == pytest.approx([0.5, 0.75, 1.0], abs=0.001)


async def test_a_trouble_is_told_in_a_line_and_not_for_every_try(caplog: pytest.LogCaptureFixture) -> None:
    """Its begin, again every ten minutes while it lasts, when it becomes another one, and its end."""
    clock = HurryingClock()
    own = Bell(clock)
    polls = [SourceUnavailable(Trouble.POLLER) for _ in range(20)]
    script: list[list[Arrival] | SourceError] = [
        *polls,
        SourceUnavailable(Trouble.UNREACHABLE),
        [A],
        [B],
        SourceUnavailable(Trouble.POLLER),
        [C],
    ]
    with caplog.at_level("INFO"):
        await _run(ScriptedSource(script, own.silence), FlakyInbox(), clock, own, Bell(clock))
    said = [record.getMessage().partition(";")[0] for record in caplog.records]
    poller = "another program fetches this bot's updates: stop it, or use another token here"
    network = "the Bot API server cannot be reached: look at network, name server, BOT_API_BASE and BOT_PROXY"
    assert said == [poller, poller, network, "updates come again, after 963 s", poller, "updates come again, after 1 s"]
