"""A case goes the ways that are drawn in `bot.rules.case` and no other, and is nothing but what its entries tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final, get_args

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.errors import IllegalTransition
from bot.rules import life as life_module
from bot.rules.case import OPEN, Case, ExtensionWish, Rating, State
from bot.rules.county import Role, Urgency
from bot.rules.entry import (
    Added,
    Announced,
    AnyFact,
    Assigned,
    CalledBack,
    CaseFact,
    Channel,
    Closing,
    Commented,
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
    IdentityAsked,
    IdentityDecided,
    Invited,
    Joined,
    LeaveEnded,
    LeaveTaken,
    Look,
    Looked,
    MeetingHeld,
    MilestoneReached,
    Noted,
    PersonAsked,
    ProjectJudged,
    Reassigned,
    Reclassified,
    ReminderDecided,
    ReminderSeen,
    ReminderTold,
    Replied,
    Restored,
    Resumed,
    Resuming,
    Solved,
    StaffEnded,
    TieCut,
    Translated,
    UnitAdded,
    UnitReleased,
    UpdateDropped,
    UpdateRetried,
    Urged,
    VoiceAdded,
    VoiceLinked,
    Withdrawn,
)
from bot.rules.identity import ClassId, Language, MeetingId, ProjectId, StaffId
from bot.rules.life import STAYING, STEPS, evolve, fold
from tests.support.builders import (
    ACCEPT_DUE_AT,
    ACCEPTED,
    ASKED,
    COMMITMENT,
    DUE_AT,
    FILED,
    FILED_AT,
    HEATING,
    LETTERS,
    MERGED,
    NOW,
    NUMBER,
    OFFICER,
    REFUSED,
    RESOLVED,
    SUPERVISOR,
    TO,
    TRANSFERRED,
    TRANSPORT,
    WATER,
    again_in,
    case_in,
    case_of,
    closed,
    entries,
    entry,
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
EXAMPLES: Final[dict[str, Callable[[int], AnyFact]]] = {
    "Filed": lambda _: FILED,
    "Accepted": lambda _: ACCEPTED,
    "Resolved": lambda _: RESOLVED,
    "Rated": lambda attempt: rated(Solved.PARTLY, attempt=attempt),
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
    "Added": lambda _: Added(voice=1, words=COMMITMENT),
    "Urged": lambda _: Urged(voice=1),
    "PersonAsked": lambda _: PersonAsked(voice=1),
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
    "Invited": lambda _: Invited(role=Role.LEAD, unit=TRANSPORT, township=None),
    "Joined": lambda _: Joined(staff=STAFF, role=Role.LEAD, unit=TRANSPORT, township=None, confirmed_by=None),
    "LeaveTaken": lambda _: LeaveTaken(staff=STAFF, begins_at=NOW, ends_at=LATER, deputy=None),
    "LeaveEnded": lambda _: LeaveEnded(staff=STAFF),
    "ProjectJudged": lambda _: ProjectJudged(project=ProjectId("bridge"), score=4, is_again=False),
    "MilestoneReached": lambda _: MilestoneReached(project=ProjectId("bridge"), unit=TRANSPORT, words=COMMITMENT),
    "MeetingHeld": lambda _: MeetingHeld(
        meeting=MeetingId("1"), unit=None, township=None, people=1, raised=1, seconds=0, adopted=0
    ),
    "StaffEnded": lambda _: StaffEnded(staff=STAFF),
    "Restored": lambda _: Restored(entries=1, skipped=1000),
    "CountyChanged": lambda _: CountyChanged(file="0" * 64, changes=2),
    "UpdateRetried": lambda _: UpdateRetried(number=7),
    "UpdateDropped": lambda _: UpdateDropped(number=7, received_at=NOW),
    "Counted": lambda attempt: week_facts(attempt)["Counted"],
    "VoiceCounted": lambda attempt: week_facts(attempt)["VoiceCounted"],
    "WeekCounted": lambda attempt: week_facts(attempt)["WeekCounted"],
    "CallbackDrawn": lambda attempt: week_facts(attempt)["CallbackDrawn"],
    "SeedPublished": lambda attempt: week_facts(attempt)["SeedPublished"],
}
"""One fact of each kind, that fits a case in its n-th attempt as well as it can."""

ANY_FACT: Final = tuple(sorted(fact.__name__ for fact in get_args(AnyFact)))

NEEDS: Final[dict[str, CaseFact]] = {
    "ExtensionGranted": WISH,
    "ExtensionDenied": WISH,
    "UnitReleased": UnitAdded(unit=WATER),
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
@pytest.mark.parametrize("state", [None, *State], ids=str)
def test_a_fact_leads_where_it_is_drawn_or_nowhere(state: State | None, name: str) -> None:
    """From each state each kind of fact either leads where the tables say or is refused, and leaves the case alone."""
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
        case _:
            return replace(case, joint=(WATER,))


def test_a_transferred_case_is_in_nobodys_hand_and_its_clock_runs_on() -> None:
    """Who gave it away is no longer in charge; the limit for resolving stays, the new unit signs within its own."""
    away = case_of(FILED, ACCEPTED, TRANSFERRED)
    assert (away.state, away.officer, away.transfers, away.now.due_at) == (State.TRIAGE, None, 1, DUE_AT)
    given = case_of(FILED, ACCEPTED, TRANSFERRED, ASSIGNED)
    assert (given.state, given.unit, given.now.unit, given.category) == (State.ASSIGNED, WATER, WATER, HEATING)
    assert (given.now.due_at, given.now.accept_due_at, given.now.accepted_at, given.is_final) == (DUE_AT, LATER, None, True)


def test_a_pause_moves_the_limit_and_ends() -> None:
    """While the resident is asked, the limit is as late as it may become; the answer brings it back; pauses are counted."""
    waiting = case_of(FILED, ACCEPTED, ASKED)
    assert (waiting.state, waiting.now.waiting_until, waiting.now.due_at) == (State.WAITING, ASKED.until, ASKED.due_at)
    answered = Resumed(because=Resuming.ANSWERED, due_at=LATER, words=COMMITMENT)
    going_on = case_of(FILED, ACCEPTED, ASKED, answered)
    assert (going_on.state, going_on.now.due_at, going_on.now.pauses) == (State.ACCEPTED, LATER, 1)
    assert (going_on.now.waiting_since, going_on.now.waiting_until) == (None, None)


def test_more_time_is_granted_by_another_and_once_for_each_wish() -> None:
    """Whoever asks for more time cannot grant it; a decision without a wish, or a second one, is refused."""
    asked = case_of(FILED, ACCEPTED, WISH)
    assert asked.now.wish == ExtensionWish(OFFICER.id, LATER)
    assert asked.now.due_at == DUE_AT
    granted = ExtensionGranted(due_at=LATER)
    with pytest.raises(IllegalTransition):
        evolve(asked, entry(granted, actor=OFFICER.id))
    longer = evolve(asked, entry(granted, actor=SUPERVISOR.id))
    assert (longer.now.due_at, longer.now.extensions, longer.now.wish) == (LATER, 1, None)
    with pytest.raises(IllegalTransition):
        evolve(longer, entry(granted, actor=SUPERVISOR.id))
    denied = evolve(asked, entry(ExtensionDenied(reason=None), actor=SUPERVISOR.id))
    assert (denied.now.due_at, denied.now.extensions, denied.now.wish) == (DUE_AT, 0, None)


def test_units_work_on_a_case_together_once_each() -> None:
    """A unit joins once, never beside itself, and leaves only what it joined; the lead unit stays."""
    together = case_of(FILED, ACCEPTED, UnitAdded(unit=WATER))
    assert (together.unit, together.joint) == (TRANSPORT, (WATER,))
    for wrong in (UnitAdded(unit=WATER), UnitAdded(unit=TRANSPORT), UnitReleased(unit=LETTERS)):
        with pytest.raises(IllegalTransition):
            evolve(together, entry(wrong))
    assert evolve(together, entry(UnitReleased(unit=WATER))).joint == ()


def test_voices_are_numbered_one_after_the_other() -> None:
    """The filer is the first; who joins is the next, with no number left out or given twice."""
    assert case_in(State.ASSIGNED).voices == 1
    assert case_of(FILED, VoiceAdded(voice=2), VoiceAdded(voice=3)).voices == 3
    for wrong in (1, 3):
        with pytest.raises(IllegalTransition):
            case_of(FILED, VoiceAdded(voice=wrong))


def test_what_voices_ask_for_is_counted_and_dated() -> None:
    """Urging counts, and the case knows when it was last urged, and when someone wanted to speak to a person."""
    case = case_of(FILED, Urged(voice=1), Urged(voice=1), PersonAsked(voice=1))
    assert (case.urgings, case.urged_at) == (2, FILED_AT + timedelta(minutes=2))
    assert case.person_asked_at == FILED_AT + timedelta(minutes=3)


def test_a_callback_is_about_the_round_that_was_drawn() -> None:
    """What was heard stands on that round; about another round it is refused."""
    closed_case = case_in(State.CLOSED)
    assert evolve(closed_case, entry(CalledBack(round=1, solved=Solved.NO))).now.called_back is Solved.NO
    with pytest.raises(IllegalTransition):
        evolve(closed_case, entry(CalledBack(round=2, solved=Solved.NO)))


def test_another_class_brings_its_own_limits() -> None:
    """The case runs under the new class's limits, and says which rule that is."""
    case = case_of(FILED, RECLASSIFIED)
    assert (case.deadline_class, case.now.rule, case.now.due_at) == (ClassId("complex"), RECLASSIFIED.rule, LATER)


