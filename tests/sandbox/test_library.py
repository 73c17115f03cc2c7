"""python-telegram-bot works with the stand-in as it does with the real server."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter

from bot.sandbox.faults import CallFault, Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import RESIDENT, STRANGER, TOKEN


def _library(sandbox: Sandbox) -> Bot:
    base = sandbox.api_base
    return Bot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")


async def test_a_conversation_from_start_to_edit(sandbox: Sandbox) -> None:
    """Initialize, receive, send with buttons, receive the press, answer, edit."""
    world = sandbox.world
    async with _library(sandbox) as account:
        assert (account.id, account.username) == (7, "minsheng_bot")
        world.text(RESIDENT, "/start")
        (update,) = await account.get_updates(timeout=5)
        assert update.message is not None
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="send")]])
        message = await update.message.reply_html("<b>草稿</b>", reply_markup=keys)
        assert message.text_html == "<b>草稿</b>"
        world.press(RESIDENT, message.message_id, label="提交")
        (pressed,) = await account.get_updates(offset=update.update_id + 1, timeout=5)
        assert pressed.callback_query is not None
        await pressed.callback_query.answer("好")
        await pressed.callback_query.edit_message_text("已登记")
    last = world.last(RESIDENT)
    assert last is not None
    assert (last.text, world.toasts(RESIDENT)) == ("已登记", ["好"])


async def test_files_travel_both_ways(sandbox: Sandbox) -> None:
    """Uploads arrive in the chat, downloads give the person's bytes, albums share an id."""
    async with _library(sandbox) as account:
        sent = await account.send_document(RESIDENT, b"figures", filename="周报.xlsx", caption="x")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.file_size) == ("周报.xlsx", 7)
        file = await account.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"figures"
        album = await account.send_media_group(RESIDENT, [InputMediaPhoto(b"\x89PNG1"), InputMediaPhoto(b"\x89PNG2")])
        assert len({message.media_group_id for message in album}) == 1
        assert (await account.send_voice(RESIDENT, b"OggS")).voice is not None


async def test_refusals_become_the_librarys_errors(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sort of refusal is told apart."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns about its own next version
    async with _library(sandbox) as account:
        with pytest.raises(Forbidden):
            await account.send_message(STRANGER, "x")
        with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
            await account.send_message(5, "x")
        sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, retry_after=3))
        with pytest.raises(RetryAfter):
            await account.send_message(RESIDENT, "x")
        await account.set_webhook("http://127.0.0.1:9/none")
        with pytest.raises(Conflict):
            await account.get_updates()
        assert await account.delete_webhook()


async def test_the_menu_is_kept(sandbox: Sandbox) -> None:
    """What was set is what is read, until it is deleted."""
    commands = [BotCommand("new", "反映问题")]
    async with _library(sandbox) as account:
        await account.set_my_commands(commands, language_code="zh")
        assert await account.get_my_commands(language_code="zh") == tuple(commands)
        await account.delete_my_commands(language_code="zh")
        assert await account.get_my_commands(language_code="zh") == ()
        await account.set_my_description("说明")
        assert (await account.get_my_description()).description == "说明"
        await account.set_chat_menu_button()
        assert (await account.get_chat(RESIDENT)).first_name == "李晓梅"
