"""What every store does with duty: it is read with whoever keeps it, once, and what is over is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import Conflict
from bot.ports import Decision
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.identity import StaffId
from bot.rules.staff import Shift
from tests.storage.conformance import OnePlace
from tests.support.store import POTHOLE, RESIDENT, Town

DAY = timedelta(days=1)


class DutyConformance(OnePlace):
    """Shifts are entered, read in order, and dropped."""

    async def test_a_shift_is_read_with_whoever_keeps_it(self, town: Town) -> None:
        """In order of time; nobody else has it."""
        await town.staffed()
        officer, later, sooner = await _officer(town), _shift(town, 3), _shift(town, 0)
        await _enter(town, officer, later)
        await _enter(town, officer, sooner)
        staff = await town.desk.read.staff_of(None, frozenset(Role))
        assert {each.id: each.shifts for each in staff if each.shifts} == {officer: (sooner, later)}
        assert (await town.desk.read.staff_member(officer)).is_on_duty(town.clock.now())

    async def test_a_shift_is_entered_once(self, town: Town) -> None:
        """Of two who enter it at the same time, one is told that it is there."""
        await town.staffed()
        officer, shift = await _officer(town), _shift(town, 0)
        await _enter(town, officer, shift)
        with pytest.raises(Conflict):
            await _enter(town, officer, shift)
        assert (await town.desk.read.staff_member(officer)).shifts == (shift,)

    async def test_a_shift_is_dropped_once(self, town: Town) -> None:
        """And then it is gone."""
        await town.staffed()
        officer, shift = await _officer(town), _shift(town, 0)
        await _enter(town, officer, shift)
        dropped = Decision(Effects(shifts_dropped=((officer, shift),)))
        await town.store.commit([dropped], town.clock.now())
        assert (await town.desk.read.staff_member(officer)).shifts == ()
        with pytest.raises(Conflict):
            await town.store.commit([dropped], town.clock.now())

    async def test_what_is_over_is_left_out_when_another_is_entered(self, town: Town) -> None:
        """It stands in the ledger."""
        await town.staffed()
        officer, shift = await _officer(town), _shift(town, 0)
        await _enter(town, officer, shift)
        await town.clock.move(2 * DAY)
        following = _shift(town, 0)
        await _enter(town, officer, following)
        assert (await town.desk.read.staff_member(officer)).shifts == (following,)

    async def test_a_batch_is_decided_on_who_is_there_when_it_first_asks(self, town: Town) -> None:
        """Each of a hundred filings asks who is here: they are read once for all of them, and anew after the commit."""
        await town.staffed()
        officer = await _officer(town)
        await town.arrive(RESIDENT, "write", text=POTHOLE)
        (taken,) = await town.store.take_updates(9, town.clock.now())
        before = await town.desk.read.staff_member(officer)
        async with town.engine.writing() as session:
            await session.run("shift_put", [{"staff": officer, "begins_at": 1, "ends_at": 2}])
        assert await town.desk.read.staff_member(officer) is before
        await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
        assert len((await town.desk.read.staff_member(officer)).shifts) == 1


async def _officer(town: Town) -> StaffId:
    (officer,) = await town.desk.read.staff_of(None, frozenset({Role.OFFICER}))
    return officer.id


def _shift(town: Town, days: int) -> Shift:
    begins_at = town.clock.now() + days * DAY
    return Shift(begins_at, begins_at + DAY)


async def _enter(town: Town, officer: StaffId, shift: Shift) -> None:
    await town.store.commit([Decision(Effects(shifts_entered=((officer, shift),)))], town.clock.now())
