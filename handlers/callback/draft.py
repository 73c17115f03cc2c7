"""Buttons under a draft card: what it is about, where, and whether it is sent."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.county import Kind
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.message import Picking


class Pick(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """Show a choice on the draft card, or go back from one."""

    picking: Picking


class PickKind(msgspec.Struct, frozen=True, array_like=True, tag="k"):
    """The draft is of this kind."""

    kind: Kind


class PickCategory(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    """The draft is about this."""

    category: CategoryId


class PickTownship(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """The draft is about this place; None when the person cannot say."""

    township: TownshipId | None


class PickAbout(msgspec.Struct, frozen=True, array_like=True, tag="xw"):
    """The draft is about officials of this unit; None when that is not said."""

    unit: UnitId | None


class SendDraft(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    """File the draft that the card shows; another that is open meanwhile is left alone."""

    begun_by: int = 0


class DiscardDraft(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """Throw away the draft that the card shows, and no other."""

    begun_by: int = 0


class RemovePart(msgspec.Struct, frozen=True, array_like=True, tag="xr"):
    """Take out of the draft what a message brought; `message` is Telegram's number of it."""

    message: int


class SetNamed(msgspec.Struct, frozen=True, array_like=True, tag="xn"):
    """Let the officer in charge know who it is, or not."""

    is_named: bool


class NoEmergency(msgspec.Struct, frozen=True, array_like=True, tag="xu"):
    """It is no emergency, whatever its words sound like."""


class JoinCase(msgspec.Struct, frozen=True, array_like=True, tag="xj"):
    """Stand behind an open case instead of filing the draft that the card shows."""

    case: CaseNumber
    begun_by: int


class FileApart(msgspec.Struct, frozen=True, array_like=True, tag="xm"):
    """The draft that the card shows is a matter of its own; no case is offered with it any more."""

    begun_by: int


class AddToCase(msgspec.Struct, frozen=True, array_like=True, tag="xa"):
    """Add what the draft that the card shows holds to a case of one's own, instead of filing it."""

    case: CaseNumber
    begun_by: int


class GoOnWith(msgspec.Struct, frozen=True, array_like=True, tag="xc"):
    """Have a closed case of one's own go on with what the draft that the card shows holds, instead of filing it."""

    case: CaseNumber
    begun_by: int


DraftButton: TypeAlias = (
    Pick
    | PickKind
    | PickCategory
    | PickTownship
    | PickAbout
    | SendDraft
    | DiscardDraft
    | RemovePart
    | SetNamed
    | NoEmergency
    | JoinCase
    | FileApart
    | AddToCase
    | GoOnWith
)
