"""A bare python-telegram-bot echo with its defaults: polling, its own HTTP client, one update after the other.

It stores nothing and decides nothing: what it costs is what the library costs.
"""

from __future__ import annotations

import os
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

AnyApplication: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the text back."""
    message = update.effective_message
    if message is not None:
        await context.bot.send_message(message.chat_id, message.text or "?")


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer the press, and send one message."""
    query = update.callback_query
    if query is not None and update.effective_chat is not None:
        await query.answer()
        await context.bot.send_message(update.effective_chat.id, query.data or "?")


def main() -> None:
    """Run until SIGTERM."""
    application: AnyApplication = (
        Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_BASE']}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(answer))
    application.run_polling()


if __name__ == "__main__":
    main()
