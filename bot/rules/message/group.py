"""What is told in and about the work groups of units: counts and case numbers, and nothing that anybody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.identity import CaseNumber, UnitId
from bot.rules.tasks import Only


class GroupLink(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a lead the one-time link that puts the bot into a group of their unit.

    Attributes:
        groups: how many are linked already.
    """

    unit: UnitId
    link: str
    command: str
    expires_at: datetime
    groups: int


class GroupJoined(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the lead that a group was linked with their code; `groups` is how many there are now, 0: none any more."""

    unit: UnitId
    groups: int


class GroupWelcome(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a group whose it is now, what it will read, and what is not said in it."""

    unit: UnitId


class GroupNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a group how much its unit has to do.

    Attributes:
        counts: open cases by filter, at the beginning of a working day; none where it only tells which have become late.
        late: numbers of cases past their limit; not those about an official.
    """

    unit: UnitId
    counts: tuple[tuple[Only, int], ...]
    late: tuple[CaseNumber, ...]


GroupMessage: TypeAlias = GroupLink | GroupJoined | GroupWelcome | GroupNotice
