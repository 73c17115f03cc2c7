"""What every store does with residents' meetings: words sealed, everything decided once, all forgotten when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.errors import Conflict, NotFound
from bot.ports import Decision
from bot.rules.county import Kind, Urgency
from bot.rules.effect import Effects
from bot.rules.erasure import PersonGone
from bot.rules.identity import CategoryId, MeetingId, PersonId, StaffId, TownshipId, UnitId
from bot.rules.meeting import (
    Attended,
    Ended,
    Meeting,
    MeetingChange,
    Opened,
    Raised,
    RaisedMatter,
    Seconded,
    Settled,
    Standing,
)
from tests.storage.conformance import OnePlace
from tests.support.store import NEIGHBOUR, RESIDENT, Town

ID: Final = MeetingId("0123456789abcdef")
WORDS: Final = "村里的桥要修了"


class MeetingsConformance(OnePlace):
    """Meetings."""

    async def test_a_meeting_is_read_as_it_was_opened(self, town: Town) -> None:
        """It is listed while it is not over; one that there never was is not found."""
        meeting = opened(town)
        await did(town, Opened(meeting))
        assert await town.store.read.meeting(ID) == meeting
        assert await town.store.read.meetings() == (meeting,)
        with pytest.raises(NotFound):
            await town.store.read.meeting(MeetingId("0" * 16))

    async def test_who_comes_is_counted_once(self, town: Town) -> None:
        """However often they open the link."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Attended(ID, resident), Attended(ID, neighbour), Attended(ID, resident))
        assert (await town.store.read.meeting(ID)).people == 2
        assert set(await town.store.read.people_in(ID)) == {resident, neighbour}

    async def test_what_is_raised_and_seconded_is_read_back(self, town: Town) -> None:
        """In the order in which it was raised, with who stands behind it in theirs; nothing of it in plain."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Raised(ID, matter(1, resident)), Raised(ID, matter(2, neighbour)))
        await did(town, Seconded(ID, 1, neighbour, is_behind=True))
        await did(town, Seconded(ID, 1, neighbour, is_behind=True))
        first, second = await town.store.read.raised_in(ID)
        assert first == replace(matter(1, resident), seconders=(neighbour,))
        assert second == matter(2, neighbour)
        await did(town, Seconded(ID, 1, neighbour, is_behind=False))
        assert (await town.store.read.raised_in(ID))[0].seconders == ()
        assert (await town.store.read.held_about(resident)).raised == (WORDS,)

    async def test_two_cannot_raise_the_same_number_or_decide_twice(self, town: Town) -> None:
        """The second is decided anew, from what is true then."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Raised(ID, matter(1, resident)))
        with pytest.raises(Conflict):
            await did(town, Raised(ID, matter(1, neighbour)))
        await did(town, Settled(ID, 1, Standing.DECLINED, None))
        with pytest.raises(Conflict):
            await did(town, Settled(ID, 1, Standing.ADOPTED, None))
        assert [each.standing for each in await town.store.read.raised_in(ID)] == [Standing.DECLINED]

    async def test_when_it_is_over_only_counts_are_left(self, town: Town) -> None:
        """It ends once."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Attended(ID, resident), Raised(ID, matter(1, resident)))
        await did(town, Seconded(ID, 1, neighbour, is_behind=True))
        await did(town, Ended(ID, town.clock.now(), 1))
        ended = await town.store.read.meeting(ID)
        assert (ended.closed_at, ended.people) == (town.clock.now(), 1)
        assert await town.store.read.meetings() == ()
        assert await town.store.read.people_in(ID) == ()
        assert await town.store.read.raised_in(ID) == ()
        assert (await town.store.read.held_about(resident)).raised == ()
        with pytest.raises(Conflict):
            await did(town, Ended(ID, town.clock.now(), 1))

    async def test_whoever_is_forgotten_takes_their_words_along(self, town: Town) -> None:
        """Nobody reads them any more, and nothing says that they were there; what others raised stays."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Attended(ID, resident), Attended(ID, neighbour))
        await did(town, Raised(ID, matter(1, resident)), Raised(ID, matter(2, neighbour)))
        await did(town, Seconded(ID, 2, resident, is_behind=True))
        await town.store.commit([Decision(Effects(erased=(PersonGone(resident),)))], town.clock.now())
        assert await town.store.read.people_in(ID) == (neighbour,)
        assert await town.store.read.raised_in(ID) == (matter(2, neighbour),)

    async def test_after_the_last_raiser_is_forgotten_others_can_raise(self, town: Town) -> None:
        """The number that is free is given again, with nobody behind it who stood behind what was there before."""
        resident, neighbour = await both(town)
        await did(town, Opened(opened(town)), Raised(ID, matter(1, resident)))
        await did(town, Seconded(ID, 1, neighbour, is_behind=True))
        await town.store.commit([Decision(Effects(erased=(PersonGone(resident),)))], town.clock.now())
        assert await town.store.read.raised_in(ID) == ()
        await did(town, Raised(ID, matter(1, neighbour)))
        assert await town.store.read.raised_in(ID) == (matter(1, neighbour),)


def opened(town: Town) -> Meeting:
    """Make a meeting that begins now."""
    now = town.clock.now().replace(microsecond=0)
    ends_at = now + timedelta(days=1)
    return Meeting(ID, "村里的路", StaffId("s-1"), UnitId("transport"), TownshipId("qiongbola"), now, ends_at)


def matter(number: int, raiser: PersonId) -> RaisedMatter:
    """Make a matter that somebody raises."""
    return RaisedMatter(number, raiser, WORDS, Kind.SUGGESTION, CategoryId("roads"), Urgency.NORMAL)


async def did(town: Town, *changes: MeetingChange) -> None:
    """Commit changes, one after another."""
    for change in changes:
        await town.store.commit([Decision(Effects(meetings=(change,)))], town.clock.now())


async def both(town: Town) -> tuple[PersonId, PersonId]:
    """Make two people known."""
    found = []
    for chat in (RESIDENT, NEIGHBOUR):
        await town.arrive(chat, "speak", language="zh_Hans_CN")
        taken = await town.take_one()
        await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
        found.append(taken.sender.person)
    return found[0], found[1]
