"""All that a list shows is signed for with one press: what was seen, each with an entry of its own, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from bot.actions.accept_shown import accept_shown
from bot.actions.lines import task_page
from bot.errors import IllegalTransition, NotPermitted
from bot.rules.case import Case, State
from bot.rules.effect import Effects
from bot.rules.entry import Accepted, UnitAdded
from bot.rules.identity import CaseNumber
from bot.rules.message import TaskList
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskPage, fingerprint, query_of
from tests.support.builders import (
    FILED,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SUPERVISOR,
    WATER,
    case_in,
    case_of,
    matter,
)
from tests.support.known import desk

SECOND, THIRD = CaseNumber("CB-2026-000124"), CaseNumber("CB-2026-000125")
CASES = (
    case_in(State.ASSIGNED),
    msgspec.structs.replace(case_in(State.ACCEPTED), number=SECOND),
    msgspec.structs.replace(case_in(State.ASSIGNED), number=THIRD),
)
PAGE = TaskPage(CASES, {Only.UNIT: 20, Only.MINE: 3, Only.UNACCEPTED: 5, Only.OVERDUE: 1})
QUERY = query_of((OFFICER,), Only.UNIT, NOW)


def accepting(page: TaskPage = PAGE, mark: str = fingerprint(CASES), *roles: Staff) -> Effects:
    """Press the button under the list that is Telegram's message 7."""
    matters = {str(case.number): matter(case, *(roles or (OFFICER,))) for case in page.cases}
    return accept_shown(desk(), OFFICER.person, QUERY, page, matters, mark, 7, NOW)


def test_each_case_that_waits_gets_an_entry() -> None:
    """What is signed for already is left alone."""
    effects = accepting()
    assert [(change.after.number, [type(e.fact) for e in change.entries]) for change in effects.cases] == [
        (NUMBER, [Accepted]),
        (THIRD, [Accepted]),
    ]
    assert all(change.after.officer == OFFICER.id for change in effects.cases)
    assert effects.cancelled == (f"{NUMBER}/1/unaccepted", f"{THIRD}/1/unaccepted")
    assert [send.to for send in effects.sends[1:]] == [RESIDENT_PERSON, NEIGHBOUR] * 2


def test_the_list_shows_what_is_so_then() -> None:
    """In place, with the numbers counted again."""
    (shown, *_) = accepting().sends
    assert isinstance(shown.message, TaskList)
    assert (shown.replaces, shown.message.acceptable) == (7, 0)
    assert {line.state for line in shown.message.cases} == {State.ACCEPTED}
    assert dict(shown.message.counts) == {Only.UNIT: 20, Only.MINE: 5, Only.UNACCEPTED: 3, Only.OVERDUE: 1}


def test_nothing_is_signed_for_that_was_not_seen() -> None:
    """A case that came in since, or one that moved on, makes it another list: the button says so and does nothing."""
    newer = TaskPage((*CASES[:2], msgspec.structs.replace(CASES[2], number=CaseNumber("CB-2026-000999"))), PAGE.counts)
    moved = TaskPage((msgspec.structs.replace(CASES[0], version=7), *CASES[1:]), PAGE.counts)
    for page in (newer, moved, TaskPage(CASES[:1], PAGE.counts)):
        with pytest.raises(IllegalTransition):
            accepting(page)


def test_where_nothing_waits_nothing_is_done() -> None:
    """Pressed twice, the second time says that the list has moved on."""
    done = TaskPage(CASES[1:2], PAGE.counts)
    with pytest.raises(IllegalTransition):
        accepting(done, fingerprint(done.cases))


def test_another_units_case_on_the_list_is_not_signed_for() -> None:
    """A unit that works on a case too sees it in its list, and leaves signing to the unit that has it."""
    joint: Case = case_of(FILED, UnitAdded(unit=WATER))
    query = query_of((replace(OFFICER, unit=WATER),), Only.UNIT, NOW)
    assert task_page(query, TaskPage((joint,), PAGE.counts), NOW).acceptable == 0


def test_the_right_is_asked_for_each_case() -> None:
    """Whoever has lost it in between signs for none of them."""
    with pytest.raises(NotPermitted):
        accepting(PAGE, fingerprint(CASES), SUPERVISOR)
