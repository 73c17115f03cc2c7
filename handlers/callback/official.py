"""Buttons with which officials act on a case."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import CaseNumber


class AcceptCase(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """Sign for a case."""

    case: CaseNumber


class ResolveCase(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """Say that a case is done."""

    case: CaseNumber


OfficialButton: TypeAlias = AcceptCase | ResolveCase
