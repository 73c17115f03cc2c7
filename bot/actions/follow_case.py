"""What a voice does with its case beside judging it: adds words, urges, asks for a person, takes it back.

Every deed is checked when it is done (`bot.rules.following`), and told to those whose turn it is.
"""

from __future__ import annotations

from datetime import datetime

from bot.actions.ask_translation import heard
from bot.actions.matter import Matter, changed, in_charge, sealed, told, watching
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Adding, Idle
from bot.rules.effect import Effects, Send
from bot.rules.entry import RESIDENT, Added, CaseFact, PersonAsked, Urged, Withdrawn
from bot.rules.following import Deed, deeds
from bot.rules.identity import StaffId
from bot.rules.message import (
    AdditionTaken,
    AdditionWanted,
    CaseWithdrawn,
    News,
    PersonPromised,
    UrgeTaken,
    WithdrawalWanted,
)
from bot.rules.slot import said_slot
from bot.rules.staff import Staff
from bot.rules.translation import Legible


def require(desk: Desk, stake: Stake, deed: Deed, now: datetime) -> None:
    """Make sure that a voice can do this now; raises IllegalTransition."""
    if deed not in deeds(stake.case, stake.voice, desk.county.rating, desk.calendar, now):
        raise IllegalTransition


def want_addition(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Take the next words as an addition; raises IllegalTransition when the case is over."""
    require(desk, stake, Deed.ADD, now)
    return Effects(
        dialog=Adding(case=stake.case.number), sends=(Send(stake.person, AdditionWanted(case=stake.case.number)),)
    )


def add_words(desk: Desk, stake: Stake, text: str, now: datetime) -> Effects:
    """Add words to a case; whoever handles it reads them.

    Raises:
        IllegalTransition: the case is over.
    """
    require(desk, stake, Deed.ADD, now)
    commitment, words = sealed(desk, stake.case.number, text)
    slot = said_slot(commitment)
    read, translating = heard(desk, stake.case, slot, text, stake.language, stake.staff, now)
    done = _done(desk, stake, Added(voice=stake.voice, words=commitment), now, News.ADDED, read)
    taken = Send(stake.person, AdditionTaken(case=stake.case.number, unit=stake.case.unit))
    return Effects(words=(words,), dialog=Idle(), sends=(taken,)) + done + translating


def add_unworded(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Say on both sides that something without words goes into a case: a file, a place, a phone number.

    Raises:
        IllegalTransition: the case is over.
    """
    require(desk, stake, Deed.ADD, now)
    matter = _matter(stake)
    taken = Send(stake.person, AdditionTaken(case=stake.case.number, unit=stake.case.unit))
    news = told(desk, matter, stake.case, _readers(matter, News.ADDED), now, News.ADDED)
    return Effects(dialog=Idle(), sends=(taken, *news))


def urge_case(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Urge the unit; its lead hears of it too.

    Raises:
        IllegalTransition: it is not the unit's turn, or it was urged this working day already.
    """
    require(desk, stake, Deed.URGE, now)
    case = stake.case
    taken = Send(stake.person, UrgeTaken(case=case.number, unit=case.unit, due_at=case.now.due_at), replaces=stake.pressed)
    return Effects(sends=(taken,)) + _done(desk, stake, Urged(voice=stake.voice), now, News.URGED)


def ask_for_person(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Ask to be spoken to by a person: the unit's lead, who answers for it.

    Raises:
        IllegalTransition: the case is over, or a person was asked for this working day already.
    """
    require(desk, stake, Deed.ASK_PERSON, now)
    promised = PersonPromised(case=stake.case.number, unit=stake.case.unit)
    taken = Send(stake.person, promised, replaces=stake.pressed)
    return Effects(sends=(taken,)) + _done(desk, stake, PersonAsked(voice=stake.voice), now, News.PERSON_WANTED)


def want_withdrawal(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Ask whether it is meant; raises IllegalTransition when the case cannot be taken back."""
    require(desk, stake, Deed.WITHDRAW, now)
    return Effects(sends=(Send(stake.person, WithdrawalWanted(case=stake.case.number), replaces=stake.pressed),))


def withdraw_case(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Take a case back; everything that waited for its moment about it ends.

    Raises:
        IllegalTransition: it is over, or somebody else stands behind it too.
    """
    require(desk, stake, Deed.WITHDRAW, now)
    number = stake.case.number
    taken = Send(stake.person, CaseWithdrawn(case=number), replaces=stake.pressed)
    return Effects(cancelled=(f"{number}/",), sends=(taken,)) + _done(desk, stake, Withdrawn(), now, News.WITHDRAWN)


def _done(desk: Desk, stake: Stake, fact: CaseFact, now: datetime, news: News, said: Legible | None = None) -> Effects:
    """Change the case, and tell those whose turn it is."""
    return enter_deed(desk, _matter(stake), (RESIDENT, fact), now, news, said)


def _matter(stake: Stake) -> Matter:
    return Matter(stake.case, (), stake.legible, (stake.person,), stake.staff)


def enter_deed(
    desk: Desk,
    matter: Matter,
    done: tuple[StaffId | str, CaseFact],
    now: datetime,
    news: News,
    said: Legible | None = None,
) -> Effects:
    """Change a case by what a voice of it did, and tell those whose turn it is.

    Args:
        done: who enters it, and what.
    """
    actor, fact = done
    change = changed(matter.case, actor, (fact,), now)
    readers = _readers(matter, news)
    return Effects(cases=(change,), sends=told(desk, matter, change.after, readers, now, news, said))


def _readers(matter: Matter, news: News) -> tuple[Staff, ...]:
    """Choose who hears of it: whoever handles the case, its unit's leads where it is theirs; supervisors in triage."""
    if matter.case.state is State.TRIAGE:
        return watching(matter)
    leads = tuple(each for each in matter.staff if each.role is Role.LEAD and each.unit == matter.case.unit)
    match news:
        case News.PERSON_WANTED:
            return leads or watching(matter)
        case News.URGED:
            return (*in_charge(matter, matter.case), *leads)
        case _:
            return in_charge(matter, matter.case)
