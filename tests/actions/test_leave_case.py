"""Leaving a case to the others behind it, and coming back: what is entered, who hears of it, and who does not."""

from __future__ import annotations

from dataclasses import replace as changed

import pytest
from msgspec.structs import replace

from bot.actions.forget_person import ask_what_to_forget, forget_person
from bot.actions.history import case_history
from bot.actions.leave_case import leave_case, return_to_case, show_left, want_leaving
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.ports import Sender, TiedCase
from bot.rules.case import Case, State
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT, Entry, TieCut, VoiceAdded, VoiceLeft
from bot.rules.erasure import AtClosing, Forgetting, Tie
from bot.rules.message import PROOF_HOLE, CaseLeft, ForgetQuestion, LeavingWanted, Receipt
from tests.support.builders import EVERYBODY, FILED, NEIGHBOUR, NOW, NUMBER, RESIDENT_PERSON, WORDS, case_in
from tests.support.known import desk


def shared(state: State = State.ACCEPTED) -> Case:
    """Have a case behind which two people stand."""
    return replace(case_in(state), voices=2)


def stake(case: Case, voice: int = 1) -> Stake:
    """Stand behind it, as one of its voices."""
    person, other = (RESIDENT_PERSON, NEIGHBOUR) if voice == 1 else (NEIGHBOUR, RESIDENT_PERSON)
    return Stake(case, voice, person, WORDS, EVERYBODY, pressed=7, others=(other,))


@pytest.mark.parametrize("voice", [1, 2])
def test_leaving_is_asked_about_first_and_nobody_else_hears_of_it(voice: int) -> None:
    """One entry, one message, to whoever leaves: neither officials nor the others are told who is gone."""
    (asked,) = want_leaving(desk(), stake(shared(), voice), NOW).sends
    assert (asked.message, asked.replaces) == (LeavingWanted(case=NUMBER, is_filer=voice == 1), 7)
    effects = leave_case(desk(), stake(shared(), voice), NOW)
    (change,) = effects.cases
    assert [(each.actor, each.fact) for each in change.entries] == [(RESIDENT, VoiceLeft(voice=voice))]
    assert (change.leaving, change.after.state, change.after.behind) == ((voice,), State.ACCEPTED, 1)
    (told,) = effects.sends
    assert (told.to, told.message) == (stake(shared(), voice).person, CaseLeft(case=NUMBER, can_return=True))
    assert (effects.cancelled, effects.planned, effects.erased) == ((), (), ())


def test_the_last_one_does_not_leave_but_withdraws() -> None:
    """A confirmation from when there were two comes too late, and nothing is taken back that was not said to be."""
    for case in (case_in(State.ACCEPTED), replace(shared(), left=(2,))):
        with pytest.raises(IllegalTransition):
            want_leaving(desk(), stake(case), NOW)
        with pytest.raises(IllegalTransition):
            leave_case(desk(), stake(case), NOW)


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN, State.REFUSED, State.MERGED])
def test_a_case_that_is_over_is_neither_left_nor_returned_to(state: State) -> None:
    """Nothing more is asked about it anyway; whoever left it earlier is told, and offered nothing."""
    with pytest.raises(IllegalTransition):
        leave_case(desk(), stake(shared(state)), NOW)
    with pytest.raises(IllegalTransition):
        return_to_case(shared(state), NEIGHBOUR, 7, NOW)
    (said,) = show_left(shared(state), NEIGHBOUR).sends
    assert said.message == CaseLeft(case=NUMBER, can_return=False)


@pytest.mark.parametrize("state", [State.TRIAGE, State.ASSIGNED, State.ACCEPTED, State.WAITING, State.RESOLVED])
def test_whoever_comes_back_is_one_more_voice_with_a_receipt(state: State) -> None:
    """As long as the case is not over; what they were before does not come back."""
    case = replace(shared(state), left=(2,))
    effects = return_to_case(case, NEIGHBOUR, 7, NOW)
    (change,) = effects.cases
    assert [each.fact for each in change.entries] == [VoiceAdded(voice=3)]
    assert (change.joining, change.after.behind, change.after.left) == ((NEIGHBOUR,), 2, (2,))
    (sent,) = effects.sends
    assert isinstance(sent.message, Receipt)
    assert (sent.to, sent.message.is_joined, sent.message.proof) == (NEIGHBOUR, True, PROOF_HOLE)


def test_officials_do_not_read_in_a_case_that_somebody_left() -> None:
    """That somebody joined they do; the ledger has both."""
    facts = (FILED, VoiceAdded(voice=2), VoiceLeft(voice=2))
    entries = [Entry(at=NOW, actor=RESIDENT, case=NUMBER, fact=fact) for fact in facts]
    assert [line.kind for line in case_history(shared(), entries, {}, {}).lines] == ["filed", "voice_added"]


@pytest.mark.parametrize("how", list(Forgetting))
@pytest.mark.parametrize("state", [State.ACCEPTED, State.CLOSED])
def test_whoever_left_and_is_forgotten_takes_nothing_from_those_who_stayed(state: State, how: Forgetting) -> None:
    """The tie is cut and the case goes on; of what they filed, the words go when it ends."""
    case = replace(shared(state), left=(1,))
    tied = TiedCase(case, 1, has_others=False, officer=None, has_left=True)
    sender = Sender(RESIDENT_PERSON, is_new=False, language=None, township=None, dialog=Idle(), roles=())
    effects = forget_person(sender, (tied, changed(tied, voice=2)), how, NOW, 7)
    assert cut(effects) == [TieCut(voice=1), TieCut(voice=2)]
    assert effects.cases == ()
    assert effects.erased == (Tie(NUMBER, 1), AtClosing(NUMBER), Tie(NUMBER, 2))


def test_what_was_left_is_no_open_case_of_whoever_is_asked_what_to_forget() -> None:
    """It is tied to them all the same."""
    tied = TiedCase(shared(), 1, has_others=True, officer=None, has_left=True)
    (question,) = ask_what_to_forget(RESIDENT_PERSON, (tied,)).sends
    assert question.message == ForgetQuestion(cases=1, open=0)


def cut(effects: Effects) -> list[object]:
    """Return what is entered beside cases."""
    return [each.fact for each in effects.entries]
