"""A supervisor refuses by law or merges, and puts a case under another class; whoever it concerns is told why."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from bot.actions.end_case import merge_case, refuse_case
from bot.actions.reclassify_case import classes_for, reclassify_case
from bot.errors import IllegalTransition, NotFound, NotPermitted, StaleButton
from bot.rules.case import OPEN, Case, State
from bot.rules.county import Role
from bot.rules.entry import Merged, Reclassified, Refused, VoiceAdded
from bot.rules.handling import Law
from bot.rules.identity import CaseNumber, ClassId, PersonId
from bot.rules.message import CaseMerged, CaseRefused, LimitMoved, News, TaskNotice
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    COMPLAINT,
    DUE_AT,
    EVERYBODY,
    FILED_AT,
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    TRANSPORT,
    WORDS,
    case_in,
    matter,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

OTHER = CaseNumber("CB-2026-000007")
REQUEST, COMPLEX, EMERGENCY = ClassId("request"), ClassId("complex"), ClassId("emergency")
REFUSABLE = sorted(OPEN)


# ── refusing ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", REFUSABLE)
@pytest.mark.parametrize("law", Law)
def test_refusing_names_the_article(state: State, law: Law) -> None:
    """The ledger holds the article, the vault the words; everybody behind it reads both, and the unit too."""
    effects = refuse_case(desk(), matter(case_in(state), SUPERVISOR), law, "法院已立案", NOW)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Refused)
    assert written.fact.law == law.in_ledger
    assert (change.after.state, effects.cancelled) == (State.REFUSED, (f"{NUMBER}/1/",))
    told = {send.to: send.message for send in effects.sends}
    assert told[RESIDENT_PERSON] == told[NEIGHBOUR] == CaseRefused(case=NUMBER, law=law, reason="法院已立案")
    notice = told[OFFICER.person]
    assert isinstance(notice, TaskNotice)
    assert notice.news is News.REFUSED


def test_the_article_is_named_where_it_was_seen_in_a_source() -> None:
    """No item of it, as the items' numbers were not; each reason is told from the others."""
    assert [law.article for law in Law] == ["31", "31", "31", "23", None]
    assert Law.LITIGATION.in_ledger == "petition regulations 2022, article 31, litigation"
    assert Law.ENDED.in_ledger == "petition regulations 2022, ended"
    assert len({law.in_ledger for law in Law}) == len(Law)


@pytest.mark.parametrize("roles", [(), (OFFICER,), (LEAD,), (ADMIN,)])
def test_only_a_supervisor_ends_a_case(roles: tuple[Staff, ...]) -> None:
    """No unit refuses what it should do, and no admin either."""
    with pytest.raises(NotPermitted):
        refuse_case(desk(), matter(case_in(State.ACCEPTED), *roles), Law.ENDED, "不办", NOW)
    with pytest.raises(NotPermitted):
        merge_case(desk(), matter(case_in(State.ACCEPTED), *roles), other(), (), NOW)


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_what_has_ended_is_not_ended_again(state: State) -> None:
    """Resolved, closed or gone."""
    with pytest.raises(IllegalTransition):
        refuse_case(desk(), matter(case_in(state), SUPERVISOR), Law.ENDED, "不办", NOW)
    with pytest.raises(IllegalTransition):
        merge_case(desk(), matter(case_in(state), SUPERVISOR), other(), (), NOW)


# ── merging ──────────────────────────────────────────────────────────────────


def other(state: State = State.ACCEPTED) -> Case:
    """Make another case about the same thing."""
    return replace(case_in(state), number=OTHER)


def test_those_behind_a_merged_case_join_the_other() -> None:
    """Each becomes one more voice there, in one commit; who stood behind both stays one voice."""
    effects = merge_case(desk(), matter(case_in(State.ASSIGNED), SUPERVISOR), other(), (NEIGHBOUR,), NOW)
    merged, joined = effects.cases
    assert [each.fact for each in merged.entries] == [Merged(into=OTHER)]
    assert merged.after.state is State.MERGED
    assert [each.fact for each in joined.entries] == [VoiceAdded(voice=2)]
    assert (joined.joining, joined.after.voices) == ((RESIDENT_PERSON,), 2)
    message = CaseMerged(case=NUMBER, into=OTHER, unit=TRANSPORT, due_at=DUE_AT)
    assert {send.to for send in effects.sends if send.message == message} == {RESIDENT_PERSON, NEIGHBOUR}
    assert effects.cancelled == (f"{NUMBER}/1/",)


@pytest.mark.parametrize(("written", "said"), [(WORDS, WORDS), ("", NUMBER)], ids=["read", "not translated yet"])
@pytest.mark.parametrize("state", [State.ACCEPTED, State.ASSIGNED])
def test_whoever_handles_the_other_case_reads_what_is_merged_into_it(state: State, written: str, said: str) -> None:
    """The words, or the number while nobody can read them, over the case that goes on, with its own words."""
    merging = dataclasses.replace(matter(case_in(State.ASSIGNED), SUPERVISOR), words=written)
    effects = merge_case(desk(), merging, other(state), (NEIGHBOUR,), NOW, "lamp out")
    notices = [(each.to, each.message) for each in effects.sends if isinstance(each.message, TaskNotice)]
    ((reader, notice),) = [(to, message) for to, message in notices if message.news is News.MERGED_IN]
    assert (reader, notice.case, notice.words, notice.said) == (OFFICER.person, OTHER, "lamp out", said)


