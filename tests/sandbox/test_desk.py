"""Programs elsewhere act and look over HTTP, the page hears of everything, and other sites are kept out."""

from __future__ import annotations

import asyncio
import base64
import json
import re

import aiohttp
import pytest

from bot.sandbox.cast import default_cast
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import RESIDENT, TOKEN, Client, SetClock


async def _post(client: Client, path: str, body: object, **headers: str) -> tuple[int, dict[str, object]]:
    async with client.session.post(f"{client.base}/sandbox/{path}", json=body, headers=headers) as response:
        answer = await response.json()
        assert isinstance(answer, dict)
        return response.status, answer


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ({"text": "路灯"}, "text"),
        ({"photo": base64.b64encode(b"\x89PNG").decode(), "caption": "x"}, "photo"),
        ({"voice": base64.b64encode(b"OggS").decode()}, "voice"),
        ({"document": "", "file_name": "a.pdf"}, "document"),
        ({"location": {"latitude": 43.8, "longitude": 81.1}}, "location"),
        ({"contact": "+8613800000000"}, "contact"),
        ({"open": "https://t.me/minsheng_bot?start=x"}, "text"),
    ],
)
async def test_every_act_reaches_the_bot_as_an_update(client: Client, act: dict[str, object], kind: str) -> None:
    """One act, one message update with what belongs to it."""
    status, answer = await _post(client, "act", {"user": RESIDENT, **act})
    assert (status, answer["ok"]) == (200, True)
    (update,) = await client.updates()
    assert isinstance(update["message"], dict)
    assert kind in update["message"]


@pytest.mark.parametrize(
    "act",
    [
        {"text": "x"}, {"user": 5, "text": "x"}, {"user": RESIDENT}, {"user": RESIDENT, "text": 5},
        {"user": RESIDENT, "text": "x", "photo": "y"}, {"user": RESIDENT, "photo": "not Base64"},
        {"user": RESIDENT, "press": {"message_id": 1, "label": "none"}}, {"user": RESIDENT, "open": "https://t.me/x"},
    ],
)  # fmt: skip
async def test_an_impossible_act_is_refused(client: Client, act: dict[str, object]) -> None:
    """400 with a reason, and the bot hears nothing."""
    status, answer = await _post(client, "act", act)
    assert (status, answer["ok"]) == (400, False)
    assert answer["error"]
    assert await client.updates() == []


async def test_a_press_over_http_is_a_callback_query(client: Client) -> None:
    """By label, as a person would."""
    keys = {"inline_keyboard": [[{"text": "签收", "callback_data": "accept"}]]}
    message = await client.message("sendMessage", chat_id=RESIDENT, text="x", reply_markup=keys)
    await _post(client, "act", {"user": RESIDENT, "press": {"message_id": message["message_id"], "label": "签收"}})
    (update,) = await client.updates()
    assert isinstance(update["callback_query"], dict)
    assert update["callback_query"]["data"] == "accept"


async def test_a_chat_can_be_waited_for(client: Client, world: World) -> None:
    """Asking with the known revision answers at the next change."""
    url = f"{client.base}/sandbox/chats/{RESIDENT}"
    async with client.session.get(url) as response:
        revision = (await response.json())["revision"]

    async def next_words() -> str:
        async with client.session.get(url, params={"revision": str(revision), "wait": "30"}) as response:
            return str((await response.json())["messages"][-1]["text"])

    waiting = asyncio.create_task(next_words())
    async with asyncio.timeout(5):
        while not world.scene._lookers:  # noqa: ASYNC110 (until the request has arrived and waits)
            await asyncio.sleep(0)
    world.text(RESIDENT, "news")
    assert await waiting == "news"


async def test_faults_come_and_go_over_http(client: Client) -> None:
    """A list of rules is put in force, and lifted."""
    status, _ = await _post(client, "faults", {"seed": 1, "faults": [{"kind": "server_error", "times": None}]})
    assert status == 200
    assert (await client.answer("getMe"))["error_code"] == 500
    async with client.session.delete(f"{client.base}/sandbox/faults") as response:
        assert response.status == 200
    await client.message("getMe")
    assert (await _post(client, "faults", {"kind": "bad_mood"}))[0] == 400


async def test_calls_are_recorded(client: Client) -> None:
    """Method, parameters and how many."""
    await client.message("sendMessage", chat_id=RESIDENT, text="seen")
    async with client.session.get(f"{client.base}/sandbox/calls", params={"method": "sendMessage"}) as response:
        record = await response.json()
    assert record["counts"] == {"sendmessage": 1}
    assert [call["params"]["text"] for call in record["calls"]] == ["seen"]


async def test_other_sites_can_change_nothing(client: Client) -> None:
    """A foreign origin is refused, and so is what a form could send."""
    act = {"user": RESIDENT, "text": "x"}
    assert (await _post(client, "act", act, Origin="https://example.com"))[0] == 403
    assert (await _post(client, "act", act, Origin=client.base))[0] == 200
    async with client.session.post(f"{client.base}/sandbox/act", data=json.dumps(act)) as response:
        assert response.status == 415


async def test_the_page_names_nothing_outside(client: Client) -> None:
    """A strict policy, and no address of anybody else in any file the page loads."""
    for path in ("", "page/page.css", "page/page.js", "page/column.js", "page/draw.js", "page/menu.js", "page/samples.js"):
        async with client.session.get(f"{client.base}/{path}") as response:
            assert response.status == 200
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            text = await response.text()
        addresses = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org", "https://t.me"}
        assert addresses == set(), path
        assert "innerHTML" not in text
    async with client.session.get(f"{client.base}/page/NotoSansMongolian-Regular.ttf") as response:
        assert response.content_type == "font/ttf"
    async with client.session.get(f"{client.base}/page/../server.py") as response:
        assert response.status == 404


async def test_the_page_hears_live(clock: SetClock) -> None:
    """The stream begins with everyone's chat and goes on with what happens, the clock too."""
    sandbox = Sandbox(clock=clock, cast=default_cast(), token=TOKEN)
    await sandbox.start()
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}sandbox/events") as stream:

        async def event(name: str) -> dict[str, object]:
            while (await stream.content.readline()).decode().strip() != f"event: {name}":
                pass
            body = json.loads((await stream.content.readline()).decode().removeprefix("data: "))
            assert isinstance(body, dict)
            return body

        people = (await event("snapshot"))["people"]
        assert isinstance(people, list)
        assert [person["role"] for person in people] == ["resident"] * 3 + [
            "officer",
            "lead",
            "supervisor",
            "translator",
            "admin",
        ]
        sandbox.world.text(1002, "سۇ يوق")
        assert (await event("message"))["text"] == "سۇ يوق"
        before = clock.now()
        async with session.post(f"{sandbox.url}sandbox/clock", json={"advance_seconds": 3600}) as response:
            assert response.status == 200
        assert (await event("clock"))["now"] == clock.now().isoformat()
        assert (clock.now() - before).total_seconds() == 3600
    await sandbox.stop()
