"""What every store does with files, whatever its database: sealed, entered once, in either order, gone when not wanted."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Final

import pytest

from bot.errors import NotFound
from bot.ports import Decision
from bot.ports.files import OpenedFile, WantedFile
from bot.rules.chain import read
from bot.rules.effect import Drop, Effects, Fetch, Keep, Send
from bot.rules.entry import RESIDENT as BY_RESIDENT
from bot.rules.entry import FileAdded
from bot.rules.erasure import CaseContent, PersonGone
from bot.rules.file import Media, Unwanted
from bot.rules.identity import CaseNumber, FileId, PersonId
from bot.rules.message import FileRefused
from storage.attached import PIECE
from storage.files import FILE_HELD
from tests.storage.conformance import OnePlace, Place
from tests.support.store import RESIDENT, Town

FILE: Final = FileId("f-1")
SECRET: Final = b"Aynur's street, seen from her window. "
CONTENT: Final = SECRET * (PIECE // len(SECRET) * 2 + 9)
"""Longer than two pieces."""

OPENED: Final = OpenedFile("image/jpeg", CONTENT)


class FilesConformance(OnePlace):
    """Files."""

    async def test_a_file_is_claimed_once_and_wanted_again_when_nothing_came_of_it(self, town: Town) -> None:
        """A process that ends in the middle of one loses nothing."""
        person = await sent(town)
        (file,) = await town.store.take_files(4, town.clock.now())
        assert (file.person, file.media, file.source, file.attempts) == (person, Media.PHOTO, "its name", 1)
        assert await town.store.take_files(4, town.clock.now()) == []
        await town.clock.move(FILE_HELD + timedelta(seconds=1))
        (again,) = await town.store.take_files(4, town.clock.now())
        assert again.attempts == 2

    async def test_after_a_start_nothing_waits_for_a_process_that_ended(self, town: Town) -> None:
        """Where there can be no other; where there can, its claims run out by themselves."""
        await sent(town)
        await town.store.take_files(4, town.clock.now())
        await town.store.release_files(town.clock.now())
        assert len(await town.store.take_files(4, town.clock.now())) == (0 if town.store.is_shared else 1)

    async def test_its_moment_is_known(self, town: Town) -> None:
        """So that whoever fetches can sleep until then."""
        assert await town.store.next_file_at() is None
        await sent(town)
        (file,) = await town.store.take_files(4, town.clock.now())
        later = town.clock.now() + timedelta(hours=1)
        await town.store.postpone_file(file, later)
        assert await town.store.next_file_at() == later

    async def test_what_is_kept_comes_back_whole(self, town: Town) -> None:
        """Of any length; nothing of it, nor Telegram's name for it, lies there in the clear."""
        await sent(town)
        await fetched(town)
        assert await town.store.open_file(FILE) == OPENED
        assert await town.store.next_file_at() is None

    async def test_neither_content_nor_name_lies_there_in_the_clear(self, town: Town) -> None:
        """Looked for in every piece and every row."""
        await sent(town)
        await fetched(town)
        for query, asked in (("file_pieces", {"file": FILE, "place": 0, "limit": 9}), ("file_get", {"id": FILE})):
            rows = await town.rows(query, **asked)
            stored = b"".join(bytes(value) for row in rows for value in row if isinstance(value, bytes | memoryview))
            assert stored
            assert SECRET not in stored
            assert b"its name" not in stored

    async def test_a_file_fetched_before_it_is_kept_is_entered_with_the_case(self, town: Town) -> None:
        """Once, with a commitment to its bytes and no word of whose it is."""
        await sent(town)
        await fetched(town)
        number = await town.file()
        await kept(town, number)
        await entered_once(town, number)
        assert await town.store.open_file(FILE) == OPENED

    async def test_a_file_fetched_after_it_is_kept_is_entered_then(self, town: Town) -> None:
        """Text first, media when it comes."""
        await sent(town)
        number = await town.file()
        await kept(town, number)
        assert await added(town, number) == []
        assert [(each.slot, each.type) for each in await town.store.read.files_of(number)] == [("filed/1", None)]
        await fetched(town)
        await entered_once(town, number)
        assert [(each.slot, each.type) for each in await town.store.read.files_of(number)] == [("filed/1", "image/jpeg")]

    async def test_fetching_and_keeping_at_the_same_time_is_no_trouble(self, town: Town) -> None:
        """An officer's evidence is asked for and put into the case in one decision."""
        number = await town.file()
        person = (await town.store.read.voices_of(number))[0][1]
        effects = Effects(fetches=(fetch(person),), kept=(Keep(FILE, number, "evidence/1/1", "s-1"),))
        await town.store.commit([Decision(effects)], town.clock.now())
        await fetched(town)
        ((fact, actor),) = await added(town, number)
        assert (fact.slot, actor) == ("evidence/1/1", "s-1")

    async def test_a_file_fetched_twice_is_entered_once(self, town: Town) -> None:
        """Two processes may have claimed it one after the other."""
        await sent(town)
        number = await town.file()
        await kept(town, number)
        (file,) = await town.store.take_files(4, town.clock.now())
        await town.store.keep_file(file, OPENED, town.clock.now())
        await town.store.keep_file(file, OPENED, town.clock.now())
        await entered_once(town, number)

    async def test_a_file_kept_by_a_case_stays_with_it(self, town: Town) -> None:
        """A second case does not get it, and dropping it changes nothing."""
        person = await sent(town)
        first, second = await town.file(), await town.file(text="停水两天了")
        await kept(town, first)
        await kept(town, second)
        await town.store.commit([Decision(Effects(dropped=(Drop(FILE, person),)))], town.clock.now())
        await fetched(town)
        assert len(await town.store.read.files_of(first)) == 1
        assert await town.store.read.files_of(second) == ()

    async def test_a_dropped_file_is_gone(self, town: Town) -> None:
        """Content and all; only its owner can drop it."""
        person = await sent(town)
        await fetched(town)
        await town.store.commit([Decision(Effects(dropped=(Drop(FILE, PersonId("p-other")),)))], town.clock.now())
        assert await town.store.open_file(FILE) == OPENED
        await town.store.commit([Decision(Effects(dropped=(Drop(FILE, person),)))], town.clock.now())
        with pytest.raises(NotFound):
            await town.store.open_file(FILE)
        assert await town.rows("file_pieces", file=FILE, place=0, limit=9) == []

    async def test_a_file_dropped_while_it_is_fetched_is_let_go(self, town: Town) -> None:
        """Nothing of it comes back."""
        person = await sent(town)
        (file,) = await town.store.take_files(4, town.clock.now())
        await town.store.commit([Decision(Effects(dropped=(Drop(FILE, person),)))], town.clock.now())
        await town.store.keep_file(file, OPENED, town.clock.now())
        assert await town.rows("file_pieces", file=FILE, place=0, limit=9) == []

    async def test_a_refused_file_is_told_once_and_not_fetched_again(self, town: Town) -> None:
        """Nor does a case that was to keep it have it."""
        person = await sent(town)
        number = await town.file()
        await kept(town, number)
        (file,) = await town.store.take_files(4, town.clock.now())
        told = Send(person, FileRefused(media=Media.PHOTO, why=Unwanted.BROKEN))
        before = await town.store.pending(town.clock.now())
        await town.store.refuse_file(file, Unwanted.BROKEN, told, town.clock.now())
        await town.store.refuse_file(file, Unwanted.BROKEN, told, town.clock.now())
        assert await town.store.pending(town.clock.now()) == before + 1
        assert await town.store.next_file_at() is None
        assert await town.store.read.files_of(number) == ()

    async def test_whose_it_was_is_not_said_once_a_case_keeps_it(self, town: Town) -> None:
        """In either order: a case's tie to a person stands in one place, where it can be cut."""
        await sent(town)
        await fetched(town)
        await sent(town, FileId("f-2"))
        number = await town.file()
        await kept(town, number)
        now = town.clock.now().replace(microsecond=0)
        later = Keep(FileId("f-2"), number, "filed/2", BY_RESIDENT)
        await town.store.commit([Decision(Effects(kept=(later,)))], now)
        await fetched(town)
        assert [(await town.rows("file_get", id=file))[0][1] for file in (FILE, "f-2")] == ["", ""]

    async def test_erasing_a_case_destroys_its_files(self, town: Town) -> None:
        """Content and all."""
        await sent(town)
        await fetched(town)
        number = await town.file()
        await kept(town, number)
        await town.store.commit([Decision(Effects(erased=(CaseContent(number),)))], town.clock.now())
        with pytest.raises(NotFound):
            await town.store.open_file(FILE)
        assert await town.rows("file_pieces", file=FILE, place=0, limit=9) == []

    async def test_erasing_a_person_destroys_the_files_of_their_draft(self, town: Town) -> None:
        """One that a case keeps stays with it until that is erased; if it cannot be fetched, nobody is told."""
        person = await sent(town)
        await sent(town, FileId("f-2"))
        number = await town.file()
        await kept(town, number)
        taken = {file.id: file for file in await town.store.take_files(4, town.clock.now())}
        await town.store.commit([Decision(Effects(erased=(PersonGone(person),)))], town.clock.now())
        told = Send(person, FileRefused(media=Media.PHOTO, why=Unwanted.GONE))
        await town.store.keep_file(taken[FileId("f-2")], OPENED, town.clock.now())
        await town.store.refuse_file(taken[FILE], Unwanted.GONE, told, town.clock.now())
        assert await town.rows("file_pieces", file="f-2", place=0, limit=9) == []
        assert await town.rows("file_get", id="f-2") == []

    async def test_a_file_outlives_the_program(self, place: Place) -> None:
        """Fetched yesterday, seen today; claimed yesterday, fetched today."""
        async with place() as town:
            await sent(town)
            await fetched(town)
            await sent(town, FileId("f-2"))
        async with place(seed="again") as town:
            assert await town.store.open_file(FILE) == OPENED
            (file,) = await town.store.take_files(4, town.clock.now())
            assert file.id == "f-2"


