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
from bot.rules.file import Unwanted, file_commitment
from bot.rules.identity import FileId
from bot.rules.project import is_milestone
from storage.attached import PIECE, file_piece, opened_file
from storage.batch import Batch
from storage.commit import append, unplaced
from storage.engine import Engine, Parameters, Session, typed
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
            rows = await session.rows("files_wanted", {"now": stamp(now), "limit": limit})
            for id_, ready_at in typed(rows, tuple[FileId, int]):
                claim: Parameters = {"id": id_, "ready_at": ready_at, "until": stamp(now + FILE_HELD)}
                if not await session.run("file_claim", [claim]):
                    continue
                file = await self._wanted(session, id_)
                if file is None:
                    await session.run("file_fail", [{"id": id_, "now": stamp(now), "reason": Unwanted.GONE}])
                else:
                    taken.append(file)
        return taken

    async def _wanted(self, session: Session, file: FileId) -> WantedFile | None:
        ((attempts,),) = typed(await session.rows("file_attempts", {"id": file}), tuple[int])
        try:
            row, secret = await opened_file(session, self._keyring, file)
        except (KeyLost, NotFound):
            return None
        return WantedFile(file, row.person, row.media, secret.source, attempts)

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
            if row.type is not None:
                return  # another process was first
            content = file_commitment(secret.salt, sha256(opened.content).digest())
            size = len(opened.content)
            of: Parameters = {
                "id": file.id,
                "type": opened.type,
                "size": size,
                "content": content,
                "number": row.number or "",
                "slot": row.slot or "",
            }
            if not await session.run("file_done", [of]):
                raise Conflict
            key = DataKey(f"file:{file.id}", secret.key, self._randomness)
            for place, start in enumerate(range(0, size, PIECE)):
                body = key.seal(opened.content[start : start + PIECE], f"piece/{place}")
                await session.run("file_piece_put", [{"file": file.id, "place": place, "body": body}])
            if row.slot is None or row.actor is None:
                return  # a draft's
            if row.number is not None:
                fact = FileAdded(slot=row.slot, media=opened.type, size=size, content=content)
                entry = Entry(at=now.replace(microsecond=0), actor=row.actor, case=row.number, fact=fact)
            else:
                entry = pictured(row.person, row.slot, opened.type, size, content, row.actor, now)
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
            ((at,),) = typed(await session.rows("files_next", {}), tuple[int | None])
        return moment_or_none(at)

    async def open(self, file: FileId) -> OpenedFile:
        """Return a kept file; raises NotFound when it is not there, or no longer."""
        async with self._engine.reading() as session:
            try:
                row, secret = await opened_file(session, self._keyring, file)
                if row.type is None or row.size is None:
                    raise NotFound
                key = DataKey(f"file:{file}", secret.key, self._randomness)
                content, place = bytearray(), 0
                while len(content) < row.size:
                    piece = await file_piece(session, file, place)
                    if piece is None:
                        raise NotFound
                    content += key.open(piece, f"piece/{place}")
                    place += 1
            except KeyLost:
                raise NotFound from None
        return OpenedFile(row.type, bytes(content))
