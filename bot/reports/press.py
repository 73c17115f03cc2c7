"""A press that prints in a process of its own, ended after each job: nothing it loads stays in the bot's memory.

Invariant: the process that prints knows no token and no key, and is gone when its job is, done or not.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import Final

import msgspec

import bot
from bot.errors import PressFailed
from bot.reports.job import NoteJob, PaperJob, PrintJob, SlipJob, WorkbookJob
from bot.rules.note_paper import NotePaper
from bot.rules.paper import Form, Paper, Workbook
from bot.rules.slip import Slip

log = logging.getLogger(__name__)

AT_ONCE: Final = 2
"""How many processes print at the same time; more jobs wait."""

SECONDS: Final = 60.0
"""How long a job may take; a second is usual, a machine short of memory may need many."""

OURS: Final = "BOT_"
"""How the environment variables begin that are not for the process that prints."""


class ChildPress:
    """Prints by `python -m bot.reports`."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "bot.reports"), seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._free = asyncio.Semaphore(AT_ONCE)

    async def print_paper(self, paper: Paper, form: Form) -> bytes:
        """Typeset a paper as PDF or PNG; raises PressFailed."""
        return await self._print(PaperJob(paper=paper, form=form))

    async def print_workbook(self, workbook: Workbook) -> bytes:
        """Write a workbook as XLSX; raises PressFailed."""
        return await self._print(WorkbookJob(workbook=workbook))

    async def print_slip(self, slip: Slip) -> bytes:
        """Draw a receipt as PNG; raises PressFailed."""
        return await self._print(SlipJob(slip=slip))

    async def print_note(self, note: NotePaper) -> bytes:
        """Typeset a supervision note as PDF; raises PressFailed."""
        return await self._print(NoteJob(note=note))

    async def _print(self, job: PrintJob) -> bytes:
        async with self._free:
            try:
                child = await asyncio.create_subprocess_exec(
                    *self._command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.PIPE,
                    cwd=Path(bot.__path__[0]).parent,
                    env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
                )
            except OSError as error:
                raise PressFailed("the process that prints could not be started") from error
            try:
                async with asyncio.timeout(self._seconds):
                    printed, said = await child.communicate(msgspec.json.encode(job))
            except TimeoutError as error:
                raise PressFailed(f"not printed within {self._seconds:g} seconds") from error
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if child.returncode != 0 or not printed:
            lines = said.decode(errors="replace").strip().splitlines()
            raise PressFailed(lines[-1] if lines else f"the process that prints ended with {child.returncode}")
        return printed
