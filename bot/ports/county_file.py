"""The county file beside the one that is in force, as whoever may change that sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.rules.county_file import Difference
from bot.rules.fault import Mistake


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the county file says now; checked, and fit to be in force.

    Attributes:
        text: the whole file.
        digest: SHA-256 of it; `in_force`: of what is in force.
        differences: where the two say something else.
    """

    text: str
    digest: str
    in_force: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """The county file says nothing that could be in force: all that is wrong with it."""

    mistakes: tuple[Mistake, ...]


class CountyFile(Protocol):
    """The file that the settings name."""

    async def proposal(self) -> Proposal | Unfit:
        """Read the file and compare it with what is in force."""
        ...


class InForce(Protocol):
    """Whoever sees to it that every part of the program holds the county that is in force."""

    def adopt(self, text: str) -> None:
        """Hand the county that this process has just put in force to every part, before anything else is decided."""
        ...
