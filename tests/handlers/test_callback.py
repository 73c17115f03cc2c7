"""A button is a value, and at most 64 bytes that lead back to that value and to nothing else."""

from __future__ import annotations

import re
import string
from typing import Final, get_args

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import StaleButton
from bot.rules.audit import LONGEST as LONGEST_SEARCH
from bot.rules.audit import AuditGroup
from bot.rules.county import Kind, Role
from bot.rules.entry import Channel, Solved
from bot.rules.erasure import Forgetting
from bot.rules.following import Deed
from bot.rules.handling import Law, Step, Stock
from bot.rules.identity import CaseNumber, CategoryId, Language, MeetingId, ProjectId, TownshipId, UnitId
from bot.rules.measure import MeasureStep
from bot.rules.message import CardAct, DigestPart, Hearing, Picked, Picking
from bot.rules.message.sign import SignStep
from bot.rules.paper import Form
from bot.rules.tasks import Only
from handlers.callback import (
    BEGINNING,
    LONGEST,
    VERSION,
    AcceptCase,
    AcceptShown,
    AddMilestone,
    AddToCase,
    AdminButton,
    AdoptMatter,
    AnswerAdmin,
    AnswerCallback,
    AnswerSurvey,
    AnswerUnit,
    AskVoices,
    Assign,
    AuditButton,
    BeginSurvey,
    Button,
    CallerButton,
    CardButton,
    ChangeLanguage,
    Choose,
    ChooseBeside,
    ChooseHearing,
    ChooseLeave,
    ChooseMeasure,
    ChoosePoints,
    ChooseShift,
    CountSeen,
    DecidePoints,
    DeclineMatter,
    DiscardDraft,
    DoCard,
    DoCards,
    DoDeed,
    DraftButton,
    DropAside,
    DropMilestone,
    DropShift,
    DutyButton,
    EndLeave,
    EndStaff,
    EndTheMeeting,
    EnterCallback,
    EnterFor,
    EnterVisit,
    ErasePhotos,
    FileApart,
    FindCaller,
    Forget,
    GeneralButton,
    GiveTextBack,
    GoOn,
    HandOn,
    HangCategory,
    HangProject,
    HearAnswer,
    HeardChoice,
    HeardDeed,
    HeardScore,
    HeardSolved,
    HeardWithdrawal,
    HideCode,
    HoldMeeting,
    Invite,
    JoinCase,
    JudgeProject,
    LengthOfMeeting,
    LetRest,
    ListAside,
    ListCallbacks,
    ListCalls,
    ListFailed,
    ListMeetings,
    ListProjects,
    ListProposals,
    ListSigns,
    ListTexts,
    MeasureButton,
    MeetingButton,
    NoEmergency,
    NoteProposal,
    OfficialButton,
    OpenAttached,
    OpenCall,
    OpenCallback,
    OpenMember,
    OpenNumber,
    OpenProject,
    OpenProposal,
    OpenSign,
    OpenText,
    PageOfMine,
    Pick,
    PickAbout,
    PickCategory,
    PickKind,
    PickLanguage,
    PickPlace,
    PickTownship,
    PickTriage,
    PlaceMeeting,
    PrintDigest,
    ProjectButton,
    PublishMilestone,
    RaiseMatter,
    RateScore,
    RateSolved,
    RemovePart,
    ResidentButton,
    ResolveCase,
    RetryAside,
    RightsButton,
    SayFixed,
    SayStill,
    SecondMatter,
    SeePhotos,
    SeeReminders,
    SendDraft,
    SetNamed,
    SetPlace,
    ShowAudit,
    ShowCard,
    ShowCase,
    ShowDigest,
    ShowDuty,
    ShowHistory,
    ShowLink,
    ShowMeeting,
    ShowMore,
    ShowPart,
    ShowPrivacy,
    ShowProof,
    ShowRaised,
    ShowReceipt,
    ShowSettings,
    ShowStaff,
    ShowTasks,
    SignButton,
    SkipComment,
    StaffButton,
    SurveyButton,
    Take,
    TakeCounty,
    TakeMeasure,
    TakeSign,
    TakeText,
    Trace,
    TranslatingButton,
    TriageCategory,
    TriageFinal,
    TriageUnit,
    TurnPhoto,
    UnlinkGroups,
    UseEarlier,
    Withdraw,
    WriteComment,
    decode,
    encode,
)
from tests.support.builders import county

