"""Of an update only what handlers look at becomes objects; what decides how it is handled stays."""

from __future__ import annotations

from typing import Any, Final

from telegram import Update

from handlers.conversations import without_ballast

CHAT: Final = {"id": 42, "type": "private", "first_name": "甲"}
WHO: Final = {"id": 42, "is_bot": False, "first_name": "甲"}
KEYBOARD: Final = {"inline_keyboard": [[{"text": "提交", "callback_data": "1[s]"}]]}
SHOWN: Final = {"message_id": 7, "date": 1763946000, "chat": CHAT, "text": "卡片", "reply_markup": KEYBOARD}
PRESS: Final[dict[str, Any]] = {
    "update_id": 1,
    "callback_query": {"id": "t", "from": WHO, "chat_instance": "c", "data": "1[s]", "message": SHOWN},
}


def test_a_press_keeps_who_pressed_what_and_where() -> None:
    """The text and the keyboard of the message are left out; the update that came is not touched."""
    update = Update.de_json(without_ballast(PRESS), None)
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    assert (query.id, query.data, query.from_user.id) == ("t", "1[s]", 42)
    assert (query.message.message_id, query.message.chat.id) == (7, 42)
    assert without_ballast(PRESS)["callback_query"]["message"].keys() == {"message_id", "date", "chat"}
    assert "reply_markup" in PRESS["callback_query"]["message"]


def test_what_is_no_press_stays_as_it_came() -> None:
    """Messages, and presses that name no message or a malformed one."""
    for update in ({"update_id": 1, "message": SHOWN}, {"callback_query": {"id": "t"}}, {"callback_query": 5}):
        assert without_ballast(update) is update
