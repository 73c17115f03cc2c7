"""The processes of one run: one or several of the program, on one database, before one stand-in."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.front import opened_front
from bot.sandbox.server import Sandbox
from tests.endtoend.test_webhook import free_port, webhook_settings
from tests.support.program import RUN, Program


@dataclass(frozen=True)
class Shape:
    """How the program is run.

    Attributes:
        intake: `polling` or `webhook`.
        processes: how many share the database.
        fresh_share: how many of the program's lives read their modules in; the others are forked from a process that has.
    """

    intake: str = "polling"
    processes: int = 1
    fresh_share: float = 1.0


@dataclass
class Reborn(Program):
    """The program, begun again and again: some of its lives read their modules in, the others are forked."""

    random: Random = field(default_factory=Random)
    fresh_share: float = 1.0

    async def start(self, *words: str) -> None:
        """Start `run`, with these options."""
        self.command = RUN if self.random.random() < self.fresh_share else None
        await super().start(*words)

    def strike(self) -> None:
        """Let it die from this moment on; `kill` waits until it has."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)


@dataclass(frozen=True)
class Fleet:
    """All of them; the first has the folder in which commands are given as well."""

    programs: list[Reborn]

    @property
    def first(self) -> Reborn:
        """Return the one that is asked things."""
        return self.programs[0]

    async def stop(self) -> list[int]:
        """End all politely; return their exit codes."""
        return [await program.stop() for program in self.programs]

    async def kill(self) -> None:
        """End all as a power cut would."""
        for program in self.programs:
            await program.kill()

    def ended(self) -> list[tuple[int, int]]:
        """Return which have ended by themselves, and how."""
        codes = ((place, program.process) for place, program in enumerate(self.programs))
        return [
            (place, process.returncode) for place, process in codes if process is not None and process.returncode is not None
        ]


@asynccontextmanager
async def opened_fleet(sandbox: Sandbox, folder: Path, url: str, shape: Shape, random: Random) -> AsyncIterator[Fleet]:
    """Prepare the processes on the database at a URL, behind one address where updates are brought."""
    async with AsyncExitStack() as stack:
        ports = [free_port() for _ in range(shape.processes)]
        address = ports[0]
        if shape.intake == "webhook" and shape.processes > 1:
            address = await stack.enter_async_context(opened_front(ports))
        programs = []
        for place, port in enumerate(ports):
            own = folder if place == 0 else folder / str(place)
            own.mkdir(exist_ok=True)
            settings: Mapping[str, str] = {"BOT_DATABASE": url, "BOT_KEY_FILE": str(folder / "master.key")}
            if shape.intake == "webhook":
                settings = {**settings, **webhook_settings(address), "BOT_LISTEN": f"127.0.0.1:{port}"}
            program = Reborn(sandbox, own, settings, random=random, fresh_share=shape.fresh_share)
            programs.append(program)
        fleet = Fleet(programs)
        try:
            yield fleet
        finally:
            await fleet.kill()
