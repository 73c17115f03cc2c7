"""Photographs: drawn anew from their points alone, so that nothing else comes along: no place, no time, no camera."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile

from bot.ports.files import WrongFile
from bot.rules.file import Unwanted

MOST_POINTS: Final = 60_000_000
LONGEST_SIDE: Final = 2560
QUALITY: Final = 85
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_WHITE: Final = (255, 255, 255)


def drawn_anew(content: bytes) -> bytes:
    """Return a JPEG of what the picture shows, upright, its longer side at most `LONGEST_SIDE`.

    Raises:
        WrongFile: it cannot be read, or has more points than any camera takes.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            return _jpeg(picture)
    except Exception as error:  # a decoder may fail in any way on a file that was made to make it fail
        raise WrongFile(Unwanted.BROKEN) from error


def _jpeg(picture: ImageFile) -> bytes:
    if picture.width * picture.height > MOST_POINTS:
        raise WrongFile(Unwanted.BROKEN)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    plain = Image.new("RGB", upright.size, _WHITE)
    plain.paste(upright, mask=upright.getchannel("A"))
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
