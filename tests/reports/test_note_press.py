"""A supervision note on paper: a form of A4 with its colour in words, the cases behind it, and a box to answer in."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from pypdf import PdfReader

from bot.reports.note_press import print_note
from bot.rules.identity import CaseNumber, Language
from bot.rules.message.sign import SignLetterFile, SignNoteFile
from bot.rules.warning import Grade, SignKind
from tests.locales.sample_values import DUE
from tests.locales.samples_sign import ASKED, BARE_FILE, CASES, DRAFT_FILE, LETTER_FILE, NOTE, NOTED, SENT_FILE, sign
from tests.reports.digests import wording
from tests.support.builders import LANGUAGES, UG, ZH


def printed(file: SignNoteFile | SignLetterFile, language: Language = ZH) -> PdfReader:
    """Print a note."""
    return PdfReader(io.BytesIO(print_note(wording().note_paper(file, language, DUE))))


def text(file: SignNoteFile | SignLetterFile, language: Language = ZH) -> str:
    """Read what stands on it, without the gaps that typesetting makes."""
    return "".join(page.extract_text() for page in printed(file, language).pages).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [DRAFT_FILE, SENT_FILE], ids=["draft", "sent"])
def test_a_note_is_one_page_of_a4(file: SignNoteFile, language: Language) -> None:
    """So that it can lie on a desk and be signed."""
    (page,) = printed(file, language).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_number_colour_reason_cases_and_date_stand_on_it() -> None:
    """And a box for the answer, with a line for whoever signs."""
    said = text(DRAFT_FILE)
    for expected in (
        "督办单",
        ASKED.number,
        "交通运输局",
        "黄色（滞后）",
        "12件不同事项",
        *CASES,
        "签发（盖章）",
        "责任单位答复",
        "负责人签字",
        "第1页，共1页",
    ):
        assert expected in said
    assert "草稿" in said
    assert "草稿" not in text(SENT_FILE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [LETTER_FILE, BARE_FILE], ids=["said", "bare"])
def test_a_letter_of_referral_is_one_page_of_a4(file: SignLetterFile, language: Language) -> None:
    """As it is handed on with its seal."""
    (page,) = printed(file, language).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_body_reason_and_evidence_stand_on_a_letter_of_referral() -> None:
    """When each case was filed, signed for and resolved, how often it was taken up, and what residents said of it."""
    said = text(LETTER_FILE)
    for expected in ("转办函", "纪委监委", "交通运输局", "不是结论", "可以导出并核验", *CASES, "第2次办理", "延期1次"):
        assert expected in said
    for expected in ("签收时间", "办结时间", "没有解决，1分", "已解决", "接收人签字", "请依照职责核查"):
        assert expected in said
    assert re.search(r"首次发现20\d\d年\d+月\d+日", said), "kept for years, and handed to somebody else"
    bare = text(BARE_FILE)
    for expected in ("责任单位尚未说明", "未评价", "无时限", f"另计入：{CASES[0]}"):
        assert expected in bare


@pytest.mark.parametrize("grade", Grade)
def test_one_of_three_colours_is_crossed(grade: Grade) -> None:
    """Whichever the note has; all three stand there in words."""
    note = msgspec.structs.replace(NOTE, sign=sign(SignKind.BEHIND, grade))
    paper = wording().note_paper(SignNoteFile(note=note, cases=()), ZH, DUE)
    assert [each.is_it for each in paper.grades] == [each is grade for each in Grade]
    assert [each.label for each in paper.grades] == ["蓝色（提醒）", "黄色（滞后）", "红色（逾期）"]


def test_a_count_that_proves_nothing_says_so_on_paper_too() -> None:
    """A signal does, a warning need not."""
    warning = msgspec.structs.replace(NOTE, sign=sign(SignKind.BEHIND))
    assert "不是结论" in text(DRAFT_FILE)
    assert "不是结论" not in text(SignNoteFile(note=warning, cases=()))


def test_cases_of_other_units_are_numbers_and_of_ratings_by_its_own_people_there_is_none() -> None:
    """A unit reads the state of its own cases only."""
    one = msgspec.structs.replace(DRAFT_FILE, cases=NOTED[:1])
    assert f"另计入：{CASES[1]}" in text(one)
    nobody = SignNoteFile(note=msgspec.structs.replace(NOTE, sign=sign(SignKind.OWN_RATING), cases=()), cases=())
    assert "本单不列具体事项" in text(nobody)
    assert CASES[0] not in text(nobody)


def test_as_many_cases_as_a_sign_names_are_set_over_pages() -> None:
    """The box for the answer is never torn apart."""
    many = tuple(CaseNumber(f"CB-2026-{place:06d}") for place in range(60))
    note = msgspec.structs.replace(NOTE, cases=many)
    file = SignNoteFile(note=note, cases=tuple(msgspec.structs.replace(NOTED[0], number=number) for number in many))
    pages = [page.extract_text() for page in printed(file).pages]
    assert len(pages) > 1
    assert [number for number in many if not any(number in page for page in pages)] == []
    assert sum("责任单位答复" in page.replace(" ", "") and "签字" in page.replace(" ", "") for page in pages) == 1


def test_what_people_wrote_stands_on_it_as_they_wrote_it_and_commands_nothing() -> None:
    """Signs of the typesetter's own language are signs like others."""
    sly = "#panic() $x$ *粗* @ref <b> \\"
    file = msgspec.structs.replace(SENT_FILE, answer=sly, note=msgspec.structs.replace(SENT_FILE.note, words=sly))
    assert text(file).count(sly.replace(" ", "")) == 2


def test_uyghur_runs_to_the_left() -> None:
    """In its own script, with the number standing as it is."""
    assert wording().note_paper(DRAFT_FILE, UG, DUE).is_right_to_left
    assert ASKED.number in text(DRAFT_FILE, UG)
