"""What those who work on cases are told, with all that is needed to act."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.figure import Digest
from bot.rules.file import Media
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, CategoryId, FileId, StaffId, TownshipId, UnitId
from bot.rules.message.calling import CallingMessage
from bot.rules.message.group import GroupMessage
from bot.rules.message.history import CaseHistory
from bot.rules.message.leave import LeaveMessage
from bot.rules.message.line import CaseLine
from bot.rules.message.translating import TranslatingMessage
from bot.rules.tasks import Only
from bot.rules.translation import Legible, Rendering


class News(StrEnum):
    """What has just happened to a case, as the heading of its card; the words that go with it stand under it."""

    NOTED = "noted"
    REPLIED = "replied"
    ANNOUNCED = "announced"
    ASKED = "asked"  # the resident; the clock stands still
    ANSWERED = "answered"  # by the resident
    EXPIRED = "expired"  # no answer came in time
    DROPPED = "dropped"  # the question
    TRANSFERRED = "transferred"
    GIVEN = "given"  # by a supervisor, out of triage
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_WANTED = "extension_wanted"  # the same, for those who decide
    GRANTED = "granted"
    DENIED = "denied"
    RECLASSIFIED = "reclassified"
    HANDED_OVER = "handed_over"
    IN_CHARGE = "in_charge"  # the same, for who has it now
    IN_CHARGE_AWAY = "in_charge_away"  # the same, for the deputy of who has it now and is on leave
    UNIT_ADDED = "unit_added"
    JOINED = "joined"  # the same, for the unit that was added
    PART_DONE = "part_done"
    REFUSED = "refused"
    MERGED = "merged"
    MERGED_IN = "merged_in"  # the same, for who handles the case that goes on
    MERGED_READABLE = "merged_readable"  # what was filed with the merged one is translated or written down, for the same
    ADDED = "added"  # words, by the resident
    JOINED_BY = "joined_by"  # one more resident, with words of their own
    URGED = "urged"
    PERSON_WANTED = "person_wanted"
    WITHDRAWN = "withdrawn"
    FIXED_MEANWHILE = "fixed_meanwhile"  # says the resident, asked when the limit had passed
    NOT_FIXED = "not_fixed"  # the same, to the contrary
    COMMENTED = "commented"  # by the resident, beside their score
    TRANSLATED = "translated"  # what the resident wrote
    WRITTEN_DOWN = "written_down"  # a voice of the resident
    RETRANSLATED = "retranslated"  # a translator corrected it


class TaskNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give an official all that is needed to act on a case.

    Attributes:
        words: what the resident wrote.
        round: above 1, the case was reopened.
        is_mine: the reader is in charge.
        steps: what the reader can do with it now, in the order of the buttons.
        is_more: the buttons that are seldom needed are shown too.
        news: what has just happened to it, and `said` the words that go with that.
        joint: other units that work on it too.
        waiting_until: when the pause that lasts now ends by itself.
        wish_due_at: the limit that is asked for now.
        voices: how many people stand behind it.
        is_withheld: the words are left out, as the reader does not see the case.
        spoken: the voices that came with the case, as they were written down.
        rendering, said_rendering: how `words` and `said` stand here where they were not written in Chinese.
        is_by_phone: what has just happened was heard by telephone, and entered by an operator.
        about: the unit whose officials a confidential case is about.
        is_unattended: nobody in the unit could be told, so that the reader is told of it as an admin.
        officer: who is in charge.
    """

    case: CaseNumber
    state: State
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    words: str
    filed_at: datetime
    accept_due_at: datetime | None
    due_at: datetime | None
    round: int
    is_mine: bool
    steps: tuple[Step, ...] = ()
    is_more: bool = False
    news: News | None = None
    said: str | None = None
    joint: tuple[UnitId, ...] = ()
    waiting_until: datetime | None = None
    wish_due_at: datetime | None = None
    voices: int = 1
    is_withheld: bool = False
    spoken: tuple[Legible, ...] = ()
    rendering: Rendering | None = None
    said_rendering: Rendering | None = None
    is_by_phone: bool = False
    about: UnitId | None = None
    is_unattended: bool = False
    officer: StaffId | None = None


class WordsWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an official for the words that a step needs."""

    case: CaseNumber
    step: Step


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague who is on leave: until when (an instant on the last day), and who is told in their stead."""

    staff: StaffId
    last_at: datetime
    deputy: StaffId | None


