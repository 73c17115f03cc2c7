"""The cases behind a sign, each as it stands now: what a warning counted may be days old, and cases go on.

Invariant: a case that its reader may not see is a number at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.rules.case import OPEN
from bot.rules.identity import CaseNumber
from bot.rules.message.sign import SignCase
from locales.markup import Block, Html, code
from locales.speech import Speech

TOLD: Final = 6
"""How many cases are told one by one; a phone shows no more beside the rest."""


def behind(speech: Speech, numbers: Sequence[CaseNumber], cases: Sequence[SignCase], now: datetime) -> list[Block]:
    """Tell of the cases behind a sign: the first as they stand, the others by their numbers."""
    told = cases[:TOLD]
    named = {case.number for case in told}
    others = [number for number in numbers if number not in named]
    if not told:
        listed = Html(" ".join(code(number) for number in others))
        # tr: Fact of a warning; the numbers of the cases behind it stand on the next line. {cases} is the line of numbers.
        return [speech.line("Cases behind it:\n{cases}", cases=listed)] if others else []
    # tr: Above the cases behind a warning, a line each.
    said: list[Block] = [speech.line("Cases behind it, as they stand now:"), *(_line(speech, case, now) for case in told)]
    if others:
        listed = Html(" ".join(code(number) for number in others))
        # tr: Under the cases behind a warning: further ones by their numbers. {cases} is the line of numbers.
        said.append(speech.line("Also: {cases}", cases=listed))
    return said


def _line(speech: Speech, case: SignCase, now: datetime) -> Html:
    number, state = code(case.number), speech.state(case.state)
    if case.due_at is None or case.state not in OPEN:
        # tr: A case behind a warning: its number, and where it stands.
        return speech.line("{case}: {state}", case=number, state=state)
    length = speech.length(abs(case.due_at - now))
    if now > case.due_at:
        # tr: A case behind a warning: its number, where it stands, and for how long its limit has passed.
        return speech.line("{case}: {state}, overdue for {late}", case=number, state=state, late=length)
    # tr: A case behind a warning: its number, where it stands, and how long it has left.
    return speech.line("{case}: {state}, {left} left", case=number, state=state, left=length)
