"""What every store does for those who handle cases: lists by filter, triage, search, history, and cases that are joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.ask_resident import ask_resident
from bot.actions.end_case import merge_case, refuse_case
from bot.actions.extend_case import ask_extension, grant_extension
from bot.actions.join_case import join_case
from bot.actions.matter import Matter
from bot.actions.share_case import add_unit
from bot.actions.transfer_case import transfer_case
from bot.actions.write_to_voices import note
from bot.errors import Conflict
from bot.ports import Decision
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.entry import CLOCK, Entry, Noted, ReminderDecided
from bot.rules.handling import Law
from bot.rules.identity import CaseNumber, PersonId, TownshipId, UnitId
from bot.rules.life import fold, is_of_life
from bot.rules.likeness import Report
from bot.rules.slot import said_slot
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskQuery
from storage.projection import mismatches, projected, ranges
from tests.storage.conformance import OnePlace
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, UNIT, Town

WATER = UnitId("water")
EVER = timedelta(days=90)


async def official(town: Town, role: Role) -> Staff:
    """Return the one who holds a role."""
    (found, *_) = await town.desk.read.staff_of(None, frozenset({role}))
    return found


async def matter(town: Town, number: CaseNumber, role: Role) -> Matter:
    """Put a case in front of whoever holds a role."""
    read = town.desk.read
    return Matter(
        case=await read.case(number),
        roles=(await official(town, role),),
        words=await read.words_of(number, "filed") or "",
        voices=tuple(person for _, person in await read.voices_of(number)),
        staff=await read.staff_of(None, frozenset(Role)),
    )


async def commit(town: Town, effects: Effects) -> None:
    """Make it true; where a conversation stands is nobody's here."""
    await town.store.commit([Decision(msgspec.structs.replace(effects, dialog=None, forget_anchor=None))], town.clock.now())


async def query(town: Town, only: Only, page: int = 0, limit: int = 8, unit: UnitId = UNIT) -> TaskQuery:
    """Ask for what the officer works on."""
    officer = await official(town, Role.OFFICER)
    return TaskQuery(frozenset({unit}), frozenset({officer.id}), only, town.clock.now(), page, limit)


