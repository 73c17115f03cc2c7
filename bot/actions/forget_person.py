"""Somebody wants to be forgotten: the tie to their cases is cut, or their words go too. The facts stay.

Where others stand behind a case as well, or whoever forgets has left it, it goes on: only the tie is cut, and the words of
whoever filed it go when it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions.erase_content import erase_content
from bot.ports import Sender, TiedCase
from bot.rules.case import Case, State
from bot.rules.dialog import Idle
from bot.rules.due import Due, ForgetPerson
from bot.rules.effect import NOTHING, CaseChange, Effects, Priority, Send
from bot.rules.entry import RESIDENT, Entry, Erasing, TieCut, Withdrawn
from bot.rules.erasure import AtClosing, Forgetting, PersonGone, Tie
from bot.rules.identity import PersonId
from bot.rules.life import ALIVE, evolve
from bot.rules.message import ForgetQuestion, Forgotten, TaskWithdrawn

FILER: Final = 1
LINGERS: Final = timedelta(minutes=10)
"""How long a chat stays known after that, so that the answer can still be sent."""


def ask_what_to_forget(person: PersonId, ties: Sequence[TiedCase]) -> Effects:
    """Ask what shall be forgotten."""
    is_open = sum(tied.case.state in ALIVE and not tied.has_left for tied in ties)
    return Effects(sends=(Send(person, ForgetQuestion(cases=len(ties), open=is_open)),))


def forget_person(sender: Sender, ties: Sequence[TiedCase], how: Forgetting, now: datetime, pressed: int | None) -> Effects:
    """Forget a person in every case of theirs, and soon after, unless they work here, altogether."""
    effects = Effects(dialog=Idle())
    for tied in ties:
        effects += _ended(tied, now) if tied.case.state not in ALIVE else _alive(tied, how, now)
    is_official = bool(sender.roles)
    if not is_official:
        effects += Effects(planned=(forgetting_of(sender.person, now),))
    shared = sum(tied.has_others for tied in ties)
    told = Forgotten(how=how, shared=shared, is_official=is_official)
    return effects + Effects(sends=(Send(sender.person, told, replaces=pressed),))


def forgetting_of(person: PersonId, now: datetime) -> Due:
    """Plan to forget a chat."""
    return Due(key=f"forget/{person}", at=now + LINGERS, task=ForgetPerson(person=person))


def forget_chat(person: PersonId, now: datetime, *, is_back: bool, is_waiting: bool) -> Effects:
    """Forget a person's chat, unless they have begun something anew or work here now; later, where something waits for them.

    Args:
        is_back: a case or a draft is theirs again, or a role.
        is_waiting: a message to or from them is on its way.
    """
    if is_back:
        return NOTHING
    if is_waiting:
        return Effects(planned=(forgetting_of(person, now),))
    return Effects(erased=(PersonGone(person),))


def _ended(tied: TiedCase, now: datetime) -> Effects:
    if tied.has_others or tied.has_left:
        return _cut(tied, now)
    return erase_content(tied.case.number, Erasing.REQUEST, RESIDENT, now)


def _alive(tied: TiedCase, how: Forgetting, now: datetime) -> Effects:
    if how is Forgetting.TIE or tied.has_others or tied.has_left:
        return _cut(tied, now)
    case = tied.case
    entry = Entry(at=now, actor=RESIDENT, case=case.number, fact=Withdrawn())
    withdrawn = CaseChange(before=case, after=evolve(case, entry), entries=(entry,))
    told = tuple(Send(official, TaskWithdrawn(case=case.number), Priority.NOTICE) for official in _concerned(tied))
    effects = Effects(cases=(withdrawn,), cancelled=(f"{case.number}/",), sends=told)
    return effects + erase_content(case.number, Erasing.REQUEST, RESIDENT, now)


def _cut(tied: TiedCase, now: datetime) -> Effects:
    """Cut the tie; the words of whoever filed it go as soon as the case has ended."""
    number = tied.case.number
    entry = Entry(at=now, actor=RESIDENT, case=number, fact=TieCut(voice=tied.voice))
    later = (AtClosing(number),) if tied.voice == FILER else ()
    return Effects(entries=(entry,), erased=(Tie(number, tied.voice), *later))


def _concerned(tied: TiedCase) -> tuple[PersonId, ...]:
    """Return who has the case in hand: the officer in charge, else nobody; what waits for the others is withdrawn itself."""
    case: Case = tied.case
    if case.officer is None or case.state is State.RESOLVED or tied.officer is None:
        return ()
    return (tied.officer,)
