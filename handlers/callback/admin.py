"""Buttons for those who watch over the county."""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from bot.rules.message import DigestChoice
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


class ChooseArea(msgspec.Struct, frozen=True, array_like=True, tag="dc"):
    """Show the units or the townships of which there is a digest; `page` from 0."""

    period: str
    area: str
    choosing: DigestChoice
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


AdminButton: TypeAlias = AnswerAdmin | TakeCounty | ShowCard | ShowDigest | ChooseArea | PrintDigest
