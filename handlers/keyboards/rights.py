"""Buttons under what people are told about their own data."""

from __future__ import annotations

from bot.rules.erasure import Forgetting
from bot.rules.message import ForgetQuestion, RightsMessage
from handlers.callback import Forget
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: RightsMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case ForgetQuestion():
            return [
                [(say.label(Label.FORGET_TIE), Forget(Forgetting.TIE))],
                [(say.label(Label.FORGET_ALL), Forget(Forgetting.ALL))],
                [(say.label(Label.FORGET_NOTHING), Forget(None))],
            ]
        case _:
            return []
