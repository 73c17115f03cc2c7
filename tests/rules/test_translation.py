"""Words in another language: which they are, who translates them, and what an official reads meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.identity import Language, StaffId
from bot.rules.reminder import plan_translation
from bot.rules.staff import Leave, Staff
from bot.rules.translation import (
    CHINESE,
    Legible,
    Rendered,
    Translation,
    can_translate,
    is_still_wanted,
    language_of_words,
    legible,
    legible_words,
    shows_original,
    translators_here,
    written_down,
)
from tests.support.builders import LANGUAGES, NOW, NUMBER, SJO, UG, ZH, calendar, county, staff
from tests.support.hours import wall

ITEM: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW, due_at=NOW + timedelta(hours=4))
DONE: Final = replace(ITEM, done_by=StaffId("s-translator"), done_role=Role.TRANSLATOR, done_at=NOW)


def translator(language: Language | None, name: str = "translator") -> Staff:
    """Make a translator."""
    return replace(staff(Role.TRANSLATOR, None, name), language=language)


@pytest.mark.parametrize(
    ("text", "setting", "language"),
    [
        ("村口的路灯坏了", ZH, ZH),
        ("村口的路灯坏了", UG, ZH),
        ("مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى", ZH, UG),
        ("مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى", None, UG),
        ("مەھەللىدىكى 路灯 بۇزۇلدى", UG, UG),
        ("ئابلەت 家门口的路灯坏了，晚上看不见路", UG, ZH),
        ("ᡪᡠᡤᡡᠨ ᠪᠠᡞᡨᠠ", None, SJO),
        ("ᡪᡠᡤᡡᠨ 路灯坏了", SJO, SJO),
        ("mehellimizning yoli buzuldi", UG, UG),
        ("mehellimizning yoli buzuldi", ZH, ZH),
        ("wifi坏了三天", UG, ZH),
        ("110", UG, ZH),
        ("", UG, ZH),
    ],
)
def test_the_language_is_that_of_most_of_the_signs(text: str, setting: Language | None, language: Language) -> None:
    """A name in another script makes no foreign text, and letters of no script of ours are the writer's own."""
    assert language_of_words(text, setting, LANGUAGES) == language


def test_a_language_that_the_county_does_not_offer_is_nobodys_to_translate() -> None:
    """Its words are read as they are."""
    assert language_of_words("ᡪᡠᡤᡡᠨ ᠪᠠᡞᡨᠠ", SJO, (ZH, UG)) == ZH


@pytest.mark.parametrize(
    ("official", "languages"),
    [
        (translator(UG), {UG}),
        (translator(None), {UG, SJO, ZH}),
        (staff(Role.OPERATOR, None), {ZH}),
        (staff(Role.OFFICER), set()),
        (staff(Role.ADMIN, None), set()),
    ],
    ids=["one language", "every one", "operator", "officer", "admin"],
)
def test_who_translates_what(official: Staff, languages: set[Language]) -> None:
    """A translator of a language that one or every one; an operator writes down what is Chinese already."""
    assert {language for language in LANGUAGES if can_translate(official, language)} == languages


def test_on_leave_the_deputy_is_told_if_they_know_the_language() -> None:
    """What the deputy cannot read is told to nobody."""
    leave = Leave(NOW - timedelta(days=1), NOW + timedelta(days=1), StaffId("s-two"))
    away, two = replace(translator(UG, "one"), leave=leave), translator(UG, "two")
    assert translators_here(UG, (away, two), NOW) == (two,)
    assert translators_here(UG, (away, replace(two, language=SJO)), NOW) == ()
    assert translators_here(UG, (away, two), NOW + timedelta(days=2)) == (away, two)


def test_chinese_is_read_as_it_is() -> None:
    """Nothing is said beside it."""
    assert legible("路灯坏了", None, None) == Legible("路灯坏了")


@pytest.mark.parametrize(
    ("item", "text", "state"),
    [
        (ITEM, "", Rendered.AWAITED),
        (DONE, "路坏了", Rendered.DONE),
        (replace(DONE, is_urgent=True), "路坏了", Rendered.DONE),
        (replace(ITEM, is_urgent=True), "يول", Rendered.URGENT),
        (replace(ITEM, has_translator=False), "يول", Rendered.NOBODY),
        (replace(DONE, has_translator=False), "路坏了", Rendered.DONE),
    ],
)
def test_what_an_official_reads(item: Translation, text: str, state: Rendered) -> None:
    """The translation once there is one; before that the original only where it cannot wait, or nobody will make one."""
    read = legible("يول", item, "路坏了" if item.is_done else None)
    assert read.rendering is not None
    assert (read.text, read.rendering.state) == (text, state)
    assert shows_original(read) is (text == "يول")


