"""A drawn case is asked about from outside its unit: told, listed, asked, answered once, opened again where it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from bot.actions.call_back import (
    ANSWERED_WITHIN,
    LISTED,
    answer_callback,
    ask_voices,
    callback_line,
    enter_answer,
    list_callbacks,
    show_callback,
    tell_callbacks,
    tell_silent,
)
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.due import CallbackSilent
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import (
    CLOCK,
    RESIDENT,
    CallbackAsked,
    CallbackDrawn,
    CalledBack,
    Channel,
    Entry,
    Reopened,
    ReopenReason,
    Solved,
)
from bot.rules.identity import CaseNumber, PersonId, StaffId
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackList,
    CallbackNotice,
    CallbackQuestion,
    CaseReopened,
    RatingThanks,
    Remark,
    ReopenNotice,
    Said,
    TaskNotice,
)
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WORDS,
    case_in,
    case_of,
    matter,
    staff,
)
from tests.support.known import desk

CLOSED = case_in(State.CLOSED)
OPERATOR = staff(Role.OPERATOR, None)
HEARD = case_of(*TO[State.CLOSED], CalledBack(round=1, solved=Solved.YES))
DRAWN = (Entry(at=NOW, actor=CLOCK, case=NUMBER, fact=CallbackDrawn(round=1, counted="0" * 64)),)
ANCHOR = f"callback/{NUMBER}/1"
CARD = f"callback-card/{NUMBER}/1"
ASKED = (*DRAWN, Entry(at=NOW, actor=OPERATOR.id, case=NUMBER, fact=CallbackAsked(round=1)))
SILENT = CallbackSilent(case=NUMBER, round=1)


def stake(case: Case = CLOSED, roles: tuple[Staff, ...] = EVERYBODY) -> Stake:
    """Return what the resident has to do with the case."""
    return Stake(case, 1, RESIDENT_PERSON, WORDS, roles, pressed=8, others=(NEIGHBOUR,))


def told(effects: Effects, kind: type) -> list[Send]:
    """Return what is sent of one kind."""
    return [send for send in effects.sends if isinstance(send.message, kind)]


def test_operators_and_supervisors_are_told_how_many_wait() -> None:
    """Each once, in office hours; officers and admins are not."""
    effects = tell_callbacks([CLOSED], (*EVERYBODY, OPERATOR))
    notice = CallbackNotice(total=1)
    assert {(send.to, send.message, send.priority) for send in effects.sends} == {
        (SUPERVISOR.person, notice, Priority.NOTICE),
        (OPERATOR.person, notice, Priority.NOTICE),
    }


def test_admins_are_told_where_nobody_else_can_call() -> None:
    """Without operators and supervisors, when none can be reached, and of a case whose unit is theirs."""
    away = replace(SUPERVISOR, is_reachable=False)
    inside = staff(Role.SUPERVISOR, TRANSPORT)
    for others in ((), (away,), (inside,)):
        effects = tell_callbacks([CLOSED, CLOSED], (OFFICER, ADMIN, *others))
        assert effects.sends == (Send(ADMIN.person, CallbackNotice(total=2), Priority.NOTICE),)


def test_nobody_is_told_of_nothing() -> None:
    """A week without a draw is quiet."""
    assert tell_callbacks([], (*EVERYBODY, OPERATOR)) == Effects()


def test_the_list_holds_what_one_may_call_and_says_how_many_there_are() -> None:
    """Ten at most; nothing of one's own unit."""
    cases = [msgspec.structs.replace(CLOSED, number=CaseNumber(f"CB-2026-{number:06}")) for number in range(LISTED + 2)]
    (send,) = list_callbacks(OPERATOR.person, (OPERATOR,), cases, 5).sends
    assert send.message == CallbackList(cases=tuple(map(callback_line, cases[:LISTED])), total=LISTED + 2)
    assert send.replaces == 5
    (send,) = list_callbacks(OPERATOR.person, (staff(Role.OPERATOR, TRANSPORT),), cases).sends
    assert send.message == Said(Remark.CALLBACKS_EMPTY)


def test_a_drawn_case_is_shown_without_a_word_of_it() -> None:
    """What a caller needs, and nothing that was written."""
    (send,) = show_callback(matter(CLOSED, OPERATOR, pressed=5), DRAWN).sends
    assert send == Send(OPERATOR.person, CallbackCard(line=callback_line(CLOSED), voices=2), anchor=CARD, replaces=5)
    assert WORDS not in str(send.message)


