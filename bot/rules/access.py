"""Who may do what: one table of role and act. Checked when the act is carried out, not when its button was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.errors import NotPermitted
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.staff import Staff


class Act(StrEnum):
    """What an official may want to do."""

    SEE_CASE = "see_case"
    SEE_TASKS = "see_tasks"
    ACCEPT = "accept"
    RESOLVE = "resolve"
    SEE_DIGEST = "see_digest"


HANDLING: Final = frozenset({Role.OFFICER, Role.LEAD})
WATCHING: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})

PERMITTED: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_CASE: HANDLING | {Role.SUPERVISOR},
    Act.SEE_TASKS: HANDLING,
    Act.ACCEPT: HANDLING,
    Act.RESOLVE: HANDLING,
    Act.SEE_DIGEST: WATCHING,
}


def require(staff: Staff | None, act: Act) -> Staff:
    """Return the official who may do this.

    Raises:
        NotPermitted: there is no official, or their role does not reach it.
    """
    if staff is None or staff.role not in PERMITTED[act]:
        raise NotPermitted
    return staff


def require_for(staff: Staff | None, act: Act, case: Case) -> Staff:
    """Return the official who may do this with this case: officers and leads only with their own unit's.

    Raises:
        NotPermitted: their role or their unit does not reach it.
    """
    allowed = require(staff, act)
    if allowed.role in HANDLING and allowed.unit != case.unit:
        raise NotPermitted
    return allowed
