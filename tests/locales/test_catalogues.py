"""The catalogues: nothing missing, nothing left over, nothing that would break a message."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pytest
from babel.messages.plurals import get_plural

from bot.rules.identity import Language
from locales.catalogue import NAME_HEADER, packaged, placeholders, read_catalogue
from locales.extract import sentences
from locales.pofile import PoEntry, PoFile, parse
from locales.sync import main
from tests.locales.county import LANGUAGES, SJO, UG, ZH

GLOSSARY_STEMS = {
    "编号": ("نومۇر",),
    "期限": ("مۆھل",),
    "超期": ("مۆھل", "ئۆت"),
    "解决": ("ھەل بول",),
    "提醒": ("ئەسكەرت",),
    "不满意": ("نارازى", "رازى ئەمەس", "رازى"),
    "满意": ("رازى",),
    "一般": ("بىتەرەپ",),
    "语言": ("تىل",),
    "帮助": ("ياردەم",),
    "取消": ("ئەمەلدىن",),
    "返回": ("كەينى",),
    "居民": ("ئاھال",),
    "责任单位": ("مەسئۇل ئورۇن",),
    "周报": ("دوكلات",),
    "建议": ("تەكلىپ",),
    "投诉": ("شىكايەت",),
    "姓名": ("ئىسىم", "ئىسمى"),
    "电话": ("تېلېفون",),
}
"""Key words of the service in Chinese, and the stems of the glossary's Uyghur for them (vowels change before suffixes)."""


@cache
def catalogue(language: Language) -> PoFile:
    """Read a catalogue as it lies in the package."""
    return parse(packaged(language))


def entries(language: Language) -> Mapping[tuple[str, str], PoEntry]:
    """Return a catalogue's messages by context and sentence."""
    return {entry.key: entry for entry in catalogue(language).entries}


def glossary() -> list[dict[str, str]]:
    """Read the glossary that came with the program."""
    text = files("locales").joinpath("glossary.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_what_the_program_says_and_no_more(language: Language) -> None:
    """A sentence added, changed or dropped in the program is so in every catalogue."""
    said = {(sentence.key, sentence.plural) for sentence in sentences()}
    assert {(entry.key, entry.plural) for entry in catalogue(language).entries} == said


def test_the_catalogues_are_in_step() -> None:
    """`python -m locales.sync` would change nothing: order, comments and header are as it writes them."""
    assert main(["--check"]) == 0


def test_every_sentence_is_explained_to_translators() -> None:
    """A translator who sees only the catalogue knows where each sentence stands."""
    assert [sentence.key for sentence in sentences() if not sentence.explanation] == []
    for language in LANGUAGES:
        assert [entry.key for entry in catalogue(language).entries if not entry.explanation] == []


@pytest.mark.parametrize("language", [ZH, UG])
def test_nothing_is_untranslated(language: Language) -> None:
    """Chinese and Uyghur say everything, in each plural form."""
    assert [entry.key for entry in catalogue(language).entries if not all(entry.forms)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: Language) -> None:
    """No value is lost in translation and none is asked for that the program does not give."""
    for entry in catalogue(language).entries:
        for form in entry.forms:
            assert not form or placeholders(form) == placeholders(entry.key[1]), entry.key
            assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", form)), entry.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_no_markup_and_no_english(language: Language) -> None:
    """Headings and quotations are the program's business; a date pattern is the one thing written in Latin letters."""
    for entry in catalogue(language).entries:
        for form in entry.forms:
            assert not re.search(r"[<>&]", form), entry.key
            if entry.key[0] != "date pattern":
                assert not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", form)), entry.key


def test_uyghur_holds_no_bare_number() -> None:
    """Digits come in through placeholders, which the program isolates; in the text itself they would stand bare."""
    assert [entry.key for entry in catalogue(UG).entries if re.search(r"[0-9一-鿿]", "".join(entry.forms))] == []


@pytest.mark.parametrize(("language", "marks"), [(UG, "。，；：？！、（）“”"), (ZH, "،؛؟?!;()")])
def test_each_language_keeps_its_own_marks(language: Language, marks: str) -> None:
    """A mark of the other script stands out like a letter of it; a date pattern is no sentence."""
    forms = {entry.key: "".join(entry.forms) for entry in catalogue(language).entries if entry.key[0] != "date pattern"}
    assert [key for key, form in forms.items() if set(marks) & set(re.sub(r"\{\w+\}", "", form))] == []


@pytest.mark.parametrize(("language", "babel"), [(ZH, "zh_Hans_CN"), (UG, "ug"), (SJO, "zh_Hans_CN")])
def test_plural_forms_are_as_many_as_cldr_says(language: Language, babel: str) -> None:
    """The header and every counted message have the forms that CLDR gives the language; Xibe, unknown there, has one."""
    forms = get_plural(babel).num_plurals
    assert catalogue(language).header["Plural-Forms"].startswith(f"nplurals={forms};")
    assert {len(entry.forms) for entry in catalogue(language).entries if entry.plural} == {forms}


def test_one_and_many_are_told_apart_in_uyghur() -> None:
    """The plural rule of the header is the one that counts."""
    plural = read_catalogue(UG, packaged(UG)).plural
    assert [plural(count) for count in (0, 1, 2, 11, 21)] == [1, 0, 1, 1, 1]


def test_uyghur_is_marked_unreviewed_until_a_native_reader_signs() -> None:
    """Each message says for itself whether it was reviewed."""
    assert {entry.notes for entry in catalogue(UG).entries} == {"unreviewed"}


@pytest.mark.parametrize(("chinese", "stems"), GLOSSARY_STEMS.items())
def test_uyghur_uses_the_words_of_the_glossary(chinese: str, stems: tuple[str, ...]) -> None:
    """Where Chinese uses a key word of the service, Uyghur uses the glossary's word for it."""
    terms = " ".join(row["ug"] for row in glossary())
    assert any(stem.split()[0] in terms for stem in stems), "the list names a stem that is not the glossary's"
    found = 0
    for key, entry in entries(ZH).items():
        if chinese in "".join(entry.forms):
            found += 1
            uyghur = entries(UG)[key].forms[0]
            assert any(stem in uyghur for stem in stems), (key, uyghur)
    assert found, "the list names a word that is nowhere used"


def test_every_xibe_word_is_attested() -> None:
    """Nobody made a Xibe word up: each one stands in the glossary, with its source."""
    attested = {word for row in glossary() if row["sjo"] and row["sjo_source"] for word in row["sjo"].split()}
    used = [word for entry in catalogue(SJO).entries for form in entry.forms for word in re.findall(r"[᠀-᢯\u202f]+", form)]
    assert used
    assert set(used) | {catalogue(SJO).header[NAME_HEADER].split()[0]} <= attested


def test_every_xibe_message_waits_for_a_reader() -> None:
    """What is there in Xibe is marked unreviewed; what is not there is empty, and Chinese stands in."""
    assert all(entry.notes == "unreviewed" for entry in catalogue(SJO).entries if any(entry.forms))
