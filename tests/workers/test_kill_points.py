"""Killed at any point of a complaint's path, the program goes on as if nothing had been: 0 lost, 0 doubled in the ledger.

A send whose answer was lost with the process may come twice: of letters that show twice, at most one a person.
MINSHENG_KILL_POINTS=1 dies at every single point; the default is every fifth.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STRIDE = int(os.environ.get("MINSHENG_KILL_POINTS", "5"))
SHARES = 4
"""The points are tried in so many tests, each with its share of the whole path, so that several can be at work."""


def _lives(folder: Path, points: range) -> Iterator[dict[str, Any]]:
    """Run the driver."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.workers.killed", str(folder), *map(str, points)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    yield from map(json.loads, done.stdout.splitlines())


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return how it ends when nothing happens."""
    (alone,) = _lives(tmp_path_factory.mktemp("unkilled") / "lives", range(0))
    return alone


def test_the_path_is_walked_to_its_end(unkilled: dict[str, Any]) -> None:
    """A run that does little would prove little."""
    report = unkilled["report"]
    kinds = [entry[2] for entry in report["ledger"]]
    assert {"filed", "accepted", "resolved", "rated", "closed", "reminder_decided", "reminder_told"} <= set(kinds)
    assert "state=<State.CLOSED: 'closed'>" in report["cases"][0]
    assert report["counts"] == [[0, 0], [0, 0]]
    assert unkilled["passed"] > 400


@pytest.mark.parametrize("share", range(SHARES))
def test_a_death_at_any_point_loses_nothing_and_doubles_nothing(
    tmp_path: Path, unkilled: dict[str, Any], share: int
) -> None:
    """Ledger, cases, due things, words and queues are those of the run that nobody killed; so are the messages."""
    lives = list(_lives(tmp_path / "lives", range(1 + share * STRIDE, unkilled["passed"] + 1, STRIDE * SHARES)))
    assert len(lives) > 100 // SHARES or STRIDE > 5
    expected = unkilled["report"]
    for life in lives:
        assert (life["deaths"], life["code"]) == (1, 0), life["point"]
        for part in ("ledger", "cases", "due", "words", "counts"):
            assert life["report"][part] == expected[part], (life["point"], part)
        _compare_messages(life["report"]["sent"], expected["sent"], life["point"])
    repeats = sum(len(life["report"]["sent"]) - len(expected["sent"]) for life in lives)
    assert repeats > 0  # some died between a send and its being written down: the courier's points are reached


def _compare_messages(sent: list[list[Any]], expected: list[list[Any]], point: int) -> None:
    """Each person got the same letters in the same order, and at most one of those that show twice."""
    for chat in {line[0] for line in expected}:
        own, right = ([(each[1], each[3]) for each in lines if each[0] == chat] for lines in (sent, expected))
        assert list(dict.fromkeys(own)) == right, (point, chat)
        extra = Counter(own) - Counter(right)
        harmless = {(each[1], each[3]) for each in expected if each[2]}
        assert sum(count for letter, count in extra.items() if letter not in harmless) <= 1, (point, chat)
