"""What is printed: two pages whatever the week was like, every language in its own script, a picture Telegram takes."""

from __future__ import annotations

import io
import struct
from functools import cache

import pytest
from pypdf import PdfReader

from bot.reports.paper_press import print_paper
from bot.rules.digest import Scope
from bot.rules.figure import Digest
from bot.rules.identity import Language
from bot.rules.paper import Form
from tests.reports.digests import NOW, digest, few, nothing, wording
from tests.support.builders import LANGUAGES, QAPQAL_TOWN, TRANSPORT, UG, ZH

DIGESTS = [
    pytest.param(nothing(), id="nothing"),
    pytest.param(few(), id="some units have few cases"),
    pytest.param(digest(), id="every unit is ranked"),
    pytest.param(digest(98_765), id="many cases"),
    pytest.param(digest(period="2026"), id="a year"),
    pytest.param(digest(scope=Scope("", unit=TRANSPORT, township=QAPQAL_TOWN)), id="a unit in a township"),
]


@cache
def printed(language: Language) -> bytes:
    """Print a usual week, once for all that is looked for in it."""
    return print_paper(wording().paper(few(), language, NOW), Form.PDF)


def pages(printed: bytes) -> list[str]:
    """Read the text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figures", DIGESTS)
def test_a_digest_is_two_pages_of_a4(figures: Digest, language: Language) -> None:
    """Never three, however much there is, and never one."""
    reader = PdfReader(io.BytesIO(print_paper(wording().paper(figures, language, NOW), Form.PDF)))
    assert len(reader.pages) == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figures", DIGESTS)
def test_a_picture_is_one_that_telegram_takes(figures: Digest, language: Language) -> None:
    """Width and height together at most 10000 pixels, one at most 20 times the other, at most 10 MB (Bot API, sendPhoto)."""
    picture = print_paper(wording().paper(figures, language, NOW), Form.PNG)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width + height <= 10_000
    assert height <= 4 * width
    assert len(picture) < 10 * 1024 * 1024


def test_what_stands_on_paper_is_what_was_said() -> None:
    """Pages are numbered, the gap stands on the first, the checkpoint on the second."""
    first, second = pages(printed(ZH))
    said = first.replace(" ", "").replace("\n", "")
    assert "察布查尔锡伯自治县周报" in said
    assert "单位与居民的说法相差" in said
    assert "第1页，共2页" in said
    assert "第2页，共2页" in second.replace(" ", "")
    assert "20481" in second


def test_only_fonts_that_came_with_the_program_are_used() -> None:
    """A letter without a glyph would be drawn by whatever the machine has, or as a box."""
    used = set()
    for language in LANGUAGES:
        reader = PdfReader(io.BytesIO(printed(language)))
        for page in reader.pages:
            fonts = page["/Resources"]["/Font"]  # type: ignore[index]
            used |= {str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0] for font in fonts.values()}
    assert used == {"NotoSansSC", "NotoSerifSC", "NotoNaskhArabic", "NotoSansMongolian"}


def test_uyghur_is_set_from_right_to_left() -> None:
    """In letters that join, which a font that has no shaping would leave apart."""
    assert wording().paper(few(), UG, NOW).is_right_to_left
    first, _ = pages(printed(UG))
    assert any("\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufeff" for letter in first)


def test_a_length_of_time_is_read_from_the_right_in_uyghur() -> None:
    """Its number stands before the word, which there is at its right; in a table of numbers, too."""
    placed = letters(printed(UG))
    days = [(x, y) for x, y, letter in placed if letter == "ك" and {"و", "ن"} <= near(placed, x - 9, x, y)]
    assert days
    assert all(any(map(str.isdigit, near(placed, x, x + 9, y))) for x, y in days)


def letters(printed: bytes) -> list[tuple[float, float, str]]:
    """Read where the letters of the first page stand: how far from the left, how high."""
    found: list[tuple[float, float, str]] = []

    def seen(text: str, page: list[float], line: list[float], _font: object, _size: float) -> None:
        found.append((page[4] + line[4], page[5] + line[5], text.strip()))

    PdfReader(io.BytesIO(printed)).pages[0].extract_text(visitor_text=seen)
    return found


def near(placed: list[tuple[float, float, str]], left: float, right: float, height: float) -> set[str]:
    """Name the letters of a line between two places."""
    return {letter for x, y, letter in placed if left <= x <= right and abs(y - height) < 1}


def test_a_checkpoint_fills_the_code() -> None:
    """Another checkpoint makes another code, and so another page."""
    paper = wording().paper(few(), ZH, NOW)
    assert paper.seal.code == few().signed
