"""Scripts of what residents do: how they are written down, and how one is played against the real bot.

Lines of a script: `> words` are written, `[SEND]` is a button by its label, `[category roads]` by what it names,
`[again]` the last button once more, `[first SEND]` such a button as it first stood there, `[theirs]` what somebody else
pressed last; `photo`, `album 3`, `voice`, `voice empty`, `document`, `place N,E`, `moves N,E` (the place, shared live),
`phone N`, `card N` (somebody else's number), `sticker`, `poll words`, `news words` (forwarded from a channel), `pin` (the
bot's last message), `edit 1 words` (the last message but none), `neighbour words` (somebody else reports that), `reply 1
words` (to what the bot said last), `block`, `unblock`, `days 1` (time passes), `@accept` and the like what the officer
does. `? words` must be read after the last act, `! words` must not; `= …` is the end that must be reached.
Invariant: a script sees what the person sees, and acts by what stands on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final

from bot.rules.county import Kind
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, Language, TownshipId
from bot.sandbox.message import Message
from bot.sandbox.refusal import JsonObject
from locales.wording import Label, Wording
from tests.media.files import photo, voice
from tests.support.stage import Stage

LANGUAGES: Final = {"zh": Language("zh_Hans_CN"), "ug": Language("ug"), "xb": Language("sjo")}
NAMES: Final = {"zh": "中文", "ug": "ئۇيغۇرچە", "xb": "ᠰᡞᠪᡝ 锡伯文"}
NUMBER: Final = re.compile(r"CB-\d{4}-\d{6}")
OFFICER: Final = 2001
APART: Final = timedelta(seconds=2)
"""How long after one act the next comes: notices to one chat are a second apart, and nobody waits for them in earnest."""

PLAIN: Final = frozenset({"ANSWER", "SOLVED_YES", "SOLVED_NO"})
"""Buttons that somebody also presses where they still stand in the language of before."""

FIRST_ACCOUNT: Final = 50_000
NEIGHBOURS: Final = 10_000
PHOTO: Final = photo()
VOICE: Final = voice()


@dataclass(frozen=True)
class Script:
    """What one person does.

    Attributes:
        speaks: the language that they choose at the beginning; `-`: they write without choosing one.
    """

    name: str
    speaks: str
    lines: tuple[str, ...]
    place: int


def scripts(path: Path) -> Iterator[Script]:
    """Read the scripts of a file."""
    blocks = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for place, block in enumerate(blocks):
        head, *lines = block.strip().splitlines()
        name, _, speaks = head.rpartition(" | ")
        yield Script(name, speaks, tuple(line for line in lines if line and not line.startswith("#")), place)


@dataclass
class Player:
    """Plays one script."""

    on: Stage
    wording: Wording
    account: int
    language: Language
    seen: int = 0
    pressed: tuple[int, str] | None = None
    own: list[int] = field(default_factory=list)
    met: dict[str, tuple[int, str]] = field(default_factory=dict)
    others: ClassVar[tuple[int, str] | None] = None

    async def play(self, script: Script) -> None:
        """Do everything, and check every end."""
        self.on.sandbox.world.create(self.account, f"person {self.account}")
        if script.speaks in NAMES:
            await self.on.say(self.account, "/start")
            await self.on.press(self.account, NAMES[script.speaks])
        for line in script.lines:
            await self._line(line)
        Player.others = self.pressed or Player.others

    async def _line(self, line: str) -> None:
        mark, _, rest = line.partition(" ")
        if mark == "?":
            assert any(rest in text for text in self._news()), f"{rest!r} is not said: {self._news()}"
        elif mark == "!":
            assert not any(rest in text for text in self._news()), f"{rest!r} is said: {self._news()}"
        elif mark == "=":
            await self._end(*rest.split())
        else:
            self._meet()
            self.seen = len(self._heard())
            self._shown = {each.message_id: each.text for each in self._heard()}
            await self._act(mark, rest, line)
            await self.on.clock.advance(APART)

    async def _act(self, mark: str, rest: str, line: str) -> None:
        world = self.on.sandbox.world
        if mark == ">":
            self.own.append(world.text(self.account, rest.replace("\\n", "\n")).message_id)
        elif mark == "edit":
            back, _, words = rest.partition(" ")
            world.edit(self.account, self.own[-int(back)], words)
        elif line.startswith("["):
            self._press(line[1:-1])
        elif mark.startswith("@"):
            await self._officer(mark[1:], rest)
        elif mark == "neighbour":
            await self._neighbour(rest)
        elif mark == "reply":
            back, _, words = rest.partition(" ")
            self.own.append(world.text(self.account, words, reply_to=self._heard()[-int(back)].message_id).message_id)
        elif mark == "block":
            world.block(self.account)
        elif mark == "unblock":
            world.unblock(self.account)
        elif mark == "days":
            await self.on.clock.advance(timedelta(days=int(rest)))
        else:
            self._send(mark, rest)

    async def _neighbour(self, words: str) -> None:
        """Let somebody else report the same, who holds another phone."""
        other = self.account + NEIGHBOURS
        self.on.sandbox.world.create(other, f"person {other}")
        await self.on.say(other, "/start")
        await self.on.press(other, NAMES["zh"])
        await self.on.say(other, words)
        await self.on.press(other, self.wording.label(Label.SEND, LANGUAGES["zh"]))

    def _meet(self) -> None:
        """Remember every button as it first stood there."""
        for each in self._heard():
            for row in each.buttons:
                for button in row:
                    if "callback_data" in button:
                        self.met.setdefault(str(button["text"]), (each.message_id, str(button["callback_data"])))

    def _send(self, mark: str, rest: str) -> None:
        world = self.on.sandbox.world
        match mark:
            case "photo":
                self.own.append(world.photo(self.account, PHOTO, rest).message_id)
            case "album":
                for _ in range(int(rest)):
                    world.photo(self.account, PHOTO, album=f"album {self.account}")
            case "voice":
                world.voice(self.account, b"" if rest == "empty" else VOICE)
            case "poll":
                option: JsonObject = {"text": "好", "voter_count": 0}
                asked: JsonObject = {
                    "id": "1",
                    "question": rest,
                    "options": [option],
                    "total_voter_count": 0,
                    "is_closed": False,
                }
                self._push({"poll": {**asked, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}})
            case "document":
                world.document(self.account, "情况说明".encode(), "说明.txt", "text/plain")
            case "place" | "moves":
                self._stand(*map(float, rest.split(",")), has_moved=mark == "moves")
            case "phone":
                world.contact(self.account, rest)
            case "sticker":
                sticker: JsonObject = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
                self._push({"sticker": {**sticker, "is_animated": False, "is_video": False}})
            case "dice" | "pin" | "card":
                self._push(self._beside(mark, rest))
            case "news":
                channel: JsonObject = {"id": -100, "type": "channel", "title": "news"}
                origin: JsonObject = {"type": "channel", "date": 1, "chat": channel, "message_id": 7}
                self._push({"text": rest, "forward_origin": origin})
            case _:
                raise ValueError(mark)

    def _stand(self, north: float, east: float, *, has_moved: bool) -> None:
        """Send a place, or let the one that is shared live be another."""
        if has_moved:
            self._push({"location": {"latitude": north, "longitude": east, "live_period": 900}}, "edited_message")
        else:
            self.on.sandbox.world.location(self.account, north, east)

    def _beside(self, mark: str, rest: str) -> JsonObject:
        """Return what is no report: a die, a friend's number, or Telegram's note that the bot's last message is pinned."""
        if mark == "card":
            return {"contact": {"phone_number": rest, "first_name": "a friend", "user_id": self.account + NEIGHBOURS}}
        if mark == "dice":
            return {"dice": {"emoji": "\N{GAME DIE}", "value": 3}}
        chat: JsonObject = {"id": self.account, "type": "private", "first_name": "somebody"}
        return {"pinned_message": {"message_id": self._heard()[-1].message_id, "date": 0, "chat": chat}}

    def _push(self, content: JsonObject, kind: str = "message") -> None:
        world = self.on.sandbox.world
        chat: JsonObject = {"id": self.account, "type": "private", "first_name": "somebody"}
        sender: JsonObject = {"id": self.account, "is_bot": False, "first_name": "somebody"}
        now = int(self.on.clock.now().timestamp())
        message: JsonObject = {"message_id": world.scene.new_message_id(), "date": now, "chat": chat, "from": sender}
        world.push(kind, message | content, self.account)

    def _press(self, name: str) -> None:
        world = self.on.sandbox.world
        if name == "again":
            assert self.pressed is not None
            world.press(self.account, self.pressed[0], data=self.pressed[1])
            return
        if name == "theirs":
            assert Player.others is not None
            world.press(self.account, self._heard()[-1].message_id, data=Player.others[1])
            return
        if name.startswith("first "):
            message, data = self.met[self._label(name.removeprefix("first "))]
            world.press(self.account, message, data=data)
            return
        text = self._label(name)
        spoken = {text} | (
            {self.wording.label(Label[name], each) for each in LANGUAGES.values()} if name in PLAIN else set()
        )
        found = next((each for each in reversed(self._heard()) if not spoken.isdisjoint(each.labels)), None)
        assert found is not None, f"no button {text!r} in {[each.labels for each in self._heard()]}"
        text = next(each for each in found.labels if each in spoken)
        data = next(button["callback_data"] for row in found.buttons for button in row if button["text"] == text)
        self.pressed = (found.message_id, data)
        world.press(self.account, found.message_id, data=data)

    def _label(self, name: str) -> str:
        kind, _, what = name.partition(" ")
        match kind:
            case "category":
                return self.wording.name_of_category(CategoryId(what), self.language)
            case "township":
                return self.wording.name_of_township(TownshipId(what), self.language)
            case "kind":
                return self.wording.name_of_kind(Kind(what), self.language)
            case "speak":
                self.language = LANGUAGES[what]
                return NAMES[what]
            case "pick":  # the button that shows what is chosen now
                label = Label[what]
                begins = self.wording.label(label, self.language, value="")
                labels = [text for each in reversed(self._heard()) for text in each.labels]
                return next(text for text in labels if text.startswith(begins.strip()))
            case _:
                fields = {"case": self._numbers()[-1]} if kind in {"ADD_TO_CASE", "SHOW_CASE"} else {}
                return self.wording.label(Label[kind], self.language, **({"value": what} if what else fields))

    async def _officer(self, act: str, words: str) -> None:
        if act == "writes":  # what answers nothing
            await self.on.say(OFFICER, words)
            return
        number = self._numbers()[-1]
        if act == "replies":  # to the notice of the case, in words instead of by its buttons
            notice = [each for each in self.on.sandbox.world.transcript(OFFICER) if number in each.text][-1]
            self.on.sandbox.world.text(OFFICER, words, reply_to=notice.message_id)
            return
        label = {"accept": Label.ACCEPT, "resolve": Label.RESOLVE, "ask": Label.ASK}[act]
        text = self.wording.label(label, LANGUAGES["zh"])
        await self.on.say(OFFICER, f"/find {number}")
        shown = [each for each in self.on.sandbox.world.transcript(OFFICER) if number in each.text and text in each.labels]
        self.on.sandbox.world.press(OFFICER, shown[-1].message_id, label=text)
        await self.on.clock.advance(APART)
        if words:
            await self.on.say(OFFICER, words)

    # ── What can be seen ──

    def _heard(self) -> list[Message]:
        return [each for each in self.on.sandbox.world.transcript(self.account) if each.sender.is_bot]

    def _news(self) -> list[str]:
        """Return what has come, changed or flashed up since the last act."""
        said = [each.text for each in self._heard() if self._shown.get(each.message_id) != each.text]
        return [*said, *self.on.sandbox.world.toasts(self.account)[-1:]]

    def _numbers(self) -> list[CaseNumber]:
        """Return the cases of which this person holds a receipt, oldest first."""
        pictures = {self.wording.label(Label.RECEIPT_PICTURE, each) for each in LANGUAGES.values()}
        held = [NUMBER.search(each.text) for each in self._heard() if not pictures.isdisjoint(each.labels)]
        return [CaseNumber(each.group()) for each in held if each is not None]

    async def _end(self, what: str, *said: str) -> None:
        is_open = any(self.wording.label(Label.SEND, self.language) in each.labels for each in self._heard())
        match what:
            case "none":
                assert (self._numbers(), is_open) == ([], False)
            case "draft":
                assert is_open
            case "closed":
                assert not is_open
            case "filed":
                numbers = dict.fromkeys(self._numbers())
                assert len(numbers) == int(said[0]), f"{numbers}: {[each.text for each in self._heard()]}"
                if not numbers:
                    return
                case = await self.on.house.store.read.case(list(numbers)[-1])
                facts = {case.category, case.kind.value, case.urgency.value, case.state.value, case.township or "nowhere"}
                assert facts >= set(said[1:]), f"{said} is not {facts}"
            case "files":
                files = await self.on.house.store.read.files_of(self._numbers()[-1])
                assert len(files) == int(said[0])
            case "voices":
                voices = await self.on.house.store.read.voices_of(self._numbers()[-1])
                assert len(voices) == int(said[0])
            case "given":
                slot, text = said
                assert await self.on.house.store.read.words_of(self._numbers()[-1], slot) == text
            case "nothing":
                assert await self.on.house.store.read.words_of(self._numbers()[-1], said[0]) is None
            case "officer" | "officer_reads":
                last = [each for each in self.on.sandbox.world.transcript(OFFICER) if each.sender.is_bot][-1]
                button = [self.wording.label(Label[said[0]], LANGUAGES["zh"])] if what == "officer" else []
                assert set(button) <= set(last.labels), last
                assert (self._numbers()[-1] if button else said[0]) in last.text, last
            case "rated":
                case = await self.on.house.store.read.case(self._numbers()[-1])
                given = [rating for attempt in case.rounds for rating in attempt.ratings]
                assert (given[-1].solved, given[-1].score) == (Solved(said[0]), int(said[1]) if said[1:] else None)
            case _:
                raise ValueError(what)