COUNTY: Final = county()
AREAS: Final = (
    "",
    *(f"u:{unit}" for unit in COUNTY.units),
    *(f"t:{township}" for township in COUNTY.townships),
    f"u:{'w' * 24}",  # the longest id that a county file may have
)
MEETING: Final = MeetingId("0123456789abcdef")
CASE: Final = CaseNumber(f"{COUNTY.case_prefix}-2026-999999")
ROUND: Final = 999

EVERY: Final[tuple[Button, ...]] = (
    *(PickLanguage(language) for language in COUNTY.languages),
    *(Pick(picking) for picking in Picking),
    *(PickKind(kind) for kind in Kind),
    *(PickCategory(category) for category in COUNTY.categories),
    *(PickTownship(township) for township in COUNTY.townships),
    PickTownship(None),
    *(PickAbout(unit) for unit in COUNTY.units),
    PickAbout(None),
    SendDraft(),
    DiscardDraft(),
    RemovePart(2**31),
    SetNamed(is_named=True),
    NoEmergency(),
    JoinCase(CaseNumber("CB-2026-000123"), 2**40),
    AddToCase(CaseNumber("CB-2026-000123"), 2**40),
    *(EnterFor(channel) for channel in Channel),
    ListCalls(),
    OpenCall(CASE),
    OpenNumber(CASE),
    PickPlace(is_picking=True),
    *(SetPlace(township) for township in COUNTY.townships),
    CountSeen(5, -1),
    EnterVisit(),
    HeardSolved(CASE, 99, Solved.PARTLY),
    HeardChoice(CASE, 99, goes_on=False),
    HeardScore(CASE, 99, 5),
    HearAnswer(CASE, 99, 2),
    FindCaller(),
    *(HeardDeed(CASE, deed) for deed in Deed),
    HeardWithdrawal(CASE),
    *(HideCode(CASE, channel) for channel in Channel),
    FileApart(2**40),
    OpenAttached(CASE),
    ShowCase(CASE),
    AcceptCase(CASE),
    ResolveCase(CASE),
    *(RateSolved(CASE, ROUND, solved) for solved in Solved),
    *(RateScore(CASE, ROUND, score) for score in range(1, 6)),
    GoOn(CASE, ROUND),
    LetRest(CASE, ROUND),
    WriteComment(CASE, ROUND),
    SkipComment(CASE),
    ShowReceipt(CASE),
    ShowProof(CASE),
    *(SayFixed(CASE, ROUND, solved) for solved in Solved),
    *(SayStill(CASE, ROUND, stage, solved) for stage in ("90cd", "365cd") for solved in Solved),
    AnswerAdmin("f" * 32, is_welcome=True),
    *(ShowDigest("2026-W47", area) for area in AREAS),
    *(ShowCard("2026-W47", unit) for unit in COUNTY.units),
    *(ShowPart("2026-W47", area, part, 9) for area in AREAS for part in DigestPart),
    *(PrintDigest("2026-W47", area, form) for area in AREAS for form in Form),
    AnswerUnit(CASE),
    *(DoDeed(CASE, deed) for deed in Deed),
    Withdraw(CASE),
    PageOfMine(8),
    *(Take(CASE, step) for step in Step),
    *(Choose(CASE, Step.ADD_UNIT, unit) for unit in COUNTY.units),
    *(Choose(CASE, Step.RECLASSIFY, each) for each in COUNTY.classes),
    *(Choose(CASE, Step.REPLY, each) for each in Stock),
    *(Choose(CASE, Step.REFUSE, each.name.lower()) for each in Law),
    Choose(CASE, Step.HAND_OVER, "s-0123456789ab"),
    ShowMore(CASE, is_more=True),
    ShowHistory(CASE),
    *(PickTriage(CASE, picked) for picked in Picked),
    *(TriageUnit(CASE, unit) for unit in COUNTY.units),
    *(TriageCategory(CASE, category) for category in COUNTY.categories),
    TriageFinal(CASE),
    Assign(CASE),
    ShowPrivacy(),
    ShowSettings(),
    ChangeLanguage(),
    *(ChooseHearing(hearing) for hearing in Hearing),
    *(ChooseBeside(is_beside) for is_beside in (True, False)),
    Forget(Forgetting.ALL),
    *(ShowTasks(only, 999) for only in Only),
    ShowStaff("transport"),
    OpenMember("s-0123456789ab", is_sure=True),
    EndStaff("s-0123456789ab"),
    HandOn("s-0123456789ab", "s-0123456789ab"),
    *(Invite(role, "transport") for role in Role),
    ChooseLeave(800_000, 30, "s-0123456789ab", is_final=True),
    EndLeave(),
    AnswerSurvey("w" * 16, "gfpg"),
    BeginSurvey("2026-W47"),
    *(Trace("2026-W47", unit, 99, 99_999) for unit in (*COUNTY.units, "w" * 24)),
    *(DoCards(act, "2026-W47") for act in CardAct),
    *(DoCard(act, "2026-W47", unit) for act in CardAct for unit in (*COUNTY.units, "w" * 24)),
    *(ChoosePoints("2026-W47", unit, 99, 99) for unit in (*COUNTY.units, "w" * 24)),
    *(DecidePoints("2026-W47", unit, 99, is_confirmed=False) for unit in (*COUNTY.units, "w" * 24)),
    *(ShowAudit(group, "a" * LONGEST_SEARCH, 9_999_999) for group in AuditGroup),
    ListAside(2**40),
    RetryAside(2**40),
    DropAside(2**40),
    ListFailed(),
    UnlinkGroups(),
    *(ShowDuty(unit) for unit in ("", "gov-qiongbola")),
    ChooseShift("s-0123456789ab", 800_000, 7, is_final=False),
    DropShift("s-0123456789ab", 4_102_444_800),
    TakeCounty("0" * BEGINNING, "0" * BEGINNING),
    SeeReminders(4_102_444_800),
    ListCallbacks(),
    ListTexts(0),
    OpenText("0123456789ab"),
    TakeText("0123456789ab"),
    UseEarlier("0123456789ab", "01234567"),
    GiveTextBack("0123456789ab"),
    Invite(Role.TRANSLATOR, "", "sjo"),
    ListSigns(99),
    OpenSign("YJ-2026-00001"),
    *(TakeSign("YJ-2026-00001", step, body) for step in SignStep for body in ("", "discipline")),
    NoteProposal("v-0123456789ab"),
    ListProposals(99),
    OpenProposal("JY-2026-00001"),
    *(TakeMeasure("JY-2026-00001", step) for step in MeasureStep),
    ChooseMeasure("JY-2026-00001", "s-0123456789ab", 800_000, is_final=False),
    OpenCallback(CASE),
    AskVoices(CASE, 99),
    EnterCallback(CASE, 99, Solved.PARTLY),
    AnswerCallback(CASE, 99, Solved.PARTLY),
    *(AcceptShown(only, 999, "0123abcd") for only in Only),
    ShowMeeting(MEETING, 99),
    RaiseMatter(MEETING),
    SecondMatter(MEETING, 200, 99),
    ListMeetings(),
    *(PlaceMeeting(township, is_placed=True) for township in COUNTY.townships),
    *(LengthOfMeeting(township, 168) for township in COUNTY.townships),
    HoldMeeting(MEETING, 99),
    ShowRaised(MEETING, 200, is_picking=True),
    *(AdoptMatter(MEETING, 200, category) for category in COUNTY.categories),
    DeclineMatter(MEETING, 200),
    ShowLink(MEETING),
    EndTheMeeting(MEETING, is_sure=True),
    ListProjects(),
    *(OpenProject(each.id) for each in COUNTY.projects),
    *(JudgeProject(each.id, 5) for each in COUNTY.projects),
    *(AddMilestone(each.id) for each in COUNTY.projects),
    *(button(each.id, 999) for each in COUNTY.projects for button in (SeePhotos, ErasePhotos)),
    *(button(2**53) for button in (PublishMilestone, DropMilestone)),
    TurnPhoto(2**53, 7),
    *(HangProject(each.id) for each in COUNTY.projects),
    *(HangCategory(category) for category in COUNTY.categories),
)
"""Every button that the sample county can draw, with the longest numbers."""