def test_an_entry_about_no_case_makes_none() -> None:
    """A filing without a number is not the beginning of a case."""
    with pytest.raises(IllegalTransition):
        evolve(None, Entry(at=NOW, actor="resident", case=None, fact=FILED))


def test_no_entries_are_no_case() -> None:
    """Nothing that happened is nobody's case."""
    assert fold(()) is None


def test_a_filed_case_is_what_was_filed() -> None:
    """Each fact of the filing is found on the case under its own name, and the limits in its first round."""
    filed = msgspec.structs.replace(FILED, is_confidential=True, channel=Channel.VISIT, urgency=Urgency.EMERGENCY)
    case = case_of(filed)
    shared = set(FILED.__struct_fields__) & set(Case.__dataclass_fields__)
    assert {name: getattr(case, name) for name in shared} == {name: getattr(filed, name) for name in shared}
    assert set(FILED.__struct_fields__) - shared == {"rule", "accept_due_at", "due_at", "words"}
    assert (case.number, case.version, case.filed_at, case.officer) == (NUMBER, 1, FILED_AT, None)
    assert (case.now.rule, case.now.accept_due_at, case.now.due_at) == (FILED.rule, FILED.accept_due_at, FILED.due_at)
    assert (case.now.number, case.now.opened_at, case.now.ratings) == (1, FILED_AT, ())


