"""`.env`: lines of KEY=VALUE. Quotes around a value, `export` in front and comments are allowed; nothing is expanded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")
_COMMENT: Final = re.compile(r"(^|\s+)#")


def read_env_file(path: Path, mistakes: list[str]) -> dict[str, str]:
    """Return what a file sets; nothing where there is no such file.

    Args:
        mistakes: gets a line for each that is none of KEY=VALUE, by its number, or says why the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        mistakes.append(f"{path.name}: cannot be read: {error.strerror or type(error).__name__}")
        return {}
    except UnicodeDecodeError:
        mistakes.append(f"{path.name}: is not UTF-8 text")
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        setting = _LINE.fullmatch(line)
        value = _unquoted(setting["value"]) if setting else None
        if setting is None or value is None:
            mistakes.append(
                f"{path.name}: line {number} is not KEY=VALUE (a value with quotes in it goes between the other kind)"
            )
        else:
            found[setting["name"]] = value
    return found


def _unquoted(text: str) -> str | None:
    """Return a value without its quotes and the comment behind it; None when a quote does not close, or too early."""
    quote = text[:1]
    if quote not in {"'", '"'}:
        return _COMMENT.split(text, maxsplit=1)[0]
    value, closing, rest = text[1:].partition(quote)
    return value if closing and _COMMENT.split(rest, maxsplit=1)[0] == "" else None
