"""A bare aiogram echo with its defaults: polling, aiohttp, a task for each update.

It stores nothing and decides nothing: what it costs is what the library costs.
"""

from __future__ import annotations

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message


async def echo(message: Message, bot: Bot) -> None:
    """Send the text back."""
    await bot.send_message(message.chat.id, message.text or "?")


async def answer(query: CallbackQuery, bot: Bot) -> None:
    """Answer the press, and send one message."""
    await query.answer()
    await bot.send_message(query.from_user.id, query.data or "?")


async def run() -> None:
    """Run until SIGTERM."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_BASE"]))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(answer)
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(run())
