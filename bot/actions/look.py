"""An official opens something that can lead to a person: it is entered, and the resident sees it by role and unit."""

from __future__ import annotations

from datetime import datetime

from bot.rules.effect import Effects
from bot.rules.entry import Entry, Look, Looked
from bot.rules.identity import CaseNumber, StaffId


def look(number: CaseNumber, by: StaffId, what: Look, now: datetime) -> Effects:
    """Enter that an official saw what can lead to a person: nothing but the look itself changes."""
    return Effects(entries=(Entry(at=now, actor=by, case=number, fact=Looked(at_what=what)),))
