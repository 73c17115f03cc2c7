"""What a voice can do with its case is offered exactly while it would be done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.rules.case import Case, State
from bot.rules.entry import PersonAsked, Solved, Urged, VoiceAdded
from bot.rules.following import Deed, deeds, may_still_judge
from tests.support.builders import ACCEPTED, FILED, NOW, RESOLVED, calendar, case_in, case_of, county, rated
from tests.support.hours import wall


def able(case: Case, now: datetime = NOW, voice: int = 1) -> set[Deed]:
    """Return what a voice can do."""
    return set(deeds(case, voice, county().rating, calendar(), now))


OPEN_DEEDS = {Deed.ADD, Deed.URGE, Deed.ASK_PERSON, Deed.WITHDRAW}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.TRIAGE, OPEN_DEEDS),
        (State.ASSIGNED, OPEN_DEEDS),
        (State.ACCEPTED, OPEN_DEEDS),
        (State.WAITING, OPEN_DEEDS - {Deed.URGE}),  # it is the resident's turn
        (State.RESOLVED, OPEN_DEEDS - {Deed.URGE}),  # there is a question to answer
        (State.CLOSED, {Deed.REOPEN, Deed.JUDGE_AGAIN}),
        (State.WITHDRAWN, set()),
        (State.REFUSED, set()),
        (State.MERGED, set()),
    ],
)
def test_each_state_offers_its_own(state: State, expected: set[Deed]) -> None:
    """From filing to closing, and nothing once it is over for good."""
    assert able(case_in(state)) == expected


@pytest.mark.parametrize(
    ("urged", "now", "may_again"),
    [
        ("2026-11-24 12:00", "2026-11-24 19:00", False),
        ("2026-11-24 12:00", "2026-11-25 00:10", True),
        ("2026-11-27 12:00", "2026-11-28 12:00", True),  # the weekend belongs to Monday
        ("2026-11-28 12:00", "2026-11-30 12:00", False),
        ("2026-11-28 12:00", "2026-12-01 12:00", True),
    ],
)
def test_a_unit_is_urged_once_a_working_day(urged: str, now: str, *, may_again: bool) -> None:
    """A second time is offered on the next working day; the same holds for asking for a person."""
    case = case_of(FILED, ACCEPTED, Urged(voice=1), PersonAsked(voice=1))
    case = replace(case, urged_at=wall(urged), person_asked_at=wall(urged))
    assert ({Deed.URGE, Deed.ASK_PERSON} <= able(case, wall(now))) is may_again


def test_a_case_behind_which_others_stand_is_not_withdrawn() -> None:
    """It is not one person's any more."""
    assert Deed.WITHDRAW not in able(replace(case_in(State.ACCEPTED), voices=2))


@pytest.mark.parametrize("state", list(State))
def test_a_case_behind_which_others_stand_is_left_to_them(state: State) -> None:
    """In stead of a withdrawal, exactly where that would be offered to whoever stands behind it alone."""
    alone, shared = able(case_in(state)), able(replace(case_in(state), voices=2), voice=2)
    assert (Deed.LEAVE in shared) is (Deed.WITHDRAW in alone)
    assert not {Deed.LEAVE} & alone


def test_whoever_has_left_can_do_nothing_and_the_last_one_withdraws() -> None:
    """The one who remains has the case alone again."""
    case = replace(case_in(State.ACCEPTED), voices=2, left=(1,))
    assert able(case) == set()
    assert able(case, voice=2) == OPEN_DEEDS


def test_whoever_has_answered_does_not_leave() -> None:
    """Their word counts; it is changed as a word, not by going."""
    case = case_of(FILED, VoiceAdded(voice=2), ACCEPTED, RESOLVED, rated(Solved.PARTLY))
    assert Deed.LEAVE not in able(case)
    assert Deed.LEAVE in able(case, voice=2)


@pytest.mark.parametrize(("deed", "days"), [(Deed.JUDGE_AGAIN, 7), (Deed.REOPEN, 30)])
def test_what_is_offered_about_a_closed_case_ends(deed: Deed, days: int) -> None:
    """By the county file: seven days to change one's mind, thirty to reopen, to the end of the office's day."""
    case = case_in(State.CLOSED)
    closed_at = case.now.closed_at
    assert closed_at is not None
    assert deed in able(case, closed_at + timedelta(days=days))
    assert deed not in able(case, closed_at + timedelta(days=days + 4))


def test_a_voice_has_its_say_after_anothers_answer_has_closed_the_case() -> None:
    """For seven days; not where nobody had answered, nor twice."""
    case = replace(case_in(State.CLOSED), voices=2)
    closed_at = case.now.closed_at
    assert closed_at is not None

    def may(case: Case, voice: int, days: int) -> bool:
        return may_still_judge(case, voice, county().rating, calendar(), closed_at + timedelta(days=days))

    assert may(case, 2, 7)
    assert not may(case, 2, 11)
    assert not may(case, 1, 1)
    assert not may(replace(case, left=(2,)), 2, 1)
    assert not may(replace(case, rounds=(replace(case.now, ratings=()),)), 2, 1)
    assert not may(case_in(State.RESOLVED), 2, 1)


def test_only_who_has_answered_changes_an_answer() -> None:
    """A voice that was silent has nothing to change."""
    assert Deed.JUDGE_AGAIN not in able(case_in(State.CLOSED), voice=2)
