"""Everything the stand-in knows: accounts, chats, files, open button presses.

Invariant: each change is published once, when done.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.sandbox.clock import MovableClock
from bot.sandbox.faults import Faults
from bot.sandbox.message import Chat, Message, Standing, User
from bot.sandbox.refusal import JsonObject, bad_request, forbidden
from bot.sandbox.updates import UpdateQueue

Found = TypeVar("Found")
#: Takes the name of an event and what it is about.
Listener = Callable[[str, JsonObject], None]

_OPEN_PRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made, as received."""

    method: str
    #: Parameters by name; files are replaced by their size in bytes.
    params: JsonObject
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file somebody sent."""

    file_id: str
    #: Where `getFile` says it lies.
    path: str
    content: bytes
    #: Bytes it claims to have; a test may claim more than it has.
    size: int
    mime_type: str
    file_name: str | None

    @property
    def unique_id(self) -> str:
        """The id that is the same for every bot."""
        return self.file_id[-15:]


@dataclass(slots=True)
class Menu:
    """What the bot said about itself."""

    #: (scope as canonical text, language code or "") -> commands.
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    #: Menu buttons by chat id; None is the default.
    buttons: dict[int | None, JsonObject] = field(default_factory=dict)
    #: (which text, language code or "") -> text.
    about: dict[tuple[str, str], str] = field(default_factory=dict)


class Scene:
    """The state that the Bot API side and the people's side share."""

    def __init__(self, clock: MovableClock, bot_account: User, *, history: int, recorded_calls: int) -> None:
        self.clock = clock
        self.bot_account = bot_account
        self.faults = Faults()
        self.updates = UpdateQueue(self.faults, first_id=100_000_001)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self._files_by_path: dict[str, StoredFile] = {}
        self.menu = Menu()
        self.calls: deque[Call] = deque(maxlen=recorded_calls)
        #: Calls by method, in lower case, all since the start.
        self.call_counts: Counter[str] = Counter()
        self.presses: OrderedDict[str, Message] = OrderedDict()
        self.listeners: list[Listener] = []
        self._history = history
        self._next_message_id = 1
        self._lookers: list[Callable[[], None]] = []
        self.updates.on_taken = self.changed

    # ── Waiting ──────────────────────────────────────────────────────────────

    async def wait_for(self, predicate: Callable[[], Found], seconds: float) -> Found:
        """Return what the predicate says as soon as that is true; look again after every change, never by the clock.

        Raises:
            TimeoutError: it did not come true in so many real seconds.
        """
        waiter: asyncio.Future[Found] = asyncio.get_running_loop().create_future()

        def look() -> None:
            if waiter.done():
                return
            try:
                found = predicate()
            except Exception as error:  # noqa: BLE001 (the mistake belongs to whoever waits and is raised there)
                waiter.set_exception(error)
            else:
                if found:
                    waiter.set_result(found)

        look()
        self._lookers.append(look)
        try:
            async with asyncio.timeout(seconds):
                return await waiter
        finally:
            self._lookers.remove(look)

    def changed(self) -> None:
        """Let everyone in `wait_for` look again."""
        for look in tuple(self._lookers):
            look()

    def publish(self, event: str, chat: Chat, message: Message | None = None) -> None:
        """Tell the page and the waiters that something is different in a chat."""
        chat.revision += 1
        if self.listeners:
            about = message.as_page() if message else {"chat_id": chat.chat_id, "standing": str(chat.standing)}
            self.broadcast(event, about)
        self.changed()

    def broadcast(self, event: str, about: JsonObject) -> None:
        """Tell the page something that is in no chat."""
        for listener in tuple(self.listeners):
            listener(event, about)

    # ── Chats ────────────────────────────────────────────────────────────────

    def chat_for_sending(self, chat_id: int | str | None) -> Chat:
        """Return a chat the bot may write to.

        Raises:
            Refusal: there is none, or the person does not let it.
        """
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        match chat.standing:
            case Standing.OPEN:
                return chat
            case Standing.BLOCKED if chat.person is None:
                raise forbidden("bot was kicked from the group chat")
            case Standing.BLOCKED:
                raise forbidden("bot was blocked by the user")
            case Standing.GONE:
                raise forbidden("user is deactivated")
            case Standing.NEVER_STARTED:
                raise forbidden("bot can't initiate conversation with a user")

    def post(self, message: Message) -> Message:
        """Put a new message into its chat."""
        messages = message.chat.messages
        messages[message.message_id] = message
        if len(messages) > self._history:
            del messages[next(iter(messages))]
        self.publish("message", message.chat, message)
        return message

    def new_message_id(self) -> int:
        """Return the next id; they grow across all chats, as they do for one account."""
        self._next_message_id += 1
        return self._next_message_id - 1

    def migrate(self, old_id: int, new_id: int) -> None:
        """Give a group a new id, under which it is found from now on."""
        chat = self.chats.pop(old_id, None)
        if chat is not None:
            chat.chat_id = new_id
            self.chats[new_id] = chat

    # ── Files and presses ────────────────────────────────────────────────────

    def store(
        self, folder: str, content: bytes, mime_type: str, file_name: str | None = None, claimed_size: int | None = None
    ) -> StoredFile:
        """Keep a file and give it an id."""
        number = len(self.files) + 1
        ending = {"image/png": ".png", "image/jpeg": ".jpg", "audio/ogg": ".oga"}.get(mime_type, "")
        size = len(content) if claimed_size is None else claimed_size
        stored = StoredFile(
            f"BQACAgUAAx{secrets.token_urlsafe(24)}",
            f"{folder}/file_{number}{ending}",
            content,
            size,
            mime_type,
            file_name,
        )
        self.files[stored.file_id] = self._files_by_path[stored.path] = stored
        return stored

    def file_at(self, path: str) -> StoredFile | None:
        """Return the file that lies at a path `getFile` told."""
        return self._files_by_path.get(path)

    def open_press(self, message: Message) -> str:
        """Return an id under which the bot can answer a button press."""
        query_id = str(secrets.randbits(62))
        self.presses[query_id] = message
        if len(self.presses) > _OPEN_PRESSES:
            self.presses.popitem(last=False)
        return query_id

    def answer_press(self, query_id: str, text: str, *, is_alert: bool) -> None:
        """Show the answer to whoever pressed.

        Raises:
            Refusal: the press is unknown, answered or too old.
        """
        message = self.presses.pop(query_id, None)
        if message is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if text:
            message.chat.toasts.append(text)
        about: JsonObject = {"chat_id": message.chat.chat_id, "message_id": message.message_id, "text": text}
        self.broadcast("toast", about | {"alert": is_alert})
        message.chat.revision += 1
        self.changed()
