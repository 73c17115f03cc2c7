"""What is said around people who phone or come to a counter: to the operator who enters their case, and to them.

Invariant: a code stands in one message, which goes to whoever is to have it, and in no other.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class CallBegun(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an operator to write down what somebody says."""

    channel: Channel


class CallReceipt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give an operator what to read aloud: the number of the case that they entered, and its code.

    Attributes:
        has_phone: a number was left, by which whoever phoned can be called back.
        bot: the bot's own name, for the link that does the same as number and code; empty while it is not known.
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


class CodeHidden(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stand in the place of a code that was read aloud."""

    case: CaseNumber
    channel: Channel


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


CallerMessage: TypeAlias = CallBegun | CallReceipt | CodeHidden | LinkQuestion | LinkRefused | CaseLinked
