"""What was proposed on a visit gets an owner and a date, is told before it and after it, and ends with words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

import msgspec
import pytest

from bot.actions.carry_measure import (
    PAGE,
    Choice,
    MeasureMatter,
    ask_words,
    begin_proposal,
    choose,
    list_proposals,
    note_proposal,
    page_of,
    say_words,
    set_measure,
    show_proposal,
)
from bot.actions.remind_measure import plan_reminders, remind_measure
from bot.errors import NotFound, NotPermitted, StaleButton
from bot.rules.county import Role
from bot.rules.dialog import Idle, Measuring, Proposing
from bot.rules.due import Due, RemindMeasure
from bot.rules.effect import Effects, Priority
from bot.rules.entry import Entry, MeasureDone, MeasureSet, ProposalDropped, ProposalNoted
from bot.rules.identity import ProposalNumber, StaffId, VisitId
from bot.rules.measure import FARTHEST, MeasureStep, Proposal, Standing, evolve
from bot.rules.message.measure import (
    MeasureCard,
    MeasureChoice,
    MeasureLine,
    MeasureList,
    MeasureNews,
    MeasureWordsWanted,
)
from bot.rules.staff import Leave, Staff
from bot.rules.visit import Visit
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    NOW,
    OFFICER,
    QIONGBOLA,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    calendar,
    sender,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

WORDS: Final = "村口建一个公交候车亭"
OTHER, OUTSIDE = staff(Role.OFFICER, name="other"), staff(Role.LEAD, WATER, "outside")
PEOPLE: Final = (*EVERYBODY, OTHER, OUTSIDE)
VISIT: Final = Visit(VisitId("v-1"), OFFICER.id, TRANSPORT, QIONGBOLA, 3, 1)
TODAY: Final = date(2026, 11, 24)
ON: Final = date(2026, 12, 24)
DUE: Final = wall("2026-12-24 19:30")


def noted(by: Staff = OFFICER, known: int = 0) -> tuple[Proposal, Effects]:
    """Write a proposal down."""
    visit = replace(VISIT, staff=by.id, unit=by.unit)
    effects = note_proposal(desk(), sender(by.person, by), visit, WORDS, PEOPLE, NOW, known=known)
    return effects.proposals[0].after, effects


def measure(owner: Staff = OFFICER, due_at: datetime = DUE, number: str | None = None) -> Proposal:
    """Make a measure."""
    proposal, _ = noted()
    fact = MeasureSet(proposal=proposal.number, staff=owner.id, unit=owner.unit, due_at=due_at, words=None)
    made = evolve(proposal, Entry(at=NOW, actor=LEAD.id, case=None, fact=fact))
    return made if number is None else msgspec.structs.replace(made, number=ProposalNumber(number))


def matter(proposal: Proposal, *roles: Staff, staff: tuple[Staff, ...] = PEOPLE) -> MeasureMatter:
    """Put a proposal in front of somebody."""
    return MeasureMatter(proposal, roles, {proposal.words: WORDS}, staff, 5)


def told(effects: Effects) -> dict[str, MeasureNews]:
    """Return who is told what, by chat."""
    return {each.to: each.message.news for each in effects.sends if isinstance(each.message, MeasureCard)}


def test_only_whoever_went_writes_down_what_was_proposed() -> None:
    """Before the words are asked for, and when they come."""
    begun = begin_proposal(sender(OFFICER.person, OFFICER), VISIT)
    assert begun.dialog == Proposing(visit=VISIT.id)
    assert [each.message for each in begun.sends] == [MeasureWordsWanted(number=None, step=None)]
    for other in (sender(OTHER.person, OTHER), sender(OFFICER.person)):
        with pytest.raises(NotPermitted):
            begin_proposal(other, VISIT)
        with pytest.raises(NotPermitted):
            note_proposal(desk(), other, VISIT, WORDS, PEOPLE, NOW, known=0)


def test_a_proposal_is_an_entry_without_its_words() -> None:
    """They are sealed under what the entry says of them."""
    proposal, effects = noted(known=6)
    (change,) = effects.proposals
    assert isinstance(change.entry.fact, ProposalNoted)
    assert (change.before, change.entry.actor, change.entry.fact.visit) == (None, OFFICER.id, VISIT.id)
    assert proposal.number == "JY-2026-00007"
    (kept,) = effects.house_words
    assert (kept.slot, kept.text) == (change.entry.fact.words, WORDS)
    assert WORDS not in msgspec.json.encode(change.entry.fact).decode()
    assert isinstance(effects.dialog, Idle)
    (own,) = effects.sends
    assert own.message == MeasureCard(
        proposal=proposal, news=MeasureNews.NOTED, words=WORDS, steps=(MeasureStep.SET, MeasureStep.DROP)
    )


def test_where_the_writer_can_make_no_measure_of_it_the_supervisors_are_told() -> None:
    """An operator goes out, too; what they bring home is not forgotten."""
    operator = staff(Role.OPERATOR, None)
    _, effects = noted(operator)
    assert told(effects) == {operator.person: MeasureNews.NOTED, SUPERVISOR.person: MeasureNews.NOTED}
    notice = next(each for each in effects.sends if each.to == SUPERVISOR.person)
    assert notice.priority is Priority.NOTICE


def chosen(effects: Effects) -> MeasureChoice:
    """Return what is shown while owner and date are chosen."""
    (send,) = effects.sends
    assert isinstance(send.message, MeasureChoice)
    return send.message


def test_owner_and_date_are_chosen_by_taps() -> None:
    """At first oneself and thirty days; a day off is the next working day's close; then whoever and whenever."""
    proposal, _ = noted()
    shown = chosen(choose(desk(), matter(proposal, OFFICER), None, NOW))
    assert (shown.due_at, shown.today, shown.words) == (DUE, TODAY.toordinal(), WORDS)
    assert shown.owner is not None
    assert shown.owner.is_reader
    assert [each.staff for each in shown.options] == [OFFICER.id, LEAD.id, OTHER.id]
    saturday = chosen(choose(desk(), matter(proposal, OFFICER), Choice(OTHER.id, date(2026, 12, 5)), NOW))
    assert (saturday.due_at, saturday.due_on) == (wall("2026-12-07 19:30"), date(2026, 12, 7).toordinal())
    watching = chosen(choose(desk(), matter(proposal, SUPERVISOR), None, NOW))
    assert [each.staff for each in watching.options] == [SUPERVISOR.id, LEAD.id, OUTSIDE.id]
    gone = chosen(choose(desk(), matter(proposal, OFFICER), Choice(StaffId("s-gone"), ON), NOW))
    assert gone.owner is None


