"""A case goes the ways that are drawn in `bot.rules.case` and no other, and is nothing but what its entries tell."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.errors import IllegalTransition
from bot.rules.case import OPEN, Case, ExtensionWish, Rating, State
from bot.rules.county import Urgency
from bot.rules.entry import (
    CalledBack,
    Channel,
    Closing,
    Concerned,
    Entry,
    ExtensionDenied,
    ExtensionGranted,
    PersonAsked,
    Resumed,
    Resuming,
    Solved,
    UnitAdded,
    UnitReleased,
    Urged,
    VoiceAdded,
    VoiceLeft,
    VoiceReturned,
)
from bot.rules.identity import ClassId
from bot.rules.life import evolve, fold
from tests.rules.test_life import ASSIGNED, LATER, RECLASSIFIED, WISH
from tests.support.builders import (
    ACCEPTED,
    ASKED,
    COMMITMENT,
    DUE_AT,
    FILED,
    FILED_AT,
    HEATING,
    LETTERS,
    NOW,
    NUMBER,
    OFFICER,
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
)


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


def test_a_voice_leaves_a_case_to_the_others() -> None:
    """Once, never the last one, and not while its answer counts; who comes back is one more voice."""
    case = case_of(FILED, VoiceAdded(voice=2), VoiceLeft(voice=1))
    assert (case.voices, case.left, case.behind, case.now.left) == (2, (1,), 1, 1)
    for wrong in (1, 2, 3, 0):
        with pytest.raises(IllegalTransition):
            evolve(case, entry(VoiceLeft(voice=wrong)))
    back = evolve(case, entry(VoiceAdded(voice=3)))
    assert (back.behind, back.left) == (2, (1,))
    judged = case_of(FILED, VoiceAdded(voice=2), ACCEPTED, RESOLVED, rated(Solved.PARTLY, voice=2))
    with pytest.raises(IllegalTransition):
        evolve(judged, entry(VoiceLeft(voice=2)))
    assert evolve(judged, entry(VoiceLeft(voice=1))).now.left == 1


def test_a_voice_that_left_comes_back_as_itself() -> None:
    """Only one that had left; the rounds that ended meanwhile keep that it was not asked in them."""
    case = case_of(FILED, VoiceAdded(voice=2), VoiceLeft(voice=1))
    back = evolve(case, entry(VoiceReturned(voice=1)))
    assert (back.voices, back.left, back.behind, back.now.left) == (2, (), 2, 0)
    for there in (1, 2, 3, 0):
        with pytest.raises(IllegalTransition):
            evolve(back, entry(VoiceReturned(voice=there)))
    later = case_of(FILED, VoiceAdded(voice=2), VoiceLeft(voice=1), ACCEPTED, RESOLVED, reopened(), VoiceReturned(voice=1))
    assert [each.left for each in later.rounds] == [1, 0]


def test_a_round_keeps_how_many_had_left_by_its_end() -> None:
    """Who leaves later was still asked in the earlier one, and is not in the next."""
    case = case_of(FILED, VoiceAdded(voice=2), VoiceAdded(voice=3), VoiceLeft(voice=3), ACCEPTED, RESOLVED, reopened())
    assert [each.left for each in case.rounds] == [1, 1]
    assert [each.left for each in evolve(case, entry(VoiceLeft(voice=2))).rounds] == [1, 2]


def test_what_voices_ask_for_is_counted_and_dated() -> None:
    """Urging counts, and the case knows when it was last urged, and when someone wanted to speak to a person."""
    case = case_of(FILED, Urged(voice=1), Urged(voice=1), PersonAsked(voice=1))
    assert (case.urgings, case.urged_at) == (2, FILED_AT + timedelta(minutes=2))
    assert case.person_asked_at == FILED_AT + timedelta(minutes=3)


def test_nobody_whom_a_case_is_about_is_ever_given_it() -> None:
    """Not when it is filed, not out of triage, and not to work on it beside others."""
    case = case_of(FILED, Concerned(about=WATER))
    assert (case.about, case.unit) == (WATER, TRANSPORT)
    with pytest.raises(IllegalTransition):
        case_of(FILED, Concerned(about=TRANSPORT))
    with pytest.raises(IllegalTransition):
        evolve(case, entry(UnitAdded(unit=WATER)))
    away = evolve(case, entry(TRANSFERRED))
    with pytest.raises(IllegalTransition):
        evolve(away, entry(ASSIGNED))
    assert ASSIGNED.unit == WATER


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
    shared = set(FILED.__struct_fields__) & set(Case.__struct_fields__)
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
