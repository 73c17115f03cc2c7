"""One message of every kind to those who watch over the county, and of every turn it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from bot.rules.audit import AuditGroup
from bot.rules.county import Role
from bot.rules.county_file import Difference
from bot.rules.entry import CLOCK, KINDS, RESIDENT, SYSTEM, Look
from bot.rules.fault import Fault, Mistake, because
from bot.rules.figure import Breakdown, Digest, Figure, Share, UnitFigures
from bot.rules.identity import CaseNumber, StaffId, UnitId
from bot.rules.message import (
    AdminMessage,
    AdminWanted,
    AsideList,
    AuditPage,
    CardAct,
    CardPage,
    CardsPage,
    CardWordsWanted,
    CasesHandedOn,
    CountyProposed,
    CountyRefused,
    CountyTaken,
    DigestFile,
    DigestPage,
    DigestPart,
    FailedList,
    FileMaking,
    InvitationLink,
    Making,
    PointsChoice,
    RoleEnded,
    StaffCard,
    StaffGone,
    StaffJoined,
    StaffLine,
    StaffList,
    StaffUnreachable,
    SurveyPage,
    TracePage,
)
from bot.rules.message.audit import AsideLine, AuditLine, FailedLine
from bot.rules.message.card import CardStanding, GivenPoints
from bot.rules.message.survey import SurveyLine
from bot.rules.paper import Form
from bot.rules.scorecard import CardLine, Traced, UnitCard
from bot.rules.warning import Grade, SignKind
from tests.locales.county import ROADS, SCHOOLS, SUPERVISION, TOWN_HALL, TRANSPORT
from tests.locales.sample_values import CHAIN, DUE, case_line
from tests.locales.samples_sign import SURGE, sign


def figures() -> dict[str, Figure]:
    """Make every figure of a digest, some of many cases, some of few."""
    return {
        "received": Figure(n=128),
        "accepted_in_time": Figure(n=117, of=121, rate=117 / 121, low=0.918, high=0.987),
        "on_time": Figure(n=96, of=104, rate=96 / 104, low=0.855, high=0.961, left_out=2),
        "handled": Figure(n=99, of=112, rate=99 / 112, low=0.811, high=0.931),
        "confirmed_solved": Figure(n=61, of=88, rate=61 / 88, low=0.59, high=0.78),
        "answered": Figure(n=74, of=88, rate=74 / 88, low=0.75, high=0.90),
        "satisfied_among_answers": Figure(n=59, of=74, rate=59 / 74, low=0.69, high=0.87),
        "satisfied_lowest_case": Figure(n=59, of=88, rate=59 / 88, low=0.57, high=0.76),
        "warnings": Figure(n=3),
        "warnings_overdue": Figure(n=1),
        "warnings_behind": Figure(n=1),
        "warnings_near": Figure(n=1),
        "warnings_begun": Figure(n=2),
        "warnings_ended": Figure(n=4),
        "signals": Figure(n=1),
        "signals_begun": Figure(n=1),
        "reopened": Figure(n=2, of=13, rate=2 / 13, low=0.0433, high=0.4223),
        "handling_time_median": Figure(n=2 * 86_400 + 3_000),
        "handling_time_p90": Figure(n=6 * 86_400),
        "overdue": Figure(n=9),
        "long_overdue": Figure(n=2),
    }


def digest(period: str = "2026-W47", *, unit: UnitId | None = None, is_full: bool = True) -> Digest:
    """Make a digest; one that is not full has hardly a figure, as in the first week."""
    shares = (Share(which=ROADS, n=60, of=128, before=41), Share(which=SCHOOLS, n=40, of=128, before=52))
    before = figures() | {"received": Figure(n=120), "on_time": Figure(n=90, of=100), "overdue": Figure(n=12)}
    return Digest(
        county="察布查尔锡伯自治县",
        unit=unit,
        township=None,
        period=period,
        begins_at=datetime(2026, 11, 15, 16, tzinfo=UTC),
        ends_at=datetime(2026, 11, 22, 16, tzinfo=UTC),
        figures=figures() if is_full else {"received": Figure(n=0), "on_time": Figure(n=0, of=0)},
        before=before if is_full else {},
        units=(
            UnitFigures(unit=TRANSPORT, figures={"overdue": Figure(n=5), "long_overdue": Figure(n=2)}),
            UnitFigures(unit=TOWN_HALL, figures={"overdue": Figure(n=4), "reopened": Figure(n=1, of=4)}),
            UnitFigures(unit=SUPERVISION, figures={"overdue": Figure(n=0)}),
        ),
        checkpoint=f"20481:{CHAIN}",
        breakdown=Breakdown(category=shares if is_full else ()),
        warnings=(sign(SignKind.BEHIND, Grade.OVERDUE), sign(SignKind.PLACE, Grade.BEHIND), SURGE) if is_full else (),
    )


def card(unit: UnitId, closed: int) -> UnitCard:
    """Make a scorecard with a line of each sort."""
    return UnitCard(
        unit=unit,
        closed=closed,
        lines=(
            CardLine(indicator="on_time", is_positive=True, full=10, n=96, of=104, tenths=92),
            CardLine(indicator="solved", is_positive=True, full=15, n=0, of=0),
            CardLine(indicator="visits", is_positive=True, full=5, n=3, tenths=30),
            CardLine(indicator="overdue", is_positive=False, full=5, n=9, tenths=50),
            CardLine(indicator="shirking", is_positive=False, full=5),
        ),
    )


def admin() -> Iterator[tuple[str, AdminMessage]]:
    """Yield every message of this area with a name for it."""
    yield from _staff()
    yield from _county_file()
    yield from _audit()
    yield "SurveyPage of none", SurveyPage(period="2026-10", begins="2026-10")
    yield "SurveyPage of none, unpledged", SurveyPage(period="2026-10", unpledged="2026-10")
    yield "SurveyPage running", SurveyPage(period="2026-10", asked=40)
    lines = (SurveyLine(unit=TRANSPORT, counts=((9, 3, 1), (5, 5, 3), (13, 0, 0), (6, 4, 3))),)
    yield "SurveyPage", SurveyPage(period="2026-10", asked=40, answered=13, lines=lines, begins="2026-11")
    for role in Role:
        yield f"StaffJoined {role}", StaffJoined(role=role, unit=TRANSPORT)
    yield "StaffUnreachable", StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT)
    lost, heir = StaffId("s-0a1b2c3d4e5f"), StaffId("s-f5e4d3c2b1a0")
    held = StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT, staff=lost, cases=3, heirs=(heir,))
    yield "StaffUnreachable, with cases", held
    yield "StaffUnreachable, of no unit", StaffUnreachable(role=Role.SUPERVISOR, unit=None)
    yield "AdminWanted", AdminWanted(invitation="0" * 32)
    for period in ("2026-W47", "2026-11", "2026-Q4", "2026"):
        yield f"DigestPage {period}", DigestPage(digest=digest(period))
    for part in DigestPart:
        yield f"DigestPage {part.name}", DigestPage(digest=digest(), part=part)
        yield f"DigestPage {part.name} of a unit", DigestPage(digest=digest(unit=TRANSPORT), part=part)
        yield f"DigestPage {part.name} nearly empty", DigestPage(digest=digest(is_full=False), part=part)
    for form in Form:
        yield f"DigestFile {form}", DigestFile(digest=digest(unit=TRANSPORT), form=form)
        for making in Making:
            yield f"FileMaking {form} {making}", FileMaking(form=form, making=making)
    begins_at, ends_at = datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)
    for name, cards in (("", (card(TRANSPORT, 88), card(TOWN_HALL, 4))), (" empty", ())):
        yield f"CardsPage{name}", CardsPage(period="2026-11", begins_at=begins_at, ends_at=ends_at, cards=cards)
    for closed in (88, 4):
        shown = card(TRANSPORT, closed)
        yield f"CardPage {closed}", CardPage(period="2026-11", begins_at=begins_at, ends_at=ends_at, card=shown)
    yield (
        "CardsPage to act on",
        CardsPage(
            period="2026-11",
            begins_at=begins_at,
            ends_at=ends_at,
            cards=(card(TRANSPORT, 88),),
            may=(CardAct.SHOW, CardAct.PUBLISH),
        ),
    )
    waiting = CardsPage(period="2026-11", begins_at=begins_at, ends_at=ends_at, cards=(card(TRANSPORT, 88),), until=ends_at)
    yield "CardsPage shown to the units", waiting
    again = msgspec.structs.replace(waiting, changed=(TRANSPORT, TOWN_HALL), unconfirmed=(TRANSPORT,))
    yield "CardsPage changed since", again
    yield "CardsPage settled", msgspec.structs.replace(waiting, until=None, is_settled=True)
    yield (
        "CardsPage published",
        CardsPage(period="2026-11", begins_at=begins_at, ends_at=ends_at, cards=(card(TRANSPORT, 88),), is_published=True),
    )
    given = tuple(
        GivenPoints(indicator="shirking", points=3, reason="两次退回本单位事项", is_confirmed=decided)
        for decided in (None, True, False)
    )
    standing = CardStanding(
        until=DUE,
        objection="第三件不是我们的。",
        answer="已核实，不改。",
        given=given,
        may=(CardAct.OBJECT, CardAct.ANSWER, CardAct.GIVE),
        waiting=("shirking",),
    )
    by_hand = msgspec.structs.replace(
        card(TRANSPORT, 88),
        lines=(
            CardLine(indicator="shirking", is_positive=False, full=5, n=3, tenths=30, is_manual=True),
            CardLine(indicator="visits", is_positive=True, full=5, n=3, tenths=30, is_manual=True),
        ),
    )
    for name, shown_standing in (
        ("with words", standing),
        ("not shown", CardStanding()),
        ("changed since", CardStanding(until=DUE, is_changed=True)),
        ("published", CardStanding(until=DUE, is_published=True)),
    ):
        yield (
            f"CardPage {name}",
            CardPage(
                period="2026-11",
                begins_at=begins_at,
                ends_at=ends_at,
                card=by_hand,
                standing=shown_standing,
                appraisal=(33, 52),
            ),
        )
    for act in (CardAct.OBJECT, CardAct.ANSWER):
        yield f"CardWordsWanted {act.name}", CardWordsWanted(unit=TRANSPORT, act=act)
    yield "CardWordsWanted GIVE", CardWordsWanted(unit=TRANSPORT, act=CardAct.GIVE, indicator="shirking", points=3)
    traced = tuple(Traced(case=CaseNumber(f"CB-2026-{number:06d}"), round=1, n=number % 2, of=1) for number in (7, 123))
    yield "TracePage", TracePage(period="2026-11", unit=TRANSPORT, indicator="on_time", lines=traced, total=9)
    yield "TracePage empty", TracePage(period="2026-11", unit=TRANSPORT, indicator="on_time", lines=(), total=0)
    choice = PointsChoice(period="2026-11", unit=TRANSPORT, indicators=("shirking",))
    yield "PointsChoice", choice
    yield "PointsChoice of how many", msgspec.structs.replace(choice, indicator="shirking", full=5)


def _audit() -> Iterator[tuple[str, AdminMessage]]:
    """The ledger looked through, and what could not be handled or delivered."""
    me, other = StaffId("s-0a1b2c3d4e5f"), StaffId("s-f5e4d3c2b1a0")
    special = (RESIDENT, CLOCK, SYSTEM, None)
    kinds = sorted({kind for kind, _ in KINDS} - {"looked"})
    lines = [
        AuditLine(
            seq=20481 - place,
            at=DUE,
            kind=kind,
            actor=special[place % 4],
            staff=me if place % 4 == 3 else None,
            role=Role.OFFICER if place % 8 == 3 else None,
            unit=TRANSPORT if place % 8 == 3 else None,
            case=CaseNumber("CB-2026-000123") if place % 2 else None,
            about=other if place % 5 == 0 else None,
            of_unit=TRANSPORT if place % 6 == 0 else None,
            topic=("YJ-2026-00012", "2026-W47")[place % 4 // 2] if place % 2 == 0 else None,
        )
        for place, kind in enumerate(kinds)
    ]
    looks = [
        AuditLine(seq=7, at=DUE, kind="looked", actor=None, staff=me, role=Role.SUPERVISOR, case=lines[1].case, look=look)
        for look in Look
    ]
    shown = AuditPage(
        group=AuditGroup.ALL, asked="", lines=tuple(lines), is_newest=True, has_more=True, aside=2, undelivered=1
    )
    for group in AuditGroup:
        yield f"AuditPage {group.name}", msgspec.structs.replace(shown, group=group)
    yield "AuditPage of looks", msgspec.structs.replace(shown, lines=tuple(looks), asked="2026-11-24")
    yield "AuditPage empty", msgspec.structs.replace(shown, lines=(), has_more=False)
    aside = AsideLine(seq=20481, kind="message/photo", received_at=DUE, reason="KeyError at handlers/resident/draft.py:42")
    unknown = msgspec.structs.replace(aside, kind=None)
    yield "AsideList", AsideList(lines=(aside, unknown), total=9, may_act=True)
    yield "AsideList asking", AsideList(lines=(aside,), total=1, may_act=True, sure=20481)
    yield "AsideList empty", AsideList(lines=(), total=0, may_act=False)
    failed = FailedLine(failed_at=DUE, role=None, unit=None, reason="blocked")
    to_lead = msgspec.structs.replace(failed, role=Role.LEAD, unit=TRANSPORT)
    yield "FailedList", FailedList(lines=(failed, to_lead), total=2)
    yield "FailedList empty", FailedList(lines=(), total=0)


def _county_file() -> Iterator[tuple[str, AdminMessage]]:
    """A county file before it is in force, once it is, and one that cannot be."""
    differences = (
        Difference(place="category[roads].unit", before='"transport"', after='"housing"'),
        Difference(place="unit[parks]", before=None, after='{ id = "parks", name = { zh = "园林局" } }'),
        Difference(place="category[roads].words.zh", before='"路"', after=None),
        Difference(place="route", before=None, after="长" * 300),
    )
    digest_, before = "0123456789abcdef" * 4, "f" * 64
    yield "CountyProposed", CountyProposed(digest=digest_, in_force=before, differences=differences, total=4)
    yield "CountyProposed, cut", CountyProposed(digest=digest_, in_force=before, differences=differences, total=40)
    yield "CountyTaken", CountyTaken(digest=digest_, by=StaffId("s-0a1b2c3d4e5f"), differences=differences, total=4)
    choices = because(Fault.ALLOWED_BUT, options="4, 5", close="5")
    no_unit = because(Fault.NO_CHOICE, value='"6"', what=because(Fault.A_UNIT), choices=choices)
    mistakes = (Mistake('category "roads".unit', no_unit), Mistake("", because(Fault.NO_UTF8, encoding="8", line="9")))
    yield "CountyRefused", CountyRefused(mistakes=mistakes, total=2)
    yield "CountyRefused, cut", CountyRefused(mistakes=mistakes, total=40)
    every = [because(fault, **dict.fromkeys(re.findall(r"{(\w+)}", fault.value), "7")) for fault in Fault]
    for begin in range(0, len(every), 20):
        together = tuple(Mistake("county", each) for each in every[begin : begin + 20])
        yield f"CountyRefused, from {begin}", CountyRefused(mistakes=together, total=20)


def _staff() -> Iterator[tuple[str, AdminMessage]]:
    """Lists of officials, one of them, invitations, ended roles, and what was handed on."""
    me, other = StaffId("s-0a1b2c3d4e5f"), StaffId("s-f5e4d3c2b1a0")
    here = StaffLine(staff=me, role=Role.OFFICER, is_reachable=True, away_until=None, cases=3)
    away = StaffLine(staff=other, role=Role.LEAD, is_reachable=False, away_until=DUE, cases=0)
    lead = (Role.OFFICER,)
    yield "StaffList", StaffList(unit=TRANSPORT, lines=(here, away), units=(), invites=lead)
    yield "StaffList empty", StaffList(unit=TOWN_HALL, lines=(), units=(TRANSPORT,), invites=(*lead, Role.LEAD))
    beside = (Role.SUPERVISOR, Role.OPERATOR, Role.TRANSLATOR, Role.ADMIN)
    yield "StaffList of no unit", StaffList(unit=None, lines=(away,), units=(TRANSPORT, TOWN_HALL), invites=beside)
    card = StaffCard(line=here, unit=TRANSPORT, may_end=True, is_sure=False, heirs=(other,))
    yield "StaffCard", card
    yield "StaffCard asking", msgspec.structs.replace(card, is_sure=True)
    yield "StaffCard of no unit", StaffCard(line=away, unit=None, may_end=False, is_sure=False, heirs=())
    cases = (case_line(123), case_line(7))
    yield "StaffGone", StaffGone(staff=me, role=Role.OFFICER, unit=TRANSPORT, cases=cases, total=9, heirs=(other,))
    yield "StaffGone without cases", StaffGone(staff=me, role=Role.ADMIN, unit=None, cases=(), total=0, heirs=())
    yield "RoleEnded", RoleEnded(role=Role.OFFICER, unit=TRANSPORT)
    yield "RoleEnded of no unit", RoleEnded(role=Role.ADMIN, unit=None)
    yield "CasesHandedOn", CasesHandedOn(staff=other, cases=cases)
    link = "https://t.me/minsheng_bot?start=j-AAAAAAAAAAAAAAAAAAAAAAAA"
    yield "InvitationLink", InvitationLink(role=Role.OFFICER, unit=TRANSPORT, link=link, expires_at=DUE)
    yield "InvitationLink of no unit", InvitationLink(role=Role.ADMIN, unit=None, link=link, expires_at=DUE)
