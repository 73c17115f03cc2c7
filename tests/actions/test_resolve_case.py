"""An official says what was done: the case is resolved, its reminders end, and the resident is asked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.actions.resolve_case import ask_what_was_done, resolve_case, wants_evidence
from bot.errors import EvidenceMissing, IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.chain import text_commitment
from bot.rules.county import Role
from bot.rules.dialog import Idle, Resolving
from bot.rules.due import AskAgain, CloseUnrated, Due
from bot.rules.effect import Effects, Priority, Send, Words
from bot.rules.entry import Accepted, Resolved
from bot.rules.identity import CategoryId
from bot.rules.life import fold
from bot.rules.message import RatingQuestion, ResolveQuestion, TaskResolved
from bot.rules.slot import answer_slot, evidence_of
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    TO,
    TRANSPORT,
    WATER,
    again_in,
    case_in,
    entries,
    matter,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

ANSWER = "灯泡已更换"
SALT = (1).to_bytes(16, "big")


def resolving(case: Case, *roles: Staff) -> Effects:
    """Answer in words."""
    return resolve_case(desk(), matter(case, *roles), ANSWER, NOW, has_evidence=True)


def test_resolving_an_accepted_case_is_one_entry() -> None:
    """The ledger says who resolved it and is bound to what was done."""
    case = case_in(State.ACCEPTED)
    (change,) = resolving(case, OFFICER).cases
    (entry,) = change.entries
    assert (entry.at, entry.actor, entry.case) == (NOW, OFFICER.id, NUMBER)
    assert entry.fact == Resolved(unit=TRANSPORT, answer=text_commitment(SALT, ANSWER))
    assert change.before == case
    assert change.after == fold((*entries(*TO[State.ACCEPTED]), entry))
    assert (change.after.state, change.after.now.resolved_at) == (State.RESOLVED, NOW)


def test_resolving_an_unaccepted_case_signs_for_it_first() -> None:
    """What is done at once is signed for at once: two entries, of the same instant and by the same official."""
    (change,) = resolving(case_in(State.ASSIGNED), LEAD).cases
    assert [type(entry.fact) for entry in change.entries] == [Accepted, Resolved]
    assert {(entry.at, entry.actor) for entry in change.entries} == {(NOW, LEAD.id)}
    assert (change.after.state, change.after.version, change.after.officer) == (State.RESOLVED, 3, LEAD.id)
    assert change.after == fold((*entries(*TO[State.ASSIGNED]), *change.entries))
    assert (change.after.now.accepted_at, change.after.now.resolved_at) == (NOW, NOW)


def test_a_colleague_resolves_what_an_officer_accepted() -> None:
    """Whoever of the unit resolves it, the one who signed stays in charge, and the entry says who it was."""
    (change,) = resolving(case_in(State.ACCEPTED), LEAD).cases
    assert (change.entries[0].actor, change.after.officer) == (LEAD.id, OFFICER.id)


@pytest.mark.parametrize(("case", "slot"), [(case_in(State.ACCEPTED), "answer/1"), (again_in(State.ACCEPTED), "answer/2")])
def test_each_attempt_has_an_answer_of_its_own(case: Case, slot: str) -> None:
    """The vault keeps what was done in every round."""
    assert resolving(case, OFFICER).words == (Words(NUMBER, slot, ANSWER, SALT),)
    assert answer_slot(case.now.number) == slot


def test_all_that_was_planned_for_the_attempt_ends() -> None:
    """Nobody is reminded of a limit that no longer runs; the prefix is closed, so that round 1 is not round 10."""
    assert resolving(case_in(State.ACCEPTED), OFFICER).cancelled == (f"{NUMBER}/1/",)
    assert resolving(again_in(State.ASSIGNED), OFFICER).cancelled == (f"{NUMBER}/2/",)


def test_the_resident_will_be_asked_again_and_then_left_alone() -> None:
    """After 3 and 7 days the question comes again, after 10 the case is closed; never at night or on a day off."""
    planned = resolving(case_in(State.ACCEPTED), OFFICER).planned
    assert planned == (
        Due(
            key=f"{NUMBER}/1/rating:3cd",
            at=wall("2026-11-27 19:30"),
            task=AskAgain(case=NUMBER, round=1, stage="rating:3cd"),
        ),
        Due(
            key=f"{NUMBER}/1/rating:7cd",
            at=wall("2026-12-01 19:30"),
            task=AskAgain(case=NUMBER, round=1, stage="rating:7cd"),
        ),
        Due(key=f"{NUMBER}/1/unrated", at=wall("2026-12-04 19:30"), task=CloseUnrated(case=NUMBER, round=1)),
    )


def test_everyone_behind_the_case_is_asked_whether_it_is_so() -> None:
    """The officer gets a confirmation, each voice the question with the unit's own words."""
    question = RatingQuestion(case=NUMBER, round=1, unit=TRANSPORT, answer=ANSWER, is_repeated=False)
    anchor = f"rating/{NUMBER}/1"
    assert resolving(case_in(State.ACCEPTED), OFFICER).sends == (
        Send(OFFICER.person, TaskResolved(case=NUMBER)),
        Send(RESIDENT_PERSON, question, Priority.NOTICE, anchor=anchor),
        Send(NEIGHBOUR, question, Priority.NOTICE, anchor=anchor),
    )


