"""People's acts as JSON, for the page and for programs elsewhere.

Invariant: each act is one call of `World`, nothing of its own.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.sandbox.message import Message
from bot.sandbox.refusal import JsonObject
from bot.sandbox.world import NoSuchButton, World


class BadAct(ValueError):
    """The act cannot be done as asked; the text says why, for whoever wrote the request."""


class Act:
    """One act as it came in, its fields read by type."""

    __slots__ = ("_record",)

    def __init__(self, record: Mapping[str, object]) -> None:
        self._record = record

    def has(self, name: str) -> bool:
        """Say whether the field is there."""
        return name in self._record

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field that must be text; raises BadAct where it is not, or is missing without a default."""
        value = self._record.get(name, default)
        if not isinstance(value, str):
            raise BadAct(f'"{name}" must be text')
        return value

    def integer(self, name: str) -> int:
        """Return a field that must be a whole number; raises BadAct where it is none, or is missing."""
        value = self.optional_integer(name)
        if value is None:
            raise BadAct(f'"{name}" must be a whole number')
        return value

    def optional_integer(self, name: str) -> int | None:
        """Return a whole number, or None if it is missing."""
        value = self._record.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise BadAct(f'"{name}" must be a whole number')

    def number(self, name: str) -> float:
        """Return a field that must be a number, whole or not; raises BadAct where it is none, or is missing."""
        value = self._record.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadAct(f'"{name}" must be a number')
        return float(value)

    def optional_text(self, name: str) -> str | None:
        """Return text, or None if it is missing."""
        return self.text(name) if self._record.get(name) is not None else None

    def content(self, name: str) -> bytes:
        """Return bytes that were sent as Base64."""
        try:
            return base64.b64decode(self.text(name), validate=True)
        except binascii.Error:
            raise BadAct(f'"{name}" must be Base64') from None

    def inner(self, name: str) -> Act:
        """Return the object in a field."""
        value = self._record.get(name)
        if not isinstance(value, dict):
            raise BadAct(f'"{name}" must be an object')
        return Act(value)


_Doing = Callable[[World, int, Act], Message | str | None]


def perform(world: World, record: Mapping[str, object]) -> JsonObject:
    """Do what the record says and return the ids that came of it.

    Args:
        record: `user`, and one of the names in `_DOINGS` with what belongs to it.

    Raises:
        BadAct: it cannot be done.
    """
    act = Act(record)
    user_id = act.integer("user")
    names = [name for name in _DOINGS if act.has(name)]
    if len(names) != 1:
        raise BadAct(f"exactly one of {', '.join(_DOINGS)} is expected")
    try:
        outcome = _DOINGS[names[0]](world, user_id, act)
    except KeyError as error:
        raise BadAct(f"nobody and nothing has the id {error}") from error
    except (NoSuchButton, PermissionError, ValueError) as error:
        raise BadAct(str(error)) from error
    if isinstance(outcome, Message):
        return {"ok": True, "message": outcome.as_page()}
    return {"ok": True} if outcome is None else {"ok": True, "callback_query_id": outcome}


def _text(world: World, user_id: int, act: Act) -> Message:
    reply_to, chat_id = act.optional_integer("reply_to"), act.optional_integer("chat")
    return world.text(user_id, act.text("text"), reply_to=reply_to, chat_id=chat_id)


def _photo(world: World, user_id: int, act: Act) -> Message:
    caption, album = act.text("caption", ""), act.optional_text("album")
    return world.photo(user_id, act.content("photo"), caption, chat_id=act.optional_integer("chat"), album=album)


def _voice(world: World, user_id: int, act: Act) -> Message:
    duration = timedelta(seconds=act.optional_integer("duration") or 3)
    return world.voice(user_id, act.content("voice"), duration)


def _document(world: World, user_id: int, act: Act) -> Message:
    file_name, mime_type = act.text("file_name", "file.bin"), act.text("mime_type", "application/octet-stream")
    caption, claimed = act.text("caption", ""), act.optional_integer("claimed_size")
    return world.document(user_id, act.content("document"), file_name, mime_type, caption=caption, claimed_size=claimed)


def _location(world: World, user_id: int, act: Act) -> Message:
    place = act.inner("location")
    return world.location(user_id, place.number("latitude"), place.number("longitude"), chat_id=act.optional_integer("chat"))


def _contact(world: World, user_id: int, act: Act) -> Message:
    return world.contact(user_id, act.text("contact"))


def _edit(world: World, user_id: int, act: Act) -> Message:
    edit = act.inner("edit")
    return world.edit(user_id, edit.integer("message_id"), edit.text("text"), chat_id=act.optional_integer("chat"))


def _press(world: World, user_id: int, act: Act) -> str:
    press = act.inner("press")
    data, label = press.optional_text("data"), press.optional_text("label")
    if (data is None) == (label is None):
        raise BadAct('a press needs "data" or "label"')
    return world.press(user_id, press.integer("message_id"), data=data, label=label, chat_id=act.optional_integer("chat"))


def _open(world: World, user_id: int, act: Act) -> Message:
    return world.open_link(user_id, act.text("open"))


def _create(world: World, user_id: int, act: Act) -> None:
    person = act.inner("create")
    world.create(user_id, person.text("first_name"), person.text("language_code", "zh-hans"))


def _block(world: World, user_id: int, _act: Act) -> None:
    world.block(user_id)


def _unblock(world: World, user_id: int, _act: Act) -> None:
    world.unblock(user_id)


def _delete_account(world: World, user_id: int, _act: Act) -> None:
    world.delete_account(user_id)


_DOINGS: dict[str, _Doing] = {
    "text": _text, "photo": _photo, "voice": _voice, "document": _document, "location": _location, "contact": _contact,
    "edit": _edit, "press": _press, "open": _open, "create": _create, "block": _block, "unblock": _unblock,
    "delete_account": _delete_account,
}  # fmt: skip
