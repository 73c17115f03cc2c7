"""The store: inbox, outbox, ledger, cases and vault over one engine. It applies what was decided; it never decides.

Make it with `open_store`, which migrates first. A store that was opened for reading refuses to write in the database itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from bot.errors import Conflict, KeyLost
from bot.ports import ANY_NUMBER, Arrival, Decision, Duty, EndedPage, Fate, Letter, Randomness, Sender, Taken
from bot.ports.files import OpenedFile, WantedFile
from bot.rules.courtesy import AWAKE_FOR
from bot.rules.dialog import Dialog, Drafting, Idle, apart
from bot.rules.due import Due, DueTask, RemindStaff
from bot.rules.effect import Effects, Send
from bot.rules.entry import SYSTEM, Entry
from bot.rules.erasure import CaseContent
from bot.rules.file import Unwanted
from bot.rules.identity import FileId, PersonId, UpdateId
from bot.rules.message import Hearing
from bot.rules.staff import Invitation, Staff, invited
from storage.batch import Batch
from storage.case_keys import sealed_in
from storage.commit import append, commit
from storage.engine import Claim, Engine, Parameters, Row, Session, typed
from storage.erasing import ended_page, erase
from storage.files import Files
from storage.insist import insist
from storage.keyring import Keyring, make_keyring
from storage.letters import hand_over, letter_claim
from storage.outbox import Outbox
from storage.reader import StoreReader
from storage.rows import moment, moment_or_none, read_roles, stamp
from storage.senders import read_dialog
from storage.shredder import Shredder
from storage.signing import Signer
from storage.turns import TakenColumns, in_turn
from storage.vault import Vault
from storage.week import WeekEnd, is_weekly, signed_digests, without_digests

INBOX_KEPT: Final = timedelta(days=30)
"""How long the numbers of handled updates are kept, so that a repeat is known (design.md section 3.1)."""

INBOX_SPARED: Final = 10_000
"""How many of the newest numbers are kept, however old they seem: a clock may be a year ahead for a day."""

UPDATE_HELD: Final = timedelta(minutes=1)
DUTY_HELD: Final = timedelta(minutes=2)
"""How long an update, and a duty, stays with a process that lives but does nothing; one that ended has nothing any more."""

PERSON_ID_BYTES: Final = 10


class Store:
    """Everything the workers write to."""

    def __init__(
        self,
        engine: Engine,
        keyring: Keyring,
        randomness: Randomness,
        signer: Signer | None,
        shredder: Shredder,
        left_over: int,
    ) -> None:
        self._left_over = left_over
        self._turn = 0
        self._engine = engine
        self._signer = signer
        self._shredder = shredder
        self._keyring = keyring
        self._randomness = randomness
        self._outbox = Outbox(engine, keyring, randomness)
        self._files = Files(engine, keyring, randomness)
        self.read = StoreReader(engine, keyring, signer)

    @property
    def is_shared(self) -> bool:
        """Say whether other processes may use the database beside this one."""
        return self._engine.holder != 0

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

        async def put() -> int:
            async with self._engine.writing() as session:
                return await session.run("inbox_put", rows)

        return await insist(put)

    async def take_updates(self, limit: int, now: datetime, held: frozenset[int] = frozenset()) -> Sequence[Taken]:
        """Return the oldest unhandled update of each chat, at most `limit`, with their senders; none of `held` chats.

        What lay here when the program started may have ended it: that is counted on disk before it is tried again, together,
        then some at a time, then one by one, so that whatever does it is found out and the others are not taken for it.
        """
        held_keys = msgspec.json.encode([self._keyring.chat_key(chat).hex() for chat in sorted(held)]).decode()
        async with self._engine.claiming(Claim.UPDATES) as session:
            claim = self._claim(now, UPDATE_HELD)
            wanted = {"limit": limit, "held": held_keys, **claim}
            oldest = await session.rows("inbox_oldest_around" if held else "inbox_oldest", wanted)
            if not oldest:
                return []
            seqs = msgspec.json.encode([row[0] for row in oldest]).decode()
            self._turn += 1
            found = typed(await session.rows("inbox_take", {"seqs": seqs, **claim}), TakenColumns)
            rows = in_turn(found, self._turn)
            persons = [row.person for row in rows if row.person is not None]
            staff = (
                await session.rows("staff_of_persons", {"persons": msgspec.json.encode(persons).decode()}) if persons else ()
            )
        left_over = [{"seq": row.seq} for row in rows if row.seq <= self._left_over]
        if left_over:
            async with self._engine.noting() as session:
                await session.run("inbox_try", left_over)
        roles = read_roles(staff)
        self.read.begin_batch()
        return [self._taken(row, roles) for row in rows]

    async def forget_old_updates(self, now: datetime) -> int:
        """Drop the numbers of updates handled long ago; return how many. The newest stay, whatever the clock says."""
        async with self._engine.writing() as session:
            return await session.run("inbox_forget", [{"before": stamp(now - INBOX_KEPT), "spared": INBOX_SPARED}])

    def _taken(self, row: TakenColumns, roles: Mapping[PersonId, tuple[Staff, ...]]) -> Taken:
        update = UpdateId(row.update_id)
        opened = self._keyring.transit.open(row.body, f"inbox/{update}")
        return Taken(
            arrival=_unpacked(update, opened),
            seq=row.seq,
            received_at=moment(row.received_at),
            attempts=row.attempts,
            sender=self._sender(row, roles),
        )

    def _sender(self, row: TakenColumns, roles: Mapping[PersonId, tuple[Staff, ...]]) -> Sender:
        if row.person is None:
            drawn = PersonId(f"p-{self._randomness.bytes(PERSON_ID_BYTES).hex()}")
            return Sender(drawn, is_new=True, language=None, township=None, dialog=Idle(), roles=())
        if row.master_version is None or row.wrapped is None:
            raise KeyLost
        key = self._keyring.of_row(row.person, row.master_version, row.wrapped)
        dialog: Dialog = Idle()
        set_aside: Drafting | None = None
        if row.state is not None:
            dialog, set_aside = apart(read_dialog(key.open(row.state, "dialog")))
        return Sender(
            person=row.person,
            is_new=False,
            language=row.language,
            township=row.township,
            dialog=dialog,
            roles=roles.get(row.person, ()),
            hearing=row.hearing or Hearing.EVERYTHING,
            is_beside=bool(row.beside),
            set_aside=set_aside,
        )

    # ── Decisions ────────────────────────────────────────────────────────────

    async def commit(self, decisions: Sequence[Decision], now: datetime, *, hands_over: bool = False) -> Sequence[Letter]:
        """Make all of it true in one transaction, or none of it; raises Conflict.

        What the clock reports every week goes with a draw and with a checkpoint over all of the ledger, signed in the same
        transaction, which the digests then carry.
        """
        try:
            async with self._engine.writing() as session:
                erased = await self._erase(session, decisions, now)
                if self._signer is None or not is_weekly(decisions):
                    batch = await commit(session, self._keyring, self._randomness, decisions, now)
                else:
                    batch = await self._end_week(session, self._signer, decisions, now)
                letters = await hand_over(session, batch, now, letter_claim(self._engine, now)) if hands_over else ()
        except Conflict:
            async with self._engine.reading() as session:
                await self._keyring.refresh(session)  # perhaps the master key has changed since
            raise
        finally:
            self.read.end_batch()
        if erased:
            await self._shredder.in_passing()
        return letters

    async def _erase(self, session: Session, decisions: Sequence[Decision], now: datetime) -> bool:
        """Destroy what decisions say, before anything else is written; say whether there was any.

        Raises:
            Conflict: another decision says something in a case that is erased; whichever is second must know of the first.
        """
        erasures = [each for decision in decisions for each in decision.effects.erased]
        if erasures:
            cases = {each.case for each in erasures if isinstance(each, CaseContent)}
            if len(decisions) > 1 and not cases.isdisjoint(case for each in decisions for case in sealed_in(each.effects)):
                raise Conflict
            for case in cases:
                self.read.forget(case)
            await append(session, await erase(session, self._keyring, self._randomness, erasures, now))
        return bool(erasures)

    async def ended_with_content(self, after: str, now: datetime) -> EndedPage:
        """Return a page of ended cases whose content is still there, behind a place that an earlier page ended with."""
        async with self._engine.claiming(Claim.DUTY) as session:
            if not await self._held(session, Duty.CLOCK, now):
                return EndedPage((), None)
            return await ended_page(session, after)

    async def shred(self, now: datetime) -> bool:
        """Clean the files of what was erased, if that is for this process; say whether they are."""
        async with self._engine.claiming(Claim.DUTY) as session:
            if not await self._held(session, Duty.CLOCK, now):
                return True
        async with self._engine.writing() as session:
            await session.run("letters_of_nobody", [{}])
        return await self._shredder.thoroughly()

    async def _end_week(self, session: Session, signer: Signer, decisions: Sequence[Decision], now: datetime) -> Batch:
        others, digests = without_digests(decisions)
        batch = await commit(session, self._keyring, self._randomness, others, now)
        kept = await WeekEnd(session, self._keyring, self._randomness, now).close(signer)
        await commit(session, self._keyring, self._randomness, [signed_digests(digests, kept)], now)
        return batch  # the digests are for delivery to take in its turn

    async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
        """Return what is due, earliest first: at most so many, and all that is due of cases that are reminded of."""
        if self.is_shared and ((at := await self.next_due_at()) is None or at > now):
            return []  # nothing is, or not for this process: a look holds up nobody
        async with self._engine.claiming(Claim.DUTY) as session:
            if not await self._held(session, Duty.CLOCK, now):
                return []
            due = _read_due(await session.rows("due_take", {"now": stamp(now), "limit": limit}))
            if len(due) == limit:
                cases = sorted({each.task.case for each in due if isinstance(each.task, RemindStaff)})
                wanted: Parameters = {"now": stamp(now), "cases": msgspec.json.encode(cases).decode()}
                more = _read_due(await session.rows("due_of_cases", wanted))
                due = sorted({each.key: each for each in (*due, *more)}.values(), key=lambda each: (each.at, each.key))
        return due

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
        async with self._engine.writing() as session:
            await session.run("due_postpone", [{"key": due.key, "at": stamp(at)}])

    async def next_due_at(self) -> datetime | None:
        """Return the moment of the earliest due thing."""
        async with self._engine.glancing() as session:
            ((at,),) = typed(await session.rows("due_next", {"holder": self._engine.holder}), tuple[int | None])
        return moment_or_none(at)

    async def hold(self, duty: Duty, now: datetime) -> bool:
        """Take a duty or keep it; False while another living process has it."""
        async with self._engine.claiming(Claim.DUTY) as session:
            return await self._held(session, duty, now)

    async def let_go(self, duty: Duty) -> None:
        """Give a duty back before its time."""
        async with self._engine.claiming(Claim.DUTY) as session:
            await session.rows("lease_drop", {"name": duty, "holder": self._engine.holder})

    async def _held(self, session: Session, duty: Duty, now: datetime) -> bool:
        return bool(await session.rows("lease_take", {"name": duty, **self._claim(now, DUTY_HELD)}))

    def _claim(self, now: datetime, held: timedelta) -> Parameters:
        return {"holder": self._engine.holder, "now": stamp(now), "until": stamp(now + held)}

    async def invite(self, invitation: Invitation, now: datetime) -> None:
        """Keep a one-time link that the command line made, and enter it in the ledger."""
        entry = Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=invited(invitation))
        async with self._engine.writing() as session:
            decision = Decision(Effects(entries=(entry,), invited=(invitation,)))
            await commit(session, self._keyring, self._randomness, [decision], now)

    async def remember(self, name: str, value: str) -> None:
        """Remember a fact about the store."""
        async with self._engine.writing() as session:
            await session.run("meta_put", [{"name": name, "value": value}])

    async def pending(self, now: datetime) -> int:
        """Count what could be done right now: updates, due things, letters."""
        async with self._engine.glancing() as session:
            rows = await session.rows("path_pending", {"now": stamp(now), "awake_since": stamp(now - AWAKE_FOR)})
        ((count,),) = typed(rows, tuple[int])
        return count

    # ── Outbox ───────────────────────────────────────────────────────────────

    async def take_letters(
        self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int = ANY_NUMBER
    ) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them, in order for each person, leaving out `busy` ones."""
        return await self._outbox.take(limit, busy, now, notices)

    async def sharers(self) -> int:
        """Count the processes that send letters of this outbox, this one included."""
        return await self._outbox.sharers()

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Write down what became of letters, with the entries that reminders call for."""
        await self._outbox.settle(results, now)

    async def set_back(self, by: timedelta, now: datetime) -> None:
        """Bring forward what waits, as the clock was set back by so much."""
        async with self._engine.writing() as session:
            await session.run("outbox_set_back", [{"by": by // timedelta(microseconds=1), "now": stamp(now)}])

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready, of those that are not ready at `after`."""
        return await self._outbox.next_at(after)

    # ── Files ────────────────────────────────────────────────────────────────

    async def take_files(self, limit: int, now: datetime) -> Sequence[WantedFile]:
        """Claim files to fetch; one that is not settled is wanted again after a while."""
        return await self._files.take(limit, now)

    async def release_files(self, now: datetime) -> None:
        """Want again at once what an earlier process claimed, where no other process can be at it."""
        if not self.is_shared:
            await self._files.release(now)

    async def keep_file(self, file: WantedFile, opened: OpenedFile, now: datetime) -> None:
        """Seal a fetched file; enter it in the ledger if a case keeps it already. One not wanted any more is let go."""
        await self._files.keep(file, opened, now)

    async def postpone_file(self, file: WantedFile, at: datetime) -> None:
        """Try a file again later."""
        await self._files.postpone(file, at)

    async def refuse_file(self, file: WantedFile, why: Unwanted, told: Send, now: datetime) -> None:
        """Give a file up, and tell its sender."""
        await self._files.refuse(file, why, told, now)

    async def next_file_at(self) -> datetime | None:
        """Return when the next file is to be fetched."""
        return await self._files.next_at()

    async def open_file(self, file: FileId) -> OpenedFile:
        """Return a kept file; raises NotFound when it is not there, or no longer."""
        return await self._files.open(file)


