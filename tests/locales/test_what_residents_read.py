"""What a resident finds in a message, and what is never in one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.rules.case import State
from bot.rules.entry import Solved
from bot.rules.identity import Language
from bot.rules.message import (
    CaseClosedUnrated,
    CaseReopened,
    ChooseLanguage,
    LimitMoved,
    MyCases,
    Picking,
    RatingThanks,
    Welcome,
)
from locales.wording import Wording
from tests.locales.county import LANGUAGES, TRANSPORT, UG, ZH
from tests.locales.sample_values import DUE, NOW, NUMBER, PROOF, case_line
from tests.locales.samples_draft import draft, receipt
from tests.locales.samples_resident import rating_question
from tests.locales.telegram import parsed


def only(parts: tuple[str, ...]) -> str:
    """Return what is seen of a message of one part."""
    (part,) = parts
    return parsed(part).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_shows_number_unit_category_place_and_proof(wording: Wording, language: Language) -> None:
    """Number and proof can be copied with one tap; the command for one's own cases is named."""
    (part,) = wording.parts(receipt(), language, NOW)
    assert parsed(part).all("code") == [NUMBER, PROOF]
    for shown in ("交通运输局", "道路交通", "琼博拉镇", "/my"):
        assert shown in part


def test_a_receipt_shows_the_deadline_in_words(wording: Wording) -> None:
    """A date with its weekday and the local time, in the order of the language."""
    assert "办理期限：2026年11月27日（星期五）18:30" in only(wording.parts(receipt(), ZH, NOW))
    assert "\u20682026-يىلى 27-نويابىر، جۈمە، سائەت 18:30\u2069" in only(wording.parts(receipt(), UG, NOW))


def test_a_receipt_without_a_deadline_promises_none(wording: Wording) -> None:
    """Praise is not resolved, and nobody is asked if it is."""
    text = only(wording.parts(receipt(None), ZH, NOW))
    assert "不设期限" in text
    assert "解决" not in text
    assert "None" not in text


def test_the_most_important_thing_is_first_and_bold(wording: Wording) -> None:
    """The heading of a receipt says that it is registered."""
    (part,) = wording.parts(receipt(), ZH, NOW)
    assert part.startswith("<b>已登记")


def test_a_guessed_category_is_said_to_be_guessed(wording: Wording) -> None:
    """Until the resident has chosen it."""
    assert "推测" in only(wording.parts(draft(is_guessed=True), ZH, NOW))
    assert "推测" not in only(wording.parts(draft(is_guessed=False), ZH, NOW))


def test_a_draft_asks_for_what_is_being_picked(wording: Wording) -> None:
    """Each choice has its own question, and the words stay in sight."""
    headings = {picking: parsed(wording.parts(draft(picking=picking), ZH, NOW)[0]).all("b")[0] for picking in Picking}
    assert len(set(headings.values())) == len(Picking)


def test_a_closed_case_in_the_list_has_no_deadline(wording: Wording) -> None:
    """Only a case that still runs can be late."""
    late = NOW - timedelta(hours=3)
    cases = (case_line(1, due_at=late), case_line(2, State.CLOSED, late), case_line(3, State.RESOLVED, late), case_line(4))
    lines = only(wording.parts(MyCases(cases=cases, total=4), ZH, NOW)).split("\n")
    assert [line for line in lines if "超期" in line] == ["办理中 · 交通运输局 · 已超期 3 小时"]
    assert "办理中 · 交通运输局 · 11月27日 18:30 前办完" in lines
    assert "已结案 · 交通运输局" in lines


def test_a_case_that_no_unit_has_names_none(wording: Wording) -> None:
    """The unit that gave it back is not the one that answers for it."""
    told = only(wording.parts(MyCases(cases=(case_line(1, State.TRIAGE),), total=1), ZH, NOW))
    assert "责任单位待定" in told
    assert "交通运输局" not in told


def test_a_list_that_is_cut_says_so(wording: Wording) -> None:
    """Fourteen cases, one listed."""
    line = (case_line(1),)
    assert "共 14 件" in only(wording.parts(MyCases(cases=line, total=14), ZH, NOW))
    assert "这里列出第1至第1件" in only(wording.parts(MyCases(cases=line, total=14), ZH, NOW))
    assert "这里列出第9至第9件" in only(wording.parts(MyCases(cases=line, total=14, begins=8), ZH, NOW))
    assert "这里列出" not in only(wording.parts(MyCases(cases=line, total=1), ZH, NOW))


def test_the_question_shows_what_the_unit_says_it_did(wording: Wording) -> None:
    """In a quotation, with the unit's name; a second asking says that it is one."""
    (part,) = wording.parts(rating_question(), ZH, NOW)
    assert "路灯已全部更换" in parsed(part).all("blockquote")[0]
    assert "交通运输局" in part
    assert "再问" not in part
    assert "再问" in wording.parts(rating_question(is_repeated=True), ZH, NOW)[0]


def test_the_thanks_repeat_the_answer(wording: Wording) -> None:
    """So that a wrong tap is noticed."""
    thanks = RatingThanks(case=NUMBER, solved=Solved.PARTLY, score=4)
    assert f"{NUMBER}，您的回答：部分解决，4 分（满意）" in only(wording.parts(thanks, ZH, NOW))


def test_a_reopened_case_has_its_new_deadline(wording: Wording) -> None:
    """And the resident hears who was told."""
    text = only(wording.parts(CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=DUE), ZH, NOW))
    assert "11月27日" in text
    assert "督查" in text


def test_silence_is_counted_as_nothing(wording: Wording) -> None:
    """Closed without an answer is neither solved nor satisfied, and the resident is told so."""
    text = only(wording.parts(CaseClosedUnrated(case=NUMBER), ZH, NOW))
    assert "不算解决，也不算满意" in text


def test_the_language_is_asked_for_in_every_language(wording: Wording) -> None:
    """Whatever language is set, all are asked in; nobody needs to read another's."""
    asked = {wording.parts(ChooseLanguage(), language, NOW) for language in LANGUAGES}
    assert len(asked) == 1
    assert len(only(asked.pop()).split("\n")) == len(LANGUAGES)


def test_the_welcome_promises_that_officers_do_not_see_who_it_is(wording: Wording) -> None:
    """The first thing a resident reads is short and says what matters."""
    text = only(wording.parts(Welcome(), ZH, NOW))
    assert "察布查尔锡伯自治县" in text
    assert "看不到您是谁" in text
    assert len(text) < 250


def test_why_a_limit_moved_is_said_by_whoever_moved_it(wording: Wording) -> None:
    """No unit is said to have given a reason that a supervisor wrote."""
    by_unit = LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE, reason="需要换电缆")
    by_supervisor = LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE, reason="需要换电缆", is_by_supervisor=True)
    assert "交通运输局说明的理由：" in only(wording.parts(by_unit, ZH, NOW))
    told = only(wording.parts(by_supervisor, ZH, NOW))
    assert "督查人员说明的理由：" in told
    assert "交通运输局" not in told
