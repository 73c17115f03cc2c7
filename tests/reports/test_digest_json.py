"""The digest as JSON has the keys and shapes that are promised to other programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.reports.digest_json import digest_bytes, digest_json
from bot.rules.breakdown import Filed, breakdown_of
from bot.rules.digest import Scope, compose, figures_of
from bot.rules.figure import Digest
from bot.rules.identity import UnitId
from bot.rules.period import parse_period
from bot.rules.tally import Closings, Received, Standing, Tally

WATER = UnitId("water")
DEFINITIONS = Path(__file__).parents[2] / "docs" / "digest.md"


def digest() -> Digest:
    """Make a small digest."""
    tally = Tally(received=Received(3), closings=Closings(3, 1, 2, 3, 2, 1), standing=Standing(still_open=1))
    week = parse_period("2026-W47", ZoneInfo("Asia/Shanghai"))
    return compose(
        period=week,
        scope=Scope("察布查尔锡伯自治县", unit=WATER),
        tally=tally,
        earlier=[(week.previous(), Tally())],
        by_unit={WATER: tally},
        breakdown=breakdown_of({"channel": {"bot": Filed(3, 1)}, "township": {None: Filed(3, 0)}}),
        checkpoint="7:00ff",
        signed="a note",
    )


def test_every_promised_key_is_there() -> None:
    """Absent is null, instants are UTC with Z, the period is half-open."""
    written = digest_json(digest())
    head = {key: value for key, value in written.items() if not isinstance(value, dict | list)}
    assert head == {
        "county": "察布查尔锡伯自治县",
        "unit": "water",
        "township": None,
        "period": "2026-W47",
        "from": "2026-11-15T16:00:00Z",
        "to": "2026-11-22T16:00:00Z",
        "checkpoint": "7:00ff",
        "signed": "a note",
        "survey": None,
    }
    assert list(written)[:7] == ["county", "unit", "township", "period", "from", "to", "figures"]


def test_how_each_figure_is_counted_again_is_written_down() -> None:
    """Each has a line of a table in docs/digest.md, or is named there as in no export; nothing is explained that is none."""
    tables, _, exempt = DEFINITIONS.read_text(encoding="utf-8").partition("## What is in no export")
    tables = tables.partition("## Figures of cases")[2]
    lines = [line for line in tables.splitlines() if line.startswith("|")]
    told = {name for line in lines for name in re.findall("`([a-z0-9_]+)`", line.split("|")[1])}
    told |= {name for name in figures_of(Tally()) if f"`{name}`" in exempt}
    assert told == set(figures_of(Tally()))


def test_a_figure_carries_integers_and_the_unrounded_rate() -> None:
    """Whoever reads it can round once, and check."""
    figures = digest_json(digest())["figures"]
    assert list(figures) == list(figures_of(Tally()))
    solved = figures["confirmed_solved"]
    assert (solved["n"], solved["of"], solved["rate"], solved["left_out"]) == (1, 3, 1 / 3, 1)
    assert figures["received"] == {"n": 3, "of": None, "rate": None, "low": None, "high": None, "left_out": 0}


def test_units_and_the_period_before_have_the_same_figures() -> None:
    """One shape everywhere."""
    written = digest_json(digest())
    assert written["units"] == [{"unit": "water", "figures": written["figures"]}]
    assert list(written["before"]) == list(written["figures"])
    assert written["before"]["received"]["n"] == 0


def test_the_periods_before_and_what_cases_are_about_go_with_it() -> None:
    """The nearest first; what no case has is an empty list, and a case without a township has null."""
    written = digest_json(digest())
    assert written["trend"] == [{"period": "2026-W46", "figures": written["before"]}]
    assert written["received"] == {
        "category": [],
        "township": [{"id": None, "n": 3, "of": 3, "before": 0}],
        "channel": [{"id": "bot", "n": 3, "of": 3, "before": 1}],
        "kind": [],
    }


def test_the_file_reads_back_as_the_same_object() -> None:
    """UTF-8 without escapes, numbers to the last bit, one line feed at the end."""
    content = digest_bytes(digest())
    assert json.loads(content) == digest_json(digest())
    assert "察布查尔锡伯自治县".encode() in content
    assert content.endswith(b"}\n")