def test_the_number_that_a_caller_left_can_be_opened_from_the_card() -> None:
    """By whoever asks callers, where nobody follows the case in a chat; the press is what is entered, not the card."""
    phoned = msgspec.structs.replace(CLOSED, channel=Channel.HOTLINE)

    def has_number(reader: Staff, *, voices: tuple[PersonId, ...] = (), has_phone: bool = True) -> bool:
        effects = show_callback(replace(matter(phoned, reader), voices=voices), DRAWN, has_phone=has_phone)
        (send,) = effects.sends
        assert isinstance(send.message, CallbackCard)
        assert effects.entries == ()
        return send.message.has_number

    assert has_number(OPERATOR)
    assert not has_number(OPERATOR, has_phone=False)
    assert not has_number(OPERATOR, voices=(RESIDENT_PERSON,))
    assert not has_number(ADMIN)


def test_everybody_behind_the_case_is_asked_and_asking_again_leaves_one_question() -> None:
    """The question has a name of its own, so that a second one takes its place."""
    effects = ask_voices(matter(CLOSED, OPERATOR), DRAWN, 1, NOW)
    asked = told(effects, CallbackQuestion)
    assert [(send.to, send.anchor) for send in asked] == [(RESIDENT_PERSON, ANCHOR), (NEIGHBOUR, ANCHOR)]
    (card,) = told(effects, CallbackCard)
    assert card.message == CallbackCard(line=callback_line(CLOSED), voices=2, asked_at=NOW)
    assert not effects.cases


def test_who_has_the_bot_ask_is_entered_and_the_time_for_an_answer_runs() -> None:
    """Shown again, the card says when it was asked; asked by a second caller, too, there is one such time."""
    effects = ask_voices(matter(CLOSED, OPERATOR), DRAWN, 1, NOW)
    assert effects.entries == ASKED[1:]
    (due,) = effects.planned
    assert (due.key, due.at, due.task) == (f"{NUMBER}/1/callback", NOW + ANSWERED_WITHIN, SILENT)
    (send,) = show_callback(matter(CLOSED, OPERATOR), ASKED).sends
    assert send.message == CallbackCard(line=callback_line(CLOSED), voices=2, asked_at=NOW)
    later = ask_voices(matter(CLOSED, SUPERVISOR), ASKED, 1, NOW + ANSWERED_WITHIN)
    assert [each.key for each in later.planned] == [due.key]


def test_nobody_is_asked_who_has_no_chat() -> None:
    """A button of a card that was drawn while there still was somebody."""
    with pytest.raises(IllegalTransition):
        ask_voices(replace(matter(CLOSED, OPERATOR), voices=()), DRAWN, 1, NOW)


@pytest.mark.parametrize("solved", list(Solved))
def test_the_answer_finds_whoever_had_the_bot_ask(solved: Solved) -> None:
    """Once anew, and in place of their card, whose buttons do nothing any more; nobody else hears it."""
    effects = answer_callback(desk(), stake(roles=(*EVERYBODY, OPERATOR)), ASKED, (1, solved), NOW)
    heard = CallbackCard(line=callback_line(CLOSED), voices=0, heard=solved)
    assert told(effects, CallbackCard) == [
        Send(OPERATOR.person, heard, Priority.NOTICE, anchor=CARD),
        Send(OPERATOR.person, heard, Priority.NOTICE),
    ]
    assert any(f"{NUMBER}/1/callback".startswith(key) for key in effects.cancelled)


def test_what_a_colleague_hears_by_telephone_is_told_to_whoever_had_the_bot_ask() -> None:
    """Not to the caller themselves, who reads that it is entered."""
    known = replace(matter(CLOSED, SUPERVISOR), staff=(*EVERYBODY, OPERATOR))
    effects = enter_answer(desk(), known, ASKED, 1, Solved.YES, NOW)
    assert {send.to for send in told(effects, CallbackCard)} == {OPERATOR.person}
    own = enter_answer(desk(), replace(matter(CLOSED, OPERATOR), staff=(*EVERYBODY, OPERATOR)), ASKED, 1, Solved.YES, NOW)
    assert not told(own, CallbackCard)


def test_an_answer_that_never_comes_is_told_once_its_time_is_over() -> None:
    """By the clock, to whoever had the bot ask; not when somebody was heard, and not to whoever lost the right."""
    behind = ((1, RESIDENT_PERSON),)
    (send,) = tell_silent(CLOSED, SILENT, ASKED, behind, (*EVERYBODY, OPERATOR)).sends
    card = CallbackCard(line=callback_line(CLOSED), voices=1, asked_at=NOW, is_silent=True)
    assert send == Send(OPERATOR.person, card, Priority.NOTICE)
    assert tell_silent(HEARD, SILENT, ASKED, behind, (OPERATOR,)) == Effects()
    inside = staff(Role.OPERATOR, TRANSPORT)
    for readers in ((), (inside,), (replace(OPERATOR, is_reachable=False),)):
        assert tell_silent(CLOSED, SILENT, ASKED, behind, readers) == Effects()
    assert tell_silent(CLOSED, SILENT, ASKED, ((2, OPERATOR.person),), (OPERATOR,)) == Effects()


