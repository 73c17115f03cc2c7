"""A unit writes to everybody behind a case without resolving it, or writes a note that officials alone read."""

from __future__ import annotations

from datetime import datetime

from bot.actions.ask_translation import answered
from bot.actions.matter import Matter, entry_of, sealed, shown, to_voices
from bot.ports import Desk
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import Announced, Noted, Replied
from bot.rules.handling import Step, Stock
from bot.rules.message import News, UnitWrote


def reply(desk: Desk, matter: Matter, text: str, now: datetime) -> Effects:
    """Answer in free words, which reach everybody behind the case as they are.

    Raises:
        NotPermitted, IllegalTransition: as `Matter.actor`.
    """
    return _written(desk, matter, text, now, is_for_all=False)


def reply_from_stock(desk: Desk, matter: Matter, stock: Stock, now: datetime) -> Effects:
    """Answer with what lies ready in every language.

    Raises:
        NotPermitted, IllegalTransition: as `Matter.actor`.
    """
    officer = matter.actor(desk, Step.REPLY, now)
    case = matter.case
    message = UnitWrote(case=case.number, unit=officer.unit or case.unit, words="", stock=stock, is_for_all=False)
    done = Effects(
        entries=(entry_of(case, officer.id, Replied(words=None, stock=stock.value), now),),
        dialog=Idle(),
        sends=to_voices(matter, message),
    )
    return done + shown(desk, matter, case, now, News.REPLIED)


def announce(desk: Desk, matter: Matter, text: str, now: datetime) -> Effects:
    """Tell everybody behind a case what is planned ("repair on Friday").

    Raises:
        NotPermitted, IllegalTransition: as `Matter.actor`.
    """
    return _written(desk, matter, text, now, is_for_all=True)


def _written(desk: Desk, matter: Matter, text: str, now: datetime, *, is_for_all: bool) -> Effects:
    officer = matter.actor(desk, Step.ANNOUNCE if is_for_all else Step.REPLY, now)
    case = matter.case
    commitment, words = sealed(desk, case.number, text)
    following, asked = answered(desk, case, (words.slot, text), matter.languages, matter.staff, now)
    message = UnitWrote(
        case=case.number,
        unit=officer.unit or case.unit,
        words=text,
        stock=None,
        is_for_all=is_for_all,
        following=following,
    )
    fact = Announced(words=commitment) if is_for_all else Replied(words=commitment, stock=None)
    done = Effects(
        entries=(entry_of(case, officer.id, fact, now),),
        words=(words,),
        dialog=Idle(),
        sends=to_voices(matter, message),
    )
    return done + asked + shown(desk, matter, case, now, News.ANNOUNCED if is_for_all else News.REPLIED, text)


def note(desk: Desk, matter: Matter, text: str, now: datetime) -> Effects:
    """Write down what officials should know; no resident is told.

    Raises:
        NotPermitted, IllegalTransition: as `Matter.actor`.
    """
    official = matter.actor(desk, Step.NOTE, now)
    commitment, words = sealed(desk, matter.case.number, text)
    done = Effects(
        entries=(entry_of(matter.case, official.id, Noted(words=commitment), now),), words=(words,), dialog=Idle()
    )
    return done + shown(desk, matter, matter.case, now, News.NOTED, text)