def test_of_whom_one_may_choose_oneself_is_first_then_leads_then_unit_by_unit() -> None:
    """The likeliest stands on top whatever ids were drawn, and a list too long for a screen keeps its top."""
    early, water = staff(Role.OFFICER, name="a-first"), staff(Role.LEAD, WATER, "a-lead")
    proposal, _ = noted()
    own = chosen(choose(desk(), matter(proposal, OFFICER, staff=(early, water, OTHER, OFFICER, LEAD)), None, NOW))
    assert [(each.staff, each.is_reader, each.is_lead) for each in own.options] == [
        (OFFICER.id, True, False),
        (LEAD.id, False, True),
        (early.id, False, False),
        (OTHER.id, False, False),
    ]
    all_leads = chosen(choose(desk(), matter(proposal, SUPERVISOR, staff=(water, LEAD, SUPERVISOR, early)), None, NOW))
    assert [each.staff for each in all_leads.options] == [SUPERVISOR.id, LEAD.id, water.id]
    many = tuple(staff(Role.OFFICER, name=f"{place:02}") for place in range(50))
    crowd = chosen(choose(desk(), matter(proposal, OFFICER, staff=(*many, OFFICER, LEAD)), None, NOW))
    assert [each.staff for each in crowd.options] == [OFFICER.id, LEAD.id, *(each.id for each in many[:38])]


