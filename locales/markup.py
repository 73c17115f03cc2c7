"""Telegram HTML and the direction of text: cleaning, isolating, escaping, quoting, cutting into parts.

Invariant: text that came from a person is shown only through `cleaned`, `escape` and an isolate, all of them here, so it can
neither become markup nor turn the text around it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

PART_LIMIT: Final = 4096
"""Characters of one Telegram message after parsing; counted here in UTF-16 units, the strictest reading."""

PLAIN_LIMIT: Final = PART_LIMIT // 2
"""Characters that fit into a part whatever they are."""

MOST_MARKS: Final = 4
"""Signs over or under one letter: more than any script here needs, and few enough to stay on their line."""

WORD_JOINER: Final = "\u2060"
"""Is not seen, and keeps what stands around it from being one word of Telegram's, such as a command."""

FSI: Final = "\u2068"
PDI: Final = "\u2069"
RLM: Final = "\u200f"

_NEWLINES: Final = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_DROPPED: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but for tab and line feed
    "\ud800-\udfff"  # halves of a character
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # what turns text
    "\u206a-\u206f\ufff9-\ufffb"  # what nobody should use any more
    "\u00ad\u034f\u115f\u1160\u200b\u2060-\u2065\u2800\u3164\uffa0\U000e0000-\U000e0fff"  # what is not seen, in no script
    "]"
)
_MARK: Final = (
    "[\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_HEAP: Final = re.compile(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")
_SUSPECT: Final = re.compile(f"{_NEWLINES.pattern}|{_DROPPED.pattern}|{_MARK}|\n")
"""Whatever `cleaned` may have to do with; most texts hold none of it, and one look at each character tells."""

_GAP: Final = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_COMMAND: Final = re.compile(r"(^|\s)/(?=\w)")
_TAG: Final = re.compile(r"</?(?:b|code|pre|blockquote)>")
_CODE: Final = re.compile("(<pre>.*?</pre>)", re.DOTALL)
_DECIDES: Final = {"L", "R", "AL", "LRI", "RLI", "FSI"}
_LINE_COST: Final = 4  # a line break, a direction mark and the two ends of an isolate
_ROOM_WORTH_USING: Final = 400  # less than this is left empty rather than begin a long quotation


class Html(str):
    """Text that is Telegram HTML already; everything else is escaped before it is sent."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words, shown as a quotation that may run over several parts."""

    words: str


Block: TypeAlias = Html | Quote

NO_WORDS: Final = Quote("")
"""A quotation of nothing, which takes no line."""


def cleaned(text: str) -> str:
    """Drop what could turn, hide or overlay text, and nothing that a script needs; a gap is one empty line.

    U+180B-U+180F, U+202F, U+200C and U+200D stay: Xibe and Uyghur are written with them.
    """
    if _SUSPECT.search(text) is None:
        return text
    seen = _DROPPED.sub("", _NEWLINES.sub("\n", text))
    return _GAP.sub("\n\n", _HEAP.sub(r"\1", seen))


def on_one_line(text: str) -> str:
    """Clean what stands within a sentence: it has no line of its own."""
    return " ".join(cleaned(text).split())


def is_blank(text: str) -> bool:
    """Say whether nothing of a text can be seen."""
    return not any(unicodedata.category(char)[0] in "LNPS" for char in cleaned(text))


