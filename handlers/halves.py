"""Halves of characters: JSON can write half a surrogate pair, which is no text and makes all that it stands in unreadable.

Invariant: what has no such half stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from typing import Final

ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u(?P<half>[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape as JSON knows them, a pair as one: so a half is told from the half of a pair, and from a backslash's own."""

REPLACEMENT: Final = rb"\ufffd"


def without_halves(body: bytes) -> bytes:
    """Put U+FFFD in the place of each half, as a phone shows it."""
    return ESCAPE.sub(lambda escape: REPLACEMENT if escape["half"] else escape.group(), body)
