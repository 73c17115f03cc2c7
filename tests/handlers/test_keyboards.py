"""Which buttons go under which message, and what stands on them."""

from __future__ import annotations

from typing import Final

import pytest

from bot.rules.county import Role
from bot.rules.erasure import Forgetting
from bot.rules.handling import Law, Step
from bot.rules.identity import Language, StaffId
from bot.rules.message import (
    Choice,
    ChooseLanguage,
    ForgetQuestion,
    Forgotten,
    Hearing,
    Help,
    Message,
    PrivacyPage,
    Remark,
    Said,
    SettingsPage,
    TapAnswered,
    TaskList,
    Welcome,
)
from bot.rules.message.general import OfficePage
from bot.rules.message.official import Away
from handlers.callback import (
    Button,
    ChangeLanguage,
    ChooseBeside,
    ChooseHearing,
    Forget,
    PickLanguage,
    ShowPrivacy,
    ShowSettings,
    decode,
)
from handlers.keyboards import Keyboard, Keyboards
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.handlers import (
    admin_keyboards,
    caller_keyboards,
    duty_keyboards,
    group_keyboards,
    measure_keyboards,
    meeting_keyboards,
    official_keyboards,
    project_keyboards,
    resident_keyboards,
    sign_keyboards,
    translating_keyboards,
)
from tests.handlers.keyboard_samples import (
    CARD,
    LINES,
    OTHER,
)
from tests.locales.samples_rights import OWN
from tests.support.builders import (
    LANGUAGES,
    NUMBER,
    QAPQAL_TOWN,
    ROADS,
    SJO,
    UG,
    ZH,
    county,
)
from tests.support.clock import TUESDAY_NOON

ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
"""What a reader does not see."""


@pytest.fixture(scope="module")
def keyboards() -> Keyboards:
    """Draw for the sample county in its three languages."""
    return Keyboards(county(), Wording(county(), load_catalogues(county().languages)))


def drawn(markup: Keyboard | None) -> list[list[Button]]:
    """Read what the buttons mean, row by row."""
    return [[decode(str(button.callback_data)) for button in row] for row in markup.inline_keyboard] if markup else []


