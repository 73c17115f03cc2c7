"""Buttons under what anybody may be told: the choice of languages."""

from __future__ import annotations

from bot.rules.message import ChooseLanguage, GeneralMessage, Help, Welcome
from handlers.callback import PickLanguage, ShowPrivacy
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: GeneralMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case ChooseLanguage():
            return [[(name, PickLanguage(choice))] for choice, name in say.wording.language_names()]
        case Welcome() | Help(role=None):
            return [[(say.label(Label.PRIVACY), ShowPrivacy())]]
        case _:
            return []
