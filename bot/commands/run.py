"""`run`: the bot, until SIGTERM or Ctrl-C; then it finishes what it holds and stops."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal

from bot.app import SystemClock, opened_house
from bot.commands.collecting import collect_seldom
from bot.commands.logs import set_up_logs
from bot.settings import Settings

log = logging.getLogger(__name__)


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the bot."""
    set_up_logs(settings.log)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened_house(settings, SystemClock(), takes_over=arguments.take_over) as house:
        collect_seldom()  # nearly all that an update makes goes with it, without the collector
        log.info("running; stop with SIGTERM or Ctrl-C")
        await house.run(stop)
    log.info("stopped")
    return 0
