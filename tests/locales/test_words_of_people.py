"""A person's own words: shown whole and as they are, and without any power over the text around them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.identity import Language
from bot.rules.message import Message
from locales.catalogue import load_catalogues
from locales.markup import _SUSPECT, FSI, PDI, Block, Html, Quote, cleaned, escape, paginate, quoted, visible_length
from locales.wording import Label, Wording
from tests.locales.county import LANGUAGES, UG, ZH, sample_county
from tests.locales.sample_values import NOW, UYGHUR_WORDS, WORDS
from tests.locales.samples_draft import draft
from tests.locales.samples_official import task
from tests.locales.samples_resident import rating_question
from tests.locales.telegram import depths, parsed

WORDING = Wording(sample_county(), load_catalogues(LANGUAGES))

CONTROLS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u061c\ufeff\x00\x07\x1b\x85\u2028\u2029\r\n\t"
TAGS = ("<b>", "</b>", "</blockquote>", "<code>", "&lt;", "&amp;", "&#8297;", "{case}", "<", ">", "&", '"', "{", "}")
NASTY = st.sampled_from([*CONTROLS, *TAGS, " ", "CB-2026-000001", "شىكايەت", "ᠰᡞᠪᡝ", "😀", "路"])
PEOPLES_WORDS = st.lists(st.one_of(st.text(max_size=20), NASTY), max_size=40).map("".join)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u061c\u200e\ufeff"


def around(text: str, words: str) -> list[Message]:
    """Make the messages that repeat a person's words."""
    return [draft(text + words), task(text + words), rating_question(text + words)]


@settings(max_examples=150, deadline=None)
@given(words=PEOPLES_WORDS, language=st.sampled_from(LANGUAGES))
def test_nobody_breaks_out_of_the_quotation(words: str, language: Language) -> None:
    """Whatever is written, the message is valid HTML with one quotation, and every line's isolates end on it."""
    for message in around("x", words):
        (part,) = WORDING.parts(message, language, NOW)
        seen = parsed(part)
        assert len(seen.all("blockquote")) == 1
        assert not [char for char in seen.text if char in TURNING]
        for line in seen.text.split("\n"):
            depths(line)
        for line in seen.all("blockquote")[0].split("\n"):
            assert not line or (line.lstrip("\u200f")[0], line[-1]) == (FSI, PDI)


@settings(max_examples=150, deadline=None)
@given(words=PEOPLES_WORDS)
def test_the_text_around_the_words_is_the_same_whatever_they_are(words: str) -> None:
    """Nothing outside the quotation changes: no heading, no fact, no bracket."""

    def outside(text: str) -> str:
        (part,) = WORDING.parts(task(text), ZH, NOW)
        head, _, tail = part.partition("<blockquote>")
        return head + tail.rpartition("</blockquote>")[2]

    assert outside("x" + words) == outside("x")


@settings(max_examples=100, deadline=None)
@given(value=PEOPLES_WORDS, language=st.sampled_from(LANGUAGES))
def test_a_value_on_a_button_stays_on_its_line(value: str, language: Language) -> None:
    """Buttons are plain text: nothing to escape, but neither a new line nor a turn."""
    text = WORDING.label(Label.PICK_CATEGORY, language, value=value)
    assert not set(text) & (set(TURNING) | set("\n\r\t\x00"))
    depths(text)


@pytest.mark.parametrize(
    "kept", ["\u180b\u180c\u180d\u180e\u180f", "\u202f", "\u200c\u200d", "ᠰᡞᠪᡝ ᡤᡞᠰᡠᠨ", "👨\u200d👩\u200d👧", "ﬁ", "e\u0301"]
)
def test_what_scripts_are_written_with_is_kept(kept: str) -> None:
    """Xibe, Uyghur and emoji lose nothing, and nothing is normalised."""
    assert cleaned(f"a{kept}b") == f"a{kept}b"


def test_every_kind_of_line_break_is_one() -> None:
    """Otherwise a word could begin a new paragraph within an isolate and leave it."""
    assert cleaned("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x1ch") == "a\nb\nc\nd\ne\nf\ng\nh"
    assert not [
        char
        for char in map(chr, range(0x110000))
        if unicodedata.bidirectional(char) == "B" and char in cleaned(char) and char != "\n"
    ]


def test_each_line_has_its_own_direction() -> None:
    """Uyghur lines begin on the right wherever they are read, Chinese ones on the left."""
    shown = parsed(quoted(f"{UYGHUR_WORDS}\n\n{WORDS}")).text
    assert shown == f"\u200f{FSI}{UYGHUR_WORDS}{PDI}\n\n{FSI}{WORDS}{PDI}"


