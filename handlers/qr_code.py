"""A link as a square code that phones read (ISO/IEC 18004), as a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Final

SCALE: Final = 10
"""Pixels a module: large enough to be printed on a sheet of paper."""


def qr_code(link: str) -> bytes:
    """Draw a link as a PNG, with the quiet zone of four modules around it; a quarter of it may be damaged."""
    import segno  # noqa: PLC0415 (most programs never draw one, and what draws is not loaded before it must)

    drawn = BytesIO()
    segno.make(link, error="q", micro=False).save(drawn, kind="png", scale=SCALE)
    return drawn.getvalue()
