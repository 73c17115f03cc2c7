"""Who works on a case: handed to a colleague, joined by other units, each doing its part; the lead unit alone resolves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.resolve_case import resolve_case
from bot.actions.share_case import add_unit, choose_colleague, colleagues, do_part, hand_over
from bot.actions.write_to_voices import announce, note, reply, reply_from_stock
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.entry import Announced, Noted, Reassigned, Replied, UnitAdded, UnitReleased
from bot.rules.handling import Step, Stock, possible
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import News, TaskNotice, UnitWrote
from bot.rules.staff import Leave, Staff
from tests.support.builders import (
    ACCEPTED,
    ADMIN,
    CONDUCT,
    EVERYBODY,
    FILED,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISION,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    case_in,
    case_of,
    county,
    matter,
    staff,
)
from tests.support.known import desk

COLLEAGUE = staff(Role.OFFICER, TRANSPORT, "colleague")
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")
HERE = (*EVERYBODY, COLLEAGUE, ELSEWHERE)
SHARED = case_of(FILED, ACCEPTED, UnitAdded(unit=WATER))


def news_of(effects: Effects) -> dict[str, News | None]:
    """Read what each official is told has happened."""
    return {send.to: send.message.news for send in effects.sends if isinstance(send.message, TaskNotice)}


# ── handing over ─────────────────────────────────────────────────────────────


def test_an_officer_hands_a_case_to_a_colleague() -> None:
    """One entry; the colleague reads that it is theirs, and the case is only theirs from then on."""
    effects = hand_over(desk(), matter(case_in(State.ACCEPTED), OFFICER, everybody=HERE), COLLEAGUE.id, NOW)
    (change,) = effects.cases
    assert [each.fact for each in change.entries] == [Reassigned(staff=COLLEAGUE.id)]
    assert change.after.officer == COLLEAGUE.id
    assert news_of(effects) == {COLLEAGUE.person: News.IN_CHARGE, OFFICER.person: News.HANDED_OVER}
    mine = {send.to: send.message.is_mine for send in effects.sends if isinstance(send.message, TaskNotice)}
    assert mine == {COLLEAGUE.person: True, OFFICER.person: False}


def test_a_lead_who_takes_a_case_over_reads_that_it_is_theirs() -> None:
    """Not that it was handed to a colleague; whoever had it reads that."""
    effects = hand_over(desk(), matter(case_in(State.ACCEPTED), LEAD, everybody=HERE), LEAD.id, NOW)
    assert news_of(effects) == {LEAD.person: News.IN_CHARGE, OFFICER.person: News.HANDED_OVER}


def test_whoever_stands_in_for_a_colleague_on_leave_reads_whose_case_it_is() -> None:
    """They are not told that they have it: the colleague has, and they act for them meanwhile."""
    leave = Leave(NOW - timedelta(days=1), NOW + timedelta(days=3), deputy=LEAD.id)
    away = replace(COLLEAGUE, leave=leave)
    effects = hand_over(desk(), matter(case_in(State.ACCEPTED), OFFICER, everybody=(*EVERYBODY, away)), away.id, NOW)
    assert news_of(effects) == {LEAD.person: News.IN_CHARGE_AWAY, OFFICER.person: News.HANDED_OVER}


def test_a_lead_gives_a_case_to_whom_they_choose() -> None:
    """Who had it is told too."""
    effects = hand_over(desk(), matter(case_in(State.ACCEPTED), LEAD, everybody=HERE), COLLEAGUE.id, NOW)
    assert news_of(effects) == {
        COLLEAGUE.person: News.IN_CHARGE,
        OFFICER.person: News.HANDED_OVER,
        LEAD.person: News.HANDED_OVER,
    }


def test_a_colleague_does_not_take_what_is_not_theirs() -> None:
    """Only who is in charge, or leads the unit, says who is."""
    with pytest.raises(IllegalTransition):
        hand_over(desk(), matter(case_in(State.ACCEPTED), COLLEAGUE, everybody=HERE), COLLEAGUE.id, NOW)
    assert Step.HAND_OVER not in possible(county(), case_in(State.ACCEPTED), (COLLEAGUE,), NOW)


@pytest.mark.parametrize("to", [ELSEWHERE.id, OFFICER.id, SUPERVISOR.id, ADMIN.id])
def test_it_stays_within_the_unit(to: StaffId) -> None:
    """Nobody of another unit, and not whoever has it already."""
    with pytest.raises(StaleButton):
        hand_over(desk(), matter(case_in(State.ACCEPTED), OFFICER, everybody=HERE), to, NOW)


def test_who_cannot_be_reached_is_not_offered() -> None:
    """A case is not handed to someone who blocked the bot."""
    blocked = replace(COLLEAGUE, is_reachable=False)
    assert colleagues(matter(case_in(State.ACCEPTED), OFFICER, everybody=(*EVERYBODY, blocked))) == (LEAD,)


def test_colleagues_on_leave_stand_last_with_whoever_stands_in() -> None:
    """Whoever hands a case over sees who is here, and that others would not read it before they are back."""
    back_at = NOW + timedelta(days=3)
    away = replace(COLLEAGUE, leave=Leave(NOW - timedelta(days=1), back_at, LEAD.id))
    over = replace(ELSEWHERE, id=StaffId("s-back"), unit=TRANSPORT, leave=Leave(NOW - timedelta(days=9), NOW, None))
    offered = choose_colleague(matter(case_in(State.ACCEPTED), OFFICER, everybody=(away, *EVERYBODY, over)), NOW)
    assert offered.options == (LEAD.id, over.id, away.id)
    (told,) = offered.away
    assert (told.staff, told.deputy) == (away.id, LEAD.id)
    assert NOW < told.last_at < back_at
    with pytest.raises(IllegalTransition):
        choose_colleague(matter(case_in(State.ACCEPTED), OFFICER, everybody=(OFFICER,)), NOW)


# ── joint work ───────────────────────────────────────────────────────────────


def test_another_unit_joins_and_is_told_all() -> None:
    """Its officers get the case with what they can do; the lead unit hears of it."""
    effects = add_unit(desk(), matter(case_in(State.ACCEPTED), LEAD, everybody=HERE), WATER, NOW)
    (change,) = effects.cases
    assert [each.fact for each in change.entries] == [UnitAdded(unit=WATER)]
    assert news_of(effects) == {
        ELSEWHERE.person: News.JOINED,
        OFFICER.person: News.UNIT_ADDED,
        LEAD.person: News.UNIT_ADDED,
    }
    (joined,) = (send.message for send in effects.sends if send.to == ELSEWHERE.person)
    assert isinstance(joined, TaskNotice)
    assert joined.steps == (Step.DO_PART, Step.REPLY, Step.NOTE, Step.ANNOUNCE)


def test_a_unit_joins_once() -> None:
    """Neither the one that has the case nor one that works on it already can be added."""
    for unit in (TRANSPORT, WATER, UnitId("nowhere")):
        with pytest.raises(StaleButton):
            add_unit(desk(), matter(SHARED, SUPERVISOR, everybody=HERE), unit, NOW)


@pytest.mark.parametrize("roles", [(), (OFFICER,), (ELSEWHERE,), (ADMIN,)])
def test_lead_and_supervisor_bring_units_in(roles: tuple[Staff, ...]) -> None:
    """An officer asks their lead."""
    with pytest.raises(NotPermitted):
        add_unit(desk(), matter(case_in(State.ACCEPTED), *roles, everybody=HERE), WATER, NOW)


def test_a_case_about_conduct_is_shared_with_nobody_it_could_be_about() -> None:
    """Only those who look into conduct can join."""
    secret = msgspec.structs.replace(case_in(State.ACCEPTED), is_confidential=True, category=CONDUCT, unit=SUPERVISION)
    supervisor = matter(secret, SUPERVISOR, everybody=HERE)
    with pytest.raises(StaleButton):
        add_unit(desk(), supervisor, TRANSPORT, NOW)
    assert add_unit(desk(), supervisor, UnitId("discipline"), NOW).cases


def test_a_unit_reports_its_part_done() -> None:
    """In words for the lead unit, which goes on alone."""
    effects = do_part(desk(), matter(SHARED, ELSEWHERE, everybody=HERE), "水管已移走", NOW)
    (change,) = effects.cases
    assert [each.fact for each in change.entries] == [UnitReleased(unit=WATER)]
    assert change.after.joint == ()
    (noted,) = effects.entries
    assert isinstance(noted.fact, Noted)
    assert effects.words[0].text == "水管已移走"
    assert news_of(effects) == {OFFICER.person: News.PART_DONE, ELSEWHERE.person: News.PART_DONE}
    with pytest.raises(NotPermitted):
        do_part(desk(), matter(change.after, ELSEWHERE, everybody=HERE), "再报一次", NOW)
    with pytest.raises(IllegalTransition):
        do_part(desk(), matter(SHARED, OFFICER, everybody=HERE), "不是协办单位", NOW)


def test_only_the_lead_unit_resolves() -> None:
    """首接负责: who works on it too writes and notes, and does not close it."""
    with pytest.raises(NotPermitted):
        resolve_case(desk(), matter(SHARED, ELSEWHERE, everybody=HERE), "办好了", NOW, has_evidence=True)
    assert resolve_case(desk(), matter(SHARED, OFFICER, everybody=HERE), "办好了", NOW, has_evidence=True).cases


# ── writing ──────────────────────────────────────────────────────────────────


def writing_case() -> Case:
    """Make a case with which one can write."""
    return case_in(State.ACCEPTED)


def test_free_words_reach_everybody_as_they_are() -> None:
    """An answer changes no case, so it collides with nothing that others decide."""
    effects = reply(desk(), matter(writing_case(), OFFICER), "明天派人去看", NOW)
    assert effects.cases == ()
    (written,) = effects.entries
    assert isinstance(written.fact, Replied)
    assert (written.fact.stock, effects.words[0].text) == (None, "明天派人去看")
    message = UnitWrote(case=NUMBER, unit=TRANSPORT, words="明天派人去看", stock=None, is_for_all=False)
    assert {send.to for send in effects.sends if send.message == message} == {RESIDENT_PERSON, NEIGHBOUR}


def test_a_stock_answer_is_named_and_not_repeated() -> None:
    """It lies in the catalogues, so that each reads it in their own language; the ledger has its name, the vault nothing."""
    effects = reply_from_stock(desk(), matter(writing_case(), OFFICER, pressed=7), Stock.COMING, NOW)
    assert [each.fact for each in effects.entries] == [Replied(words=None, stock="coming")]
    assert effects.words == ()
    message = UnitWrote(case=NUMBER, unit=TRANSPORT, words="", stock=Stock.COMING, is_for_all=False)
    assert Send(RESIDENT_PERSON, message, effects.sends[0].priority) in effects.sends


def test_a_word_to_all_is_an_entry_of_its_own() -> None:
    """What everybody is told is told apart from an answer, in the ledger and to the reader."""
    effects = announce(desk(), matter(SHARED, ELSEWHERE, everybody=HERE), "周五来修", NOW)
    (written,) = effects.entries
    assert isinstance(written.fact, Announced)
    messages = {send.to: send.message for send in effects.sends}
    assert messages[NEIGHBOUR] == UnitWrote(case=NUMBER, unit=WATER, words="周五来修", stock=None, is_for_all=True)


def test_a_note_is_for_officials_only() -> None:
    """No resident hears of it, not even that there is one."""
    for someone in (OFFICER, LEAD, SUPERVISOR):
        effects = note(desk(), matter(writing_case(), someone), "与镇里通过电话", NOW)
        assert {send.to for send in effects.sends} == {someone.person}
        assert isinstance(effects.entries[0].fact, Noted)


@pytest.mark.parametrize("state", [state for state in State if state not in {State.ASSIGNED, State.ACCEPTED, State.WAITING}])
def test_a_unit_writes_about_what_it_has(state: State) -> None:
    """About what is done, gone or somebody else's there is nothing to say."""
    for act in (reply, announce):
        with pytest.raises(IllegalTransition):
            act(desk(), matter(case_in(state), OFFICER), "在吗", NOW)


@pytest.mark.parametrize("roles", [(), (ELSEWHERE,), (ADMIN,)])
def test_nobody_writes_about_another_units_case(roles: tuple[Staff, ...]) -> None:
    """Neither to the residents nor beside the case."""
    for act in (reply, announce, note):
        with pytest.raises(NotPermitted):
            act(desk(), matter(writing_case(), *roles), "您好", NOW)
