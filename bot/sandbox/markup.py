"""Formatted text: HTML in, plain text and entities out.

Invariant: offsets and lengths count UTF-16 code units, as clients do.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.refusal import JsonObject, Refusal, bad_request

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
}  # fmt: skip
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>|(?P<stray><)")
_ATTRIBUTE = re.compile(r"""\s+([A-Za-z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"'،。，；\u2066-\u2069]+|(?<![\w.])t\.me/[^\s<>\"'،。，；\u2066-\u2069]+")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units the text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    start: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Parse:
    """What was read so far."""

    source: str
    pieces: list[str] = field(default_factory=list)
    units: int = 0
    open_tags: list[_Open] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)

    def add(self, raw: str) -> None:
        if raw:
            text = _ENTITY.sub(lambda m: html.unescape(m.group()), raw) if "&" in raw else raw
            self.pieces.append(text)
            self.units += utf16_length(text)

    def byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def start(self, name: str, rest: str, at: int) -> None:
        attributes = {m[1].lower(): html.unescape((m[2] or "").strip("\"'")) for m in _ATTRIBUTE.finditer(rest)}
        is_known = name in _TAGS and (name != "span" or attributes.get("class") == "tg-spoiler")
        if not is_known:
            raise _broken(f'Unsupported start tag "{name}" at byte offset {self.byte(at)}')
        self.open_tags.append(_Open(name, self.units, attributes))

    def end(self, name: str, at: int) -> None:
        if not self.open_tags:
            raise _broken(f"Unexpected end tag at byte offset {self.byte(at)}")
        tag = self.open_tags.pop()
        if name != tag.name:
            raise _broken(f'Unmatched end tag at byte offset {self.byte(at)}, expected "</{tag.name}>", found "</{name}>"')
        if self.units > tag.start:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: JsonObject = {"type": _TAGS[tag.name], "offset": tag.start, "length": self.units - tag.start}
        if tag.name == "a":
            if not tag.attributes.get("href"):
                return
            entity["url"] = tag.attributes["href"]
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
            entity["language"] = tag.attributes["class"].removeprefix("language-")
        elif tag.name == "pre":
            self._join_code(entity)
        self.entities.append(entity)

    def _join_code(self, pre: JsonObject) -> None:
        """Make `<pre><code class="language-x">` one entity, as the real server does."""
        last = self.entities[-1] if self.entities else {}
        if last.get("type") == "code" and (last["offset"], last["length"]) == (pre["offset"], pre["length"]):
            self.entities.pop()
            if "language" in last:
                pre["language"] = last["language"]


def _broken(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Split HTML into text and entities, outer before inner.

    Raises:
        Refusal: a tag is unknown, not closed, or closed in the wrong order.
    Source: Bot API, section "HTML style".
    """
    parse = _Parse(source)
    position = 0
    for token in _TOKEN.finditer(source):
        parse.add(source[position : token.start()])
        position = token.end()
        if token["stray"]:
            raise _broken(f"Unclosed start tag at byte offset {parse.byte(token.start())}")
        name = token["name"].lower()
        if token["close"]:
            parse.end(name, token.start())
        else:
            parse.start(name, token["rest"], token.start())
    parse.add(source[position:])
    if parse.open_tags:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{parse.open_tags[-1].name}"')
    for entity in parse.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return trim("".join(parse.pieces), parse.entities)


def trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Cut white space at both ends, as the server does, and clip the entities to what is left."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    kept: list[JsonObject] = []
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if isinstance(offset, int) and isinstance(length, int):
            start, stop = max(offset - left, 0), min(offset - left + length, end)
            if stop > start:
                kept.append({**entity, "offset": start, "length": stop - start})
    kept.sort(key=_outer_first)
    return text, kept


def _outer_first(entity: JsonObject) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    return (offset, -length) if isinstance(offset, int) and isinstance(length, int) else (0, 0)


def found_entities(text: str) -> list[JsonObject]:
    """Return the commands and links that the server finds by itself in plain text."""
    if "/" not in text:
        return []
    found: list[JsonObject] = []
    taken: list[range] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND)):
        for match in pattern.finditer(text):
            if not any(match.start() in span for span in taken):
                taken.append(range(match.start(), match.end()))
                found.append(
                    {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group())}
                )
    found.sort(key=_outer_first)
    return found


def with_found(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """Add what the server finds by itself where the sender marked nothing."""
    found = found_entities(text)
    if not found or not entities:
        return entities or found
    spans = [_span(entity) for entity in entities if entity["type"] in {"text_link", "code", "pre", "url"}]
    free = [entity for entity in found if not any(_meet(_span(entity), span) for span in spans)]
    return sorted([*entities, *free], key=_outer_first)


def _span(entity: JsonObject) -> tuple[int, int]:
    start, negative_length = _outer_first(entity)
    return start, start - negative_length


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
