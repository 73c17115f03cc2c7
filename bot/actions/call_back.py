"""Callbacks: somebody outside the unit asks again about a drawn case, and what the resident says is entered once.

Invariant: whether through the bot or by telephone, the first answer about an attempt is the only one, and whoever had the
bot ask reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions.matter import Matter, changed, entry_of, to_voices
from bot.actions.reopen_case import Again, go_on_again
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, NotPermitted
from bot.ports import Desk
from bot.rules.callback import awaits_callback, is_inside, may_call, require_awaited, require_caller
from bot.rules.caller import may_ask, may_open_number
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.due import CallbackSilent, due_of_case
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, CallbackAsked, CalledBack, Entry, ReopenReason, Solved
from bot.rules.identity import PersonId, StaffId
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackLine,
    CallbackList,
    CallbackNotice,
    CallbackQuestion,
    CaseReopened,
    Message,
    RatingThanks,
    Remark,
    Said,
)
from bot.rules.staff import Staff
from bot.rules.translation import Legible

LISTED: Final = 10
"""Cases in one list; the total stands in its heading."""

CALLING: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})
"""Who is told that there is somebody to call; the admins only where none of these can."""


ANSWERED_WITHIN: Final = timedelta(days=3)
"""How long the bot's question is left to the resident before whoever had it asked is told that nobody answers."""


def tell_callbacks(cases: Iterable[Case], staff: Iterable[Staff]) -> Effects:
    """Tell each caller how many drawn cases wait for them: of a case nobody of its unit, and nobody where there are none."""
    by_person: dict[PersonId, list[Staff]] = {}
    for each in staff:
        if each.is_reachable:
            by_person.setdefault(each.person, []).append(each)
    waiting: Counter[PersonId] = Counter()
    for case in cases:
        able = {person: roles for person, roles in by_person.items() if may_call(roles, case)}
        callers = [person for person, roles in able.items() if any(each.role in CALLING for each in roles)]
        waiting.update(callers or list(able))
    return Effects(sends=tuple(Send(each, CallbackNotice(total=count), Priority.NOTICE) for each, count in waiting.items()))


def list_callbacks(person: PersonId, roles: Sequence[Staff], cases: Iterable[Case], pressed: int | None = None) -> Effects:
    """List the drawn cases that someone may call back and nobody was heard about yet."""
    own = tuple(case for case in cases if may_call(roles, case))
    lines = tuple(map(callback_line, own[:LISTED]))
    message: Message = CallbackList(cases=lines, total=len(own)) if own else Said(Remark.CALLBACKS_EMPTY)
    return Effects(sends=(Send(person, message, replaces=pressed),))


def show_callback(matter: Matter, entries: Sequence[Entry], *, has_phone: bool = False) -> Effects:
    """Show a drawn case to whoever wants to call it back; `has_phone` where whoever phoned left a number.

    Raises:
        NotPermitted: they are not outside its unit.
        IllegalTransition: it was not drawn, or somebody was heard already.
    """
    caller = require_caller(matter.roles, matter.case, matter.voices)
    require_awaited(matter.case, entries, matter.case.now.number)
    has_number = (
        has_phone and may_open_number(matter.case, matter.voices, is_drawn=True) and may_ask(matter.roles, matter.case)
    )
    asked_at = max((each.at for each in entries if _asks(each, matter.case.now.number)), default=None)
    card = CallbackCard(line=callback_line(matter.case), voices=len(matter.voices), has_number=has_number, asked_at=asked_at)
    return Effects(sends=(Send(caller.person, card, anchor=_card_anchor(matter.case), replaces=matter.pressed),))


def ask_voices(matter: Matter, entries: Sequence[Entry], attempt: int, now: datetime) -> Effects:
    """Ask everybody behind a drawn case through the bot; asked once more, the question is written anew in its place.

    Who asks is entered, so that the answer finds them; after a while without one they are told that, too.

    Raises:
        NotPermitted: who asks is not outside its unit.
        IllegalTransition: it was not drawn, somebody was heard already, or nobody behind it has a chat.
    """
    caller = require_caller(matter.roles, matter.case, matter.voices)
    require_awaited(matter.case, entries, attempt)
    if not matter.voices:
        raise IllegalTransition
    line = callback_line(matter.case)
    question = CallbackQuestion(
        case=line.case, round=attempt, category=line.category, unit=line.unit, closed_at=line.closed_at
    )
    anchor = callback_anchor(matter.case)
    card = CallbackCard(line=line, voices=len(matter.voices), asked_at=now)
    silent = CallbackSilent(case=matter.case.number, round=attempt)
    return Effects(
        entries=(entry_of(matter.case, caller.id, CallbackAsked(round=attempt), now),),
        planned=(due_of_case(now + ANSWERED_WITHIN, silent),),
        sends=(
            Send(caller.person, card, anchor=_card_anchor(matter.case), replaces=matter.pressed),
            *(Send(voice, question, Priority.NOTICE, anchor=anchor) for voice in matter.voices),
        ),
    )


