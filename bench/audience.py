"""People before the stand-in: they write and press, and note when they were answered.

A text is answered by a new message, a press by a new message and the end of the waiting sign; an edit answers nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Final

from bench.process import TOKEN
from bot.sandbox.clock import OffsetClock
from bot.sandbox.refusal import JsonObject
from bot.sandbox.server import Sandbox
from handlers.callback import SendDraft, decode, encode

WORDS: Final = "坎乡三村口的路灯坏了，晚上看不清路"
SEND: Final = encode(SendDraft())
FIRST_PERSON: Final = 7_100_000_000
WAIT_SECONDS: Final = 300.0


class Audience:
    """Everybody in front of one stand-in. Make it with `gathered`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._asked_at: dict[int, float] = {}
        self._no_message: set[int] = set()
        self._no_answer: set[int] = set()
        self._all_answered = asyncio.Event()
        self._next_person = FIRST_PERSON
        #: Seconds from each act to the whole of its answer, in the order of answers.
        self.waits: list[float] = []
        sandbox.world.scene.listeners.append(self._saw)

    @property
    def api_base(self) -> str:
        """Return the address of the stand-in."""
        return self._sandbox.api_base

    def calls(self) -> int:
        """Count the bot's calls so far, polls apart."""
        counts = self._sandbox.world.scene.call_counts
        return counts.total() - counts["getupdates"]

    def told_addresses(self) -> int:
        """Count how often a bot said where it wants its updates."""
        return self._sandbox.world.scene.call_counts["setwebhook"]

    def newcomers(self, count: int) -> range:
        """Let so many people come who never wrote before."""
        people = range(self._next_person, self._next_person + count)
        self._next_person += count
        for person in people:
            self._sandbox.world.create(person, f"person {person}")
        return people

    def write(self, person: int, text: str = WORDS) -> None:
        """Let someone write, and begin to wait for the answer."""
        self._expect(person)
        self._no_message.add(person)
        self._sandbox.world.text(person, text)

    def pour(self, person: int, text: str) -> None:
        """Let someone write without waiting for an answer."""
        self._sandbox.world.text(person, text)

    def press_send(self, person: int) -> None:
        """Let someone press the card's send button under the bot's last message; an echo draws none, and is sent one."""
        shown = self._sandbox.world.last_from_bot(person)
        assert shown is not None
        self._expect(person)
        self._no_message.add(person)
        self._no_answer.add(person)
        drawn = [button["callback_data"] for row in shown.buttons for button in row]
        send = next((data for data in drawn if isinstance(decode(data), SendDraft)), SEND)
        self._sandbox.world.press(person, shown.message_id, data=send)

    async def write_steadily(self, people: Sequence[int], per_second: float) -> list[float]:
        """Let people write at fixed moments, whatever the bot does; return everyone's wait in seconds."""
        self.waits.clear()
        begun_at = perf_counter()
        for place, person in enumerate(people):
            await asyncio.sleep(max(0.0, begun_at + place / per_second - perf_counter()))
            self.write(person)
        await self.answered()
        return list(self.waits)

    async def answered(self) -> None:
        """Return once nobody waits any more.

        Raises:
            TimeoutError: somebody still does.
        """
        if self._asked_at:
            self._all_answered.clear()
            async with asyncio.timeout(WAIT_SECONDS):
                await self._all_answered.wait()

    def read(self, people: Iterable[int]) -> list[str]:
        """Return what each of these people read last from the bot."""
        last = (self._sandbox.world.last_from_bot(person) for person in people)
        return [message.text if message is not None else "" for message in last]

    def _expect(self, person: int) -> None:
        assert person not in self._asked_at
        self._asked_at[person] = perf_counter()

    def _saw(self, event: str, about: JsonObject) -> None:
        person = about.get("chat_id")
        if not isinstance(person, int):
            return
        if event == "toast":
            self._no_answer.discard(person)
        elif event == "message" and about["from_bot"] and not about["edited"]:
            self._no_message.discard(person)
        if person in self._asked_at and person not in self._no_message and person not in self._no_answer:
            self.waits.append(perf_counter() - self._asked_at.pop(person))
            if not self._asked_at:
                self._all_answered.set()


@asynccontextmanager
async def gathered() -> AsyncIterator[Audience]:
    """Open a stand-in in this process and gather people before it."""
    sandbox = Sandbox(clock=OffsetClock(), token=TOKEN, username="minsheng_bot", history=50, recorded_calls=1)
    await sandbox.start()
    try:
        yield Audience(sandbox)
    finally:
        await sandbox.stop()
