"""Messages, chats and accounts as the stand-in keeps them.

Invariant: a message shows what the person sees now, edits applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.sandbox.keyboard import inline_buttons
from bot.sandbox.refusal import JsonObject


@dataclass(slots=True)
class User:
    """An account: a person's, or the bot's own."""

    user_id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False

    def as_api(self) -> JsonObject:
        """Return a User."""
        record: JsonObject = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username is not None:
            record["username"] = self.username
        if self.language_code is not None:
            record["language_code"] = self.language_code
        return record


class Standing(StrEnum):
    """Whether the bot may write to a chat."""

    #: The person never wrote to the bot.
    NEVER_STARTED = "never_started"
    OPEN = "open"
    BLOCKED = "blocked"
    #: The account was deleted.
    GONE = "gone"


@dataclass(slots=True)
class Message:
    """One message in a chat."""

    message_id: int
    chat: Chat
    sender: User
    sent_at: datetime
    #: The text, or the caption of what is in `media`.
    text: str = ""
    entities: list[JsonObject] = field(default_factory=list)
    #: Bot API fields of a photo, voice, document, place or contact; empty for plain text.
    media: JsonObject = field(default_factory=dict)
    reply_markup: JsonObject | None = None
    reply_to: Message | None = None
    edited_at: datetime | None = None
    media_group_id: str | None = None

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        """Inline buttons, row by row."""
        return inline_buttons(self.reply_markup)

    @property
    def labels(self) -> list[str]:
        """Labels of all inline buttons, in reading order."""
        return [button["text"] for row in self.buttons for button in row]

    def as_api(self) -> JsonObject:
        """Return a Message."""
        record: JsonObject = {
            "message_id": self.message_id,
            "from": self.sender.as_api(),
            "chat": self.chat.as_api(),
            "date": int(self.sent_at.timestamp()),
        }
        if self.media:
            record |= self.media
        if self.text:
            record["caption" if self.media else "text"] = self.text
        if self.entities:
            record["caption_entities" if self.media else "entities"] = self.entities
        if self.reply_markup is not None:
            record["reply_markup"] = self.reply_markup
        if self.reply_to is not None:
            record["reply_to_message"] = {k: v for k, v in self.reply_to.as_api().items() if k != "reply_to_message"}
        if self.edited_at is not None:
            record["edit_date"] = int(self.edited_at.timestamp())
        if self.media_group_id is not None:
            record["media_group_id"] = self.media_group_id
        return record

    def as_page(self) -> JsonObject:
        """Return what the page of chats draws."""
        return {
            "message_id": self.message_id,
            "chat_id": self.chat.chat_id,
            "from_bot": self.sender.is_bot,
            "sender": self.sender.first_name,
            "sent_at": self.sent_at.isoformat(),
            "text": self.text,
            "entities": self.entities,
            "media": self.media,
            "buttons": self.buttons,
            "reply_to": self.reply_to.message_id if self.reply_to else None,
            "edited": self.edited_at is not None,
        }


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), or a group (its id is negative)."""

    chat_id: int
    #: The other side of a private chat; None in a group.
    person: User | None
    title: str = ""
    standing: Standing = Standing.NEVER_STARTED
    #: By id, oldest first; deleted ones are gone.
    messages: dict[int, Message] = field(default_factory=dict)
    #: Rows of labels that hang over the person's input box, from the bot's last ReplyKeyboardMarkup.
    reply_keyboard: JsonObject | None = None
    #: Texts of button answers, oldest first.
    toasts: list[str] = field(default_factory=list)
    #: What the bot is doing, from its last sendChatAction.
    action: str = ""
    #: Grows with every change of anything above.
    revision: int = 0

    def as_api(self) -> JsonObject:
        """Return a Chat."""
        if self.person is None:
            return {"id": self.chat_id, "type": "group" if self.chat_id > -(10**12) else "supergroup", "title": self.title}
        record: JsonObject = {"id": self.chat_id, "type": "private", "first_name": self.person.first_name}
        if self.person.username is not None:
            record["username"] = self.person.username
        return record

    def as_page(self) -> JsonObject:
        """Return the whole chat for the page and for programs in other processes."""
        return {
            "chat_id": self.chat_id,
            "standing": str(self.standing),
            "revision": self.revision,
            "messages": [message.as_page() for message in self.messages.values()],
            "toasts": self.toasts[-20:],
            "reply_keyboard": self.reply_keyboard,
        }
