"""Whoever changes the bytes of the database file, or whose disk does, is found; every command says so in a line.

The file is taken apart as https://www.sqlite.org/fileformat2.html describes it. Nothing here goes through SQL, so whatever
SQL would refuse or repair is done as well.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.__main__ import main
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, opened_town

LAST_BEFORE = 10
LAST = 20
"""Entries at the earlier time, and now."""

PAGE = 4096
HEADER = 100
"""How long the header of the file is, with which page 1 begins."""

INTERIOR, LEAF = 5, 13
"""The first byte of a page of a table."""


@dataclass(frozen=True)
class Files:
    """A county's database: its file at an earlier time and now, and now before the log was folded into it."""

    earlier: bytes
    now: bytes
    unfolded: bytes
    log: bytes
    entries: tuple[tuple[bytes, ...], ...]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Live for a while; look at the file in the middle, at the end, and when it is closed."""
    path = tmp_path_factory.mktemp("honest") / "bot.db"
    seen: list[bytes] = []

    async def live() -> None:
        async with opened_town(path) as town:
            await town.staffed()
            number, other = await town.file(), await town.file(NEIGHBOUR)
            await asyncio.to_thread(fold, path)
            seen.append(path.read_bytes())
            await town.act(OFFICER, "accept", case=number)
            await town.act(LEAD, "resolve", case=other, answer="修好了")
            await town.act(NEIGHBOUR, "rate", case=other, solved="yes")
            for _ in range(5):
                await town.file(NEIGHBOUR)
            seen.extend((path.read_bytes(), path.with_name("bot.db-wal").read_bytes()))

    asyncio.run(live())
    fold(path)
    with closing(sqlite3.connect(path)) as connection:
        entries = connection.execute("SELECT seq, facts, salts, entry_hash, chain_hash FROM ledger ORDER BY seq").fetchall()
    assert len(entries) == LAST
    return Files(seen[0], path.read_bytes(), seen[1], seen[2], tuple(tuple(map(_bytes, row)) for row in entries))


def fold(path: Path) -> None:
    """Write what the log holds into the file, and cut it to nothing."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


# ── Pages ────────────────────────────────────────────────────────────────────


def root_of(content: bytes, name: str) -> int:
    """Return the first page of a table or an index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content[:18] + b"\x01\x01" + content[20:])  # as if it had no write-ahead log
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return int(page)


def leaves(content: bytes, page: int) -> Iterator[int]:
    """Yield the leaves of a table from left to right."""
    start = (page - 1) * PAGE + (HEADER if page == 1 else 0)
    if content[start] == LEAF:
        yield page
        return
    assert content[start] == INTERIOR
    count = int.from_bytes(content[start + 3 : start + 5], "big")
    for place in range(count):
        pointer = start + 12 + 2 * place
        cell = (page - 1) * PAGE + int.from_bytes(content[pointer : pointer + 2], "big")
        yield from leaves(content, int.from_bytes(content[cell : cell + 4], "big"))
    yield from leaves(content, int.from_bytes(content[start + 8 : start + 12], "big"))


def leaf(content: bytes, place: int, table: str = "ledger") -> int:
    """Name a leaf of a table."""
    return list(leaves(content, root_of(content, table)))[place]


def first_of(content: bytes, page: int) -> int:
    """Return the least sequence number in a leaf of the ledger."""
    start = (page - 1) * PAGE
    cell = start + int.from_bytes(content[start + 8 : start + 10], "big")
    while content[cell] & 0x80:  # how long the cell is
        cell += 1
    assert content[cell + 1] < 0x80, "more entries than one byte counts"
    return content[cell + 1]


def with_page(content: bytes, page: int, other: bytes) -> bytes:
    """Put another page in the place of one."""
    assert len(other) == PAGE
    return content[: (page - 1) * PAGE] + other + content[page * PAGE :]


def page_of(content: bytes, page: int) -> bytes:
    """Cut a page out."""
    return content[(page - 1) * PAGE : page * PAGE]


def flipped(content: bytes, place: int) -> bytes:
    """Flip the lowest bit of a byte."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def place_of(files: Files, seq: int, column: int) -> int:
    """Find the last byte of a column of an entry in the file."""
    value = files.entries[seq - 1][column]
    assert files.now.count(value) == 1
    return files.now.index(value) + len(value) - 1


# ── What is done to the file, and the first entry that is bad then ───────────

Harm: TypeAlias = "Callable[[Files], tuple[bytes, int]]"


def a_bit(column: int, seq: int) -> Harm:
    """Flip a bit of an entry where it lies."""
    return lambda files: (flipped(files.now, place_of(files, seq, column)), seq)


def zeros(place: int) -> Harm:
    """Write zeros over a leaf of the ledger."""

    def harm(files: Files) -> tuple[bytes, int]:
        page = leaf(files.now, place)
        return with_page(files.now, page, bytes(PAGE)), first_of(files.now, page)

    return harm


