"""Processes of the program that need not read in its modules, words and queries: one has done it and forks for each of them.

A process so begun is `python -m bot …` from where the command line is read: settings, keys, database and connections are its
own. Reading them in takes most of a second of a processor, which hundreds of tests would each pay several times, and touches
nothing that a test of a running program is about. That it begins from nothing is tested where that is the point.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from bot.commands.arguments import parser
from bot.county import read_county, sample_county_path
from locales.catalogue import load_catalogues
from locales.wording import Wording
from storage.queries import load

ROOT: Final = Path(__file__).parents[2]
READ_IN: Final = (
    "bot.__main__",
    *(f"bot.commands.{name}" for name in ("run", "invite", "cases", "check", "digest", "inbox", "migrate", "status")),
    *(f"bot.commands.{name}" for name in ("backup", "board", "copy", "erase", "key", "restore", "translations")),
    *(f"bot.commands.ledger{part}" for part in ("", "_export", "_proof", "_verify")),
    "holidays.countries",  # whichever country is wanted, the package reads them all in
    "storage.sqlite.engine",
    "storage.postgres.engine",
)
MOST: Final = 1 << 17
"""Bytes of a request: words and an environment."""


class Life:
    """A process that was forked, with what is needed of asyncio's own."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid: Final = pid
        self._nursery = nursery
        self._watch = os.pidfd_open(pid)  # nobody else can have the number until the nursery is asked how it ended
        self._code: int | None = None

    @property
    def returncode(self) -> int | None:
        """How it ended, negative for a signal; None while it lives."""
        if self._code is None and select.select([self._watch], [], [], 0)[0]:
            os.close(self._watch)
            self._code = self._nursery.code_of(self.pid)
        return self._code

    def send_signal(self, number: int) -> None:
        """Signal it, if it is still there."""
        if self.returncode is None:
            signal.pidfd_send_signal(self._watch, number)

    async def wait(self) -> int:
        """Return how it ended, once it has."""
        loop = asyncio.get_running_loop()
        while (code := self.returncode) is None:
            ended: asyncio.Future[None] = loop.create_future()
            loop.add_reader(self._watch, _tell, ended)
            try:
                await ended
            finally:
                loop.remove_reader(self._watch)
        return code


def _tell(ended: asyncio.Future[None]) -> None:
    if not ended.done():
        ended.set_result(None)


class Nursery:
    """The process that forks; it ends with whoever made it, and all that it began with it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
            command = (sys.executable, "-m", "tests.support.nursery", str(theirs.fileno()))
            given, line = subprocess.DEVNULL, [theirs.fileno()]
            self._process = subprocess.Popen(command, cwd=ROOT, env=own, stdin=given, pass_fds=line)
        atexit.register(self._end)

    def begin(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Sequence[int], script: str = ""
    ) -> Life:
        """Begin `python -m bot WORDS` in a folder; its standard input, output and error are these open files.

        Args:
            script: what is run first, in the same process: it may limit the program or have it die.
        """
        request = {"words": list(words), "folder": str(folder), "environment": dict(environment), "script": script}
        socket.send_fds(self._line, [json.dumps(request).encode()], streams)
        return Life(self, int(self._line.recv(MOST)))

    def code_of(self, pid: int) -> int:
        """Return how one that has ended ended."""
        self._line.send(json.dumps({"ended": pid}).encode())
        return int(self._line.recv(MOST))

    def _end(self) -> None:
        self._line.close()
        self._process.wait()


@cache
def nursery() -> Nursery:
    """Return the one of this process."""
    return Nursery()


# ── In the process that forks ────────────────────────────────────────────────


def read_in() -> None:
    """Read in whatever comes with the program and is read once in a process: forks of this one have it."""
    for module in READ_IN:
        import_module(module)
    county = read_county(sample_county_path())
    Wording(county, load_catalogues(county.languages))
    parser()
    for dialect in ("sqlite", "postgres"):
        load(dialect)
    gc.freeze()


def main(line: socket.socket) -> None:
    """Fork when told to and say how each one ended, until nobody asks any more."""
    read_in()
    living: set[int] = set()
    while True:
        request, streams, _, _ = socket.recv_fds(line, MOST, 3)
        if not request:
            break
        asked = json.loads(request)
        if "ended" in asked:
            living.discard(asked["ended"])
            line.send(str(os.waitstatus_to_exitcode(os.waitpid(asked["ended"], 0)[1])).encode())
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            _live(asked, streams)
        living.add(pid)
        for stream in streams:
            os.close(stream)
        line.send(str(pid).encode())
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _live(asked: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be the program until it ends."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    exec(asked["script"], {})  # noqa: S102 (a test's own)
    try:
        code = import_module("bot.__main__").main(asked["words"])
    except SystemExit as ended:  # the command line was wrong, or asked what there is
        code = ended.code if isinstance(ended.code, int) else 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking the interpreter apart would touch, and so copy, most of what was read in


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
