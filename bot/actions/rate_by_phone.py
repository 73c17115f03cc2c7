"""Whoever phoned and has no chat is asked by telephone whether it is solved; what they say is entered with its source.

Invariant: nobody of a unit that had the case enters it; the one who did stands in the entry; opening the number is one, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.actions.follow_up import follow_up_plan
from bot.actions.matter import Matter, changed, entry_of, in_charge
from bot.actions.reopen_case import Again, go_on_again
from bot.actions.want_call import call_line
from bot.errors import IllegalTransition, NotFound, StaleButton
from bot.ports import Desk
from bot.rules.caller import awaits_answer, may_ask, may_open_number, require_asked, require_asker
from bot.rules.case import Case, State
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Closed, Closing, Look, Looked, Rated, ReopenReason, Solved, Source
from bot.rules.following import Deed
from bot.rules.identity import PersonId
from bot.rules.message import CallCard, CallsList, CallStage, NumberOpened, TaskRated
from bot.rules.staff import Staff

VOICE: Final = 1
"""Which voice of a case whoever phoned is."""

SCORES: Final = range(1, 6)
WITH_LIMIT: Final = frozenset({CallStage.AGAIN, CallStage.ANSWERED, CallStage.KNOWN, CallStage.URGED, CallStage.RETURNED})
"""When the limit is said to the caller."""

WITH_STATE: Final = frozenset({CallStage.KNOWN, CallStage.AWAY, CallStage.GONE, CallStage.RETURNED})
"""When it is said where the case stands."""

LISTED: Final = 10
"""Cases in one list; the total stands in its heading."""


def list_calls(person: PersonId, roles: Sequence[Staff], cases: Iterable[Case], pressed: int | None = None) -> Effects:
    """List the cases of callers who wait to be asked, as far as someone may ask them."""
    own = tuple(case for case in cases if may_ask(roles, case))
    lines = tuple(map(call_line, own[:LISTED]))
    return Effects(sends=(Send(person, CallsList(cases=lines, total=len(own)), replaces=pressed),))


def show_call(matter: Matter, answer: str) -> Effects:
    """Show a case whose caller waits to be asked; `answer` is what the unit says it did, or what it asks.

    Raises:
        NotPermitted: the reader is not outside its unit.
        IllegalTransition: nobody waits to be asked about it.
    """
    asker = require_asker(matter.roles, matter.case)
    if awaits_answer(matter.case, matter.voices):
        return Effects(sends=(call_card(matter, asker, matter.case, CallStage.QUESTION, answer=answer),))
    require_asked(matter.case, matter.voices)
    return Effects(sends=(call_card(matter, asker, matter.case, CallStage.SOLVED, answer=answer),))


def open_number(matter: Matter, phone: str | None, now: datetime, *, is_drawn: bool) -> Effects:
    """Show the phone number that was left for calling back; the look is entered.

    Args:
        is_drawn: the case waits for a callback of the weekly draw.

    Raises:
        NotPermitted: the reader is not outside its unit.
        IllegalTransition: there is nothing to ask about.
        NotFound: none was left.
    """
    asker = require_asker(matter.roles, matter.case)
    if not may_open_number(matter.case, matter.voices, is_drawn=is_drawn):
        raise IllegalTransition
    if phone is None:
        raise NotFound
    look = entry_of(matter.case, asker.id, Looked(at_what=Look.CONTACT), now)
    return Effects(entries=(look,), sends=(Send(asker.person, NumberOpened(case=matter.case.number, phone=phone)),))


def enter_solved(desk: Desk, matter: Matter, attempt: int, solved: Solved, now: datetime) -> Effects:
    """Enter whether it is solved: yes closes, no reopens, after partly the caller says whether it goes on.

    Raises:
        NotPermitted, IllegalTransition: as `show_call`; StaleButton: of another attempt.
    """
    asker = _asker(matter, attempt)
    require_asked(matter.case, matter.voices)
    rated, judged = _rated(matter, asker, solved, None, now)
    match solved:
        case Solved.NO:
            return rated.then(go_on_by_phone(desk, judged, asker, ReopenReason.RATED_NO, now))
        case Solved.PARTLY:
            card = call_card(matter, asker, judged.case, CallStage.PARTLY)
            return rated + Effects(sends=(card, *_told(matter, judged.case)))
        case Solved.YES:
            return rated.then(_close(desk, judged, asker, Closing.RATED, now))


def enter_choice(desk: Desk, matter: Matter, attempt: int, now: datetime, *, goes_on: bool) -> Effects:
    """Enter whether a partly solved case goes on, or rests.

    Raises:
        NotPermitted: the sender is not outside its unit.
        IllegalTransition: nobody said that it is partly solved, or the case has moved on; StaleButton: of another attempt.
    """
    asker, case = _asker(matter, attempt), matter.case
    rating = case.rating_of(VOICE)
    if case.state is not State.RESOLVED or matter.voices or rating is None or rating.solved is not Solved.PARTLY:
        raise IllegalTransition
    if goes_on:
        return go_on_by_phone(desk, matter, asker, ReopenReason.RATED_PARTLY, now)
    return _close(desk, matter, asker, Closing.LEFT, now)


def enter_score(matter: Matter, attempt: int, score: int, now: datetime) -> Effects:
    """Add how satisfied the caller is, once, to what was heard of them.

    Raises:
        NotPermitted: the sender is not outside its unit.
        IllegalTransition: nothing was heard by telephone, or the score is entered already; StaleButton: no such score.
    """
    asker, case = _asker(matter, attempt), matter.case
    rating = case.rating_of(VOICE)
    if score not in SCORES:
        raise StaleButton
    if case.state is not State.CLOSED or rating is None or rating.source is not Source.PHONE or rating.score is not None:
        raise IllegalTransition
    rated, judged = _rated(matter, asker, rating.solved, score, now)
    card = call_card(matter, asker, judged.case, CallStage.DONE)
    return rated + Effects(sends=(card, *_told(matter, judged.case)))


def _asker(matter: Matter, attempt: int) -> Staff:
    asker = require_asker(matter.roles, matter.case)
    if matter.case.now.number != attempt:
        raise StaleButton
    return asker


def _rated(matter: Matter, asker: Staff, solved: Solved, score: int | None, now: datetime) -> tuple[Effects, Matter]:
    """Enter what was heard; return with it the matter with the case as it is then."""
    fact = Rated(round=matter.case.now.number, voice=VOICE, solved=solved, score=score, source=Source.PHONE)
    change = changed(matter.case, asker.id, (fact,), now)
    return Effects(cases=(change,)), replace(matter, case=change.after)


def _close(desk: Desk, matter: Matter, asker: Staff, how: Closing, now: datetime) -> Effects:
    case = matter.case
    closing = changed(case, asker.id, (Closed(round=case.now.number, how=how),), now)
    return Effects(
        cases=(closing,),
        cancelled=(f"{case.number}/{case.now.number}/",),
        planned=follow_up_plan(desk.county, desk.calendar, closing.after, now),
        sends=(call_card(matter, asker, closing.after, CallStage.SCORE), *_told(matter, closing.after)),
    )


def go_on_by_phone(desk: Desk, matter: Matter, asker: Staff, reason: ReopenReason, now: datetime) -> Effects:
    """Have a case go on at the word of whoever phoned."""
    again = Again(matter.case, asker.id, reason, matter.words, matter.staff)
    _, effects = go_on_again(desk, again, now)
    (change,) = effects.cases
    return Effects(sends=(call_card(matter, asker, change.after, CallStage.AGAIN),)) + effects


def call_card(
    matter: Matter, asker: Staff, case: Case, stage: CallStage, *, answer: str = "", deeds: tuple[Deed, ...] = ()
) -> Send:
    """Show whoever asks how far the talk with a caller is."""
    rating = case.rating_of(VOICE)
    card = CallCard(
        line=call_line(case),
        stage=stage,
        answer=answer,
        solved=None if rating is None else rating.solved,
        score=None if rating is None else rating.score,
        due_at=case.now.due_at if stage in WITH_LIMIT else None,
        state=case.state if stage in WITH_STATE else None,
        deeds=deeds,
        is_followed=bool(matter.voices),
        pause=case.now.pauses if stage is CallStage.QUESTION else 0,
    )
    return Send(asker.person, card, replaces=matter.pressed)


def _told(matter: Matter, case: Case) -> tuple[Send, ...]:
    """Tell whoever handles the case what was heard."""
    rating = case.rating_of(VOICE)
    if rating is None:
        return ()
    told = TaskRated(case=case.number, solved=rating.solved, score=rating.score, is_by_phone=True)
    own = {each.person for each in matter.roles}
    readers = dict.fromkeys(each.person for each in in_charge(matter, case) if each.is_reachable)
    return tuple(Send(person, told, Priority.NOTICE) for person in readers if person not in own)
