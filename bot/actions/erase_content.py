"""Destroying what was said in a case: by order, by the wish of whoever said it, or because enough time has passed.

The ledger keeps the facts and says that, when and why the words went.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.ports import EndedCase
from bot.rules.calendar import Calendar
from bot.rules.county import PrivacyPlan
from bot.rules.deadline import limit
from bot.rules.effect import Effects
from bot.rules.entry import CLOCK, ContentErased, Entry, Erasing
from bot.rules.erasure import CaseContent
from bot.rules.identity import CaseNumber


def erase_content(number: CaseNumber, because: Erasing, actor: str, now: datetime) -> Effects:
    """Destroy words and files of a case, and who stands behind it."""
    fact = ContentErased(because=because)
    entry = Entry(at=now.replace(microsecond=0), actor=actor, case=number, fact=fact)
    return Effects(entries=(entry,), erased=(CaseContent(number),))


def erase_ended(cases: Iterable[EndedCase], plan: PrivacyPlan, calendar: Calendar, now: datetime) -> Effects:
    """Destroy the content of those ended cases for which somebody asked, and of those that were kept long enough."""
    effects = Effects()
    for case in cases:
        if case.is_wished:
            effects += erase_content(case.number, Erasing.REQUEST, CLOCK, now)
        elif limit(case.ended_at, plan.retention, calendar, round_the_clock=False) <= now:
            effects += erase_content(case.number, Erasing.RETENTION, CLOCK, now)
    return effects
