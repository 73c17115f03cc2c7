"""Buttons about one's own data."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.erasure import Forgetting


class ShowPrivacy(msgspec.Struct, frozen=True, array_like=True, tag="pv"):
    """Show what becomes of what somebody writes."""


class Forget(msgspec.Struct, frozen=True, array_like=True, tag="fg"):
    """Erase in this way; None: leave everything as it is."""

    how: Forgetting | None


RightsButton: TypeAlias = ShowPrivacy | Forget
