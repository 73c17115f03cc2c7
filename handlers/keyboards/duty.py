"""Buttons under what is told about duty."""

from __future__ import annotations

from bot.actions.keep_duty import AHEAD, LENGTHS
from bot.rules.identity import UnitId
from bot.rules.message import DutyCard, DutyChanged, DutyGap
from handlers.callback import Button, ChooseShift, DropShift, ShowDuty
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label


def rows(message: DutyCard | DutyChanged | DutyGap, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case DutyCard():
            return _card(message, say)
        case DutyGap(unit=unit):
            return [[(say.label(Label.SHOW_DUTY), ShowDuty(unit or ""))]]
        case DutyChanged():
            return []


def _card(card: DutyCard, say: Lettering) -> Rows:
    """Draw who, the day before and after, the lengths, entering it; the shifts that can be dropped; the other posts."""
    posts: list[tuple[str, Button]] = [
        (say.unit(UnitId(post)) if post else say.label(Label.DUTY_COUNTY), ShowDuty(post)) for post in card.posts
    ]
    if card.chosen is None:
        return in_columns(posts)
    chosen, begins_on, today = card.chosen, card.begins_on.toordinal(), card.today.toordinal()
    people: list[tuple[str, Button]] = [
        (say.label(Label.COLLEAGUE, value=each[-4:]), ChooseShift(each, begins_on, card.days, is_final=False))
        for each in card.options
        if each != chosen
    ]
    days: list[tuple[str, Button]] = []
    if begins_on > today:
        days.append((say.label(Label.DUTY_EARLIER), ChooseShift(chosen, begins_on - 1, card.days, is_final=False)))
    if begins_on < today + AHEAD:
        days.append((say.label(Label.DUTY_LATER), ChooseShift(chosen, begins_on + 1, card.days, is_final=False)))
    lengths: list[tuple[str, Button]] = [
        (say.label(Label.LEAVE_DAYS, value=str(each)), ChooseShift(chosen, begins_on, each, is_final=False))
        for each in LENGTHS
        if each != card.days
    ]
    enter: tuple[str, Button] = (say.label(Label.DUTY_ENTER), ChooseShift(chosen, begins_on, card.days, is_final=True))
    dropped: Rows = [
        [(say.label(Label.DUTY_DROP, value=str(place)), DropShift(line.staff, int(line.begins_at.timestamp())))]
        for place, line in enumerate(card.lines, start=1)
    ]
    return [*in_columns(people), days, lengths, [enter], *dropped, *in_columns(posts)]
