"""Buttons for those who watch over the county."""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from bot.rules.message import DigestPart
from bot.rules.paper import Form

BEGINNING: Final = 12
"""Characters of a fingerprint that travel in a button."""


class AnswerAdmin(msgspec.Struct, frozen=True, array_like=True, tag="y"):
    """Say whether a further admin may come in."""

    invitation: str
    is_welcome: bool


class ShowDigest(msgspec.Struct, frozen=True, array_like=True, tag="dg"):
    """Show the digest of a period.

    Attributes:
        area: empty for the county, else `u:` or `t:` and the id of a unit or township.
    """

    period: str
    area: str = ""


class ShowPart(msgspec.Struct, frozen=True, array_like=True, tag="dc"):
    """Show one part of a digest; `page`, from 0, of the units or townships to choose from."""

    period: str
    area: str
    part: DigestPart
    page: int = 0


class PrintDigest(msgspec.Struct, frozen=True, array_like=True, tag="dp"):
    """Make a file of a digest."""

    period: str
    area: str
    form: Form


class ShowCard(msgspec.Struct, frozen=True, array_like=True, tag="sc"):
    """Show the scorecards of a period, or one unit's; `unit` is empty for all."""

    period: str
    unit: str = ""


class TakeCounty(msgspec.Struct, frozen=True, array_like=True, tag="cy"):
    """Put the county file in force that was shown, by the beginnings of its digest and of that in force then."""

    digest: str
    in_force: str


AdminButton: TypeAlias = AnswerAdmin | TakeCounty | ShowCard | ShowDigest | ShowPart | PrintDigest
