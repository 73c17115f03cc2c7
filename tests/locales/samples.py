"""One message of every kind, and of every turn a kind takes: what the program may ever have to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.figure import Digest, Figure, UnitFigures
from bot.rules.identity import CaseNumber, TownshipId, UnitId
from bot.rules.message import (
    AdminWanted,
    CaseAccepted,
    CaseClosedUnrated,
    CaseLine,
    CaseReopened,
    ChooseLanguage,
    DigestPage,
    DraftCard,
    Help,
    Message,
    MyCases,
    PartlyQuestion,
    Picking,
    RatingQuestion,
    RatingThanks,
    Receipt,
    Remark,
    ReminderLine,
    ReminderNotice,
    ReopenNotice,
    ResolveQuestion,
    Said,
    ScoreQuestion,
    StaffJoined,
    StaffWelcome,
    TapAnswered,
    TaskList,
    TaskNotice,
    TaskRated,
    TaskResolved,
    Toast,
    Welcome,
)
from tests.locales.county import QAPQAL, QIONGBOLA, ROADS, SCHOOLS, SUPERVISION, TOWN_HALL, TRANSPORT

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
"""Tuesday 2026-11-24, 10:30 in the county."""

DUE = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
"""Friday 2026-11-27, 18:30 in the county."""

NUMBER = CaseNumber("CB-2026-000123")
PROOF = "3f9a1c0b77d2e481"
CHAIN = "9d1e" * 16

WORDS = "琼博拉镇小学门口的路灯坏了三盏，晚上孩子放学看不见路，已经一个多星期了。"
UYGHUR_WORDS = "مەكتەپ ئالدىدىكى 3 چىراغ بۇزۇلدى، توك يوق."


def case_line(
    number: int, state: State = State.ACCEPTED, due_at: datetime | None = DUE, township: TownshipId | None = QIONGBOLA
) -> CaseLine:
    """Make a line of a list; late when NOW is past its deadline."""
    return CaseLine(
        case=CaseNumber(f"CB-2026-{number:06}"),
        state=state,
        category=ROADS,
        township=township,
        unit=TRANSPORT,
        due_at=due_at,
        is_overdue=due_at is not None and due_at < NOW,
    )


def reminder_line(number: int, stage: str, limit_at: datetime, unit: UnitId = TRANSPORT) -> ReminderLine:
    """Make a line of a reminder."""
    return ReminderLine(
        case=CaseNumber(f"CB-2026-{number:06}"),
        stage=stage,
        category=SCHOOLS,
        township=QAPQAL,
        unit=unit,
        limit_at=limit_at,
        is_late=limit_at < NOW,
    )


def draft(words: str = WORDS, picking: Picking = Picking.NOTHING, *, is_guessed: bool = True) -> DraftCard:
    """Make a draft card."""
    return DraftCard(words=words, kind=Kind.COMPLAINT, category=ROADS, township=None, is_guessed=is_guessed, picking=picking)


def task(words: str = WORDS, state: State = State.ASSIGNED, round_: int = 1, *, is_mine: bool = False) -> TaskNotice:
    """Make a task notice."""
    return TaskNotice(
        case=NUMBER,
        state=state,
        kind=Kind.REQUEST,
        category=ROADS,
        township=QIONGBOLA,
        unit=TRANSPORT,
        words=words,
        filed_at=NOW - timedelta(hours=1),
        accept_due_at=NOW + timedelta(hours=2),
        due_at=DUE,
        round=round_,
        is_mine=is_mine,
    )


def rating_question(answer: str = "路灯已全部更换，11月23日晚复查正常。", *, is_repeated: bool = False) -> RatingQuestion:
    """Make the question whether it is solved."""
    return RatingQuestion(case=NUMBER, round=1, unit=TRANSPORT, answer=answer, is_repeated=is_repeated)


def receipt(due_at: datetime | None = DUE) -> Receipt:
    """Make a receipt."""
    return Receipt(case=NUMBER, unit=TRANSPORT, category=ROADS, township=QIONGBOLA, due_at=due_at, proof=PROOF)


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
    )


def messages() -> Iterator[tuple[str, Message]]:
    """Yield every message with a name for it."""
    yield from _residents()
    yield from _officials()
    yield from _admins()


def _residents() -> Iterator[tuple[str, Message]]:
    for remark in Remark:
        yield f"Said {remark}", Said(remark)
    yield "ChooseLanguage", ChooseLanguage()
    yield "Welcome", Welcome()
    yield "Help resident", Help(None)
    for picking in Picking:
        yield f"DraftCard {picking}", draft(picking=picking)
    yield "DraftCard chosen", draft(is_guessed=False)
    yield "DraftCard Uyghur words", draft(UYGHUR_WORDS)
    yield "DraftCard long", draft(WORDS * 90)
    yield "Receipt", receipt()
    yield "Receipt without deadline", receipt(None)
    lines = (
        case_line(123),
        case_line(122, State.ASSIGNED, NOW - timedelta(hours=3), None),
        case_line(90, State.RESOLVED),
        case_line(4, State.CLOSED, None),
        case_line(5, due_at=datetime(2027, 1, 4, 10, 30, tzinfo=UTC)),
    )
    yield "MyCases", MyCases(cases=lines, total=14)
    yield "MyCases one", MyCases(cases=lines[:1], total=1)
    yield "CaseAccepted", CaseAccepted(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    yield "CaseAccepted without deadline", CaseAccepted(case=NUMBER, unit=TOWN_HALL, due_at=None)
    yield "RatingQuestion", rating_question()
    yield "RatingQuestion repeated", rating_question(is_repeated=True)
    yield "RatingQuestion long", rating_question("已修好。" * 2_000)
    for solved in Solved:
        yield f"ScoreQuestion {solved}", ScoreQuestion(case=NUMBER, round=1, solved=solved)
    yield "PartlyQuestion", PartlyQuestion(case=NUMBER, round=1)
    for score in (*range(1, 6), None):
        yield f"RatingThanks {score}", RatingThanks(case=NUMBER, solved=Solved.YES, score=score)
    yield "CaseReopened", CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    yield "CaseClosedUnrated", CaseClosedUnrated(case=NUMBER)
    yield "TapAnswered", TapAnswered(tap="42", toast=Toast.DONE)


def _officials() -> Iterator[tuple[str, Message]]:
    yield "Help officer", Help(Role.OFFICER)
    for state in State:
        yield f"TaskNotice {state}", task(state=state)
    yield "TaskNotice mine", task(state=State.ACCEPTED, is_mine=True)
    yield "TaskNotice again", task(round_=2)
    yield (
        "TaskNotice without deadline",
        TaskNotice(
            case=NUMBER,
            state=State.ASSIGNED,
            kind=Kind.PRAISE,
            category=SCHOOLS,
            township=None,
            unit=SUPERVISION,
            words=UYGHUR_WORDS,
            filed_at=NOW,
            accept_due_at=None,
            due_at=None,
            round=1,
            is_mine=False,
        ),
    )
    yield "TaskNotice long", task("路" * 9_000)
    lines = (
        case_line(7, State.ASSIGNED, NOW - timedelta(days=2)),
        case_line(123),
        case_line(124, State.ASSIGNED, NOW + timedelta(hours=25, minutes=5)),
        case_line(125, due_at=None),
    )
    yield "TaskList", TaskList(cases=lines, total=31)
    elsewhere = msgspec.structs.replace(lines[1], unit=TOWN_HALL)
    yield "TaskList of several units", TaskList(cases=(lines[0], elsewhere), total=2)
    yield "TaskList empty", TaskList(cases=(), total=0)
    yield "TaskList long", TaskList(cases=tuple(case_line(n) for n in range(1, 121)), total=120)
    yield "ResolveQuestion", ResolveQuestion(case=NUMBER)
    yield "TaskResolved", TaskResolved(case=NUMBER)
    yield "TaskRated", TaskRated(case=NUMBER, solved=Solved.PARTLY, score=3)
    yield "TaskRated without score", TaskRated(case=NUMBER, solved=Solved.NO, score=None)
    yield "ReopenNotice", ReopenNotice(case=NUMBER, unit=TRANSPORT, round=2, due_at=DUE)
    soon = reminder_line(123, "before:1d", NOW + timedelta(days=1))
    late = reminder_line(7, "overdue:0h", NOW - timedelta(hours=3))
    yield "ReminderNotice", ReminderNotice(lines=(soon,))
    yield "ReminderNotice overdue", ReminderNotice(lines=(late,))
    unaccepted = reminder_line(8, "unaccepted:4h", NOW - timedelta(hours=4), TOWN_HALL)
    nearly = reminder_line(9, "unaccepted:0h", NOW + timedelta(seconds=20))
    yield "ReminderNotice mixed", ReminderNotice(lines=(soon, late, unaccepted, nearly))
    yield "StaffWelcome", StaffWelcome(role=Role.OFFICER, unit=TRANSPORT)


def _admins() -> Iterator[tuple[str, Message]]:
    yield "Help admin", Help(Role.ADMIN)
    yield "StaffWelcome admin", StaffWelcome(role=Role.ADMIN, unit=None)
    for role in Role:
        yield f"StaffJoined {role}", StaffJoined(role=role, unit=TRANSPORT)
    yield "AdminWanted", AdminWanted(invitation="0" * 32)
    for period in ("2026-W47", "2026-11", "2026-Q4", "2026"):
        yield f"DigestPage {period}", DigestPage(digest=digest(period))
    yield "DigestPage of a unit", DigestPage(digest=digest(unit=TRANSPORT))
    yield "DigestPage nearly empty", DigestPage(digest=digest(is_full=False))
