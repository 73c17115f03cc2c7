"""`board --out DIR` as a county uses it: files that need nothing else, and that anyone checks with the programs beside."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from tests.endtoend.conftest import CommandLine
from tests.endtoend.test_ledger_commands import ROOT
from tests.endtoend.test_weeks_commands import BEGUN_AT, weeks
from tests.support.clock import MovableClock
from tests.support.store import opened_town

__all__ = ["weeks"]

PAGES = {"index.html": ("zh-Hans-CN", "ltr"), "ug.html": ("ug", "rtl"), "sjo.html": ("zh-Hans-CN", "ltr")}


def board(folder: Path, out: Path, expect: int = 0) -> str:
    """Run `board` as a process, expecting an exit code."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environment = {**own, "BOT_DATABASE": f"sqlite:///{folder / 'bot.db'}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "board", "--out", str(out)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == expect, done.stderr
    assert b"Traceback" not in done.stderr
    return (done.stdout + done.stderr).decode()


@pytest.fixture(scope="module")
def written(weeks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the board of a county that has lived for three weeks."""
    out = tmp_path_factory.mktemp("website")
    (out / "CNAME").write_text("minsheng.example\n", encoding="utf-8")
    board(weeks, out)
    return out


def run(out: Path, *words: str) -> tuple[int, str]:
    """Run one of the programs beside the pages, as a citizen does."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=out / "ledger", capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


def test_the_pages_need_nothing_but_the_files_beside_them(written: Path) -> None:
    """No script, no address elsewhere; every file that a page speaks of is there, and what else lay there still is."""
    for name in PAGES:
        text = (written / name).read_text(encoding="utf-8")
        assert not re.search(r"<script|https?:|//", text.removeprefix("<!doctype html>"))
        for path in re.findall(r'href="([^"]+)"', text):
            assert (written / path).is_file(), path
    style = (written / "board.css").read_text(encoding="utf-8")
    for path in re.findall(r'url\("([^"]+)"\)', style):
        assert (written / path).is_file(), path
    assert "http" not in style
    assert (written / "CNAME").read_text(encoding="utf-8") == "minsheng.example\n"
    assert not list(written.rglob("*.part"))


@pytest.mark.parametrize("name", PAGES)
def test_each_language_has_its_page_and_direction(written: Path, name: str) -> None:
    """Uyghur from right to left; beside the Chinese headings of the Xibe page stand attested words, to be set upright."""
    text = (written / name).read_text(encoding="utf-8")
    language, direction = PAGES[name]
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert ('class="upright" lang="sjo"' in text) == (name == "sjo.html")
    assert 'aria-current="page"' in text


@pytest.mark.parametrize("name", PAGES)
def test_each_figure_says_what_it_is_where_its_head_is_out_of_sight(written: Path, name: str) -> None:
    """On a phone the ten columns are tiles, each with the name of its column; and still rows and cells when read out."""
    text = (written / name).read_text(encoding="utf-8")
    named = set(re.findall(r'<th scope="col" role="columnheader">([^<]+)</th>', text))
    figures = re.findall(r'<td role="cell" data-figure="([^"]+)">', text)
    assert len(figures) == text.count("<td") > 0
    assert set(figures) < named
    assert "td::before { content: attr(data-figure)" in (written / "board.css").read_text(encoding="utf-8")


def test_the_programs_beside_the_pages_find_that_all_holds(written: Path) -> None:
    """The very lines that the page says."""
    page = (written / "index.html").read_text(encoding="utf-8")
    lines = re.findall(r"python3 (.+)", page.replace("</pre>", "\n"))
    assert len(lines) == 2
    for line in lines:
        code, said = run(written, *line.split())
        assert code == 0, said


def test_open_data_says_the_same_as_the_page_of_programs(written: Path) -> None:
    """JSON and CSV have the same weeks; what is kept back has no number in either."""
    everything = json.loads((written / "data" / "board.json").read_text(encoding="utf-8"))
    table = (written / "data" / "weeks.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [week["period"] for week in everything["weeks"]] == ["2024-W12", "2024-W11", "2024-W10"]
    kept_back = sum(figure is None for week in everything["weeks"] for figure in week["county"].values())
    assert kept_back == sum(",county," in line and ",no,,,,," in line for line in table) > 0
    assert everything["checkpoint"].startswith("minsheng/654022\n")


def test_a_dressed_up_table_is_found(written: Path, tmp_path: Path) -> None:
    """Somebody who writes another number into the table is told by counting again."""
    table = tmp_path / "weeks.csv"
    table.write_text(
        "period,scope,id,name,figure,is_shown,n,of,rate,low,high\r\n2024-W10,county,654022,县,confirmed_solved,yes,9,9,1,1,1\r\n",
        encoding="utf-8-sig",
    )
    code, said = run(written, "verify_board.py", "public.jsonl", str(table))
    assert code == 1
    assert "2024-W10 confirmed_solved: the table says 9/9, the ledger " in said


def test_a_folder_that_cannot_be_written_is_said_in_one_line(weeks: Path, tmp_path: Path) -> None:
    """And nothing is left behind."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert board(weeks, tmp_path / "file", expect=2).count("\n") == 1


STAMP = re.compile(rb'(?<="made_at": ")[^"]+|(?<=<p class="lead">)[^<]*[0-9]{2}:[0-9]{2}[^<]*')


def contents(out: Path) -> dict[str, bytes]:
    """Read every file of a board, but for when it was made."""
    return {str(path.relative_to(out)): STAMP.sub(b"", path.read_bytes()) for path in out.rglob("*") if path.is_file()}


def test_a_board_of_friday_is_that_of_monday(weeks: Path, tmp_path: Path, command_line: CommandLine) -> None:
    """What was filed and signed since is told once its week is counted: nobody learns on which day a unit had a case."""
    for name in ("bot.db", "sign.key"):
        shutil.copy(weeks / name, tmp_path / name)

    async def go_on() -> None:
        async with opened_town(tmp_path / "bot.db", MovableClock(BEGUN_AT + timedelta(days=24)), seed="later") as town:
            await replace(town, updates=count(10_000)).file()  # none that the inbox knows

    assert command_line("board", "--out", "monday")[0] == 0
    asyncio.run(go_on())
    assert command_line("ledger", "checkpoint")[0] == 0
    assert command_line("board", "--out", "friday")[0] == 0
    monday, friday = contents(tmp_path / "monday"), contents(tmp_path / "friday")
    assert [name for name in monday.keys() | friday.keys() if monday.get(name) != friday.get(name)] == []
    published = friday["ledger/public.jsonl"]
    assert max(int(Path(name).stem) for name in friday if name.startswith("ledger/checkpoints/")) == published.count(b"\n")
    whole = command_line("ledger", "export", "--public")[1]
    to_last_week = command_line("ledger", "export", "--public", "--to-last-week")[1]
    assert to_last_week.encode() == published
    assert whole.startswith(to_last_week)
    assert '"entry":"filed"' in whole.removeprefix(to_last_week)


def test_a_county_without_a_counted_week_has_a_board_that_holds(tmp_path: Path, command_line: CommandLine) -> None:
    """Nothing is told yet, and what is told of that is checked as ever."""

    async def begin() -> None:
        async with opened_town(tmp_path / "bot.db") as town:
            await town.file()

    asyncio.run(begin())
    assert command_line("board", "--out", "early")[0] == 0
    assert (tmp_path / "early" / "ledger" / "public.jsonl").read_bytes() == b""
    assert "还没有统计完的一周" in (tmp_path / "early" / "index.html").read_text(encoding="utf-8")
    code, said = run(tmp_path / "early", "verify_ledger.py", "public.jsonl")
    assert code == 0, said
