"""What people do, as a Python interface. Invariant: an act reaches the bot only as an update, as from a real client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.sandbox.cast import Person
from bot.sandbox.keyboard import is_payload, start_payload
from bot.sandbox.markup import found_entities
from bot.sandbox.media import image_type, location_fields, photo_fields
from bot.sandbox.message import Chat, Message, Standing, User
from bot.sandbox.refusal import JsonObject
from bot.sandbox.scene import Call, Scene

Found = TypeVar("Found")
_MESSAGE_TEXT = 4096


class NoSuchButton(LookupError):
    """The message has no button of that label or data; the test or the page looked at something else."""


class World:
    """Act for people and read what they see. Chat ids of private chats are the people's ids."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    # ── People and groups ────────────────────────────────────────────────────

    def create(self, user_id: int, first_name: str, language_code: str = "zh-hans", username: str | None = None) -> User:
        """Add somebody with an account who has not written to the bot yet."""
        user = User(user_id, first_name, language_code, username)
        self.scene.chats[user_id] = Chat(user_id, user)
        return user

    def create_cast(self, cast: Sequence[Person]) -> None:
        """Add everyone who has a column on the page."""
        for person in cast:
            self.create(person.user_id, person.name, person.language_code)

    def create_group(self, chat_id: int, title: str) -> Chat:
        """Add a group that the bot is in; ids of groups are negative."""
        if chat_id >= 0:
            raise ValueError("ids of groups are negative")
        chat = self.scene.chats[chat_id] = Chat(chat_id, None, title, Standing.OPEN)
        return chat

    def block(self, user_id: int) -> None:
        """Block the bot: it gets `my_chat_member`, and 403 from now on."""
        self._set_standing(user_id, Standing.BLOCKED, "kicked")

    def unblock(self, user_id: int) -> None:
        """Let the bot write again."""
        self._set_standing(user_id, Standing.OPEN, "member")

    def delete_account(self, user_id: int) -> None:
        """Delete the account; the bot is not told."""
        chat = self.chat(user_id)
        chat.standing = Standing.GONE
        self.scene.publish("chat", chat)

    def _set_standing(self, user_id: int, standing: Standing, status: str) -> None:
        chat = self.chat(user_id)
        was, chat.standing = chat.standing, standing
        user = self._user(user_id)
        bot_account = self.scene.bot_account.as_api()
        member: JsonObject = {"user": bot_account, "status": status}
        payload: JsonObject = {
            "chat": chat.as_api(),
            "from": user.as_api(),
            "date": int(self.scene.clock.now().timestamp()),
            "old_chat_member": _member(bot_account, "kicked" if was is Standing.BLOCKED else "member"),
            "new_chat_member": member if status == "member" else _member(bot_account, status),
        }
        self.scene.updates.put("my_chat_member", payload, chat.chat_id)
        self.scene.publish("chat", chat)

    # ── Saying something ─────────────────────────────────────────────────────

    def text(self, user_id: int, text: str, *, reply_to: int | None = None, chat_id: int | None = None) -> Message:
        """Send text; like a client, split what is longer than 4,096 characters, and return the last part."""
        parts = [text[at : at + _MESSAGE_TEXT] for at in range(0, max(len(text), 1), _MESSAGE_TEXT)]
        for part in parts[:-1]:
            self._send(user_id, chat_id, part, {}, reply_to)
        return self._send(user_id, chat_id, parts[-1], {}, reply_to)

    def photo(
        self, user_id: int, content: bytes, caption: str = "", *, chat_id: int | None = None, album: str | None = None
    ) -> Message:
        """Send a photo; those of one album share `media_group_id`."""
        stored = self.scene.store("photos", content, image_type(content))
        return self._send(user_id, chat_id, caption, photo_fields(stored), album=album)

    def voice(self, user_id: int, content: bytes, duration: timedelta = timedelta(seconds=3)) -> Message:
        """Send a voice message (OGG Opus from real clients; the page's sample is WAV and says so)."""
        mime_type = "audio/wav" if content.startswith(b"RIFF") else "audio/ogg"
        stored = self.scene.store("voice", content, mime_type)
        record: JsonObject = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
        record |= {"duration": int(duration.total_seconds()), "mime_type": stored.mime_type}
        return self._send(user_id, None, "", {"voice": record})

    def document(
        self,
        user_id: int,
        content: bytes,
        file_name: str,
        mime_type: str,
        *,
        caption: str = "",
        claimed_size: int | None = None,
    ) -> Message:
        """Send a file; it may claim a size (bytes) that it does not have, for limits."""
        stored = self.scene.store("documents", content, mime_type, file_name, claimed_size)
        record: JsonObject = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
        return self._send(user_id, None, caption, {"document": record | {"file_name": file_name, "mime_type": mime_type}})

    def location(self, user_id: int, latitude: float, longitude: float, *, chat_id: int | None = None) -> Message:
        """Send a place, in degrees."""
        return self._send(user_id, chat_id, "", location_fields(latitude, longitude))

    def contact(self, user_id: int, phone_number: str) -> Message:
        """Send one's own phone number."""
        user = self._user(user_id)
        record: JsonObject = {"phone_number": phone_number, "first_name": user.first_name, "user_id": user_id}
        return self._send(user_id, None, "", {"contact": record})

    def edit(self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """Change one's own message: the bot gets `edited_message`."""
        message = self.message(chat_id or user_id, message_id)
        if message.sender.user_id != user_id:
            raise PermissionError(f"message {message_id} is somebody else's")
        message.text, message.entities = text, found_entities(text)
        message.edited_at = self.scene.clock.now()
        self.scene.updates.put("edited_message", message.as_api(), message.chat.chat_id)
        self.scene.publish("message", message.chat, message)
        return message

    def press(
        self, user_id: int, message_id: int, *, data: str | None = None, label: str | None = None, chat_id: int | None = None
    ) -> str:
        """Press an inline button of a message and return the callback query's id.

        Args:
            data: the button's callback data; forged data is pressed too, as a changed client could.
            label: instead of data, the text on the button.

        Raises:
            NoSuchButton: no button has that label, or it does not call back.
        """
        message = self.message(chat_id or user_id, message_id)
        if data is None:
            data = self._data_of(message, label or "")
        query_id = self.scene.open_press(message)
        payload: JsonObject = {
            "id": query_id,
            "from": self._user(user_id).as_api(),
            "chat_instance": str(message.chat.chat_id * 7919),
            "message": message.as_api(),
            "data": data,
        }
        self.scene.updates.put("callback_query", payload, message.chat.chat_id)
        self.scene.publish("pressed", message.chat)
        return query_id

    def _data_of(self, message: Message, label: str) -> str:
        for row in message.buttons:
            for button in row:
                if button["text"] == label and "callback_data" in button:
                    return button["callback_data"]
        raise NoSuchButton(f"{label!r} is not among {message.labels}")

    def open_link(self, user_id: int, link: str) -> Message:
        """Open `https://t.me/<bot>?start=payload`: the person presses Start, `/start payload` is sent.

        Raises:
            ValueError: it is no start link of a payload that Telegram carries.
        """
        payload = start_payload(link)
        if payload is None or not is_payload(payload):
            raise ValueError(f"not a start link: {link}")
        chat = self.chat(user_id)
        if chat.standing is Standing.BLOCKED:
            self.unblock(user_id)
        return self.text(user_id, f"/start {payload}")

    def push(self, kind: str, payload: JsonObject, chat_id: int = 0) -> int | None:
        """Hand the bot an update of any kind, such as a channel post, just as it stands."""
        return self.scene.updates.put(kind, payload, chat_id)

    def _send(
        self,
        user_id: int,
        chat_id: int | None,
        text: str,
        media: JsonObject,
        reply_to: int | None = None,
        *,
        album: str | None = None,
    ) -> Message:
        chat = self.chat(user_id if chat_id is None else chat_id)
        if chat.person is not None and chat.standing is not Standing.OPEN:
            if chat.standing is Standing.BLOCKED:
                raise PermissionError(f"{user_id} has blocked the bot and must unblock it first")
            chat.standing = Standing.OPEN
        message = Message(
            self.scene.new_message_id(),
            chat,
            self._user(user_id),
            self.scene.clock.now(),
            text,
            found_entities(text),
            media,
            reply_to=chat.messages.get(reply_to) if reply_to is not None else None,
            media_group_id=album,
        )
        self.scene.post(message)
        self.scene.updates.put("message", message.as_api(), chat.chat_id)
        return message

    # ── Reading ──────────────────────────────────────────────────────────────

    def chat(self, chat_id: int) -> Chat:
        """Return a chat; KeyError if there is none."""
        return self.scene.chats[chat_id]

    def transcript(self, chat_id: int) -> list[Message]:
        """Return the messages as the person sees them now, oldest first."""
        return list(self.chat(chat_id).messages.values())

    def message(self, chat_id: int, message_id: int) -> Message:
        """Return one message; KeyError if it is deleted or never was."""
        return self.chat(chat_id).messages[message_id]

    def last(self, chat_id: int) -> Message | None:
        """Return the newest message, whoever sent it."""
        return next(reversed(self.chat(chat_id).messages.values()), None)

    def last_from_bot(self, chat_id: int) -> Message | None:
        """Return the bot's newest message."""
        return next((m for m in reversed(self.chat(chat_id).messages.values()) if m.sender.is_bot), None)

    def toasts(self, chat_id: int) -> list[str]:
        """Return the texts of button answers, oldest first."""
        return list(self.chat(chat_id).toasts)

    def calls(self, method: str | None = None) -> list[Call]:
        """Return the bot's recorded calls, oldest first; of one method in lower case if named."""
        return [call for call in self.scene.calls if method is None or call.method == method.lower()]

    async def wait_for(self, predicate: Callable[[], Found], seconds: float = 5.0) -> Found:
        """Return what the predicate says as soon as that is true; it is asked again after every change.

        Raises:
            TimeoutError: not within so many real seconds.
        """
        return await self.scene.wait_for(predicate, seconds)

    async def wait_for_text(self, chat_id: int, part: str, *, after: int = 0, seconds: float = 5.0) -> Message:
        """Return the first message of the bot behind message id `after` in which this part can be read."""

        def find() -> Message | None:
            messages = self.chat(chat_id).messages.values()
            return next((m for m in messages if m.sender.is_bot and m.message_id > after and part in m.text), None)

        message = await self.scene.wait_for(find, seconds)
        if message is None:
            raise TimeoutError(part)
        return message

    async def updates_taken(self, seconds: float = 5.0) -> None:
        """Return when the bot has confirmed every update; what it still does because of them cannot be seen from here."""
        await self.scene.wait_for(lambda: len(self.scene.updates) == 0, seconds)

    def forget_presses(self) -> None:
        """Let every open button press grow too old to be answered."""
        self.scene.presses.clear()

    def _user(self, user_id: int) -> User:
        user = self.chat(user_id).person
        if user is None:
            raise KeyError(user_id)
        return user


def _member(user: JsonObject, status: str) -> JsonObject:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
