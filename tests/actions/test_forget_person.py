"""Being forgotten: which tie is cut, which words go now and which later, and when the chat itself is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.forget_person import LINGERS, ask_what_to_forget, forget_chat, forget_person
from bot.ports import TiedCase
from bot.rules.case import State
from bot.rules.dialog import Idle
from bot.rules.due import ForgetPerson
from bot.rules.effect import NOTHING
from bot.rules.entry import ContentErased, Erasing, TieCut, Withdrawn
from bot.rules.erasure import AtClosing, CaseContent, Forgetting, PersonGone, Tie
from bot.rules.message import ForgetQuestion, Forgotten, TaskWithdrawn
from tests.support.builders import NOW, NUMBER, OFFICER, RESIDENT_PERSON, case_in, draft, sender

ENDED = (State.CLOSED, State.WITHDRAWN, State.REFUSED, State.MERGED)
ALIVE = (State.ASSIGNED, State.ACCEPTED, State.RESOLVED)


def tied(state: State, voice: int = 1, *, has_others: bool = False) -> TiedCase:
    """Tie the resident to a case in a state, with the officer in charge of it."""
    case = case_in(state)
    return TiedCase(case, voice, has_others, OFFICER.person if case.officer else None)


def test_nothing_is_erased_by_asking() -> None:
    """The question counts what is tied, and what of it has not ended."""
    effects = ask_what_to_forget(RESIDENT_PERSON, [tied(State.CLOSED), tied(State.RESOLVED), tied(State.ASSIGNED)])
    (question,) = effects.sends
    assert question.message == ForgetQuestion(cases=3, open=2)
    assert (effects.erased, effects.entries, effects.cases, effects.planned) == ((), (), (), ())


@pytest.mark.parametrize("state", ALIVE)
def test_a_tie_is_cut_and_the_words_stay_until_the_end(state: State) -> None:
    """The case goes on as it is; the ledger says that a tie was cut, by whom is the resident."""
    effects = forget_person(sender(), [tied(state)], Forgetting.TIE, NOW, None)
    assert effects.erased == (Tie(NUMBER, 1), AtClosing(NUMBER))
    assert effects.cases == ()
    assert [(entry.fact, entry.case, entry.actor) for entry in effects.entries] == [(TieCut(voice=1), NUMBER, "resident")]


@pytest.mark.parametrize("state", ALIVE)
def test_all_withdraws_what_has_not_ended(state: State) -> None:
    """Its words go at once, its reminders too; the officer in charge is told, where one still works on it."""
    effects = forget_person(sender(), [tied(state)], Forgetting.ALL, NOW, None)
    (change,) = effects.cases
    assert (change.after.state, [type(each.fact) for each in change.entries]) == (State.WITHDRAWN, [Withdrawn])
    assert effects.erased == (CaseContent(NUMBER),)
    assert effects.cancelled == (f"{NUMBER}/",)
    assert [entry.fact for entry in effects.entries] == [ContentErased(because=Erasing.REQUEST)]
    told = [send.to for send in effects.sends if isinstance(send.message, TaskWithdrawn)]
    assert told == ([OFFICER.person] if state is State.ACCEPTED else [])


@pytest.mark.parametrize("how", Forgetting)
@pytest.mark.parametrize("state", ENDED)
def test_the_words_of_what_has_ended_go_at_once(state: State, how: Forgetting) -> None:
    """Whichever of the two was asked for."""
    effects = forget_person(sender(), [tied(state)], how, NOW, None)
    assert effects.erased == (CaseContent(NUMBER),)
    assert [entry.fact for entry in effects.entries] == [ContentErased(because=Erasing.REQUEST)]


@pytest.mark.parametrize("how", Forgetting)
@pytest.mark.parametrize("state", [*ALIVE, *ENDED])
def test_for_others_a_case_goes_on(state: State, how: Forgetting) -> None:
    """Only the tie is cut; the filer's words go when it ends, those of somebody else stay theirs."""
    effects = forget_person(sender(), [tied(state, has_others=True)], how, NOW, None)
    assert effects.erased == (Tie(NUMBER, 1), AtClosing(NUMBER))
    assert effects.cases == ()
    joined = forget_person(sender(), [tied(state, voice=2, has_others=True)], how, NOW, None)
    assert joined.erased == (Tie(NUMBER, 2),)
    (told,) = [send.message for send in joined.sends]
    assert told == Forgotten(how=how, shared=1, is_official=False)


def test_a_draft_goes_and_the_chat_follows() -> None:
    """Some minutes later, so that the answer can be sent; never that of somebody who works here."""
    effects = forget_person(sender(dialog=draft()), [], Forgetting.ALL, NOW, 7)
    assert effects.dialog == Idle()
    (due,) = effects.planned
    assert (due.at, due.task) == (NOW + LINGERS, ForgetPerson(person=RESIDENT_PERSON))
    (send,) = effects.sends
    assert (send.replaces, send.message) == (7, Forgotten(how=Forgetting.ALL, shared=0, is_official=False))
    official = forget_person(sender(OFFICER.person, OFFICER), [], Forgetting.ALL, NOW, None)
    assert official.planned == ()
    assert official.sends[0].message == Forgotten(how=Forgetting.ALL, shared=0, is_official=True)


def test_a_chat_is_forgotten_when_nothing_happens_in_it_any_more() -> None:
    """Who came back keeps it; where a message is on its way it is forgotten later."""
    assert forget_chat(RESIDENT_PERSON, NOW, is_back=True, is_waiting=True) == NOTHING
    later = forget_chat(RESIDENT_PERSON, NOW, is_back=False, is_waiting=True)
    assert [due.at for due in later.planned] == [NOW + timedelta(minutes=10)]
    gone = forget_chat(RESIDENT_PERSON, NOW, is_back=False, is_waiting=False)
    assert gone.erased == (PersonGone(RESIDENT_PERSON),)