ids = st.text(string.ascii_lowercase + string.digits + "_-", min_size=1, max_size=20)
numbers = st.builds(
    "{}-{}-{:06d}".format, st.text(string.ascii_uppercase, min_size=1, max_size=6), st.just(2026), st.integers(1, 999_999)
)
rounds = st.integers(1, 999)
meetings = st.text("0123456789abcdef", min_size=16, max_size=16).map(MeetingId)
periods = st.sampled_from(["2026-W47", "2026-11", "2026-Q4", "2026"])
areas = st.just("") | st.builds(
    "{}:{}".format, st.sampled_from("ut"), st.text(string.ascii_lowercase, min_size=1, max_size=24)
)
buttons: st.SearchStrategy[Button] = st.one_of(
    st.builds(PickLanguage, ids.map(Language)),
    st.builds(Pick, st.sampled_from(Picking)),
    st.builds(PickKind, st.sampled_from(Kind)),
    st.builds(PickCategory, ids.map(CategoryId)),
    st.builds(PickTownship, st.none() | ids.map(TownshipId)),
    st.builds(PickAbout, st.none() | ids.map(UnitId)),
    st.just(SendDraft()),
    st.just(DiscardDraft()),
    *(
        st.builds(each, numbers.map(CaseNumber))
        for each in (ShowCase, AcceptCase, ResolveCase, AnswerUnit, ShowHistory, TriageFinal, Assign, OpenAttached)
    ),
    st.builds(Take, numbers.map(CaseNumber), st.sampled_from(Step)),
    st.builds(Choose, numbers.map(CaseNumber), st.sampled_from(Step), ids),
    st.builds(ShowMore, numbers.map(CaseNumber), st.booleans()),
    st.builds(PickTriage, numbers.map(CaseNumber), st.sampled_from(Picked)),
    st.builds(ShowTasks, st.sampled_from(Only), st.integers(0, 999)),
    st.builds(ShowStaff, st.text(string.ascii_lowercase, max_size=20)),
    st.builds(OpenMember, st.text(string.hexdigits, max_size=14), st.booleans()),
    st.builds(TakeCounty, st.text(string.hexdigits, max_size=12), st.text(string.hexdigits, max_size=12)),
    st.builds(ShowAudit, st.sampled_from(AuditGroup), st.text(string.ascii_lowercase, max_size=36), st.integers(0, 10**6)),
    *(st.builds(each, st.integers(0, 10**9)) for each in (ListAside, RetryAside, DropAside)),
    st.just(ListFailed()),
    st.builds(Trace, periods, ids, st.integers(0, 99), st.integers(0, 99)),
    st.builds(DoCards, st.sampled_from(CardAct), periods),
    st.builds(DoCard, st.sampled_from(CardAct), periods, ids),
    st.builds(ChoosePoints, periods, ids, st.integers(0, 99), st.integers(0, 99)),
    st.builds(DecidePoints, periods, ids, st.integers(0, 99), st.booleans()),
    st.builds(AnswerSurvey, st.text(string.ascii_letters, max_size=16), st.text("gfp", max_size=4)),
    st.builds(BeginSurvey, periods),
    st.builds(EndStaff, st.text(string.hexdigits, max_size=14)),
    st.builds(HandOn, st.text(string.hexdigits, max_size=14), st.text(string.hexdigits, max_size=14)),
    st.builds(Invite, st.sampled_from(Role), st.text(string.ascii_lowercase, max_size=20)),
    st.builds(ChooseLeave, st.integers(0, 10**6), st.integers(0, 99), st.text(string.hexdigits, max_size=14), st.booleans()),
    st.builds(EndLeave),
    st.builds(UnlinkGroups),
    st.builds(ShowMeeting, meetings, st.integers(0, 99)),
    st.builds(RaiseMatter, meetings),
    st.builds(SecondMatter, meetings, st.integers(1, 200), st.integers(0, 99)),
    st.just(ListMeetings()),
    st.builds(PlaceMeeting, st.none() | ids.map(TownshipId), st.booleans()),
    st.builds(LengthOfMeeting, st.none() | ids.map(TownshipId), st.integers(1, 168)),
    st.builds(HoldMeeting, meetings, st.integers(0, 99)),
    st.builds(ShowRaised, meetings, st.integers(1, 200), st.booleans()),
    st.builds(AdoptMatter, meetings, st.integers(1, 200), st.none() | ids.map(CategoryId)),
    st.builds(DeclineMatter, meetings, st.integers(1, 200)),
    st.builds(ShowLink, meetings),
    st.builds(EndTheMeeting, meetings, st.booleans()),
    st.just(ListProjects()),
    *(st.builds(each, ids.map(ProjectId)) for each in (OpenProject, AddMilestone, HangProject)),
    st.builds(JudgeProject, ids.map(ProjectId), st.integers(1, 5)),
    *(st.builds(each, ids.map(ProjectId), st.integers(1, 999)) for each in (SeePhotos, ErasePhotos)),
    *(st.builds(each, st.integers(1)) for each in (PublishMilestone, DropMilestone)),
    st.builds(TurnPhoto, st.integers(1), st.integers(0, 7)),
    st.builds(HangCategory, ids.map(CategoryId)),
    st.builds(ShowDuty, st.text(string.ascii_lowercase, max_size=24)),
    st.builds(ChooseShift, st.text(string.hexdigits, max_size=14), st.integers(0, 10**6), st.integers(0, 99), st.booleans()),
    st.builds(DropShift, st.text(string.hexdigits, max_size=14), st.integers(0, 2**40)),
    st.builds(SeeReminders, st.integers(0, 2**40)),
    st.builds(ListCallbacks),
    st.builds(ListTexts, st.integers(0, 10**6)),
    st.builds(UseEarlier, st.text("0123456789abcdef", max_size=12), st.text("0123456789abcdef", max_size=8)),
    *(st.builds(kind, st.text("0123456789abcdef", max_size=12)) for kind in (OpenText, TakeText, GiveTextBack)),
    st.builds(ListSigns, st.integers(0, 99)),
    st.builds(OpenSign, ids),
    st.builds(TakeSign, ids, st.sampled_from(SignStep), ids),
    st.builds(NoteProposal, ids),
    st.builds(ListProposals, st.integers(0, 99)),
    st.builds(OpenProposal, ids),
    st.builds(TakeMeasure, ids, st.sampled_from(MeasureStep)),
    st.builds(
        ChooseMeasure, st.just("JY-2026-00001"), st.text(string.hexdigits, max_size=14), st.integers(0, 10**6), st.booleans()
    ),
    st.builds(OpenCallback, numbers.map(CaseNumber)),
    st.builds(AskVoices, numbers.map(CaseNumber), rounds),
    st.builds(EnterCallback, numbers.map(CaseNumber), rounds, st.sampled_from(Solved)),
    st.builds(AnswerCallback, numbers.map(CaseNumber), rounds, st.sampled_from(Solved)),
    st.builds(AcceptShown, st.sampled_from(Only), st.integers(0, 999), st.text(string.hexdigits, min_size=8, max_size=8)),
    st.builds(TriageUnit, numbers.map(CaseNumber), ids.map(UnitId)),
    st.builds(TriageCategory, numbers.map(CaseNumber), ids.map(CategoryId)),
    st.just(NoEmergency()),
    st.just(ListCalls()),
    st.just(EnterVisit()),
    st.builds(PickPlace, st.booleans()),
    st.builds(SetPlace, ids.map(TownshipId)),
    st.builds(CountSeen, st.integers(-999, 999), st.integers(-999, 999)),
    *(st.builds(each, numbers.map(CaseNumber)) for each in (OpenCall, OpenNumber)),
    st.builds(HeardSolved, numbers.map(CaseNumber), rounds, st.sampled_from(Solved)),
    st.builds(HeardChoice, numbers.map(CaseNumber), rounds, st.booleans()),
    st.builds(HeardScore, numbers.map(CaseNumber), rounds, st.integers(1, 5)),
    st.builds(HearAnswer, numbers.map(CaseNumber), rounds, rounds),
    st.builds(FindCaller),
    st.builds(HeardDeed, numbers.map(CaseNumber), st.sampled_from(Deed)),
    st.builds(HeardWithdrawal, numbers.map(CaseNumber)),
    st.builds(EnterFor, st.sampled_from(Channel)),
    st.builds(HideCode, numbers.map(CaseNumber), st.sampled_from(Channel)),
    st.builds(JoinCase, numbers.map(CaseNumber), st.integers(0, 2**40)),
    st.builds(AddToCase, numbers.map(CaseNumber), st.integers(0, 2**40)),
    st.builds(FileApart, st.integers(0, 2**40)),
    st.builds(RemovePart, st.integers(0, 2**31)),
    st.builds(SetNamed, st.booleans()),
    st.builds(RateSolved, numbers.map(CaseNumber), rounds, st.sampled_from(Solved)),
    st.builds(RateScore, numbers.map(CaseNumber), rounds, st.integers(1, 5)),
    *(st.builds(each, numbers.map(CaseNumber), rounds) for each in (GoOn, LetRest, WriteComment)),
    st.builds(SayFixed, numbers.map(CaseNumber), rounds, st.sampled_from(Solved)),
    st.builds(SayStill, numbers.map(CaseNumber), rounds, st.sampled_from(("90cd", "365cd")), st.sampled_from(Solved)),
    *(st.builds(each, numbers.map(CaseNumber)) for each in (SkipComment, ShowReceipt, ShowProof)),
    st.builds(ShowCard, periods, ids),
    st.builds(ShowDigest, periods, areas),
    st.builds(ShowPart, periods, areas, st.sampled_from(DigestPart), st.integers(0, 99)),
    st.builds(PrintDigest, periods, areas, st.sampled_from(Form)),
    st.sampled_from((ShowPrivacy(), ShowSettings(), ChangeLanguage())),
    st.builds(ChooseHearing, st.sampled_from(Hearing)),
    st.builds(ChooseBeside, st.booleans()),
    st.builds(Forget, st.none() | st.sampled_from(Forgetting)),
)
quick = settings(deadline=None, max_examples=200)


