"""An answer too late, twice, of another round or after a change of mind; and a resident who says that it is not over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.actions.reopen_case import reopen_case
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, RuleViolation, StaleButton
from bot.rules.case import Rating, State
from bot.rules.effect import Effects
from bot.rules.entry import Rated, Reopened, ReopenReason, Solved
from bot.rules.life import evolve
from bot.rules.message import (
    CaseReopened,
    ScoreQuestion,
)
from bot.rules.staff import Staff
from tests.actions.voice import PARTLY, answering, facts, stake
from tests.support.builders import (
    ADMIN,
    COMPLAINT,
    EVERYBODY,
    FILED,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    WORDS,
    again_in,
    case_in,
    entry,
    rated,
)
from tests.support.hours import wall
from tests.support.known import desk

# ── too late, twice, of another round ────────────────────────────────────────


@pytest.mark.parametrize("solved", Solved)
@pytest.mark.parametrize("state", [state for state in State if state not in {State.RESOLVED, State.CLOSED}])
def test_only_a_resolved_case_waits_for_an_answer(state: State, solved: Solved) -> None:
    """Before it is resolved, and once it is over, nobody asks, and an old button answers nothing."""
    with pytest.raises(IllegalTransition):
        answering(case_in(state), solved)


# ── a change of mind ─────────────────────────────────────────────────────────


def test_who_said_yes_may_find_that_it_is_not_so() -> None:
    """Within the county's time a no about a closed case begins another attempt, like a no before."""
    effects = answering(case_in(State.CLOSED), Solved.NO)
    (change,) = effects.cases
    assert (change.after.state, change.after.now.number) == (State.ASSIGNED, 2)
    assert change.after.rounds[0].ratings[0].solved is Solved.NO


def test_who_said_yes_may_find_that_it_is_partly_so() -> None:
    """The case stays closed; the new answer is the one that counts, and satisfaction is asked anew."""
    effects = answering(case_in(State.CLOSED), Solved.PARTLY)
    (change,) = effects.cases
    assert (change.after.state, change.after.now.ratings[0].solved) == (State.CLOSED, Solved.PARTLY)
    assert ScoreQuestion(case=NUMBER, round=1, solved=Solved.PARTLY) in [send.message for send in effects.sends]


@pytest.mark.parametrize(
    "again",
    [
        lambda: answering(case_in(State.CLOSED), Solved.YES),  # the same answer is no other one
        lambda: rate_solved(desk(), stake(case_in(State.CLOSED), voice=2), 1, Solved.NO, NOW),  # who had not answered
        lambda: rate_solved(desk(), stake(case_in(State.CLOSED)), 1, Solved.NO, NOW + timedelta(days=30)),  # too late
    ],
)
def test_not_everything_is_a_change_of_mind(again: Callable[[], Effects]) -> None:
    """The same answer, somebody else's, and one after the county's time change nothing."""
    with pytest.raises(IllegalTransition):
        again()


def test_a_score_is_changed_for_as_long_as_an_answer() -> None:
    """After the county's time the button is stale."""
    assert rate_score(desk(), stake(case_in(State.CLOSED)), 1, 2, NOW).cases
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(case_in(State.CLOSED)), 1, 2, NOW + timedelta(days=30))


# ── the resident says that it is not over ────────────────────────────────────


def test_a_closed_case_is_reopened_by_its_resident() -> None:
    """A new attempt under new limits; the unit and the supervisors hear of it."""
    effects = reopen_case(desk(), stake(case_in(State.CLOSED)), NOW)
    (change,) = effects.cases
    (entry,) = change.entries
    assert isinstance(entry.fact, Reopened)
    assert (entry.fact.reason, change.after.state, change.after.now.number) == (ReopenReason.RESIDENT, State.ASSIGNED, 2)
    assert {LEAD.person, OFFICER.person, SUPERVISOR.person} & {send.to for send in effects.sends} == {
        OFFICER.person,
        SUPERVISOR.person,
    }
    assert effects.planned


def test_reopened_twice_it_is_known_one_level_higher() -> None:
    """The third attempt is told to the admins, too."""
    twice = msgspec.structs.replace(again_in(State.CLOSED), officer=OFFICER.id)
    assert ADMIN.person in {send.to for send in reopen_case(desk(), stake(twice), NOW).sends}
    once = reopen_case(desk(), stake(case_in(State.CLOSED)), NOW)
    assert ADMIN.person not in {send.to for send in once.sends}


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_what_is_not_closed_is_not_reopened(state: State) -> None:
    """It either goes on anyway or is over for good."""
    with pytest.raises(IllegalTransition):
        reopen_case(desk(), stake(case_in(state)), NOW)