def test_a_case_without_a_unit_that_another_is_merged_into_is_the_supervisors() -> None:
    """Whoever merged it knows; the others hear of it, and the unit that gave it back does not."""
    second = staff(Role.SUPERVISOR, None, "second")
    merging = matter(case_in(State.ASSIGNED), SUPERVISOR, everybody=(*EVERYBODY, second))
    effects = merge_case(desk(), merging, other(State.TRIAGE), (NEIGHBOUR,), NOW)
    news = {each.to: each.message.news for each in effects.sends if isinstance(each.message, TaskNotice)}
    assert news[second.person] is News.MERGED_IN
    assert news[OFFICER.person] is News.MERGED


def test_with_nobody_new_the_other_case_stays_as_it_is() -> None:
    """Its version does not move for nothing."""
    both = (RESIDENT_PERSON, NEIGHBOUR)
    assert len(merge_case(desk(), matter(case_in(State.ASSIGNED), SUPERVISOR), other(), both, NOW).cases) == 1


def test_a_case_is_merged_into_an_open_other_one_as_confidential_as_it() -> None:
    """Not into itself, not into what has ended; and no voice of an open matter comes to stand behind a confidential one."""
    merging = matter(case_in(State.ASSIGNED), SUPERVISOR)
    for into in (case_in(State.ACCEPTED), replace(other(), is_confidential=True)):
        with pytest.raises(NotFound):
            merge_case(desk(), merging, into, (PersonId("p-1"),), NOW)
    with pytest.raises(NotFound):
        merge_case(desk(), merging, other(State.CLOSED), (), NOW)


# ── another class ────────────────────────────────────────────────────────────


def test_an_officer_shortens_and_a_supervisor_lengthens() -> None:
    """What leaves no time is not offered at all."""
    case = case_in(State.ACCEPTED)
    assert set(classes_for(desk(), matter(case, OFFICER), NOW)) >= {REQUEST, EMERGENCY}
    assert not {COMPLEX, COMPLAINT} & set(classes_for(desk(), matter(case, OFFICER), NOW))
    assert {REQUEST, COMPLEX} <= set(classes_for(desk(), matter(case, SUPERVISOR), NOW))
    assert EMERGENCY not in classes_for(desk(), matter(case, OFFICER), FILED_AT.replace(hour=9))


def test_a_shorter_class_moves_limit_and_reminders() -> None:
    """Counted from filing, as if it had always been that; it is no sign of anything wrong."""
    effects = reclassify_case(desk(), matter(case_in(State.ACCEPTED), OFFICER), REQUEST, "其实是求助", NOW)
    (change,) = effects.cases
    (written,) = change.entries
    assert isinstance(written.fact, Reclassified)
    due_at = wall("2026-12-01 11:15")
    assert (written.actor, written.fact.is_longer, written.fact.due_at) == (OFFICER.id, False, due_at)
    assert written.fact.rule == "accept 2h, handle 5d"
    assert (change.after.deadline_class, change.after.now.due_at) == (REQUEST, due_at)
    gone = ("before:", "overdue:", "repeat:", "fixed")
    assert effects.cancelled == tuple(f"{NUMBER}/1/{stage}" for stage in gone), "the limit for signing is what it was"
    assert {each.key.rpartition("/")[2]: each.at for each in effects.planned}["overdue:0h"] == due_at
    moved = LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=due_at, reason="其实是求助")
    assert {send.to for send in effects.sends if send.message == moved} == {RESIDENT_PERSON, NEIGHBOUR}


def test_a_longer_class_is_a_supervisors_and_shows() -> None:
    """The entry says that it is longer; an officer who tries is refused, whatever button they have."""
    effects = reclassify_case(desk(), matter(case_in(State.ACCEPTED), SUPERVISOR), COMPLEX, "涉及多个小区", NOW)
    (written,) = effects.cases[0].entries
    assert isinstance(written.fact, Reclassified)
    assert (written.actor, written.fact.is_longer) == (SUPERVISOR.id, True)
    told = {send.to: send.message for send in effects.sends if isinstance(send.message, LimitMoved)}
    assert set(told) == {RESIDENT_PERSON, NEIGHBOUR}
    assert all(message.is_by_supervisor for message in told.values()), "the reason is not the unit's"
    for someone in (OFFICER, LEAD):
        with pytest.raises(StaleButton):
            reclassify_case(desk(), matter(case_in(State.ACCEPTED), someone), COMPLEX, "想多要时间", NOW)
    with pytest.raises(NotPermitted):
        reclassify_case(desk(), matter(case_in(State.ACCEPTED), ADMIN), REQUEST, "管理员", NOW)
