"""The command line without a process for each command: its function, in a folder of the test's own.

Others here start `python -m bot` itself; where that is not what a test is about, starting it is most of what the test takes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.__main__ import main

CommandLine: TypeAlias = Callable[..., tuple[int, str, str]]
"""Takes the words of a command; returns its exit code, what it printed, and what it said on standard error."""


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Lend it, with our settings alone: the database lies in the folder of this test."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{tmp_path / 'bot.db'}")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return run
