"""What can be done with a case now, and by whom: one table of steps, read when buttons are drawn and again when they act.

Invariant: a step is offered if and only if it would be taken up at that moment; what it then asks for may still be refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import IllegalTransition, NotPermitted
from bot.rules.access import Act, require_for
from bot.rules.case import OPEN, Case, State
from bot.rules.county import County, DeadlineClass, Role
from bot.rules.identity import UnitId
from bot.rules.routing import trusted_units
from bot.rules.staff import Staff


class Step(StrEnum):
    """Everything that an official can do with a case in front of them; the values stand on buttons, so they are short."""

    ACCEPT = "ac"
    RESOLVE = "re"
    REPLY = "rp"
    ASK = "as"
    DROP = "dr"  # the question: the answer is no longer needed
    GRANT = "gr"
    DENY = "de"
    ASSIGN = "ag"
    DO_PART = "pd"
    NOTE = "no"
    ANNOUNCE = "an"
    EXTEND = "ex"
    TRANSFER = "tr"
    HAND_OVER = "ho"
    ADD_UNIT = "au"
    RECLASSIFY = "cl"
    MERGE = "mg"
    REFUSE = "rf"


class Law(StrEnum):
    """Why a case may be refused by 《信访工作条例》 (2022).

    The values are as letters and the ledger have had them from the beginning, with items that no source was found for; what
    people read, and the ledger from now on, is no more than what was (docs/law.md).
    """

    LITIGATION = "31(1)"  # a matter for courts, prosecutors or the police
    ARBITRATION = "31(2)"
    PROCEDURE = "31(4)"  # administrative review, ruling, licence or penalty
    ELSEWHERE = "23"  # outside what the county's bodies may decide
    ENDED = "36"  # decided, reviewed and re-examined; the same facts and reasons once more

    @property
    def in_ledger(self) -> str:
        """Name it as the ledger does: the regulations, the article where it is known, and the reason."""
        article = "" if self.article is None else f" article {self.article},"
        return f"petition regulations 2022,{article} {self.name.lower()}"

    @property
    def article(self) -> str | None:
        """Return the number of the article; None where it was seen in no source."""
        return None if self is Law.ENDED else self.partition("(")[0]


class Stock(StrEnum):
    """Answers that lie ready in every language, so that they need no translator."""

    LOOKING = "looking"  # we are looking into it
    COMING = "coming"  # we shall come and see
    WAITING_FOR_PARTS = "parts"  # material or parts are on the way
    WEATHER = "weather"  # it cannot be done before the weather allows
    WITH_OTHERS = "with_others"  # we are settling it with another unit
    STARTED = "started"  # the work has begun


@dataclass(frozen=True, slots=True)
class Way:
    """What a step needs: a right, and a case in one of these states."""

    act: Act
    states: frozenset[State]


_ASSIGNED, _ACCEPTED, _WAITING = State.ASSIGNED, State.ACCEPTED, State.WAITING
_HELD: Final = frozenset({_ASSIGNED, _ACCEPTED})
_WITH_A_UNIT: Final = frozenset({_ASSIGNED, _ACCEPTED, _WAITING})

WAYS: Final[Mapping[Step, Way]] = {
    Step.GRANT: Way(Act.DECIDE_EXTENSION, OPEN),
    Step.DENY: Way(Act.DECIDE_EXTENSION, OPEN),
    Step.ASSIGN: Way(Act.TRIAGE, frozenset({State.TRIAGE})),
    Step.ACCEPT: Way(Act.ACCEPT, frozenset({_ASSIGNED})),
    Step.RESOLVE: Way(Act.RESOLVE, _HELD),
    Step.DO_PART: Way(Act.DO_PART, OPEN),
    Step.DROP: Way(Act.ASK, frozenset({_WAITING})),
    Step.ASK: Way(Act.ASK, frozenset({_ACCEPTED})),
    Step.EXTEND: Way(Act.ASK_EXTENSION, _HELD),
    Step.TRANSFER: Way(Act.TRANSFER, _HELD),
    Step.REPLY: Way(Act.WRITE, _WITH_A_UNIT),
    Step.NOTE: Way(Act.NOTE, OPEN | {State.RESOLVED}),
    Step.ANNOUNCE: Way(Act.WRITE, _WITH_A_UNIT),
    Step.HAND_OVER: Way(Act.REASSIGN, frozenset({_ACCEPTED, _WAITING})),
    Step.ADD_UNIT: Way(Act.ADD_UNIT, _WITH_A_UNIT),
    Step.RECLASSIFY: Way(Act.SHORTEN, _HELD),
    Step.MERGE: Way(Act.MERGE, OPEN),
    Step.REFUSE: Way(Act.REFUSE, OPEN),
}
"""In the order in which buttons are drawn."""


def require_step(county: County, case: Case, roles: Sequence[Staff], step: Step, now: datetime) -> Staff:
    """Return the role in which someone does a step.

    Raises:
        NotPermitted: no role of theirs permits it with this case.
        IllegalTransition: the case is not, or no longer, one with which it can be done.
    """
    way = WAYS[step]
    staff = require_for(roles, way.act, case)
    if case.state not in way.states or not _fits(county, case, staff, roles, step, now):
        raise IllegalTransition
    return staff


def possible(county: County, case: Case, roles: Sequence[Staff], now: datetime) -> tuple[Step, ...]:
    """Return what someone can do with a case now, in the order in which buttons are drawn."""
    return tuple(step for step in WAYS if _can(county, case, roles, step, now))


def _can(county: County, case: Case, roles: Sequence[Staff], step: Step, now: datetime) -> bool:
    try:
        require_step(county, case, roles, step, now)
    except (NotPermitted, IllegalTransition):
        return False
    return True


def _fits(county: County, case: Case, staff: Staff, roles: Sequence[Staff], step: Step, now: datetime) -> bool:
    """Say whether a case is one for a step, beyond its state."""
    current = case.now
    match step:
        case Step.TRANSFER:
            return not case.is_final
        case Step.ASK:
            return current.wish is None and current.pauses < county.pause.times
        case Step.EXTEND:
            return _can_be_extended(case, class_of(county, case), now)
        case Step.GRANT | Step.DENY:
            return current.wish is not None and current.wish.by not in {each.id for each in roles}
        case Step.HAND_OVER:
            return staff.role is Role.LEAD or case.officer in {each.id for each in roles}
        case Step.DO_PART:
            return staff.unit in case.joint
        case Step.ADD_UNIT:
            return bool(units_for(county, case))
        case Step.RECLASSIFY:
            return case.deadline_class in county.classes
        case _:
            return True


def _can_be_extended(case: Case, deadline_class: DeadlineClass | None, now: datetime) -> bool:
    current = case.now
    if deadline_class is None or current.due_at is None or current.wish is not None or now > current.due_at:
        return False
    return current.extensions < len(deadline_class.extensions)


def class_of(county: County, case: Case) -> DeadlineClass | None:
    """Return the deadline class that a case runs under; None without a limit, or when the county file no longer has it."""
    return county.classes.get(case.deadline_class) if case.deadline_class is not None else None


def units_for(county: County, case: Case) -> tuple[UnitId, ...]:
    """Return the units to which a case may be given, or which may work on it too, besides those that have it.

    A case about an official's conduct goes nowhere but to those who look into conduct: the units that its category, a route
    of it, or their supervising makes theirs. Whom it is about never sees it.
    """
    having = {*case.joint} if case.state is State.TRIAGE else {case.unit, *case.joint}
    if not case.is_confidential:
        return tuple(unit for unit in county.units if unit not in having)
    return tuple(unit for unit in trusted_units(county, case.about) if unit not in having)
