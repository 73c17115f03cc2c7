"""What becomes of what was heard on field visits (一线工作法): a proposal, a measure with an owner and a date, its end.

A proposal is the fold of its entries. Invariant: a date that has passed stays what it was, and so does the unit for which
it counts: nobody is in time by moving it, and no unit is rid of a late measure by handing it on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from bot.errors import IllegalTransition, NotFound, NotPermitted
from bot.rules.access import WATCHING, Act, require
from bot.rules.county import Role
from bot.rules.entry import Entry, MeasureDone, MeasureSet, ProposalDropped, ProposalNoted
from bot.rules.identity import ProposalNumber, StaffId, TownshipId, UnitId, VisitId
from bot.rules.staff import Staff

SERIES: Final = "JY"
"""What the numbers of proposals begin with (建议)."""

FARTHEST: Final = 366
"""Days ahead that a measure may be due at most."""


class Standing(StrEnum):
    """Where a proposal stands."""

    NOTED = "noted"
    SET = "set"  # it is a measure, with an owner and a date
    DONE = "done"
    DROPPED = "dropped"


class MeasureStep(StrEnum):
    """What can be done with a proposal; the values are short, as they travel in buttons."""

    SET = "s"
    CHANGE = "c"
    DONE = "d"
    DROP = "x"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A research note or a suggestion, and the measure that it may be by now.

    Attributes:
        version: how many entries made it; a change is valid only on the version it was decided on.
        staff, unit: who wrote it down, and whom they worked for.
        words, reason, closing: the slots of what was written, why it was changed last, how it ended.
        owner, owner_unit, due_at: who sees to the measure, and by when; None before it is one.
        due_unit: for whom its date counts: whom the owner worked for when it came, or works for as long as it has not.
        measured_at: since when it has been a measure.
        ended_at: since when it has been done or dropped.
    """

    number: ProposalNumber
    version: int
    visit: VisitId
    staff: StaffId
    unit: UnitId | None
    township: TownshipId
    noted_at: datetime
    words: str
    standing: Standing = Standing.NOTED
    owner: StaffId | None = None
    owner_unit: UnitId | None = None
    due_at: datetime | None = None
    due_unit: UnitId | None = None
    measured_at: datetime | None = None
    reason: str | None = None
    ended_at: datetime | None = None
    closing: str | None = None

    @property
    def slots(self) -> tuple[str, ...]:
        """Return where all that was said about it lies."""
        return tuple(slot for slot in (self.words, self.reason, self.closing) if slot is not None)

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody."""
        return self.standing in {Standing.NOTED, Standing.SET}

    def is_late(self, now: datetime) -> bool:
        """Say whether it is a measure past its date."""
        return self.standing is Standing.SET and self.due_at is not None and self.due_at < now


def number_of(year: int, place: int) -> ProposalNumber:
    """Number the n-th proposal of all."""
    return ProposalNumber(f"{SERIES}-{year}-{place:05d}")


def evolve(proposal: Proposal | None, entry: Entry) -> Proposal:
    """Bring a proposal on by an entry.

    Raises:
        IllegalTransition: the entry does not follow from what it was.
    """
    fact = entry.fact
    if isinstance(fact, ProposalNoted):
        if proposal is not None:
            raise IllegalTransition
        return _noted(fact, entry)
    if proposal is None or not proposal.is_open:
        raise IllegalTransition
    match fact:
        case MeasureSet():
            return _set(proposal, fact, entry.at)
        case MeasureDone(words=words) if proposal.standing is Standing.SET:
            return _ended(proposal, Standing.DONE, words, entry.at)
        case ProposalDropped(words=words):
            return _ended(proposal, Standing.DROPPED, words, entry.at)
        case _:
            raise IllegalTransition


def _noted(fact: ProposalNoted, entry: Entry) -> Proposal:
    return Proposal(
        number=fact.proposal,
        version=1,
        visit=fact.visit,
        staff=StaffId(entry.actor),
        unit=fact.unit,
        township=fact.township,
        noted_at=entry.at,
        words=fact.words,
    )


def _set(proposal: Proposal, fact: MeasureSet, at: datetime) -> Proposal:
    if fact.due_at <= at and fact.due_at != proposal.due_at:
        raise IllegalTransition
    if proposal.is_late(at) and fact.due_at != proposal.due_at:
        raise IllegalTransition
    return msgspec.structs.replace(
        proposal,
        version=proposal.version + 1,
        standing=Standing.SET,
        owner=fact.staff,
        owner_unit=fact.unit,
        due_at=fact.due_at,
        due_unit=proposal.due_unit if fact.due_at <= at else fact.unit,
        measured_at=proposal.measured_at or at,
        reason=fact.words or proposal.reason,
    )


def _ended(proposal: Proposal, standing: Standing, words: str, at: datetime) -> Proposal:
    return msgspec.structs.replace(proposal, version=proposal.version + 1, standing=standing, ended_at=at, closing=words)


def may_see(roles: Iterable[Staff], proposal: Proposal) -> bool:
    """Say whether it is for these eyes: those who watch, who wrote it down, who sees to it, and their units."""
    return any(
        each.role in WATCHING
        or each.id in {proposal.staff, proposal.owner}
        or (each.unit is not None and each.unit in {proposal.unit, proposal.owner_unit})
        for each in roles
    )


def role_for(roles: Iterable[Staff], proposal: Proposal, step: MeasureStep) -> Staff:
    """Return the role in which somebody takes a step.

    Raises:
        NotFound: it is not for their eyes.
        IllegalTransition: the step does not fit where it stands.
        NotPermitted: it is not theirs to take.
    """
    held = tuple(roles)
    if not may_see(held, proposal):
        raise NotFound
    if proposal.standing not in FROM[step]:
        raise IllegalTransition
    match step:
        case MeasureStep.SET:
            return require((each for each in held if _is_near(each, proposal.unit)), Act.SET_MEASURE)
        case MeasureStep.CHANGE:
            return require((each for each in held if _is_near(each, proposal.owner_unit)), Act.CHANGE_MEASURE)
        case MeasureStep.DONE:
            return _first(each for each in held if each.id == proposal.owner or _leads(each, proposal.owner_unit))
        case MeasureStep.DROP if proposal.standing is Standing.NOTED:
            return _first(
                each for each in held if each.id == proposal.staff or each.role in WATCHING or _leads(each, proposal.unit)
            )
        case MeasureStep.DROP:
            return require((each for each in held if _is_near(each, proposal.owner_unit)), Act.CHANGE_MEASURE)


FROM: Final = {
    MeasureStep.SET: frozenset({Standing.NOTED}),
    MeasureStep.CHANGE: frozenset({Standing.SET}),
    MeasureStep.DONE: frozenset({Standing.SET}),
    MeasureStep.DROP: frozenset({Standing.NOTED, Standing.SET}),
}
"""Where a proposal must stand for a step."""


def steps_for(roles: Iterable[Staff], proposal: Proposal) -> tuple[MeasureStep, ...]:
    """Return what somebody can do with a proposal."""
    held = tuple(roles)

    def may(step: MeasureStep) -> bool:
        try:
            role_for(held, proposal, step)
        except (NotFound, NotPermitted, IllegalTransition):
            return False
        return True

    return tuple(filter(may, MeasureStep))


def _is_near(staff: Staff, unit: UnitId | None) -> bool:
    return staff.role in WATCHING or (staff.unit is not None and staff.unit == unit)


def _leads(staff: Staff, unit: UnitId | None) -> bool:
    return staff.role is Role.LEAD and staff.unit is not None and staff.unit == unit


def _first(roles: Iterable[Staff]) -> Staff:
    found = next(iter(roles), None)
    if found is None:
        raise NotPermitted
    return found