def test_every_type_of_button_is_tried() -> None:
    """A new button needs an example here."""
    assert {type(button) for button in EVERY} == set(get_args(Button))


@pytest.mark.parametrize("kind", get_args(Button))
def test_every_button_of_the_sample_county_fits_and_leads_back(kind: type[Button]) -> None:
    """What Telegram keeps is enough to know what was meant, and begins with the version of the format."""
    for button in EVERY:
        if type(button) is kind:
            data = encode(button)
            assert len(data.encode()) <= LONGEST, button
            assert data.startswith(VERSION)
            assert decode(data) == button
            assert type(decode(data)) is kind


def members(union: object) -> tuple[type[msgspec.Struct], ...]:
    """Return the members of a union of buttons, or the one that stands for an area alone."""
    return get_args(union) or (union,)


def test_no_two_buttons_have_one_tag() -> None:
    """Tags are unique over all areas, of one or two letters, and every button is in one area."""
    official = (
        OfficialButton,
        TranslatingButton,
        AdminButton,
        DutyButton,
        StaffButton,
        CallerButton,
        MeetingButton,
        AuditButton,
        SignButton,
        MeasureButton,
    )
    judging = (SurveyButton, CardButton)
    areas = (GeneralButton, DraftButton, ResidentButton, *official, *judging, RightsButton, ProjectButton)
    kinds = [kind for area in areas for kind in members(area)]
    assert sorted(kind.__name__ for kind in kinds) == sorted(kind.__name__ for kind in members(Button))
    assert len({kind.__struct_config__.tag for kind in kinds}) == len(kinds)
    assert all(re.fullmatch("[a-z]{1,2}", str(kind.__struct_config__.tag)) for kind in kinds)


