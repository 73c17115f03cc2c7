"""What a voice does with its case beside judging it is kept, told to those whose turn it is, and done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.case_page import LISTED, case_page
from bot.actions.follow_case import (
    add_words,
    ask_for_person,
    urge_case,
    want_addition,
    want_withdrawal,
    withdraw_case,
)
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.rules.case import Case, State
from bot.rules.dialog import Adding, Idle
from bot.rules.effect import Effects
from bot.rules.entry import (
    RESIDENT,
    Added,
    AnyFact,
    Entry,
    FileAdded,
    Look,
    Looked,
    Noted,
    PersonAsked,
    Rated,
    Replied,
    Solved,
    Urged,
    VoiceAdded,
    Withdrawn,
)
from bot.rules.following import Deed
from bot.rules.message import (
    AdditionTaken,
    CasePage,
    CaseWithdrawn,
    News,
    PageStep,
    PersonPromised,
    TaskNotice,
    UrgeTaken,
    WithdrawalWanted,
)
from bot.rules.slot import answer_slot, said_slot
from tests.support.builders import (
    ACCEPTED,
    COMMITMENT,
    EVERYBODY,
    FILED,
    FILED_AT,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    RESOLVED,
    SUPERVISOR,
    WORDS,
    case_in,
    case_of,
)
from tests.support.known import desk


def stake(case: Case, voice: int = 1) -> Stake:
    """Stand behind a case."""
    return Stake(case, voice, RESIDENT_PERSON, WORDS, EVERYBODY, pressed=77)


def facts(effects: Effects) -> list[AnyFact]:
    """Return what was entered."""
    return [entry.fact for change in effects.cases for entry in change.entries]


def heard(effects: Effects) -> dict[str, News | None]:
    """Return which officials hear what news."""
    return {send.to: send.message.news for send in effects.sends if isinstance(send.message, TaskNotice)}


def test_words_that_are_added_are_sealed_and_read_by_whoever_handles_the_case() -> None:
    """The ledger holds a commitment, the vault the words, the officer reads them, the resident hears that they were told."""
    asked = want_addition(desk(), stake(case_in(State.ACCEPTED)), NOW)
    assert asked.dialog == Adding(case=NUMBER)
    effects = add_words(desk(), stake(case_in(State.ACCEPTED)), "又坏了两盏", NOW)
    (fact,) = facts(effects)
    assert isinstance(fact, Added)
    assert fact.words is not None
    assert [(words.slot, words.text) for words in effects.words] == [(said_slot(fact.words), "又坏了两盏")]
    assert heard(effects) == {OFFICER.person: News.ADDED}
    (notice,) = [send.message for send in effects.sends if isinstance(send.message, TaskNotice)]
    assert notice.said == "又坏了两盏"
    assert isinstance(effects.sends[0].message, AdditionTaken)
    assert effects.dialog == Idle()


def test_the_unit_and_its_lead_are_urged_once_a_working_day() -> None:
    """The second urging of a day is refused; the next working day takes one again."""
    effects = urge_case(desk(), stake(case_in(State.ACCEPTED)), NOW)
    assert facts(effects) == [Urged(voice=1)]
    assert heard(effects) == {OFFICER.person: News.URGED, LEAD.person: News.URGED}
    assert isinstance(effects.sends[0].message, UrgeTaken)
    assert effects.sends[0].replaces == 77
    urged = effects.cases[0].after
    with pytest.raises(IllegalTransition):
        urge_case(desk(), stake(urged), NOW + timedelta(hours=3))
    assert facts(urge_case(desk(), stake(urged), NOW + timedelta(days=1))) == [Urged(voice=1)]


def test_who_asks_for_a_person_is_promised_the_lead() -> None:
    """The lead answers for the unit, so the lead is told; of a unit without one the supervisors are."""
    effects = ask_for_person(desk(), stake(case_in(State.ACCEPTED)), NOW)
    assert facts(effects) == [PersonAsked(voice=1)]
    assert heard(effects) == {LEAD.person: News.PERSON_WANTED}
    assert isinstance(effects.sends[0].message, PersonPromised)
    alone = replace(stake(case_in(State.ACCEPTED)), staff=(OFFICER, SUPERVISOR))
    assert heard(ask_for_person(desk(), alone, NOW)) == {SUPERVISOR.person: News.PERSON_WANTED}


def test_a_case_is_taken_back_only_when_it_is_meant() -> None:
    """The first tap asks, the second takes it back and ends all that waited for its moment."""
    (asked,) = want_withdrawal(desk(), stake(case_in(State.ACCEPTED)), NOW).sends
    assert asked.message == WithdrawalWanted(case=NUMBER)
    effects = withdraw_case(desk(), stake(case_in(State.ACCEPTED)), NOW)
    assert facts(effects) == [Withdrawn()]
    assert effects.cases[0].after.state is State.WITHDRAWN
    assert effects.cancelled == (f"{NUMBER}/",)
    assert effects.sends[0].message == CaseWithdrawn(case=NUMBER)
    assert heard(effects) == {OFFICER.person: News.WITHDRAWN}


def test_of_a_case_in_triage_the_supervisors_hear() -> None:
    """No unit has it, so none is told."""
    assert heard(urge_case(desk(), stake(case_in(State.TRIAGE)), NOW)) == {SUPERVISOR.person: News.URGED}


@pytest.mark.parametrize(
    "deed",
    [
        lambda case: want_addition(desk(), stake(case), NOW),
        lambda case: add_words(desk(), stake(case), "再补充", NOW),
        lambda case: urge_case(desk(), stake(case), NOW),
        lambda case: ask_for_person(desk(), stake(case), NOW),
        lambda case: want_withdrawal(desk(), stake(case), NOW),
        lambda case: withdraw_case(desk(), stake(case), NOW),
    ],
)
@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN, State.REFUSED, State.MERGED])
def test_nothing_is_done_with_a_case_that_is_over(state: State, deed: Callable[[Case], Effects]) -> None:
    """A button from an earlier time changes nothing."""
    with pytest.raises(IllegalTransition):
        deed(case_in(state))


# ── the page ─────────────────────────────────────────────────────────────────


def page(*told: tuple[AnyFact, str], voice: int = 1, words: dict[str, str] | None = None) -> CasePage:
    """Show a case of which these entries are known, each with its actor."""
    entries = [
        Entry(at=FILED_AT + timedelta(minutes=n), actor=actor, case=NUMBER, fact=fact)
        for n, (fact, actor) in enumerate(told)
    ]
    everyone = {each.id: each for each in EVERYBODY}
    return case_page(desk(), stake(case_in(State.ACCEPTED), voice), entries, words or {}, everyone, NOW)


def test_the_page_tells_what_happened_in_order_with_its_words() -> None:
    """Who by role and unit, what, and what was said."""
    words = {answer_slot(1): "路灯已更换", said_slot(COMMITMENT): "周五来修"}
    found = page(
        (FILED, RESIDENT),
        (ACCEPTED, OFFICER.id),
        (Replied(words=COMMITMENT, stock=None), OFFICER.id),
        (RESOLVED, OFFICER.id),
        words=words,
    )
    assert [(line.step, line.words) for line in found.steps] == [
        (PageStep.FILED, None),
        (PageStep.ACCEPTED, None),
        (PageStep.WROTE, "周五来修"),
        (PageStep.RESOLVED, "路灯已更换"),
    ]
    assert (found.steps[1].role, found.steps[1].unit) == (OFFICER.role, OFFICER.unit)
    assert (found.words, found.left_out) == (WORDS, 0)
    assert Deed.URGE in found.deeds


def test_the_resident_sees_who_opened_what() -> None:
    """Each look is a line, by role and unit."""
    (line,) = page((Looked(at_what=Look.PLACE), OFFICER.id)).steps
    assert (line.step, line.look, line.role, line.unit) == (PageStep.LOOKED, Look.PLACE, OFFICER.role, OFFICER.unit)


def test_internal_notes_and_other_voices_words_are_not_shown() -> None:
    """A note is for officials; what a neighbour added is the neighbour's."""
    words = {said_slot(COMMITMENT): "内部"}
    assert page((Noted(words=COMMITMENT), OFFICER.id), words=words).steps == ()
    assert page((Added(voice=2, words=COMMITMENT), RESIDENT), words=words).steps == ()
    joined = (VoiceAdded(voice=2), RESIDENT)
    assert page(joined, (Added(voice=2, words=COMMITMENT), RESIDENT), voice=2, words=words).steps[1].words == "内部"


