"""The store: inbox, outbox, ledger, cases and vault over one engine. It applies what was decided; it never decides.

Make it with `open_store`, which migrates first. A store that was opened for reading refuses to write in the database itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from bot.ports import Arrival, Decision, Failed, Letter, Postponed, Randomness, Sender, Sent, Taken
from bot.rules.chain import LedgerRow
from bot.rules.dialog import Dialog, Idle
from bot.rules.due import Due, DueTask
from bot.rules.effect import Effects, Told
from bot.rules.entry import CLOCK, SYSTEM, Entry, Invited, ReminderTold
from bot.rules.identity import Language, PersonId, TownshipId, UpdateId
from bot.rules.message import Message
from bot.rules.staff import Invitation, Staff
from storage.commit import Batch, append, commit, project_reminder, unplaced
from storage.engine import Engine, Parameters, Row, Value
from storage.keyring import Keyring, open_keyring
from storage.reader import StoreReader
from storage.rows import moment, moment_or_none, read_roles, stamp
from storage.vault import Vault

INBOX_KEPT: Final = timedelta(days=30)
"""How long the numbers of handled updates are kept, so that a repeat is known (design.md section 3.1)."""

PERSON_ID_BYTES: Final = 10


class Store:
    """Everything the workers write to."""

    def __init__(self, engine: Engine, keyring: Keyring, randomness: Randomness) -> None:
        self._engine = engine
        self._keyring = keyring
        self._randomness = randomness
        self.read = StoreReader(engine, keyring)

    async def close(self) -> None:
        """Give the database back."""
        await self._engine.close()

    # ── Inbox ────────────────────────────────────────────────────────────────

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Put updates on disk; return how many were new."""
        rows: list[Parameters] = [
            {
                "update_id": arrival.update_id,
                "chat_key": self._keyring.chat_key(arrival.chat_id),
                "body": self._keyring.transit.seal(_packed(arrival), f"inbox/{arrival.update_id}"),
                "received_at": stamp(now),
            }
            for arrival in arrivals
        ]
        async with self._engine.writing() as session:
            return await session.run("inbox_put", rows)

    async def take_updates(self, limit: int, now: datetime) -> Sequence[Taken]:  # noqa: ARG002 (a lease needs the time)
        """Return the oldest unhandled update of each chat, at most `limit`, with their senders."""
        async with self._engine.reading() as session:
            rows = await session.rows("inbox_take", {"limit": limit})
            persons = [str(row[6]) for row in rows if row[6] is not None]
            staff = (
                await session.rows("staff_of_persons", {"persons": msgspec.json.encode(persons).decode()}) if persons else ()
            )
        roles = read_roles(staff)
        return [self._taken(row, roles) for row in rows]

    async def forget_old_updates(self, now: datetime) -> int:
        """Drop the numbers of updates handled long ago; return how many."""
        async with self._engine.writing() as session:
            return await session.run("inbox_forget", [{"before": stamp(now - INBOX_KEPT)}])

    def _taken(self, row: Row, roles: Mapping[PersonId, tuple[Staff, ...]]) -> Taken:
        seq, update_id, body, received_at, attempts, _, *person = row
        update = UpdateId(int(update_id))  # type: ignore[arg-type]  # STRICT columns
        opened = self._keyring.transit.open(bytes(body), f"inbox/{update}")  # type: ignore[arg-type]  # a BLOB column
        return Taken(
            arrival=_unpacked(update, opened),
            seq=int(seq or 0),
            received_at=moment(int(received_at or 0)),
            attempts=int(attempts or 0),
            sender=self._sender(person, roles),
        )

    def _sender(self, columns: Sequence[Value], roles: Mapping[PersonId, tuple[Staff, ...]]) -> Sender:
        person_id, language, township, master_version, wrapped, state = columns
        if person_id is None:
            drawn = PersonId(f"p-{self._randomness.bytes(PERSON_ID_BYTES).hex()}")
            return Sender(drawn, is_new=True, language=None, township=None, dialog=Idle(), roles=())
        person = PersonId(str(person_id))
        key = self._keyring.of_row(person, int(master_version or 0), bytes(wrapped))  # type: ignore[arg-type]  # STRICT columns
        dialog: Dialog = Idle()
        if state is not None:
            dialog = msgspec.json.decode(key.open(bytes(state), "dialog"), type=Dialog)  # type: ignore[arg-type]  # a BLOB column
        return Sender(
            person=person,
            is_new=False,
            language=Language(str(language)) if language else None,
            township=TownshipId(str(township)) if township else None,
            dialog=dialog,
            roles=roles.get(person, ()),
        )

    # ── Decisions ────────────────────────────────────────────────────────────

    async def commit(self, decisions: Sequence[Decision], now: datetime) -> None:
        """Make all of it true in one transaction, or none of it; raises Conflict."""
        async with self._engine.writing() as session:
            await commit(session, self._keyring, self._randomness, decisions, now)

    async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
        """Return what is due, earliest first."""
        async with self._engine.reading() as session:
            rows = await session.rows("due_take", {"now": stamp(now), "limit": limit})
        return [
            Due(key=str(key), at=moment(int(at or 0)), task=msgspec.json.decode(str(task), type=DueTask))
            for key, at, task in rows
        ]

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
        async with self._engine.writing() as session:
            await session.run("due_postpone", [{"key": due.key, "at": stamp(at)}])

    async def next_due_at(self) -> datetime | None:
        """Return the moment of the earliest due thing."""
        async with self._engine.reading() as session:
            (row,) = await session.rows("due_next", {})
        return moment_or_none(None if row[0] is None else int(row[0]))

    async def invite(self, invitation: Invitation, now: datetime) -> None:
        """Keep a one-time link that the command line made, and enter it in the ledger."""
        fact = Invited(role=invitation.role, unit=invitation.unit, township=invitation.township)
        entry = Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=fact)
        async with self._engine.writing() as session:
            decision = Decision(Effects(entries=(entry,), invited=(invitation,)))
            await commit(session, self._keyring, self._randomness, [decision], now)

    async def remember(self, name: str, value: str) -> None:
        """Remember a fact about the store."""
        async with self._engine.writing() as session:
            await session.run("meta_put", [{"name": name, "value": value}])

    async def pending(self, now: datetime) -> int:
        """Count what could be done right now: updates, due things, letters."""
        async with self._engine.reading() as session:
            (row,) = await session.rows("path_pending", {"now": stamp(now)})
        return int(row[0] or 0)

    # ── Outbox ───────────────────────────────────────────────────────────────

    async def take_letters(self, limit: int, busy: frozenset[PersonId], now: datetime) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them, in order for each person, leaving out `busy` ones."""
        async with self._engine.reading() as session:
            rows = await session.rows("outbox_ready", {"now": stamp(now), "limit": limit + len(busy)})
        letters = [self._letter(row) for row in rows if row[1] not in busy][:limit]
        if letters:
            async with self._engine.writing() as session:
                await session.run("outbox_try", [{"id": letter.id, "now": stamp(now)} for letter in letters])
        return letters

    async def settle(self, results: Sequence[Sent | Postponed | Failed], now: datetime) -> None:
        """Write down what became of letters, with the entries that reminders call for."""
        batch = Batch()
        entries: list[LedgerRow] = []
        for result in results:
            letter = result.letter
            match result:
                case Sent(message_id=message_id):
                    batch.add("outbox_sent", {"id": letter.id})
                    if letter.anchor is not None and message_id is not None:
                        of = {"person": letter.person, "anchor": letter.anchor}
                        batch.add("anchor_put", {**of, "message_id": message_id})
                    entries += self._told(batch, letter, now, was_told=True)
                case Postponed(ready_at=ready_at, is_ambiguous=is_ambiguous):
                    tried_at = stamp(now) if is_ambiguous else None
                    batch.add("outbox_postpone", {"id": letter.id, "ready_at": stamp(ready_at), "tried_at": tried_at})
                case Failed(reason=reason, is_unreachable=is_unreachable):
                    batch.add("outbox_fail", {"id": letter.id, "now": stamp(now), "reason": reason})
                    if is_unreachable:
                        batch.add("person_unreachable", {"id": letter.person, "now": stamp(now)})
                    entries += self._told(batch, letter, now, was_told=False)
        async with self._engine.writing() as session:
            for statement, parameters in batch.rows.items():
                await session.run(statement, parameters)
            await append(session, entries)

    async def next_letter_at(self) -> datetime | None:
        """Return when the next waiting letter becomes ready."""
        async with self._engine.reading() as session:
            (row,) = await session.rows("outbox_next", {})
        return moment_or_none(None if row[0] is None else int(row[0]))

    def _told(self, batch: Batch, letter: Letter, now: datetime, *, was_told: bool) -> list[LedgerRow]:
        entries = [
            Entry(
                at=now.replace(microsecond=0),
                actor=CLOCK,
                case=told.case,
                fact=ReminderTold(round=told.round, stage=told.stage, staff=told.staff, was_told=was_told),
            )
            for told in letter.tells
        ]
        for entry in entries:
            project_reminder(batch, entry)
        return [unplaced(entry, self._randomness) for entry in entries]

    def _letter(self, row: Row) -> Letter:
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
        ) = row
        person = PersonId(str(person_id))
        key = self._keyring.of_row(person, int(version or 0), bytes(wrapped))  # type: ignore[arg-type]  # STRICT columns
        known = replaces if replaces is not None else sent
        return Letter(
            id=int(id_ or 0),
            person=person,
            chat_id=int(key.open(bytes(chat), "chat")),  # type: ignore[arg-type]  # a BLOB column
            language=Language(str(language)) if language else None,
            priority=int(priority or 0),
            message=msgspec.json.decode(key.open(bytes(body), "outbox"), type=Message),  # type: ignore[arg-type]  # a BLOB column
            anchor=str(anchor) if anchor else None,
            message_id=None if known is None else int(known),
            tells=msgspec.json.decode(str(tells), type=tuple[Told, ...]) if tells else (),
            attempts=int(attempts or 0),
            was_tried=tried_at is not None,
        )


async def open_store(engine: Engine, vault: Vault, randomness: Randomness) -> Store:
    """Open the store over a migrated database.

    Raises:
        KeyLost: the master key at hand is not the one this database was sealed under.
    """
    async with engine.writing() as session:
        keyring = await open_keyring(session, vault)
    return Store(engine, keyring, randomness)


def _packed(arrival: Arrival) -> bytes:
    return str(arrival.chat_id).encode() + b"\n" + arrival.body


def _unpacked(update: UpdateId, packed: bytes) -> Arrival:
    chat_id, body = packed.split(b"\n", 1)
    return Arrival(update, int(chat_id), body)
