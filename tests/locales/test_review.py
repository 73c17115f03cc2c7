"""A catalogue goes to a reviewer as a table and comes back; what comes back is shown, unless it would break a message."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.rules.identity import Language
from locales.catalogue import UNREVIEWED, packaged
from locales.pofile import PoEntry, PoFile, parse, serialize
from locales.review import Coverage, coverage, overlaid, taken_up, written
from tests.support.builders import LANGUAGES, SJO, UG, ZH

CHINESE = parse(packaged(ZH))
XIBE = parse(packaged(SJO))
UYGHUR = parse(packaged(UG))
CHECK = "Please check, nothing is sent yet"
FEW = PoFile(XIBE.header, tuple(each for each in XIBE.entries if each.key[1] == CHECK or each.key[1].startswith("Please")))
"""A catalogue of a few sentences: what is in a cell does not depend on how many others there are."""


def table(file: PoFile) -> list[dict[str, str]]:
    """Read the table that a reviewer gets."""
    return list(csv.DictReader(io.StringIO(written(file, CHINESE), newline="")))


def text_of(rows: list[dict[str, str]]) -> str:
    """Write a table as a reviewer gives it back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def filled(sentence: str, translation: str, reviewed: str = "yes", file: PoFile = XIBE) -> str:
    """Fill in one sentence of the Xibe table."""
    rows = table(file)
    (row,) = [row for row in rows if row["sentence"] == sentence]
    row["translation"], row["reviewed"] = translation, reviewed
    return text_of(rows)


def entry(file: PoFile, sentence: str) -> PoEntry:
    """Find a sentence."""
    return next(each for each in file.entries if each.key[1] == sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_back_unchanged_changes_nothing(language: Language) -> None:
    """As a table, and as gettext; also sentences of many lines, in every script."""
    file = parse(packaged(language))
    assert taken_up(language, written(file, CHINESE), file) == file
    assert taken_up(language, serialize(file), file) == file


def test_the_chinese_stands_beside_each_sentence() -> None:
    """A reviewer need not read English; in which place a sentence stands is explained."""
    row = next(row for row in table(XIBE) if row["sentence"] == CHECK)
    assert row["chinese"] == entry(CHINESE, row["sentence"]).forms[0]
    assert row["explanation"]


def test_a_sentence_that_a_reviewer_fills_in_is_taken_up_and_counted() -> None:
    """With the mark of a native reader, or still without it."""
    signed = taken_up(SJO, filled(CHECK, "ᠪᠠᡞᡨᠠ"), XIBE)
    assert entry(signed, CHECK).forms == ("ᠪᠠᡞᡨᠠ",)
    before, after = coverage(XIBE), coverage(signed)
    assert after == Coverage(before.sentences, before.translated + 1, before.reviewed + 1)
    unsigned = taken_up(SJO, filled(CHECK, "ᠪᠠᡞᡨᠠ", ""), XIBE)
    assert coverage(unsigned) == Coverage(before.sentences, before.translated + 1, before.reviewed)


def test_signing_off_takes_the_mark_away() -> None:
    """The words stay; they are no longer called unreviewed."""
    rows = table(UYGHUR)
    rows[0]["reviewed"] = "是"
    signed = taken_up(UG, text_of(rows), UYGHUR)
    assert UNREVIEWED in UYGHUR.entries[0].notes
    assert UNREVIEWED not in signed.entries[0].notes
    assert signed.entries[0].forms == UYGHUR.entries[0].forms


def test_what_is_left_empty_stays_as_it_was() -> None:
    """A reviewer who deletes a cell by accident deletes nothing."""
    rows = table(UYGHUR)
    rows[0]["translation"] = ""
    assert taken_up(UG, text_of(rows), UYGHUR).entries[0] == UYGHUR.entries[0]


@pytest.mark.parametrize(
    ("brought", "part"),
    [
        (filled("Number: {case}", "ᠪᠠᡞᡨᠠ"), "placeholders"),
        (filled("Number: {case}", "<b>{case}</b>"), "markup"),
        (filled("Number: {case}", "{case} <"), "markup"),
        (filled("Number: {case}", "{case}").replace("Number: {case}", "No such sentence: {case}"), "does not say"),
        ("a,b\r\n1,2\r\n", "has no column"),
        ('msgid ""\nmsgstr ""\n\nno catalogue\n', "sjo: "),
    ],
)
def test_what_would_break_a_message_is_refused_whole(brought: str, part: str) -> None:
    """With one line for each mistake."""
    with pytest.raises(SettingsError) as caught:
        taken_up(SJO, brought, XIBE)
    assert part in " ".join(caught.value.mistakes)


@given(st.text(st.characters(codec="utf-8", exclude_characters="{}<>\r\x00"), min_size=1).filter(str.strip))
def test_whatever_a_reviewer_writes_comes_back_as_written(words: str) -> None:
    """Quotes, commas, line feeds, and what an office program would take for a formula."""
    made = taken_up(SJO, filled(CHECK, words, file=FEW), FEW)
    again = taken_up(SJO, written(made, CHINESE), FEW)
    assert entry(again, CHECK).forms == (words,)


def test_no_cell_begins_like_a_formula() -> None:
    """Whoever opens the table opens text, whatever stands in a catalogue."""
    made = taken_up(SJO, filled(CHECK, "=1+1"), XIBE)
    cells = [cell for row in table(made) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_countys_own_words_lie_over_those_of_the_program() -> None:
    """What the county says counts; what it lacks, and what the program says anew, stays the program's."""
    own = PoFile(XIBE.header, (taken_up(SJO, filled(CHECK, "ᠪᠠᡞᡨᠠ"), XIBE).entries[-1], *XIBE.entries[:1]))
    made = overlaid(XIBE, taken_up(SJO, filled(CHECK, "ᠪᠠᡞᡨᠠ"), XIBE))
    assert entry(made, CHECK).forms == ("ᠪᠠᡞᡨᠠ",)
    assert len(overlaid(XIBE, own).entries) == len(XIBE.entries)
    assert overlaid(XIBE, PoFile(XIBE.header, ())) == XIBE