def tell_silent(
    case: Case,
    task: CallbackSilent,
    entries: Iterable[Entry],
    voices: Iterable[tuple[int, PersonId]],
    staff: Iterable[Staff],
) -> Effects:
    """Tell whoever had the bot ask that nobody has answered, and what is left to do; nothing once somebody was heard."""
    if not awaits_callback(case, task.round):
        return Effects()
    behind, found = {person for _, person in voices}, tuple(entries)
    asked_at = max((each.at for each in found if _asks(each, task.round)), default=None)
    card = CallbackCard(line=callback_line(case), voices=len(behind), asked_at=asked_at, is_silent=True)
    askers = _askers(case, found, staff)
    return Effects(sends=tuple(Send(each, card, Priority.NOTICE) for each in askers if each not in behind))


def enter_answer(
    desk: Desk, matter: Matter, entries: Sequence[Entry], attempt: int, solved: Solved, now: datetime
) -> Effects:
    """Enter what the caller heard by telephone, under the caller's own sign.

    Raises:
        NotPermitted: the caller is not outside its unit.
        IllegalTransition: it was not drawn, or somebody was heard already.
    """
    caller = require_caller(matter.roles, matter.case, matter.voices)
    require_awaited(matter.case, entries, attempt)
    told, effects = _answered(desk, (matter.case, matter.words, matter.staff), caller.id, solved, now)
    entered = CallbackEntered(case=matter.case.number, solved=solved)
    voices = () if told is None else to_voices(matter, told)
    askers = _tell_askers(matter.case, entries, matter.staff, solved, but=caller.person)
    return Effects(sends=(Send(caller.person, entered, replaces=matter.pressed), *askers, *voices)) + effects


def answer_callback(
    desk: Desk, stake: Stake, entries: Sequence[Entry], answer: tuple[int, Solved], now: datetime
) -> Effects:
    """Take the resident's own answer to the question that came through the bot.

    Args:
        answer: about which attempt, and what.

    Raises:
        NotPermitted: whoever answers works in a unit that had the case.
        IllegalTransition: it was not drawn, or somebody was heard already.
    """
    case, (attempt, solved) = stake.case, answer
    if is_inside((each for each in stake.staff if each.person == stake.person), case):
        raise NotPermitted
    require_awaited(case, entries, attempt)
    told, effects = _answered(desk, (case, stake.legible, stake.staff), RESIDENT, solved, now)
    thanks: Message = told or RatingThanks(case=case.number, solved=solved, score=None)
    own = Send(stake.person, thanks, anchor=callback_anchor(case), replaces=stake.pressed)
    too = () if told is None else tuple(Send(person, told, Priority.NOTICE) for person in stake.others)
    askers = _tell_askers(case, entries, stake.staff, solved, but=stake.person)
    return Effects(sends=(own, *too, *askers)) + effects


def callback_line(case: Case) -> CallbackLine:
    """Describe a drawn case, without a word that anybody wrote."""
    return CallbackLine(
        case=case.number,
        round=case.now.number,
        category=case.category,
        township=case.township,
        unit=case.unit,
        closed_at=case.now.closed_at,
    )


def callback_anchor(case: Case) -> str:
    """Name the question about an attempt, so that asking twice leaves one question in the chat."""
    return f"callback/{case.number}/{case.now.number}"


def _card_anchor(case: Case) -> str:
    """Name the card of an attempt, so that it can be redrawn for whoever has it when nothing of it can be done any more."""
    return f"callback-card/{case.number}/{case.now.number}"


def _asks(entry: Entry, attempt: int) -> bool:
    return isinstance(entry.fact, CallbackAsked) and entry.fact.round == attempt


def _askers(case: Case, entries: Iterable[Entry], staff: Iterable[Staff]) -> tuple[PersonId, ...]:
    """Return who had the bot ask about the attempt that is the last now, as far as the case is still theirs to call back."""
    asked_by = {each.actor for each in entries if _asks(each, case.now.number)}
    by_person: dict[PersonId, list[Staff]] = {}
    for each in staff:
        if each.is_reachable:
            by_person.setdefault(each.person, []).append(each)
    return tuple(
        person for person, roles in by_person.items() if may_call(roles, case) and any(each.id in asked_by for each in roles)
    )


def _tell_askers(
    case: Case, entries: Iterable[Entry], staff: Iterable[Staff], solved: Solved, but: PersonId
) -> tuple[Send, ...]:
    """Tell them what was heard, and redraw their card without the buttons that do nothing any more."""
    heard = CallbackCard(line=callback_line(case), voices=0, heard=solved)
    return tuple(
        Send(person, heard, Priority.NOTICE, anchor=anchor)
        for person in _askers(case, entries, staff)
        if person != but
        for anchor in (_card_anchor(case), None)
    )


def _answered(
    desk: Desk, known: tuple[Case, str | Legible, tuple[Staff, ...]], actor: StaffId | str, solved: Solved, now: datetime
) -> tuple[CaseReopened | None, Effects]:
    """Enter an answer; anything but yes has the case go on, which the voices are told with what is returned."""
    case, words, staff = known
    heard = changed(case, actor, (CalledBack(round=case.now.number, solved=solved),), now)
    if solved is Solved.YES:
        silent = due_of_case(now, CallbackSilent(case=case.number, round=case.now.number)).key
        return None, Effects(cases=(heard,), cancelled=(silent,))
    told, effects = go_on_again(desk, Again(heard.after, actor, ReopenReason.CALLBACK, words, staff), now)
    return told, Effects(cases=(heard,)).then(effects)
