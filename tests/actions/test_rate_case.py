"""The resident's own word decides what "solved" means: yes closes, no reopens, partly asks once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import msgspec
import pytest

from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.actions.reopen_case import reopen_case
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, RuleViolation, StaleButton
from bot.rules.case import Case, Rating, State
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, CaseFact, Closed, Closing, Rated, Reopened, ReopenReason, Solved
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
from bot.rules.staff import Staff
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
    SUPERVISION,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WORDS,
    again_in,
    case_in,
    case_of,
    closed,
    county,
    desk,
    entry,
    rated,
    staff,
)
from tests.support.hours import wall

ANCHOR = f"rating/{NUMBER}/1"
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
        Send(OFFICER.person, TaskRated(case=NUMBER, solved=Solved.YES, score=None), Priority.NOTICE),
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
    """One entry more, with the answer repeated; the resident is thanked in place and the officer told."""
    effects = rate_score(desk(), stake(case_in(State.CLOSED)), 1, score, NOW)
    assert facts(effects) == [Rated(round=1, voice=1, solved=Solved.YES, score=score)]
    assert effects.cases[0].after.state is State.CLOSED
    assert effects.sends == (
        Send(RESIDENT_PERSON, RatingThanks(case=NUMBER, solved=Solved.YES, score=score, round=1), anchor=ANCHOR),
        Send(OFFICER.person, TaskRated(case=NUMBER, solved=Solved.YES, score=score), Priority.NOTICE),
    )


@pytest.mark.parametrize("score", [-1, 0, 6, 10**9])
def test_there_are_five_scores(score: int) -> None:
    """A forged button with another number does nothing."""
    with pytest.raises(StaleButton):
        rate_score(desk(), stake(case_in(State.CLOSED)), 1, score, NOW)


def test_a_score_can_be_changed() -> None:
    """The last score given is the one that stands."""
    twice = evolve(case_in(State.CLOSED), entry(rated(Solved.YES, 2)))
    after = rate_score(desk(), stake(twice), 1, 4, NOW).cases[0].after
    assert after.now.ratings == (Rating(1, Solved.YES, 4, NOW),)


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
