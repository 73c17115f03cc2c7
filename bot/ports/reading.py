"""What decisions may look at. A port that reads never changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.ports.clock import Randomness
from bot.ports.county_file import CountyFile
from bot.ports.files import CaseFile
from bot.ports.intake import SetAside
from bot.ports.measures import MeasureReader
from bot.ports.signs import SignReader
from bot.rules.audit import Search
from bot.rules.calendar import Calendar
from bot.rules.caller import Trying
from bot.rules.case import Case
from bot.rules.county import County, Role
from bot.rules.county_file import Mention
from bot.rules.courtesy import Courtesy
from bot.rules.dialog import Drafting
from bot.rules.digest import Scope
from bot.rules.entry import Entry
from bot.rules.figure import Digest
from bot.rules.identity import CaseNumber, CategoryId, Language, MeetingId, PersonId, ProjectId, StaffId, TownshipId, UnitId
from bot.rules.likeness import Report
from bot.rules.meeting import Meeting, RaisedMatter
from bot.rules.message import EntryProof, OwnCase
from bot.rules.message.audit import FailedLine
from bot.rules.period import Period
from bot.rules.project import Book, Judged
from bot.rules.rebuff import Rebuffs
from bot.rules.scorecard import Traced
from bot.rules.staff import Invitation, Staff
from bot.rules.survey import Counts, Served
from bot.rules.tasks import Found, TaskPage, TaskQuery
from bot.rules.translation import Backlog as TranslationBacklog
from bot.rules.translation import Legible, Translation
from bot.rules.unit_group import GroupCode, UnitGroup
from bot.rules.week import Week


@dataclass(frozen=True, slots=True)
class TiedCase:
    """A case that is tied to somebody.

    Attributes:
        voice: they are the n-th voice of it.
        has_others: others stand behind it, too.
        has_left: they left it: they follow it no longer, but what they wrote is still there.
        officer: the person who is in charge of it, if anyone is.
    """

    case: Case
    voice: int
    has_others: bool
    officer: PersonId | None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept about somebody beside what whoever they are writes with.

    Attributes:
        known_since: when they first wrote.
        raised: what they raised in meetings that are not over.
    """

    known_since: datetime | None
    cases: tuple[OwnCase, ...]
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether whoever asked to be forgotten has begun something or taken a role, and whether a message is under way."""

    is_back: bool
    is_waiting: bool


class Reader(SignReader, MeasureReader, Protocol):
    """What decisions may look at. Lists are short; totals are exact."""

    async def case(self, number: CaseNumber) -> Case:
        """Return a case; raises NotFound."""
        ...

    async def cases_of(self, person: PersonId, limit: int, begins: int = 0) -> tuple[tuple[Case, ...], int]:
        """Return a person's own cases, newest first, from the `begins`-th on, and how many there are in all."""
        ...

    async def tasks_of(self, units: frozenset[UnitId], limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the open cases of units, what runs out first on top, and how many there are."""
        ...

    async def tasks(self, query: TaskQuery) -> TaskPage:
        """Return a page of the open cases that units work on, and how many there are by every filter."""
        ...

    async def find(self, units: frozenset[UnitId] | None, words: Sequence[str], since: datetime, most: int) -> Found:
        """Search what was first written: in units' open cases and those filed or ended since, or in the newest of all.

        Args:
            words: case-folded; all must be there, each as a part of a word or a whole one.
            most: how many cases to return, the newest first.
        """
        ...

    async def near(
        self, category: CategoryId, township: TownshipId, besides: PersonId, limit: int, begins: int = 0
    ) -> tuple[tuple[CaseNumber, Report], ...]:
        """Return the newest open cases of a category in a township with what was filed, never a confidential one.

        Args:
            besides: who stands behind none of them.
            limit, begins: so many of them, from the `begins`-th on; fewer are the last.
        """
        ...

    async def voices_of(self, number: CaseNumber) -> tuple[tuple[int, PersonId], ...]:
        """Return who stands behind a case: the voice's number and the person."""
        ...

    async def has_left(self, number: CaseNumber, person: PersonId) -> bool:
        """Say whether somebody stood behind a case once and has left it."""
        ...

    async def rebuffs_of(self, person: PersonId) -> Rebuffs | None:
        """Return how often somebody was refused in a way that is entered; None: never."""
        ...

    async def tried_code(self, number: CaseNumber, code: str, person: PersonId) -> Trying:
        """Say whether a code is that of a case, and how often was guessed wrongly at it, and by whoever says it now."""
        ...

    async def ties_of(self, person: PersonId) -> tuple[TiedCase, ...]:
        """Return every case that is tied to somebody, oldest first: those they left, too; twice where they came back."""
        ...

    async def held_about(self, person: PersonId) -> Held:
        """Return what is kept about somebody."""
        ...

    async def rest_of(self, person: PersonId) -> Rest:
        """Return what still happens with somebody."""
        ...

    async def legible(self, number: CaseNumber, slot: str) -> Legible:
        """Open words as an official may read them: the translation instead of the original, empty while that is awaited."""
        ...

    async def legible_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Open all words of a case, by slot, as officials may read them."""
        ...

    async def translations_of(self, number: CaseNumber) -> tuple[Translation, ...]:
        """Return what of a case is to be translated, or was, in the order in which it was asked for."""
        ...

    async def translation(self, text: str) -> Translation:
        """Return one by its id; raises NotFound."""
        ...

    async def translations_waiting(
        self, languages: frozenset[Language], limit: int, begins: int = 0
    ) -> tuple[tuple[Translation, ...], int]:
        """Return what waits in these languages, what runs out first on top, and how many there are."""
        ...

    async def translations_by(self, staff: frozenset[StaffId], limit: int) -> tuple[Translation, ...]:
        """Return what these officials translated, the last first."""
        ...

    async def translation_backlog(self, now: datetime) -> tuple[TranslationBacklog, ...]:
        """Return how much waits to be translated, by language."""
        ...

    async def remembered(self, source: Language, target: Language, wanted: Sequence[str]) -> Mapping[str, str]:
        """Return how normalised sentences were last translated, as far as they were."""
        ...

    async def languages_of(self, number: CaseNumber) -> Mapping[PersonId, Language]:
        """Return the languages of those who stand behind a case, as far as they chose one."""
        ...

    async def words_of(self, number: CaseNumber, slot: str) -> str | None:
        """Open words from the vault; None when there are none, or no longer."""
        ...

    async def words_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Open all words of a case, by slot; none when there are none, or no longer."""
        ...

    async def entries_of(self, number: CaseNumber) -> tuple[Entry, ...]:
        """Return a case's entries, oldest first."""
        ...

    async def meta(self, key: str) -> str | None:
        """Return what the house remembers under a name, such as the bot's own on the network; None when it never did."""
        ...

    async def reminded(self, staff: frozenset[StaffId], at: datetime) -> tuple[tuple[CaseNumber, int, str], ...]:
        """Return what the clock decided to tell these officials at a moment: case, round and stage."""
        ...

    async def triage(self, limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the cases that no unit has, the longest without one first, and how many there are."""
        ...

    async def callbacks(self) -> tuple[Case, ...]:
        """Return the cases on which the newest draws fell and nobody was heard about, the first drawn first."""
        ...

    async def calls(self) -> tuple[Case, ...]:
        """Return the resolved cases whose callers left a number and follow them in no chat, the longest resolved first."""
        ...

    async def staff_ever(self) -> Mapping[StaffId, Staff]:
        """Return everybody who ever held a role, by staff id."""
        ...

    async def files_of(self, number: CaseNumber) -> tuple[CaseFile, ...]:
        """Return the files that a case keeps, in the order in which they came."""
        ...

    async def meeting(self, meeting: MeetingId) -> Meeting:
        """Return a residents' meeting; raises NotFound."""
        ...

    async def group_code(self, digest: str) -> GroupCode:
        """Return a one-time code for a work group by its hash; raises NotFound."""
        ...

    async def unit_groups(self) -> tuple[UnitGroup, ...]:
        """Return the work groups that are linked to units."""
        ...

    async def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings that are not over, the first to end on top."""
        ...

    async def raised_in(self, meeting: MeetingId) -> tuple[RaisedMatter, ...]:
        """Return what was raised in a meeting, in that order."""
        ...

    async def people_in(self, meeting: MeetingId) -> tuple[PersonId, ...]:
        """Return who has joined a meeting that is not over."""
        ...

    async def open_page(self, person: PersonId) -> CaseNumber | None:
        """Return the case whose page someone opened last; None when it is none, or was forgotten."""
        ...

    async def project_book(self, project: ProjectId) -> Book:
        """Return what is known of a livelihood project."""
        ...

    async def judged_by(self, project: ProjectId, person: PersonId) -> Judged | None:
        """Return whether somebody has judged a project; None when they have not."""
        ...

    async def anchored(self, person: PersonId, anchor: str) -> int | None:
        """Return the message that someone was sent under a name; None where there is none, or not yet."""
        ...

    async def draft_of(self, person: PersonId) -> Drafting | None:
        """Return the draft that someone has open."""
        ...

    async def staff_of(self, unit: UnitId | None, roles: frozenset[Role]) -> tuple[Staff, ...]:
        """Return active staff in these roles, of one unit, or of all when `unit` is None."""
        ...

    async def staff_member(self, staff: StaffId) -> Staff:
        """Return one active official; raises NotFound."""
        ...

    async def invitation(self, digest: str) -> Invitation:
        """Return an invitation by the SHA-256 of its secret; raises NotFound."""
        ...

    async def proof_code(self, number: CaseNumber, voice: int) -> str:
        """Return the first 16 hex digits of the entry with which a voice came to a case; raises NotFound."""
        ...

    async def proof_of(self, number: CaseNumber, voice: int) -> EntryProof:
        """Return the signed receipt of the entry with which a voice came to a case, with its proof once a checkpoint has it.

        Raises:
            NotFound: there is no such case, or the voice came to it with no entry.
        """
        ...

    async def uncounted(self, last: Period) -> tuple[Week, ...]:
        """Return the weeks up to `last` that no entry counts yet, oldest first."""
        ...

    async def audit(self, search: Search, zone: ZoneInfo, before: int, limit: int) -> tuple[tuple[int, Entry], ...]:
        """Return entries before a place that fit a search, the newest first, with their places; a day is the zone's."""
        ...

    async def set_aside(self, limit: int) -> tuple[tuple[SetAside, ...], int]:
        """Return updates that could not be handled, oldest first, and how many there are."""
        ...

    async def failed(self, limit: int) -> tuple[tuple[FailedLine, ...], int]:
        """Return messages that were given up, the newest first, and how many there are."""
        ...

    async def survey_entries(self) -> tuple[Entry, ...]:
        """Return the entries about surveys, oldest first."""
        ...

    async def survey_unit(self, digest: str) -> UnitId | None:
        """Return which unit a token is about, by its SHA-256; None when nobody can answer with it."""
        ...

    async def survey_counts(self, period: str) -> Counts:
        """Return how many said what in a survey that runs."""
        ...

    async def served(self, begins_at: datetime, ends_at: datetime) -> tuple[Served, ...]:
        """Return the cases closed between two instants, with those behind them who can be written to."""
        ...

    async def trace(
        self, figure: str, unit: UnitId, period: Period, now: datetime, page: int
    ) -> tuple[tuple[Traced, ...], int]:
        """Return the cases behind a unit's figure, those that count against it first, and how many there are.

        Args:
            figure: one that a scorecard takes.
            page: from 0.
        """
        ...

    async def card_entries(self, period: str) -> tuple[Entry, ...]:
        """Return the entries about the scorecards of a period, oldest first."""
        ...

    async def house_words(self, slot: str) -> str | None:
        """Open words that belong to no case, by what the ledger holds of them; None when there are none."""
        ...

    async def mentions(self) -> tuple[Mention, ...]:
        """Return what open cases and active officials name of the county file, with how many do."""
        ...

    async def digest(self, period: Period, scope: Scope, now: datetime, *, is_brief: bool = False) -> Digest:
        """Compute the figures of a period, cut at `now` while it runs; a brief one has only the period before beside it."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What every decision has at hand besides what was asked; a decision keeps the desk that it was begun at.

    Attributes:
        county_file: the file that may come into force; None where nobody can change that.
    """

    county: County
    calendar: Calendar
    read: Reader
    randomness: Randomness
    county_file: CountyFile | None = None

    @property
    def courtesy(self) -> Courtesy:
        """Return the county's manners."""
        return Courtesy(self.county.hours.quiet, self.calendar)
