"""Letters between commit and courier: taken in order, marked before they are sent, their fate written down.

Of one person's letters at most one whose repetition would show is on its way: after a crash no more can come twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

import msgspec

from bot.errors import KeyLost
from bot.ports import Failed, Letter, Postponed, Randomness, Sent
from bot.rules.courtesy import AWAKE_FOR
from bot.rules.effect import Told
from bot.rules.entry import CLOCK, Entry, ReminderTold
from bot.rules.identity import Language, PersonId
from bot.rules.message import Message
from storage.batch import Batch
from storage.commit import append, project_reminder, unplaced
from storage.engine import Engine, Parameters, Row, Session, Value
from storage.insist import insist
from storage.keyring import Keyring
from storage.letters import letter_claim, one_unrepeatable_each
from storage.rows import moment_or_none, stamp

UNREADABLE: Final = "unreadable"


class Outbox:
    """The letters of one store."""

    def __init__(self, engine: Engine, keyring: Keyring, randomness: Randomness) -> None:
        self._engine = engine
        self._keyring = keyring
        self._randomness = randomness

    async def take(self, limit: int, busy: frozenset[PersonId], now: datetime) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them.

        One that cannot be opened (its kind is of another version, its key is gone) is given up here: it stops no other.
        """
        wanted: Parameters = {
            "now": stamp(now),
            "awake_since": stamp(now - AWAKE_FOR),
            "limit": limit,
            "busy": msgspec.json.encode(sorted(busy)).decode(),
            **letter_claim(self._engine, now),
        }
        letters: tuple[Letter, ...] = ()
        while not letters:
            async with self._engine.claiming() as session:
                rows = await session.rows("outbox_ready", wanted)
            if not rows:
                break
            opened = [self._opened(row) for row in rows]
            letters = one_unrepeatable_each([letter for letter in opened if letter is not None])
            batch = Batch()
            for row, letter in zip(rows, opened, strict=True):
                if letter is None:
                    self._fail(batch, row[0], read_tells(row[6]), UNREADABLE, now)
            for chosen in letters:
                batch.add("outbox_try", {"id": chosen.id, "now": stamp(now)})
            await insist(partial(self._write, batch))
        return letters

    async def settle(self, results: Sequence[Sent | Postponed | Failed], now: datetime) -> None:
        """Write down what became of letters, once; to someone who cannot be reached nothing else is sent either."""
        await insist(partial(self._settle, results, now))

    async def _settle(self, results: Sequence[Sent | Postponed | Failed], now: datetime) -> None:
        async with self._engine.noting() as session:  # what is forgotten is sent once more, like any letter in doubt
            ids = msgspec.json.encode([result.letter.id for result in results]).decode()
            unsettled = {row[0] for row in await session.rows("outbox_unsettled", {"ids": ids})}
            results = [result for result in results if result.letter.id in unsettled]
            batch = self._fates(results, now)
            settled = {result.letter.id for result in results}
            for result in results:
                if isinstance(result, Failed) and result.is_unreachable:
                    batch.add("person_unreachable", {"id": result.letter.person, "now": stamp(now)})
                    for id_, tells in await session.rows("outbox_of_person", {"person": result.letter.person}):
                        if id_ not in settled:
                            settled.add(int(id_ or 0))
                            self._fail(batch, id_, read_tells(tells), result.reason, now)
            await _write(session, batch)

    async def _write(self, batch: Batch) -> None:
        async with self._engine.writing() as session:
            await _write(session, batch)

    def _fates(self, results: Sequence[Sent | Postponed | Failed], now: datetime) -> Batch:
        batch = Batch()
        batch.rows["anchor_put"] = []  # first, while it can be seen of each letter whether it still has its name
        for result in results:
            letter = result.letter
            match result:
                case Sent(message_id=message_id):
                    if letter.anchor is not None and message_id is not None:
                        batch.rows["anchor_put"].append({"id": letter.id, "message_id": message_id})
                    batch.add("outbox_sent", {"id": letter.id})
                    self._enter(batch, letter.tells, now, was_told=True)
                case Postponed(ready_at=ready_at, is_ambiguous=is_ambiguous):
                    tried_at = stamp(now) if is_ambiguous else None
                    batch.add("outbox_postpone", {"id": letter.id, "ready_at": stamp(ready_at), "tried_at": tried_at})
                case Failed(reason=reason):
                    self._fail(batch, letter.id, letter.tells, reason, now)
        return batch

    async def next_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready, of those that are not ready at `after`."""
        async with self._engine.glancing() as session:
            (row,) = await session.rows("outbox_next", {"after": stamp(after)})
        return moment_or_none(None if row[0] is None else int(row[0]))

    def _fail(self, batch: Batch, id_: Value, tells: tuple[Told, ...], reason: str, now: datetime) -> None:
        batch.add("outbox_fail", {"id": id_, "now": stamp(now), "reason": reason})
        self._enter(batch, tells, now, was_told=False)

    def _enter(self, batch: Batch, tells: tuple[Told, ...], now: datetime, *, was_told: bool) -> None:
        """Enter for each reminder that a letter carried whether it was told."""
        for told in tells:
            fact = ReminderTold(round=told.round, stage=told.stage, staff=told.staff, was_told=was_told)
            entry = Entry(at=now.replace(microsecond=0), actor=CLOCK, case=told.case, fact=fact)
            project_reminder(batch, entry)
            batch.entries.append(unplaced(entry, self._randomness))

    def _opened(self, row: Row) -> Letter | None:
        (
            id_,
            person_id,
            priority,
            body,
            anchor,
            replaces,
            tells,
            attempts,
            tried_at,
            chat,
            language,
            version,
            wrapped,
            sent,
            cause,
            asked_at,
        ) = row
        person = PersonId(str(person_id))
        known = replaces if replaces is not None else sent
        try:
            key = self._keyring.of_row(person, int(version or 0), bytes(wrapped))  # type: ignore[arg-type]  # STRICT columns
            chat_id = int(key.open(bytes(chat), "chat"))  # type: ignore[arg-type]  # a BLOB column
            message = msgspec.json.decode(key.open(bytes(body), "outbox"), type=Message)  # type: ignore[arg-type]  # a BLOB column
        except (KeyLost, msgspec.DecodeError):
            return None
        return Letter(
            id=int(id_ or 0),
            person=person,
            chat_id=chat_id,
            language=Language(str(language)) if language else None,
            priority=int(priority or 0),
            message=message,
            anchor=str(anchor) if anchor else None,
            message_id=None if known is None else int(known),
            tells=read_tells(tells),
            attempts=int(attempts or 0),
            was_tried=tried_at is not None,
            cause=None if cause is None else int(cause),
            asked_at=moment_or_none(None if asked_at is None else int(asked_at)),
        )


def read_tells(column: Value) -> tuple[Told, ...]:
    """Read the reminders that a letter carries."""
    return msgspec.json.decode(str(column), type=tuple[Told, ...]) if column else ()


async def _write(session: Session, batch: Batch) -> None:
    for statement, parameters in batch.rows.items():
        await session.run(statement, parameters)
    await append(session, batch.entries)