def test_who_accepts_is_in_charge() -> None:
    """The actor of the acceptance is in charge from its instant on."""
    case = case_of(*TO[State.ACCEPTED])
    assert (case.officer, case.now.accepted_at) == (OFFICER.id, entries(*TO[State.ACCEPTED])[-1].at)


def test_a_reopened_case_begins_anew_and_remembers() -> None:
    """The second attempt has its own limits and nobody in charge; the first stays as it ended."""
    first = case_of(*TO[State.RESOLVED], rated(Solved.NO))
    again = case_of(*TO[State.RESOLVED], rated(Solved.NO), reopened())
    assert (again.state, again.officer, again.version) == (State.ASSIGNED, None, 5)
    assert again.rounds[0] == first.now
    assert (again.now.number, again.now.due_at) == (2, DUE_AT + timedelta(days=7))
    assert (again.now.accepted_at, again.now.resolved_at, again.now.closed_at, again.now.ratings) == (None, None, None, ())


def test_a_closed_round_says_when_and_how() -> None:
    """Closing leaves its instant and its manner on the round that it ends."""
    case = case_of(*TO[State.RESOLVED], closed(Closing.UNRATED))
    assert (case.now.closed_at, case.now.how) == (FILED_AT + timedelta(minutes=3), Closing.UNRATED)


