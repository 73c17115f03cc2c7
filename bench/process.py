"""The bots that are compared, each as a process of its own beside the stand-in, and what the kernel says of them.

A bot gets only the settings that it needs; nothing of it is left after `stop`. Linux only: figures come from /proc.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TOKEN: Final = "7000000001:bench"
STOP_SECONDS: Final = 15.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_USER_TICKS, _SYSTEM_TICKS, _RESIDENT_PAGES = 11, 12, 21
"""Places in /proc/PID/stat behind the name, which may itself hold blanks. Source: proc(5)."""


class Contestant(StrEnum):
    """Which bot; the value is what Python runs."""

    OURS = "bot"
    PTB = "bench.echo_ptb"
    AIOGRAM = "bench.echo_aiogram"

    @property
    def label(self) -> str:
        """Name it for readers."""
        return {
            Contestant.OURS: "Minsheng",
            Contestant.PTB: "python-telegram-bot echo",
            Contestant.AIOGRAM: "aiogram echo",
        }[self]


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that was started."""

    process: asyncio.subprocess.Process

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used, all threads together."""
        stat = self._stat()
        return (int(stat[_USER_TICKS]) + int(stat[_SYSTEM_TICKS])) / _TICKS

    def cpu_nanoseconds(self) -> int:
        """Return the processor time of its threads that live, finer than `cpu_seconds`; Source: schedstat in proc(5)."""
        total = 0
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            with suppress(OSError):  # it ended just now
                total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
        return total

    def resident_bytes(self) -> int:
        """Return how much memory it holds."""
        return int(self._stat()[_RESIDENT_PAGES]) * _PAGE

    def _stat(self) -> list[str]:
        text = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        return text.rpartition(")")[2].split()

    async def stop(self) -> None:
        """End it politely, else by force."""
        if self.process.returncode is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


def environment(folder: Path, api_base: str, root: Path = ROOT) -> dict[str, str]:
    """Return the machine's environment with our settings only: a fresh file in `folder`, the program of a checkout."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return {
        **own,
        "PYTHONPATH": str(root),
        "BOT_TOKEN": TOKEN,
        "BOT_API_BASE": api_base,
        "BOT_DATABASE": f"sqlite:///{folder / 'bot.db'}",
        "BOT_KEY_FILE": str(folder / "master.key"),
    }


async def start(contestant: Contestant, folder: Path, api_base: str, root: Path = ROOT) -> Running:
    """Start a bot in an empty folder; what it says goes to the file `log` there."""
    words = [contestant.value, "run"] if contestant is Contestant.OURS else [contestant.value]
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *words, cwd=folder, env=environment(folder, api_base, root), stdout=log, stderr=log
        )
    return Running(process)
