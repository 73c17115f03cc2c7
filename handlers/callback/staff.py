"""Buttons with which leads and admins look after who works here."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.county import Role


class ShowStaff(msgspec.Struct, frozen=True, array_like=True, tag="sl"):
    """Show who works for a unit; empty: those who work for none."""

    unit: str


class OpenMember(msgspec.Struct, frozen=True, array_like=True, tag="sm"):
    """Show one official; `is_sure` asks once more whether their role shall end."""

    staff: str
    is_sure: bool


class EndStaff(msgspec.Struct, frozen=True, array_like=True, tag="se"):
    """End an official's role."""

    staff: str


class HandOn(msgspec.Struct, frozen=True, array_like=True, tag="sh"):
    """Put a colleague in charge of all that an official had."""

    staff: str
    to: str


class Invite(msgspec.Struct, frozen=True, array_like=True, tag="si"):
    """Make a one-time link for a role in a unit, empty: in none; a translator's for a language, empty: for every one."""

    role: Role
    unit: str
    language: str = ""


StaffButton: TypeAlias = ShowStaff | OpenMember | EndStaff | HandOn | Invite
