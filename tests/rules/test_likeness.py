"""Two reports about the same thing are alike however they are put; two about different things are not, however near."""

from __future__ import annotations

import pytest

from bot.rules.identity import CaseNumber
from bot.rules.likeness import ALIKE, COMPARED, Nearest, Report, are_alike, likeness

SAME = [
    ("村口的路灯坏了", "村口路灯不亮了"),
    ("村口的路灯坏了", "您好，我们村口的路灯坏了！！"),
    ("三村东头的路灯坏了半个月", "三村东头路灯坏了"),
    ("三村的路灯坏了", "3村路灯坏了"),
    ("十二号楼停电", "12号楼停电了"),
    ("二十号楼停电", "20号楼停电了"),
    ("自来水停了三天", "自来水已经停了三天了"),
    ("坎乡三村口的路灯坏了", "坎乡三村口的路灯坏了，晚上看不清路，老人孩子不敢出门"),
    ("كەنت ئېغىزىدىكى يول چىرىغى بۇزۇلدى", "كەنت ئېغىزىدىكى چىراغ يانمايدۇ"),
    ("مەكتەپ ئالدىدىكى كۆۋرۈك چۈشۈپ كەتتى", "مەكتەپ ئالدىدا كۆۋرۈك چۈشۈپ كەتتى"),
    ("3-كەنتتە سۇ ئۈزۈلۈپ قالدى", "سۇ ئۈزۈلۈپ قالدى 3-كەنتتە"),
]
OTHERS = [
    ("村口的路灯坏了", "村口的垃圾没人清"),
    ("村口的路灯坏了", "学校门口的路灯坏了"),
    ("坎乡三村口的路灯坏了", "坎乡三村水井坏了"),
    ("坎乡三村口的路灯坏了，晚上看不清路", "坎乡三村口路面坏了"),
    ("三村路灯坏了", "五村路灯坏了"),
    ("十二号楼停电", "二号楼停电了"),
    ("东街路灯坏了", "西街路灯坏了"),
    ("自来水停了三天", "自来水有异味"),
    ("停水", "停水"),
    ("كەنت ئېغىزىدىكى يول چىرىغى بۇزۇلدى", "كەنت ئېغىزىدا ئەخلەت كۆپ"),
    ("3-كەنتتە سۇ ئۈزۈلۈپ قالدى", "5-كەنتتە سۇ ئۈزۈلۈپ قالدى"),
    ("شەرقىي كوچىدا چىراغ يوق", "غەربىي كوچىدا چىراغ يوق"),
    ("村口的路灯坏了", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_put_otherwise_is_alike(one: str, other: str) -> None:
    """Whichever comes first."""
    assert are_alike(Report.of(one), Report.of(other))
    assert are_alike(Report.of(other), Report.of(one))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_what_is_another_matter_is_not_alike(one: str, other: str) -> None:
    """Another thing, another place, another number; or too little is said to tell."""
    assert not are_alike(Report.of(one), Report.of(other))
    assert not are_alike(Report.of(other), Report.of(one))


def test_the_threshold_lies_between_the_nearest_of_both() -> None:
    """It is no round number by chance: both sides keep a distance from it that one word would not cross."""
    same = likeness(Report.of("村口的路灯坏了"), Report.of("村口路灯不亮了"))
    other = likeness(Report.of("村口的路灯坏了"), Report.of("学校门口的路灯坏了"))
    assert other < ALIKE <= same
    assert (round(other), round(same)) == (67, 73)


def test_only_the_beginning_is_compared() -> None:
    """So that a report of thousands of signs costs no more than a page."""
    begins = "村口的路灯坏了，" * 60
    assert Report.of(begins[:COMPARED] + "另外的事情") == Report.of(begins[:COMPARED])


def test_the_nearest_is_found_and_of_equals_the_first() -> None:
    """And none where none is alike."""
    cases = [
        (CaseNumber("CB-2026-000004"), Report.of("村口的垃圾没人清")),
        (CaseNumber("CB-2026-000003"), Report.of("村口路灯不亮了")),
        (CaseNumber("CB-2026-000002"), Report.of("村口的路灯坏了")),
        (CaseNumber("CB-2026-000001"), Report.of("村口的路灯坏了")),
    ]
    found = Nearest("村口的路灯坏了")
    looked_at = [(found.is_same_in(page), found.number) for page in ((), cases[:1], cases[1:2], cases[2:])]
    assert looked_at == [(False, None), (False, None), (False, "CB-2026-000003"), (True, "CB-2026-000002")]
