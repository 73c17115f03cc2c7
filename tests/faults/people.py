"""Residents and an officer who use the bot as people do: they write in pieces, press twice, press old buttons, and wait.

They see only what the stand-in shows in their chats. What they do is drawn from a seed; when, depends on the answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from random import Random
from time import monotonic
from typing import Final, TypeVar

from bot.sandbox.faults import CallFault, Fault, UpdateFault
from bot.sandbox.message import Message
from bot.sandbox.refusal import JsonObject
from bot.sandbox.server import Sandbox
from tests.faults.diary import MARK, NUMBER, Diary, Sight

Found = TypeVar("Found")

MATTERS: Final = (("drains", "下水道堵了"), ("heat_water_power", "停水三天了"), ("jobs", "拖欠工资"))
"""Categories whose units have nobody in them during a run, and words that the sample county knows them by."""

HEARD_OF: Final = ("farming", "水渠塌了")
HEARD_SHARE: Final = 0.05
"""How many complaints an officer hears of: one person reads at one person's pace, and is not written to faster than that."""

PATIENCE: Final = 100.0
"""Seconds that somebody waits for an answer before they go on with something else: a send in doubt is repeated after 30."""

HAN: Final = range(0x3400, 0x4DB0)
"""Signs that no word has which the guess knows (CJK Extension A): common ones, drawn at random, say something at times."""

LOSES_ANSWER: Final = frozenset({CallFault.RESET_AFTER, CallFault.TRUNCATED, CallFault.MALFORMED})


@dataclass
class Crowd:
    """Everybody before one stand-in.

    Attributes:
        updates, lives: how many updates people cause, and how many of the program's lives they see, at least; then each ends
            what they are about.
        until: the moment at which they do so in any case, by `monotonic`.
        life: which life of the program this is, as in Sight; whoever kills it counts on.
    """

    sandbox: Sandbox
    random: Random
    updates: int
    lives: int = 0
    until: float = inf
    acts: int = 0
    life: int = 0
    diaries: dict[int, Diary] = field(default_factory=dict)
    _stirred: dict[int, asyncio.Event] = field(default_factory=dict)
    _losing: set[int] = field(default_factory=set)
    _disturbed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin to watch the stand-in."""
        self.sandbox.world.scene.listeners.append(self._saw)
        self.sandbox.faults.witnesses.append(self._struck)

    @property
    def goes_on(self) -> bool:
        """Say whether people begin anything new."""
        return (self.acts < self.updates or self.life < self.lives) and monotonic() < self.until

    def join(self, person: int) -> Person:
        """Let someone come."""
        self.sandbox.world.create(person, f"person {person}")
        diary = self.diaries[person] = Diary(person)
        stirred = self._stirred[person] = asyncio.Event()
        return Person(self, diary, stirred, Random(self.random.random()))

    def is_disturbed(self, person: int) -> bool:
        """Say whether the stand-in changed the order of somebody's updates since this was last asked."""
        was = person in self._disturbed
        self._disturbed.discard(person)
        return was

    def _saw(self, event: str, about: JsonObject) -> None:
        person = about.get("chat_id")
        if not isinstance(person, int) or person not in self.diaries:
            return
        if event == "message" and about["from_bot"] and not about["edited"]:
            is_lost = person in self._losing
            self._losing.discard(person)
            self.diaries[person].sights.append(Sight(str(about["text"]), self.life, is_answer_lost=is_lost))
        self._stirred[person].set()

    def _struck(self, fault: Fault, method: str, chat_id: int | None) -> None:
        if chat_id is None:
            return
        if fault.kind in LOSES_ANSWER and method == "sendmessage":
            self._losing.add(chat_id)
        if fault.kind is UpdateFault.REORDER:
            self._disturbed.add(chat_id)