def test_a_yes_by_telephone_is_entered_under_the_callers_sign() -> None:
    """The case stays closed, and its residents are left in peace."""
    effects = enter_answer(desk(), matter(CLOSED, OPERATOR, pressed=5), DRAWN, 1, Solved.YES, NOW)
    (change,) = effects.cases
    assert [(each.actor, each.fact) for each in change.entries] == [(OPERATOR.id, CalledBack(round=1, solved=Solved.YES))]
    assert (change.before, change.after.state, change.after.now.called_back) == (CLOSED, State.CLOSED, Solved.YES)
    assert effects.sends == (Send(OPERATOR.person, CallbackEntered(case=NUMBER, solved=Solved.YES), replaces=5),)


@pytest.mark.parametrize("solved", [Solved.PARTLY, Solved.NO])
def test_anything_else_by_telephone_opens_the_case_again(solved: Solved) -> None:
    """New limits; unit, supervisors and everybody behind the case are told."""
    effects = enter_answer(desk(), matter(CLOSED, OPERATOR), DRAWN, 1, solved, NOW)
    again(effects, OPERATOR.id, solved)
    assert [send.to for send in told(effects, CaseReopened)] == [RESIDENT_PERSON, NEIGHBOUR]


def again(effects: Effects, actor: StaffId | str, solved: Solved) -> None:
    """Look at a case that a callback has opened again."""
    (change,) = effects.cases
    called, reopened = change.entries
    assert (called.actor, called.fact) == (actor, CalledBack(round=1, solved=solved))
    assert isinstance(reopened.fact, Reopened)
    assert (reopened.actor, reopened.fact.reason, reopened.fact.round) == (actor, ReopenReason.CALLBACK, 2)
    assert change.after.state is State.ASSIGNED
    assert change.after.now.due_at is not None
    assert change.after.now.due_at > NOW
    assert [send.to for send in told(effects, ReopenNotice)] == [SUPERVISOR.person]
    assert OFFICER.person in {send.to for send in told(effects, TaskNotice)}
    assert effects.planned
    assert effects.cancelled == (f"{NUMBER}/1/",)


def test_the_residents_own_tap_is_entered_as_theirs() -> None:
    """Thanked in place of the question."""
    effects = answer_callback(desk(), stake(), DRAWN, (1, Solved.YES), NOW)
    (change,) = effects.cases
    assert [(each.actor, each.fact) for each in change.entries] == [(RESIDENT, CalledBack(round=1, solved=Solved.YES))]
    thanks = RatingThanks(case=NUMBER, solved=Solved.YES, score=None)
    assert effects.sends == (Send(RESIDENT_PERSON, thanks, anchor=ANCHOR, replaces=8),)


@pytest.mark.parametrize("solved", [Solved.PARTLY, Solved.NO])
def test_the_residents_own_no_opens_the_case_again(solved: Solved) -> None:
    """The others behind it are told, too."""
    effects = answer_callback(desk(), stake(), DRAWN, (1, solved), NOW)
    again(effects, RESIDENT, solved)
    assert [send.to for send in told(effects, CaseReopened)] == [RESIDENT_PERSON, NEIGHBOUR]


def test_a_second_answer_changes_nothing() -> None:
    """Neither through the bot nor by telephone, and it is asked about no more."""
    acts: tuple[Callable[[], Effects], ...] = (
        lambda: answer_callback(desk(), stake(HEARD), DRAWN, (1, Solved.NO), NOW),
        lambda: enter_answer(desk(), matter(HEARD, OPERATOR), DRAWN, 1, Solved.NO, NOW),
        lambda: ask_voices(matter(HEARD, OPERATOR), DRAWN, 1, NOW),
        lambda: show_callback(matter(HEARD, OPERATOR), DRAWN),
    )
    for act in acts:
        with pytest.raises(IllegalTransition):
            act()


def test_what_no_draw_fell_on_is_left_alone() -> None:
    """A forged button enters nothing."""
    with pytest.raises(IllegalTransition):
        answer_callback(desk(), stake(), (), (1, Solved.YES), NOW)
    with pytest.raises(IllegalTransition):
        enter_answer(desk(), matter(CLOSED, OPERATOR), (), 1, Solved.YES, NOW)


def test_nobody_of_the_unit_enters_or_answers() -> None:
    """Not as a caller, and not as a resident either."""
    acts: tuple[Callable[[], Effects], ...] = (
        lambda: show_callback(matter(CLOSED, OFFICER), DRAWN),
        lambda: ask_voices(matter(CLOSED, OFFICER), DRAWN, 1, NOW),
        lambda: enter_answer(desk(), matter(CLOSED, SUPERVISOR, OFFICER), DRAWN, 1, Solved.YES, NOW),
        lambda: answer_callback(
            desk(), stake(roles=(replace(OFFICER, person=RESIDENT_PERSON),)), DRAWN, (1, Solved.YES), NOW
        ),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
