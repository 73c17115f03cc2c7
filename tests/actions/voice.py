"""A resident who answers whether their case is solved, and what the ledger says of it."""

from __future__ import annotations

from bot.actions.rate_case import rate_solved
from bot.actions.stake import Stake
from bot.rules.case import Case, State
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT, CaseFact, Solved
from bot.rules.life import evolve
from bot.rules.staff import Staff
from tests.support.builders import (
    EVERYBODY,
    NOW,
    NUMBER,
    RESIDENT_PERSON,
    TO,
    WORDS,
    case_of,
    rated,
)
from tests.support.known import desk

PARTLY = case_of(*TO[State.RESOLVED], rated(Solved.PARTLY))


def stake(case: Case, everyone: tuple[Staff, ...] = EVERYBODY, voice: int = 1) -> Stake:
    """Stand behind a case."""
    return Stake(case, voice, RESIDENT_PERSON, WORDS, everyone)


def answering(case: Case, solved: Solved, attempt: int = 1) -> Effects:
    """Press one of the three buttons under the question about an attempt."""
    return rate_solved(desk(), stake(case), attempt, solved, NOW)


def facts(effects: Effects) -> list[CaseFact]:
    """Return what the ledger will say, having checked that it leads where the effects say."""
    (change,) = effects.cases
    assert change.before is not None
    case = change.before
    for each in change.entries:
        assert (each.at, each.actor, each.case) == (NOW, RESIDENT, NUMBER)
        case = evolve(case, each)
    assert change.after == case
    return [each.fact for each in change.entries]  # type: ignore[misc]  # all of them led a case on, so they are a case's facts
