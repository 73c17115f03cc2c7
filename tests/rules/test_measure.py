"""A proposal lives by its entries; who may do what with it, and what cannot follow what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec
import pytest

from bot.errors import IllegalTransition, NotFound, NotPermitted
from bot.rules.county import Role
from bot.rules.entry import Entry, MeasureDone, MeasureFact, MeasureSet, ProposalDropped, ProposalNoted
from bot.rules.identity import ProposalNumber, VisitId
from bot.rules.measure import MeasureStep, Proposal, Standing, evolve, may_see, number_of, role_for, steps_for
from bot.rules.staff import Staff
from tests.support.builders import ADMIN, LEAD, NOW, OFFICER, QIONGBOLA, SUPERVISOR, TRANSPORT, WATER, staff

NUMBER: Final = number_of(2026, 7)
DUE: Final = NOW + timedelta(days=30)
WORDS: Final = "ab" * 32
NOTE: Final = ProposalNoted(proposal=NUMBER, visit=VisitId("v-1"), unit=TRANSPORT, township=QIONGBOLA, words=WORDS)
SET: Final = MeasureSet(proposal=NUMBER, staff=OFFICER.id, unit=TRANSPORT, due_at=DUE, words=None)
DONE: Final = MeasureDone(proposal=NUMBER, words=WORDS)
DROP: Final = ProposalDropped(proposal=NUMBER, words=WORDS)
OTHER, OUTSIDE = staff(Role.OFFICER, name="other"), staff(Role.LEAD, WATER, "outside")
OPERATOR: Final = staff(Role.OPERATOR, None)


def lived(*facts: MeasureFact, by: Staff = OFFICER, at: datetime = NOW) -> Proposal:
    """Fold facts, a day after each other."""
    proposal: Proposal | None = None
    for place, fact in enumerate(facts):
        proposal = evolve(proposal, Entry(at=at + timedelta(days=place), actor=by.id, case=None, fact=fact))
    assert proposal is not None
    return proposal


def test_a_proposal_becomes_a_measure_and_is_done() -> None:
    """Each entry counts as a version; what was said stands in its slot."""
    assert ProposalNumber("JY-2026-00007") == NUMBER
    noted, measure, done = lived(NOTE), lived(NOTE, SET), lived(NOTE, SET, DONE)
    assert (noted.standing, noted.version, noted.is_open, noted.slots) == (Standing.NOTED, 1, True, (WORDS,))
    assert (measure.owner, measure.owner_unit, measure.due_at) == (OFFICER.id, TRANSPORT, DUE)
    assert measure.measured_at == NOW + timedelta(days=1)
    assert (done.standing, done.version, done.is_open, done.closing) == (Standing.DONE, 3, False, WORDS)
    assert done.ended_at == NOW + timedelta(days=2)


def test_a_change_keeps_since_when_it_has_been_a_measure() -> None:
    """A new owner and date do not make it a younger one."""
    later = msgspec.structs.replace(SET, staff=LEAD.id, due_at=DUE + timedelta(days=9), words="cd" * 32)
    changed = lived(NOTE, SET, later)
    assert (changed.owner, changed.due_at, changed.reason) == (LEAD.id, later.due_at, "cd" * 32)
    assert changed.measured_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "facts",
    [(SET,), (NOTE, NOTE), (NOTE, DONE), (NOTE, SET, DONE, DONE), (NOTE, DROP, SET), (NOTE, SET, DONE, DROP)],
    ids=["unnoted", "noted twice", "done before it is one", "done twice", "dropped and set", "done and dropped"],
)
def test_what_does_not_follow_is_refused(facts: tuple[MeasureFact, ...]) -> None:
    """Whatever wrote it."""
    with pytest.raises(IllegalTransition):
        lived(*facts)


def test_a_date_that_has_passed_stays_and_none_begins_in_the_past() -> None:
    """Nobody is in time by moving it; whoever sees to it can still change."""
    measure = lived(NOTE, SET)

    def moved(to: datetime, at: datetime) -> Proposal:
        fact = msgspec.structs.replace(SET, staff=LEAD.id, due_at=to, words=WORDS)
        return evolve(measure, Entry(at=at, actor=LEAD.id, case=None, fact=fact))

    late = DUE + timedelta(seconds=1)
    assert not measure.is_late(DUE)
    assert measure.is_late(late)
    with pytest.raises(IllegalTransition):
        moved(late + timedelta(days=5), late)
    assert moved(DUE, late).owner == LEAD.id
    with pytest.raises(IllegalTransition):
        moved(NOW, NOW + timedelta(days=3))
    assert moved(DUE + timedelta(days=5), DUE).due_at == DUE + timedelta(days=5)


def test_a_date_counts_for_the_unit_that_saw_to_it_when_it_came() -> None:
    """Handed on before, it is the other unit's; handed on late, it stays whose it was, and moves no old week."""
    measure = lived(NOTE, SET)

    def handed_on(at: datetime) -> Proposal:
        fact = msgspec.structs.replace(SET, staff=OUTSIDE.id, unit=WATER, words=WORDS)
        return evolve(measure, Entry(at=at, actor=LEAD.id, case=None, fact=fact))

    assert measure.due_unit == TRANSPORT
    before, after = handed_on(DUE - timedelta(seconds=1)), handed_on(DUE)
    assert [each.owner_unit for each in (before, after)] == [WATER, WATER]
    assert [each.due_unit for each in (before, after)] == [WATER, TRANSPORT]


def test_it_is_seen_by_its_units_and_by_those_who_watch() -> None:
    """An operator sees what they wrote down; another unit nothing, until it sees to it."""
    noted = lived(NOTE)
    for official in (OFFICER, OTHER, LEAD, SUPERVISOR, ADMIN):
        assert may_see((official,), noted)
    for nobody in ((), (OUTSIDE,), (OPERATOR,)):
        assert not may_see(nobody, noted)
        with pytest.raises(NotFound):
            role_for(nobody, noted, MeasureStep.SET)
    by_operator = lived(msgspec.structs.replace(NOTE, unit=None), by=OPERATOR)
    assert may_see((OPERATOR,), by_operator)
    assert not may_see((OTHER,), by_operator)
    given = lived(NOTE, msgspec.structs.replace(SET, staff=OUTSIDE.id, unit=WATER))
    assert may_see((OUTSIDE,), given)


@pytest.mark.parametrize(
    ("official", "noted", "measure"),
    [
        (OFFICER, "sx", "d"),
        (OTHER, "s", ""),
        (LEAD, "sx", "cdx"),
        (SUPERVISOR, "sx", "cx"),
        (ADMIN, "sx", "cx"),
        (OUTSIDE, "", ""),
        (OPERATOR, "", ""),
    ],
    ids=lambda value: value.id if isinstance(value, Staff) else str(value),
)
def test_each_step_is_somebodys(official: Staff, noted: str, measure: str) -> None:
    """Who wrote it down or works there makes it a measure; who sees to it carries it out; the lead answers for the rest."""
    assert "".join(steps_for((official,), lived(NOTE))) == noted
    assert "".join(steps_for((official,), lived(NOTE, SET))) == measure
    assert steps_for((official,), lived(NOTE, SET, DONE)) == ()


def test_a_step_that_is_not_theirs_is_refused_before_it_is_said_to_be_too_late() -> None:
    """One who may see it and not do it is not permitted; one who may, and comes too late, hears that."""
    with pytest.raises(NotPermitted):
        role_for((OTHER,), lived(NOTE, SET), MeasureStep.CHANGE)
    with pytest.raises(IllegalTransition):
        role_for((LEAD,), lived(NOTE, SET, DONE), MeasureStep.DROP)
