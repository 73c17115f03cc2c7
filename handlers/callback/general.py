"""Buttons for whoever sees them: the language, and a case in a list."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import CaseNumber, Language


class PickLanguage(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    """Speak this language from now on."""

    language: Language


class ShowCase(msgspec.Struct, frozen=True, array_like=True, tag="o"):
    """Show a case."""

    case: CaseNumber


GeneralButton: TypeAlias = PickLanguage | ShowCase
