"""What a caller says by telephone is entered by somebody outside the unit, with its source; each look at the number, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from bot.actions.matter import Matter
from bot.actions.rate_by_phone import enter_choice, enter_score, enter_solved, list_calls, open_number, show_call
from bot.actions.want_call import want_calls
from bot.errors import IllegalTransition, NotFound, NotPermitted, StaleButton
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.entry import Channel, Closed, Closing, Look, Looked, Rated, Reopened, ReopenReason, Solved, Source
from bot.rules.life import fold
from bot.rules.message import CallCard, CallsList, CallStage, CallWanted, NumberOpened, TaskRated
from tests.support.builders import (
    ACCEPTED,
    ADMIN,
    FILED,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    RESOLVED,
    SUPERVISOR,
    TRANSPORT,
    entries,
    matter,
    staff,
)
from tests.support.known import desk

OPERATOR = staff(Role.OPERATOR, None)
INSIDER = staff(Role.OPERATOR, TRANSPORT, name="insider")
EVERYBODY = (OFFICER, LEAD, OPERATOR, SUPERVISOR, ADMIN)


def phoned(*facts: object, **changed: object) -> Case:
    """Make a case that came in by telephone and was resolved."""
    filed = msgspec.structs.replace(FILED, channel=Channel.HOTLINE, **changed)
    case = fold(entries(filed, ACCEPTED, RESOLVED, *facts))  # type: ignore[arg-type]  # facts of cases
    assert case is not None
    return case


def by(case: Case, *roles: object, voices: tuple[object, ...] = ()) -> Matter:
    """Put it in front of whoever holds these roles; nobody follows it in a chat."""
    return replace(matter(case, *roles, pressed=9, everybody=EVERYBODY), voices=voices)  # type: ignore[arg-type]  # roles


def heard(solved: Solved, case: Case | None = None) -> Effects:
    """Enter an answer."""
    return enter_solved(desk(), by(case or phoned(), OPERATOR), 1, solved, NOW)


def after(effects: Effects) -> Case:
    """Return the case as it is then."""
    (change,) = effects.cases
    return change.after


def test_those_who_ask_by_telephone_are_told_and_nobody_of_the_unit() -> None:
    """Operators; where there is none outside the unit, the supervisors."""
    case = phoned()
    assert [(each.to, type(each.message)) for each in want_calls(case, EVERYBODY)] == [(OPERATOR.person, CallWanted)]
    others = (OFFICER, LEAD, INSIDER, SUPERVISOR, ADMIN)
    assert [each.to for each in want_calls(case, others)] == [SUPERVISOR.person]
    assert want_calls(case, (OFFICER, INSIDER)) == ()
    secret = phoned(is_confidential=True)
    assert [each.to for each in want_calls(secret, EVERYBODY)] == [SUPERVISOR.person]


def test_the_list_has_what_one_may_ask_about() -> None:
    """Nothing of one's own unit, nothing confidential for an operator."""
    cases = (phoned(), phoned(is_confidential=True))
    (send,) = list_calls(OPERATOR.person, (OPERATOR,), cases).sends
    assert isinstance(send.message, CallsList)
    assert send.message.total == 1
    (nothing,) = list_calls(INSIDER.person, (INSIDER,), cases).sends
    assert nothing.message == CallsList(cases=(), total=0)


