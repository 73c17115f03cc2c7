"""What residents are shown, and the buttons that stand under it, row by row."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel, Resuming, Solved
from bot.rules.file import Media, Unwanted
from bot.rules.following import Deed
from bot.rules.handling import Law
from bot.rules.message import (
    AdditionTaken,
    AdditionWanted,
    Alike,
    AnswerTaken,
    AnswerWanted,
    CaseAccepted,
    CaseClosedUnrated,
    CaseLeft,
    CaseMerged,
    CaseMoved,
    CaseRefused,
    CaseReopened,
    CaseWithdrawn,
    CommentTaken,
    CommentWanted,
    DraftTidied,
    EntryProof,
    FileRefused,
    FixedTaken,
    FollowUpTaken,
    LeavingWanted,
    LimitMoved,
    Message,
    MyCases,
    PauseEnded,
    PersonPromised,
    Picking,
    RatingThanks,
    Receipt,
    ReceiptPicture,
    UnitWrote,
    UrgeTaken,
    WithdrawalWanted,
)
from handlers.callback import (
    AddToCase,
    AnswerCallback,
    Button,
    DiscardDraft,
    DoDeed,
    FileApart,
    GoOn,
    GoOnWith,
    JoinCase,
    LeaveCase,
    LetRest,
    NoEmergency,
    PageOfMine,
    Pick,
    PickAbout,
    PickCategory,
    PickKind,
    PickTownship,
    RateScore,
    RateSolved,
    RemovePart,
    ReturnToCase,
    SayFixed,
    SayStill,
    SendDraft,
    SetNamed,
    ShowCase,
    ShowProof,
    ShowReceipt,
    SkipComment,
    Withdraw,
    WriteComment,
)
from tests.handlers.keyboard_samples import (
    CALLED,
    CARD,
    CHOICES,
    FIXED,
    LINES,
    OTHER,
    PAGE,
    PARTLY,
    PARTS,
    QUESTION,
    SAID,
    SCORE,
    STILL,
    columns,
    picking,
)
from tests.support.builders import (
    CONDUCT,
    DUE_AT,
    NUMBER,
    TRANSPORT,
    WATER,
    county,
)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "page": (
        PAGE,
        [[DoDeed(NUMBER, Deed.ADD), DoDeed(NUMBER, Deed.URGE)], [DoDeed(NUMBER, Deed.WITHDRAW)], [ShowProof(NUMBER)]],
    ),
    "added": (AdditionTaken(case=NUMBER, unit=TRANSPORT), [[ShowCase(NUMBER)]]),
    "urged": (UrgeTaken(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT), [[ShowCase(NUMBER)]]),
    "person": (PersonPromised(case=NUMBER, unit=TRANSPORT), [[ShowCase(NUMBER)]]),
    "withdraw": (WithdrawalWanted(case=NUMBER), [[Withdraw(NUMBER), ShowCase(NUMBER)]]),
    "leave": (LeavingWanted(case=NUMBER, is_filer=True), [[LeaveCase(NUMBER), ShowCase(NUMBER)]]),
    "left": (CaseLeft(case=NUMBER, can_return=True), [[ReturnToCase(NUMBER)]]),
    "my cases, second page": (
        MyCases(cases=LINES, total=30, begins=8),
        [[ShowCase(NUMBER)], [ShowCase(OTHER)], [PageOfMine(0), PageOfMine(10)]],
    ),
    "card": (
        CARD,
        [*CHOICES, [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card, about officials": (
        msgspec.structs.replace(CARD, category=CONDUCT),
        [CHOICES[0], [Pick(Picking.ABOUT)], *CHOICES[1:], [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card, about whom?": (
        msgspec.structs.replace(picking(Picking.ABOUT), category=CONDUCT),
        [*columns(*map(PickAbout, (*county().units, None))), [Pick(Picking.NOTHING)]],
    ),
    "card, emergency": (
        msgspec.structs.replace(CARD, urgency=Urgency.EMERGENCY, is_named=True),
        [[NoEmergency()], *CHOICES, [SetNamed(is_named=False)], [SendDraft(), DiscardDraft()]],
    ),
    "card, for somebody who phones": (
        msgspec.structs.replace(CARD, channel=Channel.HOTLINE),
        [*CHOICES, [SendDraft(), DiscardDraft()]],
    ),
    "card, an open case like it": (
        msgspec.structs.replace(CARD, alike=Alike(case=NUMBER, unit=TRANSPORT, state=State.ACCEPTED, due_at=DUE_AT)),
        [[JoinCase(NUMBER, 0), FileApart(0)], *CHOICES, [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card beside a closed case of one's own": (
        msgspec.structs.replace(
            CARD, alike=Alike(case=NUMBER, unit=TRANSPORT, state=State.CLOSED, due_at=DUE_AT, is_own=True)
        ),
        [[GoOnWith(NUMBER, 0)], [FileApart(0)], *CHOICES, [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card, a case of one's own like it": (
        msgspec.structs.replace(
            CARD, alike=Alike(case=NUMBER, unit=TRANSPORT, state=State.ACCEPTED, due_at=DUE_AT, is_own=True)
        ),
        [[AddToCase(NUMBER, 0)], [FileApart(0)], *CHOICES, [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card, soon after another case": (
        msgspec.structs.replace(CARD, recent=NUMBER),
        [[AddToCase(NUMBER, 0)], *CHOICES, [SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card with a photo": (
        msgspec.structs.replace(CARD, parts=PARTS),
        [*CHOICES, [Pick(Picking.PARTS), SetNamed(is_named=True)], [SendDraft(), DiscardDraft()]],
    ),
    "card, parts": (
        msgspec.structs.replace(CARD, parts=PARTS, picking=Picking.PARTS),
        [*columns(*(RemovePart(part.message) for part in PARTS)), [Pick(Picking.NOTHING)]],
    ),
    "card, kinds": (picking(Picking.KIND), [*columns(*map(PickKind, Kind)), [Pick(Picking.NOTHING)]]),
    "card, categories": (
        picking(Picking.CATEGORY),
        [*columns(*map(PickCategory, county().categories)), [Pick(Picking.NOTHING)]],
    ),
    "card, townships": (
        picking(Picking.TOWNSHIP),
        [*columns(*map(PickTownship, (*county().townships, None))), [Pick(Picking.NOTHING)]],
    ),
    "rating": (QUESTION, [[RateSolved(NUMBER, 2, solved)] for solved in (Solved.YES, Solved.PARTLY, Solved.NO)]),
    "score": (SCORE, [[RateScore(NUMBER, 2, score)] for score in (5, 4, 3, 2, 1)]),
    "callback question": (CALLED, [[AnswerCallback(NUMBER, 2, solved)] for solved in SAID]),
    "fixed meanwhile": (FIXED, [[SayFixed(NUMBER, 2, Solved.YES), SayFixed(NUMBER, 2, Solved.NO)]]),
    "fixed, answered": (FixedTaken(case=NUMBER, unit=TRANSPORT, solved=Solved.NO), [[ShowCase(NUMBER)]]),
    "still solved": (STILL, [[SayStill(NUMBER, 2, "90cd", solved)] for solved in SAID]),
    "thanks for a score": (RatingThanks(case=NUMBER, solved=Solved.YES, score=5, round=2), [[WriteComment(NUMBER, 2)]]),
    "receipt": (
        Receipt(case=NUMBER, unit=TRANSPORT, category=CALLED.category, township=None, due_at=DUE_AT, proof="0" * 16),
        [[ShowReceipt(NUMBER)]],
    ),
    "signed receipt": (EntryProof(case=NUMBER, text="receipt\n", is_proved=False), [[ShowReceipt(NUMBER)]]),
    "words beside a score": (CommentWanted(case=NUMBER, round=2, unit=TRANSPORT), [[SkipComment(NUMBER)]]),
    "partly": (PARTLY, [[GoOn(NUMBER, 2)], [LetRest(NUMBER, 2)]]),
    "my cases": (MyCases(cases=LINES, total=2), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    AdditionWanted(case=NUMBER),
    CaseWithdrawn(case=NUMBER),
    CaseLeft(case=NUMBER, can_return=False),
    FileRefused(media=Media.PHOTO, why=Unwanted.BROKEN),
    DraftTidied(),
    picking(Picking.SENT),
    ReceiptPicture(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT, proof="0" * 16, link=None),
    CaseAccepted(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    CaseClosedUnrated(case=NUMBER),
    RatingThanks(case=NUMBER, solved=Solved.YES, score=5),
    FollowUpTaken(case=NUMBER),
    CommentTaken(case=NUMBER, unit=TRANSPORT, is_given=True),
    MyCases(cases=(), total=0),
    UnitWrote(case=NUMBER, unit=TRANSPORT, words="周五来修", stock=None, is_for_all=True),
    AnswerWanted(case=NUMBER),
    AnswerTaken(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    PauseEnded(case=NUMBER, because=Resuming.EXPIRED, due_at=DUE_AT),
    LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT, reason="等材料"),
    CaseMoved(case=NUMBER, unit=WATER, due_at=DUE_AT),
    CaseRefused(case=NUMBER, law=Law.ENDED, reason="已复核"),
    CaseMerged(case=NUMBER, into=OTHER, unit=TRANSPORT, due_at=DUE_AT),
)
