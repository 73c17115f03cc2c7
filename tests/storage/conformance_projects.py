"""What every store does with livelihood projects: each judges once, nobody is named, scores are read from the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import pytest

from bot.errors import Conflict, NotFound
from bot.ports import Decision
from bot.rules.chain import read, text_commitment
from bot.rules.county import Project
from bot.rules.digest import Scope
from bot.rules.effect import Effects, Send
from bot.rules.entry import Entry, MilestonePictured, MilestoneReached, PhotosErased, ProjectJudged
from bot.rules.erasure import MilestonePhotos, PersonGone
from bot.rules.file import Media, Unwanted
from bot.rules.identity import FileId, PersonId, ProjectId, StaffId, UnitId
from bot.rules.message import FileRefused
from bot.rules.name import Name
from bot.rules.period import week_of
from bot.rules.project import Book, Judged, Judging, Milestone, Photo, Reached, Tally
from tests.storage.conformance import OnePlace
from tests.storage.conformance_derived import broken, rebuilt
from tests.storage.conformance_files import OPENED, fetched, sent
from tests.support.store import Town

BRIDGE: Final = ProjectId("bridge")
SALT: Final = b"salt" * 4
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
        for place, words in enumerate(("开工", "完工"), start=1):
            reached = Reached(BRIDGE, Milestone(now(town), words, place), b"salt" * 4, StaffId("s-1"))
            await town.store.commit([Decision(Effects(projects=(reached,)))], town.clock.now())
        assert [each.words for each in (await town.store.read.project_book(BRIDGE)).milestones] == ["完工", "开工"]

    async def test_a_milestone_holds_its_photos_whenever_they_come(self, town: Town) -> None:
        """Fetched before it is published or after; the ledger has each once, and says nothing of whose they were."""
        early, late = FileId("f-1"), FileId("f-2")
        person = await sent(town, early)
        await fetched(town)
        await sent(town, late)
        gone = Photo(FileId("f-gone"), is_before=False)
        await reach(town, Photo(early, is_before=True), Photo(late, is_before=False), gone)
        assert await photos(town) == [(early, True, True), (late, False, False)]
        await fetched(town)
        assert await photos(town) == [(early, True, True), (late, False, True)]
        entries = [read(row) async for rows in town.store.read.ledger() for row in rows]
        facts = [entry.fact for entry in entries if isinstance(entry.fact, MilestonePictured)]
        assert [(fact.project, fact.place, fact.slot, fact.media) for fact in facts] == [
            (BRIDGE, 1, "before/1", "image/jpeg"),
            (BRIDGE, 1, "after/2", "image/jpeg"),
        ]
        bridge = Project(BRIDGE, Name("大桥", {}), UnitId("transport"), "visible")
        scope = Scope("察县", projects=(bridge,))
        period = week_of(town.clock.now(), town.desk.county.hours.zone)
        digest = await town.store.read.digest(period, scope, town.clock.now())
        assert [each.figures["photos"].n for each in digest.projects] == [2]
        await town.store.commit([Decision(Effects(erased=(PersonGone(person),)))], town.clock.now())
        assert [await town.store.open_file(file) for file in (early, late)] == [OPENED, OPENED]
        assert await broken(town) is None

    async def test_erased_photos_are_gone_and_the_words_stay(self, town: Town) -> None:
        """Also in a backup: the list of erasures names the milestone."""
        await sent(town, FileId("f-1"))
        await fetched(town)
        await reach(town, Photo(FileId("f-1"), is_before=False))
        erased = Entry(at=now(town), actor="s-1", case=None, fact=PhotosErased(project=BRIDGE, place=1))
        effects = Effects(entries=(erased,), erased=(MilestonePhotos(BRIDGE, 1),))
        await town.store.commit([Decision(effects)], town.clock.now())
        with pytest.raises(NotFound):
            await town.store.open_file(FileId("f-1"))
        (milestone,) = (await town.store.read.project_book(BRIDGE)).milestones
        assert (milestone.words, milestone.photos) == ("完工", ())
        assert await town.rows("erasure_get", subject="photos:bridge/1")
        assert await broken(town) is None

    async def test_a_photo_that_is_not_what_was_entered_is_found(self, town: Town) -> None:
        """And put right as far as its entry says."""
        await sent(town, FileId("f-1"))
        await fetched(town)
        await reach(town, Photo(FileId("f-1"), is_before=False))
        async with town.engine.writing() as session:
            (row,) = await session.rows("derived_photos", {})
            columns = dict(zip(("person", "slot", "actor", "type", "size", "content", "sealed"), row, strict=True))
            await session.run("derived_photo_mend", [{**columns, "content": "0" * 64}])
        found = await broken(town)
        assert found is not None
        assert "files" in found[1]
        await rebuilt(town)
        assert await broken(town) is None
        async with town.engine.writing() as session:
            await session.run("person_pieces_erase", [{"person": columns["person"]}])
        assert "files" in (await broken(town) or (0, ""))[1]
        assert [each.table for each in (await rebuilt(town)).left] == ["files"]

    async def test_a_photo_that_is_gone_is_given_up_by_itself(self, town: Town) -> None:
        """A milestone is nobody to write to."""
        await sent(town, FileId("f-1"))
        await reach(town, Photo(FileId("f-1"), is_before=False))
        (file,) = await town.store.take_files(4, town.clock.now())
        waiting = await town.store.pending(town.clock.now())
        told = Send(file.person, FileRefused(media=Media.PHOTO, why=Unwanted.BROKEN))
        await town.store.refuse_file(file, Unwanted.BROKEN, told, town.clock.now())
        assert await photos(town) == []
        assert await town.store.pending(town.clock.now()) == waiting

    async def test_of_two_milestones_decided_on_at_once_the_second_is_decided_anew(self, town: Town) -> None:
        """So that no photo comes to lie with another milestone."""
        await reach(town)
        with pytest.raises(Conflict):
            await reach(town)


async def reach(town: Town, *shown: Photo) -> None:
    """Publish what was reached, with photos."""
    fact = MilestoneReached(project=BRIDGE, unit=UnitId("transport"), words=text_commitment(SALT, "完工"))
    entry = Entry(at=now(town), actor="s-1", case=None, fact=fact)
    change = Reached(BRIDGE, Milestone(now(town), "完工", 1, shown), SALT, StaffId("s-1"))
    await town.store.commit([Decision(Effects(entries=(entry,), projects=(change,)))], town.clock.now())


async def photos(town: Town) -> list[tuple[FileId, bool, bool]]:
    """Read the photos of the newest milestone."""
    newest, *_ = (await town.store.read.project_book(BRIDGE)).milestones
    return [(photo.file, photo.is_before, photo.is_fetched) for photo in newest.photos]


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
