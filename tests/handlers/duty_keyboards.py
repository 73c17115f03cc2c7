"""Which buttons go under what is told about duty, and about whoever cannot be reached."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec

from bot.rules.county import Role
from bot.rules.identity import StaffId
from bot.rules.message import DutyCard, DutyChanged, DutyGap, Message, ShiftLine, StaffUnreachable
from handlers.callback import Button, ChooseShift, DropShift, HandOn, ShowDuty
from tests.support.builders import DUE_AT, NOW, TRANSPORT

TODAY: Final = NOW.date().toordinal()
DUTY: Final = DutyCard(
    unit=TRANSPORT,
    lines=(ShiftLine(staff=StaffId("s-one"), role=Role.OFFICER, begins_at=NOW, ends_at=DUE_AT),),
    gap=None,
    chosen=StaffId("s-one"),
    begins_on=NOW.date(),
    days=1,
    today=NOW.date(),
    begins_at=NOW,
    ends_at=DUE_AT,
    options=(StaffId("s-one"), StaffId("s-two")),
    posts=("water", ""),
)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "duty": (
        DUTY,
        [
            [ChooseShift("s-two", TODAY, 1, is_final=False)],
            [ChooseShift("s-one", TODAY + 1, 1, is_final=False)],
            [ChooseShift("s-one", TODAY, days, is_final=False) for days in (2, 3, 7)],
            [ChooseShift("s-one", TODAY, 1, is_final=True)],
            [DropShift("s-one", int(NOW.timestamp()))],
            [ShowDuty("water"), ShowDuty("")],
        ],
    ),
    "duty in between": (
        msgspec.structs.replace(DUTY, lines=(), posts=(), options=(), begins_on=NOW.date() + timedelta(days=59), days=2),
        [
            [ChooseShift("s-one", TODAY + 58, 2, is_final=False), ChooseShift("s-one", TODAY + 60, 2, is_final=False)],
            [ChooseShift("s-one", TODAY + 59, days, is_final=False) for days in (1, 3, 7)],
            [ChooseShift("s-one", TODAY + 59, 2, is_final=True)],
        ],
    ),
    "duty without anybody to choose": (
        msgspec.structs.replace(DUTY, chosen=None, options=(), posts=("water", "transport", "")),
        [[ShowDuty("water"), ShowDuty("transport")], [ShowDuty("")]],
    ),
    "duty of more people and shifts": (
        msgspec.structs.replace(
            DUTY,
            lines=(
                *DUTY.lines,
                ShiftLine(staff=StaffId("s-two"), role=Role.LEAD, begins_at=DUE_AT, ends_at=DUE_AT + timedelta(days=1)),
            ),
            options=(StaffId("s-two"), StaffId("s-one"), StaffId("s-three"), StaffId("s-four")),
            posts=(),
        ),
        [
            [ChooseShift(each, TODAY, 1, is_final=False) for each in ("s-two", "s-three")],
            [ChooseShift("s-four", TODAY, 1, is_final=False)],
            [ChooseShift("s-one", TODAY + 1, 1, is_final=False)],
            [ChooseShift("s-one", TODAY, days, is_final=False) for days in (2, 3, 7)],
            [ChooseShift("s-one", TODAY, 1, is_final=True)],
            [DropShift("s-one", int(NOW.timestamp()))],
            [DropShift("s-two", int(DUE_AT.timestamp()))],
        ],
    ),
    "duty later": (
        msgspec.structs.replace(DUTY, lines=(), posts=(), options=(), begins_on=NOW.date() + timedelta(days=60), days=7),
        [
            [ChooseShift("s-one", TODAY + 59, 7, is_final=False)],
            [ChooseShift("s-one", TODAY + 60, days, is_final=False) for days in (1, 2, 3)],
            [ChooseShift("s-one", TODAY + 60, 7, is_final=True)],
        ],
    ),
    "out of reach": (
        StaffUnreachable(
            role=Role.OFFICER, unit=TRANSPORT, staff=StaffId("s-one"), cases=2, heirs=(StaffId("s-two"), StaffId("s-three"))
        ),
        [[HandOn("s-one", "s-two")], [HandOn("s-one", "s-three")]],
    ),
    "nobody on duty for the county": (DutyGap(unit=None, begins_at=NOW, ends_at=DUE_AT), [[ShowDuty("")]]),
    "nobody on duty": (DutyGap(unit=TRANSPORT, begins_at=NOW, ends_at=DUE_AT), [[ShowDuty("transport")]]),
}
WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (DutyChanged(unit=None, begins_at=NOW, ends_at=DUE_AT, is_off=False),)
