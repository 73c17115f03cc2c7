"""What is said around field visits: the card on which one is put down, and what follows it."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import TownshipId, VisitId


class VisitCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a visit that is being put down, edited in place.

    Attributes:
        is_picking: the townships are shown to choose from.
        is_lacking: it cannot be entered yet: where it went, or whom it saw, is missing.
    """

    township: TownshipId | None
    households: int
    firms: int
    is_picking: bool = False
    is_lacking: bool = False


class VisitEntered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Confirm a visit, and offer to write down what was heard: matters, and proposals (`visit` is where they came from)."""

    township: TownshipId
    households: int
    firms: int
    visit: VisitId | None = None


VisitMessage: TypeAlias = VisitCard | VisitEntered
