"""What those who watch over the county are told."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.figure import Digest
from bot.rules.identity import UnitId


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


AdminMessage: TypeAlias = StaffJoined | AdminWanted | DigestPage
