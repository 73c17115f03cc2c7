"""What people read in a residents' meeting: those who come to it, and whoever holds it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.county import Kind
from bot.rules.identity import CaseNumber, CategoryId, MeetingId, TownshipId, UnitId
from bot.rules.meeting import Standing


class MatterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One matter in a list.

    Attributes:
        is_own: the reader raised it; nobody else is told who did.
        is_seconded: the reader stands behind it.
    """

    number: int
    words: str
    category: CategoryId
    seconds: int
    standing: Standing
    case: CaseNumber | None
    is_own: bool = False
    is_seconded: bool = False


class MeetingPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a meeting to somebody in it: what was raised, what most stand behind first.

    Attributes:
        holder: the unit that holds it; None for one of the county.
        ended: nothing can be raised any more.
    """

    meeting: MeetingId
    title: str
    holder: UnitId | None
    township: TownshipId | None
    ends_at: datetime
    lines: tuple[MatterLine, ...]
    page: int
    pages: int
    total: int
    has_ended: bool


class MeetingCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a meeting to whoever holds it; nothing of it leads to those who came."""

    meeting: MeetingId
    title: str
    township: TownshipId | None
    ends_at: datetime
    people: int
    link: str
    lines: tuple[MatterLine, ...]
    page: int
    pages: int
    total: int
    has_ended: bool
    is_ending: bool = False


class RaisedCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show one matter whole to whoever holds the meeting, to decide about it.

    Attributes:
        is_picking: the category is being chosen.
    """

    meeting: MeetingId
    number: int
    words: str
    kind: Kind
    category: CategoryId
    seconds: int
    standing: Standing
    case: CaseNumber | None
    is_picking: bool = False


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting in a list."""

    meeting: MeetingId
    title: str
    ends_at: datetime


class MeetingList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the meetings that somebody holds, and offer to open one."""

    lines: tuple[MeetingLine, ...]


class MeetingWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask where a meeting shall be, then for how long; and then what it is about, in words.

    Attributes:
        is_placed: the township is chosen, though it may be none.
        hours: how long; None while it is not chosen.
    """

    township: TownshipId | None = None
    is_placed: bool = False
    hours: int | None = None


class RaiseWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask what shall be raised; everybody in the meeting will read it, and nobody sees who wrote it."""

    meeting: MeetingId
    title: str


class MeetingOver(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell that a meeting is over, and what came of it."""

    title: str
    raised: int
    adopted: int
    people: int | None = None


class LinkPicture(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a link as a QR code, to be hung up where people come by."""

    title: str
    link: str


MeetingMessage: TypeAlias = (
    MeetingPage | MeetingCard | RaisedCard | MeetingList | MeetingWanted | RaiseWanted | MeetingOver | LinkPicture
)
