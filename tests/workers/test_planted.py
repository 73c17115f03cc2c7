"""Frauds and events planted in a made-up county are told by the program's own nights, and honest weeks stay quiet.

Cases are filed, handled and rated as entries in a real store; each night looks as the clock does, SQL and all. This is the
back-test in short; `python -m bench.warnings --nights 4` plays whole years (docs/warnings.md).
"""

from __future__ import annotations

from collections import Counter

from bench.nights import try_year
from bot.rules.warning import SIGNALS, SignKind

FIRST_NIGHT, DAYS, WEEKLY = 30, 95, 70
NEED_A_PAST = {SignKind.SURGE, SignKind.BEHIND, SignKind.SILENT}
"""Thirteen weeks of it: they are tried in tests of their own."""

EXPECTED = {SignKind.LENGTHENED, SignKind.EXTENDED, SignKind.URGED, SignKind.TRANSFERRED, SignKind.OLD}
"""What an honest county has now and then, and is told of each time, as it should not be at all."""


async def test_every_planted_signal_is_found_in_the_unit_where_it_was_planted() -> None:
    """All eight, and all warnings that need no past, one after another in one county."""
    kinds = [kind for kind in SignKind if kind not in NEED_A_PAST]
    planted = {FIRST_NIGHT + 3 + 2 * place: [kind] for place, kind in enumerate(kinds)}
    villages, told = await try_year(4, WEEKLY, DAYS, FIRST_NIGHT, planted)
    assert {each.kind for each in villages.plants} == set(kinds) >= SIGNALS
    missed = [each.kind for each in villages.plants if told.of(each) is None]
    assert missed == []


async def test_no_storm_of_signals_in_honest_weeks() -> None:
    """Nothing that is held against a usual rate is told, and of what is only counted no more than there was."""
    _, told = await try_year(3, WEEKLY, 72, FIRST_NIGHT, {})
    kinds = Counter(sign.kind for _, sign in told.signs)
    assert set(kinds) <= EXPECTED
    assert kinds.total() <= 4
