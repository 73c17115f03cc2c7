"""A line that says how far something is, on a terminal only: a log or a pipe never sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable


def show_progress(what: str) -> Callable[[int, int], None]:
    """Return what is to be told how much is done, of how much."""

    def tell(done: int, size: int) -> None:
        if sys.stderr.isatty() and size:
            print(f"\r{what}: {done / size:4.0%}", end="\n" if done >= size else "", file=sys.stderr, flush=True)

    return tell
