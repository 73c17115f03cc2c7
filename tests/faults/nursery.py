"""Lives of the program that begin without reading its modules in: a process has read them once, and forks for each life.

Such a life is `python -m bot run` from where its command line is read: its database, keys, claims and connections are opened
as ever. Reading the modules in takes a second of a processor, a thousand times over, and touches nothing that could be lost.

    python -m tests.faults.nursery      # a life as a line of JSON comes in; `born PID` and `ended PID CODE` go out
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.support.program import ROOT, Program

READ_IN: Final = ("bot.__main__", "bot.commands.run", "storage.sqlite.engine", "storage.postgres.engine")
BUFFER: Final = 1 << 16


@dataclass
class Life:
    """A process that was forked: what is needed of asyncio's own."""

    pid: int
    returncode: int | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    def send_signal(self, number: int) -> None:
        """Signal it, if it is still there."""
        if self.returncode is None:
            with suppress(ProcessLookupError):  # it has just ended, and that is on its way to us
                os.kill(self.pid, number)

    async def wait(self) -> int:
        """Return how it ended, once it has."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    def end(self, code: int) -> None:
        """Note that it has ended."""
        self.returncode = code
        self._ended.set()


class Nursery:
    """The process that forks. Make it with `opened_nursery`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lives: dict[int, Life] = {}
        self._expected: asyncio.Queue[asyncio.Future[Life]] = asyncio.Queue()

    async def bear(self, program: Program, words: Sequence[str]) -> Life:
        """Begin a life of a program in its folder."""
        born: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._expected.put_nowait(born)
        life = {"words": list(words), "folder": str(program.folder), "environment": program.environment}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(life).encode() + b"\n")
        await self._process.stdin.drain()
        return await born

    async def listen(self) -> None:
        """Take note of births and deaths for as long as there are any."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            what, pid, *code = line.split()
            if what == b"born":
                life = self._lives[int(pid)] = Life(int(pid))
                self._expected.get_nowait().set_result(life)
            else:
                self._lives.pop(int(pid)).end(int(code[0]))


@asynccontextmanager
async def opened_nursery() -> AsyncIterator[Nursery]:
    """Start it; at the end it goes, and whoever still lives there with it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.nursery"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=BUFFER,
    )
    nursery = Nursery(process)
    listening = asyncio.create_task(nursery.listen())
    try:
        yield nursery
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await listening
        await process.wait()


# ── In the process that forks ────────────────────────────────────────────────


def main() -> None:
    """Fork when told to, say who has ended, end when nobody asks any more."""
    for module in READ_IN:
        import_module(module)
    children: dict[int, int] = {}
    unread = b""
    while True:
        for ready in select.select([0, *children], [], [])[0]:
            if ready != 0:
                pid = children.pop(ready)
                os.close(ready)
                _say("ended", pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                continue
            read = os.read(0, BUFFER)
            if not read:
                _end_all(children)
                return
            *lines, unread = (unread + read).split(b"\n")
            for line in lines:
                pid = os.fork()
                if pid == 0:
                    _live(json.loads(line))
                children[os.pidfd_open(pid)] = pid
                _say("born", pid)


def _live(life: Mapping[str, Any]) -> NoReturn:
    """Be the program until it ends."""
    folder = Path(life["folder"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    said = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number, here in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(number, here)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(life["environment"])
    sys.exit(import_module("bot.__main__").main(life["words"]))


def _end_all(children: Mapping[int, int]) -> None:
    for number, pid in children.items():
        signal.pidfd_send_signal(number, signal.SIGKILL)
        os.waitpid(pid, 0)


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


if __name__ == "__main__":
    main()
