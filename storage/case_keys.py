"""The keys of cases as a commit needs them: those that there are, and new ones for new cases and after an erasure.

Invariant: a case has one key at a time; one that is lost, and that nobody erased, is never replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.rules.erasure import CaseContent
from bot.rules.identity import CaseNumber
from storage.engine import Session
from storage.keyring import Keyring, case_owner, key_parameters
from storage.vault import DataKey

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.rules.effect import Effects
    from storage.batch import Batch


def sealed_in(effects: Effects) -> Iterator[CaseNumber]:
    """Name the cases in which something is said or kept."""
    yield from (words.case for words in effects.words)
    yield from (keep.case for keep in effects.kept)


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """The keys of cases that one decision is about.

    Attributes:
        known: those that were asked for.
    """

    session: Session
    keyring: Keyring
    batch: Batch
    known: dict[CaseNumber, DataKey] = field(default_factory=dict)

    async def of(self, number: CaseNumber, *, is_new: bool = False) -> DataKey:
        """Return a case's key, a new one also where the earlier one was destroyed with all that it sealed.

        Raises:
            KeyLost: it is gone, and nobody has erased it.
        """
        if number not in self.known:
            self.known[number] = self._drawn(number) if is_new else await self._read(number)
        return self.known[number]

    async def _read(self, number: CaseNumber) -> DataKey:
        erased = await self.session.rows("erasure_get", {"subject": CaseContent(number).subject})
        if not erased or await self.session.rows("key_get", {"owner": case_owner(number)}):
            return await self.keyring.of_case(self.session, number)
        return self._drawn(number)

    def _drawn(self, number: CaseNumber) -> DataKey:
        key, wrapped = self.keyring.vault.new_key(case_owner(number))
        self.batch.add("key_put", key_parameters(wrapped))
        return key
