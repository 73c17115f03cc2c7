"""Messages change in place, only where a bot may change them, and buttons are answered once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox.world import NoSuchButton, World
from tests.sandbox.conftest import RESIDENT, Client, SetClock

KEYS = {"inline_keyboard": [[{"text": "提交", "callback_data": "send"}]]}


async def _send(client: Client, **params: object) -> int:
    message = await client.message("sendMessage", chat_id=RESIDENT, text="draft", **params)
    assert isinstance(message["message_id"], int)
    return message["message_id"]


async def test_an_edit_replaces_text_and_takes_the_keyboard_away(client: Client, world: World) -> None:
    """A keyboard that is not sent again is gone."""
    message_id = await _send(client, reply_markup=KEYS)
    edited = await client.message("editMessageText", chat_id=RESIDENT, message_id=message_id, text="card")
    assert "edit_date" in edited
    seen = world.message(RESIDENT, message_id)
    assert (seen.text, seen.labels) == ("card", [])


async def test_an_edit_that_changes_nothing_is_refused(client: Client) -> None:
    """Same text and same keyboard: not modified."""
    message_id = await _send(client, reply_markup=KEYS)
    same = {"chat_id": RESIDENT, "message_id": message_id, "reply_markup": KEYS}
    refusal = await client.refusal("editMessageText", text="draft", **same)
    assert refusal.startswith("400 Bad Request: message is not modified: ")
    assert (await client.refusal("editMessageReplyMarkup", **same)).startswith("400 Bad Request: message is not modified: ")


async def test_only_its_own_messages_can_be_edited(client: Client, world: World) -> None:
    """Not a person's, and none that is not there."""
    theirs = world.text(RESIDENT, "mine").message_id
    edit = {"chat_id": RESIDENT, "text": "yours"}
    assert await client.refusal("editMessageText", message_id=theirs, **edit) == "400 Bad Request: message can't be edited"
    assert await client.refusal("editMessageText", message_id=999, **edit) == "400 Bad Request: message to edit not found"


async def test_a_message_can_be_deleted_for_two_days(client: Client, world: World, clock: SetClock) -> None:
    """48 hours by the clock of the stand-in, then never."""
    young, old = await _send(client), await _send(client)
    assert await client.result("deleteMessage", chat_id=RESIDENT, message_id=young) is True
    assert young not in world.chat(RESIDENT).messages
    await clock.advance(timedelta(hours=49))
    assert "can't be deleted" in await client.refusal("deleteMessage", chat_id=RESIDENT, message_id=old)


async def test_a_pressed_button_is_answered_once(client: Client, world: World) -> None:
    """The answer is shown to the one who pressed; a second one is too old."""
    query_id = world.press(RESIDENT, await _send(client, reply_markup=KEYS), label="提交")
    (update,) = await client.updates()
    query = update["callback_query"]
    assert isinstance(query, dict)
    assert (query["id"], query["data"]) == (query_id, "send")
    await client.result("answerCallbackQuery", callback_query_id=query_id, text="好")
    assert world.toasts(RESIDENT) == ["好"]
    refusal = await client.refusal("answerCallbackQuery", callback_query_id=query_id)
    assert refusal == "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_button_answer_has_at_most_200_characters(client: Client, world: World) -> None:
    """Longer ones are refused and the press stays open."""
    query_id = world.press(RESIDENT, await _send(client, reply_markup=KEYS), data="forged")
    assert await client.refusal("answerCallbackQuery", callback_query_id=query_id, text="x" * 201) == (
        "400 Bad Request: MESSAGE_TOO_LONG"
    )
    await client.result("answerCallbackQuery", callback_query_id=query_id, text="x" * 200)


async def test_nobody_can_press_a_label_that_is_not_there(client: Client, world: World) -> None:
    """A test that looks for the wrong label fails by name."""
    with pytest.raises(NoSuchButton, match="提交"):
        world.press(RESIDENT, await _send(client, reply_markup=KEYS), label="签收")


async def test_a_person_edits_what_they_said(client: Client, world: World) -> None:
    """The bot gets edited_message with the same id."""
    message = world.text(RESIDENT, "before")
    world.edit(RESIDENT, message.message_id, "after")
    edited = (await client.updates())[-1]["edited_message"]
    assert isinstance(edited, dict)
    assert (edited["message_id"], edited["text"]) == (message.message_id, "after")


async def test_a_start_link_sends_its_payload(client: Client, world: World) -> None:
    """Opening a link is writing /start and the payload; what Telegram would not carry is no link."""
    world.open_link(RESIDENT, "https://t.me/minsheng_bot?start=inv_Ab-1")
    message = (await client.updates())[0]["message"]
    assert isinstance(message, dict)
    assert message["text"] == "/start inv_Ab-1"
    with pytest.raises(ValueError, match="not a start link"):
        world.open_link(RESIDENT, "https://t.me/minsheng_bot?start=" + "x" * 65)
