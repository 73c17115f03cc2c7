"""HTML becomes text and entities as on the real server, or a refusal that says where it is broken."""

from __future__ import annotations

import pytest

from bot.sandbox.markup import found_entities, parse_html, trim
from bot.sandbox.refusal import Refusal


def _marks(source: str) -> list[tuple[object, object, object]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("<b>路灯</b>", "路灯", [("bold", 0, 2)]),
        ("👋<i>x</i>", "👋x", [("italic", 2, 1)]),
        ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
        ("<s>x</s> <code>&lt;y&gt;</code>", "x <y>", [("strikethrough", 0, 1), ("code", 2, 3)]),
        ("<blockquote>q</blockquote><tg-spoiler>z</tg-spoiler>", "qz", [("blockquote", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("a &amp; b &#39; &nbsp; 5 > 3", "a & b ' &nbsp; 5 > 3", []),
        ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_markup_becomes_entities(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    """Offsets count UTF-16 units of the text that is left."""
    assert parse_html(source)[0] == text
    assert _marks(source) == marks


def test_a_link_keeps_its_address_and_code_its_language() -> None:
    """Attributes travel with the entity."""
    assert parse_html('<a href="https://t.me/x?start=a&amp;b">x</a>')[1][0]["url"] == "https://t.me/x?start=a&b"
    assert parse_html('<pre><code class="language-sql">x</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "sql"}
    ]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("路<b>x</i></b>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
        ("3 < 5", "Unclosed start tag at byte offset 2"),
    ],
)
def test_broken_markup_is_refused(source: str, why: str) -> None:
    """The server names the place in bytes."""
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


def test_commands_and_links_are_found_in_plain_text() -> None:
    """A path is no command, and a link is one entity."""
    assert [entity["type"] for entity in found_entities("/start, a/b, https://t.me/x?start=1")] == ["bot_command", "url"]


def test_trimming_clips_entities_that_reach_into_white_space() -> None:
    """What is cut off carries no mark."""
    entity: dict[str, object] = {"type": "bold", "offset": 0, "length": 4}
    assert trim("  x ", [entity]) == ("x", [{"type": "bold", "offset": 0, "length": 1}])