class Choice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Let an official choose what a step needs: a unit, a class, a colleague, an article of law, or a stock answer.

    Attributes:
        options: ids, in the order of the buttons; of a colleague the staff id.
        leads: which of them answer for the unit.
        own: which of them the reader is.
        away: which of them are on leave.
    """

    case: CaseNumber
    step: Step
    options: tuple[str, ...]
    leads: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()


class Picked(StrEnum):
    """Which choice a triage card is showing."""

    NOTHING = "n"
    UNIT = "u"
    CATEGORY = "c"
    DONE = "d"  # no choice any more: it was given to a unit


class TriageCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give whoever decides all that is needed to find a unit for a case.

    Attributes:
        words: what the resident wrote.
        left: the unit that gave it back, and `reason` why, in words.
        is_second: a unit gave it back before, so this decision is for good.
        unit, category, is_final, said: what is chosen so far, and the words that go with it.
        options: ids to choose from, of units or categories, while one of them is being picked.
        rendering: how `words` stand here where they were not written in Chinese.
    """

    case: CaseNumber
    words: str
    left: UnitId
    reason: str
    old_category: CategoryId
    township: TownshipId | None
    due_at: datetime | None
    limit_at: datetime
    is_second: bool
    unit: UnitId | None
    category: CategoryId
    is_final: bool
    said: str
    picked: Picked = Picked.NOTHING
    options: tuple[str, ...] = ()
    rendering: Rendering | None = None


class TriageList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the cases that no unit has, the longest without one on top."""

    cases: tuple[CaseLine, ...]
    total: int


class FileShown(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show an official a file of a case; its content is opened at the moment of sending.

    Attributes:
        place, of: which file of how many.
    """

    case: CaseNumber
    file: FileId
    media: Media
    place: int
    of: int


class WhereShown(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell an official what came with a case besides words; a place and a phone number only the officer in charge.

    Attributes:
        latitude, longitude: degrees; None when no place was sent, or it is not theirs to see.
        phone, name: None when none was given, or it is not theirs to see.
        voices: how many voice messages lie in the vault; they are written down, not played.
        waiting: files that are still being fetched.
        files: how many follow.
    """

    case: CaseNumber
    latitude: float | None
    longitude: float | None
    phone: str | None
    name: str | None
    voices: int
    waiting: int
    files: int


class TaskList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the open cases of someone's units, what runs out first on top.

    Attributes:
        total: how many there are by the filter that is chosen.
        only: the filter; None where the list has none to choose from.
        page: from 0.
        counts: how many there are by every filter.
        acceptable: how many of those shown wait to be signed for by the reader's units.
        mark: tells the list from any other (`bot.rules.tasks.fingerprint`).
        is_morning: it comes by itself, at the beginning of a working day.
    """

    cases: tuple[CaseLine, ...]
    total: int
    only: Only | None = None
    page: int = 0
    counts: tuple[tuple[Only, int], ...] = ()
    acceptable: int = 0
    mark: str = ""
    is_morning: bool = False


class FoundCases(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List what a search found, the newest first; without `is_complete` not everything could be looked through."""

    cases: tuple[CaseLine, ...]
    total: int
    is_complete: bool


class UnitMirror(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a lead how their own unit stands: what is open now, and the figures of the week before."""

    unit: UnitId
    counts: tuple[tuple[Only, int], ...]
    digest: Digest


class ResolveQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the officer what was done, in words; where `wants_evidence`, with a photo or a document of it."""

    case: CaseNumber
    wants_evidence: bool = False


class TaskResolved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Confirm to the officer that the case is resolved and the resident asked."""

    case: CaseNumber


class TaskRated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the officer what the resident answered."""

    case: CaseNumber
    solved: Solved
    score: int | None
    is_by_phone: bool = False


class ReopenNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a supervisor that a resident says a case is not solved."""

    case: CaseNumber
    unit: UnitId
    round: int
    due_at: datetime | None


class ReminderLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case in a reminder.

    Attributes:
        stage: which moment, such as `before:1d`, `overdue:0h`, `unaccepted:4h`.
        limit_at: the limit that the stage is about.
        is_late: the limit has passed at the moment of telling.
    """

    case: CaseNumber
    stage: str
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    limit_at: datetime
    is_late: bool


class ReminderNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Remind an official of limits: all that fall together, one message; `decided_at` is their moment, for the button."""

    lines: tuple[ReminderLine, ...]
    decided_at: datetime | None = None


class RemindersSeen(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stand in place of a reminder that was seen: how its cases are now."""

    cases: tuple[CaseLine, ...]


class StaffWelcome(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell someone which role they now hold; `sign` is how colleagues find them, None in letters of earlier versions."""

    role: Role
    unit: UnitId | None
    sign: StaffId | None = None


class RoleMenu(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Hang out the menu of commands for what someone holds, in their chat; nothing is written there."""

    roles: tuple[Role, ...]


OfficialMessage: TypeAlias = (
    CallingMessage
    | GroupMessage
    | LeaveMessage
    | TranslatingMessage
    | TaskNotice
    | WordsWanted
    | Choice
    | TriageCard
    | TriageList
    | CaseHistory
    | TaskList
    | FoundCases
    | UnitMirror
    | ResolveQuestion
    | TaskResolved
    | TaskRated
    | ReopenNotice
    | ReminderNotice
    | RemindersSeen
    | StaffWelcome
    | FileShown
    | WhereShown
    | RoleMenu
)
