"""Buttons with which warnings and integrity signals are seen and dealt with."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.message.sign import SignStep


class ListSigns(msgspec.Struct, frozen=True, array_like=True, tag="wl"):
    """Show a page of the open signs, from 0."""

    page: int = 0


class OpenSign(msgspec.Struct, frozen=True, array_like=True, tag="wo"):
    """Show one sign."""

    sign: str


class TakeSign(msgspec.Struct, frozen=True, array_like=True, tag="ws"):
    """Take a step with a sign, or begin it; `body` is whom it is referred to, empty where that is still to be chosen."""

    sign: str
    step: SignStep
    body: str = ""


SignButton: TypeAlias = ListSigns | OpenSign | TakeSign