async def open_store(
    engine: Engine, vault: Vault, randomness: Randomness, signer: Signer | None = None, erased: Path | None = None
) -> Store:
    """Open the store over a migrated database.

    Args:
        signer: signs a checkpoint every week; None where nothing is done by the clock.
        erased: the list of erasures beside the database; None keeps none.

    Raises:
        KeyLost: the master key at hand is not the one this database was sealed under.
    """
    keyring = await make_keyring(engine, vault)
    async with engine.reading() as session:
        ((last,),) = typed(await session.rows("inbox_last", {}), tuple[int | None])
    shredder = Shredder(engine, erased)
    await shredder.in_passing()  # what was erased just before the last end of the program
    return Store(engine, keyring, randomness, signer, shredder, last or 0)


READ_TASK: Final[msgspec.json.Decoder[DueTask]] = msgspec.json.Decoder(DueTask)


def _read_due(rows: Sequence[Row]) -> list[Due]:
    due = typed(rows, tuple[str, int, str])
    return [Due(key=key, at=moment(at), task=READ_TASK.decode(task)) for key, at, task in due]


def _packed(arrival: Arrival) -> bytes:
    return str(arrival.chat_id).encode() + b"\n" + arrival.body


def _unpacked(update: UpdateId, packed: bytes) -> Arrival:
    chat_id, body = packed.split(b"\n", 1)
    return Arrival(update, int(chat_id), body)
