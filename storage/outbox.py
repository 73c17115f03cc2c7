"""Letters between commit and courier: taken in order, marked before they are sent, their fate written down.

Of one person's letters at most one whose repetition would show is on its way: after a crash no more can come twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

import msgspec

from bot.errors import KeyLost
from bot.ports import Anew, Failed, Fate, Letter, Moved, Postponed, Randomness, Sent
from bot.rules.courtesy import AWAKE_FOR
from bot.rules.due import TellUnreachable, climbed
from bot.rules.effect import Told
from bot.rules.entry import CLOCK, Entry, ReminderTold
from bot.rules.identity import Language, PersonId
from bot.rules.message import Hearing, Message, is_asked_again, is_for_role
from storage.batch import Batch
from storage.commit import append, due_parameters, project_reminder, unplaced
from storage.engine import Claim, Engine, Parameters, Session, typed
from storage.insist import insist
from storage.keyring import Keyring
from storage.letters import ids_of, letter_claim, one_unrepeatable_each
from storage.rows import moment_or_none, stamp

UNREADABLE: Final = "unreadable"
READ_MESSAGE: Final[msgspec.json.Decoder[Message]] = msgspec.json.Decoder(Message)
"""Made once: what reads a union of so many kinds takes longer to make than to use."""
ROLE_ENDED: Final = "role ended"


class Outbox:
    """The letters of one store."""

    def __init__(self, engine: Engine, keyring: Keyring, randomness: Randomness) -> None:
        self._engine = engine
        self._keyring = keyring
        self._randomness = randomness

    async def take(self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them.

        One that cannot be opened (its kind is of another version, its key is gone) is given up here: it stops no other. So
        is one for a role that its reader has lost since: a role ends at once. What can be asked for again and was being sent
        when the program ended is put by until its reader writes.
        """
        wanted: Parameters = {
            "now": stamp(now),
            "awake_since": stamp(now - AWAKE_FOR),
            "limit": limit,
            "notices": notices,
            "busy": msgspec.json.encode(sorted(busy)).decode(),
            **letter_claim(self._engine, now),
        }
        letters: tuple[Letter, ...] = ()
        while not letters:
            if self._engine.holder and not await self._engine.look("outbox_any", wanted):
                break  # where several share it, a look holds up nobody, and there is mostly nothing
            async with self._engine.claiming(Claim.LETTERS) as session:
                rows = typed(await session.rows("outbox_ready", wanted), ReadyColumns)
            if not rows:
                break
            opened = [self._opened(row) for row in rows]
            pairs = list(zip(rows, opened, strict=True))
            put_by = {row.id for row, letter in pairs if letter is not None and _waits(letter, row)}
            lost = {row.id for row, letter in pairs if letter is not None and _has_lost(letter, row)}
            letters = one_unrepeatable_each([each for each in opened if each is not None and each.id not in put_by | lost])
            batch = Batch()
            for row, letter in pairs:
                if letter is None or letter.id in lost:
                    self._fail(batch, row.id, read_tells(row.tells), UNREADABLE if letter is None else ROLE_ENDED, now)
                elif letter.id in put_by:
                    self._postpone(batch, Postponed(letter, now, is_ambiguous=True, awaits_contact=True), now)
            if letters:
                batch.add("outbox_try", {"ids": ids_of(letters), "now": stamp(now)})
            await insist(partial(self._write, batch))
        return letters

    async def sharers(self) -> int:
        """Count the living processes that share the outbox."""
        ((count,),) = typed(await self._engine.look("holders_present", {}), tuple[int])
        return max(1, count)

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Write down what became of letters, once; to someone who cannot be reached nothing else is sent either."""
        await insist(partial(self._settle, results, now))

    async def _settle(self, results: Sequence[Fate], now: datetime) -> None:
        async with self._engine.noting() as session:  # what is forgotten is sent once more, like any letter in doubt
            ids = msgspec.json.encode([result.letter.id for result in results]).decode()
            unsettled = {row[0] for row in await session.rows("outbox_unsettled", {"ids": ids})}
            results = [await self._followed(session, each) for each in results if each.letter.id in unsettled]
            batch = self._fates(results, now)
            settled = {result.letter.id for result in results}
            for result in results:
                if isinstance(result, Failed) and result.is_unreachable:
                    batch.add("person_unreachable", {"id": result.letter.person, "now": stamp(now)})
                    task = msgspec.json.encode(TellUnreachable(person=result.letter.person)).decode()
                    batch.add("due_put", {"key": f"unreachable/{result.letter.person}", "at": stamp(now), "task": task})
                    rows = await session.rows("outbox_of_person", {"person": result.letter.person})
                    for id_, tells in typed(rows, tuple[int, str | None]):
                        if id_ not in settled:
                            settled.add(id_)
                            self._fail(batch, id_, read_tells(tells), result.reason, now)
            await _write(session, batch)

    async def _write(self, batch: Batch) -> None:
        async with self._engine.writing() as session:
            await _write(session, batch)

    def _fates(self, results: Sequence[Fate], now: datetime) -> Batch:
        batch = Batch()
        batch.rows["anchor_put"] = []  # first, while it can be seen of each letter whether it still has its name
        if sent := [result.letter for result in results if isinstance(result, Sent)]:
            batch.add("outbox_sent", {"ids": ids_of(sent)})
        for result in results:
            letter = result.letter
            match result:
                case Sent(message_id=message_id, next_notice_at=next_notice_at):
                    if next_notice_at is not None:
                        batch.add("person_noticed", {"id": letter.person, "at": stamp(next_notice_at)})
                    if letter.anchor is not None and message_id is not None:
                        batch.rows["anchor_put"].append({"id": letter.id, "message_id": message_id})
                    self._enter(batch, letter.tells, now, was_told=True)
                case Postponed():
                    self._postpone(batch, result, now)
                case Moved():
                    self._postpone(batch, Postponed(letter, now, is_ambiguous=letter.was_tried), now)
                case Anew():
                    batch.add("anchor_gone", {"id": letter.id, "message_id": letter.message_id})
                    batch.add("outbox_anew", {"id": letter.id})
                case Failed(reason=reason):
                    self._fail(batch, letter.id, letter.tells, reason, now)
        return batch

    async def _followed(self, session: Session, fate: Fate) -> Fate:
        """Follow a chat to its new number; one that somebody else is known by cannot be followed."""
        if isinstance(fate, Moved) and not await self._move(session, fate):
            return Failed(fate.letter, "chat migrated", is_unreachable=True)
        return fate

    def _postpone(self, batch: Batch, result: Postponed, now: datetime) -> None:
        batch.add(
            "outbox_postpone",
            {
                "id": result.letter.id,
                "ready_at": stamp(result.ready_at),
                "tried_at": stamp(now) if result.is_ambiguous else None,
                "parts": result.parts or result.letter.parts,
                "contact": int(result.awaits_contact),
            },
        )

    async def _move(self, session: Session, moved: Moved) -> bool:
        """Write down under which number a chat is to be found from now on; say whether it is nobody else's."""
        letter, before, after = (
            moved.letter,
            self._keyring.chat_key(moved.letter.chat_id),
            self._keyring.chat_key(moved.chat_id),
        )
        if any(row[0] != letter.person for row in await session.rows("person_of_chat", {"chat_key": after})):
            return False
        key = await self._keyring.of_person(session, letter.person)
        sealed = key.seal(str(moved.chat_id).encode(), "chat")
        await session.run("chat_moved", [{"id": letter.person, "chat": sealed, "chat_key": after}])
        await session.run("inbox_moved", [{"chat_key": after, "before": before}])
        return True

    async def next_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready, of those that are not ready at `after`."""
        async with self._engine.glancing() as session:
            ((at,),) = typed(await session.rows("outbox_next", {"after": stamp(after)}), tuple[int | None])
        return moment_or_none(at)

    def _fail(self, batch: Batch, id_: int, tells: tuple[Told, ...], reason: str, now: datetime) -> None:
        batch.add("outbox_fail", {"id": id_, "now": stamp(now), "reason": reason})
        self._enter(batch, tells, now, was_told=False)

    def _enter(self, batch: Batch, tells: tuple[Told, ...], now: datetime, *, was_told: bool) -> None:
        """Enter for each reminder that a letter carried whether it was told; one that was not goes to those above."""
        for told in tells:
            above = None if was_told else climbed(told.case, told.round, told.stage, told.role, now)
            if above is not None:
                batch.add("due_put", due_parameters(above))
            fact = ReminderTold(round=told.round, stage=told.stage, staff=told.staff, was_told=was_told)
            entry = Entry(at=now.replace(microsecond=0), actor=CLOCK, case=told.case, fact=fact)
            project_reminder(batch, entry)
            batch.entries.append(unplaced(entry, self._randomness))

    def _opened(self, row: ReadyColumns) -> Letter | None:
        try:
            key = self._keyring.of_row(row.person, row.master_version, row.wrapped)
            chat_id = int(key.open(row.chat, "chat"))
            message = READ_MESSAGE.decode(key.open(row.body, "outbox"))
        except (KeyLost, msgspec.DecodeError):
            return None
        return Letter(
            id=row.id,
            person=row.person,
            chat_id=chat_id,
            language=row.language,
            priority=row.priority,
            message=message,
            anchor=row.anchor,
            message_id=row.replaces if row.replaces is not None else row.message_id,
            tells=read_tells(row.tells),
            attempts=row.attempts,
            was_tried=row.tried_at is not None,
            cause=row.cause,
            asked_at=moment_or_none(row.asked_at),
            parts=row.parts,
            hearing=row.hearing,
            is_beside=bool(row.beside),
            notice_at=moment_or_none(row.notice_at or None),
        )


class ReadyColumns(NamedTuple):
    """The columns of `outbox_ready`.

    Attributes:
        message_id: what was sent under its anchor last.
        has_written: whether its reader has written since it was put by.
        has_ended: whether its reader has lost a role since it was written, or has none any more.
        notice_at: when its chat may get its next notice.
    """

    id: int
    person: PersonId
    priority: int
    body: bytes
    anchor: str | None
    replaces: int | None
    tells: str | None
    attempts: int
    tried_at: int | None
    chat: bytes
    language: Language | None
    master_version: int
    wrapped: bytes
    message_id: int | None
    cause: int | None
    asked_at: int | None
    parts: int
    has_written: int
    has_ended: int | bool
    hearing: Hearing
    beside: int
    notice_at: int | None


def _waits(letter: Letter, row: ReadyColumns) -> bool:
    """Say whether a letter may have been sent before the program ended, and can be asked for again."""
    return letter.was_tried and not letter.is_repeatable and is_asked_again(letter.message) and not row.has_written


def _has_lost(letter: Letter, row: ReadyColumns) -> bool:
    """Say whether a letter speaks to an official of what is no longer theirs to read."""
    return bool(row.has_ended) and is_for_role(letter.message)


def read_tells(column: str | None) -> tuple[Told, ...]:
    """Read the reminders that a letter carries."""
    return msgspec.json.decode(column, type=tuple[Told, ...]) if column else ()


async def _write(session: Session, batch: Batch) -> None:
    for statement, parameters in batch.rows.items():
        await session.run(statement, parameters)
    await append(session, batch.entries)
