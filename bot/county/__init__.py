"""The county file: TOML in, a `County` of which every value and reference has been checked, or every mistake at once.

The file is decoded with tomllib and read by a small reader of our own (`bot.county.table`). msgspec would give the types for
nothing, but it stops at the first mistake of a table and cannot follow a reference from one table to another; whoever writes
a county file should see all that is wrong with it in one go, in words that name the place.

Invariant: a `County` that leaves this package has no mistake in it; with a mistake there is no `County`.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.county.sections import county_of
from bot.county.table import Table
from bot.errors import SettingsError
from bot.rules.county import County
from bot.rules.fault import Fault, Mistake, Reason, because

__all__ = ["checked", "county_from", "read_county", "sample_county_path", "tables_of", "text_of", "text_or_mistake"]

BYTE_ORDER_MARK = "\ufeff"
"""What some editors leave in front; TOML itself does not allow it."""

_AT: Final = re.compile(r"(?P<error>.*) \(at line (?P<line>[0-9]+), column (?P<column>[0-9]+)\)", re.DOTALL)
"""How tomllib says where it could not read on."""


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
    text = text_or_mistake(path)
    if isinstance(text, Mistake):
        raise SettingsError((f"{path.name}: {text}",))
    return text


def text_or_mistake(path: Path) -> str | Mistake:
    """Read a county file as the text that it is, or say why it is none."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        return Mistake("", because(Fault.UNREADABLE, error=error.strerror or type(error).__name__))
    except UnicodeDecodeError as error:
        return Mistake("", because(Fault.NO_UTF8, line=str(error.object.count(b"\n", 0, error.start) + 1)))


def county_from(text: str, name: str) -> County:
    """Read and check the text of a county file as a whole.

    Args:
        name: of the file, with which each mistake begins.

    Raises:
        SettingsError: as above.
    """
    found = checked(text)
    if isinstance(found, County):
        return found
    raise SettingsError(tuple(f"{name}: {mistake}" for mistake in found))


def checked(text: str) -> County | tuple[Mistake, ...]:
    """Read and check the text of a county file as a whole, and return all that is wrong with it where anything is."""
    mistakes: list[Mistake] = []
    content = _decoded(text, mistakes)
    if content is not None:
        root = Table(content, "", mistakes)
        county = county_of(root)
        root.finish()
        if not mistakes:
            return county
    return tuple(mistakes)


def tables_of(text: str) -> dict[str, object]:
    """Return the tables of a county file as TOML has them; raises ValueError or RecursionError when it is none."""
    return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))


def _decoded(text: str, mistakes: list[Mistake]) -> dict[str, object] | None:
    """Return the file's tables; else None, having said why in `mistakes`."""
    try:
        return tables_of(text)
    except RecursionError:
        mistakes.append(Mistake("", because(Fault.TOO_DEEP)))
    except ValueError as error:
        # tomllib's own error carries line and column; int() refuses a number of thousands of digits without saying where.
        mistakes.append(Mistake("", _no_toml(str(error))))
    return None


def _no_toml(said: str) -> Reason:
    """Give the reason that TOML's own reader gives; where it says so, with its place."""
    found = _AT.fullmatch(said)
    if found is None:
        return because(Fault.NO_TOML, error=said)
    return because(Fault.NO_TOML_AT, error=found["error"], line=found["line"], column=found["column"])
