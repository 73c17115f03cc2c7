"""What those who call drawn cases back are told: how many wait, which, and what became of one.

Invariant: none of it holds a word that anybody wrote.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class CallbackLine(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn case: what somebody outside its unit needs to ask about it.

    Attributes:
        round: the attempt that was drawn.
        closed_at: when that attempt was closed.
    """

    case: CaseNumber
    round: int
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    closed_at: datetime | None


class CallbackNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell someone outside the units that cases were drawn, and how many wait for a call of theirs."""

    total: int


class CallbackList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the drawn cases that nobody was heard about yet, the first drawn on top."""

    cases: tuple[CallbackLine, ...]
    total: int


class CallbackCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a drawn case, to be asked about by the bot or by telephone, and what became of that.

    Attributes:
        voices: how many people behind it can be asked through the bot.
        asked_at: when they were last asked through the bot; None: not yet.
        is_silent: the time for an answer is over, and nobody gave one.
        heard: what was heard, by whichever way; it can be asked about no more.
        has_number: whoever phoned left a number, which the reader may open; it is entered who does.
    """

    line: CallbackLine
    voices: int
    asked_at: datetime | None = None
    is_silent: bool = False
    heard: Solved | None = None
    has_number: bool = False


class CallbackEntered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Confirm to a caller what was entered; anything but yes reopened the case."""

    case: CaseNumber
    solved: Solved


CallingMessage: TypeAlias = CallbackNotice | CallbackList | CallbackCard | CallbackEntered
