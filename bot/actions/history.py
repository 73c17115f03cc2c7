"""What happened to a case, as officials read it: who by role and unit, what, when, and the words that went with it.

Invariant: nobody is named; a resident is the resident, whoever they are. What a resident wrote stands as officials may read
it; what an official wrote stands beside what a translator made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from bot.rules.case import Case
from bot.rules.entry import (
    CLOCK,
    RESIDENT,
    SYSTEM,
    AnyFact,
    CodeClosed,
    Entry,
    Filed,
    Looked,
    PressRefused,
    ReminderDecided,
    ReminderSeen,
    ReminderTold,
    Resolved,
    Transferred,
    Translated,
    VoiceLeft,
    VoiceReturned,
)
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import CaseHistory, HistoryLine
from bot.rules.slot import FILED, words_slot
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE

HOUSEKEEPING: Final = (
    ReminderDecided,
    ReminderTold,
    ReminderSeen,
    Looked,
    PressRefused,
    CodeClosed,
    VoiceLeft,
    VoiceReturned,
)
"""What is in the ledger too, but would hide what happened; and who left or came back: nobody is to look for them."""

SPOKEN: Final = (f"{FILED}/", "added/")
"""How the slots of files begin; what is translated of them is a voice, of which nothing else stands in a history."""


def case_history(
    case: Case, entries: Iterable[Entry], words: Mapping[str, str], staff: Mapping[StaffId, Staff]
) -> CaseHistory:
    """Describe a case's entries, oldest first.

    Args:
        words: of the case, by slot.
        staff: everybody who ever held a role.
    """
    round_number, lines = 1, []
    for each in entries:
        fact = each.fact
        round_number = getattr(fact, "round", round_number)
        if isinstance(fact, HOUSEKEEPING):
            continue
        by = staff.get(StaffId(each.actor))
        lines.append(
            HistoryLine(
                at=each.at,
                kind=fact.KIND,
                actor=each.actor if each.actor in {RESIDENT, CLOCK, SYSTEM} else None,
                role=by.role if by is not None else None,
                unit=by.unit if by is not None else None,
                words=_words(fact, words, round_number),
                until=_until(fact),
                solved=getattr(fact, "solved", None),
                about=None if isinstance(fact, Filed | Resolved | Transferred) else _unit(fact),
                language=fact.language if isinstance(fact, Translated) else None,
                original=_original(fact, words),
            )
        )
    return CaseHistory(case=case.number, lines=tuple(lines))


def _words(fact: AnyFact, words: Mapping[str, str], round_number: int) -> str | None:
    if isinstance(fact, Translated) and fact.language == CHINESE and not fact.slot.startswith(SPOKEN):
        return None
    slot = words_slot(fact, round_number)
    return None if slot is None else words.get(slot)


def _original(fact: AnyFact, words: Mapping[str, str]) -> str | None:
    """Return what an official wrote, to stand beside what residents read of it; never what a resident did."""
    return words.get(fact.slot) if isinstance(fact, Translated) and fact.language != CHINESE else None


def _until(fact: AnyFact) -> datetime | None:
    found = getattr(fact, "due_at", None)
    return found if isinstance(found, datetime) else None


def _unit(fact: AnyFact) -> UnitId | None:
    found = getattr(fact, "unit", None)
    return UnitId(found) if isinstance(found, str) else None
