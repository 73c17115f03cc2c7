"""Buttons for whoever sees them: the language, and a case in a list."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import CaseNumber, Language
from bot.rules.message import Hearing


class PickLanguage(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    """Speak this language from now on."""

    language: Language


class ShowCase(msgspec.Struct, frozen=True, array_like=True, tag="o"):
    """Show a case."""

    case: CaseNumber


class ChangeLanguage(msgspec.Struct, frozen=True, array_like=True, tag="cl"):
    """Offer the languages."""


class ShowSettings(msgspec.Struct, frozen=True, array_like=True, tag="ss"):
    """Show what one has chosen."""


class ChooseHearing(msgspec.Struct, frozen=True, array_like=True, tag="hs"):
    """Be told this much of one's own cases from now on."""

    hearing: Hearing


class ChooseBeside(msgspec.Struct, frozen=True, array_like=True, tag="bs"):
    """Have Chinese under one's own language from now on, or no longer."""

    is_beside: bool


GeneralButton: TypeAlias = PickLanguage | ShowCase | ChangeLanguage | ShowSettings | ChooseHearing | ChooseBeside
