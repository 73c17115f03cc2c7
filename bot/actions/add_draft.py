"""A draft turns out to belong to a case that its writer sent before: it is added to that one, and a closed one goes on.

Invariant: a name is not passed on, as the case has the one that it was filed with; a place and a phone number only
if they are the filer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from bot.actions.ask_translation import voices_heard
from bot.actions.draft import ANCHOR, card
from bot.actions.follow_case import add_unworded, add_words, require
from bot.actions.give_reach import given_later
from bot.actions.reopen_case import reopen_case
from bot.actions.stake import Stake
from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.dialog import Drafting, Idle
from bot.rules.effect import Effects, Keep, Send
from bot.rules.entry import RESIDENT
from bot.rules.file import MOST_PARTS, Media
from bot.rules.following import Deed
from bot.rules.message import AdditionTaken, CaseReopened, Picking, Remark, Said
from bot.rules.slot import added_by


def add_draft(
    desk: Desk, stake: Stake, draft: Drafting, taken: Sequence[str], now: datetime, answered: Effects | None = None
) -> Effects:
    """Add what a draft holds to a case of the writer's own.

    Args:
        taken: the slots of the files that the case has.
        answered: what becomes of the words where they answer the unit's question; None: they are an addition.

    Raises:
        IllegalTransition: the case is over.
        StaleButton: the draft is somebody else's, written down by an official.
    """
    if draft.is_for_another:
        raise StaleButton
    case, under = stake.case, added_by(stake.voice)
    own = [int(slot.rpartition("/")[2]) for slot in taken if slot.startswith(under)]
    if len(own) + len(draft.files) > MOST_PARTS:
        return Effects(sends=(Send(stake.person, Said(Remark.TOO_MANY_PARTS)),))
    given = given_later(desk, stake, draft.parts)
    if not draft.words and not draft.files and not given:
        return Effects(sends=(Send(stake.person, Said(Remark.WORDS_FIRST)),))
    require(desk, stake, Deed.ADD, now)
    first = max(own, default=0) + 1
    kept = tuple(
        Keep(part.file, case.number, f"{under}{place}", RESIDENT) for place, part in enumerate(draft.files, start=first)
    )
    spoken = (keep.slot for keep, part in zip(kept, draft.files, strict=True) if part.media is Media.VOICE)
    _, writing = voices_heard(desk, case, spoken, stake.language, stake.staff, now)
    if answered is not None:
        said = answered
    elif draft.words:
        said = add_words(desk, stake, draft.words, now)
    else:
        said = add_unworded(desk, stake, now)
    passed_on = draft if given else msgspec.structs.replace(draft, parts=draft.files)
    sent = card(stake.person, passed_on, Picking.ADDED, stake.pressed)
    shown = Effects(dialog=Idle(), forget_anchor=ANCHOR, sends=(sent,), words=given)
    return shown + said + writing + Effects(kept=kept)


def go_on_with(desk: Desk, stake: Stake, draft: Drafting, taken: Sequence[str], now: datetime) -> Effects:
    """Have a closed case go on, with what a draft holds added to it; where that cannot be added, nothing is done.

    Args:
        taken: as in `add_draft`.

    Raises:
        IllegalTransition: it is not closed, or was closed too long ago.
        StaleButton: as in `add_draft`.
    """
    again = reopen_case(desk, stake, now)
    (change,) = again.cases
    more = add_draft(desk, replace(stake, case=change.after), draft, taken, now)
    if not isinstance(more.dialog, Idle):
        return more
    both = again.then(more)
    return msgspec.structs.replace(both, sends=tuple(map(_below, filter(_tells_more, both.sends))))


def _below(send: Send) -> Send:
    """Let whoever wrote read below the card, not up where they were asked once, that their case goes on."""
    return msgspec.structs.replace(send, anchor=None, replaces=None) if isinstance(send.message, CaseReopened) else send


def _tells_more(send: Send) -> bool:
    """Leave out that the words were added: that the case goes on says so."""
    return not isinstance(send.message, AdditionTaken)
