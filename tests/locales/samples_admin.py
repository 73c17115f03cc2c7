"""One message of every kind to those who watch over the county, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.rules.county import Role
from bot.rules.figure import Breakdown, Digest, Figure, Share, UnitFigures
from bot.rules.identity import UnitId
from bot.rules.message import (
    AdminMessage,
    AdminWanted,
    CardPage,
    CardsPage,
    DigestFile,
    DigestPage,
    FileMaking,
    Making,
    StaffJoined,
    StaffUnreachable,
)
from bot.rules.paper import Form
from bot.rules.scorecard import CardLine, UnitCard
from tests.locales.county import ROADS, SCHOOLS, SUPERVISION, TOWN_HALL, TRANSPORT
from tests.locales.sample_values import CHAIN


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
    )


def card(unit: UnitId, closed: int) -> UnitCard:
    """Make a scorecard with a line of each sort."""
    return UnitCard(
        unit=unit,
        closed=closed,
        lines=(
            CardLine(indicator="on_time", is_positive=True, full=10, n=96, of=104, tenths=92),
            CardLine(indicator="solved", is_positive=True, full=15, n=0, of=0),
            CardLine(indicator="visits", is_positive=True, full=5),
            CardLine(indicator="overdue", is_positive=False, full=5, n=9, tenths=50),
            CardLine(indicator="shirking", is_positive=False, full=5),
        ),
    )


def admin() -> Iterator[tuple[str, AdminMessage]]:
    """Yield every message of this area with a name for it."""
    for role in Role:
        yield f"StaffJoined {role}", StaffJoined(role=role, unit=TRANSPORT)
    yield "StaffUnreachable", StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT)
    yield "StaffUnreachable, of no unit", StaffUnreachable(role=Role.SUPERVISOR, unit=None)
    yield "AdminWanted", AdminWanted(invitation="0" * 32)
    for period in ("2026-W47", "2026-11", "2026-Q4", "2026"):
        yield f"DigestPage {period}", DigestPage(digest=digest(period))
    yield "DigestPage of a unit", DigestPage(digest=digest(unit=TRANSPORT))
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
    yield "DigestPage nearly empty", DigestPage(digest=digest(is_full=False))
