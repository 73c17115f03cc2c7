"""A small, believable history for the demo: made-up people write, officials act, days pass, all through the real bot.

Nothing is put into the database by hand: every entry comes from an update that the stand-in delivered.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Awaitable, Callable
from csv import DictReader
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from io import BytesIO
from itertools import count
from random import Random
from typing import Final

from PIL import Image

from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, Language
from bot.sandbox.world import World
from handlers.callback import AcceptCase, PickLanguage, RateScore, RateSolved, ResolveCase, SendDraft, decode, encode

NUMBER: Final = re.compile(r"[A-Z]+-\d{4}-\d{6}")

LENGTH: Final = timedelta(days=20)
"""How far back the history begins."""

FIRST_STRANGER: Final = 5001
"""Account of the first resident who has no column on the page."""

OFFICER: Final = 2001


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody once wrote, and what was done about it."""

    language: Language
    words: str
    answer: str


def matters() -> tuple[Matter, ...]:
    """Read the made-up matters."""
    text = (files("bot.sandbox") / "history.tsv").read_text(encoding="utf-8")
    rows = DictReader(text.splitlines(), delimiter="\t")
    return tuple(Matter(Language(row["language"]), row["words"], row["answer"]) for row in rows)


class Player:
    """Plays people's parts in the stand-in, in order of time."""

    def __init__(
        self,
        world: World,
        advance_to: Callable[[datetime], Awaitable[None]],
        random: Random,
        wants_photo: Callable[[str], bool],
    ) -> None:
        self._wants_photo = wants_photo
        self._world = world
        self._advance_to = advance_to
        self._random = random
        self._acts: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()
        self.played = 0

    async def play(self, begins_at: datetime, ends_at: datetime, tell: Callable[[int, int], None]) -> None:
        """Have every matter filed between two instants and let it take its course until then; `tell` how far it is."""
        everything = matters()
        for index, matter in enumerate(everything):
            at = begins_at + (ends_at - begins_at) * (index + self._random.random()) / (len(everything) + 1)
            self._plan(at, self._writing(FIRST_STRANGER + index, matter))
        while self._acts and self._acts[0][0] < ends_at:
            at, _, act = heapq.heappop(self._acts)
            await self._advance_to(at)
            act(at)
            self.played += 1
            tell(self.played, len(self._acts))

    def _plan(self, at: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self._acts, (at, next(self._order), act))

    def _soon(self, at: datetime, hours: float) -> datetime:
        return at + timedelta(hours=hours * self._random.uniform(0.3, 1.7))

    def _writing(self, account: int, matter: Matter) -> Callable[[datetime], None]:
        def write(at: datetime) -> None:
            self._world.create(account, f"resident {account}", language_code="ug" if matter.language == "ug" else "zh-hans")
            self._world.text(account, "/start")
            self._plan(at + timedelta(seconds=20), lambda _: self._press(account, encode(PickLanguage(matter.language))))
            self._plan(at + timedelta(seconds=60), lambda _: self._say(account, matter.words))
            self._plan(at + timedelta(seconds=90), self._sending(account, matter))

        return write

    def _sending(self, account: int, matter: Matter) -> Callable[[datetime], None]:
        def send(at: datetime) -> None:
            self._press(account, self._send_button(account))
            self._plan(at + timedelta(seconds=10), lambda then: self._handle(then, account, matter))

        return send

    def _handle(self, at: datetime, account: int, matter: Matter) -> None:
        """Let the officer act, most often in time, sometimes late, now and then not yet."""
        number = self._number(account)
        late = 12 if self._random.random() < 0.15 else 1  # noqa: PLR2004 (one in seven is late)
        self._plan(self._soon(at, 1.5 * late), lambda _: self._press(OFFICER, encode(AcceptCase(number))))
        if self._random.random() < 0.12:  # noqa: PLR2004 (one in eight is not done yet)
            return
        resolve_at = self._soon(at, 40 * late)
        self._plan(resolve_at, lambda _: self._press(OFFICER, encode(ResolveCase(number))))
        if self._wants_photo(matter.words):
            self._plan(resolve_at + timedelta(seconds=20), lambda _: self._show(OFFICER))
        self._plan(resolve_at + timedelta(seconds=40), lambda _: self._say(OFFICER, matter.answer))
        self._plan(self._soon(resolve_at, 8), lambda then: self._judge(then, account, number))

    def _judge(self, at: datetime, account: int, number: CaseNumber) -> None:
        """Let the resident answer: mostly yes, sometimes partly or no, sometimes not at all."""
        solved = self._random.choices([Solved.YES, Solved.PARTLY, Solved.NO, None], [62, 9, 9, 20])[0]
        if solved is None:
            return
        self._press(account, encode(RateSolved(number, 1, solved)))
        if solved is Solved.YES:
            score = self._random.choices([5, 4, 3, 2], [50, 32, 13, 5])[0]
            then = at + timedelta(seconds=15)
            self._plan(then, lambda _: self._press(account, encode(RateScore(number, 1, score))))

    def _number(self, account: int) -> CaseNumber:
        """Read the case number off the last receipt, as a person would."""
        for message in reversed(self._world.transcript(account)):
            found = NUMBER.search(message.text)
            if found is not None:
                return CaseNumber(found.group())
        raise LookupError(account)

    def _send_button(self, account: int) -> str:
        """Find the button that sends the draft shown last."""
        card = self._world.last_from_bot(account)
        drawn = [button["callback_data"] for row in card.buttons for button in row] if card is not None else []
        return next(data for data in drawn if isinstance(decode(data), SendDraft))

    def _press(self, account: int, data: str) -> None:
        message = self._world.last_from_bot(account)
        if message is not None:
            self._world.press(account, message.message_id, data=data)

    def _show(self, account: int) -> None:
        """Send a photo of what was done: a patch of colour is enough here."""
        content = BytesIO()
        Image.new("RGB", (64, 48), (90, 120, 60)).save(content, "JPEG")
        self._world.photo(account, content.getvalue())

    def _say(self, account: int, text: str) -> None:
        self._world.text(account, text)
