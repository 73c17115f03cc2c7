"""What the samples of every area are made of: one county, one week, one matter."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.rules.case import State
from bot.rules.identity import CaseNumber, TownshipId
from bot.rules.message import (
    CaseLine,
)
from tests.locales.county import QIONGBOLA, ROADS, TRANSPORT

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
