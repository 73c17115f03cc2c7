"""What is asked of the process that prints: one job, as JSON."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.note_paper import NotePaper
from bot.rules.paper import Form, Paper, Workbook
from bot.rules.slip import Slip


class PaperJob(msgspec.Struct, frozen=True, tag="paper", kw_only=True):
    """Typeset a paper; `form` is PDF or PNG."""

    paper: Paper
    form: Form


class WorkbookJob(msgspec.Struct, frozen=True, tag="workbook", kw_only=True):
    """Write a workbook."""

    workbook: Workbook


class SlipJob(msgspec.Struct, frozen=True, tag="slip", kw_only=True):
    """Draw a receipt."""

    slip: Slip


class NoteJob(msgspec.Struct, frozen=True, tag="note", kw_only=True):
    """Typeset a supervision note as PDF."""

    note: NotePaper


PrintJob: TypeAlias = PaperJob | WorkbookJob | SlipJob | NoteJob
