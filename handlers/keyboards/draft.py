"""Buttons under a draft card: each shows what is chosen now and opens the choice; last, whether it is sent."""

from __future__ import annotations

from bot.rules.county import Kind
from bot.rules.message import DraftCard, DraftMessage, Picking
from handlers.callback import Button, DiscardDraft, Pick, PickCategory, PickKind, PickTownship, SendDraft
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label


def rows(message: DraftMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case DraftCard():
            return _draft(message, say)
        case _:
            return []


def _draft(card: DraftCard, say: Lettering) -> Rows:
    choices: list[tuple[str, Button]]
    match card.picking:
        case Picking.NOTHING:
            return _card(card, say)
        case Picking.SENT:
            return []
        case Picking.KIND:
            choices = [(say.kind(kind), PickKind(kind)) for kind in Kind]
        case Picking.CATEGORY:
            choices = [(say.category(each), PickCategory(each)) for each in say.county.categories]
        case Picking.TOWNSHIP:
            choices = [(say.township(each), PickTownship(each)) for each in say.county.townships]
            choices.append((say.label(Label.UNKNOWN_TOWNSHIP), PickTownship(None)))
    return [*in_columns(choices), [(say.label(Label.BACK), Pick(Picking.NOTHING))]]


def _card(card: DraftCard, say: Lettering) -> Rows:
    kind, category, township = say.kind(card.kind), say.category(card.category), say.township(card.township)
    return [
        [(say.label(Label.PICK_CATEGORY, value=category), Pick(Picking.CATEGORY))],
        [
            (say.label(Label.PICK_KIND, value=kind), Pick(Picking.KIND)),
            (say.label(Label.PICK_TOWNSHIP, value=township), Pick(Picking.TOWNSHIP)),
        ],
        [(say.label(Label.SEND), SendDraft(card.begun_by)), (say.label(Label.DISCARD), DiscardDraft(card.begun_by))],
    ]
