"""`ledger`, as people use it: verify, export, sign, prove, rebuild; and whoever holds the machine is found from outside."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.chain import GENESIS, LedgerRow, chain_hash, hash_of
from bot.rules.checkpoint import Checkpoint, open_checkpoint, read_key, sign
from bot.rules.merkle import is_included
from storage.rows import read_ledger_row
from tests.endtoend.conftest import CommandLine
from tests.support.store import LEAD, MASTER, NEIGHBOUR, OFFICER, opened_town
from tests.support.unguarded import unguarded

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "verify_ledger.py"
CASE, OTHER = "CB-2026-000001", "CB-2026-000002"
LAST = 16
ACCEPTED = 11
"""The entry that says that the first case was accepted, the last about it."""


@dataclass(frozen=True)
class Here:
    """A folder with a database and its keys."""

    folder: Path
    command: CommandLine

    @property
    def database(self) -> Path:
        """Name the file."""
        return self.folder / "bot.db"

    def ask(self, *words: str, expect: int = 0) -> Any:
        """Run `ledger …` as `python -m bot` does, expecting an exit code; return its JSON or its text."""
        code, out, err = self.command("ledger", *words)
        assert code == expect, (out, err)
        assert "Traceback" not in err
        return json.loads(out) if "--json" in words else out + err

    def check(self, *words: str) -> tuple[int, str]:
        """Run the stand-alone verifier."""
        command = [sys.executable, "-I", str(TOOL), *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout

    def tamper(self, edit: Callable[[sqlite3.Connection], object]) -> None:
        """Edit the database with its triggers gone."""
        with unguarded(self.database) as connection:
            edit(connection)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger of 16 entries about three cases through the store and the actions."""
    path = tmp_path_factory.mktemp("lived") / "bot.db"

    async def live() -> None:
        async with opened_town(path) as town:
            await town.staffed()
            number = await town.file()
            other = await town.file(NEIGHBOUR)
            await town.act(OFFICER, "accept", case=number)
            await town.act(LEAD, "resolve", case=other, answer="修好了")
            await town.act(NEIGHBOUR, "rate", case=other, solved="yes")
            await town.file(NEIGHBOUR)

    asyncio.run(live())
    return path


@pytest.fixture
def here(lived: Path, tmp_path: Path, command_line: CommandLine) -> Here:
    """Copy it, so that a test may do to it what it wants."""
    shutil.copy(lived, tmp_path / "bot.db")
    return Here(tmp_path, command_line)


def rewritten(rows: list[LedgerRow], change: Callable[[LedgerRow], LedgerRow]) -> list[tuple[object, ...]]:
    """Change entries and make everything after them anew, as whoever holds the machine could."""
    previous = GENESIS
    found: list[tuple[object, ...]] = []
    for row in map(change, rows):
        own = hash_of(row)
        previous = chain_hash(previous, own)
        line = (row.seq, row.at, row.kind, row.version, row.case_number, row.actor, row.facts, row.salts, own, previous)
        found.append(line)
    return found


def replace_ledger(
    connection: sqlite3.Connection, lines: list[tuple[object, ...]], *, keeps_checkpoints: bool = False
) -> None:
    """Put a whole ledger in the place of the one that is there; the rest is `ledger rebuild`'s work."""
    connection.execute("DELETE FROM ledger")
    connection.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
    connection.execute("UPDATE ledger_head SET seq = ?, chain_hash = ?", (lines[-1][0], lines[-1][-1]))
    if not keeps_checkpoints:
        connection.execute("DELETE FROM checkpoints")


def rows_of(connection: sqlite3.Connection) -> list[LedgerRow]:
    """Read the ledger."""
    return [read_ledger_row(row) for row in connection.execute("SELECT * FROM ledger ORDER BY seq")]


def earlier(row: LedgerRow) -> LedgerRow:
    """Accept the first case an hour earlier than it was."""
    if row.seq != ACCEPTED:
        return row
    columns = {name: getattr(row, name) for name in LedgerRow.__struct_fields__}
    return LedgerRow(**{**columns, "at": "2026-11-24T03:00:00Z"})


def test_what_was_signed_is_verified_from_outside(here: Here) -> None:
    """A checkpoint that someone kept fits, also when the ledger has grown; what it cannot exclude is said."""
    here.ask("checkpoint", "-o", "kept.txt")
    found = here.ask("verify", "--checkpoint", "kept.txt", "--json")
    assert (found["ok"], found["entries"], found["first_bad"], found["not_excluded"]) == (True, LAST, None, [])
    assert (found["checkpoint"]["size"], found["checkpoint"]["signed_by"]) == (LAST, "minsheng/654022")
    assert "exactly the 16 entries" in here.ask("verify", "--checkpoint", "kept.txt")
    alone = here.ask("verify", "--json")
    assert (alone["ok"], alone["checkpoint"]) == (True, None)
    assert "not excluded without a checkpoint" in alone["not_excluded"][0]
    (here.folder / "sign.key").unlink()
    assert "not checked: the signature" in here.ask("verify", "--checkpoint", "kept.txt")


