"""The real program as a process: started, killed, asked; and the stand-in that it talks to."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Protocol

from bot.sandbox.clock import OffsetClock
from bot.sandbox.message import Message
from bot.sandbox.server import Sandbox
from tests.support.nursery import nursery

TOKEN = "7000000001:end-to-end"
ROOT = Path(__file__).parents[2]
RUN = ("-m", "bot", "run")
SECONDS = 60.0
"""A bound on waiting for the program, far above what it takes: a test that reaches it has failed."""


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read what was printed as JSON."""
        return json.loads(self.out)


class Process(Protocol):
    """What is needed of a process, however it was begun."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it lives."""
        ...

    def send_signal(self, signal: int, /) -> None:
        """Signal it."""
        ...

    async def wait(self) -> int:
        """Return how it ended, once it has."""
        ...


@dataclass
class Program:
    """The program in a folder of its own, beside a stand-in."""

    sandbox: Sandbox
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    #: What python is started with; None: `run` begins as a process that has read its modules in (see `nursery`).
    command: Sequence[str] | None = None
    process: Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of the program: the machine's own, and only our settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        return {
            **own,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "BOT_API_BASE": self.sandbox.api_base,
            "BOT_DATABASE": f"sqlite:///{self.folder / 'bot.db'}",
            "BOT_KEY_FILE": str(self.folder / "master.key"),
            **self.settings,
        }

    async def start(self, *words: str) -> None:
        """Start `run`, with these options."""
        with TemporaryFile() as nothing, (self.folder / "log").open("ab") as log:
            if self.command is None:
                streams = (nothing.fileno(), log.fileno(), log.fileno())
                self.process = nursery().begin(("run", *words), self.folder, self.environment, streams)
            else:
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable, *self.command, *words, cwd=self.folder, env=self.environment, stdout=log, stderr=log
                )

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """End it politely; return its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(how)
        async with asyncio.timeout(SECONDS):
            return await process.wait()

    async def ask(self, *words: str, given: bytes = b"", script: str = "") -> Answer:
        """Run another command beside it, with something on its standard input, and a script run before it in its process."""
        with TemporaryFile() as said, TemporaryFile() as out, TemporaryFile() as err:
            said.write(given)
            said.seek(0)
            streams = (said.fileno(), out.fileno(), err.fileno())
            code = await nursery().begin(words, self.folder, self.environment, streams, script).wait()
            out.seek(0)
            err.seek(0)
            return Answer(code, out.read().decode(), err.read().decode())

    def begin(self, *words: str) -> Process:
        """Begin another command beside it, of which nothing is read."""
        with TemporaryFile() as nothing:
            return nursery().begin(words, self.folder, self.environment, [nothing.fileno()] * 3)

    async def hire(self, account: int, role: str, unit: str | None = None) -> None:
        """Give someone a role by a one-time link, as the command line and the person do it."""
        words = ["invite", "--role", role, "--json", *(["--unit", unit] if unit else [])]
        answer = await self.ask(*words)
        assert answer.code == 0, answer.err
        seen = self.last_id(account)
        self.sandbox.world.text(account, f"/start {answer.json()['payload']}")
        await self.hears(account, "身份", after=seen)

    async def hears(self, account: int, part: str, *, after: int = 0) -> Message:
        """Return the first message behind `after` in which someone reads these words."""
        return await self.sandbox.world.wait_for_text(account, part, after=after, seconds=SECONDS)

    async def offered(self, account: int, label: str) -> Message:
        """Return the newest message under which someone finds this button."""

        def find() -> Message | None:
            messages = reversed(self.sandbox.world.transcript(account))
            return next((each for each in messages if label in each.labels), None)

        found = await self.sandbox.world.wait_for(find, SECONDS)
        assert found is not None
        return found

    async def press(self, account: int, label: str) -> None:
        """Press a button as soon as it is there."""
        message = await self.offered(account, label)
        self.sandbox.world.press(account, message.message_id, label=label)

    def last_id(self, account: int) -> int:
        """Return the number of the last message in someone's chat."""
        last = self.sandbox.world.last(account)
        return last.message_id if last is not None else 0


@asynccontextmanager
async def program(
    folder: Path, accounts: Sequence[int], settings: Mapping[str, str] | None = None, *, command: Sequence[str] | None = None
) -> AsyncIterator[Program]:
    """Start the stand-in with people in it; the program itself is started by the test."""
    sandbox = Sandbox(clock=OffsetClock(), token=TOKEN, username="minsheng_bot")
    for account in accounts:
        sandbox.world.create(account, f"person {account}")
    await sandbox.start()
    running = Program(sandbox, folder, settings or {}, command)
    try:
        yield running
    finally:
        await running.kill()
        await sandbox.stop()
