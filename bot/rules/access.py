"""Who may do what: one table of role and act. Checked when the act is carried out, not when its button was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from bot.errors import NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.staff import Staff


class Act(StrEnum):
    """What an official may want to do."""

    SEE_CASE = "see_case"
    SEE_TASKS = "see_tasks"
    ACCEPT = "accept"
    RESOLVE = "resolve"
    WRITE = "write"  # to the voices of a case
    ASK = "ask"  # the resident; the clock stands still meanwhile
    NOTE = "note"
    TRANSFER = "transfer"
    TRIAGE = "triage"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    SHORTEN = "shorten"
    LENGTHEN = "lengthen"
    REASSIGN = "reassign"
    ADD_UNIT = "add_unit"
    DO_PART = "do_part"  # the part of a unit that works on a case too
    REFUSE = "refuse"
    MERGE = "merge"
    SEE_DIGEST = "see_digest"
    SEE_OWN_CARD = "see_own_card"  # the scorecard of the own unit
    SEE_OWN_SIGNS = "see_own_signs"  # the warnings about the own unit
    HANDLE_SIGN = "handle_sign"  # put a sign before a unit, refer it, close it
    LET_ADMIN_IN = "let_admin_in"
    TAKE_LEAVE = "take_leave"
    MANAGE_STAFF = "manage_staff"
    PUBLISH_CARDS = "publish_cards"  # show scorecards to the units, give points by hand, publish
    BEGIN_SURVEY = "begin_survey"  # of those who were served, and see what came of it
    SEE_AUDIT = "see_audit"  # who saw or did what
    RUN_AGAIN = "run_again"  # updates that could not be handled
    CHANGE_COUNTY = "change_county"  # put another county file in force
    HOLD_MEETING = "hold_meeting"
    ADD_MILESTONE = "add_milestone"  # to a project of the own unit
    HANG_LINK = "hang_link"
    TRANSLATE = "translate"  # and write down voices: which languages, bot.rules.translation
    SEE_DUTY = "see_duty"
    LINK_GROUP = "link_group"  # a work group to the own unit
    CALL_BACK = "call_back"  # from outside the unit: bot.rules.callback
    VISIT = "visit"  # people where they are, and enter what they say
    SET_MEASURE = "set_measure"  # make a measure of what was proposed on a visit of the own unit
    CHANGE_MEASURE = "change_measure"  # its owner and date, or give it up
    ENTER_CALL = "enter_call"  # a case for somebody who phones or comes to a counter


EVERY_ROLE: Final = frozenset(Role)
HANDLING: Final = frozenset({Role.OFFICER, Role.LEAD})
WATCHING: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})

PERMITTED: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_CASE: HANDLING | {Role.SUPERVISOR},
    Act.SEE_TASKS: HANDLING,
    Act.ACCEPT: HANDLING,
    Act.RESOLVE: HANDLING,
    Act.WRITE: HANDLING,
    Act.ASK: HANDLING,
    Act.NOTE: HANDLING | {Role.SUPERVISOR},
    Act.TRANSFER: HANDLING,
    Act.TRIAGE: WATCHING,
    Act.ASK_EXTENSION: HANDLING,
    Act.DECIDE_EXTENSION: frozenset({Role.LEAD, Role.SUPERVISOR, Role.ADMIN}),
    Act.SHORTEN: HANDLING | {Role.SUPERVISOR},
    Act.LENGTHEN: frozenset({Role.SUPERVISOR}),
    Act.REASSIGN: HANDLING,
    Act.ADD_UNIT: frozenset({Role.LEAD, Role.SUPERVISOR}),
    Act.DO_PART: HANDLING,
    Act.REFUSE: frozenset({Role.SUPERVISOR}),
    Act.MERGE: frozenset({Role.SUPERVISOR}),
    Act.SEE_DIGEST: WATCHING,
    Act.SEE_OWN_CARD: frozenset({Role.LEAD}),
    Act.SEE_OWN_SIGNS: HANDLING,
    Act.HANDLE_SIGN: WATCHING,
    Act.LET_ADMIN_IN: frozenset({Role.ADMIN}),
    Act.TAKE_LEAVE: frozenset(Role),
    Act.MANAGE_STAFF: frozenset({Role.LEAD, Role.ADMIN}),
    Act.PUBLISH_CARDS: WATCHING,
    Act.BEGIN_SURVEY: WATCHING,
    Act.SEE_AUDIT: WATCHING,
    Act.RUN_AGAIN: frozenset({Role.ADMIN}),
    Act.CHANGE_COUNTY: frozenset({Role.ADMIN}),
    Act.ADD_MILESTONE: HANDLING,
    Act.HANG_LINK: HANDLING | WATCHING | {Role.OPERATOR},
    Act.HOLD_MEETING: HANDLING | WATCHING | {Role.OPERATOR},
    Act.TRANSLATE: frozenset({Role.TRANSLATOR, Role.OPERATOR}),
    Act.SEE_DUTY: frozenset(Role),
    Act.LINK_GROUP: frozenset({Role.LEAD}),
    Act.CALL_BACK: WATCHING | {Role.OPERATOR},
    Act.VISIT: frozenset(Role) - {Role.TRANSLATOR},
    Act.SET_MEASURE: HANDLING | WATCHING,
    Act.CHANGE_MEASURE: WATCHING | {Role.LEAD},
    Act.ENTER_CALL: frozenset({Role.OPERATOR, Role.SUPERVISOR}),
}

SHARED: Final = frozenset({Act.SEE_CASE, Act.WRITE, Act.NOTE, Act.DO_PART})
"""What a unit that works on a case too may do with it; all else is the lead unit's."""


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
    """Return the first of someone's roles that permits this with this case.

    Officers and leads reach their own unit's cases, and of those that their unit works on too what is shared. Whoever is of
    the unit that a case is about reaches it in no role.

    Raises:
        NotPermitted: they hold none that does.
    """
    held = tuple(roles)
    if case.about is not None and any(staff.unit == case.about for staff in held):
        raise NotPermitted
    return require((staff for staff in held if _reaches(staff, act, case)), act)


def require_sight(roles: Iterable[Staff], case: Case) -> Staff:
    """Return the first of someone's roles that lets them see this case; one that no unit has, whoever may give it to one.

    Raises:
        NotPermitted: they hold none that does.
    """
    held = tuple(roles)
    try:
        return require_for(held, Act.SEE_CASE, case)
    except NotPermitted:
        if case.state is not State.TRIAGE:
            raise
        return require_for(held, Act.TRIAGE, case)


def may_see(roles: Iterable[Staff], case: Case) -> bool:
    """Say whether someone may see this case, as `require_sight`."""
    try:
        require_sight(roles, case)
    except NotPermitted:
        return False
    return True


def _reaches(staff: Staff, act: Act, case: Case) -> bool:
    if staff.role not in HANDLING:
        return True
    return staff.unit is not None and (staff.unit == case.unit or (act in SHARED and staff.unit in case.joint))
