"""A migration that is killed before each of its statements in turn; run as a process of its own by its test.

    python -m tests.storage.killed_migration BEGIN LIVES

copies the database BEGIN to LIVES/0.db and migrates it, then to LIVES/1.db, where it is killed before its first statement,
and so on. Python's profiler tells when a statement is about to run. Prints how many lives there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from storage.sqlite.migrate import migrate


def live(path: Path, dies_at: int | None) -> int:
    """Migrate in a process of its own; return how many statements there were, 0 when it was killed."""
    told = path.with_suffix(".steps")
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return int(told.read_text(encoding="ascii")) if code == 0 else 0
    try:
        steps = 0

        def about_to(_: FrameType, event: str, called: object) -> None:
            nonlocal steps
            if event == "c_call" and getattr(called, "__qualname__", "") == "Connection.execute":
                steps += 1
                if steps == dies_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(about_to)
        migrate(path)
        sys.setprofile(None)
        told.write_text(str(steps), encoding="ascii")
        os._exit(0)
    finally:
        os._exit(1)


def main(begin: Path, place: Path) -> None:
    """Migrate it whole once, then die before each statement."""
    shutil.copy(begin, place / "0.db")
    steps = live(place / "0.db", None)
    for dies_at in range(1, steps + 1):
        shutil.copy(begin, place / f"{dies_at}.db")
        if live(place / f"{dies_at}.db", dies_at):
            raise AssertionError(f"it outlived its death before statement {dies_at}")
    sys.stdout.write(f"{steps + 1}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
