"""The file with everything that is kept about somebody: whole, in their language, and safe to open."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from bot.rules.identity import Language
from bot.rules.length import Length, Span
from bot.rules.message import PrivacyPage, Spoken
from locales.catalogue import load_catalogues
from locales.rights import kept_for
from locales.speech import Speech
from locales.wording import Wording
from tests.locales.samples import messages
from tests.locales.samples_rights import OWN
from tests.support.builders import LANGUAGES, NOW, NUMBER, UG, WORDS, ZH, county

VOID = {"meta", "br"}


class Balanced(HTMLParser):
    """Reads a page, and what people see of it; every tag must be closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Read text."""
        if "style" not in self.open:
            self.text += data


@pytest.fixture(scope="module")
def wording() -> Wording:
    """Speak for the sample county."""
    return Wording(county(), load_catalogues(county().languages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_loads_nothing(wording: Wording, language: Language) -> None:
    """Valid tags, no script, nothing from elsewhere; whatever somebody wrote is text and turns nothing."""
    document = wording.document(OWN, language)
    assert document is not None
    assert (document.name, document.media_type) == ("my-data-2026-11-24.html", "text/html")
    page = document.content.decode()
    read = Balanced()
    read.feed(page)
    assert read.open == []
    assert not read.seen & {"script", "img", "link", "iframe", "form", "a"}
    for part in (NUMBER, WORDS, "<script>x</script>", f"<b>&{WORDS}"):
        assert part in read.text
    assert "\u202e" not in page
    assert ('dir="rtl"' in page) == (language == UG)
    assert read.text.count(WORDS) == 1 + len(Spoken)  # the draft's, and of each kind one


def test_what_was_given_besides_words_stands_there(wording: Wording) -> None:
    """A phone number or a place is personal as words are; of files it is said how many are kept."""
    document = wording.document(OWN, ZH)
    assert document is not None
    read = Balanced()
    read.feed(document.content.decode())
    for said in ("<i>古丽", "+8613800000000", "43.84000,81.15000", "1张照片", "1条语音"):
        assert said in read.text


def test_who_opened_a_case_stands_there_by_role_unit_and_time(wording: Wording) -> None:
    """In Chinese: each look is a line; who has left is not guessed at."""
    document = wording.document(OWN, ZH)
    assert document is not None
    page = document.content.decode()
    assert "2026年11月24日（星期二）12:00 有人打开过：您写的内容；岗位：经办人，单位：交通运输局" in page
    assert "有人打开过：您的身份；岗位：管理员</p>" in page
    assert "有人打开过：您写的内容</p>" in page
    assert "还没有工作人员打开过。" in page


def test_only_the_own_data_and_a_proof_go_as_a_file(wording: Wording) -> None:
    """Every other message is text."""
    with_file = {name for name, message in messages() if wording.document(message, ZH) is not None}
    assert with_file == {"OwnData", "OwnData empty", "EntryProof", "EntryProof proved"}


def test_the_privacy_page_says_how_long_words_are_kept(wording: Wording) -> None:
    """As the county file has it, in words."""
    (text,) = wording.parts(PrivacyPage(), ZH, NOW)
    assert "24 个月" in text
    assert "/forget" in text
    assert "/mydata" in text
    speech = Speech(county(), load_catalogues(county().languages), ZH)
    assert kept_for(speech, Length("90cd", Span.CALENDAR_DAYS, 90)) == "90 天"
