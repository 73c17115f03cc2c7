"""What every store does for people who phone: a case behind which nobody stands, and a code of which only a hash is kept."""

from __future__ import annotations

from hashlib import sha256

import pytest
from msgspec.structs import replace

from bot.actions.enter_case import enter_case
from bot.actions.link_case import link_case
from bot.errors import Conflict
from bot.ports import Decision, Sender, Sent
from bot.rules.caller import Trying
from bot.rules.county import Role
from bot.rules.dialog import Drafting, Idle
from bot.rules.effect import Effects
from bot.rules.entry import Channel
from bot.rules.erasure import CaseContent, PersonGone
from bot.rules.guess import guess
from bot.rules.identity import CaseNumber
from bot.rules.message import CallReceipt, Message
from bot.rules.rebuff import Rebuffs
from bot.rules.staff import Staff
from tests.storage.conformance import OnePlace
from tests.storage.conformance_commit import Dump
from tests.support.store import POTHOLE, RESIDENT, Town

OPERATOR = 61


async def operator(town: Town) -> Staff:
    """Hire one."""
    await town.staffed()
    await town.hire(OPERATOR, Role.OPERATOR)
    (found,) = await town.desk.read.staff_of(None, frozenset({Role.OPERATOR}))
    return found


async def entered(town: Town, by: Staff) -> tuple[CaseNumber, str]:
    """Have an operator enter a case; return its number and its code."""
    about = guess(town.desk.county, POTHOLE)
    draft = Drafting(
        words=POTHOLE,
        kind=about.kind,
        category=about.category,
        township=about.township,
        urgency=about.urgency,
        is_guessed=True,
        channel=Channel.HOTLINE,
    )
    sender = Sender(by.person, is_new=False, language=None, township=None, dialog=Idle(), roles=(by,))
    everybody = await town.desk.read.staff_of(None, frozenset(Role))
    effects = enter_case(town.desk, sender, draft, everybody, town.clock.now(), bot="bot")
    (code,) = [send.message.code for send in effects.sends if isinstance(send.message, CallReceipt)]
    await town.store.commit([Decision(replace(effects, dialog=None, forget_anchor=None))], town.clock.now())
    return CaseNumber([case.number async for case, _ in town.store.read.cases()][-1]), code


