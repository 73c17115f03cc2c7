"""A command that is killed at each of its steps on the disk in turn; run as a process of its own by its test.

    python -m tests.endtoend.killed_command BEGIN LIVES [--statements] WORD…

copies the folder BEGIN to LIVES/0 and runs the command there, then to LIVES/1, where it is killed at its first step, and so
on. A step is an audit event of Python's (PEP 578): opening, renaming, removing, locking, cutting a file there; with
--statements it is each writing statement, each commit, and what follows that, as Python's profiler tells. Prints how each
life ended, one exit code a line, -9 for the killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Final

from bot.__main__ import main
from tests.support.nursery import read_in

BY_PATH: Final = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"})
BY_HANDLE: Final = frozenset({"os.truncate", "os.chmod", "fcntl.flock", "fcntl.lockf", "sqlite3.connect/handle"})
STATEMENTS: Final = "--statements"
RUN: Final = "Connection.executemany"
"""What a session calls to write."""

COMMIT: Final = "commit"
"""The driver's coroutine that ends its transaction, in a thread of its own."""


def live(folder: Path, words: list[str], dies_at: int | None, *, by_statement: bool) -> int:
    """Run the command in a process of its own; return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        os.chdir(folder)
        os.environ["BOT_DATABASE"] = f"sqlite:///{folder / 'bot.db'}"
        os.environ["BOT_KEY_FILE"] = str(folder / "master.key")
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1
            if steps == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def touched(event: str, arguments: tuple[object, ...]) -> None:
            if event in BY_HANDLE or (event in BY_PATH and str(folder) in str(arguments[0])):
                step()

        def called(frame: FrameType, event: str, what: object) -> None:
            is_statement = event == "c_call" and getattr(what, "__qualname__", "") == RUN
            if is_statement or (event == "call" and frame.f_code.co_name == COMMIT):  # as it begins, and as it goes on
                step()

        if by_statement:
            sys.setprofile(called)
        else:
            sys.addaudithook(touched)
        code = main(words)
        sys.setprofile(None)
        (folder / "steps").write_text(str(steps), encoding="ascii")
    finally:
        os._exit(code)


def lives(begin: Path, place: Path, words: list[str]) -> None:
    """Run it whole once, then once for each of its steps."""
    read_in()  # so that no life spends its time on it
    by_statement = words[0] == STATEMENTS
    words = words[by_statement:]
    shutil.copytree(begin, place / "0")
    report = [live(place / "0", words, None, by_statement=by_statement)]
    steps = int((place / "0" / "steps").read_text(encoding="ascii"))
    for dies_at in range(1, steps + 1):
        folder = place / str(dies_at)
        shutil.copytree(begin, folder)
        report.append(live(folder, words, dies_at, by_statement=by_statement))
    sys.stdout.write("\n".join(map(str, report)) + "\n")


if __name__ == "__main__":
    lives(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
