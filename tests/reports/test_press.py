"""The press: what it prints comes from a process of its own, and what goes wrong there is said, not suffered."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.errors import PressFailed
from bot.reports.press import ChildPress
from bot.rules.paper import Form
from tests.reports.digests import NOW, few, wording
from tests.support.builders import ZH

HEAVY = ("typst", "PIL", "xlsxwriter", "segno")
READ_ALL = "import sys; sys.stdin.buffer.read(); "


def paper_press(program: str, seconds: float = 60.0) -> ChildPress:
    """Make a press whose process runs another program."""
    return ChildPress((sys.executable, "-c", READ_ALL + program), seconds)


async def test_a_paper_and_a_workbook_are_printed() -> None:
    """By the real program."""
    press = ChildPress()
    assert (await press.print_paper(wording().paper(few(), ZH, NOW), Form.PDF)).startswith(b"%PDF-")
    assert (await press.print_workbook(wording().workbook(few(), ZH, NOW))).startswith(b"PK")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        pytest.param("raise ValueError('no ink')", "no ink", id="it raises"),
        pytest.param("sys.exit(3)", "ended with 3", id="it gives up"),
        pytest.param("import os; os.kill(os.getpid(), 9)", "ended with -9", id="it is killed"),
        pytest.param("", "ended with 0", id="it prints nothing"),
    ],
)
async def test_a_process_that_fails_is_told(program: str, said: str) -> None:
    """The last thing it said is the reason."""
    with pytest.raises(PressFailed, match=said):
        await paper_press(program).print_workbook(wording().workbook(few(), ZH, NOW))


async def test_a_process_that_hangs_is_ended() -> None:
    """Nobody waits for ever, and nothing of it is left."""
    with pytest.raises(PressFailed, match="not printed within"):
        await paper_press("import signal; signal.pause()", seconds=0.01).print_workbook(wording().workbook(few(), ZH, NOW))


async def test_a_program_that_is_not_there_is_told() -> None:
    """As any other failure."""
    with pytest.raises(PressFailed, match="could not be started"):
        await ChildPress(("/nowhere/python",)).print_workbook(wording().workbook(few(), ZH, NOW))


async def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither token nor database nor keys are in its environment."""
    monkeypatch.setenv("BOT_TOKEN", "12345:secret")
    told = await paper_press("import os; print([name for name in os.environ if 'BOT' in name])").print_workbook(
        wording().workbook(few(), ZH, NOW)
    )
    assert told.strip() == b"[]"


def test_the_bot_itself_loads_nothing_that_prints() -> None:
    """Its memory and its start are without typesetter, charts and spreadsheets; loading them is the other process's."""
    loaded = f"import sys, bot.app, bot.commands.digest; print([name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "[]"
