"""A test's little world: what the program would read of a database, given as plain values, and the desk that reads it.

Every case in it was folded from entries; what no test gave is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ports import Desk, Held, Rest, TiedCase
from bot.ports.files import CaseFile
from bot.rules.audit import Search
from bot.rules.callback import awaits_callback
from bot.rules.caller import Trying, awaits_call
from bot.rules.case import Case, State
from bot.rules.county import County, Role
from bot.rules.county_file import Mention
from bot.rules.dialog import Dialog, Drafting
from bot.rules.entry import (
    CallbackDrawn,
    Entry,
)
from bot.rules.identity import (
    CaseNumber,
    CategoryId,
    Language,
    PersonId,
    StaffId,
    TownshipId,
    UnitId,
)
from bot.rules.likeness import Report
from bot.rules.message import EntryProof
from bot.rules.rebuff import Rebuffs
from bot.rules.staff import Invitation, Staff
from bot.rules.tasks import Found, Only, TaskPage, TaskQuery
from bot.rules.warning_surge import Cell
from tests.support.builders import FILED_AT, calendar, county
from tests.support.known_house import KnownHouse
from tests.support.known_words import KnownWords
from tests.support.only import only


class Counting:
    """Randomness that counts: the n-th draw is the number n, so that a test knows it beforehand."""

    def __init__(self) -> None:
        self.drawn = 0

    def bytes(self, count: int) -> bytes:
        """Return the next number, big-endian."""
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")


@dataclass
class Known(KnownHouse, KnownWords):
    """What is known in all: cases and the people around them, beside words and the house.

    Attributes:
        voices: the persons behind each case, voice 1 first.
        files: by case.
        reminders: who was told what, and when.
        languages: of people who chose one.
    """

    cases: list[Case] = field(default_factory=list)
    voices: dict[CaseNumber, tuple[PersonId, ...]] = field(default_factory=dict)
    entries: dict[CaseNumber, tuple[Entry, ...]] = field(default_factory=dict)
    dialogs: dict[PersonId, Dialog] = field(default_factory=dict)
    files: dict[CaseNumber, tuple[CaseFile, ...]] = field(default_factory=dict)
    staff: list[Staff] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    reminders: list[tuple[StaffId, datetime, CaseNumber, int, str]] = field(default_factory=list)
    languages: dict[PersonId, Language] = field(default_factory=dict)

    async def case(self, number: CaseNumber) -> Case:
        """Return a case; raises NotFound."""
        return only(each for each in self.cases if each.number == number)

    async def cases_of(self, person: PersonId, limit: int, begins: int = 0) -> tuple[tuple[Case, ...], int]:
        """Return a person's own cases, newest first, from the `begins`-th on, and how many there are in all."""
        own = [each for each in self.cases if person in self.voices.get(each.number, ())]
        own.sort(key=lambda case: case.filed_at, reverse=True)
        return tuple(own[begins : begins + limit]), len(own)

    async def tasks_of(self, units: frozenset[UnitId], limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the open cases of units, what runs out first on top, and how many there are."""
        open_ones = [each for each in self.cases if each.is_open and each.unit in units]
        open_ones.sort(key=lambda case: (case.now.due_at is None, case.now.due_at or case.filed_at))
        return tuple(open_ones[:limit]), len(open_ones)

    async def tasks(self, query: TaskQuery) -> TaskPage:
        """Return a page of the open cases that units work on, and how many there are by every filter."""
        fits: dict[Only, Callable[[Case], bool]] = {
            Only.UNIT: lambda _: True,
            Only.MINE: lambda case: case.officer in query.staff,
            Only.UNACCEPTED: lambda case: case.state is State.ASSIGNED,
            Only.OVERDUE: lambda case: case.is_overdue(query.at),
            Only.WAITING: lambda case: case.state is State.WAITING,
            Only.JOINT: lambda case: bool(case.joint),
        }
        held = {State.ASSIGNED, State.ACCEPTED, State.WAITING}
        own = [each for each in self.cases if each.state in held and {each.unit, *each.joint} & query.units]
        own.sort(key=lambda case: (case.now.due_at is None, case.now.due_at or case.filed_at, case.number))
        chosen = [case for case in own if fits[query.only](case)]
        start = query.page * query.limit
        counts = {only: sum(map(fit, own)) for only, fit in fits.items()}
        return TaskPage(tuple(chosen[start : start + query.limit]), counts)

    async def find(self, units: frozenset[UnitId] | None, words: Sequence[str], since: datetime, most: int) -> Found:
        """Search what was first written."""
        within = [each for each in self.cases if units is None or {each.unit, *each.joint} & units]
        recent = [each for each in within if each.is_open or each.filed_at >= since]
        texts = {each.number: (self.words.get((each.number, "filed")) or "").casefold() for each in recent}
        found = [each for each in recent if all(word in texts[each.number] for word in words)]
        return Found(tuple(found[:most]), len(found), is_complete=True)

    async def near(
        self, category: CategoryId, township: TownshipId, besides: PersonId, limit: int, begins: int = 0
    ) -> tuple[tuple[CaseNumber, Report], ...]:
        """Return the newest open cases of a category in a township with what was filed."""
        found = [
            (each.number, Report.of(self.words[each.number, "filed"]))
            for each in sorted(self.cases, key=lambda case: case.filed_at, reverse=True)
            if each.is_open and not each.is_confidential and (each.category, each.township) == (category, township)
            if besides not in self.voices.get(each.number, ()) and (each.number, "filed") in self.words
        ]
        return tuple(found[begins : begins + limit])

    async def rebuffs_of(self, person: PersonId) -> Rebuffs | None:
        """Know of nobody who was refused."""
        del person
        return None

    async def tried_code(self, number: CaseNumber, code: str, person: PersonId) -> Trying:
        """Know of no codes."""
        del number, code, person
        return Trying(fits=False, tries=None, since=None, count=0)

    async def calls(self) -> tuple[Case, ...]:
        """Return the resolved cases whose callers follow them in no chat."""
        return tuple(case for case in self.cases if awaits_call(case, self.voices.get(case.number, ())))

    async def voices_of(self, number: CaseNumber) -> tuple[tuple[int, PersonId], ...]:
        """Return who stands behind a case: the voice's number and the person."""
        return tuple(enumerate(self.voices.get(number, ()), start=1))

    async def has_left(self, number: CaseNumber, person: PersonId) -> bool:
        """Say that nobody left anything."""
        del number, person
        return False

    async def files_of(self, number: CaseNumber) -> tuple[CaseFile, ...]:
        """Return the files that a case keeps."""
        return self.files.get(number, ())

    async def open_page(self, person: PersonId) -> CaseNumber | None:
        """Return the case whose page someone opened last: none here."""
        del person
        return None

    async def anchored(self, person: PersonId, anchor: str) -> int | None:
        """Return no message."""
        del person, anchor
        return None

    async def draft_of(self, person: PersonId) -> Drafting | None:
        """Return the draft that someone has open."""
        dialog = self.dialogs.get(person)
        return dialog if isinstance(dialog, Drafting) else None

    async def ties_of(self, person: PersonId) -> tuple[TiedCase, ...]:
        """Return every case that is tied to somebody."""
        tied = [(case, self.voices.get(case.number, ())) for case in self.cases]
        officer = next((each.person for each in self.staff if each.role is Role.OFFICER), None)
        return tuple(
            TiedCase(case, people.index(person) + 1, len(people) > 1, officer if case.officer else None)
            for case, people in tied
            if person in people
        )

    async def held_about(self, person: PersonId) -> Held:
        """Return nothing but that somebody is known."""
        del person
        return Held(FILED_AT, ())

    async def rest_of(self, person: PersonId) -> Rest:
        """Say that nothing happens with somebody any more."""
        del person
        return Rest(is_back=False, is_waiting=False)

    async def languages_of(self, number: CaseNumber) -> Mapping[PersonId, Language]:
        """Return the languages of those who stand behind a case."""
        return {person: self.languages[person] for person in self.voices.get(number, ()) if person in self.languages}

    async def entries_of(self, number: CaseNumber) -> tuple[Entry, ...]:
        """Return a case's entries, oldest first."""
        return self.entries.get(number, ())

    async def audit(self, search: Search, zone: ZoneInfo, before: int, limit: int) -> tuple[tuple[int, Entry], ...]:
        """Return entries before a place that are about the case and by the officials searched for, the newest first."""
        del zone
        every = [entry for entries in self.entries.values() for entry in entries]
        fitting = [
            (seq, entry)
            for seq, entry in enumerate(every, start=1)
            if seq < before and (not search.staff or entry.actor in search.staff) and search.case in {None, entry.case}
        ]
        return tuple(reversed(fitting))[:limit]

    async def mentions(self) -> tuple[Mention, ...]:
        """Return what the open cases name as their unit."""
        units = Counter(each.unit for each in self.cases if each.is_open)
        return tuple(Mention(section="unit", id=unit, cases=count, officials=0) for unit, count in units.items())

    async def reminded(self, staff: frozenset[StaffId], at: datetime) -> tuple[tuple[CaseNumber, int, str], ...]:
        """Return what the clock decided to tell these officials at a moment: case, round and stage."""
        return tuple(
            (case, attempt, stage) for who, told_at, case, attempt, stage in self.reminders if who in staff and told_at == at
        )

    async def triage(self, limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the cases that no unit has, and how many there are."""
        found = tuple(each for each in self.cases if each.state is State.TRIAGE)
        return found[:limit], len(found)

    async def callbacks(self) -> tuple[Case, ...]:
        """Return the cases that were drawn and wait for a call."""
        drawn = [(number, each.fact) for number, entries in self.entries.items() for each in entries]
        attempts = {number: fact.round for number, fact in drawn if isinstance(fact, CallbackDrawn)}
        return tuple(c for c in self.cases if c.number in attempts and awaits_callback(c, attempts[c.number]))

    async def staff_ever(self) -> Mapping[StaffId, Staff]:
        """Return everybody who ever held a role, by staff id."""
        return {each.id: each for each in self.staff}

    async def staff_of(self, unit: UnitId | None, roles: frozenset[Role]) -> tuple[Staff, ...]:
        """Return active staff in these roles, of one unit, or of all when `unit` is None."""
        return tuple(each for each in self.staff if each.role in roles and unit in {None, each.unit})

    async def staff_member(self, staff: StaffId) -> Staff:
        """Return one active official; raises NotFound."""
        return only(each for each in self.staff if each.id == staff)

    async def invitation(self, digest: str) -> Invitation:
        """Return an invitation by the SHA-256 of its secret; raises NotFound."""
        return only(each for each in self.invitations if each.digest == digest)

    async def proof_code(self, number: CaseNumber, voice: int) -> str:
        """Return what stands for the entry with which a voice came to a case."""
        del number
        return f"{voice:016x}"

    async def proof_of(self, number: CaseNumber, voice: int) -> EntryProof:
        """Return a receipt in name only; raises NotFound."""
        return EntryProof(case=(await self.case(number)).number, text=f"receipt of voice {voice}\n", is_proved=False)

    async def cases_in(self, cell: Cell, since: datetime, cut: datetime) -> tuple[Case, ...]:
        """Return the cases of a cell that were filed in a stretch of time."""
        return tuple(
            each
            for each in self.cases
            if each.category == cell.category and since <= each.filed_at < cut
            if cell.is_everywhere or each.township == cell.township
        )


def desk(known: Known | None = None, of: County | None = None) -> Desk:
    """Make a desk in the sample county, or in another one with the same calendar."""
    return Desk(of or county(), calendar(), known or Known(), Counting())
