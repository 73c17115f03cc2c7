"""How a case appears in lists and notices: the facts of it that a message carries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.rules.case import Case
from bot.rules.identity import StaffId
from bot.rules.message import CaseLine, TaskList, TaskNotice


def case_line(case: Case, now: datetime) -> CaseLine:
    """Describe a case for a list."""
    return CaseLine(
        case=case.number,
        state=case.state,
        category=case.category,
        township=case.township,
        unit=case.unit,
        due_at=case.now.due_at,
        is_overdue=case.is_overdue(now),
    )


def task_notice(case: Case, words: str, reader: StaffId | None) -> TaskNotice:
    """Describe a case for an official; `words` is what the resident wrote."""
    return TaskNotice(
        case=case.number,
        state=case.state,
        kind=case.kind,
        category=case.category,
        township=case.township,
        unit=case.unit,
        words=words,
        filed_at=case.filed_at,
        accept_due_at=case.now.accept_due_at,
        due_at=case.now.due_at,
        round=case.now.number,
        is_mine=reader is not None and case.officer == reader,
    )


def task_list(cases: Iterable[Case], total: int, now: datetime) -> TaskList:
    """Describe open cases for those who answer for them."""
    return TaskList(cases=tuple(case_line(case, now) for case in cases), total=total)


def task_anchor(number: str, attempt: int = 1) -> str:
    """Name the notice about an attempt at a case, so that a later one edits it in place; a reopened case is told anew."""
    return f"task/{number}" if attempt == 1 else f"task/{number}/{attempt}"
