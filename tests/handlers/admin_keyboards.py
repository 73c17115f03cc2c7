"""Which buttons go under what leaders and admins read: digest, scorecards, survey, audit, the county file."""

from __future__ import annotations

from typing import Final

from bot.rules.audit import AuditGroup
from bot.rules.identity import StaffId
from bot.rules.message import (
    AdminWanted,
    AsideList,
    AuditPage,
    CardAct,
    CardPage,
    CardsPage,
    CardWordsWanted,
    CountyProposed,
    CountyRefused,
    CountyTaken,
    DigestFile,
    DigestPage,
    DigestPart,
    FailedList,
    FileMaking,
    Making,
    Message,
    PointsChoice,
    SurveyPage,
    SurveyQuestion,
    SurveyThanks,
    TracePage,
)
from bot.rules.message.audit import AsideLine, AuditLine
from bot.rules.paper import Form
from bot.rules.scorecard import Traced, UnitCard
from handlers.callback import (
    BEGINNING,
    AnswerAdmin,
    AnswerSurvey,
    BeginSurvey,
    Button,
    ChoosePoints,
    DropAside,
    ListAside,
    ListFailed,
    PrintDigest,
    RetryAside,
    ShowAudit,
    ShowCard,
    ShowCase,
    ShowDigest,
    ShowPart,
    TakeCounty,
    Trace,
)
from tests.handlers.keyboard_samples import (
    DIGEST,
)
from tests.support.builders import (
    NOW,
    NUMBER,
    TRANSPORT,
    county,
)

SHIRKING: Final = next(place for place, each in enumerate(county().indicators) if each.id == "shirking")


WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "survey": (
        SurveyQuestion(token="A" * 16, unit=TRANSPORT),
        [
            [AnswerSurvey("A" * 16, "g"), AnswerSurvey("A" * 16, "f"), AnswerSurvey("A" * 16, "p")],
            [AnswerSurvey("A" * 16, "x")],
        ],
    ),
    "survey, second question": (
        SurveyQuestion(token="A" * 16, unit=TRANSPORT, answers="g"),
        [[AnswerSurvey("A" * 16, "gg"), AnswerSurvey("A" * 16, "gf"), AnswerSurvey("A" * 16, "gp")]],
    ),
    "survey to begin": (SurveyPage(period="2026-10", begins="2026-10"), [[BeginSurvey("2026-10")]]),
    "points": (
        PointsChoice(period="2026-11", unit=TRANSPORT, indicators=("shirking",)),
        [[ChoosePoints("2026-11", TRANSPORT, SHIRKING)], [ShowCard("2026-11", TRANSPORT)]],
    ),
    "points, how many": (
        PointsChoice(period="2026-11", unit=TRANSPORT, indicators=("shirking",), indicator="shirking", full=6),
        [
            [ChoosePoints("2026-11", TRANSPORT, SHIRKING, points) for points in range(1, 6)],
            [ChoosePoints("2026-11", TRANSPORT, SHIRKING, 6)],
            [ShowCard("2026-11", TRANSPORT)],
        ],
    ),
    "trace": (
        TracePage(
            period="2026-11",
            unit=TRANSPORT,
            indicator="shirking",
            lines=tuple(Traced(case=NUMBER, round=attempt, n=0, of=1) for attempt in (1, 2)),
            total=20,
            page=1,
        ),
        [
            [ShowCase(NUMBER)],
            [Trace("2026-11", TRANSPORT, SHIRKING, 0), Trace("2026-11", TRANSPORT, SHIRKING, 2)],
            [ShowCard("2026-11", TRANSPORT)],
        ],
    ),
    "audit": (
        AuditPage(
            group=AuditGroup.LOOKS,
            asked="2026-11-24",
            lines=(AuditLine(seq=77, at=NOW, kind="looked", actor=None),),
            is_newest=False,
            has_more=True,
            aside=2,
            undelivered=1,
        ),
        [
            [ShowAudit(AuditGroup.LOOKS, "2026-11-24"), ShowAudit(AuditGroup.LOOKS, "2026-11-24", 77)],
            [ShowAudit(AuditGroup.ALL, "2026-11-24"), ShowAudit(AuditGroup.DEEDS, "2026-11-24")],
            [ShowAudit(AuditGroup.STAFF, "2026-11-24"), ShowAudit(AuditGroup.HOUSE, "2026-11-24")],
            [ListAside(), ListFailed()],
        ],
    ),
    "set aside": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=True),
        [[RetryAside(7), ListAside(7)], [RetryAside(0)], [ShowAudit(AuditGroup.ALL, "")]],
    ),
    "set aside, asking": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=True, sure=7),
        [[DropAside(7), ListAside()]],
    ),
    "set aside, for a supervisor": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=False),
        [[ShowAudit(AuditGroup.ALL, "")]],
    ),
    "not delivered": (FailedList(lines=(), total=0), [[ShowAudit(AuditGroup.ALL, "")]]),
    "county file": (
        CountyProposed(digest="a" * 64, in_force="b" * 64, differences=(), total=1),
        [[TakeCounty("a" * BEGINNING, "b" * BEGINNING)]],
    ),
    "admin": (
        AdminWanted(invitation="f" * 32),
        [[AnswerAdmin("f" * 32, is_welcome=True), AnswerAdmin("f" * 32, is_welcome=False)]],
    ),
    "scorecards": (
        CardsPage(period="2026-W47", begins_at=NOW, ends_at=NOW, cards=(UnitCard(unit=TRANSPORT, closed=0, lines=()),)),
        [[ShowCard("2026-W47", TRANSPORT)], [ShowCard("2026-W46"), ShowCard("2026-W48")]],
    ),
    "scorecard": (
        CardPage(
            period="2026-W47", begins_at=NOW, ends_at=NOW, card=UnitCard(unit=TRANSPORT, closed=0, lines=()), is_last=True
        ),
        [[ShowCard("2026-W46", TRANSPORT)], [ShowDigest("2026-W47", f"u:{TRANSPORT}"), ShowCard("2026-W47")]],
    ),
    "scorecard of a lead": (
        CardPage(
            period="2026-W47", begins_at=NOW, ends_at=NOW, card=UnitCard(unit=TRANSPORT, closed=0, lines=()), is_alone=True
        ),
        [[ShowCard("2026-W46", TRANSPORT), ShowCard("2026-W48", TRANSPORT)]],
    ),
    "digest": (
        DigestPage(digest=DIGEST),
        [
            [ShowDigest("2026-W46"), ShowDigest("2026-W48")],
            [ShowDigest(period) for period in ("2026-W47", "2026-11", "2026-Q4", "2026")],
            [
                ShowPart("2026-W47", "", part)
                for part in (DigestPart.FIGURES, DigestPart.WARNINGS, DigestPart.BOOKS, DigestPart.SURVEY)
            ],
            [ShowPart("2026-W47", "", DigestPart.UNITS), ShowPart("2026-W47", "", DigestPart.TOWNSHIPS)],
            [PrintDigest("2026-W47", "", form) for form in Form],
        ],
    ),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    SurveyThanks(has_answered=True),
    CardWordsWanted(unit=TRANSPORT, act=CardAct.OBJECT),
    CountyTaken(digest="a" * 64, by=StaffId("s-one"), differences=(), total=1),
    CountyRefused(mistakes=(), total=1),
    DigestFile(digest=DIGEST, form=Form.PDF),
    *(FileMaking(form=Form.PDF, making=making) for making in Making),
)