@dataclass
class Person:
    """Somebody with a chat."""

    crowd: Crowd
    diary: Diary
    stirred: asyncio.Event
    random: Random
    _written: int = 0
    _in_vain: set[str] = field(default_factory=set)

    @property
    def id(self) -> int:
        """Return the number of the account and of its chat."""
        return self.diary.person

    def say(self, text: str) -> None:
        """Write to the bot."""
        self._acts(text if text.startswith("/") else "")
        self.crowd.sandbox.world.text(self.id, text)

    def press(self, message: int, data: str, about: str = "") -> None:
        """Press a button, by what it carries: also one that is no longer there, as a slow client shows it.

        Args:
            about: the case whose answers are waited for; pressing after such a wait in vain is asking again.
        """
        self._acts(about=about)
        self.crowd.sandbox.world.press(self.id, message, data=data)

    def _acts(self, command: str = "", about: str = "") -> None:
        self.crowd.acts += 1
        asks_again = about if about in self._in_vain else ""
        self.diary.sights.append(Sight(command, self.crowd.life, is_own=True, asks_again=asks_again))

    def messages(self) -> Sequence[Message]:
        """Return what stands in the chat now, newest first."""
        return [each for each in reversed(self.crowd.sandbox.world.transcript(self.id)) if each.sender.is_bot]

    def showing(self, label: str, *parts: str) -> Message | None:
        """Find the newest message with such a button and all these words."""
        return next(
            (each for each in self.messages() if label in each.labels and all(part in each.text for part in parts)), None
        )

    async def until(self, what: str, find: Callable[[], Found], about: str = "") -> Found | None:
        """Wait until something is seen; after long enough give it up, and note that, and about which case it was."""
        begun_at = monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := find()):
                    self.stirred.clear()
                    await self.stirred.wait()
                return found
        except TimeoutError:
            self.diary.unanswered.append(what)
            self._in_vain.add(about)
            return None
        finally:
            self.diary.waits.append(monotonic() - begun_at)

    def heard(self) -> int:
        """Count the messages that came so far."""
        return sum(not sight.is_own for sight in self.diary.sights)

    async def ask(self, text: str) -> None:
        """Write something that is answered by a message of its own."""
        before = self.heard()
        self.say(text)
        await self.until(text, lambda: self.heard() > before)

    async def cancel(self, card: Message | None) -> None:
        """Throw a draft away, which its card says; where none came there may be nothing to throw away, and that is said."""
        before = self.heard()
        self.say("/cancel")
        await self.until(
            "/cancel", lambda: self.heard() > before or (card is not None and "提交" not in self._labels(card.message_id))
        )

    async def begin(self) -> None:
        """Meet the bot and choose Chinese."""
        self.say("/start")
        if question := await self.until("the choice of a language", lambda: self.showing("中文")):
            labels = question.labels
            self.press(question.message_id, data_of(question, "中文"))
            number = question.message_id
            await self.until("the language", lambda: self._labels(number) != labels or self.messages()[0] is not question)

    def _labels(self, message: int) -> list[str]:
        return self.crowd.sandbox.world.message(self.id, message).labels

    # ── A resident ───────────────────────────────────────────────────────────

    async def reside(self) -> None:
        """Live as a resident until there is nothing more to be done."""
        await self.begin()
        while self.crowd.goes_on:
            await self.rate()
            chance = self.random.random()
            if chance < 0.78:
                await self.complain()
            elif chance < 0.9:
                await self.complain(is_meant=False)
            else:
                await self.ask("/help")
        await self.rate()

    async def complain(self, *, is_meant: bool = True) -> None:
        """Write what is wrong, in one piece or more; send it, perhaps with two taps, or think better of it."""
        category, words = HEARD_OF if self.random.random() < HEARD_SHARE else self.random.choice(MATTERS)
        self.crowd.is_disturbed(self.id)
        marks = [self._write(words) for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        card = await self.until(f"the card of {marks}", lambda: self.showing("提交", *marks))
        if card is None or not is_meant:
            await self.cancel(card)
            return
        self._check_order(card.text, marks)
        receipts = len(self.diary.receipts)
        button = (card.message_id, data_of(card, "提交"))
        self.diary.filed.append(category)
        for _ in range(self.random.choice((1, 1, 1, 2))):
            self.press(*button)
        await self.until(f"the receipt of {marks}", lambda: len(self.diary.receipts) > receipts)
        if self.random.random() < 0.2:
            self.press(*button)  # once more, when it is long done

    def _write(self, words: str) -> str:
        """Write one piece; return the mark in it by which it is known again."""
        mark = f"Q{self.id}Z{self._written}{self.random.choice('abc')}"
        self._written += 1
        assert MARK.fullmatch(mark)
        noise = "".join(chr(self.random.choice(HAN)) for _ in range(12))
        self.say(f"{words}，{noise}{mark}")
        return mark

    def _check_order(self, shown: str, marks: Sequence[str]) -> None:
        places = [shown.index(mark) for mark in marks]
        if places != sorted(places) and not self.crowd.is_disturbed(self.id):
            self.diary.disorders.append(shown)

    async def rate(self) -> None:
        """Answer every question whether something is solved that has come meanwhile, once for each case."""
        while question := self._unanswered():
            message, number = question.message_id, case_of(question)
            self.press(message, data_of(question, "已解决"))
            self.diary.solved.add(number)
            await self.until(f"the scores of {number}", lambda: "已解决" not in self._labels(message))  # noqa: B023
            best = next((label for label in self._labels(message) if label.startswith("5")), None)
            if best is None:
                return
            self.press(message, data_of(self.crowd.sandbox.world.message(self.id, message), best))
            self.diary.rated.add(number)
            await self.until(f"the thanks for {number}", lambda: best not in self._labels(message))  # noqa: B023

    def _unanswered(self) -> Message | None:
        """Find the newest question about a case that they have not answered; it may have come twice."""
        asked = (each for each in self.messages() if "已解决" in each.labels)
        return next((each for each in asked if case_of(each) not in self.diary.solved), None)

    # ── An officer ───────────────────────────────────────────────────────────

    async def serve(self) -> None:
        """Sign for every case that comes and resolve it, one after the other; never ends by itself."""
        while True:
            while (notice := self.showing("签收")) is None:
                self.stirred.clear()
                await self.stirred.wait()
            await self._handle(notice)

    async def _handle(self, notice: Message) -> None:
        number = case_of(notice)
        button = (notice.message_id, data_of(notice, "签收"))
        self.diary.accepted.add(number)
        self.press(*button, about=number)
        if self.random.random() < 1 / 3:
            self.press(*button)
        accepted = await self.until(f"办结 of {number}", lambda: self.showing("办结", number), number)
        if accepted is None:
            return
        asked = sum("这件事是怎么办的" in sight.text for sight in self.diary.sights)
        self.press(accepted.message_id, data_of(accepted, "办结"), about=number)
        if await self.until(
            f"the question about {number}",
            lambda: sum("这件事是怎么办的" in sight.text for sight in self.diary.sights) > asked,
            number,
        ):
            self.diary.resolved.add(number)
            self.say(f"修好了 {number}")
            await self.until(
                f"{number} resolved",
                lambda: any(number in each.text and "已办结" in each.text for each in self.messages()),
                number,
            )


def case_of(message: Message) -> str:
    """Return the number of the case that a message is about."""
    found = NUMBER.search(message.text)
    assert found is not None
    return found.group()


def data_of(message: Message, label: str) -> str:
    """Return what a button carries."""
    return next(button["callback_data"] for row in message.buttons for button in row if button["text"] == label)
