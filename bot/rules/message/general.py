"""What anybody may be told, whoever they are: short answers, language, welcome, help."""

from __future__ import annotations

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


class TapAnswered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Stop the waiting sign on a pressed button; `tap` is Telegram's id of the tap."""

    tap: str
    toast: Toast | None


GeneralMessage: TypeAlias = Said | ChooseLanguage | Welcome | Help | TapAnswered
