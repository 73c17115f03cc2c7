"""A paper as PDF or PNG, typeset. Loaded in a process of its own only: the typesetter and its fonts weigh more than the bot.

Invariant: only fonts that came with the program are used, so a page looks the same on every machine.
"""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
import pylopdf_fonts_ar
import pylopdf_fonts_zh_cn
import segno
import typst

from bot.rules.paper import Form, Paper

PICTURE_DPI: Final = 200
"""1111 pixels across: Telegram shows at most 1280 of a photo."""


def fonts() -> list[str]:
    """Return the folders of the fonts: Chinese, Arabic script, and the one that draws Xibe (shared with the demo page)."""
    wheels = (pylopdf_fonts_zh_cn.__file__, pylopdf_fonts_ar.__file__)
    return [*(str(Path(wheel).parent) for wheel in wheels), str(files("bot.sandbox") / "page")]


def print_paper(paper: Paper, form: Form) -> bytes:
    """Typeset a paper as PDF or PNG."""
    inputs = {"paper": msgspec.json.encode(paper).decode(), "form": form.value, "code": drawn_code(paper.seal.code)}
    printed: bytes = typst.compile(
        str(files("bot.reports") / "digest.typ"),
        format="png" if form is Form.PNG else "pdf",
        ppi=PICTURE_DPI,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return printed


def drawn_code(text: str) -> str:
    """Draw a QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
