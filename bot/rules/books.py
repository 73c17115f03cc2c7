"""The two books of a unit (显绩, 潜绩) and its appraisal by those served, as a digest counts them.

Visible results are what was reached in projects of that horizon and how satisfied people are with them; groundwork is what
lasts: projects of the other horizon, what people say of a project again after 90 days, and whether a case that was solved
still is, months and a year later. Invariant: of a project or a unit that too few answered about, the answers are left out,
in the unit's figures and in the county's, so that none can be found by subtracting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from bot.rules.county import Project
from bot.rules.entry import Entry
from bot.rules.identity import ProjectId, UnitId
from bot.rules.project import SATISFIED, SMALLEST
from bot.rules.survey import Question, Survey, surveys
from bot.rules.tally import OF_NO_UNIT, Appraised, Lasting, Works

VISIBLE: Final = "visible"
"""The horizon of projects whose results stand in the book of visible ones; all others are groundwork."""

LONG: Final = 180
"""From so many days on a look back counts as one after a year."""

_DAYS_OF_A_MONTH: Final = 30


class ProjectTally(NamedTuple):
    """What was counted of one project: what was reached in a period, and every answer until its end.

    Attributes:
        milestones: reached in the period; photos: of milestones, entered in it.
        answers, satisfied: of first answers, and of these 4 or 5.
        again, again_satisfied: of answers 90 days after the first.
    """

    milestones: int = 0
    answers: int = 0
    satisfied: int = 0
    again: int = 0
    again_satisfied: int = 0
    photos: int = 0

    def plus(self, score: int, answers: int, *, is_again: bool) -> ProjectTally:
        """Count answers of one score more."""
        pleased = answers if score >= SATISFIED else 0
        if is_again:
            return self._replace(again=self.again + answers, again_satisfied=self.again_satisfied + pleased)
        return self._replace(answers=self.answers + answers, satisfied=self.satisfied + pleased)


def enough(satisfied: int, answers: int) -> tuple[int, int, int]:
    """Return how many are satisfied, of how many, and how many are left out; of too few nothing but that."""
    return (satisfied, answers, 0) if answers >= SMALLEST else (0, 0, answers)


def works_by_unit(projects: Iterable[Project], counted: Mapping[ProjectId, ProjectTally]) -> Mapping[UnitId, Works]:
    """Add up what was counted of projects, by the unit that is in charge of each."""
    found: dict[UnitId, Works] = {}
    for project in projects:
        tally = counted.get(project.id, ProjectTally())
        satisfied, answers, few = enough(tally.satisfied, tally.answers)
        again_satisfied, again, again_few = enough(tally.again_satisfied, tally.again)
        later = Works(again=again, again_satisfied=again_satisfied, again_few=again_few)
        if project.horizon == VISIBLE:
            own = later._replace(
                visible_reached=tally.milestones, visible=answers, visible_satisfied=satisfied, visible_few=few
            )
        else:
            own = later._replace(
                lasting_reached=tally.milestones, lasting=answers, lasting_satisfied=satisfied, lasting_few=few
            )
        if any(own):
            before = found.get(project.unit, Works())
            found[project.unit] = Works._make(first + second for first, second in zip(before, own, strict=True))
    return found


def lasting_by_unit(rows: Iterable[tuple[UnitId, str, int, int]]) -> Mapping[UnitId, Lasting]:
    """Sort looks back into those after months and those after a year.

    Args:
        rows: unit, how long after the end, attempts heard about, and those of them that last.
    """
    found: dict[UnitId, Lasting] = defaultdict(Lasting)
    for unit, stage, heard, lasting in rows:
        was = found[unit]
        if days_of(stage) < LONG:
            found[unit] = was._replace(months=was.months + heard, months_lasting=was.months_lasting + lasting)
        else:
            found[unit] = was._replace(year=was.year + heard, year_lasting=was.year_lasting + lasting)
    return found


def days_of(stage: str) -> int:
    """Return about how many days after the end of a case a look back is: 90cd, 12mo."""
    number = int("".join(char for char in stage if char.isdigit()))
    return number * _DAYS_OF_A_MONTH if stage.endswith("mo") else number


def newest_survey(entries: Sequence[Entry], end: datetime) -> Survey | None:
    """Return the newest survey that was over before a moment."""
    over = [each for each in surveys(entry for entry in entries if entry.at < end) if each.answered is not None]
    return over[-1] if over else None


def own_appraised(survey: Survey | None, only: UnitId | None) -> Mapping[UnitId, Appraised]:
    """Count the answers of a survey by unit, of one alone where it is given; those about units with too few have none."""
    if survey is None:
        return {}
    found = {
        unit: Appraised(sum(each.good for each in by.values()), sum(each.answers for each in by.values()))
        for unit, by in survey.results.items()
    }
    if only is not None:
        return {unit: each for unit, each in found.items() if unit == only}
    told = sum(each.answers for each in found.values())
    return found | {OF_NO_UNIT: Appraised(left_out=(survey.answered or 0) * len(Question) - told)}
