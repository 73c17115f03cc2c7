"""`ledger rebuild`, killed, leaves each part of the tables as it was or as it must be; said again, it does the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.audit import Audit
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from tests.endtoend.test_backup import county_with_backup, lives
from tests.support.unguarded import unguarded
from tests.support.wronged import RIGHT, WRONG, WRONGS, whole


async def test_making_anew_killed_at_any_statement_puts_right_a_part_or_nothing_of_it(tmp_path: Path) -> None:
    """Tree, tables of the house, cases, numbers: a transaction each, one after the other."""
    begin, place = tmp_path / "begin", tmp_path / "lives"
    begin.mkdir()
    await county_with_backup(begin)
    with unguarded(begin / "bot.db") as connection:
        for harm in WRONGS.values():
            connection.execute(harm)
    folders = lives(begin, place, "--statements", "ledger", "rebuild")
    first = {wrong_in(folder): folder for folder in reversed(folders[1:])}
    assert list(first)[::-1] == RIGHT
    for folder in first.values():
        engine = await open_sqlite(folder / "bot.db", load("sqlite"), read_only=False)
        try:
            await Audit(engine).rebuild(lambda _: None, lambda _: None)
            await whole(engine)
        finally:
            await engine.close()


def wrong_in(folder: Path) -> tuple[object, ...]:
    """Say which parts are still wrong."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        row: tuple[object, ...] = connection.execute(WRONG).fetchone()
    return row
