"""Buttons for those who watch over the county."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class AnswerAdmin(msgspec.Struct, frozen=True, array_like=True, tag="y"):
    """Say whether a further admin may come in."""

    invitation: str
    is_welcome: bool


AdminButton: TypeAlias = AnswerAdmin
