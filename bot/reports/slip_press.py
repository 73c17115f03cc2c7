"""A receipt as a picture, typeset. Loaded in a process of its own only, like everything that prints.

Invariant: only fonts that came with the program are used, so a receipt looks the same on every machine.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

import msgspec
import typst

from bot.reports.paper_press import drawn_code, fonts
from bot.rules.slip import Slip

PICTURE_DPI: Final = 200
"""1000 pixels across, so that it can be read on any phone."""


def print_slip(slip: Slip) -> bytes:
    """Draw a receipt as PNG."""
    inputs = {
        "slip": msgspec.json.encode(slip).decode(),
        "code": "" if slip.link is None else drawn_code(slip.link),
    }
    printed: bytes = typst.compile(
        str(files("bot.reports") / "slip.typ"),
        format="png",
        ppi=PICTURE_DPI,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return printed
