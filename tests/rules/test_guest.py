"""Guests' languages are recognised by their letters, and the service's own never are taken for one."""

from __future__ import annotations

import pytest

from bot.rules.guest import Guest, guest_language
from locales.guests import sentences
from tests.rules.reports import reports


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("У нас во дворе третий день нет воды", Guest.RUSSIAN),
        ("Біздің ауылда үш күннен бері су жоқ", Guest.KAZAKH),
        ("ٴبىزدىڭ اۋىلدا ٴۇش كۇننەن بەرى سۋ جوق", Guest.KAZAKH_ARABIC),
        ("The street lamp at our gate is broken", Guest.ENGLISH),
        ("村口的路灯坏了 please help", None),
        ("كەنتىمىزدە سۇ توختاپ قالدى", None),
        ("ᠮᡠᡣᡝ ᠠᡣᡡ", None),
        ("Doxturxanida dora bek qimmet", None),
        ("cun kou de lu deng huai le", None),
        ("OK", None),
        ("WIFI 5G CCTV", None),
        ("", None),
        ("110 119 120 2026", None),
    ],
)
def test_a_language_is_known_by_its_letters(text: str, guest: Guest | None) -> None:
    """A few words of it are enough; a word or an abbreviation alone is not."""
    assert guest_language(text) is guest


def test_no_report_of_the_services_own_languages_is_a_guests() -> None:
    """All sample reports, in Chinese and Uyghur."""
    assert len(reports()) > 100
    assert [report.text for report in reports() if guest_language(report.text) is not None] == []


def test_every_guest_has_a_sentence() -> None:
    """In their own language, which it names as such."""
    assert set(sentences()) == set(Guest)
    assert all(guest_language(sentence) is guest for guest, sentence in sentences().items())
