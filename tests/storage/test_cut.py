"""A file that lacks what its write-ahead log does not hold is refused; one that lacks nothing is not, however short."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.errors import DatabaseDamaged
from storage.sqlite.cut import refuse_cut
from tests.storage import conformance_files as sending
from tests.storage.test_damage import PAGE, fold
from tests.support.store import NEIGHBOUR, OFFICER, opened_town

FRAME = 24 + PAGE
"""A page in the log, with what stands before it."""


@dataclass(frozen=True)
class Files:
    """A file that ends with a photo, before its log was folded into it and after, and the log between."""

    before: bytes
    after: bytes
    log: bytes


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Fold what there is to the end of a photo; then go on."""
    path = tmp_path_factory.mktemp("county") / "bot.db"
    seen: list[bytes] = []

    async def live() -> None:
        async with opened_town(path) as town:
            await town.staffed()
            number = await town.file()
            await sending.sent(town)
            await sending.fetched(town)
            await sending.kept(town, number)
            await asyncio.to_thread(fold, path)
            await town.act(OFFICER, "accept", case=number)
            for _ in range(4):
                await town.file(NEIGHBOUR)
            seen.extend((path.read_bytes(), path.with_name("bot.db-wal").read_bytes()))

    asyncio.run(live())
    fold(path)
    return Files(seen[0], path.read_bytes(), seen[1])


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes, bytes | None], Path]:
    """Lay a file and a log down where the commands look."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{tmp_path / 'bot.db'}")

    def lay(content: bytes, log: bytes | None) -> Path:
        path = tmp_path / "bot.db"
        for old in tmp_path.glob("bot.db*"):
            old.unlink()
        path.write_bytes(content)
        if log is not None:
            path.with_name("bot.db-wal").write_bytes(log)
        return path

    return lay


Lay = Callable[[bytes, bytes | None], Path]


@pytest.mark.parametrize("cut", [1, PAGE // 2, PAGE, PAGE + 1])
def test_the_end_of_a_photo_is_missed_beside_a_log_that_holds_other_pages(files: Files, at: Lay, cut: int) -> None:
    """Read as zeros, it would be found by nobody who does not open the photo."""
    path = at(files.before[:-cut], files.log)
    with pytest.raises(DatabaseDamaged, match=rf"before its page {(len(files.before) - cut) // PAGE + 1}$"):
        refuse_cut(path)


def test_verify_and_backup_name_it(files: Files, at: Lay, capsys: pytest.CaptureFixture[str]) -> None:
    """As they name every damage to the file."""
    path = at(files.before[:-PAGE], files.log)
    assert main(["ledger", "verify", "--json"]) == 1
    assert "the file ends before its page" in json.loads(capsys.readouterr().out)["first_bad"]["why"]
    assert main(["backup", "copy.db"]) == 2
    assert "the database is damaged" in capsys.readouterr().err
    assert path.read_bytes() == files.before[:-PAGE]


def test_a_file_into_which_the_log_was_being_folded_lacks_nothing(files: Files, at: Lay) -> None:
    """Killed after any page, or within one: the log still holds it and what comes behind."""
    assert len(files.after) > len(files.before)
    for size in range(len(files.before), len(files.after) + 1, PAGE // 4):
        refuse_cut(at(files.after[:size], files.log))


def test_such_a_file_holds(files: Files, at: Lay, capsys: pytest.CaptureFixture[str]) -> None:
    """To its last entry."""
    at(files.after, None)
    assert main(["ledger", "verify", "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    at(files.after[: len(files.before) + PAGE + 7], files.log)
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == whole


def test_a_log_in_which_nothing_of_this_round_is_committed_excuses_nothing(files: Files, at: Lay) -> None:
    """One of zeros, cut within its first page, of an earlier round, of another page size; nor does none at all."""
    header, frame = files.log[:32], files.log[32 : 32 + FRAME]
    uncommitted = header + frame[:4] + bytes(4) + frame[8:]
    earlier = header + frame[:8] + bytes(8) + frame[16:]
    other = header[:8] + (512).to_bytes(4, "big") + header[12:] + frame
    for log in (None, b"", bytes(len(files.log)), files.log[: 32 + PAGE], header, uncommitted, earlier, other):
        refuse_cut(at(files.before, log))
        path = at(files.before[:-1], log)
        with pytest.raises(DatabaseDamaged, match="ends within a page"):
            refuse_cut(path)


def test_the_page_of_the_locks_is_in_no_file_and_in_no_log(files: Files, at: Lay) -> None:
    """A file of a gigabyte may end right before it while it grows; SQLite never writes it."""
    locks = 0x40000000 // PAGE + 1
    frame = (locks + 1).to_bytes(4, "big") * 2 + files.log[40 : 32 + FRAME]
    path = at(files.before[:100], files.log[:32] + frame)
    with path.open("r+b") as file:
        file.truncate((locks - 1) * PAGE)  # it takes no room on the disk
    refuse_cut(path)


def test_where_nothing_is_nothing_is_cut(tmp_path: Path) -> None:
    """SQLite says what it is instead."""
    refuse_cut(tmp_path / "none.db")
    (tmp_path / "short.db").write_bytes(b"no database")
    refuse_cut(tmp_path / "short.db")
