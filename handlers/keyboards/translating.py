"""Buttons under what translators are told."""

from __future__ import annotations

from typing import Final

from bot.actions.translate_text import LISTED
from bot.rules.message import (
    NoTranslator,
    Standing,
    TranslatingMessage,
    TranslationCard,
    TranslationList,
    TranslationWanted,
)
from bot.rules.translation import item_id
from handlers.callback import Button, GiveTextBack, ListTexts, OpenText, TakeText, UseEarlier
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label

TAKE: Final = {
    Standing.FREE: Label.TAKE_TEXT,
    Standing.TAKEN: Label.TAKE_OVER_TEXT,
    Standing.WRITTEN: Label.CORRECT_TEXT,
}
"""What stands on the button with which a text is taken; where there is none it cannot be."""


def rows(message: TranslatingMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message."""
    match message:
        case TranslationWanted():
            text = item_id(message.case, message.slot, message.target)
            return [[(say.label(Label.OPEN_TEXT, case=message.case), OpenText(text))]]
        case TranslationList():
            return _list(message, say)
        case TranslationCard():
            return _card(message, say)
        case NoTranslator():
            return []


def _list(message: TranslationList, say: Lettering) -> Rows:
    drawn: Rows = [[(say.label(Label.OPEN_TEXT, case=line.case), OpenText(line.text))] for line in message.lines]
    turns: list[tuple[str, Button]] = []
    if message.page > 0:
        turns.append((say.label(Label.PAGE_BEFORE), ListTexts(message.page - 1)))
    if message.total > (message.page + 1) * LISTED:
        turns.append((say.label(Label.PAGE_AFTER), ListTexts(message.page + 1)))
    done: Rows = [[(say.label(Label.OPEN_DONE, case=line.case), OpenText(line.text))] for line in message.done]
    return [*drawn, *([turns] if turns else []), *done]


def _card(message: TranslationCard, say: Lettering) -> Rows:
    back: Rows = [[(say.label(Label.LIST_TEXTS), ListTexts(0))]]
    if message.whole is not None and message.standing in {Standing.FREE, Standing.MINE}:
        back.insert(0, [(say.label(Label.USE_EARLIER), UseEarlier(message.text, message.mark))])
    if message.standing is Standing.MINE:
        return [
            [
                (say.label(Label.WRITE_TEXT), TakeText(message.text)),
                (say.label(Label.GIVE_BACK), GiveTextBack(message.text)),
            ],
            *back,
        ]
    label = TAKE.get(message.standing)
    return back if label is None else [[(say.label(label), TakeText(message.text))], *back]
