"""Buttons under what is said around people who phone or come to a counter."""

from __future__ import annotations

from typing import assert_never

from bot.rules.message import CallBegun, CallerMessage, CallReceipt, CaseLinked, CodeHidden, LinkQuestion, LinkRefused
from handlers.callback import EnterFor, HideCode
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: CallerMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case CallReceipt(case=number, channel=channel):
            return [[(say.label(Label.HIDE_CODE), HideCode(number, channel))]]
        case CodeHidden(channel=channel):
            return [[(say.label(Label.ENTER_NEXT), EnterFor(channel))]]
        case CaseLinked(case=number):
            return say.cases([number])
        case CallBegun() | LinkQuestion() | LinkRefused():
            return []
        case _:
            assert_never(message)
