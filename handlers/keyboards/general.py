"""Buttons under what anybody may be told: languages, settings."""

from __future__ import annotations

from bot.rules.message import ChooseLanguage, GeneralMessage, Hearing, Help, SettingsPage, Welcome
from handlers.callback import ChangeLanguage, ChooseBeside, ChooseHearing, PickLanguage, ShowPrivacy, ShowSettings
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: GeneralMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case ChooseLanguage():
            return [[(name, PickLanguage(choice))] for choice, name in say.wording.language_names()]
        case Welcome():
            return [[(say.label(Label.PRIVACY), ShowPrivacy())]]
        case Help():
            return [[(say.label(Label.SETTINGS), ShowSettings()), (say.label(Label.PRIVACY), ShowPrivacy())]]
        case SettingsPage():
            return _settings(message, say)
        case _:
            return []


def _settings(message: SettingsPage, say: Lettering) -> Rows:
    """Draw the choices, what is chosen marked; Chinese beside it only in a language that nobody has signed off yet."""
    is_all = message.hearing is Hearing.EVERYTHING
    rows: Rows = [
        [(_marked(say, Label.HEAR_ALL, is_chosen=is_all), ChooseHearing(Hearing.EVERYTHING))],
        [(_marked(say, Label.HEAR_NEEDED, is_chosen=not is_all), ChooseHearing(Hearing.NEEDED))],
    ]
    if say.wording.takes_chinese_beside(say.language):
        label = Label.CHINESE_NOT if message.is_beside else Label.CHINESE_TOO
        rows.append([(say.label(label), ChooseBeside(not message.is_beside))])
    return [*rows, [(say.label(Label.CHANGE_LANGUAGE), ChangeLanguage())]]


def _marked(say: Lettering, label: Label, *, is_chosen: bool) -> str:
    return say.label(Label.CHOSEN, value=say.label(label)) if is_chosen else say.label(label)