ACTS: dict[str, Callable[[Matter], Effects]] = {
    "show": lambda of: show_call(of, "修好了"),
    "number": lambda of: open_number(of, "110", NOW, is_drawn=True),
    "solved": lambda of: enter_solved(desk(), of, 1, Solved.YES, NOW),
    "choice": lambda of: enter_choice(desk(), of, 1, NOW, goes_on=False),
    "score": lambda of: enter_score(of, 1, 5, NOW),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("roles", [(), (OFFICER,), (LEAD,), (INSIDER,), (OPERATOR, OFFICER), (ADMIN,)], ids=str)
def test_nobody_of_the_unit_and_nobody_without_the_role_enters_a_rating(act: str, roles: tuple[object, ...]) -> None:
    """Whoever works in the unit in any role is out, also as an operator."""
    with pytest.raises(NotPermitted):
        ACTS[act](by(phoned(), *roles))


def test_a_yes_closes_and_says_that_it_was_heard_by_telephone() -> None:
    """The entries are the operator's; the officer hears of it, the operator asks for the score."""
    effects = heard(Solved.YES)
    (change,) = effects.cases
    assert [(each.actor, each.fact) for each in change.entries] == [
        (OPERATOR.id, Rated(round=1, voice=1, solved=Solved.YES, score=None, source=Source.PHONE)),
        (OPERATOR.id, Closed(round=1, how=Closing.RATED)),
    ]
    rating = change.after.rating_of(1)
    assert rating is not None
    assert rating.source is Source.PHONE
    told = {each.to: each.message for each in effects.sends}
    assert told[OFFICER.person] == TaskRated(case=NUMBER, solved=Solved.YES, score=None, is_by_phone=True)
    card = told[OPERATOR.person]
    assert isinstance(card, CallCard)
    assert card.stage is CallStage.SCORE
    assert effects.cancelled == (f"{NUMBER}/1/",)
    assert effects.planned  # looked back at after months


def test_the_score_is_entered_once() -> None:
    """A second one is refused: an operator's memory of a call does not improve."""
    closed = after(heard(Solved.YES))
    effects = enter_score(by(closed, OPERATOR), 1, 4, NOW)
    rated = after(effects).rating_of(1)
    assert rated is not None
    assert (rated.solved, rated.score, rated.source) == (Solved.YES, 4, Source.PHONE)
    with pytest.raises(IllegalTransition):
        enter_score(by(after(effects), OPERATOR), 1, 5, NOW)
    for score in (0, 6):
        with pytest.raises(StaleButton):
            enter_score(by(closed, OPERATOR), 1, score, NOW)


def test_a_score_is_added_only_to_what_was_heard_by_telephone() -> None:
    """What a voice said through the bot is nobody else's to add to."""
    own = Rated(round=1, voice=1, solved=Solved.YES, score=None)
    with pytest.raises(IllegalTransition):
        enter_score(by(phoned(own, Closed(round=1, how=Closing.RATED)), OPERATOR), 1, 5, NOW)


def test_a_no_has_the_case_go_on() -> None:
    """At the operator's entry, under a new deadline."""
    effects = heard(Solved.NO)
    (change,) = effects.cases
    rated, reopened = change.entries
    assert isinstance(rated.fact, Rated)
    assert isinstance(reopened.fact, Reopened)
    assert (reopened.actor, reopened.fact.reason) == (OPERATOR.id, ReopenReason.RATED_NO)
    assert (change.after.state, change.after.now.number) == (State.ASSIGNED, 2)
    card = next(each.message for each in effects.sends if each.to == OPERATOR.person)
    assert isinstance(card, CallCard)
    assert (card.stage, card.due_at) == (CallStage.AGAIN, change.after.now.due_at)


@pytest.mark.parametrize(("goes_on", "state"), [(True, State.ASSIGNED), (False, State.CLOSED)])
def test_after_partly_the_caller_says_whether_it_goes_on(goes_on: bool, state: State) -> None:  # noqa: FBT001 (a parameter)
    """Until then it stays resolved."""
    partly = after(heard(Solved.PARTLY))
    assert partly.state is State.RESOLVED
    effects = enter_choice(desk(), by(partly, OPERATOR), 1, NOW, goes_on=goes_on)
    assert after(effects).state is state
    with pytest.raises(IllegalTransition):
        enter_choice(desk(), by(phoned(), OPERATOR), 1, NOW, goes_on=goes_on)


@pytest.mark.parametrize("solved", Solved)
def test_an_answer_is_entered_once(solved: Solved) -> None:
    """Two who call at once, or a button from before, change nothing."""
    with pytest.raises(IllegalTransition):
        heard(Solved.NO, after(heard(solved))) if solved is not Solved.NO else enter_solved(
            desk(), by(after(heard(solved)), OPERATOR), 2, Solved.YES, NOW
        )


def test_a_button_of_an_earlier_attempt_is_stale() -> None:
    """It was about something else."""
    late: dict[str, Callable[[Matter], Effects]] = {
        "solved": lambda of: enter_solved(desk(), of, 2, Solved.YES, NOW),
        "choice": lambda of: enter_choice(desk(), of, 2, NOW, goes_on=True),
        "score": lambda of: enter_score(of, 2, 5, NOW),
    }
    for act in late.values():
        with pytest.raises(StaleButton):
            act(by(phoned(), OPERATOR))


def test_whoever_follows_the_case_in_a_chat_is_asked_there() -> None:
    """As soon as somebody has linked it, nobody calls or enters anything for them."""
    linked = by(phoned(), OPERATOR, voices=(RESIDENT_PERSON,))
    for act in ("show", "number", "solved", "choice"):
        with pytest.raises(IllegalTransition):
            ACTS[act](linked)


def test_a_case_of_the_bot_is_rated_through_the_bot() -> None:
    """Also where its filer has cut the tie."""
    own = fold(entries(FILED, ACCEPTED, RESOLVED))
    assert own is not None
    for act in ("show", "number", "solved"):
        with pytest.raises(IllegalTransition):
            ACTS[act](by(own, OPERATOR))


def test_opening_the_number_is_an_entry() -> None:
    """And nothing is entered where none was left."""
    effects = open_number(by(phoned(), OPERATOR), "13999991234", NOW, is_drawn=False)
    (look,) = effects.entries
    assert (look.actor, look.fact) == (OPERATOR.id, Looked(at_what=Look.CONTACT))
    assert [each.message for each in effects.sends] == [NumberOpened(case=NUMBER, phone="13999991234")]
    with pytest.raises(NotFound):
        open_number(by(phoned(), OPERATOR), None, NOW, is_drawn=False)


def test_the_number_of_a_closed_case_is_opened_only_where_the_draw_fell_on_it() -> None:
    """There is nothing else to call about."""
    closed = after(heard(Solved.YES))
    assert open_number(by(closed, OPERATOR), "110", NOW, is_drawn=True).entries
    with pytest.raises(IllegalTransition):
        open_number(by(closed, OPERATOR), "110", NOW, is_drawn=False)
