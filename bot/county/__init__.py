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

__all__ = ["county_from", "read_county", "sample_county_path", "tables_of", "text_of"]

BYTE_ORDER_MARK = "\ufeff"
"""What some editors leave in front; TOML itself does not allow it."""


def sample_county_path() -> Path:
    """Return where the sample county lies: package data, also when installed from a wheel."""
    return Path(str(files("bot") / "qapqal.toml"))


def read_county(path: Path) -> County:
    """Read and check a county file as a whole.

    Raises:
        SettingsError: anything at all is wrong; each mistake is one line that begins with the name of the file, then the
            place. Elements of a list are counted from 1, or named by their id where they have one.
    """
    return county_from(text_of(path), path.name)


def text_of(path: Path) -> str:
    """Read a county file as the text that it is, byte for byte; raises SettingsError."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        mistake = f"cannot be read: {error.strerror or type(error).__name__}"
        raise SettingsError((f"{path.name}: {mistake}",)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError((f"{path.name}: is not UTF-8 text (at line {line}); save it as UTF-8",)) from error


def county_from(text: str, name: str) -> County:
    """Read and check the text of a county file as a whole.

    Args:
        name: of the file, with which each mistake begins.

    Raises:
        SettingsError: as above.
    """
    mistakes: list[str] = []
    content = _decoded(text, mistakes)
    if content is not None:
        root = Table(content, "", mistakes)
        county = county_of(root)
        root.finish()
        if not mistakes:
            return county
    raise SettingsError(tuple(f"{name}: {mistake}" for mistake in mistakes))


def tables_of(text: str) -> dict[str, object]:
    """Return the tables of a county file as TOML has them; raises ValueError or RecursionError when it is none."""
    return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))


def _decoded(text: str, mistakes: list[str]) -> dict[str, object] | None:
    """Return the file's tables; else None, having said why in `mistakes`."""
    try:
        return tables_of(text)
    except RecursionError:
        mistakes.append("is not TOML: brackets within brackets, too deep to read")
    except ValueError as error:
        # tomllib's own error carries line and column; int() refuses a number of thousands of digits without saying where.
        mistakes.append(f"is not TOML: {error}")
    return None
