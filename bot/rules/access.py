"""Who may do what: one table of role and act. Checked when the act is carried out, not when its button was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    LET_ADMIN_IN = "let_admin_in"


HANDLING: Final = frozenset({Role.OFFICER, Role.LEAD})
WATCHING: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})

PERMITTED: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_CASE: HANDLING | {Role.SUPERVISOR},
    Act.SEE_TASKS: HANDLING,
    Act.ACCEPT: HANDLING,
    Act.RESOLVE: HANDLING,
    Act.SEE_DIGEST: WATCHING,
    Act.LET_ADMIN_IN: frozenset({Role.ADMIN}),
}


def require(roles: Iterable[Staff], act: Act) -> Staff:
    """Return the first of someone's roles that permits this.

    Raises:
        NotPermitted: they hold none that does.
    """
    for staff in roles:
        if staff.role in PERMITTED[act]:
            return staff
    raise NotPermitted


def require_for(roles: Iterable[Staff], act: Act, case: Case) -> Staff:
    """Return the first of someone's roles that permits this with this case: officers and leads only with their own unit's.

    Raises:
        NotPermitted: they hold none that does.
    """
    return require((staff for staff in roles if staff.role not in HANDLING or staff.unit == case.unit), act)
