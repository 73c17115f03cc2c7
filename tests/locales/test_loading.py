"""Loading catalogues: what is broken is refused in one readable line, what a reviewer adds is shown without new code."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.rules.identity import Language
from bot.rules.message import CaseClosedUnrated, Remark, Said
from locales.catalogue import Catalogues, load_catalogues, packaged, read_catalogue
from locales.pofile import PoEntry, PoFile, parse, serialize
from locales.wording import Label, Wording
from tests.locales.county import LANGUAGES, SJO, UG, ZH, sample_county
from tests.locales.sample_values import NOW, NUMBER

HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def with_forms(language: Language, key: tuple[str, str], forms: tuple[str, ...]) -> str:
    """Return a packaged catalogue in which one message is changed, as a reviewer hands it back."""
    file = parse(packaged(language))
    changed = tuple(
        PoEntry(entry.key, entry.plural, forms if entry.key == key else entry.forms, entry.explanation, entry.notes)
        for entry in file.entries
    )
    return serialize(PoFile(file.header, changed))


def wording_with(language: Language, text: str) -> Wording:
    """Speak with one catalogue replaced."""
    catalogues = dict(load_catalogues(LANGUAGES).by_language)
    catalogues[language] = read_catalogue(language, text)
    return Wording(sample_county(), Catalogues(catalogues))


def test_a_xibe_sentence_that_a_reviewer_fills_in_is_shown_above_the_chinese() -> None:
    """From then on it is shown, without touching code; the Chinese stays under it."""
    key = ("remark", "Cancelled.")
    chinese = load_catalogues([ZH]).own(ZH).find(key)
    wording = wording_with(SJO, with_forms(SJO, key, ("ᠸᠠᡪᡞᠮᡝ",)))
    assert wording.parts(Said(Remark.CANCELLED), SJO, NOW) == (f"ᠸᠠᡪᡞᠮᡝ\n{chinese}",)


def test_a_xibe_button_that_a_reviewer_fills_in_carries_both() -> None:
    """On a button the two stand side by side."""
    wording = wording_with(SJO, with_forms(SJO, ("button", "Cancel"), ("ᠸᠠᡪᡞᠮᡝ",)))
    assert wording.label(Label.CANCEL, SJO) == "ᠸᠠᡪᡞᠮᡝ 取消"


def test_xibe_without_a_word_is_chinese_alone() -> None:
    """Where no word is attested, nothing is made up."""
    wording = Wording(sample_county(), load_catalogues(LANGUAGES))
    assert wording.label(Label.DISCARD, SJO) == wording.label(Label.DISCARD, ZH)
    message = CaseClosedUnrated(case=NUMBER)
    assert wording.parts(message, SJO, NOW) == wording.parts(message, ZH, NOW)


def test_what_uyghur_lacks_is_said_in_chinese_never_in_english() -> None:
    """A hole in a catalogue (which another test forbids) does not show the program's own English."""
    wording = wording_with(UG, with_forms(UG, ("remark", "Cancelled."), ("",)))
    (text,) = wording.parts(Said(Remark.CANCELLED), UG, NOW)
    assert "已取消" in text


def test_chinese_lacking_a_sentence_is_a_mistake_in_the_program() -> None:
    """Nothing stands in for Chinese."""
    wording = wording_with(ZH, with_forms(ZH, ("remark", "Cancelled."), ("",)))
    with pytest.raises(LookupError):
        wording.parts(Said(Remark.CANCELLED), ZH, NOW)


def test_markup_in_a_translation_is_refused() -> None:
    """A translator cannot break a message by a bracket; the line says which."""
    with pytest.raises(SettingsError) as caught:
        read_catalogue(UG, with_forms(UG, ("remark", "Cancelled."), ("<b>",)))
    assert caught.value.mistakes == ("catalogue ug: markup in '<b>'; headings and quotations are made by the program",)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('msgid "Number: {case}"\nmsgstr "{number}"\n', "other placeholders"),
        ('msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count}"\n', "wrong number of plural forms"),
    ],
)
def test_a_catalogue_that_would_break_a_message_is_refused(entry: str, said: str) -> None:
    """The program does not start with it."""
    with pytest.raises(SettingsError) as caught:
        read_catalogue(UG, HEADER + entry)
    assert len(caught.value.mistakes) == 1
    assert said in caught.value.mistakes[0]


def test_a_catalogue_without_a_plural_rule_is_refused() -> None:
    """Without it nobody knows which form is which."""
    with pytest.raises(SettingsError, match="Plural-Forms"):
        read_catalogue(UG, 'msgid ""\nmsgstr "Language: ug\\n"\n')


def test_a_file_that_is_no_catalogue_is_refused() -> None:
    """The line that cannot be read is named."""
    with pytest.raises(SettingsError, match=r"catalogue ug: .*line 1"):
        read_catalogue(UG, "this is a letter, not a catalogue\n")


def test_a_sentence_that_stands_twice_is_refused_and_named() -> None:
    """Of two translations nobody knows which counts; the same words in another context are another sentence."""
    one = 'msgctxt "button"\nmsgid "Cancel"\nmsgstr "取消"\n\n'
    other = 'msgctxt "remark"\nmsgid "Cancel"\nmsgstr "取消"\n\n'
    assert len(parse(HEADER + one + other).entries) == 2
    with pytest.raises(SettingsError, match=r"catalogue ug: .*'button Cancel' is there 2 times"):
        read_catalogue(UG, HEADER + one + other + one)


def test_what_came_with_the_program_is_read_once_and_a_countys_own_as_it_is_now() -> None:
    """What a reviewer brought while the program ran is what is loaded next; the packaged one stays for who has none."""
    first = load_catalogues([UG])
    own = packaged(UG).replace("X-Language-Name: ئۇيغۇرچە", "X-Language-Name: Own")
    brought = load_catalogues([UG], lambda language: own if language == UG else None)
    assert load_catalogues([UG]).own(UG) is first.own(UG)
    assert brought.own(ZH) is first.own(ZH)
    assert (brought.name_of(UG), first.name_of(UG)) == ("Own", "ئۇيغۇرچە")


def test_a_language_without_a_catalogue_is_refused() -> None:
    """A county file cannot name a language that nobody has translated."""
    with pytest.raises(SettingsError, match="kk"):
        load_catalogues([Language("kk")])
