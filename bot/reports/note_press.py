"""A supervision note as a printed form, typeset. Loaded in a process of its own only, like everything that prints.

Invariant: only fonts that came with the program are used, so a form looks the same on every machine.
"""

from __future__ import annotations

from importlib.resources import files

import msgspec
import typst

from bot.reports.paper_press import fonts
from bot.rules.note_paper import NotePaper


def print_note(note: NotePaper) -> bytes:
    """Typeset a supervision note as PDF."""
    printed: bytes = typst.compile(
        str(files("bot.reports") / "note.typ"),
        format="pdf",
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"note": msgspec.json.encode(note).decode()},
    )
    return printed
