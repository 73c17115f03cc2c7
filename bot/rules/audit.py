"""Looking through the ledger: who saw or did what, by case, warning, proposal, period, official, unit, day and kind.

Invariant: a search is a few words that fit into a button, and the same words find the same entries.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.entry import KINDS
from bot.rules.identity import CaseNumber, StaffId, UnitId

LONGEST: Final = 36
"""Characters of a search: what fits into a button beside the rest."""

PAGE: Final = 12
"""Entries in one message."""

SIGN: Final = 4
"""How many of the last characters of a staff id tell one official from another in a list."""

_CASE: Final = re.compile(r"[A-Za-z]{1,4}-\d{4}-\d{6}", re.ASCII)
_TOPIC: Final = re.compile(r"(?:YJ|JY)-\d{4}-\d{5}", re.ASCII | re.IGNORECASE)
_PERIOD: Final = re.compile(r"20\d{2}(?:-(?:W\d{2}|Q\d|\d{2}))?", re.ASCII | re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_STAFF: Final = re.compile(r"(?:s-)?[0-9a-f]{4,}", re.ASCII)


class AuditGroup(StrEnum):
    """Which kinds of entries are shown; the values are short, as they travel in buttons."""

    ALL = "a"
    #: Something that can lead to a person was opened, or asked for, or tried without a right to it.
    LOOKS = "l"
    #: What officials and residents did with cases.
    DEEDS = "d"
    #: Who works here.
    STAFF = "s"
    #: The house itself: the county file, weeks, draws, restored backups, updates that could not be handled.
    HOUSE = "h"


LOOKING: Final = frozenset({"looked", "identity_asked", "identity_decided", "press_refused", "code_closed"})
STAFFING: Final = frozenset(
    {
        "invited",
        "invitation_refused",
        "joined",
        "staff_ended",
        "leave_taken",
        "leave_ended",
        "group_linked",
        "groups_unlinked",
        "shift_entered",
        "shift_dropped",
    }
)
CLOCKWORK: Final = frozenset({"reminder_decided", "reminder_told", "reminder_seen"})
ASSERTIONS: Final = frozenset({"counted", "voice_counted"})


def kinds_of(group: AuditGroup, house: Collection[str]) -> frozenset[str]:
    """Return the kinds of entries of a group.

    Args:
        house: the kinds that are about no case.
    """
    every = frozenset(kind for kind, _ in KINDS)
    match group:
        case AuditGroup.ALL:
            return every
        case AuditGroup.LOOKS:
            return LOOKING
        case AuditGroup.STAFF:
            return STAFFING
        case AuditGroup.HOUSE:
            return frozenset(house) - STAFFING
        case AuditGroup.DEEDS:
            return every - frozenset(house) - LOOKING - CLOCKWORK - ASSERTIONS


class NotUnderstood(ValueError):
    """A word of a search means nothing here, or they are too many; the word is the error's own."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; all of it holds at once.

    Attributes:
        topic: what an entry about no case is about: the number of a warning or of a proposal, or a period.
        staff: who did it, any of these; none: whoever.
        unit: the unit of whoever did it, or of the case.
        kinds: none: those of the group.
        hidden: the reader's own units: cases about the officials of one of them are left out.
    """

    case: CaseNumber | None = None
    topic: str | None = None
    staff: frozenset[StaffId] = frozenset()
    unit: UnitId | None = None
    day: date | None = None
    kinds: frozenset[str] = frozenset()
    hidden: frozenset[UnitId] = frozenset()

    def between(self, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """Return the county's day as two instants, half-open."""
        if self.day is None:
            return None
        begins_at = datetime(self.day.year, self.day.month, self.day.day, tzinfo=zone)
        ends = self.day + timedelta(days=1)
        return begins_at, datetime(ends.year, ends.month, ends.day, tzinfo=zone)


def search_of(words: Sequence[str], units: Mapping[str, UnitId], staff: Collection[StaffId]) -> Search:
    """Understand what was written behind the command, each word by its form.

    Args:
        units: by id, and by each of their names.
        staff: everybody who ever held a role.

    Raises:
        NotUnderstood: a word is none of these, they are too long together, or a case and something else are asked for.
    """
    if len(" ".join(words)) > LONGEST:
        raise NotUnderstood(" ".join(words))
    found: dict[str, object] = {}
    for word in words:
        what, meaning = _meaning(word, units, staff)
        if what in found:
            raise NotUnderstood(word)
        found[what] = meaning
    if {"case", "topic"} <= found.keys():
        raise NotUnderstood(" ".join(words))
    return Search(**found)  # type: ignore[arg-type]  # each under the name of its field


def _meaning(word: str, units: Mapping[str, UnitId], staff: Collection[StaffId]) -> tuple[str, object]:
    if word in units:
        return "unit", units[word]
    if _CASE.fullmatch(word):
        return "case", CaseNumber(word.upper())
    if _TOPIC.fullmatch(word):
        return "topic", word.upper()
    if _DAY.fullmatch(word):
        try:
            return "day", date.fromisoformat(word)
        except ValueError as error:
            raise NotUnderstood(word) from error
    if word in {kind for kind, _ in KINDS}:
        return "kinds", frozenset({word})
    if _STAFF.fullmatch(word):
        ids = frozenset(each for each in staff if each.endswith(word))
        if ids:
            return "staff", ids
    if _PERIOD.fullmatch(word):  # the last of all: the end of a sign can read like a year
        return "topic", word.upper()
    raise NotUnderstood(word)


def sign_of(staff: StaffId) -> str:
    """Return the end of a staff id, by which lists call an official."""
    return staff[-SIGN:]
