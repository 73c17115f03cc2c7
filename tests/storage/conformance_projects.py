"""What every store does with livelihood projects: each judges once, nobody is named, scores are read from the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import pytest

from bot.errors import Conflict
from bot.ports import Decision
from bot.rules.effect import Effects
from bot.rules.entry import Entry, ProjectJudged
from bot.rules.identity import PersonId, ProjectId
from bot.rules.project import Book, Judged, Judging, Milestone, Reached, Tally
from tests.storage.conformance import OnePlace
from tests.support.store import Town

BRIDGE: Final = ProjectId("bridge")
ONE, TWO = PersonId("p-one"), PersonId("p-two")


class ProjectsConformance(OnePlace):
    """Projects."""

    async def test_scores_are_counted_from_the_ledger(self, town: Town) -> None:
        """Those of another project are not; what was said again is apart."""
        assert await town.store.read.project_book(BRIDGE) == Book()
        await judge(town, ONE, 5)
        await judge(town, TWO, 2)
        await judge(town, ONE, 1, project=ProjectId("road"))
        book = await town.store.read.project_book(BRIDGE)
        assert (book.first, book.again) == (Tally((0, 1, 0, 0, 1)), Tally())
        await judge(town, ONE, 3, before=await town.store.read.judged_by(BRIDGE, ONE))
        assert (await town.store.read.project_book(BRIDGE)).again == Tally((0, 0, 1, 0, 0))

    async def test_nobody_judges_twice(self, town: Town) -> None:
        """Of two taps at once the second is decided anew, the first time as well as the second."""
        await judge(town, ONE, 5)
        first = await town.store.read.judged_by(BRIDGE, ONE)
        assert first == Judged(1, now(town))
        assert await town.store.read.judged_by(BRIDGE, TWO) is None
        with pytest.raises(Conflict):
            await judge(town, ONE, 5)
        await judge(town, ONE, 4, before=first)
        with pytest.raises(Conflict):
            await judge(town, ONE, 4, before=first)
        assert (await town.store.read.project_book(BRIDGE)).again.total == 1

    async def test_what_was_reached_is_read_newest_first(self, town: Town) -> None:
        """Also when two were reached in one second."""
        for words in ("开工", "完工"):
            reached = Reached(BRIDGE, Milestone(now(town), words), b"salt" * 4)
            await town.store.commit([Decision(Effects(projects=(reached,)))], town.clock.now())
        assert [each.words for each in (await town.store.read.project_book(BRIDGE)).milestones] == ["完工", "开工"]


def now(town: Town) -> datetime:
    """Return the town's time in whole seconds."""
    return town.clock.now().replace(microsecond=0)


async def judge(
    town: Town, person: PersonId, score: int, *, project: ProjectId = BRIDGE, before: Judged | None = None
) -> None:
    """Have somebody judge a project."""
    fact = ProjectJudged(project=project, score=score, is_again=before is not None)
    entry = Entry(at=now(town), actor="resident", case=None, fact=fact)
    effects = Effects(entries=(entry,), projects=(Judging(project, person, now(town), before),))
    await town.store.commit([Decision(effects)], town.clock.now())
    await town.clock.move(timedelta(0))
