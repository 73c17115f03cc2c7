"""A command on PostgreSQL that is killed at one of its writing steps, again and again; run as a process by its test.

    python -m tests.endtoend.killed_on_postgres FOLDER URL WORD…

reads one number a line, and for each runs the command in FOLDER on the database at URL, killed at that step; it prints how
that life ended, -9 for killed. Steps are: before each writing statement of a transaction, before its COMMIT and behind it,
and before each change to a file in the folder.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import asyncpg

from bot.__main__ import main
from tests.endtoend.killed_command import BY_HANDLE, BY_PATH
from tests.support.nursery import read_in

ASKED: Final = ("execute", "fetch", "fetchmany")
"""What the program asks the driver for."""


class Steps:
    """Counts what a command does, and kills it at one of its steps."""

    def __init__(self, folder: Path, dies_at: int) -> None:
        self._folder, self._left = str(folder), dies_at
        self._is_writing = False

    def watch(self) -> None:
        """Count from now on, for the rest of this process's life."""
        sys.addaudithook(self._touched)
        for name in ASKED:
            setattr(asyncpg.Connection, name, self._counted(getattr(asyncpg.Connection, name)))

    def _touched(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in BY_HANDLE or (event in BY_PATH and self._folder in str(arguments[0])):
            self._step()

    def _counted(self, ask: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def asked(connection: object, query: str, *rest: object, **named: object) -> object:
            if query.startswith("BEGIN"):
                self._is_writing = "READ ONLY" not in query
            if self._is_writing and not query.startswith("SELECT"):
                self._step()
            answer = await ask(connection, query, *rest, **named)
            if self._is_writing and query == "COMMIT":
                self._step()
                self._is_writing = False
            return answer

        return asked

    def _step(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def live(folder: Path, url: str, words: list[str], dies_at: int) -> int:
    """Run the command in a process of its own; return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        os.chdir(folder)
        os.environ["BOT_DATABASE"] = url
        os.environ["BOT_KEY_FILE"] = str(folder / "master.key")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        Steps(folder, dies_at).watch()
        code = main(words)
    finally:
        os._exit(code)


def lives(folder: Path, url: str, words: list[str]) -> None:
    """Live once for each number that is asked for."""
    read_in()  # so that no life spends its time on it
    for line in sys.stdin:
        sys.stdout.write(f"{live(folder, url, words, int(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    lives(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
