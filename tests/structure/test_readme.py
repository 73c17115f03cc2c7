"""The README names every command and every setting."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from bot.commands.arguments import parser
from bot.settings import VARIABLES
from tests.structure.sources import ROOT


def commands(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Return every command as it is typed, those with commands of their own by these."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                inner = list(commands(command, f"{before}{name} "))
                yield from inner or [f"{before}{name}"]


@pytest.fixture(scope="module")
def readme() -> str:
    """Read it."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_commands_are_found() -> None:
    """The tests below would be true of no commands at all."""
    assert {"run", "demo", "ledger verify", "ledger head"} <= set(commands(parser()))


@pytest.mark.parametrize("command", list(commands(parser())))
def test_a_command_is_in_the_readme(readme: str, command: str) -> None:
    """Whoever runs the program finds out what it can do."""
    first, *rest = command.split()
    words = r"[^\n]*?\b".join(map(re.escape, (first, *rest)))
    assert re.search(rf"`[^`\n]*\b{words}\b[^`\n]*`", readme) or re.search(rf"^.*-m bot {words}\b", readme, re.MULTILINE)


@pytest.mark.parametrize("variable", [variable.name for variable in VARIABLES])
def test_a_setting_is_in_the_readme(readme: str, variable: str) -> None:
    """Whoever runs the program finds out what can be set."""
    assert f"`{variable}`" in readme
