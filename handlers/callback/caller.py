"""Buttons around people who phone or come to a counter."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber


class EnterFor(msgspec.Struct, frozen=True, array_like=True, tag="ec"):
    """Begin to write down what the next one says who comes this way."""

    channel: Channel


class HideCode(msgspec.Struct, frozen=True, array_like=True, tag="eh"):
    """The code was read aloud; it need not stand in the chat any more."""

    case: CaseNumber
    channel: Channel


CallerButton: TypeAlias = EnterFor | HideCode
