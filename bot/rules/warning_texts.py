"""Words that wait for their translation: while they wait, the officials in charge read nothing of a matter.

Invariant: no case is named behind this sign. A sign is an entry of the ledger, and an entry that named cases whose words
are not Chinese would say in which language each was written.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.rules.county import WatchPlan
from bot.rules.warning import Found, Grade, SignKind, Subject

LONG_LATE: Final = 3
"""Past so many times its limit a translation is long late."""


class Waiting(NamedTuple):
    """What waits to be translated, in all languages together.

    Attributes:
        waiting: how many texts and voices.
        late: of these, past their limit.
        long_late: of these, past three times their limit.
        days: for how many whole days the oldest has waited.
    """

    waiting: int
    late: int
    long_late: int
    days: int


def translators_behind(texts: Waiting, plan: WatchPlan, *, is_held: bool) -> tuple[Found, ...]:
    """Say whether translating falls behind: told from what the county calls too much, and until nothing is late any more.

    Args:
        is_held: it had fallen behind the night before.
    """
    if texts.late < (1 if is_held else plan.translations):
        return ()
    grade = Grade.BEHIND if texts.late >= 2 * plan.translations else Grade.NEAR
    return (
        Found(
            kind=SignKind.TRANSLATORS,
            subject=Subject(),
            grade=Grade.OVERDUE if texts.long_late else grade,
            unit=None,
            n=texts.late,
            of=texts.waiting,
            days=texts.days,
        ),
    )
