"""Things to decide about, as small as they may be: the sample county, a case in any state, officials, a desk.

A case made here is always folded from entries, as every case is, so no test speaks of one that could not be. Times are in
office hours of Tuesday, 24 November 2026, in the sample county, unless a test says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.actions.matter import Matter
from bot.county import read_county, sample_county_path
from bot.errors import NotFound
from bot.ports import Desk, Held, Rest, Sender, SetAside, TiedCase
from bot.ports.files import CaseFile
from bot.rules.audit import Search
from bot.rules.calendar import Calendar
from bot.rules.callback import awaits_callback
from bot.rules.caller import Trying, awaits_call
from bot.rules.case import Case, State
from bot.rules.county import County, Kind, Role, Urgency, WatchPlan
from bot.rules.county_file import Mention
from bot.rules.dialog import Dialog, Drafting, Idle
from bot.rules.digest import Scope
from bot.rules.entry import (
    RESIDENT,
    Accepted,
    Asked,
    CallbackDrawn,
    CaseFact,
    Channel,
    Closed,
    Closing,
    Counted,
    Entry,
    ExtensionAsked,
    Filed,
    Merged,
    Rated,
    Refused,
    Reopened,
    ReopenReason,
    Resolved,
    SeedPublished,
    Solved,
    Transferred,
    VoiceCounted,
    WeekCounted,
    WeekFact,
    Withdrawn,
)
from bot.rules.figure import Digest
from bot.rules.identity import (
    CaseNumber,
    CategoryId,
    ClassId,
    Language,
    MeetingId,
    PersonId,
    ProjectId,
    ProposalNumber,
    SignNumber,
    StaffId,
    TownshipId,
    UnitId,
    VisitId,
)
from bot.rules.life import fold
from bot.rules.likeness import Report
from bot.rules.measure import Proposal
from bot.rules.meeting import Hall, Meeting, RaisedMatter
from bot.rules.message import EntryProof
from bot.rules.message.audit import FailedLine
from bot.rules.period import Period
from bot.rules.project import Book, Judged
from bot.rules.rebuff import Rebuffs
from bot.rules.scorecard import Traced
from bot.rules.staff import Invitation, Staff
from bot.rules.survey import Counts, Served
from bot.rules.tasks import Found, Only, TaskPage, TaskQuery
from bot.rules.translation import Backlog, Legible, Translation, legible, legible_words
from bot.rules.unit_group import GroupCode, UnitGroup
from bot.rules.visit import Visit
from bot.rules.warning_life import Sign
from bot.rules.warning_surge import Cell
from bot.rules.watched import Watched
from bot.rules.week import Week
from tests.support.hours import wall

T = TypeVar("T")

ZH, UG, SJO = Language("zh_Hans_CN"), Language("ug"), Language("sjo")
LANGUAGES: Final = (ZH, UG, SJO)

ROADS, CONDUCT, HEATING = CategoryId("roads"), CategoryId("conduct"), CategoryId("heat_water_power")
TRANSPORT, WATER, LETTERS, SUPERVISION = UnitId("transport"), UnitId("water"), UnitId("letters"), UnitId("supervision")
QIONGBOLA, QAPQAL_TOWN = TownshipId("qiongbola"), TownshipId("qapqal")
COMPLAINT: Final = ClassId("complaint")

NUMBER: Final = CaseNumber("CB-2026-000123")
FILED_AT: Final = wall("2026-11-24 11:15")
ACCEPT_DUE_AT: Final = wall("2026-11-24 13:15")
DUE_AT: Final = wall("2026-12-03 11:15")
NOW: Final = wall("2026-11-24 12:00")
"""When tests decide something about a case, unless they say otherwise."""

RESIDENT_PERSON: Final = PersonId("p-resident")
NEIGHBOUR: Final = PersonId("p-neighbour")
WORDS: Final = "村口的路灯坏了"
COMMITMENT: Final = "ab" * 32


@cache
def county() -> County:
    """Return the sample county."""
    return read_county(sample_county_path())


@cache
def calendar() -> Calendar:
    """Return the sample county's calendar."""
    return Calendar.of(county().hours)


def staff(role: Role, unit: UnitId | None = TRANSPORT, name: str | None = None, *, is_reachable: bool = True) -> Staff:
    """Make an official; the name makes their ids, and is the role where none is given."""
    called = name or role.value
    return Staff(StaffId(f"s-{called}"), PersonId(f"p-{called}"), role, unit, None, is_reachable)


