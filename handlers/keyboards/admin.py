"""Buttons under what those who watch over the county are told."""

from __future__ import annotations

from bot.rules.message import AdminMessage, AdminWanted, DigestPage
from handlers.callback import AnswerAdmin
from handlers.keyboards import digest
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: AdminMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case AdminWanted(invitation=invitation):
            labels = ((Label.LET_IN, True), (Label.KEEP_OUT, False))
            return [[(say.label(label), AnswerAdmin(invitation, answer)) for label, answer in labels]]
        case DigestPage():
            return digest.rows(message, say)
        case _:
            return []
