"""Words in an official's dialog: the answer that was asked for.

The union is matched whole, so that a dialog without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.dialog import (
    Assigning,
    CardWriting,
    FindingCaller,
    HearingAnswer,
    Measuring,
    OfficialDialog,
    OnTheLine,
    OpeningMeeting,
    Proposing,
    ReachingMilestone,
    RenewingCode,
    Resolving,
    Signing,
    Translating,
    Visiting,
    Writing,
)
from bot.rules.effect import Effects
from handlers.admin import card
from handlers.context import Context
from handlers.official import calls, measures, meeting, phoned, signs, steps, translating, triage, visits
from handlers.resident.projects import hear_milestone


async def hear(dialog: OfficialDialog, text: str, context: Context, *, with_file: bool = False) -> Effects:
    """Take words as the dialog asks for them; `with_file` where a file came with them."""
    match dialog:
        case Resolving():
            return await steps.hear_what_was_done(context, dialog, text, with_file=with_file)
        case Writing():
            return await steps.hear(context, dialog, text)
        case CardWriting():
            return await card.hear(context, dialog, text)
        case Assigning():
            return await triage.hear_reason(context, dialog, text)
        case ReachingMilestone():
            return await hear_milestone(context, dialog, text)
        case Visiting():
            return await visits.hear(context)
        case Proposing() | Measuring():
            return await measures.hear(context, dialog, text)
        case RenewingCode():
            return await calls.hear_whose(context, text)
        case FindingCaller() | OnTheLine() | HearingAnswer():
            return await phoned.hear(context, dialog, text)
        case OpeningMeeting():
            return await meeting.hear_title(context, dialog, text)
        case Translating():
            return await translating.hear(context, dialog, text)
        case Signing():
            return await signs.hear(context, dialog, text)
