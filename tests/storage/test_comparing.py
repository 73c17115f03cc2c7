"""A second process compares what cases make: the same is found and named, whatever becomes of it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from bot.__main__ import main
from bot.commands.comparing import LONG, Beside, Broke, Compared, Ended, Line, comparing, is_worth_it
from bot.errors import LedgerBroken
from bot.settings import SqliteLocation
from storage.audit import Audit
from storage.derived_table import Mismatch
from storage.found import Found
from tests.support.store import OFFICER, Town, opened_town
from tests.support.unguarded import unguarded

FILING = 9
"""The entry with which the first case begins."""


async def lived(town: Town) -> None:
    """File two cases; the first is accepted."""
    await town.staffed()
    number = await town.file()
    await town.file()
    await town.act(OFFICER, "accept", case=number)


@pytest.fixture
def verify(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Callable[[int], object]:
    """Verify with so many processes, each of which brings its answer; return what is bad first."""

    async def live() -> None:
        async with opened_town(file) as town:
            await lived(town)

    asyncio.run(live())
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{file.name}")

    def run(processes: int) -> object:
        main(["ledger", "verify", "--json", "--processes", str(processes)])
        assert caplog.messages == []
        return json.loads(capsys.readouterr().out)["first_bad"]

    return run


def edit(file: Path, *statements: str) -> None:
    """Change the database behind the program's back."""
    with unguarded(file) as connection:
        for statement in statements:
            connection.execute(statement)


def test_two_processes_name_what_one_names(file: Path, verify: Callable[[int], object]) -> None:
    """Nothing; what is wrong in a case; of that and of a role the earlier; an entry before everything that it makes."""
    harms = (
        (),
        ("UPDATE cases SET state = 'closed'",),
        ("UPDATE staff SET role = 'admin'",),
        (f"UPDATE ledger SET actor = 'clock' WHERE seq = {FILING + 1}",),
    )
    seen = []
    for harm in harms:
        edit(file, *harm)
        seen.append(verify(1))
        assert verify(2) == seen[-1]
    assert seen[0] is None
    assert [found["seq"] for found in seen[1:] if isinstance(found, dict)] == [10, 2, FILING + 1]


# ── What the second process says ─────────────────────────────────────────────


def first(seq: int | None, table: str = "cases") -> Found:
    """Find one thing wrong."""
    return Found(Mismatch("CB-2026-000001", seq, table), 1)


@asynccontextmanager
async def hearing(*lines: Line, tail: bytes = b"") -> AsyncIterator[Beside]:
    """Hear what a second process said before it ended."""
    answers = asyncio.StreamReader()
    answers.feed_data(b"".join(msgspec.json.encode(line) + b"\n" for line in lines) + tail)
    answers.feed_eof()
    beside = Beside(answers)
    yield beside
    await asyncio.wait({beside.listening})


async def test_its_progress_is_told_and_what_it_found_is_returned(town: Town) -> None:
    """As if it had been found here."""
    told: list[int] = []
    async with hearing(Compared(500), Compared(700), Ended(first(9))) as beside:
        assert await beside.found(Audit(town.engine), told.append) == first(9)
    assert told == [500, 700]


async def test_an_entry_that_does_not_follow_is_named(town: Town) -> None:
    """By its place; tables that cannot be read, by the last entry that was followed here."""
    await lived(town)
    audit = Audit(town.engine)
    await audit.follow_ledger(lambda _: None)
    for seq, named in ((7, 7), (0, audit.head.seq)):
        async with hearing(Broke(seq, "why")) as beside:
            with pytest.raises(LedgerBroken) as found:
                await beside.found(audit, lambda _: None)
        assert (found.value.seq, found.value.why) == (named, "why")


@pytest.mark.parametrize("tail", [b"", b'{"type":"ended","fo', b"x" * 2**17])
async def test_where_it_ends_without_an_answer_the_cases_are_compared_here(town: Town, tail: bytes) -> None:
    """Killed, out of memory, or never begun: whoever verifies is told what it would have found."""
    await lived(town)
    async with town.engine.writing() as session:
        await session.run("key_destroy", [{"owner": "case:CB-2026-000001"}])
    told: list[int] = []
    async with hearing(Compared(1), tail=tail) as beside:
        found = await beside.found(Audit(town.engine), told.append)
    assert found.first is not None
    assert (found.first.subject, found.count, told[-1]) == ("CB-2026-000001", 1, 2)


async def test_it_ends_with_whoever_began_it(file: Path, town: Town) -> None:
    """Whatever ends the first leaves nobody behind who reads on."""
    await lived(town)
    async with comparing(SqliteLocation(file)) as beside:
        process = beside.process
    assert process is not None
    assert process.returncode is not None
    assert beside.listening.done()


def test_of_what_is_found_the_earliest_is_first_and_what_no_entry_is_about_last() -> None:
    """In whatever order it is found."""
    assert Found().and_these([]) == Found()
    assert first(None).and_these([Mismatch("x", 4, "staff"), Mismatch("y", 3, "staff")]) == Found(
        Mismatch("y", 3, "staff"), 3
    )
    assert first(3).and_these([Mismatch("x", None, "staff")]).first == first(3).first
    assert first(3, "rounds").and_these([Mismatch("CB-2026-000001", 3, "cases")]).first == first(3).first


def test_a_second_process_is_begun_for_a_long_ledger_only() -> None:
    """Where a short one is done before a second process has begun, or nobody knows how long it is, one does it all."""
    assert not is_worth_it(None)
    assert not is_worth_it(LONG - 1)
    assert is_worth_it(LONG) is ((os.cpu_count() or 1) > 1)