def within(place: int, offset: int, value: bytes) -> Harm:
    """Change the head of a leaf of the ledger."""

    def harm(files: Files) -> tuple[bytes, int]:
        page = leaf(files.now, place)
        whole = page_of(files.now, page)
        return with_page(files.now, page, whole[:offset] + value + whole[offset + len(value) :]), first_of(files.now, page)

    return harm


def swapped(files: Files) -> tuple[bytes, int]:
    """Let two leaves of the ledger change places."""
    one, other = leaf(files.now, 1), leaf(files.now, 2)
    content = with_page(with_page(files.now, one, page_of(files.now, other)), other, page_of(files.now, one))
    return content, first_of(files.now, one)


def older_leaf(files: Files) -> tuple[bytes, int]:
    """Put the last leaf of the earlier ledger back, in which nothing was entered since."""
    page = leaf(files.earlier, -1)
    assert page_of(files.earlier, page) != page_of(files.now, page)
    return with_page(files.now, page, page_of(files.earlier, page)), LAST_BEFORE + 1


def without_root(files: Files) -> tuple[bytes, int]:
    """Write zeros over the page with which the ledger begins."""
    return with_page(files.now, root_of(files.now, "ledger"), bytes(PAGE)), 1


def cut(pages: int, odd: int = 0) -> Harm:
    """Cut the file to so many pages, counted from the end if negative, and some bytes."""
    return lambda files: (files.now[: (pages * PAGE) % len(files.now) + odd], 1)


def header(offset: int, value: bytes) -> Harm:
    """Write over the beginning of the file."""
    return lambda files: (files.now[:offset] + value + files.now[offset + len(value) :], 1)


def noise(files: Files) -> tuple[bytes, int]:
    """Put something in its place that never was a database."""
    return random.Random(1).randbytes(len(files.now)), 1


def table(name: str, value: bytes = bytes(PAGE)) -> Harm:
    """Write zeros over the first page of a table or an index; no entry lies there, so that the last one is named."""
    return lambda files: (with_page(files.now, root_of(files.now, name), value), LAST)


def out_of_index(files: Files) -> tuple[bytes, int]:
    """Change a key in an index, so that who looks for the case by its number finds none."""
    page = root_of(files.now, "ledger_by_case")
    at = page_of(files.now, page).index(b"CB-20")
    return flipped(files.now, (page - 1) * PAGE + at + 4), LAST


HARM: dict[str, Harm] = {
    **{f"a bit of the facts of entry {seq}": a_bit(1, seq) for seq in (1, 9, LAST)},
    **{f"a bit of the salts of entry {seq}": a_bit(2, seq) for seq in (1, 9, LAST)},
    **{f"a bit of the hash of entry {seq}": a_bit(3, seq) for seq in (1, 9, LAST)},
    **{f"a bit of the chain at entry {seq}": a_bit(4, seq) for seq in (1, 9)},
    "the first leaf zeros": zeros(0),
    "a leaf zeros": zeros(1),
    "the last leaf zeros": zeros(-1),
    "a leaf of another kind": within(1, 0, b"\x0a"),
    "a leaf of no kind": within(1, 0, b"\xff"),
    "a leaf without cells": within(1, 3, b"\0\0"),
    "a leaf with too many cells": within(1, 3, b"\xff\xff"),
    "a cell beyond its page": within(1, 8, b"\xff\xff"),
    "two leaves swapped": swapped,
    "an older leaf put back": older_leaf,
    "the ledger's first page zeros": without_root,
    "the last page cut off": cut(-1),
    "cut within the last page": cut(-1, PAGE - 1),
    "half of the file cut off": cut(20),
    "cut to one page": cut(1),
    "cut within the first page": cut(0, 1000),
    "cut within the header": cut(0, 50),
    "another magic": header(0, b"SQLite format 4"),
    "no schema": header(HEADER, bytes(PAGE - HEADER)),
    "another page size": header(16, b"\x02\x00"),
    "no database at all": noise,
    **{
        f"{name} zeros": table(name)
        for name in ("ledger_head", "tree", "cases", "rounds", "staff", "keys", "persons", "words", "inbox", "due", "meta")
    },
    "an index zeros": table("ledger_by_case"),
    "a key of an index changed": out_of_index,
}


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name the file that the commands use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{tmp_path / 'bot.db'}")
    return tmp_path / "bot.db"


