"""Buttons under what is shown of residents' meetings."""

from __future__ import annotations

from bot.rules.meeting import LENGTHS, Standing
from bot.rules.message import MeetingCard, MeetingList, MeetingMessage, MeetingPage, MeetingWanted, RaisedCard
from handlers.callback import (
    AdoptMatter,
    Button,
    DeclineMatter,
    EndTheMeeting,
    HoldMeeting,
    LengthOfMeeting,
    ListMeetings,
    PlaceMeeting,
    RaiseMatter,
    SecondMatter,
    ShowCase,
    ShowLink,
    ShowMeeting,
    ShowRaised,
)
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label


def rows(message: MeetingMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case MeetingPage():
            return _page(message, say)
        case MeetingCard():
            return _card(message, say)
        case RaisedCard():
            return _raised(message, say)
        case MeetingList(lines=lines):
            held: Rows = [
                [(say.label(Label.OPEN_MEETING, value=line.title[:40]), HoldMeeting(line.meeting, 0))] for line in lines
            ]
            return [*held, [(say.label(Label.NEW_MEETING), PlaceMeeting(None, is_placed=False))]]
        case MeetingWanted(township=township, is_placed=True, hours=None):
            lengths: Rows = [[(_length(hours, say), LengthOfMeeting(township, hours))] for hours in LENGTHS]
            return [*lengths, [(say.label(Label.BACK), PlaceMeeting(None, is_placed=False))]]
        case MeetingWanted(is_placed=False):
            places: list[tuple[str, Button]] = [
                (say.township(each), PlaceMeeting(each, is_placed=True)) for each in say.county.townships
            ]
            whole: list[tuple[str, Button]] = [(say.label(Label.WHOLE_COUNTY), PlaceMeeting(None, is_placed=True))]
            return [whole, *in_columns(places), [(say.label(Label.BACK), ListMeetings())]]
        case _:
            return []


def _page(message: MeetingPage, say: Lettering) -> Rows:
    if message.has_ended:
        return []
    seconding: list[tuple[str, Button]] = [
        (
            say.label(Label.UNSECOND if line.is_seconded else Label.SECOND, value=str(line.number)),
            SecondMatter(message.meeting, line.number, message.page, is_behind=not line.is_seconded),
        )
        for line in message.lines
        if line.standing is Standing.OPEN and not line.is_own
    ]
    turning: list[tuple[str, Button]] = [
        (say.label(label), ShowMeeting(message.meeting, page)) for label, page in _turns(message.page, message.pages)
    ]
    again: list[tuple[str, Button]] = [(say.label(Label.REFRESH), ShowMeeting(message.meeting, 0))]
    raising: list[tuple[str, Button]] = [(say.label(Label.RAISE), RaiseMatter(message.meeting))]
    return [*in_columns(seconding), *([turning] if turning else []), [*raising, *again]]


def _card(message: MeetingCard, say: Lettering) -> Rows:
    id_ = message.meeting
    if message.is_ending:
        return [
            [(say.label(Label.END_MEETING_NOW), EndTheMeeting(id_, is_sure=True))],
            [(say.label(Label.BACK), HoldMeeting(id_, 0))],
        ]
    opening: list[tuple[str, Button]] = [
        (say.label(Label.OPEN_RAISED, value=str(line.number)), ShowRaised(id_, line.number, is_picking=False))
        for line in message.lines
    ]
    turning: list[tuple[str, Button]] = [
        (say.label(label), HoldMeeting(id_, page)) for label, page in _turns(message.page, message.pages)
    ]
    about: list[tuple[str, Button]] = [(say.label(Label.REFRESH), HoldMeeting(id_, 0))]
    if not message.has_ended:
        about.append((say.label(Label.QR_CODE), ShowLink(id_)))
    ending: list[tuple[str, Button]] = [(say.label(Label.END_MEETING), EndTheMeeting(id_, is_sure=False))]
    return [*in_columns(opening), *([turning] if turning else []), about, ending]


def _raised(message: RaisedCard, say: Lettering) -> Rows:
    id_, number = message.meeting, message.number
    back: Rows = [[(say.label(Label.BACK), HoldMeeting(id_, 0))]]
    if message.is_picking:
        choices: list[tuple[str, Button]] = [
            (say.category(each), AdoptMatter(id_, number, each)) for each in say.county.categories
        ]
        return [*in_columns(choices), [(say.label(Label.BACK), ShowRaised(id_, number, is_picking=False))]]
    if message.standing is Standing.OPEN:
        adopt = say.label(Label.ADOPT, value=say.category(message.category))
        return [
            [(adopt, AdoptMatter(id_, number, None))],
            [(say.label(Label.ADOPT_OTHERWISE), ShowRaised(id_, number, is_picking=True))],
            [(say.label(Label.DECLINE), DeclineMatter(id_, number))],
            *back,
        ]
    shown: Rows = [] if message.case is None else [[(say.label(Label.SHOW_CASE, case=message.case), ShowCase(message.case))]]
    return [*shown, *back]


def _turns(page: int, pages: int) -> list[tuple[Label, int]]:
    before = [(Label.PAGE_BEFORE, page - 1)] if page > 0 else []
    after = [(Label.PAGE_AFTER, page + 1)] if page + 1 < pages else []
    return [*before, *after]


def _length(hours: int, say: Lettering) -> str:
    days, rest = divmod(hours, 24)
    return say.label(Label.MEETING_HOURS, value=str(hours)) if rest else say.label(Label.MEETING_DAYS, value=str(days))
