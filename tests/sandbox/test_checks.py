"""What the real server refuses is refused here, with the same words, and has no effect."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.sandbox.world import World
from tests.sandbox.conftest import RESIDENT, STRANGER, Client


def _keyboard(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "Markdown?"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "[1]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "reply_markup": _keyboard(callback_data="路" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _keyboard(url="https://t.me/b?start=" + "x" * 65)}, "BUTTON_URL_INVALID"),
        ({"text": "x", "reply_markup": _keyboard(url="https://t.me/b?start=a.b")}, "BUTTON_URL_INVALID"),
        (
            {"text": "x", "reply_markup": _keyboard()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
            "REPLY_MARKUP_TOO_LONG",
        ),
        ({"text": "x", "colour": "red"}, "sendmessage has no parameter colour"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ],
)
async def test_a_bad_message_is_refused(client: Client, world: World, params: dict[str, object], why: str) -> None:
    """400, and the chat stays as it was."""
    before = world.transcript(RESIDENT)
    assert await client.refusal("sendMessage", chat_id=RESIDENT, **params) == f"400 Bad Request: {why}"
    assert world.transcript(RESIDENT) == before


async def test_length_counts_after_markup_is_taken_out(client: Client) -> None:
    """4,096 characters are allowed however many tags surround them."""
    message = await client.message("sendMessage", chat_id=RESIDENT, text=f"<b>{'路' * 4096}</b>", parse_mode="HTML")
    assert len(str(message["text"])) == 4096


async def test_sixty_four_bytes_of_data_fit_on_a_button(client: Client) -> None:
    """The limit itself is allowed."""
    await client.message(
        "sendMessage", chat_id=RESIDENT, text="x", reply_markup=json.dumps(_keyboard(callback_data="x" * 64))
    )


async def test_a_long_caption_is_refused(client: Client, world: World) -> None:
    """1,024 characters under a photo."""
    file_id = world.photo(RESIDENT, b"\x89PNG").media["photo"]
    assert isinstance(file_id, list)
    photo = file_id[-1]["file_id"]
    await client.message("sendPhoto", chat_id=RESIDENT, photo=photo, caption="x" * 1024)
    refusal = await client.refusal("sendPhoto", chat_id=RESIDENT, photo=photo, caption="x" * 1025)
    assert refusal == "400 Bad Request: message caption is too long"


async def test_who_cannot_be_written_to(client: Client, world: World) -> None:
    """Nobody, somebody who never wrote, somebody who blocked, somebody who is gone: four different answers."""
    send = {"text": "x"}
    assert await client.refusal("sendMessage", chat_id=5, **send) == "400 Bad Request: chat not found"
    refusal = await client.refusal("sendMessage", chat_id=STRANGER, **send)
    assert refusal == "403 Forbidden: bot can't initiate conversation with a user"
    world.block(RESIDENT)
    assert await client.refusal("sendMessage", chat_id=RESIDENT, **send) == "403 Forbidden: bot was blocked by the user"
    world.unblock(RESIDENT)
    await client.message("sendMessage", chat_id=RESIDENT, **send)
    world.delete_account(RESIDENT)
    assert await client.refusal("sendMessage", chat_id=RESIDENT, **send) == "403 Forbidden: user is deactivated"


async def test_blocking_is_told_to_the_bot(client: Client, world: World) -> None:
    """my_chat_member says kicked, then member."""
    world.block(RESIDENT)
    world.unblock(RESIDENT)
    told = [update["my_chat_member"] for update in await client.updates()]
    assert [change["new_chat_member"]["status"] for change in told if isinstance(change, dict)] == ["kicked", "member"]


async def test_an_unknown_method_or_token_is_no_bot(client: Client) -> None:
    """404 for the method, 401 for the token."""
    assert await client.refusal("sendTelepathy") == "404 Not Found"
    assert await Client(client.session, client.base, "8:other").refusal("getMe") == "401 Unauthorized"


async def test_files_over_twenty_megabytes_cannot_be_fetched(client: Client, world: World) -> None:
    """GetFile refuses by the size that the sender's file has."""
    record = world.document(RESIDENT, b"x", "a.zip", "application/zip", claimed_size=20 * 2**20 + 1).media["document"]
    assert isinstance(record, dict)
    assert await client.refusal("getFile", file_id=record["file_id"]) == "400 Bad Request: file is too big"


async def test_uploads_over_fifty_megabytes_are_refused(client: Client) -> None:
    """413 by the announced length, before the bytes are sent."""
    host, port = client.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /bot7:made-up/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 52428801\r\n\r\n"
    )
    assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_sent_file_comes_back_byte_for_byte(client: Client, world: World) -> None:
    """GetFile says where, the file root gives the bytes."""
    record = world.document(RESIDENT, b"\x00\xff", "a.bin", "application/x").media["document"]
    assert isinstance(record, dict)
    path = (await client.message("getFile", file_id=record["file_id"]))["file_path"]
    async with client.session.get(f"{client.base}/file/bot7:made-up/{path}") as response:
        assert await response.read() == b"\x00\xff"


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"commands": [{"command": "New", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "new", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [], "language_code": "sjo"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "village"}}, "can't parse BotCommandScope: unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_a_bad_menu_is_refused(client: Client, params: dict[str, object], why: str) -> None:
    """Names, descriptions, languages of two letters, scopes that exist."""
    assert await client.refusal("setMyCommands", **params) == f"400 Bad Request: {why}"


async def test_the_nearest_menu_is_shown(client: Client) -> None:
    """A chat's own menu goes before the one for its language, that before the default."""

    async def shown(person: int) -> list[str]:
        async with client.session.get(f"{client.base}/sandbox/chats/{person}") as response:
            return [command["command"] for command in (await response.json())["commands"]]

    one = {"description": "x"}
    await client.result("setMyCommands", commands=[{"command": "all", **one}])
    await client.result("setMyCommands", commands=[{"command": "ug", **one}], language_code="ug")
    assert (await shown(RESIDENT), await shown(STRANGER)) == (["all"], ["ug"])
    await client.result("setMyCommands", commands=[{"command": "mine", **one}], scope={"type": "chat", "chat_id": STRANGER})
    assert await shown(STRANGER) == ["mine"]
