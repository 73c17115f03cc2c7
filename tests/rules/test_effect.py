"""Effects add up: both happen, in order, and of two settings the later one holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec
import pytest

from bot.rules.caller import CallerCode, Linked, WrongCode
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Idle, Resolving
from bot.rules.due import Due, SendDigest
from bot.rules.effect import (
    NOTHING,
    CaseChange,
    Drop,
    Effects,
    Fetch,
    HouseWords,
    Keep,
    ProposalChange,
    Remembered,
    Send,
    SignChange,
    SurveyAnswer,
    SurveyToken,
    TranslationChange,
    Turn,
    Words,
)
from bot.rules.entry import RESIDENT, SYSTEM, Entry, ProposalNoted
from bot.rules.erasure import CaseContent, Tie
from bot.rules.file import Media
from bot.rules.identity import CaseNumber, FileId, MeetingId, ProjectId, ProposalNumber, SignNumber, StaffId, VisitId
from bot.rules.measure import evolve
from bot.rules.meeting import Attended, Ended
from bot.rules.message import Hearing, Help, Welcome
from bot.rules.project import Judging, Milestone, Reached
from bot.rules.rebuff import Rebuffs
from bot.rules.staff import Invitation, Shift
from bot.rules.translation import CHINESE, Translation
from bot.rules.unit_group import GroupCode
from bot.rules.warning import Grade, SignKind, Subject
from bot.rules.warning_life import Sign
from tests.support.builders import (
    ACCEPTED,
    INVITED,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    QIONGBOLA,
    RESIDENT_PERSON,
    RESOLVED,
    SJO,
    TRANSPORT,
    UG,
    WATER,
    case_in,
    entry,
)

SHIFT: Final = Shift(NOW, NOW)
CODE: Final = GroupCode("one", TRANSPORT, OFFICER.id, NOW)
CHANGE: Final = CaseChange(case_in(State.ASSIGNED), case_in(State.ACCEPTED), (entry(ACCEPTED),))
OTHER: Final = msgspec.structs.replace(case_in(State.ASSIGNED), number=CaseNumber("CB-2026-000002"))

TRANSLATION: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW, due_at=NOW)
NOTED: Final = Entry(
    at=NOW,
    actor=OFFICER.id,
    case=None,
    fact=ProposalNoted(
        proposal=ProposalNumber("JY-2026-00001"), visit=VisitId("v-1"), unit=None, township=QIONGBOLA, words="ab" * 32
    ),
)
PROPOSAL: Final = evolve(None, NOTED)
SIGN: Final = Sign(
    number=SignNumber("YJ-2026-00001"),
    version=1,
    kind=SignKind.OLD,
    subject=Subject(unit=TRANSPORT),
    unit=TRANSPORT,
    grade=Grade.NEAR,
    peak=Grade.NEAR,
    n=1,
    days=30,
    raised_at=NOW,
    graded_at=NOW,
)

ONE: Final = Effects(
    cases=(CHANGE,),
    entries=(Entry(at=NOW, actor=SYSTEM, case=None, fact=INVITED),),
    words=(Words(NUMBER, "filed", "one", b"1" * 16),),
    sends=(Send(RESIDENT_PERSON, Welcome()),),
    dialog=Resolving(case=NUMBER),
    language=UG,
    township=QIONGBOLA,
    hearing=Hearing.EVERYTHING,
    is_beside=True,
    forget_anchor="one",
    planned=(Due(key="one", at=NOW, task=SendDigest(period="2026-W47")),),
    cancelled=("one",),
    joined=(OFFICER,),
    invitation_used="one",
    invitation_asked="one",
    invited=(Invitation("1" * 64, Role.LEAD, TRANSPORT, None, NOW, is_used=False),),
    erased=(CaseContent(NUMBER),),
    fetches=(Fetch(FileId("f-1"), RESIDENT_PERSON, Media.PHOTO, "one"),),
    kept=(Keep(FileId("f-1"), NUMBER, "filed/1", RESIDENT),),
    dropped=(Drop(FileId("f-1"), RESIDENT_PERSON),),
    ended=(RESIDENT_PERSON,),
    leaves=((OFFICER.id, None),),
    left=(OFFICER.id,),
    shifts_entered=((OFFICER.id, SHIFT),),
    shifts_dropped=((OFFICER.id, SHIFT),),
    group_codes=(CODE,),
    group_linked="one",
    groups_unlinked=(TRANSPORT,),
    county="one",
    retried=(1,),
    given_up=(3,),
    survey_tokens=(SurveyToken("1" * 64, "2026-10", TRANSPORT),),
    survey_answers=(SurveyAnswer("1" * 64, (("manner", "good"),)),),
    surveys_ended=("2026-10",),
    house_words=(HouseWords("one", "one", b"1" * 16),),
    turns=(Turn("one", 1),),
    codes=(CallerCode(NUMBER, "00000001"),),
    wrong_codes=(WrongCode(None, RESIDENT_PERSON, NOW, 1),),
    rebuffs=(Rebuffs(RESIDENT_PERSON, NOW, 1),),
    linked=(Linked(NUMBER, RESIDENT_PERSON),),
    proposals=(ProposalChange(None, PROPOSAL, NOTED),),
    meetings=(Attended(MeetingId("1"), NEIGHBOUR),),
    projects=(Judging(ProjectId("bridge"), NEIGHBOUR, NOW, None),),
    translations=(TranslationChange(None, TRANSLATION),),
    signs=(SignChange(None, SIGN, ()),),
    remembered=(Remembered(TRANSLATION, (("one", "one"),)),),
)
TWO: Final = Effects(
    cases=(CHANGE, CHANGE),
    entries=(Entry(at=NOW, actor=OFFICER.id, case=None, fact=INVITED),),
    words=(Words(NUMBER, "answer/1", "two", b"2" * 16),),
    sends=(Send(NEIGHBOUR, Help(role=None)),),
    dialog=Idle(),
    language=SJO,
    township=QAPQAL_TOWN,
    hearing=Hearing.NEEDED,
    is_beside=False,
    forget_anchor="two",
    planned=(Due(key="two", at=NOW, task=SendDigest(period="2026-W48")),),
    cancelled=("two",),
    joined=(LEAD,),
    invitation_used="two",
    invitation_asked="two",
    invited=(Invitation("2" * 64, Role.LEAD, TRANSPORT, None, NOW, is_used=False),),
    erased=(Tie(NUMBER, 1),),
    fetches=(Fetch(FileId("f-2"), NEIGHBOUR, Media.VOICE, "two"),),
    kept=(Keep(FileId("f-2"), NUMBER, "filed/2", RESIDENT),),
    dropped=(Drop(FileId("f-2"), NEIGHBOUR),),
    ended=(NEIGHBOUR,),
    leaves=((LEAD.id, None),),
    left=(LEAD.id,),
    shifts_entered=((LEAD.id, SHIFT),),
    shifts_dropped=((LEAD.id, SHIFT),),
    group_codes=(replace(CODE, digest="two"),),
    group_linked="two",
    groups_unlinked=(WATER,),
    county="two",
    retried=(2,),
    given_up=(4,),
    survey_tokens=(SurveyToken("2" * 64, "2026-10", TRANSPORT),),
    survey_answers=(SurveyAnswer("2" * 64, ()),),
    surveys_ended=("2026-11",),
    house_words=(HouseWords("two", "two", b"2" * 16),),
    turns=(Turn("two", 2),),
    codes=(CallerCode(NUMBER, "00000002"),),
    wrong_codes=(WrongCode((NUMBER, 4), NEIGHBOUR, NOW, 2),),
    rebuffs=(Rebuffs(NEIGHBOUR, NOW, 2),),
    linked=(Linked(NUMBER, NEIGHBOUR),),
    proposals=(ProposalChange(PROPOSAL, PROPOSAL, NOTED),),
    meetings=(Ended(MeetingId("1"), NOW, 1),),
    projects=(Reached(ProjectId("bridge"), Milestone(NOW, "two", 2), b"2" * 16, StaffId("s-2")),),
    translations=(TranslationChange(TRANSLATION, replace(TRANSLATION, version=2)),),
    signs=(SignChange(SIGN, msgspec.structs.replace(SIGN, version=2), ()),),
    remembered=(Remembered(TRANSLATION, (("two", "two"),)),),
)
NAMES: Final = Effects.__struct_fields__


@pytest.mark.parametrize("name", NAMES)
def test_both_happen_in_order_and_the_later_setting_holds(name: str) -> None:
    """Nothing of either gets lost: lists follow each other, and a setting is what was decided last."""
    one, two, both = (getattr(effects, name) for effects in (ONE, TWO, ONE + TWO))
    assert one != two
    assert one not in (None, ())
    assert both == ((*one, *two) if isinstance(one, tuple) else two)


@pytest.mark.parametrize("effects", [ONE, TWO, NOTHING], ids=["one", "two", "nothing"])
def test_nothing_changes_nothing(effects: Effects) -> None:
    """To add nothing, before or after, is to add nothing."""
    assert effects + NOTHING == effects
    assert NOTHING + effects == effects


def test_an_end_of_a_conversation_is_not_nothing() -> None:
    """To end a conversation is a decision; to leave it as it is is none."""
    assert (ONE + Effects(dialog=Idle())).dialog == Idle()
    assert (ONE + Effects()).dialog == ONE.dialog


def test_it_does_not_matter_which_two_are_added_first() -> None:
    """Three in a row are the same however they are put together."""
    three = Effects(language=UG, cancelled=("three",))
    assert (ONE + TWO) + three == ONE + (TWO + three)


def test_of_two_changes_of_a_case_the_second_follows_the_first() -> None:
    """A case changes once, from what it was at first to what it is at last; one that only the second changes, too."""
    resolved = CaseChange(CHANGE.after, case_in(State.RESOLVED), (entry(RESOLVED),), joining=(NEIGHBOUR,), leaving=(1,))
    elsewhere = CaseChange(OTHER, OTHER, ())
    both = replace_cases(ONE, CHANGE).then(replace_cases(TWO, elsewhere, resolved))
    one = CaseChange(CHANGE.before, resolved.after, (*CHANGE.entries, *resolved.entries), joining=(NEIGHBOUR,), leaving=(1,))
    assert both.cases == (one, elsewhere)
    assert replace_cases(both) == replace_cases(ONE) + replace_cases(TWO)


def test_what_was_decided_on_the_case_as_it_was_before_follows_nothing() -> None:
    """It does not know of the first change: to write it down would undo that."""
    with pytest.raises(ValueError, match=NUMBER):
        replace_cases(ONE, CHANGE).then(replace_cases(TWO, CHANGE))


def replace_cases(effects: Effects, *changes: CaseChange) -> Effects:
    """Have effects change these cases and no others."""
    return msgspec.structs.replace(effects, cases=changes)