def labels(markup: Keyboard | None) -> list[list[str]]:
    """Read what stands on the buttons, row by row."""
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    **admin_keyboards.WITH_BUTTONS,
    **translating_keyboards.WITH_BUTTONS,
    **official_keyboards.WITH_BUTTONS,
    **resident_keyboards.WITH_BUTTONS,
    **caller_keyboards.WITH_BUTTONS,
    **meeting_keyboards.WITH_BUTTONS,
    **project_keyboards.WITH_BUTTONS,
    **sign_keyboards.WITH_BUTTONS,
    **measure_keyboards.WITH_BUTTONS,
    **duty_keyboards.WITH_BUTTONS,
    **group_keyboards.WITH_BUTTONS,
    "language": (ChooseLanguage(), [[PickLanguage(ZH)], [PickLanguage(UG)], [PickLanguage(SJO)]]),
    "welcome": (Welcome(), [[ShowPrivacy()]]),
    "help": (Help(role=None), [[ShowSettings(), ShowPrivacy()]]),
    "help for officials": (Help(role=Role.OFFICER), [[ShowSettings(), ShowPrivacy()]]),
    "forget": (
        ForgetQuestion(cases=2, open=1),
        [[Forget(Forgetting.TIE)], [Forget(Forgetting.ALL)], [Forget(None)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    OfficePage(is_open=True, periods=(), has_draft=False),
    *official_keyboards.WITHOUT_BUTTONS,
    *resident_keyboards.WITHOUT_BUTTONS,
    *admin_keyboards.WITHOUT_BUTTONS,
    *translating_keyboards.WITHOUT_BUTTONS,
    *caller_keyboards.WITHOUT_BUTTONS,
    *meeting_keyboards.WITHOUT_BUTTONS,
    *project_keyboards.WITHOUT_BUTTONS,
    *sign_keyboards.WITHOUT_BUTTONS,
    *measure_keyboards.WITHOUT_BUTTONS,
    *duty_keyboards.WITHOUT_BUTTONS,
    *group_keyboards.WITHOUT_BUTTONS,
    *(Said(remark) for remark in Remark),
    PrivacyPage(),
    Forgotten(how=Forgetting.ALL, shared=0, is_official=False),
    OWN,
    TapAnswered(tap="1", toast=None),
)


@pytest.mark.parametrize("name", WITH_BUTTONS)
def test_the_same_buttons_stand_in_the_same_order_in_every_language(keyboards: Keyboards, name: str) -> None:
    """A language changes what stands on a button and how many of a row fit side by side, never what it does."""
    message, expected = WITH_BUTTONS[name]
    for language in LANGUAGES:
        rows = drawn(keyboards.under(message, language))
        assert [button for row in rows for button in row] == [button for row in expected for button in row], language
        assert all(any(set(row) <= set(planned) for planned in expected) for row in rows), language


@pytest.mark.parametrize("message", WITHOUT_BUTTONS, ids=lambda message: type(message).__name__)
def test_what_asks_for_nothing_has_no_buttons(keyboards: Keyboards, message: Message) -> None:
    """Where nothing can be chosen nothing can be pressed."""
    assert [keyboards.under(message, language) for language in LANGUAGES] == [None] * len(LANGUAGES)


def settings(hearing: Hearing, *, is_beside: bool) -> SettingsPage:
    """Make a page of settings."""
    return SettingsPage(hearing=hearing, is_beside=is_beside)


@pytest.mark.parametrize(("language", "offers_chinese"), [(ZH, False), (UG, True), (SJO, False)])
def test_chinese_beside_is_offered_where_nobody_has_signed_off_the_language(
    keyboards: Keyboards, language: Language, *, offers_chinese: bool
) -> None:
    """Not in Chinese itself, and not in Xibe, where it always stands beside."""
    choices: list[list[Button]] = [[ChooseHearing(Hearing.EVERYTHING)], [ChooseHearing(Hearing.NEEDED)]]
    for is_beside in (True, False):
        beside: list[list[Button]] = [[ChooseBeside(not is_beside)]] if offers_chinese else []
        keyboard = keyboards.under(settings(Hearing.NEEDED, is_beside=is_beside), language)
        assert drawn(keyboard) == [*choices, *beside, [ChangeLanguage()]]


def test_every_message_is_looked_at() -> None:
    """A new message needs a line in one of the lists above."""
    tried = {type(message) for message, _ in WITH_BUTTONS.values()} | {type(message) for message in WITHOUT_BUTTONS}
    tried |= {SettingsPage}
    assert tried == set(Message.__args__)


@pytest.mark.parametrize("name", WITH_BUTTONS)
def test_something_different_stands_on_each_button(keyboards: Keyboards, name: str) -> None:
    """No two buttons under a message read alike, none is empty or runs over a line, and none shows a placeholder."""
    for language in LANGUAGES:
        texts = [text for row in labels(keyboards.under(WITH_BUTTONS[name][0], language)) for text in row]
        assert len(set(texts)) == len(texts), language
        for text in texts:
            assert text.strip() == text != "", language
            assert not set(text) & set("\n{}<>&"), language


def test_the_chinese_of_the_buttons_that_count(keyboards: Keyboards) -> None:
    """What officials and residents have been told to press is there to the letter."""
    card, assigned, accepted, rating = (
        labels(keyboards.under(WITH_BUTTONS[name][0], ZH)) for name in ("card", "task, assigned", "task, accepted", "rating")
    )
    assert card[-1][0] == "提交"
    assert assigned == [["签收", "办结"], ["延期", "退回"], ["照片、位置、电话", "更多"]]
    assert accepted == [["办结", "询问居民"], ["延期", "退回"], ["照片、位置、电话", "更多"]]
    assert rating == [["已解决"], ["部分解决"], ["没有解决"]]


def test_each_language_calls_itself_by_its_own_name(keyboards: Keyboards) -> None:
    """Whoever chooses a language finds it whatever language is shown now."""
    for language in LANGUAGES:
        assert labels(keyboards.under(ChooseLanguage(), language)) == [["中文"], ["ئۇيغۇرچە"], ["ᠰᡞᠪᡝ 锡伯文"]]


@pytest.mark.parametrize("name", ["rating", "partly", "score", "task, assigned", "card, kinds"])
def test_uyghur_buttons_are_uyghur(keyboards: Keyboards, name: str) -> None:
    """None of them is left in Chinese."""
    texts = [text for row in labels(keyboards.under(WITH_BUTTONS[name][0], UG)) for text in row]
    assert not [text for text in texts if any("\u4e00" <= letter <= "\u9fff" for letter in text)]


@pytest.mark.parametrize("name", ["rating", "partly", "score", "task, assigned", "card"])
def test_xibe_buttons_can_be_read_in_chinese(keyboards: Keyboards, name: str) -> None:
    """On phones that cannot draw Xibe the Chinese is still there."""
    texts = [text for row in labels(keyboards.under(WITH_BUTTONS[name][0], SJO)) for text in row]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in texts)


def test_the_card_shows_what_is_chosen_now(keyboards: Keyboards) -> None:
    """The buttons that change kind, category and place carry what they are."""
    (category,), (kind, township), *_ = labels(keyboards.under(CARD, ZH))
    assert (county().categories[ROADS].name.zh in category, "投诉" in kind) == (True, True)
    assert county().townships[QAPQAL_TOWN].name.zh in township


def test_a_list_names_the_cases(keyboards: Keyboards) -> None:
    """Each button of a list shows the number of its case."""
    texts = labels(keyboards.under(TaskList(cases=LINES, total=2), ZH))
    assert [(number in row[0]) for row, number in zip(texts, (NUMBER, OTHER), strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (ZH, ["负责人 89ab", "同事 89cd", "我本人", "同事 89fe（休假）"]),
        (UG, ["مەسئۇل 89ab", "خىزمەتداش 89cd", "ئۆزۈم", "خىزمەتداش 89fe (رۇخسەتتە)"]),
    ],
)
def test_who_leads_is_named_among_colleagues(keyboards: Keyboards, language: Language, said: list[str]) -> None:
    """Whoever hands a case over knows to whom, and who is on leave."""
    people = ("s-0123456789ab", "s-0123456789cd", "s-0123456789ef", "s-0123456789fe")
    away = (Away(staff=StaffId(people[3]), last_at=TUESDAY_NOON, deputy=None),)
    choice = Choice(case=NUMBER, step=Step.HAND_OVER, options=people, leads=people[:1], own=people[2:3], away=away)
    texts = [text for row in labels(keyboards.under(choice, language)) for text in row]
    assert [text.translate(ISOLATES) for text in texts] == said


def test_a_shift_is_put_together_by_what_stands_on_its_buttons(keyboards: Keyboards) -> None:
    """Who by the end of their sign, which day, how long, which of the shifts above goes, and which other post."""
    message, _ = WITH_BUTTONS["duty of more people and shifts"]
    assert labels(keyboards.under(message, ZH)) == [
        ["同事 -two", "同事 hree"],
        ["同事 four"],
        ["晚一天 ›"],
        ["2 天", "3 天", "7 天"],
        ["登记这一班"],
        ["取消第 1 班"],
        ["取消第 2 班"],
    ]
    message, _ = WITH_BUTTONS["duty without anybody to choose"]
    assert labels(keyboards.under(message, ZH)) == [["水利局", "交通运输局"], ["全县"]]


@pytest.mark.parametrize(("language", "said"), [(ZH, "第 23 条：不属本县职权"), (UG, "23-ماددا: باشقىلار قارار قىلىدۇ")])
def test_an_article_is_called_one(keyboards: Keyboards, language: Language, said: str) -> None:
    """Its number alone could be anything."""
    choice = Choice(case=NUMBER, step=Step.REFUSE, options=tuple(each.name.lower() for each in Law))
    texts = [text for row in labels(keyboards.under(choice, language)) for text in row]
    assert said in [text.translate(ISOLATES) for text in texts]
