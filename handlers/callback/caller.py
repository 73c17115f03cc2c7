"""Buttons around people who phone or come to a counter."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.entry import Channel, Solved
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber, TownshipId


class EnterFor(msgspec.Struct, frozen=True, array_like=True, tag="ec"):
    """Begin to write down what the next one says who comes this way."""

    channel: Channel


class HideCode(msgspec.Struct, frozen=True, array_like=True, tag="eh"):
    """The code was read aloud; it need not stand in the chat any more."""

    case: CaseNumber
    channel: Channel


class ListCalls(msgspec.Struct, frozen=True, array_like=True, tag="el"):
    """List the callers who wait to be asked."""


class OpenCall(msgspec.Struct, frozen=True, array_like=True, tag="eo"):
    """Show a case whose caller waits to be asked."""

    case: CaseNumber


class OpenNumber(msgspec.Struct, frozen=True, array_like=True, tag="en"):
    """Show the phone number that a caller left; it is entered who did."""

    case: CaseNumber


class HeardSolved(msgspec.Struct, frozen=True, array_like=True, tag="es"):
    """A caller says by telephone whether an attempt solved it."""

    case: CaseNumber
    round: int
    solved: Solved


class HeardChoice(msgspec.Struct, frozen=True, array_like=True, tag="eg"):
    """A caller says by telephone whether a partly solved case goes on."""

    case: CaseNumber
    round: int
    goes_on: bool


class HeardScore(msgspec.Struct, frozen=True, array_like=True, tag="er"):
    """A caller says by telephone how satisfied they are, 1 to 5."""

    case: CaseNumber
    round: int
    score: int


class HearAnswer(msgspec.Struct, frozen=True, array_like=True, tag="ea"):
    """Write down what a caller answers to a unit's question: the n-th of an attempt."""

    case: CaseNumber
    round: int
    pause: int


class FindCaller(msgspec.Struct, frozen=True, array_like=True, tag="ef"):
    """Somebody phones about a case that was entered before."""


class HeardDeed(msgspec.Struct, frozen=True, array_like=True, tag="ed"):
    """Whoever is on the line wants this done with their case."""

    case: CaseNumber
    deed: Deed


class HeardWithdrawal(msgspec.Struct, frozen=True, array_like=True, tag="ew"):
    """Whoever is on the line has said once more that they take their case back."""

    case: CaseNumber


class HeardLeaving(msgspec.Struct, frozen=True, array_like=True, tag="ev"):
    """Whoever is on the line has said once more that they leave their case to the others behind it."""

    case: CaseNumber


class HeardReturn(msgspec.Struct, frozen=True, array_like=True, tag="eb"):
    """Whoever is on the line stands behind the case again that they had left to the others."""

    case: CaseNumber


class PickPlace(msgspec.Struct, frozen=True, array_like=True, tag="vp"):
    """Show the townships to choose where a field visit was, or go back from them."""

    is_picking: bool


class SetPlace(msgspec.Struct, frozen=True, array_like=True, tag="vt"):
    """The field visit was here."""

    township: TownshipId


class CountSeen(msgspec.Struct, frozen=True, array_like=True, tag="vc"):
    """So many more households and firms were seen on a field visit, or fewer."""

    households: int
    firms: int


class EnterVisit(msgspec.Struct, frozen=True, array_like=True, tag="vs"):
    """Enter the field visit that is put down."""


VisitButton: TypeAlias = PickPlace | SetPlace | CountSeen | EnterVisit

CallerButton: TypeAlias = (
    EnterFor
    | HideCode
    | ListCalls
    | OpenCall
    | OpenNumber
    | HeardSolved
    | HeardChoice
    | HeardScore
    | HearAnswer
    | FindCaller
    | HeardDeed
    | HeardWithdrawal
    | HeardLeaving
    | HeardReturn
    | VisitButton
)
