"""Bringing catalogues in step with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from locales.extract import Sentence
from locales.pofile import PoEntry, PoFile, parse, serialize
from locales.sync import ROOM, main, synced

HEADER = {"Plural-Forms": "nplurals=2; plural=(n != 1);", "X-Language-Name": "ئۇيغۇرچە"}


def entry(msgid: str, *forms: str, plural: str | None = None) -> PoEntry:
    """Make a translated message that a reader has signed off."""
    return PoEntry(("", msgid), plural, forms, "old explanation", "reviewed by a reader")


def test_a_new_sentence_is_added_untranslated() -> None:
    """It has as many empty forms as the language has plurals."""
    said = [Sentence(("", "Hello"), None, "a greeting"), Sentence(("", "{count} day"), "{count} days", "a length")]
    file = synced(PoFile(HEADER, ()), said)
    assert [(e.key, e.forms, e.explanation) for e in file.entries] == [
        (("", "Hello"), ("",), "a greeting"),
        (("", "{count} day"), ("", ""), "a length"),
    ]


def test_a_sentence_no_longer_said_is_dropped_and_others_keep_everything() -> None:
    """Translation and notes stay; the explanation is the program's newest."""
    file = synced(PoFile(HEADER, (entry("Gone", "يوق"), entry("Kept", "بار"))), [Sentence(("", "Kept"), None, "new")])
    assert file.entries == (PoEntry(("", "Kept"), None, ("بار",), "new", "reviewed by a reader"),)


def test_a_sentence_that_begins_to_count_is_translated_anew() -> None:
    """One form cannot stand for two."""
    file = synced(
        PoFile(HEADER, (entry("{count} day", "{count} كۈن"),)), [Sentence(("", "{count} day"), "{count} days", "")]
    )
    assert file.entries[0].forms == ("", "")


def test_writing_and_reading_changes_nothing() -> None:
    """Header, plural forms, explanation and notes come back as they were."""
    file = PoFile(HEADER, (entry("Kept", "بار"), entry("{count} day", "{count} كۈن", "{count} كۈن", plural="{count} days")))
    assert parse(serialize(file)) == file


def test_check_finds_a_catalogue_that_is_out_of_step_and_leaves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` is for the test run: it fails, names the file, writes nothing; without it the file is brought in step."""
    place = tmp_path / "ug" / "LC_MESSAGES" / "bot.po"
    place.parent.mkdir(parents=True)
    old = serialize(PoFile(HEADER, (entry("Gone", "يوق"),)))
    place.write_text(old, encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert place.read_text(encoding="utf-8") == old
    assert capsys.readouterr().out == "ug/LC_MESSAGES/bot.po: out of step\n"
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    assert "Gone" not in place.read_text(encoding="utf-8")


def test_no_mo_file_is_ever_made() -> None:
    """The catalogue that is read is the one that people edit."""
    assert list(ROOM.rglob("*.mo")) == []
