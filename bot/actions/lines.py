"""How a case appears in lists and notices: the facts of it that a message carries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.rules.access import may_see
from bot.rules.case import Case
from bot.rules.county import County, Role
from bot.rules.handling import possible
from bot.rules.message import CaseLine, News, TaskList, TaskNotice
from bot.rules.staff import Staff
from bot.rules.tasks import TaskPage, TaskQuery, fingerprint, to_accept
from bot.rules.translation import Legible


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


def task_notice(  # noqa: PLR0913 (what is known, and what is new)
    county: County,
    case: Case,
    words: str | Legible,
    roles: Sequence[Staff],
    now: datetime,
    *,
    news: News | None = None,
    said: str | Legible | None = None,
    is_more: bool = False,
) -> TaskNotice:
    """Describe a case for an official, with what they can do now.

    Some are told of a case that they do not see: admins where nobody in its unit could be told, a unit whose part is done.

    Args:
        words: what the resident wrote; `said`: the words that go with `news`; `is_more`: what is seldom needed is shown too.
    """
    sees = may_see(roles, case)
    read = Legible(words) if isinstance(words, str) else words
    heard = Legible(said or "") if isinstance(said, str | None) else said
    return TaskNotice(
        case=case.number,
        state=case.state,
        kind=case.kind,
        category=case.category,
        township=case.township,
        unit=case.unit,
        words=read.text if sees else "",
        is_withheld=not sees,
        filed_at=case.filed_at,
        accept_due_at=case.now.accept_due_at,
        due_at=case.now.due_at,
        round=case.now.number,
        is_mine=case.officer in {each.id for each in roles},
        steps=possible(county, case, roles, now),
        is_more=is_more,
        news=news,
        said=heard.text or None,
        joint=case.joint,
        waiting_until=case.now.waiting_until,
        wish_due_at=case.now.wish.due_at if case.now.wish else None,
        voices=case.behind,
        rendering=read.rendering,
        spoken=read.spoken if sees else (),
        said_rendering=heard.rendering,
        about=case.about if sees else None,
        is_unattended=not sees and any(each.role is Role.ADMIN for each in roles),
        officer=case.officer,
    )


def task_list(cases: Iterable[Case], total: int, now: datetime) -> TaskList:
    """Describe open cases for those who answer for them."""
    return TaskList(cases=tuple(case_line(case, now) for case in cases), total=total)


def task_anchor(number: str, attempt: int = 1) -> str:
    """Name the notice about an attempt at a case, so that a later one edits it in place; a reopened case is told anew."""
    return f"task/{number}" if attempt == 1 else f"task/{number}/{attempt}"


def task_page(query: TaskQuery, page: TaskPage, now: datetime, *, is_morning: bool = False) -> TaskList:
    """Describe a page of open cases, with what else there is to see, and what can be signed for at once."""
    return TaskList(
        cases=tuple(case_line(case, now) for case in page.cases),
        total=page.counts.get(query.only, 0),
        only=query.only,
        page=query.page,
        counts=tuple(page.counts.items()),
        acceptable=len(to_accept(page.cases, query.units)),
        mark=fingerprint(page.cases),
        is_morning=is_morning,
    )
