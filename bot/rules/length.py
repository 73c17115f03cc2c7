"""Lengths of time as people write them in the county file: `30min`, `2h`, `5d`, `60cd`, `24mo`, `50%`.

Reading is strict: what is accepted has exactly one meaning and exactly one way of being written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.rules.fault import Fault, Reason, because


class Span(StrEnum):
    """What a length of time counts (design.md section 7)."""

    RUNNING = "running"
    WORKING_DAYS = "d"
    CALENDAR_DAYS = "cd"
    CALENDAR_MONTHS = "mo"
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as the county file writes it: `30min`, `2h`, `5d`, `60cd`, `24mo`, `50%`.

    Attributes:
        text: as written, kept in the ledger as the rule a case was filed under.
        span: what it counts.
        amount: seconds for RUNNING, else the number of days, months or percent.
    """

    text: str
    span: Span
    amount: int


ALLOWED: Final = because(Fault.LENGTHS)
"""What `parse_length` takes, in words for whoever wrote something else."""


@dataclass(eq=False)
class LengthRefused(ValueError):
    """Tell whoever wrote it: it is no length of time, and what would be."""

    reason: Reason

    def __str__(self) -> str:
        """Say it in English."""
        return str(self.reason)


_WRITTEN: Final = re.compile(r"(?P<number>0|[1-9][0-9]{0,6})(?P<unit>min|h|d|cd|mo|%)")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a unit counts: `factor` turns its number into the amount; numbers go from `least` to `most`."""

    span: Span
    factor: int
    least: int
    most: int


# Nothing at all (`0h`) is a moment: "as soon as it is overdue". No calendar days would end before they began, no share of
# a time is the deadline itself, and all of it the assignment.
_UNITS: Final = {
    "min": _Unit(Span.RUNNING, 60, 0, 10 * 366 * 24 * 60),
    "h": _Unit(Span.RUNNING, 3600, 0, 10 * 366 * 24),
    "d": _Unit(Span.WORKING_DAYS, 1, 0, 10 * 366),
    "cd": _Unit(Span.CALENDAR_DAYS, 1, 1, 10 * 366),
    "mo": _Unit(Span.CALENDAR_MONTHS, 1, 1, 10 * 12),
    "%": _Unit(Span.PERCENT, 1, 1, 99),
}


def parse_length(text: str) -> Length:
    """Read one length, refusing signs, fractions, spaces, leading zeros and anything over ten years.

    Raises:
        LengthRefused: `text` is no such length; the reason quotes it and says what is allowed.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise LengthRefused(because(Fault.NO_LENGTH, value=repr(text), allowed=ALLOWED))
    number, unit = int(written["number"]), _UNITS[written["unit"]]
    if not unit.least <= number <= unit.most:
        least, most = str(unit.least), str(unit.most)
        raise LengthRefused(because(Fault.LENGTH_RANGE, value=repr(text), least=least, most=most, allowed=ALLOWED))
    return Length(text, unit.span, number * unit.factor)
