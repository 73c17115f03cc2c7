"""Which buttons go under what is said around people who phone or come to a counter."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.rules.caller import BY_PHONE
from bot.rules.case import State
from bot.rules.entry import Channel, Solved
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber, VisitId
from bot.rules.message import (
    CallBegun,
    CallCard,
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
    Message,
    NumberOpened,
    VisitCard,
    VisitEntered,
)
from handlers.callback import (
    Button,
    CountSeen,
    EnterFor,
    EnterVisit,
    FindCaller,
    HearAnswer,
    HeardChoice,
    HeardDeed,
    HeardLeaving,
    HeardReturn,
    HeardScore,
    HeardSolved,
    HeardWithdrawal,
    HideCode,
    ListCalls,
    NoteProposal,
    OpenCall,
    OpenNumber,
    PickPlace,
    SetPlace,
    ShowCase,
)
from tests.support.builders import DUE_AT, NUMBER, QAPQAL_TOWN, ROADS, TRANSPORT, county

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

LINE: Final = CallLine(case=NUMBER, round=2, category=ROADS, township=QAPQAL_TOWN, unit=TRANSPORT, resolved_at=DUE_AT)
OTHER: Final = CaseNumber("CB-2026-000124")
OTHER_LINE: Final = msgspec.structs.replace(LINE, case=OTHER)

VISIT: Final = VisitCard(township=QAPQAL_TOWN, households=1, firms=0)
TOWNSHIPS: Final = list(county().townships)
PLACES: Final[list[list[Button]]] = [
    [SetPlace(each) for each in TOWNSHIPS[start : start + 2]] for start in range(0, len(TOWNSHIPS), 2)
]
SAID: Final[list[list[Button]]] = [[HeardSolved(NUMBER, 2, solved)] for solved in Solved]

WANTED: Final[list[list[Button]]] = [[HeardDeed(NUMBER, deed)] for deed in BY_PHONE]

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "call, entered": (CALL, [[HideCode(NUMBER, Channel.HOTLINE)]]),
    "call, code read": (CodeHidden(case=NUMBER, channel=Channel.COUNTER), [[EnterFor(Channel.COUNTER)]]),
    "call, wanted": (CallWanted(line=LINE), [[OpenCall(NUMBER)]]),
    "calls": (CallsList(cases=(LINE, OTHER_LINE), total=2), [[OpenCall(NUMBER)], [OpenCall(OTHER)], [FindCaller()]]),
    "call, solved?": (
        CallCard(line=LINE, stage=CallStage.SOLVED),
        [[OpenNumber(NUMBER)], *SAID],
    ),
    "call, goes on?": (
        CallCard(line=LINE, stage=CallStage.PARTLY),
        [[HeardChoice(NUMBER, 2, goes_on=True)], [HeardChoice(NUMBER, 2, goes_on=False)]],
    ),
    "call, score?": (
        CallCard(line=LINE, stage=CallStage.SCORE),
        [[HeardScore(NUMBER, 2, score)] for score in range(5, 0, -1)],
    ),
    "call, question": (
        CallCard(line=LINE, stage=CallStage.QUESTION, pause=1),
        [[OpenNumber(NUMBER)], [HearAnswer(NUMBER, 2, 1)]],
    ),
    "call, on the line": (
        CallCard(line=LINE, stage=CallStage.KNOWN, state=State.WAITING, deeds=BY_PHONE),
        [[OpenCall(NUMBER)], *WANTED],
    ),
    "call, on the line, nothing to ask": (
        CallCard(line=LINE, stage=CallStage.KNOWN, state=State.ASSIGNED, deeds=(Deed.ADD,)),
        [[HeardDeed(NUMBER, Deed.ADD)]],
    ),
    "call, on the line, others are asked in a chat": (
        CallCard(line=LINE, stage=CallStage.KNOWN, state=State.RESOLVED, deeds=(Deed.LEAVE,), is_followed=True),
        [[HeardDeed(NUMBER, Deed.LEAVE)]],
    ),
    "call, to be left?": (CallCard(line=LINE, stage=CallStage.SURE_TO_LEAVE), [[HeardLeaving(NUMBER)]]),
    "call, they left it": (CallCard(line=LINE, stage=CallStage.AWAY, state=State.ACCEPTED), [[HeardReturn(NUMBER)]]),
    "call, they left it in a chat": (CallCard(line=LINE, stage=CallStage.GONE, state=State.ACCEPTED), [[ListCalls()]]),
    "call, they are back": (
        CallCard(line=LINE, stage=CallStage.RETURNED, state=State.ACCEPTED, deeds=(Deed.ADD,), is_followed=True),
        [[HeardDeed(NUMBER, Deed.ADD)]],
    ),
    "call, to be withdrawn?": (CallCard(line=LINE, stage=CallStage.SURE), [[HeardWithdrawal(NUMBER)]]),
    **{
        f"call, {stage}": (CallCard(line=LINE, stage=stage), [[ListCalls()]])
        for stage in (CallStage.ANSWERED, CallStage.ADDED, CallStage.URGED, CallStage.WITHDRAWN, CallStage.LEFT)
    },
    "calls, none": (CallsList(cases=(), total=0), [[FindCaller()]]),
    "call, done": (CallCard(line=LINE, stage=CallStage.DONE), [[ListCalls()]]),
    "call, goes on": (CallCard(line=LINE, stage=CallStage.AGAIN), [[ListCalls()]]),
    "visit": (
        VISIT,
        [
            [PickPlace(is_picking=True)],
            [CountSeen(1, 0), CountSeen(5, 0), CountSeen(-1, 0)],
            [CountSeen(0, 1), CountSeen(0, 5), CountSeen(0, -1)],
            [EnterVisit()],
        ],
    ),
    "visit, where?": (
        msgspec.structs.replace(VISIT, is_picking=True),
        [*PLACES, [PickPlace(is_picking=False)]],
    ),
    "visit, entered": (
        VisitEntered(township=QAPQAL_TOWN, households=1, firms=0, visit=VisitId("v-0123456789ab")),
        [[EnterFor(Channel.VISIT)], [NoteProposal("v-0123456789ab")]],
    ),
    "visit, entered by an earlier program": (
        VisitEntered(township=QAPQAL_TOWN, households=1, firms=0),
        [[EnterFor(Channel.VISIT)]],
    ),
    "call, linked": (
        CaseLinked(case=NUMBER, unit=TRANSPORT, category=ROADS, state=State.ACCEPTED, due_at=DUE_AT),
        [[ShowCase(NUMBER)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    CallBegun(channel=Channel.HOTLINE),
    CodeQuestion(),
    CallCard(line=LINE, stage=CallStage.WORDS),
    CallerSought(),
    LinkQuestion(),
    LinkRefused(left=0),
    NumberOpened(case=NUMBER, phone="110"),
)
