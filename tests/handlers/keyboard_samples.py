"""Messages of one case, one digest and a few officials, under which the tests of keyboards look for buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.actions.lines import case_line, task_notice
from bot.actions.triage import Left, triage_card
from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.figure import Digest
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber, StaffId
from bot.rules.message import (
    Attached,
    CallbackLine,
    CallbackQuestion,
    CardPart,
    CasePage,
    DraftCard,
    FixedQuestion,
    FollowUpQuestion,
    LeaveCard,
    PartlyQuestion,
    Picking,
    RatingQuestion,
    ReminderLine,
    ScoreQuestion,
    StaffLine,
    TaskNotice,
)
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskPage, query_of
from bot.rules.translation import CHINESE
from handlers.callback import (
    Button,
    EnterCallback,
    ListCallbacks,
    Pick,
)
from tests.locales.samples_translating import line
from tests.support.builders import (
    DUE_AT,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    ROADS,
    TRANSPORT,
    UG,
    WORDS,
    case_in,
    county,
)

OTHER: Final = CaseNumber("CB-2026-000124")


CARD: Final = DraftCard(
    words=WORDS,
    kind=Kind.COMPLAINT,
    category=ROADS,
    township=QAPQAL_TOWN,
    is_guessed=True,
    picking=Picking.NOTHING,
)


QUESTION: Final = RatingQuestion(case=NUMBER, round=2, unit=TRANSPORT, answer="修好了", is_repeated=False)


SCORE: Final = ScoreQuestion(case=NUMBER, round=2, solved=Solved.YES)


PARTLY: Final = PartlyQuestion(case=NUMBER, round=2)


CALLED: Final = CallbackQuestion(case=NUMBER, round=2, category=ROADS, unit=TRANSPORT, closed_at=NOW)


FIXED: Final = FixedQuestion(case=NUMBER, round=2, category=ROADS, unit=TRANSPORT, due_at=DUE_AT)


STILL: Final = FollowUpQuestion(case=NUMBER, round=2, stage="90cd", category=ROADS, unit=TRANSPORT, closed_at=NOW)


CALL: Final = CallbackLine(case=NUMBER, round=2, category=ROADS, township=None, unit=TRANSPORT, closed_at=NOW)


SAID: Final = (Solved.YES, Solved.PARTLY, Solved.NO)


BY_TELEPHONE: Final[list[list[Button]]] = [
    [EnterCallback(NUMBER, 2, Solved.YES)],
    [EnterCallback(NUMBER, 2, Solved.PARTLY)],
    [EnterCallback(NUMBER, 2, Solved.NO)],
    [ListCallbacks()],
]


LINES: Final = (
    case_line(case_in(State.ASSIGNED), NOW),
    msgspec.structs.replace(case_line(case_in(State.ASSIGNED), NOW), case=OTHER),
)


REMINDERS: Final = tuple(
    ReminderLine(
        case=number,
        stage="before:1d",
        category=ROADS,
        township=None,
        unit=TRANSPORT,
        limit_at=DUE_AT,
        is_late=False,
    )
    for number in (NUMBER, OTHER)
)


NOTICE: Final = task_notice(county(), case_in(State.ASSIGNED), WORDS, (OFFICER,), NOW)


TRIAGE: Final = triage_card(case_in(State.TRIAGE), WORDS, Left(TRANSPORT, "不归我们管", DUE_AT))


QUERY: Final = query_of((OFFICER,), Only.UNIT, NOW)


PAGE_OF_TASKS: Final = TaskPage(
    (case_in(State.ASSIGNED), replace(case_in(State.ASSIGNED), number=OTHER)),
    {Only.UNIT: 9, Only.MINE: 0, Only.UNACCEPTED: 2, Only.OVERDUE: 1},
)


DIGEST: Final = Digest(
    county="县",
    unit=None,
    township=None,
    period="2026-W47",
    begins_at=NOW,
    ends_at=NOW + timedelta(days=7),
    figures={},
    before={},
    units=(),
    checkpoint="0:",
)


def picking(choice: Picking) -> DraftCard:
    """Open a choice on the card."""
    return msgspec.structs.replace(CARD, picking=choice)


def columns(*buttons: Button) -> list[list[Button]]:
    """Put choices in two columns, as a phone shows them."""
    return [list(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def notice_in(state: State, reader: Staff) -> TaskNotice:
    """Make the card of a case in a state, as someone sees it."""
    return task_notice(county(), case_in(state), WORDS, (reader,), NOW)


PAGE: Final = CasePage(line=LINES[0], words="", steps=(), left_out=0, deeds=(Deed.ADD, Deed.URGE, Deed.WITHDRAW))


CHOICES: Final[list[list[Button]]] = [[Pick(Picking.CATEGORY)], [Pick(Picking.KIND), Pick(Picking.TOWNSHIP)]]


PARTS: Final = tuple(CardPart(number, what) for number, what in enumerate((*Attached, Attached.PHOTO), start=1))


LEAVE: Final = LeaveCard(
    begins_on=NOW.date(),
    days=7,
    today=NOW.date(),
    begins_at=NOW,
    last_at=NOW,
    deputy=StaffId("s-one"),
    options=(StaffId("s-one"), StaffId("s-two")),
    is_taken=False,
)


TEXT: Final = line(1, UG, CHINESE)


MEMBER: Final = StaffLine(staff=StaffId("s-one"), role=Role.OFFICER, is_reachable=True, away_until=None, cases=2)


TODAY: Final = NOW.date().toordinal()
