"""Every message the house can send, as data: which one, and its fields; never a sentence.

Text is made at the moment of sending, in the language the person has then (`locales.wording`), and buttons beside it
(`handlers.keyboards`). A message that repeats a person's words is personal content and is sealed while it waits.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.figure import Digest
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class Picking(StrEnum):
    """Which choice a draft card is showing."""

    NOTHING = "nothing"
    KIND = "kind"
    CATEGORY = "category"
    TOWNSHIP = "township"
    SENT = "sent"  # no choice any more: it was sent


class Remark(StrEnum):
    """Short answers that carry nothing but themselves."""

    ASK_WORDS = "ask_words"  # write what is wrong
    DRAFT_DISCARDED = "draft_discarded"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    CANCELLED = "cancelled"
    NO_CASES = "no_cases"
    NO_TASKS = "no_tasks"
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"
    STALE_BUTTON = "stale_button"
    INVITATION_INVALID = "invitation_invalid"
    ADMIN_ASKED = "admin_asked"  # a further admin waits for an admin's word
    ADMIN_REFUSED = "admin_refused"
    KEPT = "kept"  # something went wrong, the message is kept
    PRIVATE_ONLY = "private_only"
    TEXT_ONLY = "text_only"
    TOO_LONG = "too_long"
    UNKNOWN_COMMAND = "unknown_command"
    EDIT_IGNORED = "edit_ignored"
    CASE_MOVED_ON = "case_moved_on"  # somebody acted on the case in between
    NOTHING_TO_RATE = "nothing_to_rate"
    PERIOD_UNKNOWN = "period_unknown"  # /digest understands 2026-W47, 2026-11, 2026-Q4, 2026


class Toast(StrEnum):
    """What flashes up when a button was pressed."""

    DONE = "done"
    STALE = "stale"
    MOVED_ON = "moved_on"
    NOT_PERMITTED = "not_permitted"


class Said(msgspec.Struct, frozen=True, tag=True):
    """A plain answer."""

    remark: Remark


class ChooseLanguage(msgspec.Struct, frozen=True, tag=True):
    """Ask for the language, in all of them."""


class Welcome(msgspec.Struct, frozen=True, tag=True):
    """Say what this is and that one message is enough."""


class Help(msgspec.Struct, frozen=True, tag=True):
    """List what can be done, for residents or for a role."""

    role: Role | None


class DraftCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show what will be sent, edited in place.

    Attributes:
        is_guessed: the category was guessed from words, so it is said to be.
    """

    words: str
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    is_guessed: bool
    picking: Picking


class Receipt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the filer the number, the unit, the limit and what happens next.

    Attributes:
        proof: the first 16 hex digits of the entry hash; the store fills it in.
    """

    case: CaseNumber
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    due_at: datetime | None
    proof: str


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case in a list."""

    case: CaseNumber
    state: State
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    due_at: datetime | None
    is_overdue: bool


class MyCases(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List a resident's own cases, newest first; `total` may exceed what is listed."""

    cases: tuple[CaseLine, ...]
    total: int


class CaseAccepted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the unit has signed for the case."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class RatingQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the resident whether it is solved; `answer` is what the unit says it did.

    Attributes:
        is_repeated: it was asked before, so it is said to be the reminder.
    """

    case: CaseNumber
    round: int
    unit: UnitId
    answer: str
    is_repeated: bool


class ScoreQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask how satisfied the resident is, 1 to 5."""

    case: CaseNumber
    round: int
    solved: Solved


class PartlyQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask whether a partly solved case should go on or rest."""

    case: CaseNumber
    round: int


class RatingThanks(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Thank for an answer and repeat it."""

    case: CaseNumber
    solved: Solved
    score: int | None


class CaseReopened(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the case goes on, and until when."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class CaseClosedUnrated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the question was closed without their answer."""

    case: CaseNumber


class TaskNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give an official all that is needed to act on a case.

    Attributes:
        words: what the resident wrote.
        round: above 1, the case was reopened.
        is_mine: the reader is in charge.
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


class TaskList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the open cases of someone's units, what runs out first on top."""

    cases: tuple[CaseLine, ...]
    total: int


class ResolveQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the officer what was done, in words."""

    case: CaseNumber


class TaskResolved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Confirm to the officer that the case is resolved and the resident asked."""

    case: CaseNumber


class TaskRated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the officer what the resident answered."""

    case: CaseNumber
    solved: Solved
    score: int | None


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
    """Remind an official of limits: all that fall together, one message."""

    lines: tuple[ReminderLine, ...]


class StaffWelcome(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell someone which role they now hold."""

    role: Role
    unit: UnitId | None


class StaffJoined(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the admins that an invitation was used."""

    role: Role
    unit: UnitId | None


class AdminWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an admin whether someone who opened a link for an admin may become one."""

    invitation: str


class DigestPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The digest as a message."""

    digest: Digest


class TapAnswered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stop the waiting sign on a pressed button; `tap` is Telegram's id of the tap."""

    tap: str
    toast: Toast | None


Message: TypeAlias = (
    Said
    | ChooseLanguage
    | Welcome
    | Help
    | DraftCard
    | Receipt
    | MyCases
    | CaseAccepted
    | RatingQuestion
    | ScoreQuestion
    | PartlyQuestion
    | RatingThanks
    | CaseReopened
    | CaseClosedUnrated
    | TaskNotice
    | TaskList
    | ResolveQuestion
    | TaskResolved
    | TaskRated
    | ReopenNotice
    | ReminderNotice
    | StaffWelcome
    | StaffJoined
    | AdminWanted
    | DigestPage
    | TapAnswered
)

PROOF_HOLE: Final = "?"
"""Stands for the start of the entry hash in a receipt until the commit knows it."""
