"""Each fault does to a call or an update exactly what it is named for."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.sandbox.faults import CallFault, Fault, Faults, UpdateFault, fault_from
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import RESIDENT, Client, ids

HELLO: dict[str, object] = {"chat_id": RESIDENT, "text": "hello"}


def _arrived(sandbox: Sandbox) -> int:
    return sum(message.text == "hello" for message in sandbox.world.transcript(RESIDENT))


async def test_too_many_requests_says_how_long(client: Client, sandbox: Sandbox) -> None:
    """429 as often as told, then as if nothing had been."""
    sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", retry_after=7, times=2))
    for _ in range(2):
        answer = await client.answer("sendMessage", **HELLO)
        assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    await client.message("sendMessage", **HELLO)
    assert _arrived(sandbox) == 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [(CallFault.SERVER_ERROR, 500), (CallFault.UNAUTHORIZED, 401), (CallFault.FORBIDDEN, 403), (CallFault.BAD_REQUEST, 400)],
)
async def test_a_refusal_has_no_effect(client: Client, sandbox: Sandbox, kind: CallFault, code: int) -> None:
    """The call is refused before anything is done."""
    sandbox.faults.add(Fault(kind))
    assert (await client.answer("sendMessage", **HELLO))["error_code"] == code
    assert _arrived(sandbox) == 0


async def test_a_bad_gateway_is_a_page_not_json(client: Client, sandbox: Sandbox) -> None:
    """502 with HTML."""
    sandbox.faults.add(Fault(CallFault.BAD_GATEWAY))
    async with client.session.post(f"{client.base}/bot7:made-up/sendMessage", json=HELLO) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    assert _arrived(sandbox) == 0


@pytest.mark.parametrize(
    ("kind", "arrived"),
    [(CallFault.RESET_BEFORE, 0), (CallFault.RESET_AFTER, 1), (CallFault.TRUNCATED, 1), (CallFault.MALFORMED, 1)],
)
async def test_a_lost_answer_leaves_the_effect_it_is_named_for(
    client: Client, sandbox: Sandbox, kind: CallFault, arrived: int
) -> None:
    """The caller cannot tell; the chat can."""
    sandbox.faults.add(Fault(kind))
    with pytest.raises((aiohttp.ClientError, ValueError)):
        await client.answer("sendMessage", **HELLO)
    assert _arrived(sandbox) == arrived
    assert sandbox.faults.struck == {str(kind): 1}


@pytest.mark.parametrize(("kind", "arrived"), [(CallFault.STALL, 0), (CallFault.STALL_AFTER, 1)])
async def test_who_hangs_up_on_a_stall_gets_no_answer(
    client: Client, sandbox: Sandbox, kind: CallFault, arrived: int
) -> None:
    """Before the effect nothing happened, after it everything did."""
    sandbox.faults.add(Fault(kind, seconds=3600))
    call = asyncio.create_task(client.answer("sendMessage", **HELLO))
    await sandbox.world.wait_for(lambda: sandbox.faults.struck and _arrived(sandbox) == arrived)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await client.message("sendMessage", **HELLO)
    assert _arrived(sandbox) == arrived + 1


async def test_a_group_that_moved_is_found_under_its_new_id(client: Client, sandbox: Sandbox) -> None:
    """The answer names the new id, and there the next message arrives."""
    sandbox.world.create_group(-5, "议事厅")
    sandbox.faults.add(Fault(CallFault.MIGRATE, "sendMessage", chat_id=-5, migrate_to=-100_000_000_005))
    answer = await client.answer("sendMessage", chat_id=-5, text="hello")
    assert answer["parameters"] == {"migrate_to_chat_id": -100_000_000_005}
    assert await client.refusal("sendMessage", chat_id=-5, text="hello") == "400 Bad Request: chat not found"
    await client.message("sendMessage", chat_id=-100_000_000_005, text="hello")


async def test_a_rule_strikes_only_what_it_names(client: Client, sandbox: Sandbox) -> None:
    """Another method and another chat pass."""
    sandbox.faults.add(Fault(CallFault.SERVER_ERROR, "sendMessage", chat_id=5, times=None))
    await client.message("getMe")
    await client.message("sendMessage", **HELLO)
    assert (await client.answer("sendMessage", chat_id=5, text="x"))["error_code"] == 500


async def test_a_doubled_update_has_one_id(client: Client, sandbox: Sandbox) -> None:
    """Twice the same."""
    sandbox.faults.add(Fault(UpdateFault.DUPLICATE, "message"))
    sandbox.world.text(RESIDENT, "x")
    first, second = await client.updates()
    assert first == second


async def test_a_reordered_update_overtakes(client: Client, sandbox: Sandbox) -> None:
    """The later id comes first; an offset behind both takes both."""
    sandbox.world.text(RESIDENT, "one")
    sandbox.faults.add(Fault(UpdateFault.REORDER))
    sandbox.world.text(RESIDENT, "two")
    later, earlier = ids(await client.updates())
    assert isinstance(later, int)
    assert isinstance(earlier, int)
    assert later == earlier + 1
    assert await client.updates(offset=later + 1) == []


async def test_unknown_things_stand_beside_known_ones(client: Client, sandbox: Sandbox) -> None:
    """A kind of tomorrow comes first, fields of tomorrow come with it."""
    sandbox.faults.add(Fault(UpdateFault.UNKNOWN_KIND), Fault(UpdateFault.EXTRA_FIELDS))
    sandbox.world.text(RESIDENT, "one")
    sandbox.world.text(RESIDENT, "two")
    unknown, known, extended = await client.updates()
    assert set(unknown) == {"update_id", "thing_of_tomorrow"}
    assert set(known) == {"update_id", "message"}
    message = extended["message"]
    assert isinstance(message, dict)
    assert "field_of_tomorrow" in message


def test_the_same_seed_gives_the_same_faults() -> None:
    """Chance is repeatable, and another seed gives another course."""

    def course(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(Fault(CallFault.SERVER_ERROR, times=None, probability=0.5))
        return [faults.for_call("getme", None) is not None for _ in range(64)]

    assert course(1) == course(1) != course(2)
    assert 16 < sum(course(1)) < 48


def test_a_rule_with_a_mistake_is_not_taken() -> None:
    """An unknown kind or field is an error, not a rule that never strikes."""
    for record in ({"kind": "bad_mood"}, {"kind": "stall", "second": 1}, {"kind": "stall", "times": "2"}):
        with pytest.raises(ValueError, match=r"expected|unknown fault"):
            fault_from(dict(record))
