"""A draft turns out to belong to a case that its writer sent before: it is added to that one.

Invariant: name, place and phone number of the draft are not passed on, as the case has those that it was filed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.actions.ask_translation import voices_heard
from bot.actions.draft import ANCHOR, card
from bot.actions.follow_case import add_words, require
from bot.actions.stake import Stake
from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.dialog import Drafting, Idle
from bot.rules.effect import Effects, Keep, Send
from bot.rules.entry import RESIDENT
from bot.rules.file import MOST_PARTS, Media
from bot.rules.following import Deed
from bot.rules.message import AdditionTaken, Picking, Remark, Said
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
        said = Effects(sends=(Send(stake.person, AdditionTaken(case=case.number, unit=case.unit)),))
    shown = Effects(dialog=Idle(), forget_anchor=ANCHOR, sends=(card(stake.person, draft, Picking.SENT, stake.pressed),))
    return shown + said + writing + Effects(kept=kept)
