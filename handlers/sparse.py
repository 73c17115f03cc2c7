"""Plain texts and presses as python-telegram-bot's objects, without setting the hundred fields that are empty in them.

The library sets every field that a message could have, one by one; that took a sixth of all the time a text takes. What is
not set here reads as it does in an object of the library's that has nothing but what it must have. Whatever else an update
holds (files, places, commands, other kinds) is left to the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias, TypeVar

from telegram import Bot, CallbackQuery, Chat, MaybeInaccessibleMessage, Message, TelegramObject, Update, User

from handlers.calls import ALLOWED

Json: TypeAlias = "Mapping[str, Any]"

Made = TypeVar("Made", bound=TelegramObject)

OF_USER: Final = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code", "is_premium"})
OF_CHAT: Final = frozenset({"id", "type", "first_name", "last_name", "username"})
OF_TEXT: Final = frozenset({"message_id", "date", "chat", "from", "text"})
OF_PRESS: Final = frozenset({"id", "from", "chat_instance", "data", "message"})
OF_PRESSED: Final = ("message_id", "date", "chat")
"""What is read of the message under which a button was pressed; the rest is what we once sent, keyboard and all."""

KINDS: Final = frozenset({"update_id", *ALLOWED})
"""What is read of an update. A kind that was never asked for may be left from another program with the same token."""

NEVER: Final = datetime.fromtimestamp(0, UTC)


def _sparse(blank: Made) -> type[Made]:
    """Derive the class of objects that read as a blank one in all that is not put into them."""
    kind = type(blank)
    slots = {name for each in kind.__mro__ for name in getattr(each, "__slots__", ()) if hasattr(blank, name)}
    return type(f"Sparse{kind.__name__}", (kind,), {name: getattr(blank, name) for name in slots})


_User: Final = _sparse(User(0, "", is_bot=False))
_Chat: Final = _sparse(Chat(0, Chat.PRIVATE))
_Message: Final = _sparse(Message(0, NEVER, Chat(0, Chat.PRIVATE)))
_Query: Final = _sparse(CallbackQuery("", User(0, "", is_bot=False), ""))
_Update: Final = _sparse(Update(0))


def read_update(update: dict[str, Any], bot: Bot) -> Update:
    """Make an update, as sparsely as it allows; raises what the library raises when it is none."""
    match update:
        case {"update_id": int(number), "message": dict(message), **others} if not others:
            heard = _text(message, bot)
            if heard is not None:
                return _update(number, heard.from_user, heard, bot, message=heard)
        case {"update_id": int(number), "callback_query": dict(query), **others} if not others:
            pressed = _press(query, bot)
            if pressed is not None:
                return _update(number, pressed.from_user, pressed.message, bot, callback_query=pressed)
        case _:
            pass
    return Update.de_json(without_ballast(update), bot)


def is_plain(update: Update) -> bool:
    """Say whether an update is a person's words to the bot alone, and nothing else: no command, no file, no edit."""
    message = update.message
    return type(message) is _Message and message.chat.type == Chat.PRIVATE


def without_ballast(update: dict[str, Any]) -> dict[str, Any]:
    """Leave out what no handler looks at: the library makes objects of everything, and fails over what it cannot read."""
    if not update.keys() <= KINDS:
        update = {name: part for name, part in update.items() if name in KINDS}
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


def _update(number: int, by: User | None, under: MaybeInaccessibleMessage | None, bot: Bot, **event: object) -> Update:
    """Make an update of one event; by whom it is, and where, the library would look for anew each time it is asked."""
    about = {"_effective_user": by, "_effective_message": under, "_effective_chat": under and under.chat}
    return _made(_Update, bot, (number,), update_id=number, **event, **about)


def _made(kind: type[Made], bot: Bot, known_by: tuple[object, ...], **fields: object) -> Made:
    """Make an object of the library's with so many fields, compared by what it is known by."""
    made = object.__new__(kind)
    vars(made).update(fields, _bot=bot, _id_attrs=known_by)
    return made
