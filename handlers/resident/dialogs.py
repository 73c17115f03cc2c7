"""Words in a resident's dialog, or in none: they are a report, or more of it.

The union is matched whole, so that a dialog without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.dialog import Adding, Answering, Commenting, Drafting, Idle, Linking, Raising, ResidentDialog
from bot.rules.effect import Effects
from handlers.context import Context
from handlers.resident import answering, asked, following, linking, meeting
from handlers.resident.draft import write


async def hear(dialog: ResidentDialog, text: str, context: Context, message: int) -> Effects:
    """Take words as the dialog asks for them; `message` is Telegram's number of what said them."""
    match dialog:
        case Idle() | Drafting():
            return await write(context, text, message)
        case Answering():
            return await answering.hear(context, dialog, text)
        case Adding():
            return await following.hear_addition(context, dialog, text)
        case Commenting():
            return await asked.hear_comment(context, dialog, text)
        case Linking():
            return await linking.hear(context, dialog, text)
        case Raising():
            return await meeting.hear_matter(context, dialog, text)
