"""What a person hears when something is not possible: a word of why, and nothing has changed."""

from __future__ import annotations

from bot.errors import (
    EvidenceMissing,
    HasLeft,
    IllegalTransition,
    MinshengError,
    NotFound,
    NotPermitted,
    RuleViolation,
    StaleButton,
)
from bot.rules.effect import Effects, Send
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said, Toast

REFUSALS = (NotFound, RuleViolation)
"""What a handler may raise to refuse; anything else is a fault."""


def remark_for(error: MinshengError) -> Remark:
    """Choose the answer to a message that could not be followed."""
    match error:
        case NotPermitted():
            return Remark.NOT_PERMITTED
        case IllegalTransition():
            return Remark.CASE_MOVED_ON
        case StaleButton():
            return Remark.STALE_BUTTON
        case HasLeft():
            return Remark.HAS_LEFT
        case EvidenceMissing():
            return Remark.EVIDENCE_WANTED
        case _:
            return Remark.NOT_FOUND


def toast_for(error: MinshengError) -> Toast:
    """Choose what flashes up when a button could not be followed."""
    match error:
        case NotPermitted() | NotFound():
            return Toast.NOT_PERMITTED
        case IllegalTransition():
            return Toast.MOVED_ON
        case HasLeft():
            return Toast.HAS_LEFT
        case _:
            return Toast.STALE


def refused(person: PersonId, error: MinshengError) -> Effects:
    """Answer a message that could not be followed."""
    return Effects(sends=(Send(person, Said(remark_for(error))),))
