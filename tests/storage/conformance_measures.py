"""What every store does about proposals from field visits: it keeps them as their entries make them."""

from __future__ import annotations

import pytest

from bot.actions.carry_measure import Choice, MeasureMatter, note_proposal, set_measure
from bot.errors import Conflict, NotFound
from bot.ports import Decision, Sender
from bot.rules.access import Act, require
from bot.rules.county import Role
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import Entry, Visited
from bot.rules.identity import ProposalNumber, TownshipId, VisitId
from bot.rules.measure import Proposal, Standing
from bot.rules.staff import Staff
from bot.rules.visit import Visit
from tests.storage.conformance import OnePlace
from tests.support.store import UNIT, Town, mismatches

WORDS = "村口建一个公交候车亭"


async def everybody(town: Town) -> tuple[Staff, ...]:
    """Return every official."""
    return await town.store.read.staff_of(None, frozenset(Role))


async def visited(town: Town) -> tuple[Sender, Visit]:
    """Let the lead go out, and enter the visit."""
    lead = next(each for each in await everybody(town) if each.role is Role.LEAD)
    visit = Visit(VisitId("v-1"), lead.id, UNIT, TownshipId("kan"), 3, 1)
    fact = Visited(visit=visit.id, unit=UNIT, township=visit.township, households=3, firms=1)
    entry = Entry(at=town.clock.now(), actor=lead.id, case=None, fact=fact)
    await town.store.commit([Decision(Effects(entries=(entry,)))], town.clock.now())
    return Sender(lead.person, is_new=False, language=None, township=None, dialog=Idle(), roles=(lead,)), visit


async def noting(town: Town, sender: Sender, visit: Visit) -> Effects:
    """Write a proposal down."""
    known = await town.store.read.proposal_count()
    return note_proposal(town.desk, sender, visit, WORDS, await everybody(town), town.clock.now(), known=known)


async def setting(town: Town, sender: Sender, proposal: Proposal) -> Effects:
    """Make a measure of it, for oneself, by the end of the next week."""
    owner = require(sender.roles, Act.SET_MEASURE)
    on = town.desk.calendar.next_working_day(town.desk.calendar.local_date(town.clock.now()))
    matter = MeasureMatter(proposal, sender.roles, {}, await everybody(town))
    return set_measure(town.desk, matter, Choice(owner.id, on), town.clock.now())


class MeasuresConformance(OnePlace):
    """Proposals from field visits, and the measures that become of them."""

    async def test_a_proposal_is_a_row_and_its_entries_say_the_same(self, town: Town) -> None:
        """Noted, then a measure; its words are sealed and can be opened; a visit is found by its id."""
        await town.staffed()
        sender, visit = await visited(town)
        read, now = town.store.read, town.clock.now()
        assert await read.visit(visit.id) == visit
        await town.store.commit([Decision(await noting(town, sender, visit))], now)
        (proposal,) = await read.proposals()
        assert (proposal.number[-5:], proposal.standing) == ("00001", Standing.NOTED)
        assert await read.house_words(proposal.words) == WORDS
        await town.store.commit([Decision(await setting(town, sender, proposal))], now)
        measure = await read.proposal(proposal.number)
        assert (measure.standing, measure.version, measure.owner) == (Standing.SET, 2, sender.roles[0].id)
        assert await read.proposal_count() == 1
        assert await mismatches(town) == []

    async def test_what_is_not_there_is_not_found(self, town: Town) -> None:
        """Neither a visit nor a proposal that nobody made."""
        with pytest.raises(NotFound):
            await town.store.read.visit(VisitId("v-none"))
        with pytest.raises(NotFound):
            await town.store.read.proposal(ProposalNumber("JY-2026-00009"))
        assert await town.store.read.proposals() == ()

    async def test_two_who_decide_on_the_same_proposal_do_not_both_prevail(self, town: Town) -> None:
        """Nor do two that would have the same number."""
        await town.staffed()
        sender, visit = await visited(town)
        first, second = await noting(town, sender, visit), await noting(town, sender, visit)
        await town.store.commit([Decision(first)], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([Decision(second)], town.clock.now())
        (proposal,) = await town.store.read.proposals()
        once, again = await setting(town, sender, proposal), await setting(town, sender, proposal)
        await town.store.commit([Decision(once)], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([Decision(again)], town.clock.now())
        assert (await town.store.read.proposal(proposal.number)).version == 2
