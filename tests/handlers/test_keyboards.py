"""Which buttons go under which message, and what stands on them."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest

from bot.rules.audit import AuditGroup
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Resuming, Solved
from bot.rules.erasure import Forgetting
from bot.rules.file import Media, Unwanted
from bot.rules.handling import Law, Step
from bot.rules.identity import FileId, Language, StaffId
from bot.rules.message import (
    AdditionWanted,
    AdminWanted,
    AnswerTaken,
    AnswerWanted,
    AsideList,
    AuditPage,
    CardAct,
    CardPage,
    CardsPage,
    CardWordsWanted,
    CaseAccepted,
    CaseClosedUnrated,
    CaseMerged,
    CaseMoved,
    CaseRefused,
    CaseReopened,
    CaseWithdrawn,
    ChooseLanguage,
    ColleagueAway,
    ColleagueBack,
    CommentTaken,
    CountyProposed,
    CountyRefused,
    CountyTaken,
    DigestFile,
    DigestPage,
    DigestPart,
    DraftTidied,
    FailedList,
    FileMaking,
    FileRefused,
    FileShown,
    FollowUpTaken,
    ForgetQuestion,
    Forgotten,
    FoundCases,
    Hearing,
    Help,
    InvitationLink,
    LimitMoved,
    Making,
    Message,
    MyCases,
    NoTranslator,
    PauseEnded,
    Picked,
    Picking,
    PointsChoice,
    PrivacyPage,
    RatingThanks,
    ReceiptPicture,
    Remark,
    ReopenNotice,
    ResolveQuestion,
    RoleEnded,
    RoleMenu,
    Said,
    SettingsPage,
    StaffJoined,
    StaffUnreachable,
    StaffWelcome,
    Standing,
    SurveyPage,
    SurveyQuestion,
    SurveyThanks,
    TapAnswered,
    TaskList,
    TaskRated,
    TaskResolved,
    TaskWithdrawn,
    TracePage,
    TranslationList,
    UnitMirror,
    UnitWrote,
    Welcome,
    WhereShown,
    WordsTranslated,
    WordsWanted,
)
from bot.rules.message.audit import AsideLine, AuditLine
from bot.rules.paper import Form
from bot.rules.scorecard import Traced, UnitCard
from bot.rules.translation import CHINESE, item_id
from handlers.callback import (
    BEGINNING,
    AnswerAdmin,
    AnswerSurvey,
    BeginSurvey,
    Button,
    ChangeLanguage,
    ChooseBeside,
    ChooseHearing,
    ChoosePoints,
    DropAside,
    Forget,
    GiveTextBack,
    ListAside,
    ListFailed,
    ListTexts,
    OpenAttached,
    OpenText,
    PickLanguage,
    PrintDigest,
    RetryAside,
    ShowAudit,
    ShowCard,
    ShowCase,
    ShowDigest,
    ShowHistory,
    ShowPart,
    ShowPrivacy,
    ShowSettings,
    TakeCounty,
    TakeText,
    Trace,
    UseEarlier,
    decode,
)
from handlers.keyboards import Keyboard, Keyboards
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.handlers import (
    caller_keyboards,
    duty_keyboards,
    group_keyboards,
    measure_keyboards,
    meeting_keyboards,
    official_keyboards,
    project_keyboards,
    resident_keyboards,
    sign_keyboards,
)
from tests.handlers.keyboard_samples import (
    CARD,
    DIGEST,
    LINES,
    OTHER,
    TEXT,
    TRIAGE,
    notice_in,
    picking,
)
from tests.locales.samples_rights import OWN
from tests.locales.samples_translating import CARD as TEXT_CARD
from tests.locales.samples_translating import WANTED
from tests.support.builders import (
    DUE_AT,
    LANGUAGES,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    ROADS,
    SJO,
    TRANSPORT,
    UG,
    WATER,
    ZH,
    county,
)


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


SHIRKING: Final = next(place for place, each in enumerate(county().indicators) if each.id == "shirking")

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
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
    "survey": (
        SurveyQuestion(token="A" * 16, unit=TRANSPORT),
        [
            [AnswerSurvey("A" * 16, "g"), AnswerSurvey("A" * 16, "f"), AnswerSurvey("A" * 16, "p")],
            [AnswerSurvey("A" * 16, "x")],
        ],
    ),
    "survey, second question": (
        SurveyQuestion(token="A" * 16, unit=TRANSPORT, answers="g"),
        [[AnswerSurvey("A" * 16, "gg"), AnswerSurvey("A" * 16, "gf"), AnswerSurvey("A" * 16, "gp")]],
    ),
    "survey to begin": (SurveyPage(period="2026-10", begins="2026-10"), [[BeginSurvey("2026-10")]]),
    "points": (
        PointsChoice(period="2026-11", unit=TRANSPORT, indicators=("shirking",)),
        [[ChoosePoints("2026-11", TRANSPORT, SHIRKING)], [ShowCard("2026-11", TRANSPORT)]],
    ),
    "points, how many": (
        PointsChoice(period="2026-11", unit=TRANSPORT, indicators=("shirking",), indicator="shirking", full=6),
        [
            [ChoosePoints("2026-11", TRANSPORT, SHIRKING, points) for points in range(1, 6)],
            [ChoosePoints("2026-11", TRANSPORT, SHIRKING, 6)],
            [ShowCard("2026-11", TRANSPORT)],
        ],
    ),
    "trace": (
        TracePage(
            period="2026-11",
            unit=TRANSPORT,
            indicator="shirking",
            lines=tuple(Traced(case=NUMBER, round=attempt, n=0, of=1) for attempt in (1, 2)),
            total=20,
            page=1,
        ),
        [
            [ShowCase(NUMBER)],
            [Trace("2026-11", TRANSPORT, SHIRKING, 0), Trace("2026-11", TRANSPORT, SHIRKING, 2)],
            [ShowCard("2026-11", TRANSPORT)],
        ],
    ),
    "audit": (
        AuditPage(
            group=AuditGroup.LOOKS,
            asked="2026-11-24",
            lines=(AuditLine(seq=77, at=NOW, kind="looked", actor=None),),
            is_newest=False,
            has_more=True,
            aside=2,
            undelivered=1,
        ),
        [
            [ShowAudit(AuditGroup.LOOKS, "2026-11-24"), ShowAudit(AuditGroup.LOOKS, "2026-11-24", 77)],
            [ShowAudit(AuditGroup.ALL, "2026-11-24"), ShowAudit(AuditGroup.DEEDS, "2026-11-24")],
            [ShowAudit(AuditGroup.STAFF, "2026-11-24"), ShowAudit(AuditGroup.HOUSE, "2026-11-24")],
            [ListAside(), ListFailed()],
        ],
    ),
    "set aside": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=True),
        [[RetryAside(7), ListAside(7)], [RetryAside(0)], [ShowAudit(AuditGroup.ALL, "")]],
    ),
    "set aside, asking": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=True, sure=7),
        [[DropAside(7), ListAside()]],
    ),
    "set aside, for a supervisor": (
        AsideList(lines=(AsideLine(seq=7, kind=None, received_at=NOW, reason="x"),), total=1, may_act=False),
        [[ShowAudit(AuditGroup.ALL, "")]],
    ),
    "not delivered": (FailedList(lines=(), total=0), [[ShowAudit(AuditGroup.ALL, "")]]),
    "county file": (
        CountyProposed(digest="a" * 64, in_force="b" * 64, differences=(), total=1),
        [[TakeCounty("a" * BEGINNING, "b" * BEGINNING)]],
    ),
    "admin": (
        AdminWanted(invitation="f" * 32),
        [[AnswerAdmin("f" * 32, is_welcome=True), AnswerAdmin("f" * 32, is_welcome=False)]],
    ),
    **{
        f"task, {state}": (notice_in(state, OFFICER), [[OpenAttached(NUMBER), ShowHistory(NUMBER)]])
        for state in (State.CLOSED, State.WITHDRAWN, State.REFUSED, State.MERGED)
    },
    "scorecards": (
        CardsPage(period="2026-W47", begins_at=NOW, ends_at=NOW, cards=(UnitCard(unit=TRANSPORT, closed=0, lines=()),)),
        [[ShowCard("2026-W47", TRANSPORT)], [ShowCard("2026-W46"), ShowCard("2026-W48")]],
    ),
    "scorecard": (
        CardPage(
            period="2026-W47", begins_at=NOW, ends_at=NOW, card=UnitCard(unit=TRANSPORT, closed=0, lines=()), is_last=True
        ),
        [[ShowCard("2026-W46", TRANSPORT)], [ShowDigest("2026-W47", f"u:{TRANSPORT}"), ShowCard("2026-W47")]],
    ),
    "scorecard of a lead": (
        CardPage(
            period="2026-W47", begins_at=NOW, ends_at=NOW, card=UnitCard(unit=TRANSPORT, closed=0, lines=()), is_alone=True
        ),
        [[ShowCard("2026-W46", TRANSPORT), ShowCard("2026-W48", TRANSPORT)]],
    ),
    "digest": (
        DigestPage(digest=DIGEST),
        [
            [ShowDigest("2026-W46"), ShowDigest("2026-W48")],
            [ShowDigest(period) for period in ("2026-W47", "2026-11", "2026-Q4", "2026")],
            [
                ShowPart("2026-W47", "", part)
                for part in (DigestPart.FIGURES, DigestPart.WARNINGS, DigestPart.BOOKS, DigestPart.SURVEY)
            ],
            [ShowPart("2026-W47", "", DigestPart.UNITS), ShowPart("2026-W47", "", DigestPart.TOWNSHIPS)],
            [PrintDigest("2026-W47", "", form) for form in Form],
        ],
    ),
    "translation wanted": (WANTED, [[OpenText(item_id(NUMBER, "filed", CHINESE))]]),
    "texts to translate": (
        TranslationList(lines=(TEXT,), total=9, page=0, done=(TEXT,)),
        [[OpenText("0123456789ab")], [ListTexts(1)], [OpenText("0123456789ab")]],
    ),
    "texts to translate, the last page": (
        TranslationList(lines=(TEXT,), total=9, page=1, done=()),
        [[OpenText("0123456789ab")], [ListTexts(0)]],
    ),
    "a text that is free": (TEXT_CARD, [[TakeText("0123456789ab")], [ListTexts(0)]]),
    "a text of one's own": (
        msgspec.structs.replace(TEXT_CARD, standing=Standing.MINE),
        [[TakeText("0123456789ab"), GiveTextBack("0123456789ab")], [ListTexts(0)]],
    ),
    "a text that was translated before": (
        msgspec.structs.replace(TEXT_CARD, whole="路坏了", mark="01234567"),
        [[TakeText("0123456789ab")], [UseEarlier("0123456789ab", "01234567")], [ListTexts(0)]],
    ),
    "a text that a colleague translated": (msgspec.structs.replace(TEXT_CARD, standing=Standing.DONE), [[ListTexts(0)]]),
    "welcome": (Welcome(), [[ShowPrivacy()]]),
    "help": (Help(role=None), [[ShowSettings(), ShowPrivacy()]]),
    "help for officials": (Help(role=Role.OFFICER), [[ShowSettings(), ShowPrivacy()]]),
    "forget": (
        ForgetQuestion(cases=2, open=1),
        [[Forget(Forgetting.TIE)], [Forget(Forgetting.ALL)], [Forget(None)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    SurveyThanks(has_answered=True),
    CardWordsWanted(unit=TRANSPORT, act=CardAct.OBJECT),
    CountyTaken(digest="a" * 64, by=StaffId("s-one"), differences=(), total=1),
    CountyRefused(mistakes=("a",), total=1),
    *caller_keyboards.WITHOUT_BUTTONS,
    *meeting_keyboards.WITHOUT_BUTTONS,
    *project_keyboards.WITHOUT_BUTTONS,
    *sign_keyboards.WITHOUT_BUTTONS,
    *measure_keyboards.WITHOUT_BUTTONS,
    *duty_keyboards.WITHOUT_BUTTONS,
    *group_keyboards.WITHOUT_BUTTONS,
    RoleEnded(role=Role.OFFICER, unit=TRANSPORT),
    InvitationLink(role=Role.OFFICER, unit=TRANSPORT, link="https://t.me/minsheng_bot?start=j-0", expires_at=NOW),
    ColleagueAway(
        staff=StaffId("s-one"),
        role=Role.OFFICER,
        unit=TRANSPORT,
        begins_at=NOW,
        last_at=NOW,
        deputy=None,
        is_deputy=False,
    ),
    ColleagueBack(staff=StaffId("s-one"), role=Role.OFFICER, unit=TRANSPORT),
    AdditionWanted(case=NUMBER),
    CaseWithdrawn(case=NUMBER),
    *(Said(remark) for remark in Remark),
    FileRefused(media=Media.PHOTO, why=Unwanted.BROKEN),
    DraftTidied(),
    FileShown(case=NUMBER, file=FileId("f-1"), media=Media.PHOTO, place=1, of=1),
    WhereShown(case=NUMBER, latitude=None, longitude=None, phone=None, name=None, voices=0, waiting=0, files=1),
    PrivacyPage(),
    Forgotten(how=Forgetting.ALL, shared=0, is_official=False),
    TaskWithdrawn(case=NUMBER),
    OWN,
    picking(Picking.SENT),
    ReceiptPicture(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT, proof="0" * 16, link=None),
    CaseAccepted(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    CaseClosedUnrated(case=NUMBER),
    RatingThanks(case=NUMBER, solved=Solved.YES, score=5),
    FollowUpTaken(case=NUMBER),
    CommentTaken(case=NUMBER, unit=TRANSPORT, is_given=True),
    ResolveQuestion(case=NUMBER),
    TaskResolved(case=NUMBER),
    TaskRated(case=NUMBER, solved=Solved.YES, score=5),
    ReopenNotice(case=NUMBER, unit=TRANSPORT, round=2, due_at=DUE_AT),
    StaffWelcome(role=Role.OFFICER, unit=TRANSPORT),
    StaffJoined(role=Role.OFFICER, unit=TRANSPORT),
    StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT),
    DigestFile(digest=DIGEST, form=Form.PDF),
    *(FileMaking(form=Form.PDF, making=making) for making in Making),
    TapAnswered(tap="1", toast=None),
    TaskList(cases=(), total=0),
    FoundCases(cases=(), total=0, is_complete=True),
    UnitMirror(unit=TRANSPORT, counts=(), digest=DIGEST),
    RoleMenu(roles=(Role.OFFICER,)),
    MyCases(cases=(), total=0),
    WordsWanted(case=NUMBER, step=Step.ASK),
    msgspec.structs.replace(TRIAGE, picked=Picked.DONE, unit=WATER),
    UnitWrote(case=NUMBER, unit=TRANSPORT, words="周五来修", stock=None, is_for_all=True),
    AnswerWanted(case=NUMBER),
    AnswerTaken(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT),
    PauseEnded(case=NUMBER, because=Resuming.EXPIRED, due_at=DUE_AT),
    LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE_AT, reason="等材料"),
    CaseMoved(case=NUMBER, unit=WATER, due_at=DUE_AT),
    CaseRefused(case=NUMBER, law=Law.ENDED, reason="已复核"),
    CaseMerged(case=NUMBER, into=OTHER, unit=TRANSPORT, due_at=DUE_AT),
    NoTranslator(language=UG, waiting=1, late=0, is_away=False),
    WordsTranslated(case=NUMBER, unit=TRANSPORT, words="周五来修", original="周五来修", is_corrected=False),
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
