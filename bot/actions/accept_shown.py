"""An official signs at once for all that a list shows and that waits for it; each case gets an entry of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.actions.accept_case import accepted_quietly
from bot.actions.lines import task_page
from bot.actions.matter import Matter
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.effect import Effects, Send
from bot.rules.identity import PersonId
from bot.rules.tasks import Only, TaskPage, TaskQuery, fingerprint, to_accept


def accept_shown(  # noqa: PLR0913, PLR0917 (what is asked and what is known)
    desk: Desk,
    person: PersonId,
    query: TaskQuery,
    page: TaskPage,
    matters: Mapping[str, Matter],
    mark: str,
    pressed: int | None,
    now: datetime,
) -> Effects:
    """Sign for every case of a page that waits for one's unit, and show the page as it is then.

    Args:
        page: as it is now.
        matters: those of its cases that can be signed for, by number.
        mark: of the page as it was shown.

    Raises:
        IllegalTransition: the page is another one by now, or nothing on it waits: what was not seen is not signed for.
    """
    waiting = to_accept(page.cases, query.units)
    if fingerprint(page.cases) != mark or not waiting:
        raise IllegalTransition
    effects = Effects()
    for case in waiting:
        effects += accepted_quietly(desk, matters[case.number], now)
    after = {change.after.number: change.after for change in effects.cases}
    shown = tuple(after.get(case.number, case) for case in page.cases)
    counts = {only: _recounted(only, count, page.cases, shown) for only, count in page.counts.items()}
    then = task_page(query, replace(page, cases=shown, counts=counts), now)
    return Effects(sends=(Send(person, then, replaces=pressed),)) + effects


def _recounted(only: Only, count: int, before: tuple[Case, ...], after: tuple[Case, ...]) -> int:
    """Count again what signing changes: as many fewer wait for it, as many more are one's own."""
    signed = sum(case.state is State.ASSIGNED for case in before) - sum(case.state is State.ASSIGNED for case in after)
    return count + {Only.UNACCEPTED: -signed, Only.MINE: signed}.get(only, 0)