def test_no_two_buttons_look_alike() -> None:
    """Each meaning has data of its own."""
    assert len({encode(button) for button in EVERY}) == len(EVERY)


@quick
@given(buttons)
def test_any_button_leads_back_to_itself(button: Button) -> None:
    """With any county's ids, as long as they fit."""
    assert decode(encode(button)) == button


def test_a_button_that_does_not_fit_is_not_drawn() -> None:
    """The 64th byte still fits, the 65th does not; bytes are counted, not letters."""
    spare = LONGEST - len(encode(PickCategory(CategoryId(""))))
    assert len(encode(PickCategory(CategoryId("x" * spare)))) == LONGEST
    with pytest.raises(ValueError, match="65 bytes"):
        encode(PickCategory(CategoryId("x" * (spare + 1))))
    with pytest.raises(ValueError, match="64 fit"):
        encode(PickCategory(CategoryId("镇" * (spare // 3 + 1))))


def outcome(data: str | None) -> Button | None:
    """Read callback data; None where it is stale. Anything else that is raised is a fault."""
    try:
        return decode(data)
    except StaleButton:
        return None


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        VERSION,
        "0" + encode(SendDraft())[1:],
        "2" + encode(SendDraft())[1:],
        encode(SendDraft())[1:],
        " " + encode(SendDraft()),
        encode(SendDraft()) + "x",
        encode(AcceptCase(CASE))[:-1],
        f"{VERSION}null",
        f"{VERSION}[]",
        f"{VERSION}{{}}",
        f'{VERSION}"s"',
        f'{VERSION}["z"]',
        f'{VERSION}["S"]',
        f'{VERSION}["a"]',
        f'{VERSION}["a",1]',
        f'{VERSION}["a",null]',
        f'{VERSION}["k","threat"]',
        f'{VERSION}["p","everything"]',
        f'{VERSION}["v","CB-2026-000001",1,"maybe"]',
        f'{VERSION}["v","CB-2026-000001","1","yes"]',
        f'{VERSION}["v","CB-2026-000001",1]',
        f'{VERSION}["n","CB-2026-000001",1,2.5]',
        f'{VERSION}["n","CB-2026-000001",true,5]',
        f'{VERSION}["g","CB-2026-000001",1e99]',
        "accept_CB-2026-000001",
        "noop",
    ],
)
def test_what_this_program_never_drew_is_stale(data: str | None) -> None:
    """Nothing, another version, cut off, another shape, another type, a value that there is not: all the same answer."""
    with pytest.raises(StaleButton):
        decode(data)


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=64))
@example("1[\x00")
def test_any_text_is_a_button_or_stale(text: str) -> None:
    """Whatever a forged tap carries, with our version in front or not, it is understood or refused, never a fault."""
    outcome(text)
    outcome(VERSION + text)