def test_only_files_that_the_unit_added_are_told() -> None:
    """What came with the report is known to whoever sent it."""
    own = FileAdded(slot="filed/1", media="image/jpeg", size=9, content=COMMITMENT)
    assert page((own, RESIDENT)).steps == ()
    shown = FileAdded(slot="evidence/1/1", media="image/jpeg", size=9, content=COMMITMENT)
    assert [line.step for line in page((shown, OFFICER.id)).steps] == [PageStep.EVIDENCE]


def test_the_page_tells_the_score_too_once_it_is_given() -> None:
    """The answer comes first, its score with the next tap: two steps that do not read the same."""
    answers = [Rated(round=1, voice=1, solved=Solved.YES, score=score) for score in (None, 4)]
    found = page(*[(answer, RESIDENT) for answer in answers])
    assert [(line.step, line.solved, line.score) for line in found.steps] == [
        (PageStep.JUDGED, Solved.YES, None),
        (PageStep.JUDGED, Solved.YES, 4),
    ]


def test_a_long_life_is_cut_and_says_so() -> None:
    """The newest steps stand on the page; how many older ones there are is said."""
    found = page(*[(Urged(voice=1), RESIDENT)] * (LISTED + 3))
    assert (len(found.steps), found.left_out) == (LISTED, 3)


def test_a_case_without_words_any_more_still_has_a_page() -> None:
    """Erased words leave the facts."""
    case = case_of(FILED, ACCEPTED)
    bare = case_page(desk(), replace(stake(case), words=""), (), {}, {}, NOW)
    assert (bare.words, bare.line.case) == ("", NUMBER)
