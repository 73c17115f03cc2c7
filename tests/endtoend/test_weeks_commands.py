"""A county's weeks from outside: the public export gives the digest's rates, and the draws are drawn again."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.keyfile import read_secret
from storage.masters import Masters
from storage.signing import Signer
from storage.store import open_store
from storage.vault import SystemRandomness, Vault
from tests.endtoend.conftest import CommandLine
from tests.endtoend.test_ledger_commands import Here
from tests.storage.test_week import lived
from tests.support.clock import MovableClock
from tests.support.store import MASTER, SeededRandomness, opened_town

WEEKS = ("2024-W10", "2024-W11", "2024-W12")
BEGUN_AT = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)
"""Long ago: the commands go by the real clock, and count no week before its end."""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let a county live for three weeks, with the key that signs beside it."""
    folder = tmp_path_factory.mktemp("weeks")
    secret = read_secret(folder / "sign.key", "BOT_SIGN_KEY_FILE", SystemRandomness())

    async def live() -> None:
        async with opened_town(folder / "bot.db", MovableClock(BEGUN_AT)) as town:
            randomness = SeededRandomness("signing")
            signer = Signer("minsheng/654022", secret)
            store = await open_store(town.engine, Vault(Masters({1: MASTER}), randomness), randomness, signer)
            await lived(replace(town, store=store, desk=replace(town.desk, read=store.read)))

    asyncio.run(live())
    return folder


@pytest.fixture
def here(weeks: Path, tmp_path: Path, command_line: CommandLine) -> Here:
    """Copy it, so that a test may do to it what it wants."""
    for name in ("bot.db", "sign.key"):
        shutil.copy(weeks / name, tmp_path / name)
    return Here(tmp_path, command_line)


def digest(here: Here, *words: str, expect: int = 0) -> Any:
    """Run `digest …`; return its JSON, or what it says where it fails."""
    code, out, err = here.command("digest", *words, "--json")
    assert code == expect, err
    return json.loads(out) if out else err


def public_rates(here: Here, week: str) -> dict[str, tuple[int, int]]:
    """Compute n and of from the public export as docs/ledger.md section 5 says, knowing nothing of the program."""
    path = here.folder / "public.jsonl"
    if not path.exists():
        here.ask("export", "--public", "-o", "public.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    counted = [line["facts"] for line in lines if line["entry"] == "counted" and line["facts"]["week"] == week]
    voices = [line["facts"] for line in lines if line["entry"] == "voice_counted" and line["facts"]["week"] == week]
    names = {"accepted_in_time": "accepted_in_time", "on_time": "in_time", "handled": "handled", "answered": "answered"}
    names |= {"confirmed_solved": "solved", "reopened": "reopened"}
    rates = {
        figure: (sum(facts[name] is True for facts in counted), sum(facts[name] is not None for facts in counted))
        for figure, name in names.items()
    }
    scores = [facts["satisfied"] for facts in voices]
    rates["satisfied_among_answers"] = (scores.count(True), len(scores) - scores.count(None))
    rates["satisfied_lowest_case"] = (scores.count(True), len(scores))
    return rates


@pytest.mark.parametrize("week", WEEKS)
def test_anyone_computes_the_rates_from_the_public_export(here: Here, week: str) -> None:
    """Equal to what the program says of the week, to the last digit."""
    figures = digest(here, "--period", week)["figures"]
    rates = public_rates(here, week)
    assert {name: (figures[name]["n"], figures[name]["of"]) for name in rates} == rates
    assert rates["on_time"][1] + rates["handled"][1] > 0 or week == WEEKS[0]


def test_the_draws_are_drawn_again_by_the_command_and_by_anyone(here: Here) -> None:
    """The told one from the public export with the checkpoint from before; the other waits for its seed."""
    waiting, told = digest(here, "--draw")
    assert (waiting["ok"], waiting["seed"], told["ok"]) == (None, None, True)
    assert told["cases"][0]["case"].startswith("CB-2024-")
    with closing(sqlite3.connect(here.database)) as connection:
        query = "SELECT text FROM checkpoints WHERE size = ?"
        (text,) = connection.execute(query, (told["since"],)).fetchone()
    (here.folder / "before.txt").write_text(text, encoding="utf-8")
    here.ask("export", "--public", "-o", "public.jsonl")
    code, said = here.check("public.jsonl", "--draw", "--checkpoint", "before.txt")
    assert (code, "bound to the seed before" in said) == (0, True), said


def test_a_county_without_a_draw_says_so(here: Here) -> None:
    """And a database where a drawn entry was changed is told by `digest --draw` as by `ledger verify`."""
    here.tamper(lambda connection: connection.execute("DELETE FROM draws"))
    assert "no callbacks were drawn yet" in digest(here, "--draw", expect=2)


def test_a_draw_that_does_not_hold_is_exit_code_1(here: Here) -> None:
    """The checkpoint that bound to the seed is gone, so that nothing binds to it."""
    here.tamper(lambda connection: connection.execute("DELETE FROM checkpoints"))
    draws = digest(here, "--draw", expect=1)
    assert [each["ok"] for each in draws] == [None, False]
    assert here.ask("verify", "--json", expect=1)["first_bad"]["why"].startswith("the seed is not one")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM checkpoints WHERE size = (SELECT MAX(since) FROM draws)", "of the first {} entries, which binds"),
        ("DELETE FROM draws WHERE until IS NULL", "the seed to which the checkpoint of {} entries binds is not there"),
        ("UPDATE draws SET pledge = 'callback-seed 00' WHERE until IS NULL", "of the first {} entries, which binds"),
    ],
)
def test_a_week_s_checkpoint_and_the_seed_that_it_binds_to_do_not_go_alone(here: Here, statement: str, why: str) -> None:
    """Whoever was to be spared the next callbacks, or every witness of the last week, is noticed before they are due."""
    with closing(sqlite3.connect(here.database)) as connection:
        ((size,),) = connection.execute("SELECT MAX(since) FROM draws").fetchall()
    here.tamper(lambda connection: connection.execute(statement))
    found = here.ask("verify", "--json", expect=1)["first_bad"]
    assert found["seq"] == size
    assert why.format(size) in found["why"]
