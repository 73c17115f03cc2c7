"""What the running program can be asked, and what it writes down: numbers and kinds, and nobody's name, words or chat."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.sandbox.faults import CallFault, Fault
from tests.endtoend.test_webhook import BACKENDS, free_port
from tests.endtoend.test_whole_life import file_in
from tests.support.postgres import Server
from tests.support.program import SECONDS, TOKEN, program

RESIDENT, OFFICER = 7100000011, 7100000021
WORDS = "坎乡三村口的路灯坏了"


async def ask(port: int, path: str) -> tuple[int, str]:
    """Ask the running program; return status and body."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def measured(port: int) -> Mapping[str, float]:
    """Read its metrics: values by name, and by name{value of the first label}."""
    found: dict[str, float] = {}
    status, text = await ask(port, "/metrics")
    assert status == 200
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            label = next(iter(sample.labels.values()), "")
            found[f"{sample.name}{{{label}}}" if label else sample.name] = sample.value
    return found


async def settled(port: int, name: str, value: float) -> Mapping[str, float]:
    """Ask until a number is reached."""
    async with asyncio.timeout(SECONDS):
        while (found := await measured(port)).get(name) != value:
            pass
    return found


def log_lines(folder: Path) -> list[dict[str, Any]]:
    """Read the log as JSON."""
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


@pytest.mark.parametrize("backend", BACKENDS)
async def test_the_program_tells_how_it_is(tmp_path: Path, backend: str, request: pytest.FixtureRequest) -> None:
    """Health, readiness, metrics and `status` tell one story, and `status` tells the rest when the program is gone."""
    server: Server | None = request.getfixturevalue("server") if backend == "postgresql" else None
    port = free_port()
    settings = {"BOT_LISTEN": f"127.0.0.1:{port}", "BOT_LOG": "json"}
    settings |= {} if server is None else {"BOT_DATABASE": server.empty()}
    async with program(tmp_path, [RESIDENT, OFFICER], settings) as running:
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        number = await file_in(running, RESIDENT, "中文", WORDS)
        await running.hears(OFFICER, number)
        found = await settled(port, "minsheng_outbox_waiting", 0)
        assert found["minsheng_updates_handled_total{done}"] == 5
        assert found["minsheng_letters_total{sent}"] >= 5
        assert found["minsheng_reply_seconds_count"] >= 5
        assert (found["minsheng_ledger_entries"], found["minsheng_inbox_waiting"]) == (3, 0)
        assert found["minsheng_poll_age_seconds"] < SECONDS

        status, body = await ask(port, "/healthz")
        assert (status, json.loads(body)["alive"], json.loads(body)["hung_loops"]) == (200, True, [])
        status, body = await ask(port, "/readyz")
        assert (status, json.loads(body)["ready"]) == (200, True), body
        told = await running.ask("status", "--json")
        assert told.code == 0, told.out + told.err
        told_of = told.json()
        assert (told_of["process"]["ready"], told_of["ledger"]["entries"], told_of["inbox"]["set_aside"]) == (True, 3, 0)
        assert (await running.ask("ledger", "head", "--json")).json()["head"] == told_of["ledger"]["head"]
        assert told_of["due"]["next_at"] is not None
        if backend == "sqlite":
            assert told_of["database_log_bytes"] > 0
            assert found["minsheng_database_log_bytes"] > 0
        else:
            assert told_of["database_log_bytes"] is None
            assert "minsheng_database_log_bytes" not in found
        for text in (body, told.out, (await ask(port, "/metrics"))[1], (await running.ask("status")).out):
            for secret in (str(RESIDENT), str(OFFICER), TOKEN, WORDS, number):
                assert secret not in text
        if backend == "sqlite":
            assert told_of["last_backup"] is None
            assert (await running.ask("backup", str(tmp_path / "backup.db"))).code == 0
            assert (await running.ask("status", "--json")).json()["last_backup"]["entries"] == 3
        assert await running.stop() == 0
        gone = await running.ask("status", "--json")
        assert (gone.code, gone.json()["process"]) == (1, None)
        assert [line for line in gone.json()["wrong"] if "BOT_LISTEN" in line]


async def test_a_key_file_that_vanishes_and_a_database_that_stops_make_it_unready(tmp_path: Path) -> None:
    """Unready, not dead: whoever watches is told why, and it is ready again when that is over."""
    port = free_port()
    async with program(tmp_path, [], {"BOT_LISTEN": f"127.0.0.1:{port}"}) as running:
        await running.start()
        await running.sandbox.world.wait_for(lambda: running.sandbox.world.calls("getUpdates"), SECONDS)
        key = tmp_path / "master.key"
        key.rename(tmp_path / "elsewhere")
        status, body = await ask(port, "/readyz")
        assert (status, [each["check"] for each in json.loads(body)["checks"] if not each["ok"]]) == (503, ["keys"])
        assert (await ask(port, "/healthz"))[0] == 200
        (tmp_path / "elsewhere").rename(key)
        assert (await ask(port, "/readyz"))[0] == 200
        assert await running.stop() == 0


@pytest.mark.parametrize("form", ["json", "text"])
async def test_the_log_follows_an_update_and_never_says_who_or_what(tmp_path: Path, form: str) -> None:
    """One number from the update to the message, whatever fails on the way; no token, no chat, no word, in either form."""
    async with program(tmp_path, [RESIDENT, OFFICER], {"BOT_LOG": form}) as running:
        world, faults = running.sandbox.world, running.sandbox.faults
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        faults.add(
            Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", times=1, retry_after=1),
            Fault(CallFault.BAD_GATEWAY, "sendMessage", times=1),
            Fault(CallFault.SERVER_ERROR, "getUpdates", times=2),
            Fault(CallFault.RESET_BEFORE, "getUpdates", times=1),
        )
        number = await file_in(running, RESIDENT, "中文", WORDS)
        await running.hears(OFFICER, number)
        seen = running.last_id(RESIDENT)
        world.push("message", {"chat": {"id": RESIDENT, "type": "private"}, "caption": WORDS}, RESIDENT)
        await running.hears(RESIDENT, "已经保存", after=seen)
        world.block(OFFICER)
        seen = running.last_id(RESIDENT)
        world.text(RESIDENT, WORDS)
        card = await running.hears(RESIDENT, WORDS[-6:], after=seen)
        world.press(RESIDENT, card.message_id, label="提交")
        async with asyncio.timeout(SECONDS):
            while "is given up" not in (tmp_path / "log").read_text():  # noqa: ASYNC110 (another process's doing)
                await asyncio.sleep(0)
        assert await running.stop() == 0
    log = (tmp_path / "log").read_text()
    for secret in (str(RESIDENT), str(OFFICER), TOKEN, TOKEN.partition(":")[2], WORDS, WORDS[:4], "person 71"):
        assert secret not in log
    assert "Traceback" not in log
    if form == "text":
        assert " update=1 " in log
        return
    lines = log_lines(tmp_path)
    handled = {line["update"] for line in lines if line["message"].endswith("is handled")}
    aside = {line["update"] for line in lines if line["level"] == "error" and "is set aside" in line["message"]}
    answered = {line["update"] for line in lines if line["message"].endswith("is sent") and "took_ms" in line}
    assert len(aside) == 1
    assert answered >= aside
    assert answered <= handled | aside
