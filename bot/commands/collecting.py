"""How seldom Python looks for rings among objects, in commands that make many which go by themselves."""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 10_000
"""Objects made and not yet gone before the collector looks for rings among them; Python's own 700 are made by one update."""


def collect_seldom() -> None:
    """Let no collection walk again what was made so far, and begin one only where much is left over."""
    gc.freeze()
    gc.set_threshold(YOUNG)
