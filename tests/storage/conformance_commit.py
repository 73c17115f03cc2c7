"""What every store does with decisions: all of it together, or nothing. Nothing here names a dialect."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.actions.join_staff import digest_of
from bot.errors import Conflict, LedgerBroken, StorageUnavailable
from bot.ports import Decision, Letter, Sent
from bot.rules.case import State
from bot.rules.chain import EMPTY, follow
from bot.rules.county import Role
from bot.rules.due import CloseUnrated, Due, due_of_case
from bot.rules.effect import Effects
from bot.rules.entry import SYSTEM, Entry, Restored, VoiceAdded
from bot.rules.identity import NEW_CASE, CaseNumber
from bot.rules.message import Receipt
from bot.rules.staff import Invitation
from storage.engine import Claim, Engine, Parameters, Row, Session
from tests.storage.conformance import OnePlace, Place
from tests.support.builders import INVITED
from tests.support.clock import MovableClock
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town

Dump = Callable[[], list[str]]


class CommitConformance(OnePlace):
    """A commit that rests on something that has changed writes nothing at all."""

    async def test_a_case_that_has_changed_since(self, town: Town, everything: Dump) -> None:
        """The second of two decisions on one version is refused whole, with the other decisions of its batch."""
        await town.staffed()
        number = await town.file()
        await town.arrive(OFFICER, "accept", case=number)
        stale = await town.decision()
        await town.store.commit([stale], town.clock.now())
        await town.arrive(OFFICER, "resolve", case=number, answer="修好了")
        await town.arrive(NEIGHBOUR, "write", text=POTHOLE)
        fresh = await town.decision()
        other = Decision(stale.effects, taken=(await town.store.take_updates(2, town.clock.now()))[1])
        await _refused(town, everything, [fresh, other])
        await town.store.commit([fresh], town.clock.now())
        assert (await town.case(number)).state is State.RESOLVED

    async def test_an_invitation_that_was_used(self, town: Town, everything: Dump) -> None:
        """Of two who open one link at once, one joins."""
        await _invite(town, "j-1")
        await town.arrive(RESIDENT, "join", payload="j-1")
        await town.arrive(NEIGHBOUR, "join", payload="j-1")
        both = [
            Decision(await town.decide(taken, town.clock.now()), taken=taken)
            for taken in await town.store.take_updates(2, town.clock.now())
        ]
        await _refused(town, everything, both)
        await town.store.commit(both[:1], town.clock.now())
        await _refused(town, everything, both[1:])
        assert len(await town.store.read.staff_of(None, frozenset(Role))) == 1

    async def test_a_due_thing_that_was_taken(self, town: Town, everything: Dump) -> None:
        """Taken twice it happens once."""
        due = _due(town)
        await town.store.commit([Decision(Effects(planned=(due,)))], town.clock.now())
        happened = Decision(Effects(entries=(_entry(town),)), due=due)
        await town.store.commit([happened], town.clock.now())
        await _refused(town, everything, [happened])

    async def test_an_update_that_is_done(self, town: Town, everything: Dump) -> None:
        """An update handled by two hands has its effect once."""
        await town.act(RESIDENT, "new")
        await town.arrive(RESIDENT, "write", text=POTHOLE)
        decision = await town.decision()
        await town.store.commit([decision], town.clock.now())
        again = replace(decision, effects=Effects(entries=(_entry(town),)))
        await _refused(town, everything, [again])
        await _refused(town, everything, [replace(again, aside="broken")])

    async def test_a_batch_is_written_whole_or_not_at_all(self, place: Place, everything: Dump) -> None:
        """Whichever statement fails, nothing is there; afterwards all of it can be."""
        statements: list[str] = []
        async with place(wrap=lambda engine: Failing(engine, statements)) as town:
            await town.staffed()
            await town.act(RESIDENT, "write", text=POTHOLE)
            await town.arrive(RESIDENT, "send")
            decision = await town.decision()
            before, engine = everything(), town.engine
            assert isinstance(engine, Failing)
            engine.fails_at = 1
            while True:
                engine.begun = 0
                try:
                    await town.store.commit([decision], town.clock.now())
                except StorageUnavailable:
                    assert everything() == before, statements[-1]
                    engine.fails_at += 1
                else:
                    break
            assert engine.fails_at > 12
            assert (await town.case(CaseNumber("CB-2026-000001"))).version == 1


class NumberConformance(OnePlace):
    """Case numbers run without gaps, a series for each year of the county."""

    async def test_a_number_that_was_rolled_back_is_given_again(self, town: Town, everything: Dump) -> None:
        """There is no gap after a conflict."""
        first = await town.file()
        await town.act(RESIDENT, "write", text=POTHOLE)
        await town.arrive(RESIDENT, "send")
        decision = await town.decision()
        await _refused(town, everything, [decision, replace(decision, effects=Effects())])
        await town.store.commit([decision], town.clock.now())
        assert [first, *[case.number async for case, _ in town.store.read.cases()][1:]] == [
            "CB-2026-000001",
            "CB-2026-000002",
        ]

    async def test_the_series_changes_with_the_countys_year(self, place: Place) -> None:
        """New year is at midnight in the county, not in UTC."""
        clock = MovableClock(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC))
        async with place(clock) as town:
            await town.file()
            await clock.move(timedelta(seconds=1))
            await town.file()
            await town.file()
            numbers = [case.number async for case, _ in town.store.read.cases()]
        assert numbers == ["CB-2026-000001", "CB-2027-000001", "CB-2027-000002"]

    async def test_an_entry_beside_a_new_case_is_one_of_its_entries(self, town: Town) -> None:
        """Whatever is decided together with a case that has no number yet gets the number that it is given."""
        await town.act(RESIDENT, "write", text=POTHOLE)
        await town.arrive(RESIDENT, "send")
        decision, now = await town.decision(), town.clock.now()
        beside = Entry(at=now, actor="resident", case=NEW_CASE, fact=VoiceAdded(voice=2))
        about_none = Entry(at=now, actor=SYSTEM, case=None, fact=Restored(entries=0, skipped=0))
        effects = replace(decision.effects, entries=(*decision.effects.entries, beside, about_none))
        await town.store.commit([replace(decision, effects=effects)], now)
        entries = [row async for rows in town.store.read.ledger() for row in rows]
        assert {row.case_number for row in entries} == {"CB-2026-000001", None}
        assert [row.kind for row in entries if row.case_number][-1] == "voice_added"

    async def test_two_cases_of_one_batch_have_two_numbers(self, town: Town) -> None:
        """In the order in which they arrived; each receipt shows its own number and the start of its entry's hash."""
        for chat in (RESIDENT, NEIGHBOUR):
            await town.act(chat, "write", text=POTHOLE)
        for chat in (RESIDENT, NEIGHBOUR):
            await town.arrive(chat, "send")
        await town.work()
        entries = [row async for rows in town.store.read.ledger() for row in rows]
        filed = {row.case_number: row.entry_hash.hex()[:16] for row in entries if row.kind == "filed"}
        receipts: dict[str, str] = {}
        while letters := await town.store.take_letters(9, frozenset(), town.clock.now()):
            receipts |= {each.message.case: each.message.proof for each in letters if isinstance(each.message, Receipt)}
            await town.store.settle([_sent(letter) for letter in letters], town.clock.now())
        assert receipts == filed
        assert list(filed) == ["CB-2026-000001", "CB-2026-000002"]


