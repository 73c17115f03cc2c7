"""Printing: a digest or a receipt. Whoever does it keeps the weight of typesetting out of the bot's own process."""

from __future__ import annotations

from typing import Protocol

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
