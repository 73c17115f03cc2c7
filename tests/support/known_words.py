"""What a test's little world knows of words: what was written, what is to be translated, what was translated before.

Words are legible to officials as the program has it: by the same rule, of what lies here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.identity import (
    CaseNumber,
    Language,
    StaffId,
)
from bot.rules.translation import Backlog, Legible, Translation, legible, legible_words
from tests.support.builders import ZH
from tests.support.only import only


@dataclass
class KnownWords:
    """Words of cases and their translations, read as `bot.ports.Reader` says.

    Attributes:
        words: by case and slot.
        translations: what of cases is to be translated, or was.
        memory: how sentences were translated before.
    """

    words: dict[tuple[CaseNumber, str], str] = field(default_factory=dict)
    translations: list[Translation] = field(default_factory=list)
    memory: dict[str, str] = field(default_factory=dict)

    async def words_of(self, number: CaseNumber, slot: str) -> str | None:
        """Return words; None when there are none."""
        return self.words.get((number, slot))

    async def legible(self, number: CaseNumber, slot: str) -> Legible:
        """Return words as an official may read them."""
        item = next((each for each in await self.translations_of(number) if (each.slot, each.target) == (slot, ZH)), None)
        made = None if item is None else self.words.get((number, item.place))
        return legible(self.words.get((number, slot), ""), item, made)

    async def legible_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Return all words of a case as officials may read them."""
        return legible_words(await self.words_in(number), await self.translations_of(number))

    async def translations_of(self, number: CaseNumber) -> tuple[Translation, ...]:
        """Return what of a case is to be translated, or was."""
        return tuple(each for each in self.translations if each.case == number)

    async def translation(self, text: str) -> Translation:
        """Return one by its id; raises NotFound."""
        return only(each for each in self.translations if each.id == text)

    async def translations_waiting(
        self, languages: frozenset[Language], limit: int, begins: int = 0
    ) -> tuple[tuple[Translation, ...], int]:
        """Return what waits in these languages, and how many there are."""
        found = sorted((each for each in self.translations if not each.is_done), key=lambda each: each.due_at)
        own = tuple(each for each in found if each.language in languages)
        return own[begins : begins + limit], len(own)

    async def translations_by(self, staff: frozenset[StaffId], limit: int) -> tuple[Translation, ...]:
        """Return what these officials translated."""
        return tuple(each for each in self.translations if each.done_by in staff)[:limit]

    async def translation_backlog(self, now: datetime) -> tuple[Backlog, ...]:
        """Return how much waits to be translated, by language."""
        waiting = [each for each in self.translations if not each.is_done]
        languages = sorted({each.language for each in waiting})
        by_language = {name: [each for each in waiting if each.language == name] for name in languages}
        return tuple(
            Backlog(name, len(own), min(each.asked_at for each in own), sum(each.due_at < now for each in own))
            for name, own in by_language.items()
        )

    async def remembered(self, source: Language, target: Language, wanted: Sequence[str]) -> Mapping[str, str]:
        """Return how sentences were translated before."""
        del source, target
        return {sentence: self.memory[sentence] for sentence in wanted if sentence in self.memory}

    async def words_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Return all words of a case, by slot."""
        return {slot: text for (case, slot), text in self.words.items() if case == number}
