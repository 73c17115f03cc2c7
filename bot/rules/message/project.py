"""What people read about livelihood projects, and the links that officials hang up."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.identity import ProjectId, UnitId


class ProjectList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the projects of the county, to choose one."""

    projects: tuple[ProjectId, ...]


class ProjectMilestone(msgspec.Struct, frozen=True, kw_only=True):
    """What was reached, and when."""

    at: datetime
    words: str


class ProjectPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a project: what was reached, what people think of it, and whether the reader may say so.

    Attributes:
        is_lasting: groundwork (潜绩) rather than what is seen at once (显绩).
        answers, satisfied: at first; `again_answers`, `again_satisfied`: of those who were asked again after 90 days.
        may_judge: the reader may give a score now.
        has_judged: they have given one.
        may_add: the reader works for the unit, and may say what was reached.
    """

    project: ProjectId
    unit: UnitId
    is_lasting: bool
    milestones: tuple[ProjectMilestone, ...]
    answers: int
    satisfied: int
    again_answers: int
    again_satisfied: int
    may_judge: bool
    has_judged: bool
    may_add: bool


class MilestoneWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask an official what was reached in a project; everybody will read it."""

    project: ProjectId


class LinkChoice(msgspec.Struct, frozen=True, tag=True):
    """Let an official choose what a link shall lead to: a project, or a report about a category."""


ProjectMessage: TypeAlias = ProjectList | ProjectPage | MilestoneWanted | LinkChoice