def test_the_conversation_about_it_ends() -> None:
    """The officer's next words are not taken for another answer."""
    assert resolving(case_in(State.ACCEPTED), OFFICER).dialog == Idle()


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ACCEPTED])
def test_the_officer_is_asked_what_was_done(state: State) -> None:
    """Pressing the button changes no case yet: it asks for words and waits for them."""
    assert ask_what_was_done(desk(), matter(case_in(state), OFFICER), NOW) == Effects(
        dialog=Resolving(case=NUMBER), sends=(Send(OFFICER.person, ResolveQuestion(case=NUMBER, wants_evidence=True)),)
    )


@pytest.mark.parametrize("state", [state for state in State if state not in {State.ASSIGNED, State.ACCEPTED}])
def test_what_is_not_in_hand_cannot_be_resolved(state: State) -> None:
    """Resolved is resolved once, and what has ended stays so: neither asked nor done."""
    with pytest.raises(IllegalTransition):
        ask_what_was_done(desk(), matter(case_in(state), OFFICER), NOW)
    with pytest.raises(IllegalTransition):
        resolving(case_in(state), OFFICER)


@pytest.mark.parametrize(
    "roles",
    [(), (staff(Role.OFFICER, WATER),), (SUPERVISOR,), (ADMIN,), (staff(Role.TRANSLATOR),)],
    ids=["resident", "other unit", "supervisor", "admin", "translator"],
)
def test_nobody_resolves_another_units_case(roles: tuple[Staff, ...]) -> None:
    """Not when asked for words, and not when the words come and the role is gone."""
    with pytest.raises(NotPermitted):
        ask_what_was_done(desk(), matter(case_in(State.ACCEPTED), *roles), NOW)
    with pytest.raises(NotPermitted):
        resolving(case_in(State.ACCEPTED), *roles)


def test_what_needs_evidence_is_not_resolved_by_words_alone() -> None:
    """The county file says of which categories; for the others words are enough."""
    roads, farming = case_in(State.ACCEPTED), replace(case_in(State.ACCEPTED), category=CategoryId("farming"))
    assert wants_evidence(desk(), roads)
    with pytest.raises(EvidenceMissing):
        resolve_case(desk(), matter(roads, OFFICER), ANSWER, NOW, has_evidence=False)
    assert resolve_case(desk(), matter(farming, OFFICER), ANSWER, NOW, has_evidence=False).cases


def test_evidence_is_that_of_the_attempt() -> None:
    """A photo of the first time shows nothing of the second; round 1 is not round 10."""
    assert evidence_of(case_in(State.ACCEPTED).now.number) == "evidence/1/"
    assert evidence_of(again_in(State.ACCEPTED).now.number) == "evidence/2/"
