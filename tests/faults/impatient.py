"""The program as `run` starts it, but that it waits a second where that one waits a minute: for what hangs for ever."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Final

from bot.app import SystemClock, opened_house
from bot.commands.logs import set_up_logs
from bot.settings import Settings
from handlers.wire import Patience

HELD_SECONDS: Final = 1
PATIENCE: Final = Patience(read=1.0)


async def run() -> None:
    """Run until told to stop."""
    settings = Settings.read(os.environ, Path.cwd())
    set_up_logs(settings.log)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with opened_house(settings, SystemClock(), held_seconds=HELD_SECONDS, patience=PATIENCE) as house:
        await house.run(stop)


if __name__ == "__main__":
    asyncio.run(run())
