"""What goes wrong on the disk: no room, no right to write, somebody else's lock, a torn end, a backup put back."""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from bot.sandbox.faults import CallFault, Fault
from tests.faults.conversation import (
    NEIGHBOUR,
    OFFICER,
    RESIDENT,
    assert_whole,
    draft,
    entries,
    file,
    heard,
    rows,
    settled,
    until_row,
    until_said,
)
from tests.support.program import SECONDS, Program, program


async def test_fault_16_somebody_else_holds_the_lock(tmp_path: Path) -> None:
    """A foreign writer keeps the database for itself: nothing is acknowledged, one line says why, then all goes on."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        await settled(running)
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as foreign:
            foreign.execute("BEGIN IMMEDIATE")
            world.press(RESIDENT, card.message_id, label="提交")
            await until_said(running, "locked")
            assert len(world.scene.updates) == 1
            assert not heard(running, RESIDENT, "已登记")
            foreign.execute("ROLLBACK")
        await running.hears(RESIDENT, "已登记")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 1


def names_in(folder: Path) -> set[str]:
    """List a folder."""
    return {each.name for each in folder.iterdir()}


async def test_fault_18_nothing_is_kept_in_a_file_that_a_crash_can_cut_short(tmp_path: Path) -> None:
    """Beside the database lie keys and a log, nothing else; a torn write at its end is as if it had not begun."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        await file(running)
        card = await draft(running, words="县医院门口的路坏了很久")
        await running.kill()
        names = names_in(tmp_path)
        assert names <= {"bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock", "master.key", "sign.key", "log"}
        with (tmp_path / "bot.db-wal").open("ab") as wal:
            wal.write(os.urandom(3000))  # a frame that was being written
        running.sandbox.world.press(RESIDENT, card.message_id, label="提交")
        await running.start()
        await running.hears(RESIDENT, "已登记", after=card.message_id)
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 2


async def test_fault_21_an_old_backup_is_put_back(tmp_path: Path) -> None:
    """What waited in it is held back, its numbers are skipped, erasures are made again, and the ledger says all of it."""
    async with program(tmp_path, [RESIDENT, NEIGHBOUR, OFFICER]) as running:
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        running.sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", OFFICER, times=None, retry_after=600))
        receipt = await file(running, words="坎乡三村口的路灯坏了")
        await until_row(running, "SELECT COUNT(*) FROM outbox WHERE ready_at > created_at")
        await file(running, NEIGHBOUR, "老板拖欠工资")
        assert (await running.ask("backup", "backup.db")).code == 0
        first, erased = entries(tmp_path, "filed")
        assert (await running.ask("erase", "--case", erased)).code == 0
        await file(running, NEIGHBOUR, "县医院门口的路坏了很久")
        assert await running.stop() == 0
        told = await running.ask("restore", "backup.db", "--force")
        assert (told.code, told.err) == (0, "")
        assert "held back" in told.out
        assert rows(tmp_path, "SELECT owner FROM keys WHERE owner LIKE 'case:%'") == [(f"case:{first}",)]
        assert rows(tmp_path, "SELECT DISTINCT number FROM voices") == [(first,)]

        running.sandbox.faults.clear()
        await running.start()
        after = await file(running, NEIGHBOUR, "县城里的公交车不来了")
        await running.hears(OFFICER, "公交车")
        await assert_whole(running)
        assert not heard(running, OFFICER, "三村口")
        assert entries(tmp_path, "filed")[:2] == [first, erased]
        (second,) = entries(tmp_path, "filed")[2:]
        assert first in receipt.text
        assert second in after.text
        assert int(second[-6:]) == int(erased[-6:]) + 1001
        assert len(entries(tmp_path, "restored")) == 1
        assert entries(tmp_path, "content_erased") == [erased]
        assert rows(tmp_path, "SELECT DISTINCT reason FROM outbox WHERE failed_at IS NOT NULL") == [("restored",)]


SMALL = 48 * 1024
"""Bytes: what every file of the program may grow to; the write-ahead log is longer already, its own log far shorter."""


def let_files_grow(running: Program, most: int) -> None:
    """Say how large any file may become that the program writes: a full disk as far as it can tell."""
    assert running.process is not None
    _, hard = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (most, hard))


async def test_fault_22_no_room_on_the_disk(tmp_path: Path) -> None:
    """Nothing is acknowledged and a line says why; once there is room all that waited is done, without a restart."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        await settled(running)
        assert (tmp_path / "bot.db-wal").stat().st_size > SMALL > (tmp_path / "log").stat().st_size * 4
        let_files_grow(running, SMALL)
        world.press(RESIDENT, card.message_id, label="提交")
        await until_said(running, "disk")
        assert len(world.scene.updates) == 1
        let_files_grow(running, resource.RLIM_INFINITY)
        await running.hears(RESIDENT, "已登记")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 1


WITHOUT_PRIVILEGE = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: from now on the modes of files hold for root too
os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
"""


def permit(folder: Path, mode: int, of_database: int) -> None:
    """Say who may do what with a folder and the database in it."""
    folder.chmod(mode)
    (folder / "bot.db").chmod(of_database)


async def test_fault_22_a_database_that_may_not_be_written(tmp_path: Path) -> None:
    """One line says so and the start ends with 2; nothing is acknowledged, and with the right to write it goes on."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        await draft(running)
        await running.sandbox.world.updates_taken(SECONDS)
        assert await running.stop() == 0
        running.sandbox.world.text(RESIDENT, "两盏都不亮")
        permit(tmp_path, 0o500, 0o400)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                WITHOUT_PRIVILEGE,
                "run",
                cwd=tmp_path,
                env=running.environment,
                stderr=asyncio.subprocess.PIPE,
            )
            async with asyncio.timeout(SECONDS):
                _, err = await process.communicate()
        finally:
            permit(tmp_path, 0o700, 0o600)
        assert process.returncode == 2
        (line,) = err.decode().strip().splitlines()[-1:]
        assert "bot.db" in line or "write" in line
        assert "Traceback" not in err.decode()
        assert len(running.sandbox.world.scene.updates) == 1
        await running.start()
        await running.hears(RESIDENT, "两盏都不亮")
        await assert_whole(running)
