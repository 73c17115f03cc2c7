"""The ordered list of what is heard, and the reason for the order.

The first that fits wins. Chats with more than one person come first, so that nothing said there is ever taken for a report;
then edits, which change nothing; then commands by name; then buttons; and last plain messages, which are always understood
as something: an answer that was asked for, or words for a draft.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeAlias

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions.draft import discard
from bot.actions.join_staff import INVITATION_PREFIX
from bot.rules.dialog import Drafting, Idle, Resolving
from bot.rules.effect import NOTHING, Effects, Send
from bot.rules.message import Help, Remark, Said, Welcome
from handlers import refusal
from handlers.admin.digest import digest
from handlers.buttons import pressed
from handlers.context import Context
from handlers.official.cases import answer, tasks
from handlers.official.invitation import open_invitation
from handlers.resident.cases import my, rate
from handlers.resident.draft import new, write
from handlers.resident.language import ask_language

Decide: TypeAlias = Callable[[TelegramMessage, Context], Awaitable[Effects]]
Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]
Route: TypeAlias = "BaseHandler[Any, Context, None]"

KEPT_CONTROLS: Final = frozenset({9, 10})
CONTROLS: Final = dict.fromkeys({*range(32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - KEPT_CONTROLS)
"""Control characters and direction overrides, which no report needs; the joiners and selectors of every script stay."""


async def start(message: TelegramMessage, context: Context) -> Effects:
    """Welcome someone, or open the link they came by."""
    del message
    payload = (context.args or [""])[0]
    if payload.startswith(INVITATION_PREFIX):
        return await open_invitation(context, payload)
    if context.sender.language is None:
        return await ask_language(context)
    return Effects(sends=(Send(context.sender.person, Welcome()),))


async def show_help(message: TelegramMessage, context: Context) -> Effects:
    """Say what can be done."""
    del message
    roles = context.sender.roles
    return Effects(sends=(Send(context.sender.person, Help(role=roles[-1].role if roles else None)),))


async def cancel(message: TelegramMessage, context: Context) -> Effects:
    """Leave what was begun."""
    del message
    person = context.sender.person
    match context.sender.dialog:
        case Drafting():
            return discard(person)
        case Resolving():
            return Effects(dialog=Idle(), sends=(Send(person, Said(Remark.CANCELLED)),))
        case Idle():
            return Effects(sends=(Send(person, Said(Remark.NOTHING_TO_CANCEL)),))


async def written(message: TelegramMessage, context: Context) -> Effects:
    """Understand words: as the answer that was asked for, else as a report."""
    text = (message.text or message.caption or "").translate(CONTROLS).strip()
    if not text:
        return Effects(sends=(Send(context.sender.person, Said(Remark.TEXT_ONLY)),))
    if isinstance(context.sender.dialog, Resolving):
        return await answer(context, context.sender.dialog, text)
    return await write(context, text)


def say(remark: Remark) -> Decide:
    """Answer with one remark, whatever was sent."""

    async def answered(message: TelegramMessage, context: Context) -> Effects:
        del message
        return Effects(sends=(Send(context.sender.person, Said(remark)),))

    return answered


def of(decide: Callable[[Context], Awaitable[Effects]]) -> Decide:
    """Decide from the context alone."""

    async def decided(message: TelegramMessage, context: Context) -> Effects:
        del message
        return await decide(context)

    return decided


def on_message(decide: Decide) -> Callback:
    """Put what is decided about a message into its envelope; a refusal becomes an answer."""

    async def callback(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        try:
            context.envelope.effects = await decide(message, context)
        except refusal.REFUSALS as error:
            context.envelope.effects = refusal.refused(context.sender.person, error)

    return callback


async def on_button(update: Update, context: Context) -> None:
    """Put what is decided about a button into its envelope."""
    context.envelope.effects = await pressed(update.callback_query, context) if update.callback_query else NOTHING


def routes() -> tuple[Route, ...]:
    """Return every handler in the order in which they are asked."""
    commands: dict[str, Decide] = {
        "start": start,
        "new": of(new),
        "my": of(my),
        "rate": of(rate),
        "language": of(ask_language),
        "help": show_help,
        "cancel": cancel,
        "tasks": of(tasks),
        "digest": of(digest),
    }
    one_to_one, edited = filters.ChatType.PRIVATE, filters.UpdateType.EDITED
    return (
        MessageHandler(~one_to_one, on_message(say(Remark.PRIVATE_ONLY))),
        MessageHandler(edited, on_message(say(Remark.EDIT_IGNORED))),
        *(CommandHandler(name, on_message(decide)) for name, decide in commands.items()),
        MessageHandler(filters.COMMAND, on_message(say(Remark.UNKNOWN_COMMAND))),
        CallbackQueryHandler(on_button),
        MessageHandler(filters.TEXT | filters.CAPTION, on_message(written)),
        MessageHandler(filters.ALL, on_message(say(Remark.TEXT_ONLY))),
    )
