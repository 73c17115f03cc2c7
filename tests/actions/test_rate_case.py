"""The resident's own word decides what "solved" means: yes closes, no reopens, partly asks once more."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import msgspec
import pytest

from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import Case, Rating, State
from bot.rules.county import Role
from bot.rules.effect import Priority, Send
from bot.rules.entry import Closed, Closing, Rated, Reopened, ReopenReason, Solved
from bot.rules.life import evolve
from bot.rules.message import (
    CaseReopened,
    PartlyQuestion,
    RatingThanks,
    ReopenNotice,
    ScoreQuestion,
    TaskNotice,
    TaskRated,
)
from tests.actions.voice import PARTLY, answering, facts, stake
from tests.support.builders import (
    COMPLAINT,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISION,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WORDS,
    case_in,
    case_of,
    closed,
    county,
    entry,
    rated,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

ANCHOR = f"rating/{NUMBER}/1"
JUDGED = f"judged/{NUMBER}/1/1/yes"
"""Where the officer reads an answer, and then its score."""


# ── yes ──────────────────────────────────────────────────────────────────────


def test_yes_closes_the_case() -> None:
    """An answer and an end: two entries of one instant."""
    effects = answering(case_in(State.RESOLVED), Solved.YES)
    assert facts(effects) == [
        Rated(round=1, voice=1, solved=Solved.YES, score=None),
        Closed(round=1, how=Closing.RATED),
    ]
    assert effects.cases[0].after.state is State.CLOSED


def test_after_yes_nobody_is_asked_again() -> None:
    """Everything that was planned for the attempt ends; what is planned anew is to look back after months."""
    effects = answering(case_in(State.RESOLVED), Solved.YES)
    assert effects.cancelled == (f"{NUMBER}/1/",)
    assert [due.key for due in effects.planned] == [f"{NUMBER}/1/follow:90cd", f"{NUMBER}/1/follow:365cd"]


def test_after_yes_comes_how_satisfied_and_the_officer_hears() -> None:
    """The question turns into the next one in place; who is in charge hears the answer."""
    assert answering(case_in(State.RESOLVED), Solved.YES).sends == (
        Send(RESIDENT_PERSON, ScoreQuestion(case=NUMBER, round=1, solved=Solved.YES), anchor=ANCHOR),
        Send(OFFICER.person, TaskRated(case=NUMBER, solved=Solved.YES, score=None), Priority.NOTICE, anchor=JUDGED),
    )


# ── no ───────────────────────────────────────────────────────────────────────


def test_no_reopens_the_case_under_a_new_deadline() -> None:
    """The next attempt begins with limits counted from the answer, and nobody in charge."""
    effects = answering(case_in(State.RESOLVED), Solved.NO)
    assert facts(effects) == [
        Rated(round=1, voice=1, solved=Solved.NO, score=None),
        Reopened(
            round=2,
            reason=ReopenReason.RATED_NO,
            rule="accept 2h, handle 7d",
            accept_due_at=wall("2026-11-24 14:00"),
            due_at=wall("2026-12-03 12:00"),
        ),
    ]
    after = effects.cases[0].after
    assert (after.state, after.officer, after.now.number) == (State.ASSIGNED, None, 2)
    assert after.rounds[0].ratings == (Rating(1, Solved.NO, None, NOW),)


def test_after_no_the_old_plans_end_and_new_ones_begin() -> None:
    """The second attempt has reminders of its own, and the rating question of the first is not asked again."""
    effects = answering(case_in(State.RESOLVED), Solved.NO)
    assert effects.cancelled == (f"{NUMBER}/1/",)
    assert effects.planned != ()
    assert all(due.key.startswith(f"{NUMBER}/2/") for due in effects.planned)


def test_after_no_the_unit_and_the_supervisor_are_told() -> None:
    """The resident sees the new date, the unit has the task again, and a supervisor knows of it."""
    due_at = wall("2026-12-03 12:00")
    resident, unit, supervisor = answering(case_in(State.RESOLVED), Solved.NO).sends
    assert resident == Send(RESIDENT_PERSON, CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=due_at), anchor=ANCHOR)
    assert isinstance(unit.message, TaskNotice)
    assert (unit.to, unit.message.round, unit.message.words) == (OFFICER.person, 2, WORDS)
    assert unit.message.is_mine is False
    told = ReopenNotice(case=NUMBER, unit=TRANSPORT, round=2, due_at=due_at)
    assert supervisor == Send(SUPERVISOR.person, told, Priority.NOTICE)


def test_no_without_a_supervisor_in_reach_still_reopens() -> None:
    """Whoever cannot be reached is left out; the case goes on all the same."""
    away = staff(Role.SUPERVISOR, SUPERVISION, is_reachable=False)
    effects = rate_solved(desk(), stake(case_in(State.RESOLVED), (LEAD, away)), 1, Solved.NO, NOW)
    assert [send.to for send in effects.sends] == [RESIDENT_PERSON, LEAD.person]


def test_praise_goes_on_without_a_limit() -> None:
    """A case that never had a deadline has none when it goes on."""
    without = msgspec.structs.replace(case_in(State.RESOLVED), deadline_class=None)
    effects = answering(without, Solved.NO)
    after = effects.cases[0].after.now
    assert (after.rule, after.accept_due_at, after.due_at, effects.planned) == (None, None, None, ())


def test_a_class_that_the_county_no_longer_has_sets_no_limit() -> None:
    """A county file that dropped a class breaks no old case."""
    classes = {name: each for name, each in county().classes.items() if name != COMPLAINT}
    elsewhere = desk(of=replace(county(), classes=MappingProxyType(classes)))
    effects = rate_solved(elsewhere, stake(case_in(State.RESOLVED)), 1, Solved.NO, NOW)
    assert effects.cases[0].after.now.due_at is None


# ── partly ───────────────────────────────────────────────────────────────────


def test_partly_asks_whether_to_go_on() -> None:
    """The answer is kept; the case waits, and what was planned for it stays planned."""
    effects = answering(case_in(State.RESOLVED), Solved.PARTLY)
    assert facts(effects) == [Rated(round=1, voice=1, solved=Solved.PARTLY, score=None)]
    assert effects.cases[0].after.state is State.RESOLVED
    assert effects.sends == (Send(RESIDENT_PERSON, PartlyQuestion(case=NUMBER, round=1), anchor=ANCHOR),)
    assert (effects.cancelled, effects.planned) == ((), ())


def test_going_on_reopens_for_that_reason() -> None:
    """Partly solved and not enough is reopened, and the ledger says why."""
    effects = go_on(desk(), stake(PARTLY), 1, NOW)
    (again,) = facts(effects)
    assert isinstance(again, Reopened)
    assert (again.reason, again.round) == (ReopenReason.RATED_PARTLY, 2)
    assert effects.cancelled == (f"{NUMBER}/1/",)
    assert [send.to for send in effects.sends] == [RESIDENT_PERSON, OFFICER.person, SUPERVISOR.person]


def test_letting_it_rest_closes_it_as_partly_solved() -> None:
    """Partly solved and left so is closed, and the answer stays partly."""
    effects = let_rest(desk(), stake(PARTLY), 1, NOW)
    assert facts(effects) == [Closed(round=1, how=Closing.LEFT)]
    after = effects.cases[0].after
    rating = after.rating_of(1)
    assert rating is not None
    assert (after.state, rating.solved) == (State.CLOSED, Solved.PARTLY)
    assert effects.cancelled == (f"{NUMBER}/1/",)
    assert effects.sends[0].message == ScoreQuestion(case=NUMBER, round=1, solved=Solved.PARTLY)


@pytest.mark.parametrize(
    "case",
    [
        case_in(State.RESOLVED),
        case_of(*TO[State.RESOLVED], rated(Solved.PARTLY, voice=2)),
        case_of(*TO[State.RESOLVED], rated(Solved.YES)),
        case_of(*TO[State.RESOLVED], rated(Solved.NO)),
    ],
    ids=["silent", "another voice", "yes", "no"],
)
def test_only_who_said_partly_chooses_what_then(case: Case) -> None:
    """Without an answer of one's own, with somebody else's only, or with another answer there is nothing to choose."""
    with pytest.raises(IllegalTransition):
        go_on(desk(), stake(case), 1, NOW)
    with pytest.raises(IllegalTransition):
        let_rest(desk(), stake(case), 1, NOW)


# ── how satisfied ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_a_score_is_added_to_the_answer(score: int) -> None:
    """One entry more, with the answer repeated; the resident is thanked in place, and the officer reads it in place, too."""
    effects = rate_score(desk(), stake(case_in(State.CLOSED)), 1, score, NOW)
    assert facts(effects) == [Rated(round=1, voice=1, solved=Solved.YES, score=score)]
    assert effects.cases[0].after.state is State.CLOSED
    assert effects.sends == (
        Send(RESIDENT_PERSON, RatingThanks(case=NUMBER, solved=Solved.YES, score=score, round=1), anchor=ANCHOR),
        Send(OFFICER.person, TaskRated(case=NUMBER, solved=Solved.YES, score=score), Priority.NOTICE, anchor=JUDGED),
    )


@pytest.mark.parametrize("score", [-1, 0, 6, 10**9])
def test_there_are_five_scores(score: int) -> None:
    """A forged button with another number does nothing."""
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(case_in(State.CLOSED)), 1, score, NOW)


def test_a_score_can_be_changed() -> None:
    """The last score given is the one that stands."""
    twice = evolve(case_in(State.CLOSED), entry(rated(Solved.YES, 2)))
    effects = rate_score(desk(), stake(twice), 1, 4, NOW)
    assert effects.cases[0].after.now.ratings == (Rating(1, Solved.YES, 4, NOW),)
    *_, told = effects.sends
    assert (told.to, told.anchor) == (OFFICER.person, None), "whoever changes their mind is heard in a message of its own"


def test_a_score_without_an_answer_is_stale() -> None:
    """How satisfied one is belongs to whether it is solved; a case closed in silence has no such answer."""
    silent = case_of(*TO[State.RESOLVED], closed(Closing.UNRATED))
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(silent), 1, 5, NOW)
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(case_in(State.CLOSED), voice=2), 1, 5, NOW)


# ── where it is answered ─────────────────────────────────────────────────────


def test_the_next_step_takes_the_place_of_the_pressed_question() -> None:
    """A question that was repeated, or asked for with /rate, goes on where it was pressed, not in an older message."""
    asked = replace(stake(case_in(State.RESOLVED)), pressed=7)
    partly, scored = replace(asked, case=PARTLY), replace(asked, case=case_in(State.CLOSED))
    for effects in (
        *(rate_solved(desk(), asked, 1, solved, NOW) for solved in Solved),
        go_on(desk(), partly, 1, NOW),
        let_rest(desk(), partly, 1, NOW),
        rate_score(desk(), scored, 1, 5, NOW),
    ):
        first, *others = effects.sends
        assert (first.to, first.anchor, first.replaces) == (RESIDENT_PERSON, ANCHOR, 7)
        assert [send.replaces for send in others] == [None] * len(others)
