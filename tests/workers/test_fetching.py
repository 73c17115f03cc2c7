"""Files are fetched one after the other, cleaned and sealed; what is not taken is told, what fails is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.errors import DeliverLater, StorageUnavailable
from bot.ports.files import OpenedFile, WantedFile, WrongFile
from bot.rules.effect import Send
from bot.rules.file import LARGEST, Media, Unwanted
from bot.rules.identity import FileId, PersonId
from bot.rules.message import FileRefused
from bot.workers.bell import Bell
from bot.workers.fetching import TRIES, Fetching
from tests.support.clock import MovableClock

PERSON = PersonId("p-1")


def wanted(name: str, attempts: int = 1) -> WantedFile:
    """Want a photo."""
    return WantedFile(FileId(name), PERSON, Media.PHOTO, f"{name} at Telegram", attempts)


@dataclass
class Shelf:
    """A store of files in memory."""

    waiting: list[WantedFile]
    kept: dict[FileId, OpenedFile] = field(default_factory=dict)
    postponed: dict[FileId, datetime] = field(default_factory=dict)
    refused: list[tuple[FileId, Unwanted, Send]] = field(default_factory=list)
    is_out_of_reach: bool = False

    async def take_files(self, limit: int, now: datetime) -> Sequence[WantedFile]:
        """Hand out what waits."""
        del now
        if self.is_out_of_reach:
            self.is_out_of_reach = False
            raise StorageUnavailable("gone")
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return taken

    async def release_files(self, now: datetime) -> None:
        """Nobody was here before."""
        del now

    async def keep_file(self, file: WantedFile, opened: OpenedFile, now: datetime) -> None:
        """Keep it."""
        del now
        self.kept[file.id] = opened

    async def postpone_file(self, file: WantedFile, at: datetime) -> None:
        """Remember when."""
        self.postponed[file.id] = at

    async def refuse_file(self, file: WantedFile, why: Unwanted, told: Send, now: datetime) -> None:
        """Remember why."""
        del now
        self.refused.append((file.id, why, told))

    async def next_file_at(self) -> datetime | None:
        """Know of nothing later."""
        return None


@dataclass
class Telegram:
    """Files by name; an error instead of one is raised."""

    files: dict[str, bytes | Exception]

    async def fetch(self, source: str, most: int) -> bytes:
        """Return or raise it."""
        assert most == LARGEST
        found = self.files[source]
        if isinstance(found, Exception):
            raise found
        return found


class Soap:
    """Cleans by taking dirt away; what is all dirt is broken."""

    async def clean(self, media: Media, content: bytes) -> OpenedFile:
        """Clean."""
        assert media is Media.PHOTO
        if content == b"dirt":
            raise WrongFile(Unwanted.BROKEN)
        return OpenedFile("image/jpeg", content.replace(b"dirt", b""))


def fetching(shelf: Shelf, clock: MovableClock, **files: bytes | Exception) -> Fetching:
    """Make the loop over these files."""
    telegram = Telegram({f"{name} at Telegram": content for name, content in files.items()})
    return Fetching(shelf, telegram, Soap(), clock, Bell(clock), ())


async def test_what_is_fetched_is_cleaned_and_kept() -> None:
    """In order, until nothing is left."""
    shelf = Shelf([wanted("a"), wanted("b")])
    loop = fetching(shelf, MovableClock(), a=b"dirt and a photo", b=b"another")
    assert await loop.step()
    assert shelf.kept == {
        "a": OpenedFile("image/jpeg", b" and a photo"),
        "b": OpenedFile("image/jpeg", b"another"),
    }
    assert not await loop.step()


@pytest.mark.parametrize("why", list(Unwanted))
async def test_whoever_sent_what_is_not_taken_is_told(why: Unwanted) -> None:
    """And the next file is fetched all the same."""
    shelf = Shelf([wanted("a"), wanted("b")])
    await fetching(shelf, MovableClock(), a=WrongFile(why), b=b"photo").step()
    assert shelf.refused == [("a", why, Send(PERSON, FileRefused(media=Media.PHOTO, why=why)))]
    assert set(shelf.kept) == {"b"}


async def test_a_broken_file_is_told_too() -> None:
    """The cleaning decides as well as Telegram."""
    shelf = Shelf([wanted("a")])
    await fetching(shelf, MovableClock(), a=b"dirt").step()
    assert [why for _, why, _ in shelf.refused] == [Unwanted.BROKEN]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 20), (6, 64), (12, 3600), (39, 3600)])
async def test_what_cannot_be_fetched_now_waits_longer_each_time(attempts: int, seconds: int) -> None:
    """At least as long as Telegram says, at most an hour."""
    shelf, clock = Shelf([wanted("a", attempts)]), MovableClock()
    await fetching(shelf, clock, a=DeliverLater(20, "busy")).step()
    assert shelf.postponed == {"a": clock.now() + timedelta(seconds=seconds)}


async def test_after_forty_tries_it_is_given_up() -> None:
    """Its sender is asked to send it again."""
    shelf = Shelf([wanted("a", TRIES)])
    await fetching(shelf, MovableClock(), a=DeliverLater(20, "busy")).step()
    assert [why for _, why, _ in shelf.refused] == [Unwanted.GONE]


async def test_a_database_out_of_reach_is_waited_for() -> None:
    """The loop goes on, and ends when it is silenced."""
    clock = MovableClock()
    shelf = Shelf([wanted("a")], is_out_of_reach=True)
    own, other = Bell(clock), Bell(clock)
    loop = Fetching(shelf, Telegram({"a at Telegram": b"photo"}), Soap(), clock, own, (other,))
    own.ring()  # somebody wants something already when it comes to wait

    class Silence(Soap):
        async def clean(self, media: Media, content: bytes) -> OpenedFile:
            own.silence()
            return await super().clean(media, content)

    loop._cleaner = Silence()
    await loop.run()
    assert set(shelf.kept) == {"a"}
