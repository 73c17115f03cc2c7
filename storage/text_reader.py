"""What was written about cases, opened; and what of it is to be read in another language. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from bot.errors import NotFound
from bot.rules.county import Role
from bot.rules.identity import CaseNumber, Language, PersonId, StaffId
from bot.rules.translation import CHINESE, Backlog, Legible, Translation, legible, legible_words, written_down
from storage.engine import Parameters, Row, typed
from storage.project_reader import ProjectReader
from storage.rows import moment, moment_or_none
from storage.texts import texts_waiting
from storage.translating import sentence_hash
from storage.words import opened_text, words_at


class TextReader(ProjectReader):
    """Reads words and their translations; without a key there are none."""

    async def words_of(self, number: CaseNumber, slot: str) -> str | None:
        """Open words from the vault; None when there are none, or no longer."""
        if self._keyring is None:
            return None
        async with self._engine.glancing() as session:
            rows = await session.rows("words_get", {"number": number, "slot": slot})
        if not rows:
            return None
        ((body, master_version, wrapped),) = typed(rows, tuple[bytes, int, bytes])
        key = self._keyring.of_case_row(number, master_version, wrapped)
        return opened_text(key, body, words_at(slot))

    async def words_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Open all words of a case, by slot; none when there are none, or no longer."""
        if self._keyring is None:
            return {}
        async with self._engine.reading() as session:
            rows = typed(await session.rows("words_all", {"number": number}), tuple[str, bytes, int, bytes])
        if not rows:
            return {}
        *_, master_version, wrapped = rows[0]
        key = self._keyring.of_case_row(number, master_version, wrapped)
        return {slot: opened_text(key, body, words_at(slot)) for slot, body, *_ in rows}

    async def legible(self, number: CaseNumber, slot: str) -> Legible:
        """Open words as an official may read them: the translation instead of the original, empty while that is awaited."""
        items = await self.translations_of(number)
        item = next((each for each in items if (each.slot, each.target) == (slot, CHINESE) and not each.is_voice), None)
        voices = [each for each in items if each.is_voice and each.slot.startswith(f"{slot}/")]
        words = await self.words_in(number) if voices else {}
        spoken = written_down(voices, words)
        if item is not None and item.is_done:
            read = legible("", item, await self.words_of(number, item.place))
        else:
            read = legible(await self.words_of(number, slot) or "", item, None)
        return msgspec.structs.replace(read, spoken=spoken) if spoken else read

    async def legible_in(self, number: CaseNumber) -> Mapping[str, str]:
        """Open all words of a case, by slot, as officials may read them."""
        return legible_words(await self.words_in(number), await self.translations_of(number))

    async def translations_of(self, number: CaseNumber) -> tuple[Translation, ...]:
        """Return what of a case is to be translated, or was, in the order in which it was asked for."""
        async with self._engine.glancing() as session:
            rows = await session.rows("translations_of_case", {"number": number})
        return _translations(rows)

    async def translation(self, text: str) -> Translation:
        """Return one by its id; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("translation_get", {"id": text})
        if not rows:
            raise NotFound
        return _translations(rows)[0]

    async def translations_waiting(
        self, languages: frozenset[Language], limit: int, begins: int = 0
    ) -> tuple[tuple[Translation, ...], int]:
        """Return what waits in these languages, what runs out first on top, and how many there are."""
        async with self._engine.reading() as session:
            found: list[Translation] = []
            for language in sorted(languages):
                wanted: Parameters = {"language": language, "limit": begins + limit}
                found += _translations(await session.rows("translations_wanted", wanted))
            backlogs = await texts_waiting(session, datetime.fromtimestamp(0, UTC))
        found.sort(key=lambda item: (item.due_at, item.id))
        total = sum(backlog.waiting for backlog in backlogs if backlog.language in languages)
        return tuple(found[begins : begins + limit]), total

    async def translations_by(self, staff: frozenset[StaffId], limit: int) -> tuple[Translation, ...]:
        """Return what these officials translated, the last first."""
        async with self._engine.reading() as session:
            found: list[Translation] = []
            for each in sorted(staff):
                found += _translations(await session.rows("translations_done", {"staff": each, "limit": limit}))
        found.sort(key=lambda item: (item.done_at or item.asked_at, item.id), reverse=True)
        return tuple(found[:limit])

    async def translation_backlog(self, now: datetime) -> tuple[Backlog, ...]:
        """Return how much waits to be translated, by language."""
        async with self._engine.reading() as session:
            return await texts_waiting(session, now)

    async def remembered(self, source: Language, target: Language, wanted: Sequence[str]) -> Mapping[str, str]:
        """Return how normalised sentences were last translated, as far as they were; nothing where no key is at hand."""
        if self._keyring is None:
            return {}
        found: dict[str, str] = {}
        async with self._engine.reading() as session:
            for sentence in wanted:
                hashed = sentence_hash(self._keyring, source, target, sentence)
                rows = await session.rows("memory_get", {"hash": hashed})
                for number, body, master_version, wrapped in typed(rows, tuple[CaseNumber, bytes, int, bytes]):
                    key = self._keyring.of_case_row(number, master_version, wrapped)
                    found[sentence] = key.open(body, f"memory/{hashed}").decode()
        return found

    async def languages_of(self, number: CaseNumber) -> Mapping[PersonId, Language]:
        """Return the languages of those who stand behind a case, as far as they chose one."""
        async with self._engine.glancing() as session:
            rows = await session.rows("languages_of_case", {"number": number})
        return dict(typed(rows, tuple[PersonId, Language]))


class TranslationColumns(NamedTuple):
    """The columns of `translation_get`; `able` is how many hold a role for it."""

    number: CaseNumber
    slot: str
    source: Language
    target: Language
    asked_at: int
    due_at: int
    version: int
    taken_by: StaffId | None
    taken_at: int | None
    done_by: StaffId | None
    done_role: Role | None
    done_at: int | None
    voice: int
    urgent: int
    able: int


def _translations(rows: Sequence[Row]) -> tuple[Translation, ...]:
    return tuple(map(_translation, typed(rows, TranslationColumns)))


def _translation(columns: TranslationColumns) -> Translation:
    return Translation(
        case=columns.number,
        slot=columns.slot,
        source=columns.source,
        target=columns.target,
        asked_at=moment(columns.asked_at),
        due_at=moment(columns.due_at),
        version=columns.version,
        taken_by=columns.taken_by,
        taken_at=moment_or_none(columns.taken_at),
        done_by=columns.done_by,
        done_role=columns.done_role,
        done_at=moment_or_none(columns.done_at),
        is_voice=bool(columns.voice),
        is_urgent=bool(columns.urgent),
        has_translator=bool(columns.able),
    )
