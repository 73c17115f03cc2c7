"""Files in the vault: a key for each, sealed under its person's key and later under its case's; content sealed in pieces.

A case that keeps a file and a file that is fetched may come in either order: whichever is second enters the file in the
ledger, in the same transaction. Destroying a case's key makes its files unreadable with its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

from bot.errors import Conflict, KeyLost, NotFound
from bot.ports import Randomness
from bot.ports.files import OpenedFile, WantedFile
from bot.rules.effect import Send
from bot.rules.entry import Entry, FileAdded
from bot.rules.file import Media, Unwanted, file_commitment
from bot.rules.identity import CaseNumber, FileId, PersonId
from bot.rules.project import is_milestone
from storage.attached import PIECE, opened_file
from storage.batch import Batch
from storage.commit import append, unplaced
from storage.engine import Engine, Parameters, Session, blob
from storage.insist import insist
from storage.keyring import Keyring
from storage.letters import Occasion, put_letter
from storage.projects import pictured
from storage.rows import moment_or_none, stamp
from storage.vault import DataKey

FILE_HELD: Final = timedelta(minutes=2)
"""How long a file stays with a process that claimed it."""


class Files:
    """The files of one store."""

    def __init__(self, engine: Engine, keyring: Keyring, randomness: Randomness) -> None:
        self._engine = engine
        self._keyring = keyring
        self._randomness = randomness

    async def take(self, limit: int, now: datetime) -> Sequence[WantedFile]:
        """Claim files to fetch; one whose key is gone is given up here."""
        if not await self._engine.look("files_wanted", {"now": stamp(now), "limit": 1}):
            return []
        return await insist(partial(self._take, limit, now))

    async def _take(self, limit: int, now: datetime) -> Sequence[WantedFile]:
        taken: list[WantedFile] = []
        async with self._engine.writing() as session:
            for id_, ready_at in await session.rows("files_wanted", {"now": stamp(now), "limit": limit}):
                claim: Parameters = {"id": id_, "ready_at": ready_at, "until": stamp(now + FILE_HELD)}
                if not await session.run("file_claim", [claim]):
                    continue
                file = await self._wanted(session, FileId(str(id_)))
                if file is None:
                    await session.run("file_fail", [{"id": id_, "now": stamp(now), "reason": Unwanted.GONE}])
                else:
                    taken.append(file)
        return taken

    async def _wanted(self, session: Session, file: FileId) -> WantedFile | None:
        (tried,) = await session.rows("file_attempts", {"id": file})
        try:
            row, secret = await opened_file(session, self._keyring, file)
        except (KeyLost, NotFound):
            return None
        return WantedFile(file, PersonId(str(row[1])), Media(str(row[5])), secret.source, int(tried[0] or 0))

    async def release(self, now: datetime) -> None:
        """Want at once whatever is still to be fetched."""
        async with self._engine.writing() as session:
            await session.run("files_release", [{"now": stamp(now)}])

    async def keep(self, file: WantedFile, opened: OpenedFile, now: datetime) -> None:
        """Seal a fetched file; enter it in the ledger if a case keeps it already."""
        await insist(partial(self._keep, file, opened, now))

    async def _keep(self, file: WantedFile, opened: OpenedFile, now: datetime) -> None:
        async with self._engine.writing() as session:
            try:
                row, secret = await opened_file(session, self._keyring, file.id)
            except (KeyLost, NotFound):
                return  # not wanted any more
            if row[7] is not None:
                return  # another process was first
            number, slot, actor = row[2], row[3], row[4]
            content = file_commitment(secret.salt, sha256(opened.content).digest())
            size = len(opened.content)
            of: Parameters = {
                "id": file.id,
                "type": opened.type,
                "size": size,
                "content": content,
                "number": number or "",
                "slot": slot or "",
            }
            if not await session.run("file_done", [of]):
                raise Conflict
            key = DataKey(f"file:{file.id}", secret.key, self._randomness)
            for place, start in enumerate(range(0, size, PIECE)):
                body = key.seal(opened.content[start : start + PIECE], f"piece/{place}")
                await session.run("file_piece_put", [{"file": file.id, "place": place, "body": body}])
            if number is not None:
                fact = FileAdded(slot=str(slot), media=opened.type, size=size, content=content)
                entry = Entry(at=now.replace(microsecond=0), actor=str(actor), case=CaseNumber(str(number)), fact=fact)
                await append(session, [unplaced(entry, self._randomness)])
            elif slot is not None:
                by = str(actor)
                entry = pictured(PersonId(str(row[1])), str(slot), opened.type, size, content, by, now)
                await append(session, [unplaced(entry, self._randomness)])

    async def postpone(self, file: WantedFile, at: datetime) -> None:
        """Try a file again later."""
        async with self._engine.writing() as session:
            await session.run("file_postpone", [{"id": file.id, "ready_at": stamp(at)}])

    async def refuse(self, file: WantedFile, why: Unwanted, told: Send, now: datetime) -> None:
        """Give a file up, and tell its sender."""
        batch = Batch()
        async with self._engine.writing() as session:
            failed = await session.run("file_fail", [{"id": file.id, "now": stamp(now), "reason": why}])
            if failed and not is_milestone(file.person):
                with suppress(KeyLost):  # erased meanwhile: there is nobody to tell
                    await put_letter(session, self._keyring, batch, told, Occasion(now, "", None))
                for statement, parameters in batch.rows.items():
                    await session.run(statement, parameters)

    async def next_at(self) -> datetime | None:
        """Return when the next file is to be fetched."""
        async with self._engine.glancing() as session:
            (row,) = await session.rows("files_next", {})
        return moment_or_none(None if row[0] is None else int(row[0]))

    async def open(self, file: FileId) -> OpenedFile:
        """Return a kept file; raises NotFound when it is not there, or no longer."""
        async with self._engine.reading() as session:
            try:
                row, secret = await opened_file(session, self._keyring, file)
                type_, size = row[7], row[8]
                if type_ is None:
                    raise NotFound
                key = DataKey(f"file:{file}", secret.key, self._randomness)
                content, place = bytearray(), 0
                while len(content) < int(size or 0):
                    pieces = await session.rows("file_pieces", {"file": file, "place": place, "limit": 1})
                    if not pieces:
                        raise NotFound
                    content += key.open(blob(pieces[0][1]), f"piece/{place}")
                    place += 1
            except KeyLost:
                raise NotFound from None
        return OpenedFile(str(type_), bytes(content))