@pytest.mark.parametrize("harm", [pytest.param(harm, id=name) for name, harm in HARM.items()])
def test_damage_is_found_and_named(files: Files, at: Path, harm: Harm, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, and the first entry that does not hold."""
    content, bad = harm(files)
    assert content != files.now
    at.write_bytes(content)
    code = main(["ledger", "verify", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (code, said["ok"], said["first_bad"]["seq"]) == (1, False, bad), said


def test_the_untouched_file_holds(files: Files, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0: what is found elsewhere is not found here."""
    at.write_bytes(files.now)
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == LAST


# ── What is whole, but of another time ───────────────────────────────────────


def log_cut(files: Files) -> bytes:
    """Break the log in its middle: SQLite takes what comes before, and nothing behind."""
    return flipped(files.log, len(files.log) * 3 // 4)


OTHER_TIMES: dict[str, Callable[[Files], tuple[bytes, bytes | None]]] = {
    "an older file": lambda files: (files.earlier, None),
    "the log thrown away": lambda files: (files.unfolded, None),
    "the log emptied": lambda files: (files.unfolded, b""),
    "the log broken": lambda files: (files.unfolded, log_cut(files)),
    "the log's header broken": lambda files: (files.unfolded, flipped(files.log, 20)),
}


@pytest.mark.parametrize("made", [pytest.param(made, id=name) for name, made in OTHER_TIMES.items()])
def test_what_was_cut_off_is_missed_by_a_checkpoint(
    files: Files, at: Path, capsys: pytest.CaptureFixture[str], made: Callable[[Files], tuple[bytes, bytes | None]]
) -> None:
    """Alone it holds and says what it cannot exclude; against a checkpoint from outside the first lost entry is named."""
    at.write_bytes(files.now)
    assert main(["ledger", "checkpoint", "-o", "kept.txt"]) == 0
    for companion in ("-wal", "-shm"):
        at.with_name(at.name + companion).unlink(missing_ok=True)
    content, log = made(files)
    at.write_bytes(content)
    if log is not None:
        at.with_name("bot.db-wal").write_bytes(log)
    capsys.readouterr()
    assert main(["ledger", "verify", "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert LAST_BEFORE <= alone["entries"] < LAST
    assert "cut its end" in alone["not_excluded"][0]
    assert main(["ledger", "verify", "--json", "--checkpoint", "kept.txt"]) == 1
    assert json.loads(capsys.readouterr().out)["first_bad"]["seq"] == alone["entries"] + 1


def test_what_only_the_log_holds_is_verified(files: Files, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose program was killed holds to its last commit, with the log beside it."""
    at.write_bytes(files.unfolded)
    at.with_name("bot.db-wal").write_bytes(files.log)
    assert main(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == LAST


# ── What every command says ──────────────────────────────────────────────────

COMMANDS = (
    "cases",
    "status",
    "backup copy.db",
    "migrate",
    "invite --role admin",
    "digest",
    "ledger head",
    "ledger rebuild",
    "ledger export",
    "ledger checkpoint",
    "run",
)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *((command, "the last page cut off") for command in COMMANDS),
        *((command, "cut within the last page") for command in COMMANDS),
        *(
            (command, name)
            for command in ("backup copy.db", "run")
            for name in ("no database at all", "cut within the header")
        ),
    ],
)
def test_every_command_says_in_one_line_that_the_file_is_damaged(
    files: Files,
    at: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
) -> None:
    """Nothing is done, what to do is said, and the file stays as it is for whoever looks into it."""
    content, _ = HARM[name](files)
    at.write_bytes(content)
    monkeypatch.setenv("BOT_TOKEN", "1:none")
    monkeypatch.setenv("BOT_API_BASE", "http://127.0.0.1:1")
    assert main(command.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line for line in said.err.splitlines() if "damaged" in line and "put back the last backup" in line] == [
        said.err.splitlines()[-1]
    ]
    assert "Traceback" not in said.err
    assert at.read_bytes() == content
    assert not (at.parent / "copy.db").exists()


def test_a_backup_of_a_damaged_file_is_none(files: Files, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where only one page is damaged, nothing else may notice for months: the nightly backup does, and keeps the others."""
    at.write_bytes(files.now)
    assert main(["backup", "copy.db"]) == 0
    good = Path("copy.db").read_bytes()
    at.write_bytes(HARM["words zeros"](files)[0])
    capsys.readouterr()
    assert main(["backup", "copy.db"]) == 2
    assert "the database is damaged" in capsys.readouterr().err
    assert Path("copy.db").read_bytes() == good


@pytest.mark.parametrize("name", ["no database at all", "a leaf zeros", "the last page cut off"])
def test_the_last_backup_takes_the_place_of_a_damaged_file(
    files: Files, at: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """What the line advises is possible, and the ledger holds again."""
    Path("copy.db").write_bytes(files.now)
    at.write_bytes(HARM[name](files)[0])
    assert main(["restore", "copy.db", "--force"]) == 0
    assert main(["ledger", "verify"]) == 0
    assert f"the ledger holds: {LAST + 1} entries" in capsys.readouterr().out


def test_check_finds_a_damaged_file_wrong(files: Files, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to do in the line about the database."""
    at.write_bytes(HARM["the last page cut off"](files)[0])
    assert main(["check"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("WRONG  database:")]
    assert "damaged" in line
    assert "put back the last backup" in line


def test_nothing_is_made_anew_in_a_damaged_file(files: Files, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`rebuild` writes nothing to a file of which a page is not whole, whatever lies there."""
    content, _ = HARM["words zeros"](files)
    at.write_bytes(content)
    assert main(["ledger", "rebuild"]) == 1
    assert "nothing was changed" in capsys.readouterr().out
    assert at.read_bytes() == content