def test_escaping_happens_once() -> None:
    """What is HTML already is left alone, everything else is made safe."""
    assert escape("<b>&") == "&lt;b&gt;&amp;"
    assert escape(escape("<b>&")) == "&lt;b&gt;&amp;"
    assert visible_length(escape("<b>&") + "<b>x</b>") == 5


def test_empty_words_make_no_quotation() -> None:
    """Nothing but spaces and controls is nothing to quote."""
    assert paginate([Html("a"), Quote(" \u202e\n "), Html("b")]) == ("a\nb",)


def test_what_is_let_through_unread_has_nothing_to_be_cleaned() -> None:
    """One look at each character tells which texts are as they should be; no other rule would have changed them."""
    unsuspected = "".join(char for char in map(chr, range(0x110000)) if _SUSPECT.search(char) is None)
    assert len(unsuspected) > 1_000_000
    cleaned_by_every_rule = cleaned(f"{unsuspected}\n").removesuffix("\n")  # a line feed is looked into
    assert cleaned_by_every_rule == unsuspected


BLOCKS = st.lists(
    st.one_of(st.sampled_from([Html(""), Html("<b>&lt;</b>"), Html("a\nb")]), PEOPLES_WORDS.map(Quote)), max_size=8
)
FULL = Html("x" * 4096)


@settings(max_examples=200, deadline=None)
@given(blocks=BLOCKS)
def test_a_message_reads_the_same_whether_or_not_its_length_is_counted(blocks: list[Block]) -> None:
    """Short ones are laid out at once; before a part that is full by itself they are counted, and come out the same."""
    assert paginate([*blocks, FULL]) == (*paginate(blocks), FULL)


def unquoted(parts: tuple[str, ...]) -> str:
    """Return the words of all quotations, one after the other, as they were cleaned."""
    quotes = [quote for part in parts for quote in parsed(part).all("blockquote")]
    return "".join(quotes).translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069\n ")))


LONG = st.lists(
    st.sampled_from(["路", "طوق ", "😀", "word ", "\n", "e\u0301", "&<", "x" * 300, "行\n" * 200]),
    min_size=600,
    max_size=1_500,
)


@settings(max_examples=8, deadline=None)
@given(words=LONG.map("".join), language=st.sampled_from(LANGUAGES))
def test_a_long_report_runs_over_several_parts_and_loses_nothing(words: str, language: Language) -> None:
    """An officer reads every word; each part is a message that Telegram takes."""
    parts = WORDING.parts(task(words), language, NOW)
    assert all(parsed(part).units <= 4096 for part in parts)
    assert unquoted(parts) == words.replace("\n", "").replace(" ", "")


def test_parts_are_well_filled() -> None:
    """Nine thousand characters are three messages, not ten."""
    assert len(WORDING.parts(task("路" * 9_000), ZH, NOW)) == 3


def test_a_written_character_is_not_cut_in_two() -> None:
    """A letter stays with its accent, and a family of emoji stays together, at the end of a part."""
    for parts in (WORDING.parts(task("e\u0301" * 5_000), ZH, NOW), WORDING.parts(task("👨\u200d👩" * 2_500), ZH, NOW)):
        assert len(parts) > 1
        for quote in (quote for part in parts for quote in parsed(part).all("blockquote")):
            inside = quote.strip("\u2068\u2069")
            assert inside[0] in "e👨"
            assert inside[-1] in "\u0301👩"


@pytest.mark.parametrize("ahead", range(6))
def test_a_part_ends_between_words_where_it_can(ahead: int) -> None:
    """A reader does not find half a word at the end of a message, wherever its end falls."""
    first, second = WORDING.parts(task("x" * ahead + " " + "kitab " * 900), UG, NOW)
    assert parsed(first).all("blockquote")[0].rstrip("\u2069 ").endswith("kitab")
    assert parsed(second).all("blockquote")[0].strip("\u2068").startswith("kitab")


def test_a_draft_shows_the_beginning_of_a_long_report_and_says_how_long_it_is() -> None:
    """The card stays one message, and the resident sees that nothing was cut from what is sent."""
    (part,) = WORDING.parts(draft("路" * 3_120), ZH, NOW)
    seen = parsed(part)
    assert seen.all("blockquote")[0].endswith(f"路…{PDI}")
    assert "（共 3120 字）" in seen.text
    assert len(seen.text) < 1_000
    (part,) = WORDING.parts(draft("行\n" * 500), ZH, NOW)
    assert parsed(part).all("blockquote")[0].count("\n") == 11


def test_a_short_draft_is_shown_whole() -> None:
    """Nothing is said about its length."""
    (part,) = WORDING.parts(draft(WORDS), ZH, NOW)
    assert WORDS in part
    assert "…" not in part
