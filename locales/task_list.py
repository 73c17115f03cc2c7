"""The lists that officials work by: what is open and runs out first, what a search found, how one's own unit stands.

Invariant: how long is left, or how late it is, is reckoned at the moment of telling, never at the moment of planning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.rules.message import CaseLine, FoundCases, TaskList, UnitMirror
from bot.rules.tasks import PAGE, Only
from locales import digest
from locales.catalogue import Phrase
from locales.facts import BLANK, matter
from locales.markup import Block, Html
from locales.speech import Speech

FILTERS: Final[Mapping[Only, Phrase]] = {
    # tr: Filter of the task list: all that one's units work on.
    Only.UNIT: Phrase("filter", "open"),
    # tr: Filter of the task list: in one's own charge.
    Only.MINE: Phrase("filter", "in my charge"),
    # tr: Filter of the task list: nobody has signed for them.
    Only.UNACCEPTED: Phrase("filter", "not accepted"),
    # tr: Filter of the task list: past their limit.
    Only.OVERDUE: Phrase("filter", "overdue"),
    # tr: Filter of the task list: the resident was asked and has not answered.
    Only.WAITING: Phrase("filter", "waiting for the resident"),
    # tr: Filter of the task list: several units work on them.
    Only.JOINT: Phrase("filter", "joint work"),
}


def task_list(speech: Speech, message: TaskList, now: datetime) -> list[Block]:
    """List open cases, what runs out first on top; each with its unit where there are several."""
    units = {line.unit for line in message.cases}
    blocks: list[Block] = []
    if message.is_morning:
        # tr: Above the list that comes by itself at the beginning of a working day.
        blocks += [speech.line("Good morning. This is what there is to do:"), BLANK]
    blocks.append(_heading(speech, message))
    if not message.cases and message.only is not None:
        # tr: Under the heading of a filtered list with nothing in it.
        blocks.append(speech.line("There is nothing here at the moment."))
    for line in message.cases:
        blocks += [BLANK, *_task(speech, line, now)]
        if len(units) > 1:
            # tr: Fact: the unit that answers for a case.
            blocks.append(speech.line("Responsible unit: {unit}", unit=speech.unit(line.unit)))
    return [*blocks, *_rest(speech, message)]


def _heading(speech: Speech, message: TaskList) -> Html:
    units, total = {line.unit for line in message.cases}, speech.number(message.total)
    if message.only not in {None, Only.UNIT} and message.only is not None:
        # tr: Heading of the list of open cases by a filter; {filter} is such as "overdue".
        return speech.heading("Open cases, {filter} ({total})", filter=speech.text(FILTERS[message.only]), total=total)
    if len(units) == 1:
        # tr: Heading of the list of open cases, all of one unit.
        return speech.heading("{unit}: open cases ({total})", unit=speech.unit(*units), total=total)
    # tr: Heading of the list of open cases, of several units.
    return speech.heading("Open cases ({total})", total=total)


def _rest(speech: Speech, message: TaskList) -> list[Block]:
    """Say what is not shown."""
    if message.only is not None and message.total > PAGE:
        page, pages = speech.number(message.page + 1), speech.number(-(-message.total // PAGE))
        # tr: Under a list of several pages.
        return [BLANK, speech.line("Page {page} of {pages}", page=page, pages=pages)]
    if message.only is None and message.total > len(message.cases):
        shown = speech.number(len(message.cases))
        # tr: Under a list that shows only the most pressing; {shown} is how many.
        return [BLANK, speech.line("Only the {shown} that run out first are listed.", shown=shown)]
    return []


def _task(speech: Speech, line: CaseLine, now: datetime) -> list[Block]:
    first = matter(speech, line.case, line.category, line.township)
    state = speech.state(line.state)
    if line.due_at is None:
        # tr: Second line of a case in an official's list, without a deadline.
        return [first, speech.line("{state} · no deadline", state=state)]
    length = speech.length(abs(line.due_at - now))
    if now > line.due_at:
        # tr: Second line of a case in an official's list, when the deadline has passed.
        return [first, speech.line("{state} · overdue for {late}", state=state, late=length)]
    moment = speech.short_moment(line.due_at, now)
    # tr: Second line of a case in an official's list, with its deadline.
    return [first, speech.line("{state} · by {moment}, {left} left", state=state, moment=moment, left=length)]


def found_cases(speech: Speech, message: FoundCases, now: datetime) -> list[Block]:
    """List what a search found."""
    # tr: Heading of what a search found; {total} is how many.
    blocks: list[Block] = [speech.heading("Found ({total})", total=speech.number(message.total))]
    for line in message.cases:
        blocks += [BLANK, *_task(speech, line, now)]
    if message.total > len(message.cases):
        # tr: Under what a search found, when it shows only the newest; {shown} is how many.
        shown = speech.line("Only the newest {shown} are listed.", shown=speech.number(len(message.cases)))
        blocks += [BLANK, shown]
    if not message.is_complete:
        # tr: Under what a search found, when there were too many cases to look through all of them.
        blocks += [BLANK, speech.line("Only the newest cases could be searched.")]
    elif not message.cases:
        # tr: A search found nothing; what is searched, and how to find more.
        blocks.append(speech.line("Open cases and those of the last ninety days were searched. Try fewer words."))
    return blocks


def unit_mirror(speech: Speech, message: UnitMirror) -> list[Block]:
    """Show a lead how their unit stands."""
    counts = dict(message.counts)
    # tr: Heading for a lead on Monday: how their own unit stands.
    blocks: list[Block] = [speech.heading("{unit} in the mirror", unit=speech.unit(message.unit))]
    for only, phrase in FILTERS.items():
        label, count = speech.text(phrase), speech.number(counts.get(only, 0))
        if only is not Only.MINE:
            # tr: In the mirror of a unit: how many cases of a sort there are now.
            blocks.append(speech.line("{label}: {count}", label=label, count=count))
    # tr: In the mirror of a unit: the figures of the week before follow.
    return [*blocks, BLANK, speech.heading("Last week"), *digest.in_short(speech, message.digest)]
