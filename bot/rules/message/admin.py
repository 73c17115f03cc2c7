"""What those who watch over the county are told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.county_file import Difference
from bot.rules.fault import Mistake
from bot.rules.figure import Digest
from bot.rules.identity import StaffId, UnitId
from bot.rules.message.audit import AuditMessage
from bot.rules.message.card import CardMessage
from bot.rules.message.duty import DutyMessage
from bot.rules.message.line import CaseLine
from bot.rules.message.survey import SurveyPage
from bot.rules.paper import Form


class StaffJoined(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the admins that an invitation was used."""

    role: Role
    unit: UnitId | None


class StaffUnreachable(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever answers for a unit that one of its officials blocked the bot or has no account any more.

    Attributes:
        staff: who it is.
        cases: how many open ones they have in charge.
        heirs: who could take these over; none where there are none.
        leads: which of those answer for the unit.
    """

    role: Role
    unit: UnitId | None
    staff: StaffId | None = None
    cases: int = 0
    heirs: tuple[StaffId, ...] = ()
    leads: tuple[StaffId, ...] = ()


class AdminWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an admin whether someone who opened a link for an admin may become one."""

    invitation: str


class DigestPart(StrEnum):
    """Which part of a digest a message shows; the values are short, as they travel in buttons."""

    FRONT = "n"
    FIGURES = "f"
    UNITS = "u"
    TOWNSHIPS = "t"
    WARNINGS = "w"
    BOOKS = "b"
    SURVEY = "s"


class DigestPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The digest as a message.

    Attributes:
        part: what of it the message shows; the front is what leaders read first, and leads to the others.
        page: of the buttons with units or townships, from 0.
        is_last: no later period of this length has begun.
    """

    digest: Digest
    part: DigestPart = DigestPart.FRONT
    page: int = 0
    is_last: bool = False


class DigestFile(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The digest as a file, made when it is sent."""

    digest: Digest
    form: Form


class Making(StrEnum):
    """How far a file is."""

    PRINTING = "printing"
    SENDING = "sending"
    FAILED = "failed"


class FileMaking(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell how far a file is; said by whoever makes it while they do."""

    form: Form
    making: Making


class StaffLine(msgspec.Struct, frozen=True, kw_only=True):
    """One official in a list.

    Attributes:
        away_until: an instant on the last day of their leave; None: they are here.
        cases: how many open ones they have in charge.
    """

    staff: StaffId
    role: Role
    is_reachable: bool
    away_until: datetime | None
    cases: int


class StaffList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show who works for a unit, None: for none; where else the reader may look, and what they may invite to."""

    unit: UnitId | None
    lines: tuple[StaffLine, ...]
    units: tuple[UnitId, ...]
    invites: tuple[Role, ...]


class StaffCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show one official; `is_sure` asks once more before their role ends, `heirs` could take over their cases.

    Attributes:
        leads: which of the heirs answer for the unit.
    """

    line: StaffLine
    unit: UnitId | None
    may_end: bool
    is_sure: bool
    heirs: tuple[StaffId, ...]
    leads: tuple[StaffId, ...] = ()


class StaffGone(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell leads that an official's role has ended, and which cases need somebody in charge.

    Attributes:
        heirs: who could take them over.
        leads: which of those answer for the unit.
    """

    staff: StaffId
    role: Role
    unit: UnitId | None
    cases: tuple[CaseLine, ...]
    total: int
    heirs: tuple[StaffId, ...]
    leads: tuple[StaffId, ...] = ()


class RoleEnded(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell somebody that they no longer hold a role."""

    role: Role
    unit: UnitId | None


class CasesHandedOn(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell who is in charge of cases from now on."""

    staff: StaffId
    cases: tuple[CaseLine, ...]


class CountyProposed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show an admin what another county file would change, before it comes into force.

    Attributes:
        digest: SHA-256 of the file, `in_force` of what is in force; 64 hex digits.
        differences: the first of them.
        total: how many there are.
    """

    digest: str
    in_force: str
    differences: tuple[Difference, ...]
    total: int


class CountyTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those who watch over the county that another county file is in force; `by`: whose hand it was."""

    digest: str
    by: StaffId
    differences: tuple[Difference, ...]
    total: int


class CountyRefused(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell an admin why the county file cannot come into force: each mistake with its place."""

    mistakes: tuple[Mistake, ...]
    total: int


class InvitationLink(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a lead or an admin the one-time link for a role."""

    role: Role
    unit: UnitId | None
    link: str
    expires_at: datetime


AdminMessage: TypeAlias = (
    AuditMessage
    | SurveyPage
    | DutyMessage
    | CountyProposed
    | CountyTaken
    | CountyRefused
    | CardMessage
    | StaffList
    | StaffCard
    | StaffGone
    | RoleEnded
    | CasesHandedOn
    | InvitationLink
    | StaffJoined
    | StaffUnreachable
    | AdminWanted
    | DigestPage
    | DigestFile
    | FileMaking
)
