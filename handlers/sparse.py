"""Plain texts and presses as python-telegram-bot's objects, without setting the hundred fields that are empty in them.

The library sets every field that a message could have, one by one; that took a sixth of all the time a text takes. What is
not set here reads as it does in an object of the library's that has nothing but what it must have. Whatever else an update
holds (files, places, commands, other kinds) is left to the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, TypeAlias, TypeVar

from telegram import Bot, CallbackQuery, Chat, Message, TelegramObject, Update, User

Json: TypeAlias = "Mapping[str, Any]"

Made = TypeVar("Made", bound=TelegramObject)

OF_USER: Final = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code", "is_premium"})
OF_CHAT: Final = frozenset({"id", "type", "first_name", "last_name", "username"})
OF_TEXT: Final = frozenset({"message_id", "date", "chat", "from", "text"})
OF_PRESS: Final = frozenset({"id", "from", "chat_instance", "data", "message"})
OF_PRESSED: Final = ("message_id", "date", "chat")
"""What is read of the message under which a button was pressed; the rest is what we once sent, keyboard and all."""

NEVER: Final = datetime.fromtimestamp(0, UTC)


class _Sparse:
    """Reads what was never set as it is in a blank object of the library's."""

    __slots__ = ()
    blank: ClassVar[TelegramObject]

    def __getattr__(self, name: str) -> object:
        return getattr(self.blank, name)


class _User(_Sparse, User):
    __slots__ = ()
    blank: ClassVar[User] = User(0, "", is_bot=False)


class _Chat(_Sparse, Chat):
    __slots__ = ()
    blank: ClassVar[Chat] = Chat(0, Chat.PRIVATE)


class _Message(_Sparse, Message):
    __slots__ = ()
    blank: ClassVar[Message] = Message(0, NEVER, _Chat.blank)


class _Query(_Sparse, CallbackQuery):
    __slots__ = ()
    blank: ClassVar[CallbackQuery] = CallbackQuery("", _User.blank, "")


class _Update(_Sparse, Update):
    __slots__ = ()
    blank: ClassVar[Update] = Update(0)


def read_update(update: dict[str, Any], bot: Bot) -> Update:
    """Make an update, as sparsely as it allows; raises what the library raises when it is none."""
    match update:
        case {"update_id": int(number), "message": dict(message), **others} if not others:
            heard = _text(message, bot)
            if heard is not None:
                return _made(_Update, bot, (number,), update_id=number, message=heard)
        case {"update_id": int(number), "callback_query": dict(query), **others} if not others:
            pressed = _press(query, bot)
            if pressed is not None:
                return _made(_Update, bot, (number,), update_id=number, callback_query=pressed)
        case _:
            pass
    return Update.de_json(without_ballast(update), bot)


def without_ballast(update: dict[str, Any]) -> dict[str, Any]:
    """Leave out what no handler looks at: the library makes objects of everything."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or not isinstance(message := query.get("message"), dict):
        return update
    shown = {name: message[name] for name in OF_PRESSED if name in message}
    return {**update, "callback_query": {**query, "message": shown}}


def _text(message: Json, bot: Bot) -> Message | None:
    """Make a message that is nothing but words; None when it is more."""
    match message:
        case {"message_id": int(number), "date": int(date), "chat": place, "from": person, "text": str(text)} if (
            message.keys() <= OF_TEXT
        ):
            chat, sender = _chat(place, bot), _user(person, bot)
        case _:
            return None
    if chat is None or sender is None:
        return None
    at = datetime.fromtimestamp(date, UTC)
    return _made(_Message, bot, (number, chat), message_id=number, date=at, chat=chat, from_user=sender, text=text)


def _press(query: Json, bot: Bot) -> CallbackQuery | None:
    """Make a press on a button under a message; None when it is another."""
    match query:
        case {
            "id": str(name),
            "from": person,
            "chat_instance": str(instance),
            "data": str(data),
            "message": {"message_id": int(number), "date": int(date), "chat": place},
        } if query.keys() <= OF_PRESS and date:
            chat, sender = _chat(place, bot), _user(person, bot)
        case _:
            return None
    if chat is None or sender is None:
        return None
    at = datetime.fromtimestamp(date, UTC)
    under = _made(_Message, bot, (number, chat), message_id=number, date=at, chat=chat)
    return _made(_Query, bot, (name,), id=name, from_user=sender, chat_instance=instance, data=data, message=under)


def _user(user: object, bot: Bot) -> User | None:
    if not isinstance(user, dict) or not user.keys() <= OF_USER:
        return None
    match user:
        case {"id": int(number), "is_bot": bool(), "first_name": str()}:
            return _made(_User, bot, (number,), **user)
        case _:
            return None


def _chat(chat: object, bot: Bot) -> Chat | None:
    if not isinstance(chat, dict) or not chat.keys() <= OF_CHAT:
        return None
    match chat:
        case {"id": int(number), "type": str()}:
            return _made(_Chat, bot, (number,), **chat)
        case _:
            return None


def _made(kind: type[Made], bot: Bot, known_by: tuple[object, ...], **fields: object) -> Made:
    """Make an object of the library's with so many fields, compared by what it is known by."""
    made = object.__new__(kind)
    put = object.__setattr__
    for name, value in fields.items():
        put(made, name, value)
    put(made, "_bot", bot)
    put(made, "_id_attrs", known_by)
    return made
