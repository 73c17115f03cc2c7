"""How a county can be reached besides the chat, as its file says: numbers to ring, and where its office is.

Invariant: nothing of it is made up: what the county file leaves out is not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.rules.name import Name


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that anybody may ring, and whose it is."""

    number: str
    name: Name


@dataclass(frozen=True, slots=True)
class Office:
    """What residents may be told who ask how to reach the county.

    Attributes:
        address: where its office is; None where the file does not say.
    """

    phones: tuple[Phone, ...] = ()
    address: Name | None = None


UNKNOWN: Final = Office()
"""Of a county whose file says nothing of it."""