def test_no_original_is_left_among_the_words_that_officials_read() -> None:
    """What is translated stands in its own place, what is awaited nowhere; answers to residents stay Chinese."""
    words = {"filed": "يول", "filed/zh_Hans_CN": "路坏了", "said/1": "سۇ", "answer/1": "修好了", "answer/1/ug": "ياسالدى"}
    items = (DONE, replace(ITEM, slot="said/1"), Translation(NUMBER, "answer/1", CHINESE, UG, NOW, NOW))
    assert legible_words(words, items) == {
        "filed": "路坏了",
        "filed/zh_Hans_CN": "路坏了",
        "answer/1": "修好了",
        "answer/1/ug": "ياسالدى",
    }


@pytest.mark.parametrize("state", State)
def test_what_nobody_needs_any_more_is_not_asked_for(state: State) -> None:
    """Words of a case that was taken back or refused; why it was is still told, and a merged case goes on as another."""
    back = Translation(NUMBER, "said/1", CHINESE, UG, NOW, NOW)
    assert is_still_wanted(ITEM, state) is (state not in {State.WITHDRAWN, State.REFUSED})
    assert is_still_wanted(back, state) is (state is not State.WITHDRAWN)
    assert not is_still_wanted(DONE, state)


def test_the_limit_is_four_hours_of_working_time() -> None:
    """Asked at noon: two hours before lunch, two after it; half-way a reminder, then the limit, then four hours more."""
    limit_at, moments = plan_translation(NOW, county().translation, calendar(), round_the_clock=False)
    assert limit_at == wall("2026-11-24 17:30")
    assert [(each.stage, each.at) for each in moments] == [
        ("translation:before:50%", wall("2026-11-24 15:30")),
        ("translation:overdue:0h", limit_at),
        ("translation:overdue:4h", wall("2026-11-25 12:00") - timedelta(minutes=30) + timedelta(minutes=30)),
    ]
    assert [each.to for each in moments][-1] == (Role.SUPERVISOR, Role.ADMIN)


def test_what_runs_round_the_clock_has_half_an_hour() -> None:
    """In real time, at night too."""
    midnight = wall("2026-11-25 00:00")
    limit_at, moments = plan_translation(midnight, county().translation, calendar(), round_the_clock=True)
    assert limit_at == midnight + timedelta(minutes=30)
    assert moments[0].at == midnight + timedelta(minutes=15)


def test_what_is_written_in_several_messages_is_reminded_of_in_one() -> None:
    """Limits keep their seconds; reminders of texts that came soon after each other fall together, none before its text."""
    asked = [NOW + timedelta(minutes=1, seconds=seconds) for seconds in (0, 40.5, 179)]
    planned = [plan_translation(at, county().translation, calendar(), round_the_clock=False) for at in asked]
    assert [limit_at - planned[0][0] for limit_at, _ in planned] == [at - asked[0] for at in asked]
    first, *others = [[(moment.at, moment.stage) for moment in moments] for _, moments in planned]
    assert others == [first, first]
    assert all(moment.at > at for at, (_, moments) in zip(asked, planned, strict=True) for moment in moments)
    assert all(moment.at >= limit_at for limit_at, moments in planned for moment in moments if ":overdue:" in moment.stage)


def test_of_a_voice_an_official_reads_what_was_written_down_and_hears_nothing() -> None:
    """Until then that it is awaited, in an emergency too, and where nobody could do it: there is nothing else to read."""
    voice = replace(ITEM, slot="filed/1", is_voice=True)
    (done,) = written_down((replace(DONE, slot="filed/1", is_voice=True), DONE), {"filed/1/zh_Hans_CN": "晚上看不清路"})
    assert done.text == "晚上看不清路"
    for item in (voice, replace(voice, is_urgent=True), replace(voice, has_translator=False)):
        (read,) = written_down((item,), {"filed": "يول"})
        assert (read.text, read.rendering and read.rendering.state) == ("", Rendered.AWAITED)
    assert legible_words({"filed": "يول", "filed/1/zh_Hans_CN": "路"}, (voice,)) == {
        "filed": "يول",
        "filed/1/zh_Hans_CN": "路",
    }
