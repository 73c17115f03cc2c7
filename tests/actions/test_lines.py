"""How a case appears in lists and notices: its facts as they are now, and nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.lines import case_line, task_anchor, task_list, task_notice
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.identity import UnitId
from bot.rules.message import CaseLine
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    DUE_AT,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    QAPQAL_TOWN,
    ROADS,
    SUPERVISOR,
    TRANSPORT,
    WORDS,
    again_in,
    case_in,
    county,
    staff,
)


def test_a_line_is_what_the_case_is_now() -> None:
    """A list shows state and limit of the moment in which it is asked for."""
    assert case_line(case_in(State.ACCEPTED), NOW) == CaseLine(
        case=NUMBER,
        state=State.ACCEPTED,
        category=ROADS,
        township=QAPQAL_TOWN,
        unit=TRANSPORT,
        due_at=DUE_AT,
        is_overdue=False,
    )


@pytest.mark.parametrize(("state", "expected"), [(State.ASSIGNED, True), (State.RESOLVED, False), (State.CLOSED, False)])
def test_a_line_says_whether_the_unit_is_late(state: State, *, expected: bool) -> None:
    """Late is what is past its limit and still the unit's to do."""
    assert case_line(case_in(state), DUE_AT + timedelta(seconds=1)).is_overdue is expected


def test_a_reopened_case_shows_its_new_limit() -> None:
    """What counts is the attempt that runs."""
    again = again_in(State.ASSIGNED)
    assert case_line(again, NOW).due_at == DUE_AT + timedelta(days=7)
    notice = task_notice(county(), again, WORDS, (), NOW)
    assert (notice.round, notice.due_at, notice.filed_at) == (2, DUE_AT + timedelta(days=7), again.filed_at)


@pytest.mark.parametrize(
    ("state", "reader", "expected"),
    [
        (State.ASSIGNED, (OFFICER,), False),
        (State.ACCEPTED, (OFFICER,), True),
        (State.ACCEPTED, (LEAD,), False),
        (State.ACCEPTED, (), False),
        (State.ASSIGNED, (), False),
    ],
)
def test_a_notice_is_mine_when_i_am_in_charge(state: State, reader: tuple[Staff, ...], *, expected: bool) -> None:
    """Only who signed for the case is told that it is theirs; nobody is not in charge of what nobody signed for."""
    assert task_notice(county(), case_in(state), WORDS, reader, NOW).is_mine is expected


@pytest.mark.parametrize(("reader", "words"), [(OFFICER, WORDS), (LEAD, WORDS), (SUPERVISOR, WORDS), (ADMIN, "")])
def test_who_does_not_see_a_case_is_told_of_it_without_its_words(reader: Staff, words: str) -> None:
    """An admin hears of what nobody in the unit could be told, and does not read what was written."""
    notice = task_notice(county(), case_in(State.ASSIGNED), WORDS, (reader,), NOW)
    assert (notice.words, notice.is_withheld, notice.is_unattended) == (words, not words, not words)


def test_a_unit_that_works_on_a_case_no_longer_is_not_called_unattended() -> None:
    """Its officer reads that the words are for others now, not that nobody could be told."""
    elsewhere = staff(Role.OFFICER, UnitId("water"), "elsewhere")
    notice = task_notice(county(), case_in(State.ACCEPTED), WORDS, (elsewhere,), NOW)
    assert (notice.words, notice.is_withheld, notice.is_unattended) == ("", True, False)


def test_a_list_says_how_many_there_are() -> None:
    """What does not fit is counted all the same, and the order is kept."""
    cases = (case_in(State.ACCEPTED), case_in(State.ASSIGNED))
    listed = task_list(cases, 31, NOW)
    assert ([line.state for line in listed.cases], listed.total) == ([State.ACCEPTED, State.ASSIGNED], 31)


def test_each_attempt_has_a_message_of_its_own() -> None:
    """A notice is edited within an attempt, and never over into the next."""
    anchors = [task_anchor(number, attempt) for number in (NUMBER, "CB-2026-000012") for attempt in (1, 2, 12)]
    assert len(set(anchors)) == len(anchors)
    assert task_anchor(NUMBER) == task_anchor(NUMBER, 1)
