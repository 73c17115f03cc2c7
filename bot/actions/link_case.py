"""Whoever phoned links their case to a chat by its number and its code, and is its first voice from then on.

Invariant: whatever is wrong (number, code, a code that is used or was guessed at too often), the answer is the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.actions.resolve_case import rating_anchor
from bot.rules.caller import CASE_TRIES, PERSON_TRIES, Linked, Trying, WrongCode
from bot.rules.case import Case
from bot.rules.dialog import Idle, Linking
from bot.rules.effect import Effects, Send
from bot.rules.entry import RESIDENT, CodeClosed, Entry, VoiceLinked
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.message import CaseLinked, LinkQuestion, LinkRefused, RatingQuestion, Remark, Said, UnitAsked

FIRST: Final = 1
"""Which voice of a case whoever phoned is."""


def ask_which(person: PersonId, case: CaseNumber | None = None) -> Effects:
    """Ask for number and code, or for the code alone."""
    return Effects(dialog=Linking(case=case), sends=(Send(person, LinkQuestion(case=case)),))


def link_case(
    person: PersonId, case: Case, trying: Trying, waiting: RatingQuestion | UnitAsked | None, now: datetime
) -> Effects:
    """Link a case whose code was said, or count the guess; one that its caller left by telephone is not linked any more.

    Args:
        waiting: what the case asks whoever stands behind it just now.
    """
    _, count = trying.counting(now)
    if FIRST in case.left and trying.opens:
        return Effects(dialog=Idle(), sends=(Send(person, Said(Remark.LEFT_BY_PHONE)),))
    if not trying.opens or count >= PERSON_TRIES:
        return refuse(person, case.number, trying, now)
    entry = Entry(at=now, actor=RESIDENT, case=case.number, fact=VoiceLinked(voice=FIRST))
    told = CaseLinked(case=case.number, unit=case.unit, category=case.category, state=case.state, due_at=case.now.due_at)
    asked = () if waiting is None else (Send(person, waiting, anchor=_anchor(case, waiting)),)
    return Effects(
        entries=(entry,),
        linked=(Linked(case.number, person),),
        dialog=Idle(),
        sends=(Send(person, told), *asked),
    )


def refuse(person: PersonId, number: CaseNumber, trying: Trying, now: datetime) -> Effects:
    """Count a guess that was wrong, or came too late, and say no more than that; the number need not be written again."""
    since, count = trying.counting(now)
    if count >= PERSON_TRIES:
        return Effects(dialog=Idle(), sends=(Send(person, LinkRefused(left=0)),))
    guessed_at = (number, trying.tries) if trying.tries is not None and trying.tries < CASE_TRIES else None
    wrong = WrongCode(guessed_at, person, since, count + 1)
    left = PERSON_TRIES - wrong.count
    dialog = Linking(case=number) if left else Idle()
    entries: tuple[Entry, ...] = ()
    if guessed_at is not None and guessed_at[1] + 1 == CASE_TRIES:
        entries = (Entry(at=now, actor=RESIDENT, case=number, fact=CodeClosed(tries=CASE_TRIES)),)
    return Effects(entries=entries, wrong_codes=(wrong,), dialog=dialog, sends=(Send(person, LinkRefused(left=left)),))


def _anchor(case: Case, waiting: RatingQuestion | UnitAsked) -> str | None:
    return rating_anchor(case) if isinstance(waiting, RatingQuestion) else None
