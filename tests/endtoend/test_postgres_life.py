"""The program that a prefecture runs: on PostgreSQL, alone and with a second process beside it that takes over."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rules.period import week_of
from storage.postgres.migrate import migrations
from tests.endtoend.test_whole_life import file_in
from tests.media.files import photo
from tests.support.postgres import Server, connected
from tests.support.program import ROOT, SECONDS, Program, program

RESIDENT, NEIGHBOUR, OFFICER, ADMIN = 11, 12, 21, 31


async def resolve(running: Program, account: int, number: str) -> None:
    """Sign for a case, say that it is done, and have the resident rate it."""
    world = running.sandbox.world
    await running.hears(OFFICER, number)
    await running.press(OFFICER, "签收")
    await running.press(OFFICER, "办结")
    seen = running.last_id(OFFICER)
    asked = await running.hears(OFFICER, "这件事是怎么办的")
    world.photo(OFFICER, photo())
    world.text(OFFICER, "已经修好")
    await running.hears(OFFICER, "已办结", after=min(seen, asked.message_id))
    question = await running.hears(account, "已经修好")
    await running.press(account, "已解决")
    await running.press(account, "5 非常满意")
    await world.wait_for(lambda: "谢谢您的评价" in world.message(account, question.message_id).text, SECONDS)


async def test_a_complaint_travels_all_the_way_on_postgresql(tmp_path: Path, server: Server) -> None:
    """Every command answers as on SQLite; the database is made by the first that may."""
    where = {"BOT_DATABASE": server.empty()}
    async with program(tmp_path, [RESIDENT, OFFICER], where) as running:
        assert (await running.ask("cases")).err.startswith("there is no database yet")
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        number = await file_in(running, RESIDENT, "中文", "坎乡三村口的路灯坏了")
        await resolve(running, RESIDENT, number)
        assert await running.stop() == 0

        (case,) = (await running.ask("cases", "--json")).json()
        assert (case["number"], case["state"], case["rating"]) == (number, "closed", {"solved": "yes", "score": 5})
        assert (await running.ask("case", number, "--json")).json() == case
        week = week_of(datetime.now(UTC), ZoneInfo("Asia/Shanghai")).text
        digest = (await running.ask("digest", "--period", week, "--format", "json")).json()
        assert [digest["figures"][name]["n"] for name in ("received", "confirmed_solved")] == [1, 1]
        said = await running.ask("ledger", "verify", "--processes", "2", "--json")
        assert said.err == ""  # the second process brought its answer
        verified = said.json()
        head = (await running.ask("ledger", "head", "--json")).json()
        assert (verified["ok"], verified["entries"], verified["head"]) == (True, head["entries"], head["head"])
        assert f"schema {migrations()[-1][0]}" in (await running.ask("migrate")).out
        checked = {each["check"]: each for each in (await running.ask("check", "--json")).json()}
        assert [name for name, each in checked.items() if not each["ok"]] == ["database"]
        assert "with fsync = off the server loses" in checked["database"]["said"]  # as these tests ask of it


async def test_two_processes_share_the_work_and_one_survives_the_other(tmp_path: Path, server: Server) -> None:
    """One polls at a time; when it is killed the other goes on with everything, and nothing is lost or doubled."""
    url = server.fresh()
    async with program(tmp_path, [RESIDENT, NEIGHBOUR, OFFICER, ADMIN], {"BOT_DATABASE": url}) as first:
        async with beside(first, tmp_path / "second") as second:
            await first.start()
            await first.hire(OFFICER, "officer", "transport")
            await second.start()
            await present(url, 2)
            one = await file_in(first, RESIDENT, "中文", "坎乡三村口的路灯坏了")
            await first.kill()
            other = await file_in(first, NEIGHBOUR, "中文", "县医院门口的路坏了很久")
            await first.start()
            await present(url, 2)
            await resolve(first, RESIDENT, one)
            assert await second.stop() == 0
            await first.hire(ADMIN, "admin")
            assert await first.stop() == 0
        cases = (await first.ask("cases", "--json")).json()
        assert {case["number"]: case["state"] for case in cases} == {one: "closed", other: "assigned"}
        assert (await first.ask("ledger", "verify")).code == 0
        kinds = await entries(url)
        assert (kinds.count("filed"), kinds.count("accepted"), kinds.count("resolved"), kinds.count("closed")) == (
            2,
            1,
            1,
            1,
        )
        logs = (tmp_path / "log").read_text() + (tmp_path / "second" / "log").read_text()
        assert "another_poller" not in logs
        assert '"ERROR"' not in logs.upper()


async def test_a_command_says_in_one_line_why_it_cannot_reach_the_server(tmp_path: Path) -> None:
    """And keeps the password to itself."""
    async with program(tmp_path, [], {"BOT_DATABASE": "postgresql://someone:hunter2@127.0.0.1:1/none"}) as running:
        for command in (("cases",), ("migrate",), ("run",), ("ledger", "verify")):
            answer = await running.ask(*command)
            assert (answer.code, answer.err.count("\n")) == (2, 1), answer.err
            assert answer.err.startswith("the database is out of reach")
            assert "hunter2" not in answer.err


async def test_a_missing_driver_is_named(tmp_path: Path) -> None:
    """PostgreSQL is an extra; whoever names it without having it is told what to install."""
    (tmp_path / "asyncpg.py").write_text("raise ModuleNotFoundError(name='asyncpg')")
    settings = {"BOT_DATABASE": "postgresql://h/d", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    command = (sys.executable, "-m", "bot", "cases")
    cases = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=settings, stderr=asyncio.subprocess.PIPE)
    _, said = await cases.communicate()
    assert (cases.returncode, said.count(b"\n")) == (2, 1)
    assert b"requirements-postgres.lock" in said


@asynccontextmanager
async def beside(first: Program, folder: Path) -> AsyncIterator[Program]:
    """Run a second process with the same database, keys and Telegram, from a folder of its own."""
    await asyncio.to_thread(folder.mkdir)
    second = Program(first.sandbox, folder, {**first.settings, "BOT_KEY_FILE": str(first.folder / "master.key")})
    try:
        yield second
    finally:
        await second.kill()


async def present(url: str, processes: int) -> None:
    """Wait until so many processes have the database open for writing."""
    async with asyncio.timeout(SECONDS), connected(url) as connection:
        while len(await connection.fetch("SELECT holder FROM present")) != processes:  # noqa: ASYNC110 (another process's doing)
            await asyncio.sleep(0)


async def entries(url: str) -> list[str]:
    """Return the kinds of all entries, in order."""
    async with connected(url) as connection:
        return [
            str(json.loads(json.dumps(kind))) for (kind,) in await connection.fetch("SELECT kind FROM ledger ORDER BY seq")
        ]
