"""How far something long has come, on a terminal only: a log or a pipe never sees it."""

from __future__ import annotations

import sys
from typing import Final

WIDTH: Final = 30
"""Of the bar, in letters."""


class Progress:
    """Shows how much of something is done; how much there is may be known from the start, with each step, or not at all."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what, self._total = what, total

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show that so much is done."""
        whole = self._total if total is None else total
        if not sys.stderr.isatty():
            return
        if not whole:
            print(f"\r{done:,} {self._what} ", end="\r", file=sys.stderr, flush=True)  # what is said next stands over it
            return
        filled = WIDTH if done >= whole else WIDTH * done // whole
        bar = "#" * filled + "." * (WIDTH - filled)
        end = "\n" if done >= whole else ""
        print(f"\r[{bar}] {done:,} of {whole:,} {self._what} ", end=end, file=sys.stderr, flush=True)