def test_a_rewrite_of_everything_is_found_from_outside_alone(here: Here) -> None:
    """With tree, tables and head made to fit, nothing in the database contradicts; the kept checkpoint does."""
    here.ask("checkpoint", "-o", "kept.txt")
    here.tamper(lambda connection: replace_ledger(connection, rewritten(rows_of(connection), earlier)))
    assert here.ask("rebuild", "--json")["replaced"] == 1
    assert here.ask("verify", "--json")["ok"] is True
    found = here.ask("verify", "--checkpoint", "kept.txt", "--json", expect=1)
    assert found["ok"] is False
    assert found["first_bad"]["seq"] == LAST
    assert "rewritten" in found["first_bad"]["why"]


def test_a_rewrite_that_forgot_the_kept_checkpoints_is_found(here: Here) -> None:
    """The database's own checkpoints are compared too."""
    here.ask("checkpoint", "-o", "kept.txt")
    here.tamper(
        lambda connection: replace_ledger(connection, rewritten(rows_of(connection), earlier), keeps_checkpoints=True)
    )
    here.ask("rebuild")
    assert here.ask("verify", "--json", expect=1)["first_bad"]["seq"] == LAST


def test_a_cut_end_is_found_from_outside_alone(here: Here) -> None:
    """Cut consistently, with what must still come planned, the shorter ledger holds; the checkpoint names what is gone."""
    here.ask("checkpoint", "-o", "kept.txt")
    here.tamper(lambda connection: replace_ledger(connection, rewritten(rows_of(connection)[:13], lambda row: row)))
    here.ask("rebuild")
    assert here.ask("verify", "--json", expect=1)["first_bad"]["why"].startswith(f"{OTHER} waits to be rated, and nothing")
    here.tamper(lambda connection: connection.execute("INSERT INTO due VALUES (?, 0, '')", (f"{OTHER}/1/unrated",)))
    assert here.ask("verify", "--json")["entries"] == 13
    found = here.ask("verify", "--checkpoint", "kept.txt", "--json", expect=1)
    assert found["first_bad"]["seq"] == 14
    assert "cut off" in found["first_bad"]["why"]


def test_a_checkpoint_that_is_none_is_not_believed(here: Here) -> None:
    """Forged text, another's signature or another ledger: 1; a file that is no checkpoint, or none: 2."""
    here.ask("checkpoint", "-o", "kept.txt")
    kept = here.folder / "kept.txt"
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("\n16\n", "\n15\n"), encoding="utf-8")
    forged = here.ask("verify", "--checkpoint", "kept.txt", "--json", expect=1)
    assert (forged["ok"], forged["first_bad"], forged["checkpoint"]["signed_by"]) == (False, None, None)
    kept.write_text(text.replace("654022", "654023"), encoding="utf-8")
    assert "worth nothing: it is of minsheng/654023" in here.ask("verify", "--checkpoint", "kept.txt", expect=1)
    kept.write_text(text, encoding="utf-8")
    (here.folder / "sign.key").unlink()
    here.ask("checkpoint")
    assert "no known key signed this" in here.ask("verify", "--checkpoint", "kept.txt", expect=1)
    kept.write_text("none", encoding="utf-8")
    assert "is no checkpoint" in here.ask("verify", "--checkpoint", "kept.txt", expect=2)
    assert "cannot be read" in here.ask("verify", "--checkpoint", "missing.txt", expect=2)


