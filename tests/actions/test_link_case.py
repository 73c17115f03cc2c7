"""A case is linked by its number and its code; whatever is wrong, the answer is the same, and there are few tries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.link_case import ask_which, link_case, refuse
from bot.actions.resolve_case import rating_question
from bot.rules.caller import CASE_TRIES, PERSON_TRIES, TRIES_LAST, Linked, Trying, WrongCode
from bot.rules.case import State
from bot.rules.dialog import Idle, Linking
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT, CodeClosed, VoiceLinked
from bot.rules.message import CaseLinked, LinkQuestion, LinkRefused
from tests.support.builders import DUE_AT, NOW, NUMBER, RESIDENT_PERSON, ROADS, TRANSPORT, case_in

RIGHT = Trying(fits=True, tries=0, since=None, count=0)
WRONG = Trying(fits=False, tries=0, since=None, count=0)
EARLIER = NOW - timedelta(hours=1)
LONG_AGO = NOW - TRIES_LAST


def said(trying: Trying) -> Effects:
    """Say a code for a case that is being worked on."""
    return link_case(RESIDENT_PERSON, case_in(State.ACCEPTED), trying, None, NOW)


def test_number_and_code_are_asked_for_and_then_the_code_alone() -> None:
    """The next message is the answer."""
    assert ask_which(RESIDENT_PERSON).dialog == Linking(case=None)
    effects = ask_which(RESIDENT_PERSON, NUMBER)
    assert effects.dialog == Linking(case=NUMBER)
    assert [each.message for each in effects.sends] == [LinkQuestion(case=NUMBER)]


def test_the_right_code_makes_the_caller_the_first_voice() -> None:
    """An entry says so, without saying who; the person is told where the case stands."""
    effects = said(RIGHT)
    assert effects.linked == (Linked(NUMBER, RESIDENT_PERSON),)
    (entry,) = effects.entries
    assert (entry.actor, entry.fact, entry.case) == (RESIDENT, VoiceLinked(voice=1), NUMBER)
    linked = CaseLinked(case=NUMBER, unit=TRANSPORT, category=ROADS, state=State.ACCEPTED, due_at=DUE_AT)
    assert [each.message for each in effects.sends] == [linked]
    assert isinstance(effects.dialog, Idle)
    assert effects.wrong_codes == ()


def test_what_the_case_asks_just_now_is_asked_of_whoever_links_it() -> None:
    """A case that is resolved waits for a rating."""
    case = case_in(State.RESOLVED)
    question = rating_question(case, "修好了", is_repeated=False)
    effects = link_case(RESIDENT_PERSON, case, RIGHT, question, NOW)
    assert [(type(each.message), each.anchor) for each in effects.sends] == [
        (CaseLinked, None),
        (type(question), f"rating/{NUMBER}/1"),
    ]


@pytest.mark.parametrize(
    ("trying", "counted"),
    [
        (WRONG, WrongCode((NUMBER, 0), RESIDENT_PERSON, NOW, 1)),
        (
            Trying(fits=False, tries=3, since=EARLIER, count=2),
            WrongCode((NUMBER, 3), RESIDENT_PERSON, EARLIER, 3),
        ),
        (Trying(fits=False, tries=None, since=None, count=0), WrongCode(None, RESIDENT_PERSON, NOW, 1)),
        (Trying(fits=True, tries=CASE_TRIES, since=None, count=0), WrongCode(None, RESIDENT_PERSON, NOW, 1)),
        (Trying(fits=False, tries=1, since=LONG_AGO, count=PERSON_TRIES), WrongCode((NUMBER, 1), RESIDENT_PERSON, NOW, 1)),
    ],
    ids=["wrong", "wrong again", "used or unknown", "guessed at too often", "yesterday counts no more"],
)
def test_a_wrong_code_is_counted_and_nothing_else_happens(trying: Trying, counted: WrongCode) -> None:
    """Whatever is wrong with it, the person reads the same."""
    effects = said(trying)
    assert effects.wrong_codes == (counted,)
    assert (effects.linked, effects.entries, effects.cases) == ((), (), ())
    assert [each.message for each in effects.sends] == [LinkRefused(left=PERSON_TRIES - counted.count)]
    assert effects.dialog == Linking(case=NUMBER)


@pytest.mark.parametrize("fits", [True, False])
def test_after_five_wrong_codes_a_day_not_even_the_right_one_opens(fits: bool) -> None:  # noqa: FBT001 (a parameter)
    """And it is not compared any more, so that nothing can be learned."""
    effects = said(Trying(fits=fits, tries=0, since=EARLIER, count=PERSON_TRIES))
    assert (effects.linked, effects.wrong_codes) == ((), ())
    assert [each.message for each in effects.sends] == [LinkRefused(left=0)]
    assert isinstance(effects.dialog, Idle)


def test_the_last_try_says_that_it_was_the_last() -> None:
    """The conversation ends with it."""
    effects = said(Trying(fits=False, tries=0, since=NOW, count=PERSON_TRIES - 1))
    assert [each.message for each in effects.sends] == [LinkRefused(left=0)]
    assert isinstance(effects.dialog, Idle)


def test_a_case_that_does_not_exist_looks_like_a_wrong_code() -> None:
    """Nobody finds out which numbers there are."""
    unknown = Trying(fits=False, tries=None, since=None, count=0)
    assert refuse(RESIDENT_PERSON, NUMBER, unknown, NOW).sends == said(WRONG).sends


def test_the_last_wrong_code_of_a_case_is_an_entry() -> None:
    """From then on its code is good no more; the ones before are only counted, and of a made-up number nothing is said."""
    for tries in range(CASE_TRIES + 1):
        effects = refuse(RESIDENT_PERSON, NUMBER, Trying(fits=False, tries=tries, since=None, count=0), NOW)
        entered = [(each.case, each.fact) for each in effects.entries]
        assert entered == ([(NUMBER, CodeClosed(tries=CASE_TRIES))] if tries == CASE_TRIES - 1 else [])
