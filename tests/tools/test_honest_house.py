"""No honest house raises an alarm, whatever happens in it; and the check that says so sees what is not honest."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

from storage.derived import OF_CASES, OF_THE_HOUSE
from tests.support.store import opened_town
from tests.tools.honest_house import HonestHouse, alarm, false_alarms

SHORT = 25
UNSEEN = {"reminders", "files", "translations"}
"""What takes a clock or a network to come about; the house of tests/storage/full_house.py has them."""


def test_no_honest_house_raises_an_alarm() -> None:
    """A part of the 10,000 in docs/ledger.md section 8."""
    assert false_alarms(SHORT, 10_001) == 0


async def test_all_that_can_happen_happens(tmp_path: Path) -> None:
    """In a few houses together every table has rows."""
    rows: Counter[str] = Counter()
    for seed in range(20, 40):
        path = tmp_path / f"{seed}.db"
        async with opened_town(path, seed=str(seed)) as town:
            await HonestHouse(town, Random(seed)).live()
        with closing(sqlite3.connect(path)) as connection:
            for table in {*OF_CASES, *OF_THE_HOUSE} - UNSEEN:
                rows[table] += connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    assert [table for table, count in rows.items() if not count] == []


async def test_the_check_sees_a_role_that_nobody_gave(tmp_path: Path) -> None:
    """One row, written by hand."""
    path = tmp_path / "bot.db"
    async with opened_town(path) as town:
        await HonestHouse(town, Random(1)).live()
        assert await alarm(town) is None
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("INSERT INTO staff (id, person, role, joined_at) VALUES ('s-0', 'p-0', 'admin', 0)")
            connection.commit()
        assert "no entry made" in (await alarm(town) or "")
