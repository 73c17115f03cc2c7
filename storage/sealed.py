"""Whether what a case's entries bind to still lies sealed beside them, and whether what they say was erased is gone.

Nothing is opened, so no key is needed: words that are there but were changed open no more, which whoever reads them is told.
Who a voice is stands in no entry, but that there is one does, and whether it has left: nobody else stands behind a case, and
nobody is gone from it unsaid, since whoever is gone is not asked whether it was solved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final, NamedTuple, Never, get_args

from bot.rules.entry import (
    RESIDENT,
    AnyFact,
    BesideFact,
    CaseFact,
    ContentErased,
    Entry,
    Filed,
    Resolved,
    TieCut,
    VoiceAdded,
    VoiceLeft,
    VoiceLinked,
)
from bot.rules.erasure import AtClosing, CaseContent, Tie
from bot.rules.identity import NEW_CASE
from bot.rules.slot import SAID, said_in
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session

LOST: Final = "lost"
"""Instead of a table: something is not there, and no entry says that it was erased."""

LEFT: Final = "kept"
"""Instead of a table: an entry says that it was erased, and something is still there."""

UNKNOWN: Final = "voices"
"""Instead of a table: somebody stands behind the case whom no entry knows, or who is said to have left."""

MISSED: Final = "missed"
"""Instead of a table: somebody who stands behind the case is not there, or counts as one who left, and no entry says so."""

UNLISTED: Final = "unlisted"
"""Instead of a table: an entry says that something was erased, and the list of erasures does not know it."""

FORGED: Final = "erasures"
"""Instead of a table: the list of erasures names something that no entry says was erased."""

FILER: Final = 1
"""Which voice of a case files it."""

SEALING: Final[frozenset[type[AnyFact]]] = frozenset(
    fact
    for fact in (*get_args(CaseFact), *get_args(BesideFact))
    if fact in {Resolved, ContentErased, VoiceAdded, VoiceLeft, VoiceLinked, TieCut}
    or not {*SAID}.isdisjoint(fact.__struct_fields__)
)
"""Entries that say something of it."""


NONE: Final[frozenset[Never]] = frozenset()
NOBODY: Final[Mapping[int, bool]] = MappingProxyType({})


class There(NamedTuple):
    """What lies beside a case's entries: sealed words by slot, its key, files that it opens, and voices.

    Attributes:
        voices: whether each has left the case.
    """

    slots: AbstractSet[str] = NONE
    has_key: bool = False
    has_files: bool = False
    voices: Mapping[int, bool] = NOBODY


class Content:
    """What must lie sealed of a case: all that was said since it was filed or erased; and which voices it has.

    Attributes:
        commitments: what the entries hold of the words, by slot.
    """

    def __init__(self) -> None:
        self.commitments: dict[str, str] = {}
        self._voices: dict[int, bool] = {}
        self._is_erased = False
        self._erased: frozenset[str] = NONE
        self._to_come: frozenset[str] = NONE

    def take(self, entry: Entry, attempt: int) -> None:
        """Take the next entry; `attempt` is the round that the case is in."""
        match entry.fact:
            case ContentErased():
                self._is_erased = True
                self._erased |= {CaseContent(entry.case or NEW_CASE).subject}
                self._to_come = NONE
                self.commitments.clear()
                self._voices.clear()
            case TieCut(voice=voice):
                self._voices.pop(voice, None)
                self._erased |= {Tie(entry.case or NEW_CASE, voice).subject}
                if voice == FILER:
                    self._to_come = frozenset({AtClosing(entry.case or NEW_CASE).subject})
            case VoiceAdded(voice=voice) | VoiceLinked(voice=voice):
                self._voices[voice] = False
            case VoiceLeft(voice=voice):
                if voice in self._voices:  # whoever phoned has no chat to be asked in
                    self._voices[voice] = True
            case fact:
                if isinstance(fact, Filed) and entry.actor == RESIDENT:  # who phones or comes to a counter has no chat yet
                    self._voices[FILER] = False
                if (said := said_in(fact, attempt)) is not None:
                    self.commitments[said[0]] = said[1]

    def wrong(self, there: There) -> str | None:
        """Compare with what is there; say what is wrong first."""
        return self._wrongly_sealed(there) or self._wrongly_heard(there.voices)

    def wrongly_listed(self, listed: AbstractSet[str]) -> str | None:
        """Compare with what the list of erasures says of the case and its voices; say what is wrong."""
        if self._erased - listed:
            return UNLISTED
        return FORGED if listed - self._erased - self._to_come else None

    def _wrongly_heard(self, voices: Mapping[int, bool]) -> str | None:
        if voices == self._voices:
            return None
        heard = {voice for voice, has_left in voices.items() if not has_left}
        known = {voice for voice, has_left in self._voices.items() if not has_left}
        return UNKNOWN if heard - known or voices.keys() - self._voices.keys() else MISSED

    def _wrongly_sealed(self, there: There) -> str | None:
        slots = self.commitments.keys()
        opened = there.has_files or bool(slots)
        if not slots <= there.slots or (opened and not there.has_key):
            return LOST
        if self._is_erased and (there.slots - slots or (there.has_key and not opened)):
            return LEFT
        return None


async def misplaced(session: Session, cases: Parameters, expected: Mapping[str, tuple[Content, int]]) -> list[Mismatch]:
    """Compare a range of cases; of each its content and its last entry are given."""
    slots: dict[str, set[str]] = defaultdict(set)
    for number, slot in await session.rows("sealed_slots", cases):
        slots[str(number)].add(str(slot))
    voices: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, voice, has_left in await session.rows("sealed_voices", cases):
        voices[str(number)][int(voice or 0)] = bool(has_left)
    listed: dict[str, set[str]] = defaultdict(set)
    for (subject,) in await session.rows("sealed_erasures", cases):
        listed[str(subject).partition(":")[2].partition("/")[0]].add(str(subject))
    keys = {str(owner) for (owner,) in await session.rows("sealed_keys", cases)}
    with_files = {str(number) for (number,) in await session.rows("sealed_files", cases)}
    found = []
    for number, (content, last_seq) in expected.items():
        there = There(slots.get(number, NONE), f"case:{number}" in keys, number in with_files, voices.get(number, NOBODY))
        wrong = content.wrong(there) or content.wrongly_listed(listed.get(number, NONE))
        if wrong is not None:
            found.append(Mismatch(number, last_seq, wrong))
    return found
