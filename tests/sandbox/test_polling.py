"""Long polling loses nothing that was not confirmed, and one token has one poller."""

from __future__ import annotations

import asyncio

from bot.sandbox.faults import Fault, UpdateFault
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import RESIDENT, Client, ids


async def test_an_update_comes_again_until_an_offset_confirms_it(client: Client, world: World) -> None:
    """Only an offset behind it takes an update away."""
    world.text(RESIDENT, "one")
    world.text(RESIDENT, "two")
    first = await client.updates()
    assert ids(await client.updates()) == ids(first)
    newest = first[-1]["update_id"]
    assert isinstance(newest, int)
    assert ids(await client.updates(offset=newest)) == [newest]
    assert await client.updates(offset=newest + 1) == []


async def test_a_limit_hands_out_the_oldest_first(client: Client, world: World) -> None:
    """A limit cuts at the new end."""
    for word in ("one", "two", "three"):
        world.text(RESIDENT, word)
    everything = ids(await client.updates())
    assert ids(await client.updates(limit=2)) == everything[:2]


async def test_a_negative_offset_keeps_the_newest_and_forgets_the_rest(client: Client, world: World) -> None:
    """Offset -1 is the last update, the others are gone for good."""
    for word in ("one", "two", "three"):
        world.text(RESIDENT, word)
    newest = ids(await client.updates(offset=-1))
    assert len(newest) == 1
    assert ids(await client.updates()) == newest


async def test_a_poll_waits_for_the_next_update(client: Client, world: World) -> None:
    """A poll with a timeout answers when something happens, not when the time is over."""
    poll = asyncio.create_task(client.updates(timeout=50))
    await world.wait_for(lambda: world.calls("getUpdates"))
    world.text(RESIDENT, "now")
    updates = await poll
    assert [update["message"]["text"] for update in updates if isinstance(update["message"], dict)] == ["now"]


async def test_a_second_poller_ends_the_first_with_409(client: Client, world: World) -> None:
    """Two pollers on one token do not share: the newer one wins."""
    first = asyncio.create_task(client.refusal("getUpdates", timeout=50))
    await world.wait_for(lambda: len(world.calls("getUpdates")) == 1)
    second = asyncio.create_task(client.updates(timeout=50))
    assert await first == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    world.text(RESIDENT, "for the second")
    assert len(await second) == 1


async def test_kinds_that_were_not_asked_for_do_not_come(client: Client, world: World) -> None:
    """allowed_updates holds until it is said anew."""
    await client.updates(allowed_updates=["callback_query"])
    world.text(RESIDENT, "unheard")
    assert await client.updates() == []
    await client.updates(allowed_updates=[])
    world.text(RESIDENT, "heard")
    assert len(await client.updates()) == 1


async def test_a_command_is_marked_in_utf16_units(client: Client, world: World) -> None:
    """A letter outside the basic plane counts two."""
    world.text(RESIDENT, "👋 /new@minsheng_bot 路灯")
    (update,) = await client.updates()
    message = update["message"]
    assert isinstance(message, dict)
    assert message["entities"] == [{"type": "bot_command", "offset": 3, "length": 17}]


async def test_get_and_form_calls_are_calls_too(client: Client, world: World) -> None:
    """The same method answers to a query string and to a form."""
    url = f"{client.base}/bot7:made-up/sendMessage"
    async with client.session.get(url, params={"chat_id": str(RESIDENT), "text": "by query"}) as response:
        assert response.status == 200
    async with client.session.post(url, data={"chat_id": str(RESIDENT), "text": "by form"}) as response:
        assert response.status == 200
    assert [message.text for message in world.transcript(RESIDENT)][-2:] == ["by query", "by form"]


async def test_a_limit_does_not_part_an_overtaker_from_the_overtaken(client: Client, world: World, sandbox: Sandbox) -> None:
    """The offset behind the one would confirm the other unseen."""
    world.text(RESIDENT, "one")
    world.text(RESIDENT, "two")
    sandbox.faults.add(Fault(UpdateFault.REORDER))
    world.text(RESIDENT, "three")
    one, three, two = ids(await client.updates())
    assert ids(await client.updates(limit=2)) == [one]
    assert isinstance(one, int)
    assert ids(await client.updates(limit=2, offset=one + 1)) == [three, two]


async def test_updates_are_handed_out_again_and_numbers_begin_anew(client: Client, world: World) -> None:
    """What was confirmed comes back under its number; a number may be smaller than the last."""
    world.text(RESIDENT, "one")
    kept = world.scene.updates.pending
    (first,) = ids(await client.updates())
    assert isinstance(first, int)
    assert await client.updates(offset=first + 1) == []
    world.scene.updates.hand_out_again(kept)
    assert ids(await client.updates()) == [first]
    assert await client.updates(offset=first + 1) == []
    world.scene.updates.number_from(5)
    world.text(RESIDENT, "two")
    assert ids(await client.updates()) == [5]
