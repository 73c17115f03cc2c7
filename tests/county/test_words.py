"""The words that the guess goes by: the program's, and those that a county adds."""

from __future__ import annotations

from pathlib import Path

from bot.county import read_county, sample_county_path
from bot.rules.county import County, Kind, Urgency
from bot.rules.guess import guess

SAMPLE = sample_county_path().read_text(encoding="utf-8")


def changed(folder: Path, before: str, after: str) -> County:
    """Read the sample county with one place changed."""
    assert before in SAMPLE
    path = folder / "county.toml"
    path.write_text(SAMPLE.replace(before, after, 1), encoding="utf-8")
    return read_county(path)


def test_a_county_adds_words_to_a_category(tmp_path: Path) -> None:
    """What only people there say is understood there."""
    assert guess(read_county(sample_county_path()), "马场那儿又不行了").category == "other"
    county = changed(tmp_path, 'words.zh = ["路灯", ', 'words.zh = ["马场", "路灯", ')
    assert guess(county, "马场那儿又不行了").category == "roads"


def test_a_county_adds_words_for_kinds_and_urgencies(tmp_path: Path) -> None:
    """In its table [words]."""
    added = '[words.kind.praise]\nzh = ["亚克西"]\n[words.urgency.emergency]\nzh = ["冰面裂了"]\nug = ["مۇز يېرىل"]\n'
    county = changed(tmp_path, "[pause]\n", f"{added}[pause]\n")
    assert guess(county, "亚克西").kind is Kind.PRAISE
    assert guess(county, "冰面裂了").urgency is Urgency.EMERGENCY
    assert guess(county, "مۇز يېرىلىپ كەتتى").urgency is Urgency.EMERGENCY


def test_a_category_of_another_id_has_only_the_words_that_the_county_writes(tmp_path: Path) -> None:
    """The program does not know what a county means by an id of its own."""
    old = 'id = "farming"\nname = { zh = "农业与农田水利", ug = "يېزا ئىگىلىكى ۋە سۇغىرىش" }'
    county = changed(tmp_path, old, 'id = "fields"\nname = { zh = "农田" }')
    assert "fields" in guess(county, "小麦").categories
    assert "fields" not in guess(county, "苞谷地里生虫，兽医站路灯垃圾").categories


def test_a_phrase_with_the_name_of_a_group_is_found_with_each_of_its_words() -> None:
    """Who was hurt is one of many, and how; whom nobody hurt is no emergency."""
    county = read_county(sample_county_path())
    assert "奶奶被人推着三轮车撞" in guess(county, "奶奶被人推着三轮车撞了").because
    assert guess(county, "奶奶被人推着三轮车撞了").urgency is Urgency.EMERGENCY
    assert guess(county, "护栏被人推着三轮车撞了").urgency is Urgency.NORMAL


def test_words_that_stay_the_same_are_indexed_once(tmp_path: Path) -> None:
    """A county file that is read again for another line costs no second index; only what changed is indexed anew."""
    first = read_county(sample_county_path()).vocabularies
    again = changed(tmp_path, 'case_prefix = "CB"', 'case_prefix = "CC"').vocabularies
    assert again.category is first.category
    other = changed(tmp_path, 'words.zh = ["路灯", ', 'words.zh = ["马场", "路灯", ').vocabularies
    assert other.category != first.category
    assert other.kind is first.kind
