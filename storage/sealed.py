"""Whether what a case's entries bind to still lies sealed beside them, and whether what they say was erased is gone.

Nothing is opened, so no key is needed: words that are there but were changed open no more, which whoever reads them is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, get_args

from bot.rules.entry import AnyFact, BesideFact, CaseFact, ContentErased, Entry, Resolved
from bot.rules.slot import SAID, words_slot
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session

LOST: Final = "lost"
"""Instead of a table: something is not there, and no entry says that it was erased."""

LEFT: Final = "kept"
"""Instead of a table: an entry says that it was erased, and something is still there."""

SEALING: Final[frozenset[type[AnyFact]]] = frozenset(
    fact
    for fact in (*get_args(CaseFact), *get_args(BesideFact))
    if fact in {Resolved, ContentErased} or not {*SAID}.isdisjoint(fact.__struct_fields__)
)
"""Entries that say something of it."""


class Content:
    """What must lie sealed of a case, by slot: all that was said since it was filed, or erased."""

    def __init__(self) -> None:
        self._slots: set[str] = set()
        self._is_erased = False

    def take(self, entry: Entry, attempt: int) -> None:
        """Take the next entry; `attempt` is the round that the case is in."""
        if isinstance(entry.fact, ContentErased):
            self._is_erased = True
            self._slots.clear()
        elif (slot := words_slot(entry.fact, attempt)) is not None:
            self._slots.add(slot)

    def wrong(self, slots: set[str], *, has_key: bool, has_files: bool) -> str | None:
        """Compare with the slots that there are, and whether the case's key is, and files that it opens."""
        if (self._slots and not (has_key and self._slots <= slots)) or (has_files and not has_key):
            return LOST
        if self._is_erased and (slots - self._slots or (has_key and not (self._slots or has_files))):
            return LEFT
        return None


async def misplaced(session: Session, cases: Parameters, expected: Mapping[str, tuple[Content, int]]) -> list[Mismatch]:
    """Compare a range of cases; of each its content and its last entry are given."""
    slots: dict[str, set[str]] = defaultdict(set)
    for number, slot in await session.rows("sealed_slots", cases):
        slots[str(number)].add(str(slot))
    keys = {str(owner) for (owner,) in await session.rows("sealed_keys", cases)}
    with_files = {str(number) for (number,) in await session.rows("sealed_files", cases)}
    found = []
    for number, (content, last_seq) in expected.items():
        wrong = content.wrong(slots[number], has_key=f"case:{number}" in keys, has_files=number in with_files)
        if wrong is not None:
            found.append(Mismatch(number, last_seq, wrong))
    return found
