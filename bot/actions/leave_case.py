"""Somebody leaves a case to the others behind it, and may come back: they are told and asked nothing more, the case goes on.

Invariant: nobody hears of it, neither officials nor the others: who leaves is not to be found, or asked why. The last one
behind a case cannot leave it; for them it is a withdrawal (`bot.actions.follow_case`).
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.actions.follow_case import require
from bot.actions.join_case import joined_receipt
from bot.actions.matter import changed
from bot.actions.resolve_case import rating_anchor
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.effect import Effects, Send
from bot.rules.entry import RESIDENT, VoiceAdded, VoiceLeft
from bot.rules.following import Deed, may_return
from bot.rules.identity import PersonId
from bot.rules.message import PAGE_ANCHOR, CaseLeft, LeavingWanted

FILER = 1
"""The voice whose words the case was filed with."""


def want_leaving(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Ask whether it is meant; raises IllegalTransition when the case cannot be left."""
    require(desk, stake, Deed.LEAVE, now)
    question = LeavingWanted(case=stake.case.number, is_filer=stake.voice == FILER)
    return Effects(sends=(Send(stake.person, question, replaces=stake.pressed),))


def leave_case(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Leave a case to the others, in place of the question whether it is meant.

    Raises:
        IllegalTransition: it is over, or theirs alone meanwhile, or they have answered whether it is solved.
    """
    require(desk, stake, Deed.LEAVE, now)
    change = changed(stake.case, RESIDENT, (VoiceLeft(voice=stake.voice),), now)
    return Effects(
        cases=(replace(change, leaving=(stake.voice,)),),
        forget_anchor=f"{PAGE_ANCHOR}{stake.case.number}",
        sends=(_left(change.after, stake.person, stake.pressed),),
    )


def show_left(case: Case, person: PersonId) -> Effects:
    """Say of a case that somebody left that they did, and how they come back, where that is possible."""
    return Effects(sends=(_left(case, person, None),))


def return_to_case(case: Case, person: PersonId, pressed: int | None, now: datetime) -> Effects:
    """Stand behind a case again that one has left, as one more voice.

    Args:
        pressed: Telegram's number of the message whose button was pressed.

    Raises:
        IllegalTransition: the case is over.
    """
    if not may_return(case):
        raise IllegalTransition
    change = changed(case, RESIDENT, (VoiceAdded(voice=case.voices + 1),), now)
    return Effects(
        cases=(replace(change, joining=(person,)),),
        forget_anchor=rating_anchor(case),
        sends=(Send(person, joined_receipt(change.after), replaces=pressed),),
    )


def _left(case: Case, person: PersonId, pressed: int | None) -> Send:
    return Send(person, CaseLeft(case=case.number, can_return=may_return(case)), replaces=pressed)
