"""What a resident is told and asked about their own cases."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.entry import Resuming, Solved
from bot.rules.handling import Law, Stock
from bot.rules.identity import CaseNumber, CategoryId, Language, UnitId
from bot.rules.message.asking import AskingMessage
from bot.rules.message.following import FollowingMessage
from bot.rules.message.line import CaseLine


class MyCases(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List a resident's own cases, newest first; `total` may exceed what is listed, from the `begins`-th on."""

    cases: tuple[CaseLine, ...]
    total: int
    begins: int = 0


class CaseAccepted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the unit has signed for the case."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class RatingQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the resident whether it is solved; `answer` is what the unit says it did.

    Attributes:
        is_repeated: it was asked before, so it is said to be the reminder.
        following: the languages into which the answer is being translated.
        translations: the answer in other languages, as far as it is translated.
    """

    case: CaseNumber
    round: int
    unit: UnitId
    answer: str
    is_repeated: bool
    following: tuple[Language, ...] = ()
    translations: tuple[tuple[Language, str], ...] = ()


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
    round: int | None = None


class CallbackQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask a resident, from outside the unit, whether a closed case that was drawn is solved.

    Attributes:
        round: the attempt that was drawn.
        closed_at: when that attempt was closed.
    """

    case: CaseNumber
    round: int
    category: CategoryId
    unit: UnitId
    closed_at: datetime | None


class CaseReopened(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the case goes on, and until when."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class CaseClosedUnrated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the question was closed without their answer."""

    case: CaseNumber


class UnitWrote(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Pass on what the unit says meanwhile: its own words, or a stock answer by its name.

    Attributes:
        is_for_all: it is said to everybody behind the case.
        following: the languages into which the words are being translated.
    """

    case: CaseNumber
    unit: UnitId
    words: str
    stock: Stock | None
    is_for_all: bool
    following: tuple[Language, ...] = ()


class WordsTranslated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a resident in their own language what a unit wrote to them before in Chinese."""

    case: CaseNumber
    unit: UnitId
    words: str
    original: str
    is_corrected: bool


class UnitAsked(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Put the unit's question to the resident; until they answer, at most until `until`, the limit waits.

    Attributes:
        following: the languages into which the question is being translated.
    """

    case: CaseNumber
    unit: UnitId
    question: str
    until: datetime
    following: tuple[Language, ...] = ()


class AnswerWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for the answer, which is the next message."""

    case: CaseNumber


class AnswerTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the answer was passed on, and until when the case is to be resolved now."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class PauseEnded(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the case goes on without the answer."""

    case: CaseNumber
    because: Resuming
    due_at: datetime | None


class LimitMoved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the limit is another one now, and why, in the words of whoever moved it.

    Attributes:
        following: the languages into which the reason is being translated.
        is_by_supervisor: those who watch over the units moved it and say why, not the unit.
    """

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None
    reason: str
    following: tuple[Language, ...] = ()
    is_by_supervisor: bool = False


class CaseMoved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that another unit answers for the case now."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class CaseRefused(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the case is not taken up, by which article, why, and what the resident may do.

    Attributes:
        following: the languages into which the reason is being translated.
    """

    case: CaseNumber
    law: Law
    reason: str
    following: tuple[Language, ...] = ()


class CaseMerged(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the case goes on as another one, behind which the resident stands now."""

    case: CaseNumber
    into: CaseNumber
    unit: UnitId
    due_at: datetime | None


class EntryProof(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give the filer the signed receipt of the case's entry, and the proof of it once a checkpoint has the entry.

    Attributes:
        text: as other programs read it (docs/ledger.md section 6).
    """

    case: CaseNumber
    text: str
    is_proved: bool


ResidentMessage: TypeAlias = (
    FollowingMessage
    | AskingMessage
    | MyCases
    | CaseAccepted
    | RatingQuestion
    | ScoreQuestion
    | PartlyQuestion
    | RatingThanks
    | CallbackQuestion
    | CaseReopened
    | CaseClosedUnrated
    | UnitWrote
    | WordsTranslated
    | UnitAsked
    | AnswerWanted
    | AnswerTaken
    | PauseEnded
    | LimitMoved
    | CaseMoved
    | CaseRefused
    | CaseMerged
    | EntryProof
)
