"""Files that people send: from Telegram, through the cleaning, into the vault, and out again for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.rules.effect import Send
from bot.rules.file import Media, Unwanted
from bot.rules.identity import FileId, PersonId


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file to fetch; `source` is Telegram's name for it, `attempts` counts this try."""

    id: FileId
    person: PersonId
    media: Media
    source: str
    attempts: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file that a case keeps; `type` and `size` are None while it is being fetched."""

    id: FileId
    slot: str
    media: Media
    type: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A kept file, opened: its real MIME type and its bytes."""

    type: str
    content: bytes


class WrongFile(Exception):
    """Do not keep the file, and tell its sender why."""

    def __init__(self, why: Unwanted) -> None:
        super().__init__(why)
        self.why = why


class FileSource(Protocol):
    """Where files come from."""

    async def fetch(self, source: str, most: int) -> bytes:
        """Fetch a file of at most so many bytes.

        Raises:
            WrongFile: it is larger, or gone.
            DeliverLater: not now.
        """
        ...


class FileCleaner(Protocol):
    """Makes of a file what may be kept."""

    async def clean(self, media: Media, content: bytes) -> OpenedFile:
        """Return the file by its real type, without what it says about its maker; raises WrongFile."""
        ...


class FileStore(Protocol):
    """The part of the store that fetching uses."""

    async def take_files(self, limit: int, now: datetime) -> Sequence[WantedFile]:
        """Claim files to fetch; one that is not settled is wanted again after a while."""
        ...

    async def release_files(self, now: datetime) -> None:
        """Want again at once what an earlier process claimed, where no other process can be at it."""
        ...

    async def keep_file(self, file: WantedFile, opened: OpenedFile, now: datetime) -> None:
        """Seal a fetched file; enter it in the ledger if a case keeps it already. One not wanted any more is let go."""
        ...

    async def postpone_file(self, file: WantedFile, at: datetime) -> None:
        """Try a file again later."""
        ...

    async def refuse_file(self, file: WantedFile, why: Unwanted, told: Send, now: datetime) -> None:
        """Give a file up, and tell its sender."""
        ...

    async def next_file_at(self) -> datetime | None:
        """Return when the next file is to be fetched."""
        ...


class FileOpener(Protocol):
    """Opens what the vault keeps, for whoever was found to be allowed."""

    async def open_file(self, file: FileId) -> OpenedFile:
        """Return a kept file; raises NotFound when it is not there, or no longer."""
        ...
