"""Fifty officers, some forgetful, on leave, out of reach or passing everything on: nothing is forgotten, nobody is bothered.

The same with 5,000 cases over a quarter, and a month with 10,000, is run by `python -m tests.tools.quarter`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rules.case import State
from tests.simulation.quarter import Size, live

SMALL = Size(cases=70, officers=50, days=28, grain=timedelta(minutes=30))
"""People act at half hours only, so that much is due in the very second in which somebody acts, as after a night."""


async def test_weeks_of_a_county_go_by_the_plan(tmp_path: Path) -> None:
    """Each limit is told before it and known above after it; nobody is told at a wrong hour, twice, or without the right."""
    outcome = await live(tmp_path / "bot.db", SMALL)
    assert outcome.wrongs == []
    assert outcome.cases == SMALL.cases
    assert outcome.figures.passed > 10
    assert outcome.figures.reminded > outcome.figures.passed
    assert outcome.figures.escalations > 100
    assert outcome.figures.moments > 20
    assert outcome.nightly["round the clock"] > 0
    assert outcome.states[State.CLOSED] > SMALL.cases // 2
