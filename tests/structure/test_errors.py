"""The tree of errors is drawn in `bot.errors`, and it is the tree there is."""

from __future__ import annotations

import inspect
import re
from typing import Final

import pytest

from bot import errors
from bot.errors import MinshengError

LINE: Final = re.compile(r"^(?P<indent>\+ |\| - |\| \| - )(?P<name>\w+)$")
DEPTH: Final = {"+ ": 1, "| - ": 2, "| | - ": 3}


def drawn() -> list[tuple[str, str]]:
    """Read the drawing: each error under the one above it, in order."""
    lines = inspect.getdoc(errors) or ""
    parents = ["MinshengError"]
    found = []
    for line in lines.splitlines():
        match = LINE.match(line)
        if match:
            depth = DEPTH[match["indent"]]
            parents[depth:] = [match["name"]]
            found.append((parents[depth - 1], match["name"]))
    return found


def existing(parent: type[MinshengError] = MinshengError) -> list[tuple[str, str]]:
    """Walk the classes of the program, in order of their definition."""
    own = [
        each
        for each in parent.__subclasses__()
        if each.__module__.partition(".")[0] in {"bot", "handlers", "storage", "locales"}
    ]
    return [pair for each in own for pair in ((parent.__name__, each.__name__), *existing(each))]


def test_the_drawn_tree_is_the_tree() -> None:
    """Each error is drawn where it belongs, and each drawn one exists."""
    assert drawn() == existing()


@pytest.mark.parametrize("name", [name for _, name in existing()])
def test_an_error_says_what_to_do(name: str) -> None:
    """The sentence of a class is for whoever catches it."""
    document = inspect.getdoc(getattr(errors, name)) or ""
    assert len(document.split()) > 4
    assert not document.startswith(f"{name}(")


def test_every_error_is_in_one_place() -> None:
    """Whoever handles errors reads one file."""
    assert {getattr(errors, name, None) for _, name in existing()} == {
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, MinshengError)
    } - {MinshengError}
