"""Reading a message the way Telegram does: its HTML subset, strictly, and the isolates in what is left."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)(b|code|pre|blockquote)>|&(lt|gt|amp);|([^<>&])", re.DOTALL)


@dataclass(frozen=True)
class Parsed:
    """What a reader sees: the text, and the content of each entity by its tag."""

    text: str
    entities: tuple[tuple[str, str], ...]

    def all(self, tag: str) -> list[str]:
        """Return the contents of all entities of one tag."""
        return [content for name, content in self.entities if name == tag]

    @property
    def units(self) -> int:
        """Return the length as Telegram counts it."""
        return len(self.text.encode("utf-16-le")) // 2


def parsed(source: str) -> Parsed:
    """Parse Telegram HTML; anything Telegram might refuse is an error here."""
    text, at = "", 0
    opened: list[tuple[str, int]] = []
    entities: list[tuple[str, str]] = []
    while at < len(source):
        token = _TOKEN.match(source, at)
        assert token is not None, f"not Telegram HTML: {source[at : at + 20]!r}"
        closing, tag, _, char = token.groups()
        if char is not None:
            text += char
        elif tag is None:
            text += html.unescape(token.group())
        elif closing:
            name, begin = opened.pop()
            assert name == tag, f"</{tag}> closes <{name}>"
            entities.append((tag, text[begin:]))
        else:
            assert tag not in {"code", "pre"} or not opened, "code stands in another entity"
            opened.append((tag, len(text)))
        at = token.end()
    assert not opened, f"never closed: {opened}"
    return Parsed(text, tuple(entities))


def depths(line: str) -> list[int]:
    """Return, for each character of a line, how many isolates it stands in; the marks themselves count outside."""
    depth, found = 0, []
    for char in line:
        if char == "\u2069":
            depth -= 1
            assert depth >= 0, f"an isolate is closed that is not open: {line!r}"
        found.append(depth)
        if char in "\u2066\u2067\u2068":
            depth += 1
    assert depth == 0, f"an isolate is open at the end of its line: {line!r}"
    return found
