"""The master key changes while the bot works: nothing is lost, nothing stays under the old key; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.errors import KeyLost, KeyVersionMissing
from storage.engine import Engine, Session
from storage.keyring import case_owner
from storage.masters import Masters, masters_of, replace_masters
from storage.rotation import rewrap_all, versions_in_use
from storage.store import Store, open_store
from storage.vault import TRANSIT, Vault
from tests.storage.conformance import OnePlace, Place
from tests.support import postgres
from tests.support.store import MASTER, NEIGHBOUR, RESIDENT, SeededRandomness, Town, opened_town

NEW = bytes(reversed(range(32)))


def quiet(done: int, size: int) -> None:
    """Be told, and say nothing."""
    assert 0 < done <= size


def vault_of(*secrets: bytes) -> Vault:
    """Make a vault with these versions, in order; the last is used."""
    return Vault(Masters(dict(enumerate(secrets, start=1))), SeededRandomness("rotation"))


async def opened_with(engine: Engine, vault: Vault) -> Store:
    """Open the same database with other keys."""
    return await open_store(engine, vault, SeededRandomness("reopened"))


class Rotation(OnePlace):
    """What a rotation promises, whatever the database."""

    async def test_every_key_is_under_the_new_version(self, town: Town) -> None:
        """And what they seal reads as before, with the new master key alone; a second time there is nothing to do."""
        number = await town.file()
        await town.act(NEIGHBOUR, "write", text="水管漏水")
        before = await versions_in_use(town.engine)
        count = await rewrap_all(town.engine, vault_of(MASTER, NEW), quiet)
        # one of them was wrapped anew before the counting began
        assert (before, await versions_in_use(town.engine)) == (
            {1: count + 1},
            {2: count + 1},
        )
        again = await opened_with(town.engine, Vault(Masters({2: NEW}), SeededRandomness()))
        assert await again.read.words_of(number, "filed") is not None
        with pytest.raises(KeyVersionMissing):
            await opened_with(town.engine, vault_of(MASTER))
        with pytest.raises(KeyLost):
            await opened_with(town.engine, vault_of(MASTER, MASTER))
        assert await rewrap_all(town.engine, vault_of(MASTER, NEW), quiet) == 0

    async def test_nobody_wraps_under_the_old_version_any_more(self, town: Town) -> None:
        """A bot that has not noticed is refused, whole; it notices by that, and what it does next goes under the new one."""
        await town.file()
        await town.arrive(NEIGHBOUR, "write", text="水管漏水")
        decision = await town.decision()
        await rewrap_all(town.engine, vault_of(MASTER, NEW), quiet)
        with pytest.raises(KeyVersionMissing):
            await town.store.commit([decision], town.clock.now())
        assert list(await versions_in_use(town.engine)) == [2]

    async def test_a_bot_that_runs_goes_on(self, town: Town, tmp_path: Path) -> None:
        """Its key file has the new version; updates of new and known people are handled as if nothing had happened."""
        path = tmp_path / "running.key"
        replace_masters(path, {1: MASTER})
        town.store = await opened_with(town.engine, Vault(masters_of(path), SeededRandomness("running")))
        town.desk = replace(town.desk, read=town.store.read)
        await town.file()
        replace_masters(path, {1: MASTER, 2: NEW})
        await rewrap_all(town.engine, vault_of(MASTER, NEW), quiet)
        replace_masters(path, {2: NEW})
        number = await town.file(NEIGHBOUR, "水管漏水")
        assert await town.store.read.words_of(number, "filed") == "水管漏水"
        await town.file(RESIDENT, "路灯坏了")
        assert list(await versions_in_use(town.engine)) == [2]
        assert await town.rows("inbox_counts") == [(0, 0)]

    async def test_killed_in_the_middle_both_keys_open_everything(self, town: Town) -> None:
        """Some keys are new and some old; with both versions all open, without either the store refuses at once."""
        number = await town.file()
        await town.file(NEIGHBOUR)
        engine = Failing(town.engine, after=2)
        with pytest.raises(ZeroDivisionError):
            await rewrap_all(engine, vault_of(MASTER, NEW), quiet)
        assert set(await versions_in_use(town.engine)) == {1, 2}
        store = await opened_with(town.engine, vault_of(MASTER, NEW))
        assert await store.read.words_of(number, "filed") is not None
        for half in (vault_of(MASTER), Vault(Masters({2: NEW}), SeededRandomness())):
            with pytest.raises(KeyVersionMissing):
                await opened_with(town.engine, half)
        await rewrap_all(town.engine, vault_of(MASTER, NEW), quiet)
        assert list(await versions_in_use(town.engine)) == [2]

    async def test_a_key_that_was_erased_meanwhile_does_not_come_back(self, town: Town) -> None:
        """Wrapping anew changes rows that are there; it makes none."""
        number = await town.file()
        stale = await town.rows("key_get", owner=case_owner(number))
        async with town.engine.writing() as session:
            await session.run("key_destroy", [{"owner": case_owner(number)}])
        async with town.engine.writing() as session:
            changed = await session.run(
                "key_rewrap",
                [{"owner": case_owner(number), "before": 1, "master_version": 2, "wrapped": stale[0][1]}],
            )
        assert (changed, await town.rows("key_get", owner=case_owner(number))) == (0, [])

    async def test_transit_is_the_last_to_change(self, town: Town) -> None:
        """While any key is under the old version, so is it: that is how a start without the old key notices."""
        await town.file()
        owners = [str(row[0]) for row in await town.rows("keys_older", after="", version=9, limit=99)]
        assert owners[-1] == TRANSIT
        assert len(owners) == 4


class Failing:
    """An engine whose machine dies at a write transaction."""

    def __init__(self, engine: Engine, after: int) -> None:
        self._engine, self._left = engine, after

        self.holder = engine.holder
        self.reading, self.glancing, self.look, self.claiming = engine.reading, engine.glancing, engine.look, engine.claiming
        self.shred, self.close, self.intended = engine.shred, engine.close, engine.intended
        self.noting = engine.noting

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """Die, or write."""
        self._left -= 1
        if not self._left:
            raise ZeroDivisionError
        async with self._engine.writing() as session:
            yield session


class TestSqlite(Rotation):
    """A rotation in SQLite."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestPostgres(Rotation):
    """A rotation in PostgreSQL."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(postgres.opened_town, url)
