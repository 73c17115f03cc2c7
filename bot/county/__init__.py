"""The county file: TOML in, a `County` of which every value and reference has been checked, or every mistake at once.

The file is decoded with tomllib and read by a small reader of our own (`bot.county.table`). msgspec would give the types for
nothing, but it stops at the first mistake of a table and cannot follow a reference from one table to another; whoever writes
a county file should see all that is wrong with it in one go, in words that name the place.

Invariant: a `County` that leaves this package has no mistake in it; with a mistake there is no `County`.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from bot.county.sections import county_of
from bot.county.table import Table
from bot.errors import SettingsError
from bot.rules.county import County

__all__ = ["read_county", "sample_county_path"]


def sample_county_path() -> Path:
    """Return where the sample county lies: package data, also when installed from a wheel."""
    return Path(str(files("bot") / "qapqal.toml"))


def read_county(path: Path) -> County:
    """Read and check a county file as a whole.

    Raises:
        SettingsError: anything at all is wrong; each mistake is one line that begins with the name of the file, then the
            place. Elements of a list are counted from 1, or named by their id where they have one.
    """
    mistakes: list[str] = []
    content = _decoded(path, mistakes)
    if content is not None:
        root = Table(content, "", mistakes)
        county = county_of(root)
        root.finish()
        if not mistakes:
            return county
    raise SettingsError(tuple(f"{path.name}: {mistake}" for mistake in mistakes))


def _decoded(path: Path, mistakes: list[str]) -> dict[str, object] | None:
    """Return the file's tables; else None, having said why in `mistakes`."""
    try:
        # A byte order mark is what some editors leave in front; TOML itself does not allow it.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        mistakes.append(f"cannot be read: {error.strerror or type(error).__name__}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        mistakes.append(f"is not UTF-8 text (at line {line}); save it as UTF-8")
    except RecursionError:
        mistakes.append("is not TOML: brackets within brackets, too deep to read")
    except ValueError as error:
        # tomllib's own error carries line and column; int() refuses a number of thousands of digits without saying where.
        mistakes.append(f"is not TOML: {error}")
    return None
