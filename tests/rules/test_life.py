"""The life of a case, drawn and as a table: each kind of entry, in each state, leads where the drawing says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final, get_args

import pytest
from msgspec.structs import replace

from bot.errors import IllegalTransition
from bot.rules import life as life_module
from bot.rules.case import Case, ExtensionWish, State
from bot.rules.county import Role
from bot.rules.entry import (
    Added,
    Announced,
    AnyFact,
    Assigned,
    CallbackAsked,
    CalledBack,
    CardObjected,
    CardPublished,
    CardShown,
    CaseFact,
    CodeClosed,
    CodeRenewed,
    Commented,
    Concerned,
    ContentErased,
    CountyChanged,
    Entry,
    Erasing,
    ExtensionAsked,
    ExtensionDenied,
    ExtensionGranted,
    FileAdded,
    FixedSaid,
    FollowedUp,
    GroupLinked,
    GroupsUnlinked,
    IdentityAsked,
    IdentityDecided,
    InvitationRefused,
    InvitedAtFirst,
    Joined,
    JoinedAtFirst,
    LeaveEnded,
    LeaveTaken,
    Look,
    Looked,
    MeasureDone,
    MeasureSet,
    MeetingHeld,
    MilestonePictured,
    MilestoneReached,
    Noted,
    ObjectionAnswered,
    PersonAsked,
    PhotosErased,
    PointsDecided,
    PointsGiven,
    PressRefused,
    ProjectJudged,
    ProposalDropped,
    ProposalNoted,
    RatedAtFirst,
    Reassigned,
    Reclassified,
    ReminderDecided,
    ReminderSeen,
    ReminderTold,
    Replied,
    Restored,
    Resumed,
    Resuming,
    ShiftDropped,
    ShiftEntered,
    SignAnswered,
    SignAsked,
    SignClosed,
    SignOver,
    SignReferred,
    Solved,
    StaffEnded,
    SurveyBegun,
    SurveyCounted,
    SurveyEnded,
    SurveyPledged,
    TieCut,
    Translated,
    UnitAdded,
    UnitReleased,
    UpdateDropped,
    UpdateRetried,
    Urged,
    Visited,
    VoiceAdded,
    VoiceLeft,
    VoiceLinked,
    VoiceReturned,
    Withdrawn,
)
from bot.rules.identity import ClassId, Language, MeetingId, ProjectId, ProposalNumber, SignNumber, StaffId, VisitId
from bot.rules.life import STAYING, STEPS, evolve
from bot.rules.warning import Found, Grade, SignKind, Subject
from bot.rules.warning_life import graded, raised
from tests.support.builders import (
    ACCEPT_DUE_AT,
    ACCEPTED,
    ASKED,
    COMMITMENT,
    DUE_AT,
    FILED,
    HEATING,
    INVITED,
    LETTERS,
    MERGED,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    REFUSED,
    RESOLVED,
    SUPERVISOR,
    TRANSFERRED,
    TRANSPORT,
    WATER,
    case_in,
    closed,
    rated,
    reopened,
    week_facts,
)

EDGE: Final = re.compile(r"^ {4}(?P<before>\w+|\[\*\]) --> (?P<after>\w+): (?P<fact>\w+)$", re.MULTILINE)

STAFF: Final = StaffId("s-officer")
LATER: Final = DUE_AT + timedelta(days=7)
ASSIGNED: Final = Assigned(unit=WATER, category=HEATING, accept_due_at=LATER, reason=None, is_final=True)
WISH: Final = ExtensionAsked(length="7d", due_at=LATER, reason=COMMITMENT)
RECLASSIFIED: Final = Reclassified(
    deadline_class=ClassId("complex"),
    rule="accept 4h, handle 15d",
    accept_due_at=ACCEPT_DUE_AT,
    due_at=LATER,
    is_longer=True,
    reason=COMMITMENT,
)
SIGN: Final = SignNumber("YJ-2026-00001")
FOUND: Final = Found(
    kind=SignKind.OLD, subject=Subject(unit=TRANSPORT), grade=Grade.NEAR, unit=TRANSPORT, n=1, days=30, cases=(NUMBER,)
)
EXAMPLES: Final[dict[str, Callable[[int], AnyFact]]] = {
    "Filed": lambda _: FILED,
    "Accepted": lambda _: ACCEPTED,
    "Resolved": lambda _: RESOLVED,
    "Rated": lambda attempt: rated(Solved.PARTLY, attempt=attempt),
    "RatedAtFirst": lambda attempt: RatedAtFirst(round=attempt, voice=1, solved=Solved.PARTLY, score=None),
    "Reopened": lambda attempt: reopened(attempt=attempt + 1),
    "Closed": lambda attempt: closed(attempt=attempt),
    "Withdrawn": lambda _: Withdrawn(),
    "Transferred": lambda _: TRANSFERRED,
    "Assigned": lambda _: ASSIGNED,
    "Asked": lambda _: ASKED,
    "Resumed": lambda _: Resumed(because=Resuming.EXPIRED, due_at=LATER, words=None),
    "ExtensionAsked": lambda _: WISH,
    "ExtensionGranted": lambda _: ExtensionGranted(due_at=LATER),
    "ExtensionDenied": lambda _: ExtensionDenied(reason=None),
    "Reclassified": lambda _: RECLASSIFIED,
    "Reassigned": lambda _: Reassigned(staff=STAFF),
    "UnitAdded": lambda _: UnitAdded(unit=WATER),
    "UnitReleased": lambda _: UnitReleased(unit=WATER),
    "Refused": lambda _: REFUSED,
    "Merged": lambda _: MERGED,
    "VoiceAdded": lambda _: VoiceAdded(voice=2),
    "VoiceLeft": lambda _: VoiceLeft(voice=1),
    "VoiceReturned": lambda _: VoiceReturned(voice=2),
    "Added": lambda _: Added(voice=1, words=COMMITMENT),
    "Urged": lambda _: Urged(voice=1),
    "PersonAsked": lambda _: PersonAsked(voice=1),
    "Concerned": lambda _: Concerned(about=LETTERS),
    "CalledBack": lambda attempt: CalledBack(round=attempt, solved=Solved.NO),
    "ReminderDecided": lambda attempt: ReminderDecided(round=attempt, stage="before:1d", role=Role.OFFICER, staff=STAFF),
    "ReminderTold": lambda attempt: ReminderTold(round=attempt, stage="before:1d", staff=STAFF, was_told=True),
    "ReminderSeen": lambda attempt: ReminderSeen(round=attempt, stage="before:1d"),
    "Replied": lambda _: Replied(words=COMMITMENT, stock=None),
    "Announced": lambda _: Announced(words=COMMITMENT),
    "Noted": lambda _: Noted(words=COMMITMENT),
    "Translated": lambda _: Translated(slot="filed", language=Language("zh_Hans_CN"), words=COMMITMENT),
    "FileAdded": lambda _: FileAdded(slot="filed/1", media="image/jpeg", size=1, content=COMMITMENT),
    "Looked": lambda _: Looked(at_what=Look.PLACE),
    "IdentityAsked": lambda _: IdentityAsked(voice=1, reason=COMMITMENT),
    "IdentityDecided": lambda _: IdentityDecided(voice=1, asked_by=STAFF, is_granted=False),
    "FollowedUp": lambda attempt: FollowedUp(round=attempt, stage="90cd", voice=1, solved=Solved.YES),
    "FixedSaid": lambda attempt: FixedSaid(round=attempt, voice=1, solved=Solved.NO),
    "Commented": lambda attempt: Commented(round=attempt, voice=1, words=COMMITMENT),
    "TieCut": lambda _: TieCut(voice=1),
    "ContentErased": lambda _: ContentErased(because=Erasing.REQUEST),
    "VoiceLinked": lambda _: VoiceLinked(voice=1),
    "InvitedAtFirst": lambda _: InvitedAtFirst(role=Role.LEAD, unit=TRANSPORT, township=None),
    "Invited": lambda _: INVITED,
    "JoinedAtFirst": lambda _: JoinedAtFirst(staff=STAFF, role=Role.LEAD, unit=TRANSPORT, township=None, confirmed_by=None),
    "Joined": lambda _: Joined(
        staff=STAFF,
        role=Role.LEAD,
        unit=TRANSPORT,
        township=None,
        language=None,
        confirmed_by=None,
        link="0" * 32,
        holder=COMMITMENT,
        chat=COMMITMENT,
    ),
    "ShiftEntered": lambda _: ShiftEntered(staff=STAFF, unit=TRANSPORT, begins_at=NOW, ends_at=LATER),
    "ShiftDropped": lambda _: ShiftDropped(staff=STAFF, unit=None, begins_at=NOW, ends_at=LATER),
    "LeaveTaken": lambda _: LeaveTaken(staff=STAFF, begins_at=NOW, ends_at=LATER, deputy=None),
    "LeaveEnded": lambda _: LeaveEnded(staff=STAFF),
    "ProjectJudged": lambda _: ProjectJudged(project=ProjectId("bridge"), score=4, is_again=False),
    "GroupLinked": lambda _: GroupLinked(unit=TRANSPORT),
    "GroupsUnlinked": lambda _: GroupsUnlinked(unit=TRANSPORT),
    "MilestoneReached": lambda _: MilestoneReached(project=ProjectId("bridge"), unit=TRANSPORT, words=COMMITMENT),
    "MilestonePictured": lambda _: MilestonePictured(
        project=ProjectId("bridge"), place=2, slot="before/1", media="image/jpeg", size=9, content=COMMITMENT
    ),
    "PhotosErased": lambda _: PhotosErased(project=ProjectId("bridge"), place=2),
    "ProposalNoted": lambda _: ProposalNoted(
        proposal=ProposalNumber("JY-2026-000001"),
        visit=VisitId("v-1"),
        unit=TRANSPORT,
        township=QAPQAL_TOWN,
        words=COMMITMENT,
    ),
    "MeasureSet": lambda _: MeasureSet(
        proposal=ProposalNumber("JY-2026-000001"),
        staff=STAFF,
        unit=TRANSPORT,
        due_at=DUE_AT,
        words=None,
    ),
    "MeasureDone": lambda _: MeasureDone(proposal=ProposalNumber("JY-2026-000001"), words=COMMITMENT),
    "ProposalDropped": lambda _: ProposalDropped(proposal=ProposalNumber("JY-2026-000001"), words=COMMITMENT),
    "MeetingHeld": lambda _: MeetingHeld(
        meeting=MeetingId("1"), unit=None, township=None, people=1, raised=1, seconds=0, adopted=0
    ),
    "StaffEnded": lambda _: StaffEnded(staff=STAFF),
    "Visited": lambda _: Visited(visit=VisitId("v-1"), unit=TRANSPORT, township=QAPQAL_TOWN, households=1, firms=0),
    "SignRaised": lambda _: raised(SIGN, FOUND),
    "SignGraded": lambda _: graded(SIGN, FOUND),
    "SignOver": lambda _: SignOver(sign=SIGN),
    "SignAsked": lambda _: SignAsked(sign=SIGN, unit=TRANSPORT, answer_by=LATER, words=None),
    "SignAnswered": lambda _: SignAnswered(sign=SIGN, words=COMMITMENT),
    "SignReferred": lambda _: SignReferred(sign=SIGN, body="discipline", words=COMMITMENT),
    "SignClosed": lambda _: SignClosed(sign=SIGN, words=COMMITMENT),
    "Restored": lambda _: Restored(entries=1, skipped=1000),
    "PressRefused": lambda _: PressRefused(button="AcceptCase"),
    "InvitationRefused": lambda _: InvitationRefused(role=None, unit=None),
    "CodeClosed": lambda _: CodeClosed(tries=5),
    "CodeRenewed": lambda _: CodeRenewed(),
    "CallbackAsked": lambda attempt: CallbackAsked(round=attempt),
    "CardShown": lambda _: CardShown(period="2026-10", unit=TRANSPORT, lines="on_time:10:9:10:90", until=NOW),
    "CardObjected": lambda _: CardObjected(period="2026-10", unit=TRANSPORT, words=COMMITMENT),
    "ObjectionAnswered": lambda _: ObjectionAnswered(period="2026-10", unit=TRANSPORT, words=COMMITMENT),
    "PointsGiven": lambda _: PointsGiven(period="2026-10", unit=TRANSPORT, indicator="shirking", points=3, words=COMMITMENT),
    "PointsDecided": lambda _: PointsDecided(
        period="2026-10", unit=TRANSPORT, indicator="shirking", given_by=OFFICER.id, is_confirmed=True
    ),
    "CardPublished": lambda _: CardPublished(
        period="2026-10", unit=TRANSPORT, lines="on_time:10:9:10:90", tenths=90, possible=10
    ),
    "SurveyPledged": lambda _: SurveyPledged(period="2026-10", pledge="0" * 64),
    "SurveyBegun": lambda _: SurveyBegun(period="2026-10", seed="0" * 64, asked=40),
    "SurveyEnded": lambda _: SurveyEnded(period="2026-10", answered=9),
    "SurveyCounted": lambda _: SurveyCounted(period="2026-10", unit=TRANSPORT, question="manner", good=3, fair=1, poor=1),
    "CountyChanged": lambda _: CountyChanged(file="0" * 64, changes=2),
    "UpdateRetried": lambda _: UpdateRetried(number=7),
    "UpdateDropped": lambda _: UpdateDropped(number=7, received_at=NOW),
    "Counted": lambda attempt: week_facts(attempt)["Counted"],
    "VoiceCounted": lambda attempt: week_facts(attempt)["VoiceCounted"],
    "WeekCounted": lambda attempt: week_facts(attempt)["WeekCounted"],
    "WeekCountedAtFirst": lambda attempt: week_facts(attempt)["WeekCountedAtFirst"],
    "CallbackDrawn": lambda attempt: week_facts(attempt)["CallbackDrawn"],
    "SeedPublished": lambda attempt: week_facts(attempt)["SeedPublished"],
}
"""One fact of each kind, that fits a case in its n-th attempt as well as it can."""

ANY_FACT: Final = tuple(sorted(fact.__name__ for fact in get_args(AnyFact)))

NEEDS: Final[dict[str, CaseFact]] = {
    "ExtensionGranted": WISH,
    "ExtensionDenied": WISH,
    "UnitReleased": UnitAdded(unit=WATER),
    "VoiceLeft": VoiceAdded(voice=2),
    "VoiceReturned": VoiceLeft(voice=2),
}
"""What must have happened in the same state before a fact can."""


def drawn() -> dict[tuple[State | None, str], State]:
    """Read the diagram in the module's docstring."""
    edges = EDGE.finditer(life_module.__doc__ or "")
    return {
        (None if edge["before"] == "[*]" else State(edge["before"]), edge["fact"]): State(edge["after"]) for edge in edges
    }


