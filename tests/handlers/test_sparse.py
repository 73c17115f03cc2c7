"""Of an update only what handlers look at becomes objects, and those read as the library's own do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Message, TelegramObject, Update

from handlers.routes import routes
from handlers.sparse import is_plain, read_update, without_ballast

CHAT: Final = {"id": 42, "type": "private", "first_name": "甲"}
WHO: Final = {"id": 42, "is_bot": False, "first_name": "甲"}
KEYBOARD: Final = {"inline_keyboard": [[{"text": "提交", "callback_data": "1[s]"}]]}
SHOWN: Final = {"message_id": 7, "date": 1763946000, "chat": CHAT, "text": "卡片", "reply_markup": KEYBOARD}
TEXT: Final[dict[str, Any]] = {
    "update_id": 1,
    "message": {"message_id": 7, "date": 1763946000, "chat": CHAT, "from": WHO, "text": "路灯坏了"},
}
PRESS: Final[dict[str, Any]] = {
    "update_id": 1,
    "callback_query": {"id": "t", "from": WHO, "chat_instance": "c", "data": "1[s]", "message": SHOWN},
}
BOT: Final = Bot("1:a")

NAMES: Final = st.text(max_size=5)
PEOPLE: Final = st.fixed_dictionaries(
    {"id": st.integers(1, 2**52), "is_bot": st.booleans(), "first_name": NAMES},
    optional={"last_name": NAMES, "username": NAMES, "language_code": NAMES, "is_premium": st.booleans()},
)
PLACES: Final = st.fixed_dictionaries(
    {"id": st.integers(-(2**52), 2**52), "type": st.sampled_from(["private", "group", "supergroup"])},
    optional={"first_name": NAMES, "last_name": NAMES, "username": NAMES, "title": NAMES, "is_forum": st.booleans()},
)
SEEN: Final = {"message_id": st.integers(1, 2**31), "date": st.integers(0, 2**31), "chat": PLACES}
UPDATES: Final = st.one_of(
    st.fixed_dictionaries(
        {
            "update_id": st.integers(1, 2**31),
            "message": st.fixed_dictionaries(
                {**SEEN, "text": NAMES}, optional={"from": PEOPLE, "caption": NAMES, "message_thread_id": st.integers(1, 9)}
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "update_id": st.integers(1, 2**31),
            "callback_query": st.fixed_dictionaries(
                {"id": NAMES, "from": PEOPLE, "chat_instance": NAMES, "message": st.fixed_dictionaries(SEEN)},
                optional={"data": NAMES, "inline_message_id": NAMES},
            ),
        }
    ),
)


def fields(made: TelegramObject) -> Iterator[str]:
    """Name every field that an object of the library's has, but for how it keeps itself."""
    for kind in type(made).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if not name.startswith("_"):
                yield name


def differences(sparse: object, full: object, path: str = "update") -> list[str]:
    """Name the fields of two objects that do not read the same, at any depth."""
    if not isinstance(full, TelegramObject):
        return [] if sparse == full else [path]
    assert isinstance(sparse, type(full))
    return [
        found for name in fields(full) for found in differences(getattr(sparse, name), getattr(full, name), f"{path}.{name}")
    ]


@given(UPDATES)
def test_every_field_reads_as_in_the_librarys_own_object(update: dict[str, Any]) -> None:
    """Also those that are not there, and whoever asks for them by the library's own properties."""
    sparse, full = read_update(json.loads(json.dumps(update)), BOT), Update.de_json(json.loads(json.dumps(update)), BOT)
    assert differences(sparse, full) == []
    assert sparse.to_dict() == full.to_dict()
    assert (sparse.effective_user, sparse.effective_chat) == (full.effective_user, full.effective_chat)
    assert str(sparse.effective_message and sparse.effective_message.message_id) == str(
        full.effective_message and full.effective_message.message_id
    )


@pytest.mark.parametrize("update", [TEXT, PRESS], ids=["text", "press"])
def test_what_most_people_do_is_made_sparsely(update: dict[str, Any]) -> None:
    """Else nothing would be gained; and nothing of it can be changed, or taken for somebody else's."""
    made, other = read_update(update, BOT), read_update({**update, "update_id": 2}, BOT)
    message = made.effective_message
    assert type(made) is not Update
    assert isinstance(message, Message)
    assert message.get_bot() is BOT
    assert made != other
    assert made == read_update(update, BOT)
    with pytest.raises(AttributeError):
        message.text = "别的"
    with pytest.raises(AttributeError):
        message.no_such_field  # type: ignore[attr-defined]  # noqa: B018 (asking is the point)


def test_whatever_else_there_is_comes_from_the_library() -> None:
    """Commands, files, edits: read whole."""
    command = {**TEXT["message"], "entities": [{"type": "bot_command", "offset": 0, "length": 3}], "text": "/my"}
    for update in (
        {"update_id": 1, "message": command},
        {"update_id": 1, "edited_message": TEXT["message"]},
        {**TEXT, "callback_query": PRESS["callback_query"]},
    ):
        assert type(read_update(update, BOT)) is Update
    assert read_update({"update_id": 1, "message": command}, BOT).message.entities[0].type == "bot_command"  # type: ignore[union-attr]


def test_plain_words_are_for_one_route_alone() -> None:
    """It is asked early; whatever is more than words, or said before others, it leaves to the routes behind it."""
    plain = read_update(TEXT, BOT)
    takers = [route.callback for route in routes() if route.check_update(plain) not in {None, False}]
    assert is_plain(plain)
    assert len(takers) == 2  # and the last, which takes whatever is left
    in_a_group = {**TEXT["message"], "chat": {"id": -7, "type": "group", "first_name": "g"}}
    command = {**TEXT["message"], "entities": [{"type": "bot_command", "offset": 0, "length": 3}], "text": "/my"}
    others = [{"message": in_a_group}, {"message": command}, {"edited_message": TEXT["message"]}, PRESS]
    assert not any(is_plain(read_update({"update_id": 1, **other}, BOT)) for other in others)


def test_a_press_keeps_who_pressed_what_and_where() -> None:
    """The text and the keyboard of the message are left out; the update that came is not touched."""
    query = read_update(PRESS, BOT).callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.id, query.data, query.from_user.id) == ("t", "1[s]", 42)
    assert (query.message.message_id, query.message.chat.id, query.message.date) == (7, 42, MOMENT)
    assert query.message.text is None
    assert without_ballast(PRESS)["callback_query"]["message"].keys() == {"message_id", "date", "chat"}
    assert "reply_markup" in PRESS["callback_query"]["message"]


MOMENT: Final = datetime.fromisoformat("2025-11-24T01:00:00Z")


def test_what_is_no_press_stays_as_it_came() -> None:
    """Messages, and presses that name no message or a malformed one."""
    for update in ({"update_id": 1, "message": SHOWN}, {"callback_query": {"id": "t"}}, {"callback_query": 5}):
        assert without_ballast(update) is update


def test_kinds_that_were_not_asked_for_are_not_read() -> None:
    """Telegram may still hold some that another program asked for; what the library cannot read of them is no trouble."""
    left = {"poll_answer": {"poll_id": "1"}, "business_message": TEXT["message"], "thing_of_tomorrow": [None]}
    assert read_update({"update_id": 1, **left}, BOT).to_dict() == {"update_id": 1}
    beside = read_update({**TEXT, **left}, BOT)
    assert beside.message is not None
    assert (beside.business_message, beside.message.text) == (None, "路灯坏了")
