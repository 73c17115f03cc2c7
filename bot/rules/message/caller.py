"""What is said around people who phone or come to a counter: to the operator who enters their case, and to them.

Invariant: a code stands in one message, which goes to whoever is to have it, and in no other.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.caller import Lacking
from bot.rules.case import State
from bot.rules.entry import Channel, Solved
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.message.visit import VisitMessage


class CallBegun(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an operator to write down what somebody says."""

    channel: Channel


class CallReceipt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give an operator what to read aloud: the number of the case that they entered, and its code.

    Attributes:
        has_phone: a number was left, by which whoever phoned can be called back.
        bot: the bot's own name, for the link that does the same as number and code; empty while it is not known.
        is_renewed: the code takes the place of one that was lost.
    """

    case: CaseNumber
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    due_at: datetime | None
    channel: Channel
    has_phone: bool
    code: str
    bot: str
    is_renewed: bool = False


class CodeQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an operator whose lost code is made anew.

    Attributes:
        left: how often they may still try today, after a wrong try.
        lacking: what was not in what they wrote; that was no try.
    """

    left: int | None = None
    lacking: Lacking | None = None


class CodeHidden(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stand in the place of a code that was read aloud."""

    case: CaseNumber
    channel: Channel


class CallLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose caller is to be asked, as whoever asks needs it: none of the caller's words.

    Attributes:
        waiting_until: a unit has a question, and its clock stands still until then; None: the case was resolved.
    """

    case: CaseNumber
    round: int
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    resolved_at: datetime | None
    waiting_until: datetime | None = None


class CallWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever asks by telephone that a caller who follows their case in no chat is to be asked."""

    line: CallLine


class CallsList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the cases whose callers are to be asked: a unit's questions on top, then the longest resolved."""

    cases: tuple[CallLine, ...]
    total: int


class CallStage(StrEnum):
    """How far the talk with a caller is."""

    SOLVED = "solved"  # is it?
    PARTLY = "partly"  # shall it go on?
    SCORE = "score"  # how satisfied are they?
    DONE = "done"
    AGAIN = "again"  # it goes on
    QUESTION = "question"  # what the unit asks
    WORDS = "words"  # what does the caller say?
    ANSWERED = "answered"
    KNOWN = "known"  # whoever phones is whoever reported it: what do they want?
    ADDED = "added"
    URGED = "urged"
    SURE = "sure"  # that it is to be withdrawn?
    WITHDRAWN = "withdrawn"
    SURE_TO_LEAVE = "sure_to_leave"  # to those who stand behind it too?
    LEFT = "left"
    AWAY = "away"  # whoever phones has left it, and can come back
    GONE = "gone"  # they have left it for good, or in a chat
    RETURNED = "returned"


class CallCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show what to ask a caller next, and what was entered of what they said.

    Attributes:
        answer: what the unit says it did, or what it asks, to be read aloud.
        due_at: the limit of a case that goes on.
        state: where the case stands, for whoever phones to hear.
        deeds: what whoever phones can have done.
        pause: which question of the round the unit asks, from 1.
        is_followed: others behind it follow it in a chat, where the unit's questions are put.
    """

    line: CallLine
    stage: CallStage
    answer: str = ""
    solved: Solved | None = None
    score: int | None = None
    due_at: datetime | None = None
    state: State | None = None
    deeds: tuple[Deed, ...] = ()
    pause: int = 0
    is_followed: bool = False


class CallerSought(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an operator who is on the line: which case, and what only its caller can say of it.

    Attributes:
        left: how often they may still try today, after a wrong try.
        lacking: what was not in what they wrote; that was no try.
    """

    left: int | None = None
    lacking: Lacking | None = None


class NumberOpened(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give whoever calls back the phone number that was left; that they opened it is an entry."""

    case: CaseNumber
    phone: str


class LinkQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for the number and the code of a case; for the code alone, once the case is known."""

    case: CaseNumber | None = None


class LinkRefused(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that number and code do not go together, and no more; `left` is how often they may still be tried today."""

    left: int


class CaseLinked(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever phoned that their case is followed in this chat from now on."""

    case: CaseNumber
    unit: UnitId
    category: CategoryId
    state: State
    due_at: datetime | None


OperatorMessage: TypeAlias = (
    CallBegun
    | CallReceipt
    | CodeQuestion
    | CodeHidden
    | CallWanted
    | CallsList
    | CallCard
    | CallerSought
    | NumberOpened
    | VisitMessage
)
CallerMessage: TypeAlias = OperatorMessage | LinkQuestion | LinkRefused | CaseLinked
