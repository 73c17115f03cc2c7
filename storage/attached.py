"""Files as a commit writes them down: those to fetch, those that a case keeps from now on, those not wanted after all.

A file has a key of its own. Its row keeps that sealed, under the key of whoever sent it and later of the case that keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from bot.errors import NotFound
from bot.rules.chain import SALT_BYTES
from bot.rules.entry import Entry, FileAdded
from bot.rules.file import Media
from bot.rules.identity import CaseNumber, FileId, PersonId
from storage.case_keys import CaseKeys
from storage.engine import Session, typed
from storage.keyring import Keyring
from storage.rows import stamp
from storage.vault import KEY_BYTES, SEAL_BYTES, DataKey, WrappedKey

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.ports import Randomness
    from bot.rules.effect import Effects, Fetch, Keep
    from storage.batch import Batch

PIECE: Final = 256 * 1024
"""Bytes of a file that are sealed at a time."""


class Secret(msgspec.Struct, frozen=True):
    """What a file's row keeps sealed: its own key, the salt of its commitment, and what Telegram calls it."""

    key: bytes
    salt: bytes
    source: str


@dataclass(frozen=True, slots=True)
class Attaching:
    """The files of one decision being written."""

    session: Session
    keyring: Keyring
    randomness: Randomness
    batch: Batch
    keys: CaseKeys
    now: datetime

    async def put(self, effects: Effects) -> Sequence[Entry]:
        """Write them; return the entries of files that were fetched before a case keeps them."""
        secrets = {fetch.file: await self._fetch(fetch) for fetch in effects.fetches}
        kept = [await self._keep(keep, secrets.get(keep.file)) for keep in effects.kept]
        for drop in effects.dropped:
            self.batch.add("file_drop", {"id": drop.file, "person": drop.person})
            self.batch.add("file_drop_content", {"id": drop.file})
        return [entry for entry in kept if entry is not None]

    async def _fetch(self, fetch: Fetch) -> Secret:
        secret = Secret(self.randomness.bytes(KEY_BYTES), self.randomness.bytes(SALT_BYTES), fetch.source)
        key = await self.keyring.of_person(self.session, fetch.person)
        self.batch.add(
            "file_put",
            {
                "id": fetch.file,
                "person": fetch.person,
                "media": fetch.media,
                "secret": sealed_secret(key, fetch.file, secret),
                "now": stamp(self.now),
            },
        )
        return secret

    async def _keep(self, keep: Keep, secret: Secret | None) -> Entry | None:
        type_ = size = content = None
        if secret is None:
            try:
                row, secret = await opened_file(self.session, self.keyring, keep.file)
            except NotFound:
                return None  # given up or dropped meanwhile
            if row.number is not None:
                return None  # kept already
            type_, size, content = row.type, row.size, row.content
        key = await self.keys.of(keep.case)
        of = {"id": keep.file, "number": keep.case, "slot": keep.slot, "actor": keep.actor}
        self.batch.add("file_keep", {**of, "secret": sealed_secret(key, keep.file, secret), "type": type_ or ""})
        if type_ is None or size is None or content is None:
            return None
        fact = FileAdded(slot=keep.slot, media=type_, size=size, content=content)
        return Entry(at=self.now.replace(microsecond=0), actor=keep.actor, case=keep.case, fact=fact)


def sealed_size(size: int) -> int:
    """Say in how many bytes the pieces of a file of `size` bytes lie sealed."""
    return size + -(-size // PIECE) * SEAL_BYTES


class FileColumns(NamedTuple):
    """The columns of `file_get`.

    A draft's file has no number, slot and actor yet; one that is not fetched has no type, size and content.
    """

    id: FileId
    person: PersonId
    number: CaseNumber | None
    slot: str | None
    actor: str | None
    media: Media
    secret: bytes
    type: str | None
    size: int | None
    content: str | None
    owner: str
    master_version: int
    wrapped: bytes


async def opened_file(session: Session, keyring: Keyring, file: FileId) -> tuple[FileColumns, Secret]:
    """Return a file's row and its secret.

    Raises:
        NotFound: there is no such file, or its owner's key is gone.
        KeyLost: the key at hand does not open it.
    """
    rows = await session.rows("file_get", {"id": file})
    if not rows:
        raise NotFound
    (row,) = typed(rows, FileColumns)
    key = keyring.vault.unwrap(WrappedKey(row.owner, row.master_version, row.wrapped))
    return row, opened_secret(key, file, row.secret)


async def file_piece(session: Session, file: FileId, place: int) -> bytes | None:
    """Return a sealed piece of a file by its place, from 0; None behind the last."""
    rows = await session.rows("file_pieces", {"file": file, "place": place, "limit": 1})
    return next((body for _, body in typed(rows, tuple[int, bytes])), None)


def opened_secret(key: DataKey, file: FileId, sealed: bytes) -> Secret:
    """Open what a file's row keeps sealed; raises KeyLost."""
    return msgspec.json.decode(key.open(sealed, f"file/{file}"), type=Secret)


def sealed_secret(key: DataKey, file: FileId, secret: Secret) -> bytes:
    """Seal what a file's row keeps sealed under a key of whoever holds it."""
    return key.seal(msgspec.json.encode(secret), f"file/{file}")
