"""A first guess by the program's words and the county's; a tap changes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.rules.county import Kind, Urgency
from bot.rules.guess import OFFERED, guess
from bot.rules.name import Name
from tests.rules.reports import CHINESE, UYGHUR, Report, aside, reports, score, tables, unseen
from tests.support.builders import QAPQAL_TOWN, QIONGBOLA, county

EMERGENCIES = Path(__file__).with_name("emergencies.txt").read_text(encoding="utf-8").splitlines()
NO_EMERGENCIES = Path(__file__).with_name("no_emergencies.txt").read_text(encoding="utf-8").splitlines()
SHORT = Path(__file__).with_name("unseen_categories.tsv").read_text(encoding="utf-8").splitlines()[2:]
DOCUMENT = Path(__file__).parents[2] / "docs" / "guess.md"


@pytest.mark.parametrize(
    ("text", "category", "because"),
    [
        ("村口的路灯坏了", "roads", "路灯"),
        ("小区门口下水道堵了，污水都流出来了", "drains", "下水道"),
        ("يولدىكى چىراغ ئۆچۈپ قالدى", "roads", "چىراغ"),
        ("停电三个小时了", "heat_water_power", "停电"),
        ("公交车 بىر سائەت كۈتسەكمۇ كەلمەيدۇ", "roads", "公交车"),
        ("ᡨᠠᠴᡞᡣᡡ", "schools", "ᡨᠠᠴᡞᡣᡡ"),
        ("كالام يوق", "farming", "كالا"),
    ],
)
def test_words_decide_the_category(text: str, category: str, because: str) -> None:
    """A matter is about what its words say, in each language, and the words that decided are told."""
    found = guess(county(), text)
    assert found.category == category
    assert because in found.because


@pytest.mark.parametrize("text", ["", "你好", "ᠰᡞᠪᡝ", "12345", "…", "٪"])
def test_without_a_known_word_it_is_the_last_category(text: str) -> None:
    """What fits nowhere goes where the county keeps what fits nowhere else."""
    assert guess(county(), text).category == "other"


def test_the_likeliest_three_are_named() -> None:
    """Three different ones, the best first."""
    found = guess(county(), "小区门口的路灯坏了，垃圾没人清运")
    assert len(found.categories) == len(set(found.categories)) == OFFERED
    assert {"roads", "drains"} < set(found.categories)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("路灯什么时候修?", Kind.ENQUIRY),
        ("路灯什么时候修？", Kind.ENQUIRY),
        ("چىراغ قاچان ئوڭشىلىدۇ؟ ", Kind.ENQUIRY),
        ("路灯坏了", Kind.COMPLAINT),
        ("建议在村口装几盏路灯", Kind.SUGGESTION),
        ("表扬修路灯的师傅，来得真快", Kind.PRAISE),
        ("ئوقۇتقۇچىغا كۆپ رەھمەت", Kind.PRAISE),
        ("请派人来修一下路灯", Kind.REQUEST),
        ("يولغا چىراغ ئورنىتىپ بېرىڭلار", Kind.REQUEST),
        ("着火了", Kind.REQUEST),
    ],
)
def test_how_it_is_meant(text: str, kind: Kind) -> None:
    """By its words; a question mark makes a question, an emergency a call for help, and nothing at all a complaint."""
    assert guess(county(), text).kind is kind


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("家里着火了", Urgency.EMERGENCY),
        ("楼道里一股煤气味", Urgency.EMERGENCY),
        ("电线断了掉在路上", Urgency.EMERGENCY),
        ("孩子掉进井里了", Urgency.EMERGENCY),
        ("有人拿刀砍人", Urgency.EMERGENCY),
        ("ئۆيگە ئوت كەتتى", Urgency.EMERGENCY),
        ("گاز پۇرىقى بار", Urgency.EMERGENCY),
        ("بىر بالا قۇدۇققا چۈشۈپ كەتتى", Urgency.EMERGENCY),
        ("oyge ot ketti", Urgency.EMERGENCY),
        ("停水两天了", Urgency.UTILITY),
        ("توك توختاپ قالدى", Urgency.UTILITY),
        ("什么时候会停水？", Urgency.NORMAL),
        ("灭火器过期了", Urgency.NORMAL),
        ("楼道堆满纸箱，万一着火跑不出去", Urgency.NORMAL),
        ("工伤认定怎么办", Urgency.NORMAL),
        ("路灯坏了", Urgency.NORMAL),
        ("去年房子着火的补助还没给", Urgency.NORMAL),
        ("上个月修的桥塌了，压着人了", Urgency.EMERGENCY),
        ("بۇلتۇر كەلكۈن ئاپەت قىلغان يەرگە تولۇقلىما بېرىلمىدى", Urgency.NORMAL),
        ("بۇلتۇر سالغان تام ئۆرۈلۈپ، ئادەم بېسىۋالدى", Urgency.EMERGENCY),
        ("去年就停水了", Urgency.UTILITY),
    ],
)
def test_how_urgent_it_is(text: str, urgency: Urgency) -> None:
    """Fire, gas, injury, danger and crime are an emergency where they are, not where they might be."""
    assert guess(county(), text).urgency is urgency


@pytest.mark.parametrize(
    ("text", "township"),
    [
        ("琼博拉镇的路灯坏了", QIONGBOLA),
        ("我住在察布查尔镇", QAPQAL_TOWN),
        ("琼博拉的路灯坏了", QIONGBOLA),
        ("米粮泉乡没水了", "miliangquan"),
        ("村口的路灯坏了", None),
        ("坎上的路灯坏了", None),
    ],
)
def test_a_township_is_found_by_its_name(text: str, township: str | None) -> None:
    """Who names the place need not choose it; a name of one character needs what it is a name of."""
    assert guess(county(), text).township == township


def test_a_township_is_found_by_its_name_in_any_language() -> None:
    """A place has a name in each language, and each of them is the place."""
    named = replace(county().townships[QIONGBOLA], name=Name("琼博拉镇", {"ug": "چوڭبۇلاق"}))
    there = replace(county(), townships=MappingProxyType({**county().townships, QIONGBOLA: named}))
    assert guess(there, "چوڭبۇلاق يولى").township == QIONGBOLA


class TestOnReportsKeptAside:
    """What the project may say of the guess; made-up reports are a floor, not a promise."""

    @pytest.mark.parametrize(("language", "share"), [(CHINESE, 0.9), (UYGHUR, 0.8)])
    def test_the_right_category_is_among_the_first_three(self, language: str, share: float) -> None:
        """Nine times of ten in Chinese, four of five in Uyghur."""
        got = score(county(), aside(language))
        assert got.in_three / got.of >= share

    @pytest.mark.parametrize(("language", "share"), [(CHINESE, 0.9), (UYGHUR, 0.8)])
    def test_nor_is_it_otherwise_with_reports_that_were_written_last(self, language: str, share: float) -> None:
        """The words were not chosen by them."""
        got = score(county(), (each for each in unseen() if each.language == language and each.is_aside))
        assert got.in_three / got.of >= share

    @pytest.mark.parametrize(("language", "share"), [(CHINESE, 0.9), (UYGHUR, 0.8)])
    def test_nor_with_short_texts(self, language: str, share: float) -> None:
        """As somebody types who is in a hurry."""
        said = [line.split("\t") for line in SHORT if line.startswith(f"{language}\t")]
        right = sum(category in guess(county(), text).categories for _, category, text in said)
        assert right / len(said) >= share

    @pytest.mark.parametrize("report", [each for each in reports() if each.urgency == "emergency"], ids=lambda it: it.id)
    def test_no_emergency_is_missed(self, report: Report) -> None:
        """Whoever is in danger is told whom to ring."""
        assert guess(county(), report.text).urgency is Urgency.EMERGENCY

    def test_other_ways_of_calling_for_help_are_understood(self) -> None:
        """Fire, gas, injury, danger, crime, in words that no report uses."""
        assert [text for text in EMERGENCIES if guess(county(), text).urgency is not Urgency.EMERGENCY] == []

    def test_few_are_alarmed_for_nothing(self) -> None:
        """One of fifty at most is told to ring without need; of what only looks like an emergency, one of twenty."""
        got = score(county(), (*reports(), *unseen()))
        assert got.false_alarms <= got.of / 50
        alarmed = [text for text in NO_EMERGENCIES if guess(county(), text).urgency is Urgency.EMERGENCY]
        assert len(alarmed) <= len(NO_EMERGENCIES) / 20

    def test_the_document_says_what_is_so(self) -> None:
        """Its tables are these, made anew."""
        assert tables(county()) in DOCUMENT.read_text(encoding="utf-8")