def test_a_signing_key_that_others_can_read_signs_nothing(here: Here) -> None:
    """One line that says what to do."""
    here.ask("checkpoint")
    (here.folder / "sign.key").chmod(0o644)
    assert "chmod 600" in here.ask("checkpoint", expect=2)


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        pytest.param(f"UPDATE cases SET state = 'resolved' WHERE number = '{CASE}'", ACCEPTED, id="a state"),
        pytest.param(f"UPDATE cases SET unit = 'water' WHERE number = '{CASE}'", ACCEPTED, id="a unit"),
        pytest.param(f"UPDATE rounds SET accepted_at = accepted_at - 1 WHERE number = '{CASE}'", ACCEPTED, id="a moment"),
        pytest.param("UPDATE ratings SET score = 5", 15, id="a score"),
        pytest.param("DELETE FROM ratings", 15, id="an answer gone"),
        pytest.param(f"INSERT INTO reminders VALUES ('{CASE}', 1, 'before:1d', '', 'officer', 0, 1)", 11, id="a reminder"),
        pytest.param(f"DELETE FROM rounds WHERE number = '{CASE}'", ACCEPTED, id="a round gone"),
        pytest.param(f"UPDATE cases SET officer = CAST(x'ff' AS TEXT) WHERE number = '{CASE}'", LAST, id="no text"),
    ],
)
def test_case_tables_that_disagree_are_found_and_made_anew(here: Here, statement: str, seq: int) -> None:
    """Named by the case's last entry; `rebuild` says what was different, and then all holds and is equal."""
    here.tamper(lambda connection: connection.execute(statement))
    assert here.ask("verify", "--json", expect=1)["first_bad"]["seq"] == seq
    if seq == LAST:
        return
    assert here.ask("rebuild", "--json")["equal"] is False
    assert here.ask("rebuild", "--json") == {
        "equal": True,
        "entries": LAST,
        "cases": 3,
        "replaced": 0,
        "nodes": 0,
        "first_bad": None,
    }
    assert here.ask("verify", "--json")["ok"] is True


def test_with_the_key_file_words_are_opened_and_compared(here: Here) -> None:
    """Words in the place of others are told by nothing else; an export holds none, and without the key none is opened."""
    assert "BOT_KEY_FILE" in here.ask("verify", "--open", expect=2)
    key = here.folder / "master.key"
    key.touch(0o600)
    key.write_bytes(base64.b64encode(MASTER) + b"\n")
    assert here.ask("verify", "--open", "--json")["ok"] is True
    other = "SELECT body FROM words WHERE slot = 'filed' ORDER BY number DESC LIMIT 1"
    swapped = f"UPDATE words SET body = ({other}) WHERE slot = 'filed' AND number = '{CASE}'"
    here.tamper(lambda connection: connection.execute(swapped))
    assert here.ask("verify", "--json")["ok"] is True
    found = here.ask("verify", "--open", "--json", expect=1)["first_bad"]
    assert (found["seq"], CASE in found["why"]) == (ACCEPTED, True)
    here.ask("export", "-o", "export.jsonl")
    assert "an export holds nothing sealed" in here.ask("verify", "export.jsonl", "--open", expect=2)


def test_nothing_is_made_anew_from_entries_that_do_not_hold(here: Here) -> None:
    """The tables stay as they are, and the entry is named."""
    here.tamper(lambda connection: connection.execute("UPDATE ledger SET actor = 'clock' WHERE seq = 9"))
    here.tamper(lambda connection: connection.execute("UPDATE cases SET unit = 'water'"))
    assert here.ask("rebuild", "--json", expect=1)["first_bad"]["seq"] == 9
    with closing(sqlite3.connect(here.database)) as connection:
        assert connection.execute("SELECT DISTINCT unit FROM cases").fetchall() == [("water",)]


def test_an_export_is_checked_by_the_stand_alone_verifier(here: Here) -> None:
    """Full and public, with a checkpoint and the key; and by the program itself."""
    told = here.ask("checkpoint", "--json")
    (here.folder / "kept.txt").write_text(told["text"], encoding="utf-8")
    (here.folder / "ledger.key").write_text(told["key"], encoding="utf-8")
    here.ask("export", "-o", "full.jsonl")
    (here.folder / "public.jsonl").write_text(here.ask("export", "--public"), encoding="utf-8")
    for name in ("full.jsonl", "public.jsonl"):
        code, said = here.check(name, "--checkpoint", "kept.txt", "--key", "ledger.key")
        assert code == 0, said
        assert "signed by minsheng/654022" in said
        found = here.ask("verify", name, "--checkpoint", "kept.txt", "--json")
        assert (found["ok"], found["entries"], found["head"]) == (True, LAST, here.ask("head", "--json")["head"])
    assert sorted(path.name for path in here.folder.glob("*.part")) == []


def test_the_public_export_has_no_case_no_person_and_no_moment(here: Here) -> None:
    """Whatever it shows is a kind, a unit or an answer."""
    lines = [json.loads(line) for line in here.ask("export", "--public").splitlines()]
    assert len(lines) == LAST
    shown = {name for line in lines for name in line["salts"]}
    assert shown == {"entry", "version", "unit", "solved"}
    assert CASE not in json.dumps(lines)
    assert "2026-11" not in json.dumps(lines)