class TasksConformance(OnePlace):
    """Lists of cases."""

    async def test_each_filter_shows_what_it_counts(self, town: Town) -> None:
        """The numbers on the filters are those of the lists behind them."""
        await town.staffed()
        filed = [await town.file() for _ in range(5)]
        now = town.clock.now()
        for number in filed[1:4]:
            await town.act(OFFICER, "accept", case=number)
        await commit(town, ask_resident(town.desk, await matter(town, filed[2], Role.OFFICER), "哪里？", now))
        await commit(town, add_unit(town.desk, await matter(town, filed[3], Role.LEAD), WATER, now))
        expected = {
            Only.UNIT: set(filed),
            Only.MINE: set(filed[1:4]),
            Only.UNACCEPTED: {filed[0], filed[4]},
            Only.WAITING: {filed[2]},
            Only.JOINT: {filed[3]},
            Only.OVERDUE: set(),
        }
        for only, numbers in expected.items():
            found = await town.desk.read.tasks(await query(town, only))
            assert {case.number for case in found.cases} == numbers, only
            assert found.counts == {each: len(those) for each, those in expected.items()}

    async def test_overdue_is_what_is_past_its_limit_at_the_moment(self, town: Town) -> None:
        """Not at the limit, but after it."""
        await town.staffed()
        number = await town.file()
        due_at = (await town.case(number)).now.due_at
        assert due_at is not None
        asked = await query(town, Only.OVERDUE)
        assert (await town.desk.read.tasks(replace(asked, at=due_at))).cases == ()
        late = await town.desk.read.tasks(replace(asked, at=due_at + timedelta(seconds=1)))
        assert [case.number for case in late.cases] == [number]

    async def test_pages_follow_each_other(self, town: Town) -> None:
        """What runs out first stands on the first, and nothing is left out or shown twice."""
        await town.staffed()
        filed = []
        for _ in range(5):
            filed.append(await town.file())
            await town.clock.move(timedelta(minutes=1))
        pages = [await town.desk.read.tasks(await query(town, Only.UNIT, page, 2)) for page in range(4)]
        assert [case.number for page in pages for case in page.cases] == filed
        assert [len(page.cases) for page in pages] == [2, 2, 1, 0]

    async def test_a_unit_that_works_on_a_case_too_has_it_in_its_list(self, town: Town) -> None:
        """And one that does not has not."""
        await town.staffed()
        number = await town.file()
        assert (await town.desk.read.tasks(await query(town, Only.UNIT, unit=WATER))).cases == ()
        await commit(town, add_unit(town.desk, await matter(town, number, Role.LEAD), WATER, town.clock.now()))
        found = await town.desk.read.tasks(await query(town, Only.UNIT, unit=WATER))
        assert [case.number for case in found.cases] == [number]

    async def test_what_no_unit_has_is_in_no_units_list(self, town: Town) -> None:
        """It is in the supervisors', the longest without one first."""
        await town.staffed()
        first, second = await town.file(), await town.file()
        for number in (second, first):
            await commit(
                town, transfer_case(town.desk, await matter(town, number, Role.OFFICER), "不归我们", town.clock.now())
            )
            await town.clock.move(timedelta(minutes=1))
        assert (await town.desk.read.tasks(await query(town, Only.UNIT))).counts[Only.UNIT] == 0
        cases, total = await town.desk.read.triage(9)
        assert ([case.number for case in cases], total) == ([second, first], 2)
        assert {case.state for case in cases} == {State.TRIAGE}
        assert len((await town.desk.read.triage(1))[0]) == 1

    async def test_words_are_found_in_the_units_own_cases(self, town: Town) -> None:
        """All that is searched for must be there, in any order and as parts of words; another unit finds nothing."""
        await town.staffed()
        wanted = await town.file(text="村口的路灯坏了，晚上看不见 Lamp")
        await town.file(NEIGHBOUR, text="门前的路上有一个大坑")
        read, since = town.desk.read, town.clock.now() - EVER
        own = frozenset({UNIT})
        for words in (("路灯",), ("晚上", "路灯"), ("lamp",)):
            found = await read.find(own, words, since, 9)
            assert ([case.number for case in found.cases], found.total, found.is_complete) == ([wanted], 1, True)
        assert (await read.find(own, ("路灯", "大坑"), since, 9)).cases == ()
        assert (await read.find(frozenset({WATER}), ("路灯",), since, 9)).total == 0
        assert (await read.find(None, ("路灯",), since, 9)).total == 1

    async def test_what_ended_long_ago_is_not_searched(self, town: Town) -> None:
        """What is open is found however old it is; what has ended, for ninety days."""
        await town.staffed()
        done, still = await town.file(text="路灯坏了"), await town.file(text="路灯又坏了")
        await town.act(OFFICER, "resolve", case=done, answer="修好了")
        await town.act(RESIDENT, "rate", case=done)
        now = town.clock.now()
        own = frozenset({UNIT})
        recent = await town.desk.read.find(own, ("路灯",), now - EVER, 9)
        assert {case.number for case in recent.cases} == {done, still}
        later = await town.desk.read.find(own, ("路灯",), now + timedelta(seconds=1), 9)
        assert {case.number for case in later.cases} == {still}

    async def test_the_newest_come_first_and_the_rest_is_counted(self, town: Town) -> None:
        """A list is short, its total exact."""
        await town.staffed()
        filed = []
        for _ in range(3):
            filed.append(await town.file(text="路灯坏了"))
            await town.clock.move(timedelta(minutes=1))
        found = await town.desk.read.find(frozenset({UNIT}), ("路灯",), town.clock.now() - EVER, 2)
        assert ([case.number for case in found.cases], found.total) == (filed[:0:-1], 3)

    async def test_a_case_is_what_its_entries_make_of_it(self, town: Town) -> None:
        """Its history can be read, with all the words that went with it."""
        await town.staffed()
        number = await town.file()
        now = town.clock.now()
        await commit(town, note(town.desk, await matter(town, number, Role.OFFICER), "与镇里通过电话", now))
        await commit(town, transfer_case(town.desk, await matter(town, number, Role.OFFICER), "归水利局", now))
        entries = await town.desk.read.entries_of(number)
        assert [each.fact.KIND for each in entries] == ["filed", "noted", "transferred"]
        assert fold(each for each in entries if is_of_life(each)) == await town.case(number)
        noted = entries[1].fact
        assert isinstance(noted, Noted)
        words = await town.desk.read.words_in(number)
        assert words[said_slot(noted.words)] == "与镇里通过电话"
        assert set(words.values()) >= {"归水利局"}
        assert await town.desk.read.words_in(CaseNumber("CB-2026-999999")) == {}
        assert await town.desk.read.entries_of(CaseNumber("CB-2026-999999")) == ()

    async def test_those_behind_a_merged_case_stand_behind_the_other(self, town: Town) -> None:
        """In one commit, which the tables agree with."""
        await town.staffed()
        first, second = await town.file(RESIDENT), await town.file(NEIGHBOUR)
        merging = await matter(town, second, Role.SUPERVISOR)
        present = tuple(person for _, person in await town.desk.read.voices_of(first))
        await commit(town, merge_case(town.desk, merging, await town.case(first), present, town.clock.now()))
        voices = await town.desk.read.voices_of(first)
        assert voices == ((1, present[0]), (2, merging.voices[0]))
        assert (await town.case(second)).state is State.MERGED
        await self._agrees(town)

    async def test_a_draft_finds_open_cases_of_its_place_and_matter(self, town: Town) -> None:
        """The newest first, as many as asked for, with what was filed; none of one's own, closed or of another matter."""
        await town.staffed()
        filed = []
        for text in (POTHOLE, "坎乡五村口的路灯坏了", "坎乡六村口的路灯坏了"):
            filed.append(await town.file(RESIDENT, text))
            await town.clock.move(timedelta(minutes=1))
        await town.file(RESIDENT, "坎乡三村的水管漏水")
        own = await town.file(NEIGHBOUR)
        case, now = await town.case(filed[0]), town.clock.now()
        assert case.township is not None
        ((_, neighbour),) = await town.desk.read.voices_of(own)
        read = town.desk.read
        found = await read.near(case.category, case.township, neighbour, 200)
        assert [number for number, _ in found] == filed[::-1]
        assert found[-1][1] == Report.of(POTHOLE)
        assert [number for number, _ in await read.near(case.category, case.township, neighbour, 2)] == filed[:0:-1]
        assert [number for number, _ in await read.near(case.category, case.township, neighbour, 2, 1)] == filed[1::-1]
        assert await read.near(case.category, TownshipId("qiongbola"), neighbour, 200) == ()
        refusing = await matter(town, filed[1], Role.SUPERVISOR)
        await commit(town, refuse_case(town.desk, refusing, Law.LITIGATION, "已起诉", now))
        left = await read.near(case.category, case.township, neighbour, 200)
        assert [number for number, _ in left] == [filed[2], filed[0]]

    async def test_a_confidential_case_is_never_near(self, town: Town) -> None:
        """Whoever writes about an official's conduct learns of no other who did."""
        number = await town.file(RESIDENT, "坎乡三村干部态度恶劣，吃拿卡要")
        case = await town.case(number)
        assert case.is_confidential
        assert case.township is not None
        assert await town.desk.read.near(case.category, case.township, PersonId("p-somebody"), 200) == ()

    async def test_whoever_joins_is_a_voice_with_words_and_a_receipt_of_their_own(self, town: Town) -> None:
        """In one commit, which the tables agree with; a decision on the case as it was before is refused."""
        await town.staffed()
        number = await town.file()
        own = await town.file(NEIGHBOUR)
        ((_, neighbour),) = await town.desk.read.voices_of(own)
        case = await town.case(number)
        like = await matter(town, number, Role.OFFICER)
        draft = Drafting(
            words="坎乡三村口的路灯坏了",
            kind=case.kind,
            category=case.category,
            township=case.township,
            urgency=case.urgency,
            is_guessed=False,
        )
        joined = join_case(town.desk, replace(like, roles=()), draft, neighbour, town.clock.now())
        await commit(town, joined)
        assert [(voice, each) for voice, each in await town.desk.read.voices_of(number)][1:] == [(2, neighbour)]
        assert (await town.case(number)).voices == 2
        (words,) = joined.words
        assert await town.desk.read.words_of(number, words.slot) == "坎乡三村口的路灯坏了"
        mine, _ = await town.desk.read.cases_of(neighbour, 8)
        assert {each.number for each in mine} == {number, own}
        with pytest.raises(Conflict):
            await commit(town, joined)
        await self._agrees(town)

    async def test_a_reminder_that_comes_again_after_more_time_counts_as_the_later(self, town: Town) -> None:
        """The stage is the same, the limit is not; the tables agree with the entries on which one it was."""
        await town.staffed()
        number = await town.file()
        now = town.clock.now()
        await commit(town, ask_extension(town.desk, await matter(town, number, Role.OFFICER), "等材料", now))
        await commit(town, grant_extension(town.desk, await matter(town, number, Role.LEAD), "等材料", now))
        officer = await official(town, Role.OFFICER)
        for days in (1, 8):
            fact = ReminderDecided(round=1, stage="before:1d", role=Role.OFFICER, staff=officer.id)
            at = now + timedelta(days=days)
            await commit(town, Effects(entries=(Entry(at=at, actor=CLOCK, case=number, fact=fact),)))
        reminders = await town.store.read.reminders_of(number)
        assert [(each.stage, each.at) for each in reminders] == [("before:1d", now + timedelta(days=8))]
        await self._agrees(town)

    async def _agrees(self, town: Town) -> None:
        """Compare the case tables with what the entries say."""
        async for cases in ranges(town.engine):
            async with town.engine.reading() as session:
                assert await mismatches(session, cases, await projected(session, cases)) == []