@pytest.mark.parametrize("on", [TODAY, date(2026, 11, 1), TODAY + timedelta(days=FARTHEST + 1)])
def test_a_day_that_cannot_be_is_stale(on: date) -> None:
    """Today, a past one, one too far."""
    for decide in (choose, set_measure):
        with pytest.raises(StaleButton):
            decide(desk(), matter(noted()[0], OFFICER), Choice(OFFICER.id, on), NOW)


def test_a_measure_is_set_and_its_owner_told() -> None:
    """The entry has the owner and the date, three reminders before it and one after it are planned."""
    effects = set_measure(desk(), matter(noted()[0], LEAD), Choice(OTHER.id, ON), NOW)
    (change,) = effects.proposals
    assert change.entry.fact == MeasureSet(
        proposal=change.after.number, staff=OTHER.id, unit=TRANSPORT, due_at=DUE, words=None
    )
    assert told(effects) == {
        LEAD.person: MeasureNews.SET,
        OFFICER.person: MeasureNews.SET,
        OTHER.person: MeasureNews.GIVEN,
    }
    moments = [(each.at, each.task.weeks) for each in effects.planned if isinstance(each.task, RemindMeasure)]
    days = ("2026-12-17 10:00", "2026-12-23 10:00", "2026-12-24 10:00")
    assert moments == [*((wall(at), None) for at in days), (wall("2026-12-25 10:00"), 0)]
    assert effects.cancelled == (f"measure/{change.after.number}/",)
    with pytest.raises(StaleButton):
        set_measure(desk(), matter(noted()[0], LEAD), Choice(OUTSIDE.id, ON), NOW)


def test_every_date_has_a_reminder_before_it() -> None:
    """Tomorrow's, too."""
    for days in range(1, 60):
        on = TODAY + timedelta(days=days)
        if not calendar().is_working_day(on):
            continue
        due_at = calendar().end_of_day(on)
        before = [each.at for each in plan_reminders(calendar(), measure(due_at=due_at), NOW) if _weeks(each) is None]
        assert before
        assert all(NOW < at < due_at and calendar().is_open(at) for at in before)
        assert len(set(before)) == len(before)


def _weeks(due: Due) -> int | None:
    assert isinstance(due.task, RemindMeasure)
    return due.task.weeks


def test_a_change_takes_a_reason_and_a_lead() -> None:
    """Chosen like the first time; then the words; reminders are planned anew."""
    made = measure()
    asked = set_measure(desk(), matter(made, LEAD), Choice(OTHER.id, date(2026, 12, 31)), NOW)
    assert asked.proposals == ()
    assert asked.dialog == Measuring(
        proposal=made.number, step=MeasureStep.CHANGE, owner=OTHER.id, due_at=wall("2026-12-31 19:30")
    )
    assert isinstance(asked.dialog, Measuring)
    effects = say_words(desk(), matter(made, LEAD), asked.dialog, "等审批", NOW)
    (change,) = effects.proposals
    assert isinstance(change.entry.fact, MeasureSet)
    assert (change.after.owner, change.after.due_at) == (OTHER.id, wall("2026-12-31 19:30"))
    assert change.after.reason == effects.house_words[0].slot
    assert told(effects)[OTHER.person] is MeasureNews.GIVEN
    assert told(effects)[OFFICER.person] is MeasureNews.CHANGED
    assert effects.cancelled == (f"measure/{made.number}/",)
    assert [each.at for each in effects.planned][-1] == wall("2027-01-04 10:00")
    same = set_measure(desk(), matter(made, LEAD), Choice(OFFICER.id, ON), NOW)
    assert told(same) == {LEAD.person: MeasureNews.SHOWN}
    with pytest.raises(NotPermitted):
        choose(desk(), matter(made, OFFICER), None, NOW)


