"""Tables that somebody changed by hand, one in each part that `ledger rebuild` puts right in a transaction of its own."""

from __future__ import annotations

from typing import Final

from storage.audit import Audit
from storage.engine import Engine

WRONGS: Final = {
    "tree": "UPDATE tree SET hash = (SELECT hash FROM tree WHERE level = 2 AND place = 0) WHERE level = 1",
    "staff": "UPDATE staff SET unit = 'water' WHERE role IN ('officer', 'lead')",
    "cases": "UPDATE cases SET voices = 9",
    "counters": "UPDATE counters SET value = 1",
}
"""What is done to each part of a county with two cases: more rows than one, so that half of them would be seen."""

WRONG: Final = """
SELECT (SELECT COUNT(*) FROM (SELECT hash FROM tree WHERE level = 1 GROUP BY hash) AS nodes) = 1,
    (SELECT COUNT(*) FROM staff WHERE unit = 'water'), (SELECT COUNT(*) FROM cases WHERE voices = 9),
    (SELECT MIN(value) FROM counters) = 1,
    (SELECT COUNT(*) FROM staff) + (SELECT COUNT(*) FROM cases) + (SELECT COUNT(*) FROM rounds)
"""
"""Which parts are still so; and how many rows there are of what goes and comes anew, which is never fewer."""

RIGHT: Final = [
    (True, 2, 2, True, 8),
    (False, 2, 2, True, 8),
    (False, 0, 2, True, 8),
    (False, 0, 0, True, 8),
    (False, 0, 0, False, 8),
]
"""How they come right, one part after the other, each as a whole."""


async def whole(engine: Engine) -> None:
    """Follow a ledger, and compare all that it makes; raises LedgerBroken."""
    audit = Audit(engine)
    await audit.follow_ledger(lambda _: None)
    await audit.compare_cases(lambda _: None)
