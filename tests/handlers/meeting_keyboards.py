"""The buttons under every message of residents' meetings, as `test_keyboards` tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.rules.meeting import Standing
from bot.rules.message import (
    LinkPicture,
    MeetingLine,
    MeetingList,
    MeetingMessage,
    MeetingOver,
    MeetingWanted,
    RaiseWanted,
)
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
from tests.locales.samples_meeting import CARD, ENDS_AT, LINK, MEETING, PAGE, RAISED
from tests.support.builders import NUMBER, QIONGBOLA, county

OPEN: Final = tuple(line for line in PAGE.lines if line.standing is Standing.OPEN)
TOWNSHIPS: Final = [PlaceMeeting(each, is_placed=True) for each in county().townships]
LENGTHS: Final[list[list[Button]]] = [[LengthOfMeeting(QIONGBOLA, hours)] for hours in (2, 24, 72, 168)]
CATEGORIES: Final = [AdoptMatter(MEETING, 1, each) for each in county().categories]


def in_twos(buttons: list[Button]) -> list[list[Button]]:
    """Lay buttons in two columns."""
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


WITH_BUTTONS: Final[Mapping[str, tuple[MeetingMessage, list[list[Button]]]]] = {
    "meeting": (
        PAGE,
        [
            [SecondMatter(MEETING, 1, 1)],  # their own, 2, needs no seconding by themselves; 3 and 4 are decided
            [ShowMeeting(MEETING, 0), ShowMeeting(MEETING, 2)],
            [RaiseMatter(MEETING), ShowMeeting(MEETING, 0)],
        ],
    ),
    "meeting seconded": (
        msgspec.structs.replace(PAGE, lines=(msgspec.structs.replace(OPEN[0], is_seconded=True),), page=0, pages=1),
        [[SecondMatter(MEETING, 1, 0, is_behind=False)], [RaiseMatter(MEETING), ShowMeeting(MEETING, 0)]],
    ),
    "meeting held": (
        CARD,
        [
            [ShowRaised(MEETING, 1, is_picking=False), ShowRaised(MEETING, 2, is_picking=False)],
            [ShowRaised(MEETING, 3, is_picking=False), ShowRaised(MEETING, 4, is_picking=False)],
            [HoldMeeting(MEETING, 1)],
            [HoldMeeting(MEETING, 0), ShowLink(MEETING)],
            [EndTheMeeting(MEETING, is_sure=False)],
        ],
    ),
    "meeting whose time is over": (
        msgspec.structs.replace(CARD, has_ended=True, lines=(), pages=1),
        [[HoldMeeting(MEETING, 0)], [EndTheMeeting(MEETING, is_sure=False)]],
    ),
    "meeting being ended": (
        msgspec.structs.replace(CARD, is_ending=True),
        [[EndTheMeeting(MEETING, is_sure=True)], [HoldMeeting(MEETING, 0)]],
    ),
    "matter": (
        RAISED,
        [
            [AdoptMatter(MEETING, 1, None)],
            [ShowRaised(MEETING, 1, is_picking=True)],
            [DeclineMatter(MEETING, 1)],
            [HoldMeeting(MEETING, 0)],
        ],
    ),
    "matter, categories": (
        msgspec.structs.replace(RAISED, is_picking=True),
        [*in_twos([*CATEGORIES]), [ShowRaised(MEETING, 1, is_picking=False)]],
    ),
    "matter adopted": (
        msgspec.structs.replace(RAISED, standing=Standing.ADOPTED, case=NUMBER),
        [[ShowCase(NUMBER)], [HoldMeeting(MEETING, 0)]],
    ),
    "matter declined": (
        msgspec.structs.replace(RAISED, standing=Standing.DECLINED),
        [[HoldMeeting(MEETING, 0)]],
    ),
    "meetings": (
        MeetingList(lines=(MeetingLine(meeting=MEETING, title="村里的路", ends_at=ENDS_AT),)),
        [[HoldMeeting(MEETING, 0)], [PlaceMeeting(None, is_placed=False)]],
    ),
    "meeting to be opened": (
        MeetingWanted(),
        [[PlaceMeeting(None, is_placed=True)], *in_twos([*TOWNSHIPS]), [ListMeetings()]],
    ),
    "meeting to be opened somewhere": (
        MeetingWanted(township=QIONGBOLA, is_placed=True),
        [
            *LENGTHS,
            [PlaceMeeting(None, is_placed=False)],
        ],
    ),
}

WITHOUT_BUTTONS: Final[tuple[MeetingMessage, ...]] = (
    msgspec.structs.replace(PAGE, has_ended=True),
    MeetingWanted(township=None, is_placed=True, hours=24),
    RaiseWanted(meeting=MEETING, title="村里的路"),
    MeetingOver(title="村里的路", raised=9, adopted=2),
    LinkPicture(title="村里的路", link=LINK),
)
