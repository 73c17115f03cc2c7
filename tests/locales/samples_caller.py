"""One message of every kind around people who phone or come to a counter."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.rules.case import State
from bot.rules.entry import Channel
from bot.rules.message import CallBegun, CallerMessage, CallReceipt, CaseLinked, CodeHidden, LinkQuestion, LinkRefused
from tests.locales.county import QIONGBOLA, ROADS, TRANSPORT
from tests.locales.sample_values import DUE, NUMBER


def call_receipt() -> CallReceipt:
    """Make what an operator reads aloud."""
    return CallReceipt(
        case=NUMBER,
        unit=TRANSPORT,
        category=ROADS,
        township=QIONGBOLA,
        due_at=DUE,
        channel=Channel.HOTLINE,
        has_phone=True,
        code="48217730",
        bot="minsheng_bot",
    )


def caller() -> Iterator[tuple[str, CallerMessage]]:
    """Yield every message of this area with a name for it."""
    for channel in Channel:
        yield f"CallBegun {channel}", CallBegun(channel=channel)
    yield "CallReceipt", call_receipt()
    yield "CallReceipt bare", msgspec.structs.replace(call_receipt(), due_at=None, has_phone=False, bot="")
    yield "CodeHidden", CodeHidden(case=NUMBER, channel=Channel.COUNTER)
    yield "LinkQuestion", LinkQuestion()
    yield "LinkQuestion for a code", LinkQuestion(case=NUMBER)
    for left in (4, 0):
        yield f"LinkRefused {left}", LinkRefused(left=left)
    for state, due_at in ((State.ACCEPTED, DUE), (State.CLOSED, None)):
        yield (
            f"CaseLinked {state}",
            CaseLinked(case=NUMBER, unit=TRANSPORT, category=ROADS, state=state, due_at=due_at),
        )