OFFICER: Final = staff(Role.OFFICER)
LEAD: Final = staff(Role.LEAD)
SUPERVISOR: Final = staff(Role.SUPERVISOR, SUPERVISION)
ADMIN: Final = staff(Role.ADMIN, None)
EVERYBODY: Final = (ADMIN, SUPERVISOR, LEAD, OFFICER)
"""One of each, the nearest to a case last: no order of theirs decides anything."""

FILED: Final = Filed(
    kind=Kind.COMPLAINT,
    category=ROADS,
    township=QAPQAL_TOWN,
    unit=TRANSPORT,
    channel=Channel.BOT,
    urgency=Urgency.NORMAL,
    deadline_class=COMPLAINT,
    rule="accept 2h, handle 7d",
    accept_due_at=ACCEPT_DUE_AT,
    due_at=DUE_AT,
    is_confidential=False,
    words=COMMITMENT,
)
ACCEPTED: Final = Accepted(unit=TRANSPORT)
RESOLVED: Final = Resolved(unit=TRANSPORT, answer=COMMITMENT)
TRANSFERRED: Final = Transferred(unit=TRANSPORT, reason=COMMITMENT)
ASKED: Final = Asked(question=COMMITMENT, until=DUE_AT, due_at=DUE_AT + timedelta(days=5))
REFUSED: Final = Refused(law="信访工作条例 22", reason=COMMITMENT)
MERGED: Final = Merged(into=CaseNumber("CB-2026-000007"))


def rated(solved: Solved, score: int | None = None, *, attempt: int = 1, voice: int = 1) -> Rated:
    """Make an answer of a voice."""
    return Rated(round=attempt, voice=voice, solved=solved, score=score)


def closed(how: Closing = Closing.RATED, *, attempt: int = 1) -> Closed:
    """Make the end of an attempt."""
    return Closed(round=attempt, how=how)


def reopened(*, attempt: int = 2, reason: ReopenReason = ReopenReason.RATED_NO) -> Reopened:
    """Make the beginning of one more attempt, with the limits of the first a week on."""
    week = timedelta(days=7)
    return Reopened(
        round=attempt,
        reason=reason,
        rule=FILED.rule,
        accept_due_at=ACCEPT_DUE_AT + week,
        due_at=DUE_AT + week,
    )


def entry(fact: CaseFact, at: datetime = NOW, actor: str | None = None, number: CaseNumber = NUMBER) -> Entry:
    """Make an entry; what a unit does is done by the officer, everything else by the resident."""
    by = OFFICER.id if isinstance(fact, Accepted | Resolved | Transferred | Asked | ExtensionAsked) else RESIDENT
    return Entry(at=at, actor=actor or by, case=number, fact=fact)


def entries(*facts: CaseFact) -> tuple[Entry, ...]:
    """Make the entries of one case, from its filing on, a minute apart."""
    return tuple(entry(fact, FILED_AT + timedelta(minutes=minute)) for minute, fact in enumerate(facts))


def case_of(*facts: CaseFact) -> Case:
    """Make a case of what happened to it."""
    case = fold(entries(*facts))
    assert case is not None
    return case


TO: Final[Mapping[State, tuple[CaseFact, ...]]] = {
    State.TRIAGE: (FILED, TRANSFERRED),
    State.ASSIGNED: (FILED,),
    State.ACCEPTED: (FILED, ACCEPTED),
    State.WAITING: (FILED, ACCEPTED, ASKED),
    State.RESOLVED: (FILED, ACCEPTED, RESOLVED),
    State.CLOSED: (FILED, ACCEPTED, RESOLVED, rated(Solved.YES), closed()),
    State.WITHDRAWN: (FILED, Withdrawn()),
    State.REFUSED: (FILED, REFUSED),
    State.MERGED: (FILED, MERGED),
}
"""What has to happen before a case is in a state."""


def case_in(state: State) -> Case:
    """Make a case in a state."""
    return case_of(*TO[state])


def again_in(state: State) -> Case:
    """Make a case that was reopened once, in a state of its second attempt."""
    second = {
        State.ASSIGNED: (),
        State.ACCEPTED: (ACCEPTED,),
        State.RESOLVED: (ACCEPTED, RESOLVED),
        State.CLOSED: (ACCEPTED, RESOLVED, rated(Solved.YES, attempt=2), closed(attempt=2)),
    }
    return case_of(*TO[State.RESOLVED], rated(Solved.NO), reopened(), *second[state])


