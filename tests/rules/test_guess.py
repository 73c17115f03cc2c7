"""A first guess by the county file's own words; a tap changes it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.rules.county import County, Kind, Name, Urgency
from bot.rules.guess import guess
from bot.rules.identity import CategoryId
from tests.support.builders import QAPQAL_TOWN, QIONGBOLA, ROADS, county


def speaking(**words: tuple[str, ...]) -> County:
    """Make the sample county with other words for some categories."""
    changed = {
        CategoryId(name): replace(county().categories[CategoryId(name)], words={"zh": own}) for name, own in words.items()
    }
    silent = {each.id: replace(each, words={}) for each in county().categories.values()}
    return replace(county(), categories=MappingProxyType(silent | changed))


@pytest.mark.parametrize(
    ("text", "category", "because"),
    [
        ("村口的路灯坏了", "roads", ("路灯",)),
        ("小区门口下水道堵了，污水都流出来了", "drains", ("下水道", "污水")),
        ("يولدىكى چىراغ ئۆچۈپ قالدى", "roads", ("يول", "چىراغ")),
        ("停电三个小时了", "heat_water_power", ("停电",)),
    ],
)
def test_words_decide_the_category(text: str, category: str, because: tuple[str, ...]) -> None:
    """A matter is about what its words say, in each language, and the words that decided are told."""
    found = guess(county(), text)
    assert (found.category, found.because) == (category, because)


@pytest.mark.parametrize("text", ["", "你好", "ᠰᡞᠪᡝ", "12345", "路" * 4000])
def test_without_a_known_word_it_is_the_last_category(text: str) -> None:
    """What fits nowhere goes where the county keeps what fits nowhere else."""
    found = guess(county(), text)
    assert (found.category, found.because) == ("other", ())


def test_more_letters_weigh_more() -> None:
    """One long word says more than one short one, two short ones more than one of middling length."""
    words = speaking(roads=("路灯",), schools=("幼儿园",), market=("秤", "菜价", "退款"))
    assert guess(words, "幼儿园旁的路灯").category == "schools"
    assert guess(words, "幼儿园旁的秤和菜价和退款").category == "market"


def test_of_equals_the_first_in_the_county_file_wins() -> None:
    """The order of the county file settles a draw, not the order of the words."""
    words = speaking(market=("超市",), roads=("路灯",))
    assert guess(words, "超市前的路灯").category == ROADS


def test_capitals_make_no_difference() -> None:
    """A word is known however it is written."""
    words = speaking(market=("WiFi",))
    assert guess(words, "no wifi, no WIFI").because == ("WiFi",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("路灯什么时候修?", Kind.ENQUIRY),
        ("路灯什么时候修？", Kind.ENQUIRY),
        ("چىراغ قاچان ئوڭشىلىدۇ؟ ", Kind.ENQUIRY),
        ("什么时候修？等了很久了", Kind.COMPLAINT),
        ("路灯坏了", Kind.COMPLAINT),
    ],
)
def test_what_ends_in_a_question_mark_is_an_enquiry(text: str, kind: Kind) -> None:
    """A question is asked at the end; everything else is taken for a complaint."""
    assert guess(county(), text).kind is kind


@pytest.mark.parametrize(
    ("text", "township"),
    [("琼博拉镇的路灯坏了", QIONGBOLA), ("我住在察布查尔镇", QAPQAL_TOWN), ("村口的路灯坏了", None), ("琼博拉", None)],
)
def test_a_township_is_found_by_its_name(text: str, township: str | None) -> None:
    """Who names the place need not choose it."""
    assert guess(county(), text).township == township


def test_a_township_is_found_by_its_name_in_any_language() -> None:
    """A place has a name in each language, and each of them is the place."""
    named = replace(county().townships[QIONGBOLA], name=Name("琼博拉镇", {"ug": "چوڭبۇلاق"}))
    there = replace(county(), townships=MappingProxyType({**county().townships, QIONGBOLA: named}))
    assert guess(there, "چوڭبۇلاق يولى").township == QIONGBOLA


def test_a_guess_never_makes_a_matter_urgent() -> None:
    """Words alone promise nobody a faster answer; the category may."""
    assert guess(county(), "救命！停电了！").urgency is Urgency.NORMAL
