"""Which buttons go under what is said around people who phone or come to a counter."""

from __future__ import annotations

from typing import Final

from bot.rules.case import State
from bot.rules.entry import Channel
from bot.rules.message import CallBegun, CallReceipt, CaseLinked, CodeHidden, LinkQuestion, LinkRefused, Message
from handlers.callback import Button, EnterFor, HideCode, ShowCase
from tests.support.builders import DUE_AT, NUMBER, QAPQAL_TOWN, ROADS, TRANSPORT

CALL: Final = CallReceipt(
    case=NUMBER,
    unit=TRANSPORT,
    category=ROADS,
    township=QAPQAL_TOWN,
    due_at=DUE_AT,
    channel=Channel.HOTLINE,
    has_phone=True,
    code="48217730",
    bot="minsheng_bot",
)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "call, entered": (CALL, [[HideCode(NUMBER, Channel.HOTLINE)]]),
    "call, code read": (CodeHidden(case=NUMBER, channel=Channel.COUNTER), [[EnterFor(Channel.COUNTER)]]),
    "call, linked": (
        CaseLinked(case=NUMBER, unit=TRANSPORT, category=ROADS, state=State.ACCEPTED, due_at=DUE_AT),
        [[ShowCase(NUMBER)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (CallBegun(channel=Channel.HOTLINE), LinkQuestion(), LinkRefused(left=0))
