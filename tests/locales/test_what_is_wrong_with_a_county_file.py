"""What is wrong with a county file is said in the reader's language, with the place and what stands there as in the file."""

from __future__ import annotations

import re
import unicodedata

import pytest

from bot.county import checked
from bot.rules.county import County
from bot.rules.fault import GIVEN, Fault, Mistake, because
from bot.rules.identity import Language
from bot.rules.message import CountyRefused
from locales.county_faults import FAULTS
from locales.wording import Wording
from tests.county.edits import edited
from tests.locales.telegram import depths, parsed
from tests.support.builders import NOW, UG, ZH


def lines(wording: Wording, language: Language, *edits: tuple[str, str]) -> list[str]:
    """Return what an admin reads of a sample file with these edits."""
    found = checked(edited(*edits))
    assert not isinstance(found, County)
    (text,) = wording.parts(CountyRefused(mistakes=found, total=len(found)), language, NOW)
    return parsed(text).text.split("\n")


def test_every_fault_has_its_sentence_and_the_command_line_says_the_same() -> None:
    """One each, and its English is the fault's own."""
    assert {fault: FAULTS[fault].msgid for fault in Fault} == {fault: fault.value for fault in Fault}


@pytest.mark.parametrize("fault", GIVEN)
def test_what_stands_in_every_file_is_said_as_it_stands_there(wording: Wording, fault: Fault) -> None:
    """Examples, keys and bounds are in each language, in no sentence that has no room for them, and turn no Uyghur."""
    asked = set(re.findall(r"{(\w+)}", fault.value))
    assert set(GIVEN[fault]) <= asked
    whole = because(fault, **dict.fromkeys(asked - set(GIVEN[fault]), "7"))
    assert "{" not in str(whole)
    for language in (ZH, UG):
        (part,) = wording.parts(CountyRefused(mistakes=(Mistake("", whole),), total=1), language, NOW)
        text = parsed(part).text
        assert [value for value in GIVEN[fault].values() if value not in text] == []
        for line in text.split("\n") if language == UG else ():
            bare = [char for char, depth in zip(line, depths(line), strict=True) if depth == 0]
            assert not [char for char in bare if unicodedata.bidirectional(char) in {"L", "EN", "AN"}], line


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Asia/Shanghai", "Asia/Shangai", ["county.timezone", "是时区", "Asia/Shanghai”？"]),
        ('code = "654022"', "code = 654022", ["county.code", "必须是加引号的文字，不能是整数"]),
        ('"ug", "sjo"]', '"ug", "ug"]', ["county.languages[3]", '"ug" 重复出现']),
        ("retention = ", "retentoin = ", ["privacy", "缺少 retention", "privacy.retentoin", "没有这个键；可以写："]),
        ("[rating]", "[rating", ["行第", "不是正确的 TOML 格式"]),
    ],
)
def test_a_mistake_is_told_in_chinese_below_its_place(wording: Wording, before: str, after: str, said: list[str]) -> None:
    """Nothing of it is English but what TOML's own reader says, and what stands in the file."""
    shown = "\n".join(lines(wording, ZH, (before, after)))
    for part in said:
        assert part in shown
    assert "must be" not in shown
    assert "is missing" not in shown


def test_a_mistake_is_told_in_uyghur(wording: Wording) -> None:
    """With the place as it is in the file."""
    shown = lines(wording, UG, ('code = "654022"', "code = 654022"))
    assert "county.code" in shown
    assert any("تېكىست بولۇشى كېرەك" in line and "پۈتۈن سان" in line for line in shown)
