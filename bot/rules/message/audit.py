"""What supervisors and admins are shown of the ledger, and of what could not be handled or delivered.

Invariant: none of it holds a word that anybody wrote, or says who a resident is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.audit import AuditGroup
from bot.rules.county import Role
from bot.rules.entry import Look
from bot.rules.identity import CaseNumber, StaffId, UnitId


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the ledger.

    Attributes:
        seq: its place.
        actor: `resident`, `clock` or `system`; None for an official.
        staff, role, unit: the official, as far as known.
        look: what was opened, where something was.
        about: the official that it is about, where that is not whoever did it.
        of_unit: the unit that it is about, where it is about no case and that is not where whoever did it works.
        topic: what it is about beside a case: the number of a warning or of a proposal, or a period.
    """

    seq: int
    at: datetime
    kind: str
    actor: str | None
    staff: StaffId | None = None
    role: Role | None = None
    unit: UnitId | None = None
    case: CaseNumber | None = None
    look: Look | None = None
    about: StaffId | None = None
    of_unit: UnitId | None = None
    topic: str | None = None


class AuditPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A page of the ledger, the newest entries on top.

    Attributes:
        asked: what was searched for, as written.
        is_newest: nothing newer than the first line fits the search.
        has_more: older entries do.
        aside, undelivered: how many updates could not be handled and how many messages not be delivered.
    """

    group: AuditGroup
    asked: str
    lines: tuple[AuditLine, ...]
    is_newest: bool
    has_more: bool
    aside: int
    undelivered: int


class AsideLine(msgspec.Struct, frozen=True, kw_only=True):
    """An update that could not be handled; `kind` as the Bot API names it, None where it cannot be told."""

    seq: int
    kind: str | None
    received_at: datetime
    reason: str


class AsideList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List updates that could not be handled; `sure` is the one that shall be dropped for good, if it is so."""

    lines: tuple[AsideLine, ...]
    total: int
    may_act: bool
    sure: int | None = None


class FailedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was given up; `role` is its reader's, None for a resident."""

    failed_at: datetime
    role: Role | None
    unit: UnitId | None
    reason: str


class FailedList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List messages that were given up, the newest on top."""

    lines: tuple[FailedLine, ...]
    total: int


AuditMessage: TypeAlias = AuditPage | AsideList | FailedList
