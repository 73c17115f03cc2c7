"""One message of every kind around people who phone or come to a counter."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.rules.caller import BY_PHONE, Lacking
from bot.rules.case import State
from bot.rules.entry import Channel, Solved
from bot.rules.identity import VisitId
from bot.rules.message import (
    CallBegun,
    CallCard,
    CallerMessage,
    CallerSought,
    CallLine,
    CallReceipt,
    CallsList,
    CallStage,
    CallWanted,
    CaseLinked,
    CodeHidden,
    CodeQuestion,
    LinkQuestion,
    LinkRefused,
    NumberOpened,
    VisitCard,
    VisitEntered,
)
from tests.locales.county import QIONGBOLA, ROADS, TRANSPORT
from tests.locales.sample_values import DUE, NOW, NUMBER, WORDS


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


def call_line() -> CallLine:
    """Make a case whose caller waits to be asked."""
    return CallLine(case=NUMBER, round=1, category=ROADS, township=QIONGBOLA, unit=TRANSPORT, resolved_at=NOW)


def caller() -> Iterator[tuple[str, CallerMessage]]:
    """Yield every message of this area with a name for it."""
    for channel in Channel:
        yield f"CallBegun {channel}", CallBegun(channel=channel)
    yield "CallReceipt", call_receipt()
    yield "CallReceipt bare", msgspec.structs.replace(call_receipt(), due_at=None, has_phone=False, bot="")
    yield "CodeHidden", CodeHidden(case=NUMBER, channel=Channel.COUNTER)
    line = call_line()
    yield "CallWanted", CallWanted(line=line)
    asked = msgspec.structs.replace(line, resolved_at=None, waiting_until=DUE)
    yield "CallWanted asked", CallWanted(line=asked)
    yield "CallsList empty", CallsList(cases=(), total=0)
    for left in (None, 3, 0):
        yield f"CallerSought {left}", CallerSought(left=left)
    known = CallCard(line=asked, stage=CallStage.KNOWN, state=State.WAITING, deeds=BY_PHONE, due_at=DUE)
    yield "CallCard somebody known", known
    bare = msgspec.structs.replace(line, township=None, resolved_at=None)
    yield "CallsList", CallsList(cases=(line, bare), total=2)
    yield "CallsList longer", CallsList(cases=(line,), total=12)
    for stage in CallStage:
        yield f"CallCard {stage}", CallCard(line=line, stage=stage, answer=WORDS, due_at=DUE)
    for state in (State.ACCEPTED, State.CLOSED):
        yield f"CallCard gone, {state}", CallCard(line=line, stage=CallStage.GONE, state=state)
    heard = CallCard(line=line, stage=CallStage.DONE, solved=Solved.YES, score=5)
    yield "CallCard heard", heard
    yield "CallCard heard partly", msgspec.structs.replace(heard, solved=Solved.PARTLY, score=None)
    yield "NumberOpened", NumberOpened(case=NUMBER, phone="13999991234")
    card = VisitCard(township=QIONGBOLA, households=3, firms=1)
    yield "VisitCard", card
    yield "VisitCard picking", msgspec.structs.replace(card, is_picking=True)
    yield "VisitCard lacking", VisitCard(township=None, households=0, firms=0, is_lacking=True)
    yield (
        "CallReceipt renewed",
        CallReceipt(
            case=NUMBER,
            unit=TRANSPORT,
            category=ROADS,
            township=QIONGBOLA,
            due_at=DUE,
            channel=Channel.HOTLINE,
            has_phone=True,
            code="48217730",
            bot="minsheng_bot",
            is_renewed=True,
        ),
    )
    for left in (None, 3, 0):
        yield f"CodeQuestion {left}", CodeQuestion(left=left)
    for lacking in Lacking:
        yield f"CodeQuestion without {lacking}", CodeQuestion(lacking=lacking)
        yield f"CallerSought without {lacking}", CallerSought(lacking=lacking)
    yield "VisitEntered", VisitEntered(township=QIONGBOLA, households=3, firms=1, visit=VisitId("v-0123456789ab"))
    yield "LinkQuestion", LinkQuestion()
    yield "LinkQuestion for a code", LinkQuestion(case=NUMBER)
    for left in (4, 0):
        yield f"LinkRefused {left}", LinkRefused(left=left)
    for state, due_at in ((State.ACCEPTED, DUE), (State.CLOSED, None)):
        yield (
            f"CaseLinked {state}",
            CaseLinked(case=NUMBER, unit=TRANSPORT, category=ROADS, state=state, due_at=due_at),
        )
