"""Buttons under a draft card: each shows what is chosen now and opens the choice; last, whether it is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from bot.rules.case import State
from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber
from bot.rules.message import Attached, DraftCard, DraftMessage, Picking, Receipt
from bot.rules.routing import can_be_about
from handlers.callback import (
    AddToCase,
    Button,
    DiscardDraft,
    FileApart,
    GoOnWith,
    JoinCase,
    NoEmergency,
    Pick,
    PickAbout,
    PickCategory,
    PickKind,
    PickTownship,
    RemovePart,
    SendDraft,
    SetNamed,
    ShowReceipt,
)
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

REMOVE: Final[Mapping[Attached, Label]] = {
    Attached.WORDS: Label.REMOVE_WORDS,
    Attached.PHOTO: Label.REMOVE_PHOTO,
    Attached.VOICE: Label.REMOVE_VOICE,
    Attached.VIDEO: Label.REMOVE_VIDEO,
    Attached.DOCUMENT: Label.REMOVE_DOCUMENT,
    Attached.PLACE: Label.REMOVE_PLACE,
    Attached.PHONE: Label.REMOVE_PHONE,
}


def rows(message: DraftMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case DraftCard():
            return _draft(message, say)
        case Receipt(case=case):
            return [[(say.label(Label.RECEIPT_PICTURE), ShowReceipt(case))]]
        case _:
            return []


def _draft(card: DraftCard, say: Lettering) -> Rows:
    choices: list[tuple[str, Button]]
    match card.picking:
        case Picking.NOTHING:
            return _card(card, say)
        case Picking.SENT | Picking.ADDED:
            return []
        case Picking.KIND:
            choices = [(say.kind(kind), PickKind(kind)) for kind in Kind]
        case Picking.CATEGORY:
            choices = [(say.category(each), PickCategory(each)) for each in say.county.categories]
        case Picking.PARTS:
            seen: Counter[Attached] = Counter()
            choices = []
            for part in card.parts:
                seen[part.what] += 1
                fields = {} if part.what in {Attached.PLACE, Attached.PHONE} else {"value": str(seen[part.what])}
                choices.append((say.label(REMOVE[part.what], **fields), RemovePart(part.message)))
        case Picking.TOWNSHIP:
            choices = [(say.township(each), PickTownship(each)) for each in say.county.townships]
            choices.append((say.label(Label.UNKNOWN_TOWNSHIP), PickTownship(None)))
        case Picking.ABOUT:
            units = (each for each in say.county.units if can_be_about(say.county, card.category, each))
            choices = [(say.unit(each), PickAbout(each)) for each in units]
            choices.append((say.label(Label.ABOUT_NOBODY), PickAbout(None)))
    return [*in_columns(choices), [(say.label(Label.BACK), Pick(Picking.NOTHING))]]


def _card(card: DraftCard, say: Lettering) -> Rows:
    kind, category, township = say.kind(card.kind), say.category(card.category), say.township(card.township)
    switch = Label.STAY_ANONYMOUS if card.is_named else Label.GIVE_NAME
    is_own = card.channel is Channel.BOT
    beside: list[tuple[str, Button]] = [(say.label(switch), SetNamed(not card.is_named))] if is_own else []
    if card.parts and (len(card.parts) > 1 or card.parts[0].what is not Attached.WORDS):
        beside.insert(0, (say.label(Label.PICK_PARTS), Pick(Picking.PARTS)))
    calm: Rows = [[(say.label(Label.NO_EMERGENCY), NoEmergency())]] if card.urgency is Urgency.EMERGENCY else []
    offered: Rows = []
    if card.alike is not None:
        apart: tuple[str, Button] = (say.label(Label.FILE_APART), FileApart(card.begun_by))
        if card.alike.is_own:
            offered = [[_adding(card, card.alike.case, say, is_over=card.alike.state is State.CLOSED)], [apart]]
        else:
            offered = [[(say.label(Label.JOIN_CASE), JoinCase(card.alike.case, card.begun_by)), apart]]
    elif card.recent is not None:
        offered = [[_adding(card, card.recent, say)]]
    return [
        *calm,
        *offered,
        [(say.label(Label.PICK_CATEGORY, value=category), Pick(Picking.CATEGORY))],
        *_about(card, say),
        [
            (say.label(Label.PICK_KIND, value=kind), Pick(Picking.KIND)),
            (say.label(Label.PICK_TOWNSHIP, value=township), Pick(Picking.TOWNSHIP)),
        ],
        *([beside] if beside else []),
        [(say.label(Label.SEND), SendDraft(card.begun_by)), (say.label(Label.DISCARD), DiscardDraft(card.begun_by))],
    ]


def _about(card: DraftCard, say: Lettering) -> Rows:
    """Draw what asks whose officials a confidential matter is about."""
    known = say.county.categories.get(card.category)
    if known is None or not known.is_confidential:
        return []
    whose = say.unit(card.about) if card.about is not None else say.label(Label.ABOUT_NOBODY)
    return [[(say.label(Label.PICK_ABOUT, value=whose), Pick(Picking.ABOUT))]]


def _adding(card: DraftCard, case: CaseNumber, say: Lettering, *, is_over: bool = False) -> tuple[str, Button]:
    if is_over:
        return say.label(Label.REOPEN), GoOnWith(case, card.begun_by)
    return say.label(Label.ADD_TO_CASE, case=case), AddToCase(case, card.begun_by)
