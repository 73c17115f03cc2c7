"""One message of every kind of residents' meetings, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import msgspec

from bot.rules.county import Kind
from bot.rules.identity import MeetingId
from bot.rules.meeting import Standing
from bot.rules.message import (
    LinkPicture,
    MatterLine,
    MeetingCard,
    MeetingLine,
    MeetingList,
    MeetingMessage,
    MeetingOver,
    MeetingPage,
    MeetingWanted,
    RaisedCard,
    RaiseWanted,
)
from tests.support.builders import NOW, NUMBER, QIONGBOLA, ROADS, TRANSPORT, WORDS

MEETING = MeetingId("0123456789abcdef")
TITLE = "<b>村里的路"
LINK = f"https://t.me/county_bot?start=m-{MEETING}"
ENDS_AT = NOW + timedelta(days=2)

LINES = (
    MatterLine(number=1, words=WORDS, category=ROADS, seconds=12, standing=Standing.OPEN, case=None),
    MatterLine(number=2, words="<i>" * 200, category=ROADS, seconds=1, standing=Standing.OPEN, case=None, is_own=True),
    MatterLine(number=3, words=WORDS, category=ROADS, seconds=0, standing=Standing.DECLINED, case=None),
    MatterLine(number=4, words=WORDS, category=ROADS, seconds=3, standing=Standing.ADOPTED, case=NUMBER, is_seconded=True),
)
PAGE = MeetingPage(
    meeting=MEETING,
    title=TITLE,
    holder=TRANSPORT,
    township=QIONGBOLA,
    ends_at=ENDS_AT,
    lines=LINES,
    page=1,
    pages=3,
    total=13,
    has_ended=False,
)
CARD = MeetingCard(
    meeting=MEETING,
    title=TITLE,
    township=QIONGBOLA,
    ends_at=ENDS_AT,
    people=31,
    link=LINK,
    lines=LINES,
    page=0,
    pages=2,
    total=9,
    has_ended=False,
)
RAISED = RaisedCard(
    meeting=MEETING,
    number=1,
    words=WORDS,
    kind=Kind.SUGGESTION,
    category=ROADS,
    seconds=12,
    standing=Standing.OPEN,
    case=None,
)


def meetings() -> Iterator[tuple[str, MeetingMessage]]:
    """Yield every message of this area with a name for it."""
    yield "MeetingPage", PAGE
    bare = msgspec.structs.replace(PAGE, holder=None, township=None, lines=(), page=0, pages=1, total=0)
    yield "MeetingPage empty", bare
    yield "MeetingPage over", msgspec.structs.replace(PAGE, has_ended=True)
    yield "MeetingCard", CARD
    yield "MeetingCard ending", msgspec.structs.replace(CARD, is_ending=True, township=None)
    yield "MeetingCard over", msgspec.structs.replace(CARD, has_ended=True, lines=())
    for standing, is_picking in product(Standing, (False, True)):
        case = NUMBER if standing is Standing.ADOPTED else None
        shown = msgspec.structs.replace(RAISED, standing=standing, case=case, is_picking=is_picking)
        yield f"RaisedCard {standing} {is_picking}", shown
    yield "MeetingList", MeetingList(lines=(MeetingLine(meeting=MEETING, title=TITLE, ends_at=ENDS_AT),))
    yield "MeetingList empty", MeetingList(lines=())
    yield "MeetingWanted", MeetingWanted()
    yield "MeetingWanted placed", MeetingWanted(township=QIONGBOLA, is_placed=True)
    yield "MeetingWanted long", MeetingWanted(township=None, is_placed=True, hours=24)
    yield "RaiseWanted", RaiseWanted(meeting=MEETING, title=TITLE)
    yield "MeetingOver", MeetingOver(title=TITLE, raised=9, adopted=2)
    yield "MeetingOver holder", MeetingOver(title=TITLE, raised=9, adopted=2, people=31)
    yield "LinkPicture", LinkPicture(title=TITLE, link=LINK)