def escape(text: str) -> Html:
    """Make plain text safe between tags; the only place where that happens."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=False))


def bold(text: Html) -> Html:
    """Make a heading of it."""
    return Html(f"<b>{text}</b>")


def code(text: str) -> Html:
    """Show it so that one tap copies it; it stays on its line."""
    return Html(f"<code>{escape(on_one_line(text))}</code>")


def block_of_code(text: str) -> Html:
    """Show lines as they are, so that one tap copies all of them; nothing is put between their letters."""
    return Html(f"<pre>{escape(text)}</pre>")


def isolated(text: str) -> str:
    """Keep a value from mixing with the text around it; its own first letter decides its direction."""
    return type(text)(f"{FSI}{text}{PDI}")


def is_right_to_left(text: str) -> bool:
    """Say whether the first strong letter outside isolates runs to the left."""
    depth = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def runs_only_left(text: str) -> bool:
    """Say whether nothing in it, digits included, would have to run to the right."""
    return not any(unicodedata.bidirectional(char) in {"L", "EN", "AN"} for char in text)


def led_to_the_left(text: str) -> str:
    """Mark each line, of plain text or of HTML, as right-to-left that does not begin with such a letter; code stays.

    By rule P2 of Unicode's algorithm the words after a first isolate decide; but whatever shows a line may choose its side
    by the first letter within the isolate, as browsers do, and would set `CB-2026-000123` and all that follows on the left.
    """
    pieces = _CODE.split(text)
    return "".join(
        piece if place % 2 else "\n".join(_led(line) for line in piece.split("\n")) for place, piece in enumerate(pieces)
    )


def _led(line: str) -> str:
    shown = html.unescape(_TAG.sub("", line))
    if not shown.strip():
        return line
    first = next((kind for char in shown if (kind := unicodedata.bidirectional(char)) in _DECIDES), "L")
    return line if first in {"R", "AL"} else RLM + line


def visible_length(block: str) -> int:
    """Count what Telegram counts: UTF-16 units once tags and character references are gone."""
    return _units(html.unescape(_TAG.sub("", block)) if "<" in block or "&" in block else block)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_parts(part: str) -> tuple[str, ...]:
    """Return what is read of Telegram HTML, without markup, in pieces that a message holds."""
    words, pieces = html.unescape(_TAG.sub("", part)), list[str]()
    while len(words) > PLAIN_LIMIT:
        end = _safe_end(words, PLAIN_LIMIT)
        pieces.append(words[:end])
        words = words[end:]
    return (*pieces, words)


def quoted(words: str) -> Html:
    """Show cleaned words as a quotation, every line in an isolate of its own (an isolate ends with its line)."""
    lines = "\n".join(_quoted_line(line) for line in words.split("\n"))
    return Html(f"<blockquote>{lines}</blockquote>")


def _quoted_line(line: str) -> str:
    if not line.strip():
        return ""
    lead = RLM if is_right_to_left(line) else ""
    return lead + isolated(escape(line))


def shortened(words: str, characters: int, lines: int) -> tuple[str, bool]:
    """Return the beginning of cleaned words, and whether anything was left out."""
    head = "\n".join(words.split("\n")[:lines])
    if len(head) > characters:
        head = head[: _safe_end(head, characters)].rstrip()
    return head, len(head) < len(words)


def paginate(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Lay blocks out, one under the other, over as few parts as hold them; nothing is lost.

    A command in somebody's words cannot be tapped: whoever reads it would send it.
    """
    untappable = [_untappable(block) if isinstance(block, Quote) else block for block in blocks]
    shown = (quoted(block.words) if isinstance(block, Quote) else block for block in untappable if block != NO_WORDS)
    part = "\n".join(shown).strip("\n")
    if len(part) <= PLAIN_LIMIT:  # as nearly every message: nothing need be counted
        return (part,) if part else ()
    pages = _Pages()
    for block in untappable:
        if isinstance(block, Quote):
            pages.add_quote(block.words)
        else:
            pages.add(block)
    return pages.finish()


def _untappable(quote: Quote) -> Quote:
    return Quote(_COMMAND.sub(rf"\1/{WORD_JOINER}", cleaned(quote.words).strip()))


class _Pages:
    """Parts being filled; `used` counts the current one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines: list[str] = []
        self._used = 0

    def add(self, block: Html) -> None:
        cost = visible_length(block) + 1
        if self._used + cost > PART_LIMIT:
            self._turn()
        if block or self._lines:
            self._lines.append(block)
            self._used += cost

    def add_quote(self, words: str) -> None:
        while words:
            room = PART_LIMIT - self._used - 1
            if room < _ROOM_WORTH_USING and _quoted_cost(words) > room:
                self._turn()
                continue
            head, words = _cut(words, room)
            self.add(quoted(head))

    def finish(self) -> tuple[str, ...]:
        self._turn()
        return tuple(self._parts)

    def _turn(self) -> None:
        part = "\n".join(self._lines).strip("\n")
        if part:
            self._parts.append(part)
        self._lines, self._used = [], 0


def _quoted_cost(words: str) -> int:
    return _units(words) + _LINE_COST * (words.count("\n") + 1)


def _cut(words: str, room: int) -> tuple[str, str]:
    """Split so that the first piece, quoted, fits into `room`; between lines or words where that can be."""
    end, used = 0, 0
    while end < len(words):
        stop = words.find("\n", end)
        stop = len(words) if stop < 0 else stop
        cost = _quoted_cost(words[end:stop])
        if used + cost > room:
            break
        used, end = used + cost, stop + 1
    if end >= len(words):
        return words, ""
    if end == 0:
        # UTF-16 units are at most twice the characters, so this always fits.
        fitting = room - _LINE_COST
        end = _safe_end(words, fitting - sum(char > "\uffff" for char in words[:fitting]))
    return words[:end].rstrip("\n"), words[end:].lstrip("\n")


def _safe_end(words: str, end: int) -> int:
    """Move an end back to a space not far away, else at least out of the middle of a written character."""
    space = words.rfind(" ", max(1, end - 80), end)
    if space > 0:
        return space + 1
    while end > 1 and _hangs_on(words[end - 1 : end + 1]):
        end -= 1
    return end


def _hangs_on(pair: str) -> bool:
    return unicodedata.category(pair[-1]).startswith("M") or "\u200d" in pair
