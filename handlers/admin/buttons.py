"""What a button of those who watch over the county does; whether they may is decided where it is done.

The union is matched whole, so that a button without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.effect import Effects
from handlers.admin import audit, county, digest, scorecard
from handlers.callback import (
    AdminButton,
    AnswerAdmin,
    AuditButton,
    DropAside,
    ListAside,
    ListFailed,
    PrintDigest,
    RetryAside,
    ShowAudit,
    ShowCard,
    ShowDigest,
    ShowPart,
    TakeCounty,
)
from handlers.context import Context
from handlers.official.invitation import answer_admin


async def follow(button: AdminButton, message: int | None, context: Context) -> Effects:
    """Do what a button about the county means."""
    match button:
        case AnswerAdmin(invitation=invitation, is_welcome=is_welcome):
            return await answer_admin(context, invitation, is_welcome=is_welcome, pressed=message)
        case TakeCounty(digest=shown, in_force=before):
            return await county.take(context, (shown, before), message)
        case ShowCard():
            return await scorecard.show_card(context, button, message)
        case ShowDigest():
            return await digest.show(context, button, message)
        case ShowPart():
            return await digest.show_part(context, button, message)
        case PrintDigest():
            return await digest.send_file(context, button)


async def follow_audit(button: AuditButton, message: int | None, context: Context) -> Effects:
    """Do what a button under the audit means."""
    match button:
        case ShowAudit():
            return await audit.show(context, button, message)
        case ListAside():
            return await audit.aside(context, button, message)
        case RetryAside():
            return await audit.retry(context, button, message)
        case DropAside():
            return await audit.drop(context, button, message)
        case ListFailed():
            return await audit.failed(context, message)