def test_a_second_answer_replaces_the_first_of_the_same_voice() -> None:
    """Of one voice the last answer counts; other voices keep theirs, and all stand in order of the voices."""
    case = case_of(
        *TO[State.RESOLVED],
        rated(Solved.NO, voice=2),
        rated(Solved.PARTLY),
        rated(Solved.YES, 5),
    )
    at = {minute: FILED_AT + timedelta(minutes=minute) for minute in (3, 5)}
    assert case.now.ratings == (Rating(1, Solved.YES, 5, at[5]), Rating(2, Solved.NO, None, at[3]))
    assert case.rating_of(1) == Rating(1, Solved.YES, 5, at[5])
    assert case.rating_of(3) is None


@pytest.mark.parametrize("attempt", [0, 1, 3])
def test_an_answer_about_another_round_is_refused(attempt: int) -> None:
    """An answer belongs to the attempt it was asked about; about any other it changes nothing."""
    with pytest.raises(IllegalTransition):
        evolve(again_in(State.RESOLVED), entry(rated(Solved.YES, attempt=attempt)))


def test_answers_of_the_round_before_do_not_count_in_this_one() -> None:
    """Who said no to the first attempt has not yet said anything about the second."""
    assert again_in(State.RESOLVED).rating_of(1) is None


@pytest.mark.parametrize("state", State)
def test_a_case_is_overdue_while_open_and_past_its_limit(state: State) -> None:
    """At the limit a case is still in time; after it only an open one is late."""
    case = case_in(state)
    assert case.is_open is (state in OPEN)
    limit = case.now.due_at
    assert limit is not None
    assert not case.is_overdue(limit)
    assert case.is_overdue(limit + timedelta(seconds=1)) is (state in OPEN)


def test_a_case_without_a_limit_is_never_overdue() -> None:
    """Praise waits for nobody."""
    case = case_of(msgspec.structs.replace(FILED, due_at=None, accept_due_at=None, rule=None, deadline_class=None))
    assert not case.is_overdue(DUE_AT + timedelta(days=10_000))


voices = st.integers(1, 3)
scores = st.none() | st.integers(1, 5)


