"""What anybody may be told, whoever they are: short answers, language, welcome, help."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.message.remark import Remark, Toast


class Said(msgspec.Struct, frozen=True, tag=True):
    """A plain answer."""

    remark: Remark


class ChooseLanguage(msgspec.Struct, frozen=True, tag=True):
    """Ask for the language, in all of them."""


class Welcome(msgspec.Struct, frozen=True, tag=True):
    """Say what this is and that one message is enough."""


class Help(msgspec.Struct, frozen=True, tag=True):
    """List what can be done, for residents or for a role; `also` are further ones that the same person holds."""

    role: Role | None
    also: tuple[Role, ...] = ()


class OfficePage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say how the office is reached, and that writing here will do.

    Attributes:
        is_open: somebody is there now.
        periods: the office hours of today, or of the next day on which it opens, as (opens, closes).
        has_draft: a report of theirs lies open, and can be gone on with.
    """

    is_open: bool
    periods: tuple[tuple[datetime, datetime], ...]
    has_draft: bool


class Hearing(StrEnum):
    """What somebody wants to be told of by itself; the values stand on buttons, so they are short."""

    EVERYTHING = "all"
    NEEDED = "need"  # questions, what the unit writes, and how it ended


class SettingsPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show what somebody has chosen, to be changed by buttons.

    Attributes:
        is_beside: Chinese stands under what is said in their language.
    """

    hearing: Hearing
    is_beside: bool


class TapAnswered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stop the waiting sign on a pressed button; `tap` is Telegram's id of the tap."""

    tap: str
    toast: Toast | None


GeneralMessage: TypeAlias = Said | ChooseLanguage | Welcome | Help | OfficePage | SettingsPage | TapAnswered
