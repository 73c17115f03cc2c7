"""Printing: a digest, a receipt or a supervision note. Whoever does it keeps typesetting out of the bot's process."""

from __future__ import annotations

from typing import Protocol

from bot.rules.note_paper import NotePaper
from bot.rules.paper import Form, Paper, Workbook
from bot.rules.slip import Slip


class Press(Protocol):
    """Makes files of what was said for print."""

    async def print_paper(self, paper: Paper, form: Form) -> bytes:
        """Typeset a paper as PDF or PNG; raises PressFailed."""
        ...

    async def print_workbook(self, workbook: Workbook) -> bytes:
        """Write a workbook as XLSX; raises PressFailed."""
        ...

    async def print_slip(self, slip: Slip) -> bytes:
        """Draw a receipt as PNG; raises PressFailed."""
        ...

    async def print_note(self, note: NotePaper) -> bytes:
        """Typeset a supervision note as PDF; raises PressFailed."""
        ...
