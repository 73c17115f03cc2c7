"""What is said about duty, in every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from bot.rules.county import Role
from bot.rules.identity import StaffId
from bot.rules.message import DutyCard, DutyChanged, DutyGap, Message, ShiftLine
from tests.locales.county import TRANSPORT
from tests.locales.sample_values import DUE, NOW


def duty() -> Iterator[tuple[str, Message]]:
    """Yield every message of this area with a name for it."""
    one, other = StaffId("s-0a1b2c3d4e5f"), StaffId("s-f5e4d3c2b1a0")
    later = NOW + timedelta(days=1)
    card = DutyCard(
        unit=TRANSPORT,
        lines=(
            ShiftLine(staff=one, role=Role.OFFICER, begins_at=NOW, ends_at=later),
            ShiftLine(staff=other, role=Role.LEAD, begins_at=later, ends_at=DUE),
        ),
        gap=(later, DUE),
        chosen=one,
        begins_on=NOW.date(),
        days=1,
        today=NOW.date(),
        begins_at=NOW,
        ends_at=later,
        options=(one, other),
        posts=("water", ""),
    )
    yield "DutyCard", card
    yield "DutyCard empty", msgspec.structs.replace(card, lines=(), gap=None)
    yield "DutyCard of the county", msgspec.structs.replace(card, unit=None, gap=None)
    yield "DutyCard with nobody to choose", msgspec.structs.replace(card, chosen=None, options=(), lines=())
    yield "DutyChanged", DutyChanged(unit=TRANSPORT, begins_at=NOW, ends_at=later, is_off=False)
    yield "DutyChanged off", DutyChanged(unit=None, begins_at=NOW, ends_at=later, is_off=True)
    yield "DutyGap", DutyGap(unit=TRANSPORT, begins_at=NOW, ends_at=later)
    yield "DutyGap of the county", DutyGap(unit=None, begins_at=NOW, ends_at=later)
