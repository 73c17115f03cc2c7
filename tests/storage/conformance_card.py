"""What every store does for scorecards: words that belong to no case, entries by period, and one decision at a time."""

from __future__ import annotations

import pytest

from bot.errors import Conflict
from bot.ports import Decision
from bot.rules.effect import Effects, HouseWords, Turn
from bot.rules.entry import SYSTEM, CardObjected, Entry
from bot.rules.identity import UnitId
from tests.storage.conformance import OnePlace
from tests.support.store import Town


class CardConformance(OnePlace):
    """Scorecards in the store."""

    def objection(self, town: Town, period: str, before: int) -> Effects:
        """Object to a card of a period."""
        fact = CardObjected(period=period, unit=UnitId("transport"), words="a" * 64)
        entry = Entry(at=town.clock.now().replace(microsecond=0), actor=SYSTEM, case=None, fact=fact)
        return Effects(entries=(entry,), turns=(Turn(f"card/{period}/transport", before),))

    async def commit(self, town: Town, effects: Effects) -> None:
        """Make it true."""
        await town.store.commit([Decision(effects)], town.clock.now())

    async def test_words_that_belong_to_no_case_are_sealed_and_opened_again(self, town: Town) -> None:
        """Under what the ledger holds of them; others are none."""
        await self.commit(town, Effects(house_words=(HouseWords("b" * 64, "第三件不是我们的", b"s" * 16),)))
        assert await town.store.read.house_words("b" * 64) == "第三件不是我们的"
        assert await town.store.read.house_words("c" * 64) is None
        ((body,),) = await town.rows("house_words_get", slot="b" * 64)
        assert "第三件".encode() not in bytes(body)

    async def test_entries_are_found_by_their_period(self, town: Town) -> None:
        """Those of another period are not."""
        await self.commit(town, self.objection(town, "2026-11", 0))
        await self.commit(town, self.objection(town, "2026-12", 0))
        (found,) = await town.store.read.card_entries("2026-11")
        assert isinstance(found.fact, CardObjected)
        assert found.fact.period == "2026-11"
        assert await town.store.read.card_entries("2026") == ()

    async def test_of_two_who_decide_on_the_same_the_second_is_too_late(self, town: Town) -> None:
        """Nothing of what the second decided is written; decided anew, it is."""
        await self.commit(town, self.objection(town, "2026-11", 0))
        with pytest.raises(Conflict):
            await self.commit(town, self.objection(town, "2026-11", 0))
        assert len(await town.store.read.card_entries("2026-11")) == 1
        await self.commit(town, self.objection(town, "2026-11", 1))
        assert len(await town.store.read.card_entries("2026-11")) == 2