@quick
@given(st.binary(max_size=64))
def test_any_bytes_are_a_button_or_stale(data: bytes) -> None:
    """Noise that happens to be text is refused as politely."""
    outcome(VERSION + data.decode("latin-1"))
    outcome(data.decode("utf-8", "replace"))


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(string.printable, max_size=8)
tags = sorted(str(each.__struct_config__.tag) for each in get_args(Button))


@quick
@given(st.sampled_from(tags), st.lists(plain | st.lists(plain, max_size=2), max_size=4))
def test_the_right_shape_with_any_values_is_a_button_or_stale(tag: str, values: list[object]) -> None:
    """Even data of the right form is read only where every value is of its type, and then it means just that."""
    data = VERSION + msgspec.json.encode([tag, *values]).decode()
    button = outcome(data)
    if button is not None:
        assert button.__struct_config__.tag == tag
        assert decode(VERSION + msgspec.json.encode(button).decode()) == button


def test_half_a_character_is_stale() -> None:
    """JSON can carry half of a surrogate pair, which no text has: a forged tap with one is refused like any other."""
    with pytest.raises(StaleButton):
        decode(f'{VERSION}["a","\ud800"]')


def test_more_than_telegram_keeps_is_stale() -> None:
    """What is longer than any button came from no button; a thousand brackets must not be counted through."""
    with pytest.raises(StaleButton):
        decode(VERSION + "[" * 100_000)
    with pytest.raises(StaleButton):
        decode(f'{VERSION}["s",{"[" * 100_000}')
