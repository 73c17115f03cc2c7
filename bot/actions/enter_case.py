"""An official enters a case for somebody who phones, comes to a counter or is visited: filed as any, followed by a code.

Invariant: whoever phoned stays unknown; what ties them to the case is a code that only they were told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.draft import ANCHOR, card
from bot.actions.file_case import filing
from bot.errors import NotPermitted
from bot.ports import Desk, Sender
from bot.rules.access import require
from bot.rules.caller import CODE_BYTES, ENTERING, CallerCode, code_from
from bot.rules.dialog import Drafting, Idle, PhonePart
from bot.rules.effect import Effects, Send
from bot.rules.entry import Channel
from bot.rules.guess import guess
from bot.rules.identity import NEW_CASE, CaseNumber, PersonId, TownshipId
from bot.rules.message import CallBegun, CallReceipt, CodeHidden, Picking, Remark, Said
from bot.rules.staff import Staff


def begin(desk: Desk, sender: Sender, channel: Channel, update: int) -> Effects:
    """Begin to write down what somebody says.

    Args:
        update: the place in the inbox of what begins it.

    Raises:
        NotPermitted: the sender enters no calls.
    """
    official = _entering(sender.roles, channel)
    if has_draft(sender.draft):
        return Effects(sends=(Send(official.person, Said(Remark.DRAFT_OPEN)),))
    begun = Send(official.person, CallBegun(channel=channel))
    township = sender.township if channel is Channel.VISIT else None
    return Effects(dialog=empty_draft(desk, channel, township, update), forget_anchor=ANCHOR, sends=(begun,))


def has_draft(draft: Drafting | None) -> bool:
    """Say whether a draft with anything in it lies open, which is not thrown away by the way."""
    return draft is not None and bool(draft.words or draft.parts)


def _entering(roles: Iterable[Staff], channel: Channel) -> Staff:
    """Return the role in which someone enters what came by a channel; raises NotPermitted."""
    act = ENTERING.get(channel)
    if act is None:
        raise NotPermitted
    return require(roles, act)


def empty_draft(desk: Desk, channel: Channel, township: TownshipId | None, update: int) -> Drafting:
    """Return a draft with nothing in it, for somebody else's matter."""
    empty = guess(desk.county, "")
    return Drafting(
        words="",
        kind=empty.kind,
        category=empty.category,
        township=township,
        urgency=empty.urgency,
        is_guessed=True,
        begun_by=update,
        channel=channel,
    )


def enter_case(  # noqa: PLR0913 (what is asked and what is known)
    desk: Desk,
    sender: Sender,
    draft: Drafting,
    staff: Iterable[Staff],
    now: datetime,
    *,
    bot: str,
    pressed: int | None = None,
) -> Effects:
    """File what an operator wrote down, and give them a code to read aloud.

    Args:
        staff: every active official.
        bot: the bot's own name, for the link that does the same as number and code.
        pressed: the card whose button was pressed.

    Raises:
        NotPermitted: the sender enters no calls, or no longer.
    """
    official = _entering(sender.roles, draft.channel)
    case, filed = filing(desk, draft, staff, now, actor=official.id, filer=None)
    code = code_from(desk.randomness.bytes(CODE_BYTES))
    receipt = CallReceipt(
        case=case.number,
        unit=case.unit,
        category=case.category,
        township=case.township,
        due_at=case.now.due_at,
        channel=draft.channel,
        has_phone=any(isinstance(part, PhonePart) for part in draft.parts),
        code=code,
        bot=bot,
    )
    own = (card(official.person, draft, Picking.SENT, pressed), Send(official.person, receipt))
    told = Effects(dialog=Idle(), forget_anchor=ANCHOR, codes=(CallerCode(NEW_CASE, code),), sends=own)
    return told + filed


def hide_code(person: PersonId, roles: Iterable[Staff], case: CaseNumber, channel: Channel, pressed: int | None) -> Effects:
    """Take a code that was read aloud out of the operator's chat.

    Raises:
        NotPermitted: the sender enters no calls.
    """
    _entering(roles, channel)
    return Effects(sends=(Send(person, CodeHidden(case=case, channel=channel), replaces=pressed),))
