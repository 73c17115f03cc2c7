"""Every message, button and flash in every language: Telegram takes it, and it stands on the right side."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest

from bot.actions.history import HOUSEKEEPING
from bot.rules.audit import AuditGroup
from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import KINDS as ENTRY_KINDS
from bot.rules.entry import BesideFact, CaseFact, Look
from bot.rules.handling import Law, Step, Stock
from bot.rules.identity import Language
from bot.rules.message import (
    AdminMessage,
    CallerMessage,
    ChooseLanguage,
    DraftMessage,
    EntryProof,
    GeneralMessage,
    Help,
    MeasureMessage,
    MeetingMessage,
    Message,
    News,
    OfficialMessage,
    ProjectMessage,
    Remark,
    ResidentMessage,
    RightsMessage,
    RoleMenu,
    SignMessage,
    TapAnswered,
    Toast,
)
from bot.rules.survey import Question
from bot.rules.tasks import Only
from locales.admin_buttons import ADMIN_BUTTONS
from locales.audit import BESIDE, GROUPS, LOOKS
from locales.buttons import BUTTONS, SCORES, TOASTS
from locales.caller_buttons import CALLER_BUTTONS
from locales.commands import (
    ADMIN_COMMANDS,
    CALLING_COMMANDS,
    COMMANDS,
    ENTERING_COMMANDS,
    LEADING_COMMANDS,
    MEETING_COMMANDS,
    OFFICIAL_COMMANDS,
    RESIDENT_COMMANDS,
    TRANSLATING_COMMANDS,
    VISITING_COMMANDS,
    WATCHING_COMMANDS,
)
from locales.draft_buttons import DRAFT_BUTTONS
from locales.general_buttons import GENERAL_BUTTONS
from locales.handling import CHOOSE, NEWS, WANTED
from locales.history import EVENTS
from locales.meanwhile import INSTEAD, LAWS, STOCK
from locales.measure_buttons import MEASURE_BUTTONS
from locales.meeting_buttons import MEETING_BUTTONS
from locales.official_buttons import OFFICIAL_BUTTONS
from locales.project_buttons import PROJECT_BUTTONS
from locales.remarks import REMARKS
from locales.resident_buttons import RESIDENT_BUTTONS
from locales.rights_buttons import RIGHTS_BUTTONS
from locales.survey import ASKED, NAMED
from locales.task_list import FILTERS
from locales.terms import KINDS, ROLES, STATES
from locales.tracking import receipt_file
from locales.wording import Label, Wording
from tests.locales.county import LANGUAGES, ROADS, UG, ZH
from tests.locales.sample_values import NOW, NUMBER
from tests.locales.samples import messages
from tests.locales.telegram import depths, parsed

SAMPLES = dict(messages())

CODE = re.compile("<pre>.*?</pre>", re.DOTALL)


def texts_of(wording: Wording, message: Message, language: Language) -> list[str]:
    """Return what a reader sees of each part, but for blocks of code, which are to be copied as they are."""
    return [parsed(CODE.sub("", part)).text for part in wording.parts(message, language, NOW)]


def test_the_samples_hold_every_kind_of_message() -> None:
    """A new message cannot be added without being rendered here."""
    assert {type(message) for message in SAMPLES.values()} == set(get_args(Message))


def test_every_kind_of_message_has_one_area_and_one_name() -> None:
    """A waiting message is read back by the name of its class, so no two areas share one."""
    areas = (
        GeneralMessage,
        DraftMessage,
        ResidentMessage,
        OfficialMessage,
        AdminMessage,
        RightsMessage,
        CallerMessage,
        MeetingMessage,
        ProjectMessage,
        SignMessage,
        MeasureMessage,
    )
    names = [kind.__name__ for area in areas for kind in get_args(area)]
    assert sorted(names) == sorted(kind.__struct_config__.tag for kind in get_args(Message))
    assert len(set(names)) == len(names)


def test_no_two_samples_have_one_name() -> None:
    """Of two with one name only the last would be looked at."""
    assert len(SAMPLES) == len(list(messages()))


@pytest.mark.parametrize("name", SAMPLES)
def test_telegram_takes_every_part(wording: Wording, name: str) -> None:
    """Parts are balanced HTML, not empty and at most 4096 units long; only an answered tap and a menu have none."""
    message = SAMPLES[name]
    for language in LANGUAGES:
        parts = wording.parts(message, language, NOW)
        assert bool(parts) is not isinstance(message, TapAnswered | RoleMenu), language
        for part in parts:
            seen = parsed(part)
            assert seen.text.strip(), language
            assert seen.units <= 4096, language


def test_a_receipt_is_handed_over_to_the_last_letter() -> None:
    """Nothing is put between its letters or before its lines: it would not verify any more."""
    for message in SAMPLES.values():
        if isinstance(message, EntryProof):
            assert receipt_file(message).content == message.text.encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_no_hole_and_no_english_is_left(wording: Wording, name: str) -> None:
    """Every placeholder is filled, and no word of the program's own English shows through."""
    allowed = re.compile(r"https://t\.me/\S+|CB|YJ|JY|PNG|PDF|XLSX|verify_ledger\.py|ledger\.key|/[a-z]+|W47|Q4|<A&B>")
    for language in LANGUAGES:
        for text in texts_of(wording, SAMPLES[name], language):
            assert not re.search(r"[{}]", text), language
            latin = re.findall(r"[A-Za-z]{2,}", allowed.sub("", re.sub(r"\b[0-9a-f]{16,}\b", "", text)))
            assert latin == [], language