def test_of_a_measure_that_is_late_only_the_owner_changes() -> None:
    """Whatever day the button says."""
    late = DUE + timedelta(days=1)
    shown = chosen(choose(desk(), matter(measure(), LEAD), Choice(OTHER.id, date(2027, 3, 1)), late))
    assert (shown.is_fixed, shown.due_at) == (True, DUE)
    asked = set_measure(desk(), matter(measure(), LEAD), Choice(OTHER.id, date(2027, 3, 1)), late)
    assert isinstance(asked.dialog, Measuring)
    after = say_words(desk(), matter(measure(), LEAD), asked.dialog, "换人", late).proposals[0].after
    assert (after.owner, after.due_at) == (OTHER.id, DUE)


@pytest.mark.parametrize("at", [wall("2026-12-17 10:00"), DUE + timedelta(days=1)], ids=["second of a reminder", "late"])
def test_another_owner_leaves_what_is_planned_alone(at: datetime) -> None:
    """The date stands, and what is due of it this very second is not taken away: it goes to whoever sees to it then."""
    asked = set_measure(desk(), matter(measure(), LEAD), Choice(OTHER.id, ON), at)
    assert isinstance(asked.dialog, Measuring)
    effects = say_words(desk(), matter(measure(), LEAD), asked.dialog, "换人", at)
    assert (effects.cancelled, effects.planned) == ((), ())
    (change,) = effects.proposals
    task = RemindMeasure(proposal=change.after.number, due_at=DUE)
    soon = remind_measure(calendar(), task, change.after, PEOPLE, {change.after.words: WORDS}, at)
    assert told(soon) == ({OTHER.person: MeasureNews.SOON} if at < DUE else {})


@pytest.mark.parametrize(
    ("step", "kind", "standing"),
    [(MeasureStep.DONE, MeasureDone, Standing.DONE), (MeasureStep.DROP, ProposalDropped, Standing.DROPPED)],
)
def test_it_ends_with_words(step: MeasureStep, kind: type, standing: Standing) -> None:
    """Whoever wrote it down and whoever saw to it hear of them; nothing is planned any more."""
    made = measure(OTHER)
    asked = ask_words(matter(made, LEAD), step)
    assert asked.dialog == Measuring(proposal=made.number, step=step)
    assert isinstance(asked.dialog, Measuring)
    effects = say_words(desk(), matter(made, LEAD), asked.dialog, "已建成", NOW)
    (change,) = effects.proposals
    assert isinstance(change.entry.fact, kind)
    assert change.after.standing is standing
    assert effects.planned == ()
    assert effects.cancelled == (f"measure/{made.number}/",)
    assert set(told(effects)) == {LEAD.person, OFFICER.person, OTHER.person}
    assert {each.message.closing for each in effects.sends if isinstance(each.message, MeasureCard)} == {"已建成"}


def test_a_step_that_has_no_words_or_is_not_theirs_begins_nothing() -> None:
    """Nor does what was asked for in another step."""
    with pytest.raises(StaleButton):
        ask_words(matter(measure(), LEAD), MeasureStep.CHANGE)
    with pytest.raises(NotPermitted):
        ask_words(matter(measure(), OTHER), MeasureStep.DONE)
    with pytest.raises(NotFound):
        show_proposal(matter(measure(), OUTSIDE))
    assert told(show_proposal(matter(measure(), OTHER))) == {OTHER.person: MeasureNews.SHOWN}


def reminded(weeks: int | None, now: datetime, people: tuple[Staff, ...] = PEOPLE) -> Effects:
    """Let a reminder of a measure of the officer's fall due."""
    made = measure()
    task = RemindMeasure(proposal=made.number, due_at=DUE, weeks=weeks)
    return remind_measure(calendar(), task, made, people, {made.words: WORDS}, now)


