"""What every store finds in its ledger, and what became of updates that could not be handled."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.ports import Decision, Failed
from bot.rules.audit import Search
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.entry import Accepted, Entry, Filed
from bot.rules.identity import UnitId
from storage.projection import LAST, ranges
from tests.rules.test_life import EXAMPLES
from tests.storage.conformance import OnePlace
from tests.support.store import OFFICER, RESIDENT, UNIT, Town

ZONE = ZoneInfo("Asia/Shanghai")
END = 2**53
TOPICS = ("sign", "proposal", "period", "week")


async def found(town: Town, search: Search, before: int = END, limit: int = 99) -> list[str]:
    """Return the kinds of the entries that fit, the newest first."""
    return [entry.fact.KIND for _, entry in await town.store.read.audit(search, ZONE, before, limit)]


class AuditConformance(OnePlace):
    """Looking through the ledger."""

    async def test_a_search_finds_what_fits_and_nothing_else(self, town: Town) -> None:
        """By case, by official, by the unit of either, by kind, by day; all of it at once."""
        await town.staffed()
        first = await town.file()
        other = await town.file(text="自来水一直停水没有人管")
        await town.act(OFFICER, "accept", case=first)
        (officer,) = await town.store.read.staff_of(UNIT, frozenset({Role.OFFICER}))
        assert await found(town, Search(case=first)) == ["accepted", "filed"]
        assert await found(town, Search(case=first, kinds=frozenset({"filed"}))) == ["filed"]
        assert await found(town, Search(case=other)) == ["filed"]
        assert await found(town, Search(staff=frozenset({officer.id}))) == ["accepted", "joined"]
        assert await found(town, Search(staff=frozenset({officer.id}), case=other)) == []
        assert await found(town, Search(unit=UNIT)) == ["accepted", "filed", "joined", "joined"]
        assert await found(town, Search(unit=UnitId("nobody"))) == []
        assert await found(town, Search(unit=UNIT, case=other)) == []
        today = town.clock.now().astimezone(ZONE).date()
        assert len(await found(town, Search(day=today))) == len(await found(town, Search()))
        assert await found(town, Search(day=today - timedelta(days=1))) == []
        assert await found(town, Search(day=date(2026, 1, 1), case=first)) == []

    async def test_what_is_about_no_case_is_found_by_what_it_is_about(self, town: Town) -> None:
        """Every kind of entry that names a warning, a proposal or a period, and no other; with a unit what is of it."""
        of_cases = {"counted", "voice_counted", "callback_drawn"}
        facts = [make(1) for make in EXAMPLES.values()]
        about = [(fact, str(getattr(fact, name))) for fact in facts for name in TOPICS if hasattr(fact, name)]
        about = [(fact, topic) for fact, topic in about if fact.KIND not in of_cases]
        now = town.clock.now()
        entries = tuple(Entry(at=now, actor="s-0123456789ab", case=None, fact=fact) for fact, _ in about)
        await town.store.commit([Decision(Effects(entries=entries))], now)
        topics = {topic for _, topic in about}
        assert len(topics) >= 3
        for topic in topics:
            wanted = sorted(fact.KIND for fact, named in about if named == topic)
            assert sorted(await found(town, Search(topic=topic))) == wanted
            assert await found(town, Search(topic=topic[:-1])) == []
            of_unit = sorted(
                fact.KIND for fact, named in about if named == topic and getattr(fact, "unit", None) == "transport"
            )
            assert sorted(await found(town, Search(topic=topic, unit=UnitId("transport")))) == of_unit

    async def test_pages_follow_each_other_without_gap_or_overlap(self, town: Town) -> None:
        """Going on before the last place that was shown."""
        await town.staffed()
        await town.file()
        whole = await town.store.read.audit(Search(), ZONE, END, 99)
        paged: list[tuple[int, Entry]] = []
        before = END
        while page := await town.store.read.audit(Search(), ZONE, before, 2):
            paged += page
            before = page[-1][0]
        assert tuple(paged) == whole
        assert isinstance(whole[0][1].fact, Filed | Accepted)

    async def test_an_update_is_handled_again_or_dropped_with_its_entry(self, town: Town) -> None:
        """What is run again waits again; what is dropped is gone, its content with it."""
        for _ in range(2):
            await town.arrive(RESIDENT, "crash")
        await town.work()
        aside, total = await town.store.read.set_aside(9)
        assert total == 2
        first, second = (each.seq for each in aside)
        again = Effects(retried=(first,), given_up=(second,))
        await town.store.commit([Decision(again)], town.clock.now())
        assert await town.store.read.set_aside(9) == ((), 0)
        (taken,) = await town.store.take_updates(9, town.clock.now())
        assert taken.seq == first

    async def test_what_was_given_up_is_listed_by_what_its_reader_is(self, town: Town) -> None:
        """A resident is no more than a resident."""
        await town.staffed()
        await town.file()
        letters = await town.store.take_letters(99, frozenset(), town.clock.now())
        assert letters
        assert await town.store.read.failed(9) == ((), 0)
        await town.store.settle([Failed(letter, "blocked", is_unreachable=False) for letter in letters], town.clock.now())
        lines, total = await town.store.read.failed(99)
        assert total == len(letters) == len(lines)
        assert {line.reason for line in lines} == {"blocked"}
        assert Role.OFFICER in {line.role for line in lines}
        assert None in {line.role for line in lines}

    async def test_ranges_reach_over_all_numbers_and_cut_no_case(self, town: Town) -> None:
        """One behind the other from end to end, each with its share of entries, or with one case that has more."""
        await town.staffed()
        numbers = [await town.file() for _ in range(4)]
        await town.act(OFFICER, "accept", case=numbers[1])
        lengths = {1: [1, 2, 1, 1], 2: [1, 2, 2], 3: [3, 2], 99: [5]}
        for at_once, expected in lengths.items():
            found = [each async for each in ranges(town.engine, at_once)]
            assert [each.first for each in found] == ["", *(each.beyond for each in found[:-1])]
            assert found[-1].beyond == LAST
            async with town.engine.reading() as session:
                entries = [await session.rows("projection_entries", each.parameters) for each in found]
            assert [len(each) for each in entries] == expected, at_once