def test_after_the_countys_time_a_closed_case_stays_closed() -> None:
    """Thirty days in the sample county; then a new report is the way."""
    with pytest.raises(IllegalTransition):
        reopen_case(desk(), stake(case_in(State.CLOSED)), NOW + timedelta(days=45))


# ── of another round, twice ──────────────────────────────────────────────────


@pytest.mark.parametrize("solved", Solved)
@pytest.mark.parametrize("attempt", [0, 1, 3])
def test_an_answer_about_another_round_does_nothing(attempt: int, solved: Solved) -> None:
    """The buttons under the question about the first attempt say nothing about the second."""
    with pytest.raises(IllegalTransition):
        answering(again_in(State.RESOLVED), solved, attempt)


@pytest.mark.parametrize("attempt", [0, 1, 3])
def test_buttons_of_another_round_do_nothing(attempt: int) -> None:
    """Neither a score nor a choice reaches over into another attempt."""
    case = again_in(State.CLOSED)
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(case), attempt, 5, NOW)
    partly = evolve(again_in(State.RESOLVED), entry(rated(Solved.PARTLY, attempt=2)))
    with pytest.raises(RuleViolation):
        go_on(desk(), stake(partly), attempt, NOW)
    with pytest.raises(RuleViolation):
        let_rest(desk(), stake(partly), attempt, NOW)


@pytest.mark.parametrize("first", [Solved.YES, Solved.NO])
def test_the_same_button_twice_answers_once(first: Solved) -> None:
    """The second press finds that the case has moved on."""
    after = answering(case_in(State.RESOLVED), first).cases[0].after
    with pytest.raises(IllegalTransition):
        answering(after, first)


@pytest.mark.parametrize(("then", "state"), [(Solved.YES, State.CLOSED), (Solved.NO, State.ASSIGNED)])
def test_after_partly_one_can_still_change_ones_mind(then: Solved, state: State) -> None:
    """While the case waits, the last word counts."""
    after = answering(PARTLY, then).cases[0].after
    assert after.state is state
    assert after.rounds[0].ratings == (Rating(1, then, None, NOW),)


def test_partly_twice_is_partly() -> None:
    """An impatient second press asks the same question again."""
    effects = answering(PARTLY, Solved.PARTLY)
    assert effects.cases[0].after.now.ratings == (Rating(1, Solved.PARTLY, None, NOW),)


def test_the_second_voice_answers_for_itself() -> None:
    """An answer carries the number of the voice, not the person."""
    effects = rate_solved(desk(), stake(case_in(State.RESOLVED), voice=2), 1, Solved.PARTLY, NOW)
    (fact,) = facts(effects)
    assert isinstance(fact, Rated)
    assert fact.voice == 2


@pytest.mark.parametrize("everyone", [(), (LEAD,), (replace(OFFICER, is_reachable=False),)], ids=["none", "left", "blocked"])
def test_an_officer_who_is_gone_is_not_told(everyone: tuple[Staff, ...]) -> None:
    """The answer counts although nobody is there to hear it."""
    effects = rate_solved(desk(), stake(case_in(State.RESOLVED), everyone), 1, Solved.YES, NOW)
    assert [send.to for send in effects.sends] == [RESIDENT_PERSON]


def test_the_class_that_the_case_was_filed_under_sets_the_new_limit() -> None:
    """Going on takes as long as the first attempt might have, counted in the same way."""
    assert FILED.deadline_class == COMPLAINT
    second = answering(again_in(State.RESOLVED), Solved.NO, 2).cases[0].after
    assert (second.now.number, second.now.due_at) == (3, wall("2026-12-03 12:00"))


@pytest.mark.parametrize("solved", list(Solved))
def test_a_further_voice_answers_after_anothers_answer_has_closed_the_case(solved: Solved) -> None:
    """Yes and partly stand beside the first answer; *no* has the case gone on with, and the first voice hears of it."""
    case = msgspec.structs.replace(case_in(State.CLOSED), voices=2)
    second = Stake(case, 2, NEIGHBOUR, WORDS, EVERYBODY, others=(RESIDENT_PERSON,))
    effects = rate_solved(desk(), second, 1, solved, NOW)
    (change,) = effects.cases
    answers = {rating.voice: rating.solved for rating in change.after.rounds[0].ratings}
    assert answers == {1: Solved.YES, 2: solved}
    assert change.after.state is (State.ASSIGNED if solved is Solved.NO else State.CLOSED)
    told = [send.to for send in effects.sends if isinstance(send.message, CaseReopened)]
    assert told == ([NEIGHBOUR, RESIDENT_PERSON] if solved is Solved.NO else [])
