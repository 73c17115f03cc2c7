"""How long a database's write-ahead log is, and what a technician is told of one that is much too long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.commands.status import Status
from bot.ports import Backlog
from bot.rules.chain import GENESIS, Head
from bot.watch.disk import LONG, log_bytes
from tests.support.clock import TUESDAY_NOON


def test_the_log_lies_beside_its_database(tmp_path: Path) -> None:
    """Under its name with an ending; while there is none it takes nothing."""
    assert log_bytes(tmp_path / "bot.db") == 0
    (tmp_path / "bot.db-wal").write_bytes(b"x" * 4096)
    assert log_bytes(tmp_path / "bot.db") == 4096
    assert log_bytes(tmp_path / "bot") == 0


def test_one_that_grows_without_end_is_told_of() -> None:
    """What is cut by itself is nothing to do about, and neither is a server's."""
    backlog = Backlog(0, None, 0, 0, None, 0, None, 0, 0, 7)
    status = Status(TUESDAY_NOON, "bot.db", backlog, Head(0, GENESIS), None, None, None, None, is_asked=False)
    said = [len(replace(status, log=log).advice()) for log in (None, 0, LONG, LONG + 1)]
    assert [each - said[0] for each in said] == [0, 0, 0, 1]
    assert f"{LONG // 1024**2} MB of write-ahead log" in replace(status, log=LONG + 1).advice()[-1]
