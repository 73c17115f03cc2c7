"""Whether what a case's entries bind to still lies sealed beside them, and whether what they say was erased is gone.

Nothing is opened, so no key is needed: words that are there but were changed open no more, which whoever reads them is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from bot.rules.entry import ContentErased, Entry, Filed, Resolved
from bot.rules.slot import FILED, answer_slot
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session

LOST: Final = "lost"
"""Instead of a table: something is not there, and no entry says that it was erased."""

LEFT: Final = "kept"
"""Instead of a table: an entry says that it was erased, and something is still there."""


SEALING: Final = frozenset({Filed, Resolved, ContentErased})
"""Entries that say something of it."""


class Content:
    """What must lie sealed of a case: the words it was filed with, and each answer."""

    def __init__(self) -> None:
        self._slots: set[str] = set()
        self._is_erased = False

    def take(self, entry: Entry, attempt: int) -> None:
        """Take the next entry; `attempt` is the round that the case is in."""
        match entry.fact:
            case Filed():
                self._slots.add(FILED)
            case Resolved():
                self._slots.add(answer_slot(attempt))
            case ContentErased():
                self._is_erased = True
            case _:
                pass

    def wrong(self, slots: set[str], *, has_key: bool) -> str | None:
        """Compare with the slots that there are, and whether the case's key is."""
        if self._is_erased:
            return LEFT if slots or has_key else None
        return LOST if self._slots and not (has_key and self._slots <= slots) else None


async def misplaced(session: Session, cases: Parameters, expected: Mapping[str, tuple[Content, int]]) -> list[Mismatch]:
    """Compare a range of cases; of each its content and its last entry are given."""
    slots: dict[str, set[str]] = defaultdict(set)
    for number, slot in await session.rows("sealed_slots", cases):
        slots[str(number)].add(str(slot))
    keys = {str(owner) for (owner,) in await session.rows("sealed_keys", cases)}
    found = []
    for number, (content, last_seq) in expected.items():
        wrong = content.wrong(slots[number], has_key=f"case:{number}" in keys)
        if wrong is not None:
            found.append(Mismatch(number, last_seq, wrong))
    return found