@pytest.mark.parametrize("name", SAMPLES)
def test_isolates_end_on_their_line(wording: Wording, name: str) -> None:
    """An isolate never runs over the end of its line, where it would stop to hold."""
    for language in LANGUAGES:
        for text in texts_of(wording, SAMPLES[name], language):
            for line in text.split("\n"):
                depths(line)


@pytest.mark.parametrize("message", [pytest.param(m, id=n) for n, m in SAMPLES.items() if not isinstance(m, ChooseLanguage)])
def test_uyghur_text_holds_nothing_bare_that_runs_to_the_right(wording: Wording, message: Message) -> None:
    """Every digit, Latin letter and Chinese character stands in an isolate: bare, 2026-11-24 would read 24-11-2026."""
    for text in texts_of(wording, message, UG):
        for line in text.split("\n"):
            bare = "".join(char for char, depth in zip(line, depths(line), strict=True) if depth == 0)
            assert not [char for char in bare if unicodedata.bidirectional(char) in {"L", "EN", "AN"}], line


@pytest.mark.parametrize("message", [pytest.param(m, id=n) for n, m in SAMPLES.items() if not isinstance(m, ChooseLanguage)])
def test_uyghur_lines_and_phrases_begin_on_the_right(wording: Wording, message: Message) -> None:
    """Each line, and each isolate with further isolates in it, has a letter of its own that makes it run to the left.

    The very first letter of a line does, in an isolate or not: browsers choose the side of a line by it.
    """
    for part in wording.parts(message, UG, NOW):
        for line in parsed(re.sub(r"(?s)<blockquote>.*?</blockquote>|<pre>.*?</pre>", "", part)).text.split("\n"):
            levels = depths(line)
            if line.strip():
                assert _begins_on_the_right(line, levels, 0), line
                assert _begins_on_the_right(line, [0] * len(line), 0), line
            for at, char in enumerate(line):
                if char == "\u2068":
                    inner, own = _inside(line, levels, at)
                    assert "\u2068" not in inner or _begins_on_the_right(inner, own, levels[at] + 1), inner


def _inside(line: str, levels: list[int], opening: int) -> tuple[str, list[int]]:
    closing = next(i for i in range(opening + 1, len(line)) if line[i] == "\u2069" and levels[i] == levels[opening])
    return line[opening + 1 : closing], levels[opening + 1 : closing]


def _begins_on_the_right(text: str, levels: list[int], own: int) -> bool:
    strong = (unicodedata.bidirectional(char) for char, level in zip(text, levels, strict=True) if level == own)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), None) in {"R", "AL"}


@pytest.mark.parametrize("label", list(Label))
def test_buttons_are_short_plain_text(wording: Wording, label: Label) -> None:
    """A button has no markup, no hole, one line, and about 40 characters."""
    for language in LANGUAGES:
        text = wording.label(label, language, value=wording.name_of_category(ROADS, language), case=NUMBER)
        assert 0 < len(text) <= 40, language
        assert not re.search(r"[<>{}\n]", text), language
        depths(text)


@pytest.mark.parametrize("toast", list(Toast))
def test_flashes_are_short_plain_text(wording: Wording, toast: Toast) -> None:
    """Telegram cuts a flash at 200 characters."""
    for language in LANGUAGES:
        text = wording.toast(toast, language)
        assert 0 < len(text) <= 200, language
        assert not re.search(r"[<>{}\n]", text), language


@pytest.mark.parametrize("toast", list(Toast))
def test_flashes_to_whoever_chose_no_language_are_in_each(wording: Wording, toast: Toast) -> None:
    """A line each, none twice, and still within what Telegram shows."""
    lines = wording.toast(toast, None).split("\n")
    assert lines == list(dict.fromkeys(wording.toast(toast, language) for language in LANGUAGES))
    assert {wording.toast(toast, ZH), wording.toast(toast, UG)} <= set(lines)
    assert len("\n".join(lines)) <= 200