def test_a_changed_export_is_found(here: Here) -> None:
    """A value, a line left out, a cut end against the checkpoint."""
    here.ask("checkpoint", "-o", "kept.txt")
    lines = here.ask("export").splitlines(keepends=True)
    export = here.folder / "export.jsonl"
    for content, seq in (
        ([*lines[:8], lines[8].replace("transport", "water"), *lines[9:]], 9),
        ([*lines[:5], *lines[6:]], 6),
        (lines[:12], 13),
    ):
        export.write_text("".join(content), encoding="utf-8")
        found = here.ask("verify", "export.jsonl", "--checkpoint", "kept.txt", "--json", expect=1)
        assert found["first_bad"]["seq"] == seq
    assert "cannot be read" in here.ask("verify", "missing.jsonl", expect=2)


def test_the_entries_of_a_case_are_proved(here: Here) -> None:
    """Each against the newest checkpoint; one that came later waits for the next."""
    assert "ledger checkpoint" in here.ask("prove", CASE, expect=2)
    told = here.ask("checkpoint", "--json")
    proved = here.ask("prove", CASE, "--json")
    assert proved["checkpoint"] == told["text"]
    checkpoint = open_checkpoint(proved["checkpoint"].encode(), "minsheng/654022", [read_key(told["key"])])
    assert [entry["entry"] for entry in proved["entries"]] == ["filed", "accepted"]
    for entry in proved["entries"]:
        path = [bytes.fromhex(node) for node in entry["proof"]]
        leaf = bytes.fromhex(entry["entry_hash"])
        assert is_included(leaf, entry["index"], checkpoint.size, path, checkpoint.root)
    assert "there is no such case" in here.ask("prove", "CB-2026-000099", expect=2)

    async def resolve() -> None:
        async with opened_town(here.database, seed="later") as town:
            town.updates = itertools.count(1000)
            await town.act(OFFICER, "resolve", case=CASE, answer="修好了")

    asyncio.run(resolve())
    later = here.ask("prove", CASE, "--json")["entries"][-1]
    assert (later["entry"], later["proof"]) == ("resolved", None)
    assert "it will be in the next" in here.ask("prove", CASE)


def test_a_receipt_is_signed_and_proved_without_the_database(here: Here) -> None:
    """What `prove` writes to a file, the stand-alone verifier believes with the key alone; what is changed, it does not."""
    key = here.ask("checkpoint", "--json")["key"]
    assert here.ask("prove", CASE, "-o", "proof.txt") == ""
    code, said = here.check("--proof", "proof.txt", "--key", key)
    assert (code, f"receipt proof.txt ({CASE} " in said) == (0, True)
    assert f"entry 9 of the {LAST}" in said
    text = (here.folder / "proof.txt").read_text(encoding="utf-8")
    assert here.ask("prove", CASE).endswith(text)
    (here.folder / "proof.txt").write_text(text.replace("index 8", "index 7"), encoding="utf-8")
    assert here.check("--proof", "proof.txt", "--key", key)[0] == 1
    (here.folder / "sign.key").unlink()
    assert "without receipts" in here.ask("prove", CASE)


def test_a_kept_checkpoint_is_shown_to_be_a_beginning_of_the_newest(here: Here) -> None:
    """Nobody needs an export for it; there is nothing to show against one that is newer."""
    key = here.ask("checkpoint", "-o", "old.txt", "--json")["key"]

    async def file() -> None:
        async with opened_town(here.database, seed="later") as town:
            town.updates = itertools.count(1000)
            await town.file()

    asyncio.run(file())
    here.ask("checkpoint", "-o", "new.txt")
    assert here.ask("extend", "old.txt", "-o", "extension.txt") == ""
    code, said = here.check("--checkpoint", "old.txt", "--extension", "extension.txt", "--key", key)
    assert (code, "only added to old.txt" in said) == (0, True)
    assert here.ask("extend", "new.txt").startswith(f"old {LAST + 1}\n\n")
    foreign = Checkpoint("minsheng/654022", 5, bytes(32))
    (here.folder / "foreign.txt").write_text(sign(foreign, Ed25519PrivateKey.generate()))
    assert "does not hold at entry 5" in here.ask("extend", "foreign.txt", expect=2)
    assert "is no checkpoint" in here.ask("extend", "extension.txt", expect=2)
    assert "cannot be read" in here.ask("extend", "missing.txt", expect=2)
    here.tamper(lambda connection: connection.execute("DELETE FROM checkpoints WHERE size > ?", (LAST,)))
    assert "no checkpoint of 17 entries" in here.ask("extend", "new.txt", expect=2)


def test_what_only_reads_does_not_make_a_database(tmp_path: Path, command_line: CommandLine) -> None:
    """Each act says that `migrate` is to be run, and leaves nothing behind."""
    for words in (["verify"], ["export"], ["rebuild"], ["checkpoint"], ["prove", CASE], ["head"], ["export", "--public"]):
        assert "migrate" in Here(tmp_path, command_line).ask(*words, expect=2)
    assert list(tmp_path.iterdir()) == []