def fetch(person: PersonId, file: FileId = FILE) -> Fetch:
    """Want a photo."""
    return Fetch(file, person, Media.PHOTO, "its name")


async def sent(town: Town, file: FileId = FILE) -> PersonId:
    """Have a resident send a photo; return who they are."""
    arrival = await town.arrive(RESIDENT, "new")
    taken = await town.take_one()
    assert taken.arrival.update_id == arrival.update_id
    person = taken.sender.person
    await town.store.commit([Decision(Effects(fetches=(fetch(person, file),)), taken=taken)], town.clock.now())
    return person


async def fetched(town: Town) -> WantedFile:
    """Fetch the file that is wanted."""
    (file,) = await town.store.take_files(4, town.clock.now())
    await town.store.keep_file(file, OPENED, town.clock.now())
    return file


async def kept(town: Town, number: CaseNumber) -> None:
    """Have a case keep the photo."""
    now = town.clock.now().replace(microsecond=0)
    await town.store.commit([Decision(Effects(kept=(Keep(FILE, number, "filed/1", BY_RESIDENT),)))], now)


async def added(town: Town, number: CaseNumber) -> list[tuple[FileAdded, str]]:
    """Return the entries about files of a case, each with its actor."""
    entries = [read(row) async for rows in town.store.read.ledger() for row in rows]
    return [(each.fact, each.actor) for each in entries if isinstance(each.fact, FileAdded) and each.case == number]


async def entered_once(town: Town, number: CaseNumber) -> None:
    """The ledger has the photo, as it is kept."""
    ((fact, actor),) = await added(town, number)
    assert (fact.slot, fact.media, fact.size, actor) == ("filed/1", "image/jpeg", len(CONTENT), BY_RESIDENT)
    assert len(fact.content) == 64
    assert fact.content != sha256(CONTENT).hexdigest()