class CallersConformance(OnePlace):
    """People who phone."""

    async def test_nobody_stands_behind_a_case_that_was_entered_by_telephone(self, town: Town) -> None:
        """It is a case like any other, of the channel it came by."""
        number, _ = await entered(town, await operator(town))
        case = await town.case(number)
        assert (case.channel, case.voices) == (Channel.HOTLINE, 1)
        assert await town.desk.read.voices_of(number) == ()
        assert await town.desk.read.words_of(number, "filed") == POTHOLE

    async def test_a_code_fits_its_own_case_and_no_other(self, town: Town) -> None:
        """It belongs to the number that only the commit knew."""
        by = await operator(town)
        (first, code), (second, other) = await entered(town, by), await entered(town, by)
        read, who = town.desk.read, by.person
        assert code != other
        assert await read.tried_code(first, code, who) == Trying(fits=True, tries=0, since=None, count=0)
        for number, said in ((first, other), (second, code), (first, "00000000")):
            assert await read.tried_code(number, said, who) == Trying(fits=False, tries=0, since=None, count=0)
        none = await read.tried_code(CaseNumber("CB-2026-999999"), code, who)
        assert (none.fits, none.tries) == (False, None)

    async def test_neither_a_code_nor_its_plain_hash_is_kept(self, town: Town, everything: Dump) -> None:
        """Eight digits are tried out in a second by whoever has a plain hash; only the keyed one is there."""
        _, code = await entered(town, await operator(town))
        kept = "".join(everything())
        assert code not in kept
        for of in (code, f"code/{code}"):
            assert sha256(of.encode()).hexdigest() not in kept.lower()

    async def test_the_number_stands_in_what_is_read_aloud(self, town: Town) -> None:
        """The operator's letter names the case and its code."""
        number, code = await entered(town, await operator(town))
        read: list[Message] = []
        while letters := await town.store.take_letters(99, frozenset(), town.clock.now()):
            read += [letter.message for letter in letters]
            await town.store.settle([Sent(letter, None) for letter in letters], town.clock.now())
        (receipt,) = [each for each in read if isinstance(each, CallReceipt)]
        assert (receipt.case, receipt.code) == (number, code)

    async def test_whoever_says_the_code_stands_behind_the_case(self, town: Town) -> None:
        """As its first voice, and the code is used up."""
        number, code = await entered(town, await operator(town))
        await link(town, number, code)
        ((voice, person),) = await town.desk.read.voices_of(number)
        assert (voice, person) == (1, (await someone(town)).person)
        assert not (await town.desk.read.tried_code(number, code, person)).opens
        cases, total = await town.desk.read.cases_of(person, 5)
        assert ([case.number for case in cases], total) == ([number], 1)

    async def test_two_who_say_the_code_at_once_are_not_both_let_in(self, town: Town) -> None:
        """Whoever is second finds that it has changed, and nothing is written."""
        number, code = await entered(town, await operator(town))
        effects = await linking(town, number, code)
        with pytest.raises(Conflict):
            await commit(town, effects, effects)
        assert await town.desk.read.voices_of(number) == ()
        await commit(town, effects)
        with pytest.raises(Conflict):
            await commit(town, effects)

    async def test_wrong_codes_are_counted_for_the_case_and_for_the_person(self, town: Town) -> None:
        """After five nothing opens it any more; two who guess at once are counted one by one."""
        number, code = await entered(town, await operator(town))
        person = (await someone(town)).person
        for count in range(5):
            trying = await town.desk.read.tried_code(number, "00000000", person)
            assert (trying.tries, trying.count) == (count, count)
            effects = await linking(town, number, "00000000")
            with pytest.raises(Conflict):
                await commit(town, effects, effects)
            await commit(town, effects)
        trying = await town.desk.read.tried_code(number, code, person)
        assert (trying.fits, trying.tries, trying.opens, trying.count) == (True, 5, False, 5)

    async def test_with_the_words_of_a_case_its_code_goes(self, town: Town) -> None:
        """And with a person what they guessed."""
        number, code = await entered(town, await operator(town))
        person = (await someone(town)).person
        await commit(town, await linking(town, number, "00000000"))
        await commit(town, Effects(erased=(CaseContent(number),)))
        assert (await town.desk.read.tried_code(number, code, person)).tries is None
        await commit(town, Effects(erased=(PersonGone(person),)))
        assert (await town.desk.read.tried_code(number, code, person)).count == 0

    async def test_how_often_somebody_was_refused_is_counted_and_forgotten_with_them(self, town: Town) -> None:
        """The newest count holds; nobody's is there at first, nor once the person is gone."""
        by, now = await operator(town), town.clock.now()
        assert await town.store.read.rebuffs_of(by.person) is None
        for count in (1, 2):
            await town.store.commit([Decision(Effects(rebuffs=(Rebuffs(by.person, now, count),)))], now)
            assert await town.store.read.rebuffs_of(by.person) == Rebuffs(by.person, now, count)
        await town.store.commit([Decision(Effects(erased=(PersonGone(by.person),)))], now)
        assert await town.store.read.rebuffs_of(by.person) is None


async def someone(town: Town) -> Sender:
    """Return somebody who has written to the bot."""
    await town.act(RESIDENT, "new")
    await town.arrive(RESIDENT, "new")
    sender = (await town.take_one()).sender
    await town.work()
    return sender


async def linking(town: Town, number: CaseNumber, code: str) -> Effects:
    """Say a code."""
    person = (await someone(town)).person
    trying = await town.desk.read.tried_code(number, code, person)
    return link_case(person, await town.case(number), trying, None, town.clock.now())


async def link(town: Town, number: CaseNumber, code: str) -> None:
    """Say a code, and have it hold."""
    await commit(town, await linking(town, number, code))


async def commit(town: Town, *effects: Effects) -> None:
    """Make it true, all at once; where a conversation stands is nobody's here."""
    decisions = [Decision(replace(each, dialog=None, forget_anchor=None, sends=())) for each in effects]
    await town.store.commit(decisions, town.clock.now())
