"""Somebody leaves a case to the others behind it: what the tables and the ledger keep of that, and who is found then."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from bot.actions.leave_case import leave_case, return_to_case
from bot.actions.matter import changed
from bot.actions.stake import Stake
from bot.errors import Conflict
from bot.ports import Decision
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT as A_RESIDENT
from bot.rules.entry import Closing, VoiceAdded, VoiceLeft, VoiceReturned
from bot.rules.erasure import Tie
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.period import week_of
from storage.audit import Audit, Rebuilt
from storage.counting import uncounted
from tests.storage.conformance import OnePlace
from tests.storage.conformance_derived import quiet
from tests.support.store import ADDED, NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town

EVERY = 99


async def behind(town: Town, number: CaseNumber) -> dict[int, PersonId]:
    """Return who stands behind a case."""
    return dict(await town.store.read.voices_of(number))


async def person_of(town: Town, chat: int) -> PersonId:
    """Return whose chat it is, which is known from its first update on."""
    await town.act(chat, "speak", language="zh_Hans_CN")
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    person = (await town.take_one()).sender.person
    await town.work()
    return person


async def joined(town: Town) -> tuple[CaseNumber, PersonId]:
    """File a case that a neighbour joins; return its number and who the neighbour is."""
    await town.staffed()
    number, neighbour = await town.file(), await person_of(town, NEIGHBOUR)
    change = changed(await town.case(number), A_RESIDENT, (VoiceAdded(voice=2),), town.clock.now())
    await town.store.commit([Decision(Effects(cases=(replace(change, joining=(neighbour,)),)))], town.clock.now())
    return number, neighbour


async def leaving(town: Town, number: CaseNumber, voice: int) -> Decision:
    """Decide that a voice leaves."""
    person = (await behind(town, number))[voice]
    return Decision(leave_case(town.desk, Stake(await town.case(number), voice, person, "", ()), town.clock.now()))


class LeavingConformance(OnePlace):
    """Leaving and coming back."""

    async def test_whoever_leaves_is_found_by_nothing_but_their_own_data(self, town: Town) -> None:
        """Not among those behind it, not in their list; they may be offered it anew, and see what they wrote."""
        number, neighbour = await joined(town)
        await town.act(NEIGHBOUR, "add", case=number)
        await town.store.commit([await leaving(town, number, 2)], town.clock.now())
        read = town.store.read
        assert list(await behind(town, number)) == [1]
        assert await read.cases_of(neighbour, EVERY) == ((), 0)
        assert await read.has_left(number, neighbour)
        case = await town.case(number)
        assert (case.voices, case.left, case.behind, case.now.left) == (2, (2,), 1, 1)
        assert case.township is not None
        assert [near for near, _ in await read.near(case.category, case.township, neighbour, EVERY)] == [number]
        assert neighbour not in await read.languages_of(number)
        (tied,) = await read.ties_of(neighbour)
        assert (tied.voice, tied.has_left, tied.has_others) == (2, True, True)
        (own,) = (await read.held_about(neighbour)).cases
        assert (own.has_left, [each.text for each in own.words]) == (True, [ADDED])

    async def test_the_filer_leaves_it_to_whoever_joined(self, town: Town) -> None:
        """The other one has it alone, and may withdraw it; whose words it was filed with makes no difference."""
        number, neighbour = await joined(town)
        (filer,) = {person for voice, person in (await behind(town, number)).items() if voice == 1}
        await town.store.commit([await leaving(town, number, 1)], town.clock.now())
        assert await behind(town, number) == {2: neighbour}
        (others,) = await town.store.read.ties_of(neighbour)
        assert not others.has_others
        (own,) = (await town.store.read.held_about(filer)).cases
        assert [each.text for each in own.words] == [POTHOLE]

    async def test_two_who_leave_at_once_do_not_leave_nobody(self, town: Town) -> None:
        """The second was decided on what is no longer so, and is not written."""
        number, _ = await joined(town)
        first, second = await leaving(town, number, 1), await leaving(town, number, 2)
        await town.store.commit([first], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([second], town.clock.now())
        assert list(await behind(town, number)) == [2]

    async def test_whoever_comes_back_is_one_more_voice(self, town: Town) -> None:
        """With an entry of its own to prove it by; what they said before is theirs still, in one piece with what follows."""
        number, neighbour = await joined(town)
        await town.act(NEIGHBOUR, "add", case=number)
        await town.store.commit([await leaving(town, number, 2)], town.clock.now())
        back = return_to_case(await town.case(number), neighbour, None, town.clock.now())
        await town.store.commit([Decision(back)], town.clock.now())
        assert await behind(town, number) == {1: (await behind(town, number))[1], 3: neighbour}
        assert [case.number for case in (await town.store.read.cases_of(neighbour, EVERY))[0]] == [number]
        assert len(await town.store.read.proof_code(number, 3)) == 16
        await town.act(NEIGHBOUR, "add", case=number)
        (own,) = (await town.store.read.held_about(neighbour)).cases
        assert (own.has_left, [each.text for each in own.words]) == (False, [ADDED, ADDED])
        assert [(each.voice, each.has_left) for each in await town.store.read.ties_of(neighbour)] == [(2, True), (3, False)]

    async def test_whoever_left_is_forgotten_like_anybody(self, town: Town) -> None:
        """The tie that was left is cut, and then nothing tells who it was."""
        number, neighbour = await joined(town)
        await town.store.commit([await leaving(town, number, 2)], town.clock.now())
        await town.store.commit([Decision(Effects(erased=(Tie(number, 2),)))], town.clock.now())
        assert await town.store.read.ties_of(neighbour) == ()
        assert not await town.store.read.has_left(number, neighbour)

    async def test_whoever_left_before_the_end_is_not_counted_as_silent(self, town: Town) -> None:
        """Of three, one leaves: two are counted, in the week's figures and in what the ledger says of it, which verifies."""
        number, neighbour = await joined(town)
        change = changed(await town.case(number), A_RESIDENT, (VoiceAdded(voice=3),), town.clock.now())
        third = await person_of(town, OFFICER + 77)
        await town.store.commit([Decision(Effects(cases=(replace(change, joining=(third,)),)))], town.clock.now())
        await town.store.commit([await leaving(town, number, 2)], town.clock.now())
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        await town.act(RESIDENT, "rate", case=number, solved="yes")
        await town.act(RESIDENT, "score", case=number, score=5)
        assert (await town.case(number)).now.how is Closing.RATED
        zone = town.desk.county.hours.zone
        week = week_of(town.clock.now(), zone)
        async with town.engine.reading() as session:
            (counted,) = await uncounted(session, week)
        assert Counter(each.satisfied for each in counted.voices) == {True: 1, None: 1}
        assert neighbour not in (await behind(town, number)).values()

    async def test_the_ledger_alone_tells_who_left(self, town: Town) -> None:
        """Made anew from its entries, case and attempt are what they were."""
        number, _ = await joined(town)
        await town.store.commit([await leaving(town, number, 1)], town.clock.now())
        assert await Audit(town.engine).rebuild(quiet, quiet) == Rebuilt(cases=1, replaced=0, nodes=0)

    async def test_a_voice_that_comes_back_as_itself_is_counted_again(self, town: Town) -> None:
        """As a caller does: two stand behind the attempt when it ends, and the ledger alone says the same."""
        number, _ = await joined(town)
        for fact, gone in ((VoiceLeft(voice=2), (2,)), (VoiceReturned(voice=2), ())):
            change = changed(await town.case(number), "s-operator", (fact,), town.clock.now())
            await town.store.commit([Decision(Effects(cases=(change,)))], town.clock.now())
            case = await town.case(number)
            assert (case.left, case.behind, case.now.left) == (gone, 2 - len(gone), len(gone))
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        await town.act(RESIDENT, "rate", case=number, solved="yes")
        await town.act(RESIDENT, "score", case=number, score=5)
        async with town.engine.reading() as session:
            (counted,) = await uncounted(session, week_of(town.clock.now(), town.desk.county.hours.zone))
        assert Counter(each.satisfied for each in counted.voices) == {True: 1, None: 1}
        assert await Audit(town.engine).rebuild(quiet, quiet) == Rebuilt(cases=1, replaced=0, nodes=0)
