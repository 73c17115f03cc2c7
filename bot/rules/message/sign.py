"""What is told about signs: warnings and integrity signals, to those who watch over the county and to units."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, SignNumber, UnitId
from bot.rules.warning_life import Sign


class SignStep(StrEnum):
    """What can be done with a sign; the values are short, as they travel in buttons."""

    DRAFT = "d"  # show the supervision note, not yet sent
    SEND = "s"
    ANSWER = "a"
    REFER = "r"
    CLOSE = "c"
    PRINT = "p"  # the supervision note as a form on paper
    LETTER = "l"  # the letter of referral on paper, with its evidence


class SignNews(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell what a night found: what begins, what is graver than ever, what is over; `more` are not named."""

    begun: tuple[Sign, ...]
    worse: tuple[Sign, ...]
    over: tuple[Sign, ...]
    more: int = 0


class SignList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the open signs, the gravest first.

    Attributes:
        page: from 0.
        total: how many there are on all pages; signals: how many of them are integrity signals.
        unit: whose they are; None for the county's.
        history: for how many weeks there is a past to hold numbers against; None where that is enough.
    """

    signs: tuple[Sign, ...]
    page: int
    total: int
    signals: int = 0
    unit: UnitId | None = None
    history: int | None = None


class SignCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case behind a sign as the ledger has it now, to whoever may see it.

    Attributes:
        accepted_at, resolved_at: of the attempt that was resolved last, or where none was, of the one that runs.
        attempts: how often it was taken up; extensions: how often it was given more time.
        solved, score: the worst that any voice answered to that attempt; None where none did.
    """

    number: CaseNumber
    category: CategoryId
    filed_at: datetime
    due_at: datetime | None
    state: State
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    attempts: int = 1
    extensions: int = 0
    solved: Solved | None = None
    score: int | None = None


class SignCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a sign: why, since when, what stands behind it, what was said, and what can be done.

    Attributes:
        cases: of those behind it, which the reader may open.
        behind: how these stand now, as far as the reader may see them.
        note, answer, referral, closing: what was said, where it was.
        steps: what the reader can do.
    """

    sign: Sign
    cases: tuple[CaseNumber, ...]
    steps: tuple[SignStep, ...]
    behind: tuple[SignCase, ...] = ()
    note: str | None = None
    answer: str | None = None
    referral: str | None = None
    closing: str | None = None


class SignNote(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a supervision note (督办单): a draft to whoever sends it, or the note itself to the unit.

    Attributes:
        behind: how its unit's own cases stand now.
        words: what was added to it.
        is_draft: it is not sent; only whoever drafted it sees it.
    """

    sign: Sign
    unit: UnitId
    cases: tuple[CaseNumber, ...]
    answer_by: datetime
    words: str
    is_draft: bool
    behind: tuple[SignCase, ...] = ()


class SignNoteFile(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a supervision note as a form to print: to whoever drafts it, to those who watch, to the unit that has it.

    Attributes:
        cases: of those behind it, the unit's own.
        sent_at: None of a draft.
        answer: what the unit said; None before it has.
    """

    note: SignNote
    cases: tuple[SignCase, ...]
    sent_at: datetime | None = None
    answer: str | None = None

    @property
    def sign(self) -> Sign:
        """Return what it is about."""
        return self.note.sign


class SignAnswer(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those who watch that a unit answered, or that it has not by its limit; `words` is None then."""

    sign: Sign
    words: str | None


class SignWordsWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for the words that a step with a sign needs; `body` is whom it is referred to."""

    sign: SignNumber
    step: SignStep
    body: str | None = None


class SignBodies(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask to which body a signal is referred."""

    sign: SignNumber
    bodies: tuple[str, ...]


class SignReferral(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give whoever refers a signal the letter with its evidence, to hand on."""

    sign: Sign
    body: str
    words: str
    answer: str | None


class SignLetterFile(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a letter of referral as a form to print, with how each case behind the signal went; `cases` are those."""

    letter: SignReferral
    cases: tuple[SignCase, ...]

    @property
    def sign(self) -> Sign:
        """Return what it is about."""
        return self.letter.sign


SignMessage: TypeAlias = (
    SignNews
    | SignList
    | SignCard
    | SignNote
    | SignNoteFile
    | SignAnswer
    | SignWordsWanted
    | SignBodies
    | SignReferral
    | SignLetterFile
)