def test_the_agreed_chinese_buttons(wording: Wording) -> None:
    """Send, discard, accept, resolve, extend, transfer and the three answers are exactly these words."""
    agreed = {
        Label.SEND: "提交",
        Label.DISCARD: "放弃",
        Label.ACCEPT: "签收",
        Label.RESOLVE: "办结",
        Label.EXTEND: "延期",
        Label.TRANSFER: "退回",
        Label.SOLVED_YES: "已解决",
        Label.SOLVED_PARTLY: "部分解决",
        Label.SOLVED_NO: "没有解决",
        Label.SCORE_5: "5 非常满意",
        Label.SCORE_1: "1 非常不满意",
    }
    assert {label: wording.label(label, ZH) for label in agreed} == agreed


def test_a_button_shows_what_is_chosen_now(wording: Wording) -> None:
    """The choice stands on the button, cleaned of what could turn the text."""
    assert wording.label(Label.PICK_KIND, ZH, value="投\u202e诉\n") == "类型：投诉"


def test_the_language_buttons(wording: Wording) -> None:
    """Each language is offered in its own writing, Xibe with Chinese beside it."""
    assert [name for _, name in wording.language_names()] == ["中文", "ئۇيغۇرچە", "ᠰᡞᠪᡝ 锡伯文"]


def test_every_member_has_its_words() -> None:
    """No remark, flash, kind, state, role or button is without a name."""
    assert set(REMARKS) == set(Remark)
    assert set(TOASTS) == set(Toast)
    assert set(KINDS) == set(Kind)
    assert set(STATES) == set(State)
    assert set(ROLES) == set(Role)
    assert sorted([*BUTTONS, *SCORES]) == sorted(Label)
    assert set(FILTERS) == set(Only)
    assert set(NEWS) == set(News)
    assert set(STOCK) == set(Stock)
    assert set(LAWS) == set(INSTEAD) == set(Law)
    assert set(WANTED) | set(CHOOSE) == set(Step) - {Step.ACCEPT, Step.RESOLVE, Step.DROP, Step.GRANT, Step.ASSIGN}
    told = {fact.KIND for fact in (*get_args(CaseFact), *get_args(BesideFact)) if not issubclass(fact, HOUSEKEEPING)}
    assert set(EVENTS) == told
    assert set(BESIDE) | set(EVENTS) == {kind for kind, _ in ENTRY_KINDS}
    assert not set(BESIDE) & set(EVENTS)
    assert set(LOOKS) == set(Look)
    assert set(GROUPS) == set(AuditGroup)
    assert set(ASKED) == set(NAMED) == set(Question)


def test_every_label_and_command_has_one_area() -> None:
    """No table of an area writes over what another says."""
    labels = [
        *GENERAL_BUTTONS,
        *DRAFT_BUTTONS,
        *RESIDENT_BUTTONS,
        *OFFICIAL_BUTTONS,
        *ADMIN_BUTTONS,
        *RIGHTS_BUTTONS,
        *CALLER_BUTTONS,
        *MEETING_BUTTONS,
        *MEASURE_BUTTONS,
        *PROJECT_BUTTONS,
    ]
    assert sorted(labels) == sorted(BUTTONS)
    assert sorted(
        [
            *(*RESIDENT_COMMANDS, *OFFICIAL_COMMANDS, *WATCHING_COMMANDS, *CALLING_COMMANDS, *TRANSLATING_COMMANDS),
            *(*ENTERING_COMMANDS, *VISITING_COMMANDS, *MEETING_COMMANDS, *LEADING_COMMANDS, *ADMIN_COMMANDS),
        ]
    ) == sorted(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_the_screen_of_a_phone(wording: Wording, language: Language) -> None:
    """Everything somebody in every role can do, in at most 22 lines and 900 characters that are seen."""
    (part,) = wording.parts(Help(role=Role.OFFICER, also=(Role.SUPERVISOR, Role.ADMIN)), language, NOW)
    text = re.sub("[\u200f\u2068\u2069]", "", parsed(part).text)
    assert {"/tasks", "/triage", "/callbacks", "/find", "/digest", "/my"} <= set(re.findall(r"/[a-z]+", text))
    assert text.count("\n") < 22
    assert len(text) <= 900


def test_a_language_the_county_no_longer_offers_is_answered_in_chinese(wording: Wording) -> None:
    """A person who chose a language before it was taken away still gets an answer."""
    assert wording.toast(Toast.DONE, Language("kk")) == wording.toast(Toast.DONE, ZH)


def test_names_of_the_county_fall_back_to_chinese(wording: Wording) -> None:
    """What the county file does not name in a language is named in Chinese, what it no longer has by its id."""
    assert wording.name_of_category(ROADS, UG) == "道路交通"
    assert wording.name_of_kind(Kind.COMPLAINT, UG) == "شىكايەت"
    assert wording.name_of_township(None, ZH) == "未填"