def draft(category: CategoryId = ROADS, kind: Kind = Kind.COMPLAINT, township: TownshipId | None = QAPQAL_TOWN) -> Drafting:
    """Make a draft about a street lamp."""
    return Drafting(words=WORDS, kind=kind, category=category, township=township, urgency=Urgency.NORMAL, is_guessed=True)


def matter(case: Case, *roles: Staff, pressed: int | None = None, everybody: tuple[Staff, ...] = EVERYBODY) -> Matter:
    """Put a case in front of whoever holds these roles; two residents stand behind it."""
    return Matter(case, roles, WORDS, (RESIDENT_PERSON, NEIGHBOUR), everybody, pressed)


def sender(person: PersonId = RESIDENT_PERSON, *roles: Staff, dialog: Dialog | None = None) -> Sender:
    """Make someone who wrote, known and speaking Chinese."""
    return Sender(person, is_new=False, language=ZH, township=None, dialog=dialog or Idle(), roles=roles)


class Counting:
    """Randomness that counts: the n-th draw is the number n, so that a test knows it beforehand."""

    def __init__(self) -> None:
        self.drawn = 0

    def bytes(self, count: int) -> bytes:
        """Return the next number, big-endian."""
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")


@dataclass
class Known:
    """What a test's little world knows, read as `bot.ports.Reader` says.

    Attributes:
        voices: the persons behind each case, voice 1 first.
        words: by case and slot.
        files: by case.
        figures: every digest is this one.
        weeks: those that no entry counts yet.
        books, judges: projects, and who judged them.
        halls: meetings with what was raised; `joined_halls`: who came.
        aside: updates that could not be handled.
        known_signs: every warning and signal that there is.
        visits, known_proposals: field visits that were made, and what was proposed on them.
        watched: what a night looks at.
        reminders: who was told what, and when.
        languages: of people who chose one.
    """

    cases: list[Case] = field(default_factory=list)
    voices: dict[CaseNumber, tuple[PersonId, ...]] = field(default_factory=dict)
    words: dict[tuple[CaseNumber, str], str] = field(default_factory=dict)
    entries: dict[CaseNumber, tuple[Entry, ...]] = field(default_factory=dict)
    dialogs: dict[PersonId, Dialog] = field(default_factory=dict)
    files: dict[CaseNumber, tuple[CaseFile, ...]] = field(default_factory=dict)
    staff: list[Staff] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    figures: Digest | None = None
    weeks: tuple[Week, ...] = ()
    group_codes: tuple[GroupCode, ...] = ()
    halls: dict[MeetingId, Hall] = field(default_factory=dict)
    books: dict[ProjectId, Book] = field(default_factory=dict)
    judges: dict[tuple[ProjectId, PersonId], Judged] = field(default_factory=dict)
    joined_halls: dict[MeetingId, tuple[PersonId, ...]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    known_signs: list[Sign] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    known_proposals: list[Proposal] = field(default_factory=list)
    watched: Watched | None = None
    reminders: list[tuple[StaffId, datetime, CaseNumber, int, str]] = field(default_factory=list)
    translations: list[Translation] = field(default_factory=list)
    languages: dict[PersonId, Language] = field(default_factory=dict)
    memory: dict[str, str] = field(default_factory=dict)

    async def case(self, number: CaseNumber) -> Case:
        """Return a case; raises NotFound."""
        return _only(each for each in self.cases if each.number == number)

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

    async def files_of(self, number: CaseNumber) -> tuple[CaseFile, ...]:
        """Return the files that a case keeps."""
        return self.files.get(number, ())

    async def meeting(self, meeting: MeetingId) -> Meeting:
        """Return a residents' meeting; raises NotFound."""
        return _only(hall.meeting for id_, hall in self.halls.items() if id_ == meeting)

    async def group_code(self, digest: str) -> GroupCode:
        """Return a one-time code for a work group."""
        return _only(code for code in self.group_codes if code.digest == digest)

    async def unit_groups(self) -> tuple[UnitGroup, ...]:
        """Return no group."""
        return ()

    async def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings that are not over."""
        return tuple(hall.meeting for hall in self.halls.values() if hall.meeting.closed_at is None)

    async def raised_in(self, meeting: MeetingId) -> tuple[RaisedMatter, ...]:
        """Return what was raised in a meeting."""
        return self.halls[meeting].matters

    async def people_in(self, meeting: MeetingId) -> tuple[PersonId, ...]:
        """Return who has joined a meeting."""
        return self.joined_halls.get(meeting, ())

    async def open_page(self, person: PersonId) -> CaseNumber | None:
        """Return the case whose page someone opened last: none here."""
        del person
        return None

    async def project_book(self, project: ProjectId) -> Book:
        """Return what is known of a livelihood project."""
        return self.books.get(project, Book())

    async def judged_by(self, project: ProjectId, person: PersonId) -> Judged | None:
        """Return whether somebody has judged a project."""
        return self.judges.get((project, person))

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

    async def words_of(self, number: CaseNumber, slot: str) -> str | None:
        """Return words; None when there are none."""
        return self.words.get((number, slot))

    async def legible(self, number: CaseNumber, slot: str) -> Legible:
        """Return words as an official may read them."""
        item = next((each for each in await self.translations_of(number) if (each.slot, each.target) == (slot, ZH)), None)
        made = None if item is None else self.words.get((number, item.place))
        return legible(self.words.get((number, slot), ""), item, made)

    async def legible_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Return all words of a case as officials may read them."""
        return legible_words(await self.words_in(number), await self.translations_of(number))

    async def translations_of(self, number: CaseNumber) -> tuple[Translation, ...]:
        """Return what of a case is to be translated, or was."""
        return tuple(each for each in self.translations if each.case == number)

    async def translation(self, text: str) -> Translation:
        """Return one by its id; raises NotFound."""
        return _only(each for each in self.translations if each.id == text)

    async def translations_waiting(
        self, languages: frozenset[Language], limit: int, begins: int = 0
    ) -> tuple[tuple[Translation, ...], int]:
        """Return what waits in these languages, and how many there are."""
        found = sorted((each for each in self.translations if not each.is_done), key=lambda each: each.due_at)
        own = tuple(each for each in found if each.language in languages)
        return own[begins : begins + limit], len(own)

    async def translations_by(self, staff: frozenset[StaffId], limit: int) -> tuple[Translation, ...]:
        """Return what these officials translated."""
        return tuple(each for each in self.translations if each.done_by in staff)[:limit]

    async def translation_backlog(self, now: datetime) -> tuple[Backlog, ...]:
        """Return how much waits to be translated, by language."""
        waiting = [each for each in self.translations if not each.is_done]
        languages = sorted({each.language for each in waiting})
        by_language = {name: [each for each in waiting if each.language == name] for name in languages}
        return tuple(
            Backlog(name, len(own), min(each.asked_at for each in own), sum(each.due_at < now for each in own))
            for name, own in by_language.items()
        )

    async def remembered(self, source: Language, target: Language, wanted: Sequence[str]) -> Mapping[str, str]:
        """Return how sentences were translated before."""
        del source, target
        return {sentence: self.memory[sentence] for sentence in wanted if sentence in self.memory}

    async def languages_of(self, number: CaseNumber) -> Mapping[PersonId, Language]:
        """Return the languages of those who stand behind a case."""
        return {person: self.languages[person] for person in self.voices.get(number, ()) if person in self.languages}

    async def words_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Return all words of a case, by slot."""
        return {slot: text for (case, slot), text in self.words.items() if case == number}

    async def entries_of(self, number: CaseNumber) -> tuple[Entry, ...]:
        """Return a case's entries, oldest first."""
        return self.entries.get(number, ())

    async def meta(self, key: str) -> str | None:
        """Return the bot's name, and nothing else."""
        return "minsheng_bot" if key == "bot_username" else None

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

    async def set_aside(self, limit: int) -> tuple[tuple[SetAside, ...], int]:
        """Return updates that could not be handled."""
        return tuple(self.aside[:limit]), len(self.aside)

    async def failed(self, limit: int) -> tuple[tuple[FailedLine, ...], int]:
        """Return no message that was given up."""
        del limit
        return (), 0

    async def survey_entries(self) -> tuple[Entry, ...]:
        """Return no entry about surveys."""
        return ()

    async def survey_unit(self, digest: str) -> UnitId | None:
        """Return no unit: nobody was asked."""
        del digest
        return None

    async def survey_counts(self, period: str) -> Counts:
        """Return no answers."""
        del period
        return {}

    async def served(self, begins_at: datetime, ends_at: datetime) -> tuple[Served, ...]:
        """Return no cases."""
        del begins_at, ends_at
        return ()

    async def trace(
        self, figure: str, unit: UnitId, period: Period, now: datetime, page: int
    ) -> tuple[tuple[Traced, ...], int]:
        """Return no case behind a figure."""
        del figure, unit, period, now, page
        return (), 0

    async def card_entries(self, period: str) -> tuple[Entry, ...]:
        """Return no entry about scorecards."""
        del period
        return ()

    async def house_words(self, slot: str) -> str | None:
        """Return no words that belong to no case."""
        del slot
        return None

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
        return _only(each for each in self.staff if each.id == staff)

    async def invitation(self, digest: str) -> Invitation:
        """Return an invitation by the SHA-256 of its secret; raises NotFound."""
        return _only(each for each in self.invitations if each.digest == digest)

    async def proof_code(self, number: CaseNumber, voice: int) -> str:
        """Return what stands for the entry with which a voice came to a case."""
        del number
        return f"{voice:016x}"

    async def proof_of(self, number: CaseNumber, voice: int) -> EntryProof:
        """Return a receipt in name only; raises NotFound."""
        return EntryProof(case=(await self.case(number)).number, text=f"receipt of voice {voice}\n", is_proved=False)

    async def uncounted(self, last: Period) -> tuple[Week, ...]:
        """Return the weeks that a test gave."""
        return tuple(week for week in self.weeks if week.period.text <= last.text)

    async def digest(self, period: Period, scope: Scope, now: datetime, *, is_brief: bool = False) -> Digest:
        """Return the figures; raises NotFound where a test gave none."""
        del period, scope, now, is_brief
        return _only([] if self.figures is None else [self.figures])

    async def visit(self, id_: VisitId) -> Visit:
        """Return a field visit; raises NotFound."""
        return _only(each for each in self.visits if each.id == id_)

    async def proposal(self, number: ProposalNumber) -> Proposal:
        """Return a proposal; raises NotFound."""
        return _only(each for each in self.known_proposals if each.number == number)

    async def proposals(self) -> tuple[Proposal, ...]:
        """Return every proposal that waits for somebody."""
        return tuple(each for each in self.known_proposals if each.is_open)

    async def proposal_count(self) -> int:
        """Count all proposals."""
        return len(self.known_proposals)

    async def sign(self, number: SignNumber) -> Sign:
        """Return a sign; raises NotFound."""
        return _only(each for each in self.known_signs if each.number == number)

    async def signs(self) -> tuple[Sign, ...]:
        """Return every sign that holds or waits for somebody."""
        return tuple(each for each in self.known_signs if each.holds or each.is_open)

    async def sign_count(self) -> int:
        """Count all signs."""
        return len(self.known_signs)

    async def sign_words(self, number: SignNumber) -> Mapping[str, str]:
        """Return nothing: nothing was said."""
        del number
        return {}

    async def watch(self, plan: WatchPlan, evidence: frozenset[CategoryId], cut: datetime) -> Watched:
        """Return what a night finds; raises NotFound where a test gave nothing."""
        del plan, evidence, cut
        return _only([] if self.watched is None else [self.watched])

    async def watched_weeks(self, cut: datetime) -> int:
        """Return for how many weeks the county has counted."""
        del cut
        return 0 if self.watched is None else self.watched.history

    async def cases_in(self, cell: Cell, since: datetime, cut: datetime) -> tuple[Case, ...]:
        """Return the cases of a cell that were filed in a stretch of time."""
        return tuple(
            each
            for each in self.cases
            if each.category == cell.category and since <= each.filed_at < cut
            if cell.is_everywhere or each.township == cell.township
        )


def _only(found: Iterable[T]) -> T:
    for each in found:
        return each
    raise NotFound


def week_facts(attempt: int) -> dict[str, WeekFact]:
    """Make one entry of each kind that a week's end makes, by the name of its class."""
    ends_at = NOW + timedelta(days=7)
    return {
        "Counted": Counted(
            round=attempt,
            week="2026-W48",
            begins_at=NOW,
            ends_at=ends_at,
            unit=TRANSPORT,
            category=CategoryId("roads"),
            deadline_class=None,
            is_confidential=False,
            received=True,
            accepted_in_time=None,
            in_time=None,
            handled=None,
            answered=None,
            solved=None,
            reopened=None,
        ),
        "VoiceCounted": VoiceCounted(round=attempt, week="2026-W48", unit=TRANSPORT, is_confidential=False, satisfied=None),
        "WeekCounted": WeekCounted(week="2026-W48", begins_at=NOW, ends_at=ends_at, attempts=1, voices=1),
        "CallbackDrawn": CallbackDrawn(round=attempt, counted="0" * 64),
        "SeedPublished": SeedPublished(since=1, until=2, seed="0" * 64),
    }


def desk(known: Known | None = None, of: County | None = None) -> Desk:
    """Make a desk in the sample county, or in another one with the same calendar."""
    return Desk(of or county(), calendar(), known or Known(), Counting())