class CaseLife(RuleBasedStateMachine):
    """Lead a case through any life it may have, and know beforehand what it will be."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.case: Case | None = None
        self.attempt = 1
        self.answers: dict[int, tuple[Solved, int | None]] = {}
        self.finished: list[object] = []

    def is_in(self, *states: State) -> bool:
        """Say whether the case stands in one of these states."""
        return self.case is not None and self.case.state in states

    def happen(self, fact: CaseFact) -> None:
        """Let something happen to the case."""
        happened = entry(fact, FILED_AT + timedelta(minutes=len(self.entries)))
        self.case = evolve(self.case, happened)
        self.entries.append(happened)

    @initialize()
    def file(self) -> None:
        """A resident files it."""
        self.happen(FILED)

    @precondition(lambda self: self.is_in(State.ASSIGNED))
    @rule()
    def accept(self) -> None:
        """The unit signs for it."""
        self.happen(ACCEPTED)

    @precondition(lambda self: self.is_in(State.ACCEPTED))
    @rule()
    def resolve(self) -> None:
        """The unit says that it is done."""
        self.happen(RESOLVED)

    @precondition(lambda self: self.is_in(State.RESOLVED, State.CLOSED))
    @rule(voice=voices, solved=st.sampled_from(Solved), score=scores)
    def rate(self, voice: int, solved: Solved, score: int | None) -> None:
        """A voice answers, for the first time or again."""
        self.happen(rated(solved, score, attempt=self.attempt, voice=voice))
        self.answers[voice] = (solved, score)

    @precondition(lambda self: self.is_in(State.RESOLVED))
    @rule(how=st.sampled_from(Closing))
    def close(self, how: Closing) -> None:
        """The attempt ends."""
        self.happen(closed(how, attempt=self.attempt))

    @precondition(lambda self: self.is_in(State.RESOLVED, State.CLOSED))
    @rule()
    def reopen(self) -> None:
        """It goes on."""
        assert self.case is not None
        self.finished.append(self.case.now)
        self.attempt += 1
        self.answers = {}
        self.happen(reopened(attempt=self.attempt))

    @precondition(lambda self: self.is_in(*OPEN, State.RESOLVED))
    @rule()
    def withdraw(self) -> None:
        """The resident takes it back."""
        self.happen(Withdrawn())

    @precondition(lambda self: self.is_in(State.ASSIGNED, State.ACCEPTED))
    @rule()
    def transfer(self) -> None:
        """The unit gives it away."""
        self.happen(TRANSFERRED)

    @precondition(lambda self: self.is_in(State.TRIAGE, State.ASSIGNED, State.ACCEPTED))
    @rule()
    def assign(self) -> None:
        """A supervisor gives it to a unit."""
        self.happen(ASSIGNED)

    @precondition(lambda self: self.is_in(State.ACCEPTED))
    @rule()
    def ask(self) -> None:
        """The unit asks the resident."""
        self.happen(ASKED)

    @precondition(lambda self: self.is_in(State.WAITING))
    @rule(because=st.sampled_from(Resuming))
    def resume(self, because: Resuming) -> None:
        """The pause ends."""
        self.happen(Resumed(because=because, due_at=DUE_AT, words=None))

    @precondition(lambda self: self.is_in(*OPEN))
    @rule(fact=st.sampled_from((REFUSED, MERGED)))
    def end(self, fact: CaseFact) -> None:
        """It is refused, or goes on as another case."""
        self.happen(fact)

    @rule(name=st.sampled_from(("Urged", "PersonAsked", "Added", "Reclassified", "ExtensionAsked", "CalledBack")))
    def stay(self, name: str) -> None:
        """Something happens that leaves the case where it stands."""
        assert self.case is not None
        if (self.case.state, name) in LEADS:
            fact = EXAMPLES[name](self.attempt)
            assert isinstance(fact, get_args(CaseFact))
            self.happen(fact)

    @rule(name=st.sampled_from(ANY_FACT))
    def try_what_is_not_drawn(self, name: str) -> None:
        """Whatever is not drawn from here is refused."""
        assert self.case is not None
        if (self.case.state, name) not in LEADS:
            fact = EXAMPLES[name](self.attempt)
            with pytest.raises(IllegalTransition):
                evolve(self.case, Entry(at=NOW, actor="system", case=NUMBER, fact=fact))

    @invariant()
    def it_is_what_its_entries_tell(self) -> None:
        """Folding all entries at once gives the case that grew step by step; versions count entries."""
        assert fold(self.entries) == self.case
        assert self.case is None or self.case.version == len(self.entries)

    @invariant()
    def its_rounds_are_numbered_and_the_past_stands(self) -> None:
        """Rounds count from 1, and nothing changes a round that was left behind."""
        if self.case is not None:
            assert [each.number for each in self.case.rounds] == list(range(1, self.attempt + 1))
            assert list(self.case.rounds[:-1]) == self.finished

    @invariant()
    def each_voice_has_its_last_answer(self) -> None:
        """The current round holds one answer a voice, the last one."""
        if self.case is not None:
            now = {rating.voice: (rating.solved, rating.score) for rating in self.case.now.ratings}
            assert now == self.answers
            assert list(now) == sorted(now)

    @invariant()
    def someone_is_in_charge_once_it_is_accepted(self) -> None:
        """Who signed for the current attempt is in charge of it, and before that nobody."""
        if self.case is not None:
            assert (self.case.officer is None) is (self.case.now.accepted_at is None)


CaseLife.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestCaseLife = CaseLife.TestCase