def test_before_its_date_the_owner_is_told_and_after_it_the_lead() -> None:
    """From the second week on the supervisors too, every week as long as nothing happens."""
    assert told(reminded(None, DUE - timedelta(days=1))) == {OFFICER.person: MeasureNews.SOON}
    late = reminded(0, DUE + timedelta(hours=15))
    assert told(late) == {OFFICER.person: MeasureNews.LATE, LEAD.person: MeasureNews.LATE}
    (next_one,) = late.planned
    assert (next_one.at, _weeks(next_one)) == (calendar().next_opening(DUE + timedelta(days=7)), 1)
    assert SUPERVISOR.person in told(reminded(2, DUE + timedelta(days=14)))
    after_a_rest = reminded(0, DUE + timedelta(days=30))
    assert _weeks(after_a_rest.planned[0]) == 5  # what was missed is not made up for
    assert all(each.priority is Priority.NOTICE for each in late.sends)


def test_who_is_away_is_stood_in_for() -> None:
    """The deputy; else the lead; else the supervisors; else the admins."""
    away = replace(OFFICER, leave=Leave(NOW, DUE + timedelta(days=9), OTHER.id))
    at = DUE - timedelta(days=1)
    assert set(told(reminded(None, at, (away, OTHER, LEAD)))) == {OTHER.person}
    assert set(told(reminded(None, at, (away, LEAD, SUPERVISOR)))) == {LEAD.person}
    assert set(told(reminded(None, at, (OUTSIDE, SUPERVISOR, ADMIN)))) == {SUPERVISOR.person}
    assert set(told(reminded(0, DUE + timedelta(days=1), (OUTSIDE, ADMIN)))) == {ADMIN.person}


def test_nothing_is_told_of_what_is_done_or_has_another_date() -> None:
    """Nor twice of a date that passed while nothing ran."""
    made, texts = measure(), {measure().words: WORDS}
    done = evolve(made, Entry(at=NOW, actor=OFFICER.id, case=None, fact=MeasureDone(proposal=made.number, words="ab" * 32)))
    task = RemindMeasure(proposal=made.number, due_at=DUE, weeks=0)
    assert remind_measure(calendar(), task, done, PEOPLE, texts, DUE + timedelta(days=1)) == Effects()
    other = msgspec.structs.replace(task, due_at=DUE - timedelta(days=7))
    assert remind_measure(calendar(), other, made, PEOPLE, texts, DUE) == Effects()
    assert reminded(None, DUE + timedelta(days=1)) == Effects()


def test_a_list_has_what_runs_out_first_on_top() -> None:
    """Measures by their date, then what is no measure yet; of what others do nothing."""
    first, second = measure(number="JY-2026-00002"), measure(due_at=DUE + timedelta(days=1), number="JY-2026-00003")
    open_ = (noted()[0], second, first)
    effects = list_proposals((OFFICER,), open_, {first.words: WORDS}, 0, DUE + timedelta(hours=1), None)
    assert [each.message for each in effects.sends] == [
        MeasureList(
            lines=(
                MeasureLine(first, WORDS, is_late=True),
                MeasureLine(second, WORDS, is_late=False),
                MeasureLine(open_[0], WORDS, is_late=False),
            ),
            page=0,
            total=3,
            late=1,
        )
    ]
    assert page_of((OUTSIDE,), open_, 0) == ()
    many = tuple(measure(number=f"JY-2026-{place:05d}") for place in range(PAGE + 1))
    assert len(page_of((LEAD,), many, 0)) == PAGE
    assert page_of((LEAD,), many, 1) == many[PAGE:]
    for page in (-1, 2):
        with pytest.raises(StaleButton):
            page_of((LEAD,), many, page)
    with pytest.raises(NotPermitted):
        page_of((staff(Role.TRANSLATOR),), many, 0)