DRAWN: Final = drawn()


def test_the_drawn_life_is_the_table() -> None:
    """Whoever looks at the diagram sees every step there is, and none that is not."""
    assert {(before, fact.__name__): after for (before, fact), after in STEPS.items()} == DRAWN


def test_a_fact_either_leads_somewhere_or_leaves_the_state() -> None:
    """No fact does both from one state, and each kind about a case is somewhere."""
    stays = {(state, fact) for fact, states in STAYING.items() for state in states}
    assert not stays & set(STEPS)
    assert {fact for _, fact in STEPS} | set(STAYING) == set(get_args(CaseFact))


def test_every_kind_of_entry_is_tried() -> None:
    """A new kind of entry needs an example here, or the tests below would not know it."""
    assert sorted(EXAMPLES) == list(ANY_FACT)


LEADS: Final = DRAWN | {(state, fact.__name__): state for fact, states in STAYING.items() for state in states}


@pytest.mark.parametrize("name", ANY_FACT)
def test_a_fact_leads_where_it_is_drawn_or_nowhere(name: str) -> None:
    """From each state each kind of fact either leads where the tables say or is refused, and leaves the case alone."""
    for state in (None, *State):
        leads_or_is_refused(state, name)


def leads_or_is_refused(state: State | None, name: str) -> None:
    """Enter a fact about a case in one state, or about none, and look at what became of it."""
    before = None if state is None else case_in(state)
    if before is not None and name in NEEDS and (state, name) in LEADS:
        before = put_on(before, NEEDS[name])
    kept = None if before is None else replace(before)
    happened = Entry(at=NOW, actor=SUPERVISOR.id, case=NUMBER, fact=EXAMPLES[name](1))
    if (state, name) in LEADS:
        after = evolve(before, happened)
        assert after.state is LEADS[state, name]
        assert after.version == (before.version + 1 if before else 1)
    else:
        with pytest.raises(IllegalTransition):
            evolve(before, happened)
    assert before == kept


def put_on(case: Case, need: CaseFact) -> Case:
    """Let what a fact needs have happened, in whatever state the case is."""
    match need:
        case ExtensionAsked(due_at=due_at):
            wish = ExtensionWish(OFFICER.id, due_at)
            return replace(case, rounds=(*case.rounds[:-1], replace(case.now, wish=wish)))
        case VoiceAdded(voice=voice):
            return replace(case, voices=voice)
        case VoiceLeft(voice=voice):
            return replace(case, voices=voice, left=(voice,))
        case _:
            return replace(case, joint=(WATER,))
