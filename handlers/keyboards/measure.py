"""Buttons under proposals from field visits and measures: one of them, what can be done with it, who and until when."""

from __future__ import annotations

from typing import Final

from bot.rules.measure import FARTHEST, MeasureStep
from bot.rules.message.measure import (
    MeasureCard,
    MeasureChoice,
    MeasureList,
    MeasureMessage,
    MeasureNews,
    MeasureWordsWanted,
    Owner,
)
from handlers.callback import Button, ChooseMeasure, ListProposals, NoteProposal, OpenProposal, TakeMeasure
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

STEPS: Final = {
    MeasureStep.SET: Label.MEASURE_SET,
    MeasureStep.CHANGE: Label.MEASURE_CHANGE,
    MeasureStep.DONE: Label.MEASURE_DONE,
    MeasureStep.DROP: Label.MEASURE_DROP,
}
LENGTHS: Final = (14, 30, 60, 90)
"""Days from today that one tap chooses."""

WEEK: Final = 7
PAGE: Final = 6


def rows(message: MeasureMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case MeasureCard():
            return _card(message, say)
        case MeasureChoice():
            return _choice(message, say)
        case MeasureList():
            numbers: list[tuple[str, Button]] = [
                (line.proposal.number, OpenProposal(line.proposal.number)) for line in message.lines
            ]
            return [*in_columns(numbers), *_turning(message, say)]
        case MeasureWordsWanted():
            return []


def _card(card: MeasureCard, say: Lettering) -> Rows:
    """Draw what can be done; where it was just written down, the way to the next of the same visit; then the list."""
    number = card.proposal.number
    steps: list[tuple[str, Button]] = [(say.label(STEPS[step]), TakeMeasure(number, step)) for step in card.steps]
    next_one: Rows = []
    if card.news is MeasureNews.NOTED and card.steps:
        next_one = [[(say.label(Label.PROPOSAL_NEXT), NoteProposal(card.proposal.visit))]]
    return [*in_columns(steps), *next_one, [(say.label(Label.PROPOSALS_ALL), ListProposals())]]


def _choice(choice: MeasureChoice, say: Lettering) -> Rows:
    chosen = "" if choice.owner is None else choice.owner.staff
    people: list[tuple[str, Button]] = [
        (_owner(each, say), ChooseMeasure(choice.number, each.staff, choice.due_on, is_final=False))
        for each in choice.options
        if each.staff != chosen
    ]
    drawn = in_columns(people)
    if not choice.is_fixed:
        drawn += _days(choice, chosen, say)
    if choice.owner is not None:
        label = Label.MEASURE_CHANGE_NOW if choice.is_change else Label.MEASURE_SET_NOW
        drawn.append([(say.label(label), ChooseMeasure(choice.number, chosen, choice.due_on, is_final=True))])
    return [*drawn, [(say.label(Label.BACK), OpenProposal(choice.number))]]


def _days(choice: MeasureChoice, chosen: str, say: Lettering) -> Rows:
    first, last = choice.today + 1, choice.today + FARTHEST
    moved: list[tuple[str, Button]] = [
        (say.label(label), ChooseMeasure(choice.number, chosen, choice.due_on + days, is_final=False))
        for label, days in ((Label.MEASURE_EARLIER, -WEEK), (Label.MEASURE_LATER, WEEK))
        if first <= choice.due_on + days <= last
    ]
    lengths: list[tuple[str, Button]] = [
        (
            say.label(Label.MEASURE_DAYS, value=str(days)),
            ChooseMeasure(choice.number, chosen, choice.today + days, is_final=False),
        )
        for days in LENGTHS
    ]
    return [*in_columns(lengths), *([moved] if moved else [])]


def _owner(owner: Owner, say: Lettering) -> str:
    if owner.is_reader:
        return say.label(Label.MEASURE_MYSELF)
    if owner.is_lead and owner.unit is not None:
        return say.label(Label.MEASURE_LEAD, value=say.unit(owner.unit))
    return say.label(Label.COLLEAGUE, value=owner.staff[-4:])


def _turning(page: MeasureList, say: Lettering) -> Rows:
    turning: list[tuple[str, Button]] = []
    for label, to in ((Label.PAGE_BEFORE, page.page - 1), (Label.PAGE_AFTER, page.page + 1)):
        if 0 <= to * PAGE < page.total:
            turning.append((say.label(label), ListProposals(to)))
    return [turning] if turning else []
