"""Buttons under scorecards, on their way to being published."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.message import CardAct


class DoCards(msgspec.Struct, frozen=True, array_like=True, tag="sk"):
    """Do something with all cards of a period: show them to the units, or publish them."""

    act: CardAct
    period: str


class DoCard(msgspec.Struct, frozen=True, array_like=True, tag="so"):
    """Object to a unit's card, answer that, or begin to give points by hand."""

    act: CardAct
    period: str
    unit: str


class ChoosePoints(msgspec.Struct, frozen=True, array_like=True, tag="sp"):
    """Choose an indicator by its place in the county file, then points; 0: not yet."""

    period: str
    unit: str
    place: int
    points: int = 0


class DecidePoints(msgspec.Struct, frozen=True, array_like=True, tag="sd"):
    """Confirm or refuse points that somebody gave, by the place of the indicator in the county file."""

    period: str
    unit: str
    place: int
    is_confirmed: bool


class Trace(msgspec.Struct, frozen=True, array_like=True, tag="sf"):
    """Show the cases behind a line of a card, by the place of the indicator in the county file; `page` from 0."""

    period: str
    unit: str
    place: int
    page: int = 0


CardButton: TypeAlias = Trace | DoCards | DoCard | ChoosePoints | DecidePoints
