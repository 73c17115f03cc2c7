"""Of processes that share a database one polls; the others stand by, and one that cannot reach Telegram makes room."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.errors import SourceRefused, SourceUnavailable, StorageUnavailable, Trouble
from bot.ports import Duty
from bot.workers.bell import Bell
from bot.workers.polling import LOOK_AGAIN, OnlyPoller
from bot.workers.pulse import BEAT, Pulse
from tests.support.clock import TUESDAY_NOON, HurryingClock
from tests.support.store import RESIDENT, arrival_of
from tests.workers.fakes import ScriptedSource

UPDATE = arrival_of(1, RESIDENT, "new")


class Duties:
    """A database that answers as its script says, and then that the duty is ours; None stands for no answer."""

    def __init__(self, *answers: bool | None) -> None:
        self._answers = list(answers)
        self.asked = 0
        self.given_back = 0

    async def hold(self, duty: Duty, now: datetime) -> bool:
        """Answer."""
        del now
        assert duty is Duty.POLLING
        self.asked += 1
        answer = self._answers.pop(0) if self._answers else True
        if answer is None:
            raise StorageUnavailable("no server")
        return answer

    async def let_go(self, duty: Duty) -> None:
        """Count."""
        assert duty is Duty.POLLING
        self.given_back += 1


def nothing() -> None:
    """Do nothing at the end of a script."""


async def test_nobody_polls_whose_turn_it_is_not() -> None:
    """The duty is asked for each second, and before each poll."""
    clock, duties = HurryingClock(), Duties(False, False)
    poller = OnlyPoller(ScriptedSource([[UPDATE], [UPDATE]], nothing), duties, clock)
    assert await poller.fetch() == [UPDATE]
    assert clock.sleeps == [TUESDAY_NOON + LOOK_AGAIN, TUESDAY_NOON + 2 * LOOK_AGAIN]
    assert await poller.fetch() == [UPDATE]
    assert (duties.asked, duties.given_back) == (4, 0)


async def test_who_cannot_reach_telegram_lets_another_try() -> None:
    """And goes on trying itself when its turn comes again."""
    duties = Duties()
    poller = OnlyPoller(ScriptedSource([SourceUnavailable(Trouble.UNREACHABLE), [UPDATE]], nothing), duties, HurryingClock())
    with pytest.raises(SourceUnavailable):
        await poller.fetch()
    assert duties.given_back == 1
    assert await poller.fetch() == [UPDATE]


async def test_without_a_database_there_is_no_poll() -> None:
    """What could not be kept must not be fetched; it is tried again as when Telegram is out of reach."""
    poller = OnlyPoller(ScriptedSource([[UPDATE]], nothing), Duties(None), HurryingClock())
    with pytest.raises(SourceUnavailable) as caught:
        await poller.fetch()
    assert caught.value.reason is Trouble.DATABASE
    assert await poller.fetch() == [UPDATE]


async def test_a_refused_token_is_refused_here_too() -> None:
    """It would be for every other process."""
    poller = OnlyPoller(ScriptedSource([SourceRefused(Trouble.TOKEN)], nothing), Duties(), HurryingClock())
    with pytest.raises(SourceRefused):
        await poller.fetch()


class Backlogs:
    """A database in which so much waits, each time it is asked; None stands for no answer. At the end it silences a bell."""

    def __init__(self, own: Bell, *counts: int | None) -> None:
        self._own = own
        self._counts = list(counts)

    async def pending(self, now: datetime) -> int:
        """Count."""
        del now
        count = self._counts.pop(0)
        if not self._counts:
            self._own.silence()
        if count is None:
            raise StorageUnavailable("no server")
        return count


class CountingBell(Bell):
    """A bell that knows how often it was rung."""

    rings = 0

    def ring(self) -> None:
        """Count."""
        self.rings += 1
        super().ring()


@pytest.mark.parametrize(
    ("counts", "rings"),
    [((0, 0, 0), 0), ((3, 1, 0), 2), ((None, None, 5), 1)],
    ids=["nothing waits", "something waits", "no database for a while"],
)
async def test_each_second_a_process_looks_for_what_others_left(counts: tuple[int | None, ...], rings: int) -> None:
    """Every loop is woken as long as there is something to do, and none otherwise."""
    clock = HurryingClock()
    own, others = Bell(clock), [CountingBell(clock), CountingBell(clock)]
    await Pulse(Backlogs(own, *counts), clock, own, others, BEAT).run()
    assert [bell.rings for bell in others] == [rings, rings]
    assert clock.now() == TUESDAY_NOON + len(counts) * BEAT
