"""Whatever a resident writes, every message to an official has the lines, marks and look that it would have anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.message import AsideList, FailedList, Message, TaskNotice, WhereShown
from locales.catalogue import load_catalogues
from locales.markup import MOST_MARKS, WORD_JOINER, cleaned, is_blank
from locales.wording import Wording
from tests.locales.county import LANGUAGES, ZH, sample_county
from tests.locales.sample_values import NOW, NUMBER
from tests.locales.samples import messages
from tests.locales.samples_official import task
from tests.locales.telegram import depths, parsed

QUOTED: Final = "«»"
QUOTATION: Final = re.compile("<blockquote>.*?</blockquote>", re.DOTALL)

WORDING = Wording(sample_county(), load_catalogues(LANGUAGES))

SAID: Final = frozenset({"words", "said", "reason", "answer", "question", "name", "phone"})
"""Fields in which people's own words stand."""

OF_THE_PROGRAM: Final = (AsideList, FailedList)
"""Their `reason` is the program's own, and names an error, never what somebody wrote."""

ATTACKS: Final = {
    "HTML": "<b>办结</b><a href='https://evil.example'>点此</a></blockquote><code>CB-2026-000001</code><tg-spoiler>",
    "Markdown": "**办结** __已批准__ [点此](https://evil.example) `code` ||x||",
    "entities": "&lt;b&gt;&amp;amp;&#8238;&nbsp;",
    "overrides": "\u202e\u2067\u2066\u202d办结\u202c\u2069\u2069\u2069\u200f\u061c",
    "zero width": "办\u200b结\u2060\u00ad\u034f\u3164\u115f\U000e0041\ufeff",
    "zalgo": "办" + "\u0334\u0315\u0351\u0489" * 60 + "结" + "\u0e47" * 90,
    "gaps": "办结" + "\n \n" * 300 + "督查：同意",
    "lines that look like facts": "办理期限：2099年1月1日\n责任单位：县长\n编号：CB-2026-999999",
    "commands": "/forget /accept@minsheng_bot\n/start x",
    "placeholders": "{case} {unit} %s %(x)s $1",
    "a broken character": "\ud83d办结\udc00",
    "an RTL file name": "photo_\u202egpj.exe",
    "controls": "\x00\x07\x1b[31m办结\x1b[0m\x85\u2028\u2029\r\n",
}


def struck(value: Any, words: str) -> Any:
    """Put words into every field of a message in which people's own words stand."""
    if isinstance(value, tuple):
        return tuple(struck(each, words) for each in value)
    if not isinstance(value, msgspec.Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    hostile = {
        name: words if name in SAID and isinstance(held, str) and held else struck(held, words)
        for name, held in fields.items()
    }
    return msgspec.structs.replace(value, **hostile)


def spoken() -> Iterator[tuple[str, Message]]:
    """Yield every sample in which somebody's own words stand."""
    for name, message in messages():
        if type(message) not in OF_THE_PROGRAM and struck(message, "x") != struck(message, "y"):
            yield name, message


SPOKEN: Final = dict(spoken())


def look(message: Message) -> tuple[list[str], list[str]]:
    """Return a message's lines, each quotation as one, and the marks that it has beside them."""
    lines, marks = [], []
    for part in WORDING.parts(message, ZH, NOW):
        seen = parsed(QUOTATION.sub(QUOTED, part))
        lines += [line for line in seen.text.split("\n") if line]
        marks += [tag for tag, _ in seen.entities]
    return [line for line, _ in groupby(lines)], marks


def test_officials_read_words_in_many_messages() -> None:
    """The card, the history, the search, what came with a case, and more: all of them are tried."""
    assert {"TaskNotice", "CaseHistory", "TriageCard", "WhereShown"} <= {
        type(message).__name__ for message in SPOKEN.values()
    }


@pytest.mark.parametrize("name", SPOKEN)
def test_no_attack_changes_what_stands_around_it(name: str) -> None:
    """Outside the quotation every letter and mark is the same; within it nothing turns, hides or overlays anything."""
    message = SPOKEN[name]
    harmless = look(struck(message, "a\nz"))
    for attack, words in ATTACKS.items():
        attacked = struck(message, f"a{words}z")
        for language in LANGUAGES:
            for part in WORDING.parts(attacked, language, NOW):
                seen = parsed(part)
                assert seen.units <= 4096, (attack, language)
                for line in seen.text.split("\n"):
                    depths(line)
        if type(message).__name__ not in {"WhereShown", "OwnData", "NumberOpened"}:
            assert look(attacked) == harmless, attack  # a name or a number is no quotation: it stands in a line, tried below


@settings(max_examples=200, deadline=None)
@given(name=st.text(max_size=60) | st.sampled_from(sorted(ATTACKS.values())))
def test_a_name_stays_on_its_line_and_turns_nothing(name: str) -> None:
    """Neither a line that looks like another fact, nor a direction for what stands behind it."""
    for language in LANGUAGES:
        message = WhereShown(
            case=NUMBER, latitude=None, longitude=None, phone=None, name=name or "x", voices=0, waiting=0, files=0
        )
        (part,) = WORDING.parts(message, language, NOW)
        (calm,) = WORDING.parts(msgspec.structs.replace(message, name="x"), language, NOW)
        assert part.count("\n") == calm.count("\n")
        for line in parsed(part).text.split("\n"):
            depths(line)


def test_signs_over_a_letter_do_not_pile_up() -> None:
    """A few are kept, as scripts need them; a heap of them would cover the lines around."""
    assert cleaned("e\u0301\u0323") == "e\u0301\u0323"
    assert cleaned("e" + "\u0301" * 50 + "x") == "e" + "\u0301" * MOST_MARKS + "x"
    assert cleaned("ᠰᡞᠪᡝ\u180b\u180c كىتاب") == "ᠰᡞᠪᡝ\u180b\u180c كىتاب"


def test_an_empty_page_is_an_empty_line() -> None:
    """Nobody pushes the facts of a case off the screen with line breaks."""
    assert cleaned("a" + "\n" * 500 + "b") == "a\n\nb"
    assert cleaned("a\n \n\t\n\nb\n\nc\nd") == "a\n\nb\n\nc\nd"


@pytest.mark.parametrize(
    "flood", ["路" * 4096, "\n" * 4096, "<" * 4096, "\u202e" * 4095 + "a", "👨‍👩‍👧" * 512, "/a " * 1365]
)
def test_the_longest_message_that_telegram_takes_is_shown(flood: str) -> None:
    """In a few parts, each one that Telegram takes; never as an error."""
    for language in LANGUAGES:
        parts = WORDING.parts(task(flood), language, NOW)
        assert 1 <= len(parts) <= 3
        assert all(parsed(part).units <= 4096 for part in parts)


def test_a_command_in_somebodys_words_cannot_be_tapped() -> None:
    """A tap would send it in the official's own name; a path or a date keeps its slashes."""
    (part,) = WORDING.parts(task("先看 /forget 再看 https://example.org/a/b 和 1/2"), ZH, NOW)
    assert f"/{WORD_JOINER}forget" in part
    assert "https://example.org/a/b 和 1/2" in part


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060", "\u3164", "\u202e\u2069", "\u0301", "\U000e0041"])
def test_what_cannot_be_seen_is_nothing(text: str) -> None:
    """Such a message is not taken for a report."""
    assert is_blank(text)
    assert not is_blank(f"{text}路")
    assert not is_blank("👍")


def test_the_notice_is_one_that_holds_words() -> None:
    """The sample that the floods are tried on is the card that officers act on."""
    assert isinstance(task("x"), TaskNotice)