class LedgerConformance(OnePlace):
    """The ledger only grows, by whole batches, and what is appended follows from what was there."""

    async def test_the_chain_holds_from_the_first_entry_to_the_head(self, town: Town) -> None:
        """Whatever is filed, accepted, resolved and rated."""
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "resolve", case=number, answer="修好了")
        await town.act(RESIDENT, "rate", case=number, solved="no")
        head = EMPTY
        async for rows in town.store.read.ledger():
            for row in rows:
                head = follow(head, row)
        assert head == await town.store.read.head()
        assert head.seq == await town.store.read.ledger_size()

    async def test_a_ledger_that_does_not_end_at_its_head_takes_nothing_more(self, town: Town, everything: Dump) -> None:
        """It is said at once, and no resident's update is blamed for it."""
        await town.file()
        async with town.engine.writing() as session:
            await session.run("ledger_head_move", [{"seq": 0, "chain_hash": bytes(32)}])
        await town.act(RESIDENT, "write", text=POTHOLE)
        await town.arrive(RESIDENT, "send")
        before = everything()
        with pytest.raises(LedgerBroken):
            await town.work()
        assert everything() == before


async def _refused(town: Town, everything: Dump, decisions: Sequence[Decision]) -> None:
    before = everything()
    with pytest.raises(Conflict):
        await town.store.commit(decisions, town.clock.now())
    assert everything() == before


async def _invite(town: Town, payload: str) -> None:
    invitation = Invitation(digest_of(payload), Role.ADMIN, None, None, town.clock.now() + timedelta(hours=1), is_used=False)
    await town.store.invite(invitation, town.clock.now())


def _due(town: Town) -> Due:
    return due_of_case(town.clock.now(), CloseUnrated(case=CaseNumber("CB-2026-000001"), round=1))


def _entry(town: Town) -> Entry:
    return Entry(at=town.clock.now(), actor=SYSTEM, case=None, fact=INVITED)


def _sent(letter: Letter) -> Sent:
    return Sent(letter, None)


@dataclass
class Failing:
    """An engine whose writing fails at the n-th statement, as a full disk would."""

    engine: Engine
    statements: list[str]
    fails_at: int | None = None
    begun: int = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """Open a write transaction that may fail."""
        async with self.engine.writing() as session:
            yield FailingSession(session, self)

    def reading(self) -> AbstractAsyncContextManager[Session]:
        """Open a view; reading never fails here."""
        return self.engine.reading()

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[Session]:
        """Write what need not last, and fail as with any write."""
        async with self.engine.noting() as session:
            yield FailingSession(session, self)

    def glancing(self) -> AbstractAsyncContextManager[Session]:
        """Open a short view; that never fails here either."""
        return self.engine.glancing()

    async def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one query; that never fails here either."""
        return await self.engine.look(query, parameters)

    def claiming(self, what: Claim) -> AbstractAsyncContextManager[Session]:
        """Claim work; that never fails here either."""
        return self.engine.claiming(what)

    @property
    def holder(self) -> int:
        """Be the process that the engine is."""
        return self.engine.holder

    async def shred(self, *, in_passing: bool) -> bool:
        """Clean the files."""
        return await self.engine.shred(in_passing=in_passing)

    async def intended(self) -> Sequence[Row]:
        """Say what the database is to be made of."""
        return await self.engine.intended()

    async def close(self) -> None:
        """Give the database back."""
        await self.engine.close()

    def begin(self, query: str) -> None:
        """Count a statement; fail if it is the one."""
        self.begun += 1
        self.statements.append(query)
        if self.begun == self.fails_at:
            raise StorageUnavailable("no room")


@dataclass
class FailingSession:
    """A session of a failing engine."""

    session: Session
    engine: Failing

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a query, then perhaps fail."""
        rows = await self.session.rows(query, parameters)
        self.engine.begin(query)
        return rows

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a statement, then perhaps fail."""
        changed = await self.session.run(query, parameters)
        if parameters:
            self.engine.begin(query)
        return changed
