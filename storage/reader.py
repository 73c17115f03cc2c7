"""What decisions and commands look at: cases, tasks, words, staff, figures. Reading changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from bot.errors import NotFound
from bot.ports import Backlog, Held, Rest, SetAside, TiedCase
from bot.ports.files import CaseFile
from bot.rules.callback import awaits_callback
from bot.rules.caller import Trying
from bot.rules.case import Case
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.dialog import Drafting, apart
from bot.rules.digest import Scope
from bot.rules.entry import Entry
from bot.rules.figure import Digest
from bot.rules.identity import CaseNumber, CategoryId, Language, PersonId, StaffId, TownshipId, UnitId
from bot.rules.likeness import Report
from bot.rules.message import PAGE_ANCHOR, EntryProof
from bot.rules.period import Period
from bot.rules.rebuff import Rebuffs
from bot.rules.slot import FILED, translated_slot
from bot.rules.staff import Invitation, Staff
from bot.rules.tasks import Found, Only, TaskPage, TaskQuery
from bot.rules.translation import CHINESE
from bot.rules.week import Week
from storage.aside import set_aside
from storage.assertions import drawn_lately
from storage.callers import rebuffs_of, tried_code
from storage.case_rows import cases_by_number, cases_found, read_case_files
from storage.counting import uncounted
from storage.engine import Engine, Parameters, Row, typed
from storage.field_reader import FieldReader
from storage.figures import digest
from storage.holdings import held_about, rest_of, tied_cases
from storage.keyring import Keyring
from storage.likes import Likes
from storage.measures import MeasureReader
from storage.members import Members, read_staff
from storage.proving import brings, proofs_of
from storage.rows import (
    ReminderRecord,
    moment,
    read_ledger_row,
    read_reminders,
    stamp,
)
from storage.senders import read_dialog
from storage.signing import Signer
from storage.signs import SignReader
from storage.text_reader import TextReader
from storage.waiting import backlog_of
from storage.words import opened_many

EVERY: Final = 1_000_000
"""More cases than anybody has."""

PAGE: Final = 2000
"""Cases read at a time: memory stays constant however many there are."""

SEARCHED: Final = 3000
"""Of how many cases, the newest first, words are opened for one search: it takes a second at most."""

DRAWS: Final = 13
"""Of so many draws, one a week, callbacks are still asked for."""

PAGE_OF_WORDS: Final = 250
TRANSLATED: Final = translated_slot(FILED, CHINESE)
"""The slot of the translation of what was first written."""


class InvitationColumns(NamedTuple):
    """The columns of `invitation_get`."""

    digest: str
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    expires_at: int
    used_at: int | None
    asked_by: PersonId | None
    language: Language | None


class StoreReader(SignReader, MeasureReader, FieldReader, TextReader):
    """Reads cases and what belongs to them, and the ledger; needs no key but for words."""

    def __init__(self, engine: Engine, keyring: Keyring | None, signer: Signer | None = None) -> None:
        super().__init__(engine, keyring)
        self._signer = signer
        self._likes = None if keyring is None else Likes(keyring)
        self._members = Members()
        self._is_deciding = False
        self._here: tuple[Staff, ...] | None = None

    def begin_batch(self) -> None:
        """Have a batch decided on the officials that there are when it first asks: what it brings about is true later."""
        self._is_deciding, self._here = True, None

    def end_batch(self) -> None:
        """Ask anew who is here from now on."""
        self._is_deciding, self._here = False, None

    async def backlog(self, now: datetime) -> Backlog:
        """Count what waits: updates, due things, letters."""
        async with self._engine.reading() as session:
            return await backlog_of(session, now)

    async def case(self, number: CaseNumber) -> Case:
        """Return a case; raises NotFound."""
        async with self._engine.glancing() as session:
            found = await cases_by_number(session, [number])
        if not found:
            raise NotFound
        return found[0]

    async def cases_of(self, person: PersonId, limit: int, begins: int = 0) -> tuple[tuple[Case, ...], int]:
        """Return a person's own cases, newest first, from the `begins`-th on, and how many there are in all."""
        async with self._engine.glancing() as session:
            wanted: Parameters = {"person": person, "limit": limit, "begins": begins}
            ((count,),) = typed(await session.rows("case_count_of_person", wanted), tuple[int])
            return await cases_found(session, "case_numbers_of_person", wanted), count

    async def tasks_of(self, units: frozenset[UnitId], limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the open cases of units, what runs out first on top, and how many there are."""
        wanted: Parameters = {"units": _json(sorted(units)), "limit": limit}
        async with self._engine.reading() as session:
            ((count,),) = typed(await session.rows("case_count_open", wanted), tuple[int])
            return await cases_found(session, "case_numbers_open", wanted), count

    async def tasks(self, query: TaskQuery) -> TaskPage:
        """Return a page of the open cases that units work on, and how many there are by every filter."""
        units, staff = _json(sorted(query.units)), _json(sorted(query.staff))
        asked: Parameters = {"units": units, "staff": staff, "now": stamp(query.at)}
        page = {"only": query.only.value, "limit": query.limit, "offset": query.page * query.limit}
        async with self._engine.reading() as session:
            (counts,) = typed(await session.rows("task_counts", asked), tuple[int, ...])
            cases = await cases_found(session, "task_numbers", {**asked, **page})
        names = (Only.UNIT, Only.MINE, Only.UNACCEPTED, Only.OVERDUE, Only.WAITING, Only.JOINT)
        return TaskPage(cases, dict(zip(names, counts, strict=True)))

    async def find(self, units: frozenset[UnitId] | None, words: Sequence[str], since: datetime, most: int) -> Found:
        """Search what was written in the newest cases of units, or of all."""
        async with self._engine.reading() as session:
            if units is None:
                rows = await session.rows("case_numbers_newest", {"limit": SEARCHED + 1})
            else:
                searched: Parameters = {"units": _json(sorted(units)), "since": stamp(since), "limit": SEARCHED + 1}
                rows = await session.rows("case_numbers_to_search", searched)
            numbers = [number for (number,) in typed(rows, tuple[CaseNumber])]
            found: list[CaseNumber] = []
            for start in range(0, min(len(numbers), SEARCHED), PAGE_OF_WORDS):
                page = numbers[start : start + PAGE_OF_WORDS]
                rows = await session.rows("words_many", {"slot": FILED, "numbers": _json(page)})
                translated = await session.rows("words_many", {"slot": TRANSLATED, "numbers": _json(page)})
                matching = await asyncio.to_thread(self._matching, rows, translated, words)
                found += [number for number in page if number in matching]
            cases = await cases_by_number(session, found[:most])
        return Found(cases, len(found), is_complete=len(numbers) <= SEARCHED)

    def _matching(self, rows: Sequence[Row], translated: Sequence[Row], words: Sequence[str]) -> frozenset[CaseNumber]:
        """Open sealed words, where they are translated the translation, and return the cases that hold all of these."""
        if self._keyring is None:
            return frozenset()
        texts = dict(opened_many(self._keyring, translated, TRANSLATED))
        rest = [row for row in rows if row[0] not in texts]
        texts |= opened_many(self._keyring, rest, FILED)
        return frozenset(number for number, text in texts.items() if all(word in text.casefold() for word in words))

    async def near(
        self, category: CategoryId, township: TownshipId, besides: PersonId, limit: int, begins: int = 0
    ) -> tuple[tuple[CaseNumber, Report], ...]:
        """Return the newest open cases of a category in a township from one on, with what was filed, made even."""
        if self._likes is None:
            return ()
        wanted: Parameters = {
            "category": category,
            "township": township,
            "person": besides,
            "limit": limit,
            "begins": begins,
        }
        return await self._likes.near(self._engine, wanted)

    def forget(self, number: CaseNumber) -> None:
        """Keep nothing in memory of what was said in a case."""
        if self._likes is not None:
            self._likes.forget(number)

    async def cases(self) -> AsyncIterator[tuple[Case, tuple[ReminderRecord, ...]]]:
        """Yield every case with its reminders, in order of numbers."""
        after = ""
        while True:
            async with self._engine.reading() as session:
                found = await cases_found(session, "case_numbers_page", {"after": after, "limit": PAGE})
                numbers = [case.number for case in found]
                reminders = read_reminders(await session.rows("reminder_many", {"numbers": _json(numbers)}))
            for case in found:
                yield case, reminders.get(case.number, ())
            if len(numbers) < PAGE:
                return
            after = numbers[-1]

    async def reminders_of(self, number: CaseNumber) -> tuple[ReminderRecord, ...]:
        """Return the reminders about a case, in order of time."""
        async with self._engine.glancing() as session:
            return read_reminders(await session.rows("reminder_many", {"numbers": _json([number])})).get(number, ())

    async def voices_of(self, number: CaseNumber) -> tuple[tuple[int, PersonId], ...]:
        """Return who stands behind a case: the voice's number and the person."""
        async with self._engine.glancing() as session:
            rows = await session.rows("voices_of_case", {"number": number})
        return tuple(typed(rows, tuple[int, PersonId]))

    async def has_left(self, number: CaseNumber, person: PersonId) -> bool:
        """Say whether somebody stood behind a case once and has left it."""
        async with self._engine.glancing() as session:
            return bool(await session.rows("has_left", {"number": number, "person": person}))

    async def rebuffs_of(self, person: PersonId) -> Rebuffs | None:
        """Return how often somebody was refused in a way that is entered; None: never."""
        async with self._engine.glancing() as session:
            return await rebuffs_of(session, person)

    async def tried_code(self, number: CaseNumber, code: str, person: PersonId) -> Trying:
        """Say whether a code is that of a case, and how often was guessed wrongly at it, and by whoever says it now."""
        async with self._engine.glancing() as session:
            return await tried_code(session, self._keyring, number, code, person)

    async def ties_of(self, person: PersonId) -> tuple[TiedCase, ...]:
        """Return every case that is tied to somebody, oldest first: those they left, too; twice where they came back."""
        async with self._engine.reading() as session:
            return await tied_cases(session, person)

    async def held_about(self, person: PersonId) -> Held:
        """Return what is kept about somebody; nothing where no key is at hand."""
        ties = await self.ties_of(person)
        if self._keyring is None:
            return Held(None, ())
        async with self._engine.reading() as session:
            return await held_about(session, self._keyring, person, ties)

    async def rest_of(self, person: PersonId) -> Rest:
        """Return what still happens with somebody."""
        async with self._engine.glancing() as session:
            return await rest_of(session, person)

    async def entries_of(self, number: CaseNumber) -> tuple[Entry, ...]:
        """Return a case's entries, oldest first."""
        async with self._engine.reading() as session:
            rows = await session.rows("ledger_of_case", {"number": number})
        return tuple(read(read_ledger_row(row)) for row in rows)

    async def reminded(self, staff: frozenset[StaffId], at: datetime) -> tuple[tuple[CaseNumber, int, str], ...]:
        """Return what the clock decided to tell these officials at a moment: case, round and stage."""
        async with self._engine.reading() as session:
            rows = await session.rows("reminders_at", {"staff": _json(sorted(staff)), "at": stamp(at)})
        return tuple(typed(rows, tuple[CaseNumber, int, str]))

    async def triage(self, limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the cases that no unit has, the longest without one first, and how many there are."""
        async with self._engine.reading() as session:
            ((count,),) = typed(await session.rows("case_count_triage", {}), tuple[int])
            return await cases_found(session, "case_numbers_triage", {"limit": limit}), count

    async def callbacks(self) -> tuple[Case, ...]:
        """Return the cases on which the last draws fell and nobody was heard about, the first drawn first."""
        async with self._engine.reading() as session:
            drawn = await drawn_lately(session, DRAWS)
            cases = {case.number: case for case in await cases_by_number(session, [number for number, _ in drawn])}
        waiting = (cases[number] for number, attempt in drawn if awaits_callback(cases[number], attempt))
        return tuple({case.number: case for case in waiting}.values())

    async def staff_ever(self) -> Mapping[StaffId, Staff]:
        """Return everybody who ever held a role, by staff id."""
        async with self._engine.reading() as session:
            rows = await session.rows("staff_ever", {})
        return {each.id: each for each in read_staff(rows)}

    async def files_of(self, number: CaseNumber) -> tuple[CaseFile, ...]:
        """Return the files that a case keeps, in the order in which they came."""
        async with self._engine.glancing() as session:
            return read_case_files(await session.rows("files_of_case", {"number": number}))

    async def open_page(self, person: PersonId) -> CaseNumber | None:
        """Return the case whose page someone opened last."""
        async with self._engine.glancing() as session:
            rows = typed(await session.rows("anchor_open_page", {"person": person}), tuple[str])
        return CaseNumber(rows[0][0].removeprefix(PAGE_ANCHOR)) if rows else None

    async def anchored(self, person: PersonId, anchor: str) -> int | None:
        """Return the message that someone was sent under a name."""
        async with self._engine.glancing() as session:
            rows = typed(await session.rows("anchor_get", {"person": person, "anchor": anchor}), tuple[int])
        return rows[0][0] if rows else None

    async def draft_of(self, person: PersonId) -> Drafting | None:
        """Return the draft that someone has open; it needs the keys."""
        if self._keyring is None:
            return None
        async with self._engine.glancing() as session:
            rows = typed(await session.rows("dialog_get", {"person": person}), tuple[bytes])
            if not rows:
                return None
            key = await self._keyring.of_person(session, person)
        dialog, draft = apart(read_dialog(key.open(rows[0][0], "dialog")))
        return dialog if isinstance(dialog, Drafting) else draft

    async def staff_of(self, unit: UnitId | None, roles: frozenset[Role]) -> tuple[Staff, ...]:
        """Return active staff in these roles, of one unit, or of all when `unit` is None."""
        return tuple(staff for staff in await self._staff() if staff.role in roles and (unit is None or staff.unit == unit))

    async def staff_member(self, staff: StaffId) -> Staff:
        """Return one active official; raises NotFound."""
        found = next((each for each in await self._staff() if each.id == staff), None)
        if found is None:
            raise NotFound
        return found

    async def invitation(self, digest: str) -> Invitation:
        """Return an invitation by the SHA-256 of its secret; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("invitation_get", {"digest": digest})
        if not rows:
            raise NotFound
        (columns,) = typed(rows, InvitationColumns)
        return Invitation(
            digest=digest,
            role=columns.role,
            unit=columns.unit,
            township=columns.township,
            expires_at=moment(columns.expires_at),
            is_used=columns.used_at is not None,
            asked_by=columns.asked_by,
            language=columns.language,
        )

    async def digest(self, period: Period, scope: Scope, now: datetime, *, is_brief: bool = False) -> Digest:
        """Compute the figures of a period, cut at `now` while it runs; a brief one has only the period before beside it."""
        async with self._engine.reading() as session:
            return await digest(session, period, scope, now, is_brief=is_brief)

    async def proof_of(self, number: CaseNumber, voice: int) -> EntryProof:
        """Return the signed receipt of the entry with which a voice came to a case, and its proof; raises NotFound."""
        if self._signer is None:
            raise NotFound
        async with self._engine.reading() as session:
            came = next((each for each in await proofs_of(session, number) if brings(each.row, voice)), None)
        if came is None:
            raise NotFound
        text = came.receipt(self._signer) + (came.text or "")
        return EntryProof(case=number, text=text, is_proved=came.text is not None)

    async def uncounted(self, last: Period) -> tuple[Week, ...]:
        """Return the weeks up to `last` that no entry counts yet, oldest first; only `last` while none ever was."""
        async with self._engine.reading() as session:
            return await uncounted(session, last)

    async def set_aside(self, limit: int) -> tuple[tuple[SetAside, ...], int]:
        """Return updates that could not be handled, oldest first, and how many there are."""
        async with self._engine.reading() as session:
            return await set_aside(session, None if self._keyring is None else self._keyring.transit, limit)

    async def _staff(self) -> tuple[Staff, ...]:
        if self._here is not None:
            return self._here
        staff, shifts = await self._engine.look("staff_all", {}), await self._engine.look("shift_all", {})
        here = self._members.of(staff, shifts)
        if self._is_deciding:
            self._here = here
        return here


def _json(numbers: Sequence[str]) -> str:
    return msgspec.json.encode(numbers).decode()
