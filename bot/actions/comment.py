"""Free words beside a score: sealed under the case, read by the unit without the person, and never asked for twice.

Invariant: nobody's next message is taken for a comment unless they pressed for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.ask_translation import heard
from bot.actions.matter import Matter, entry_of, in_charge, sealed, told
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.dialog import Commenting, Idle
from bot.rules.effect import Effects, Send
from bot.rules.entry import RESIDENT, Commented, Entry
from bot.rules.life import JUDGED
from bot.rules.message import CommentTaken, CommentWanted, News
from bot.rules.slot import said_slot


def want_comment(stake: Stake, entries: Iterable[Entry], round_number: int) -> Effects:
    """Take the next words as a comment.

    Raises:
        StaleButton: there is no score that it could go with, or there is one with words already.
        IllegalTransition: the case has gone on since.
    """
    _require(stake, entries, round_number)
    wanted = CommentWanted(case=stake.case.number, round=round_number, unit=stake.case.unit)
    return Effects(dialog=Commenting(case=stake.case.number, round=round_number), sends=(stake.in_place(wanted),))


def skip_comment(stake: Stake) -> Effects:
    """Leave it at the score."""
    taken = CommentTaken(case=stake.case.number, unit=stake.case.unit, is_given=False)
    return Effects(dialog=Idle(), sends=(stake.in_place(taken),))


def comment(desk: Desk, stake: Stake, entries: Iterable[Entry], dialog: Commenting, text: str, now: datetime) -> Effects:
    """Keep a comment, and pass it on to whoever handled the case.

    Raises:
        StaleButton, IllegalTransition: as `want_comment`, if that has come about meanwhile.
    """
    case = stake.case
    _require(stake, entries, dialog.round)
    commitment, words = sealed(desk, case.number, text)
    fact = Commented(round=dialog.round, voice=stake.voice, words=commitment)
    matter = Matter(case, (), stake.legible, (stake.person,), stake.staff)
    read, translating = heard(desk, case, said_slot(commitment), text, stake.language, stake.staff, now)
    return translating + Effects(
        entries=(entry_of(case, RESIDENT, fact, now),),
        words=(words,),
        dialog=Idle(),
        sends=(
            Send(stake.person, CommentTaken(case=case.number, unit=case.unit, is_given=True)),
            *told(desk, matter, case, in_charge(matter, case), now, News.COMMENTED, read),
        ),
    )


def _require(stake: Stake, entries: Iterable[Entry], round_number: int) -> None:
    case = stake.case
    if case.state not in JUDGED or case.now.number != round_number:
        raise IllegalTransition
    rating = case.rating_of(stake.voice)
    if rating is None or rating.score is None or any(_is_theirs(each, stake.voice, round_number) for each in entries):
        raise StaleButton


def _is_theirs(entry: Entry, voice: int, round_number: int) -> bool:
    return isinstance(entry.fact, Commented) and (entry.fact.voice, entry.fact.round) == (voice, round_number)
