"""What people read about livelihood projects, and the links that officials hang up."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.identity import FileId, ProjectId, UnitId


class ProjectList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the projects of the county, to choose one."""

    projects: tuple[ProjectId, ...]


class ProjectMilestone(msgspec.Struct, frozen=True, kw_only=True):
    """What was reached, and when; which milestone of the project it is, and how many photos of it there are to see."""

    at: datetime
    words: str
    place: int = 0
    photos: int = 0


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


class MilestoneCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show an official what everybody would read and see of a milestone, before it is published.

    Attributes:
        words: what was reached; empty while it is still to be written.
        photos: of each, whether it shows how it was before.
        begun_by: which draft of theirs it is.
        is_published: nothing of it can be changed any more.
    """

    project: ProjectId
    words: str
    photos: tuple[bool, ...]
    begun_by: int
    is_published: bool = False


class PhotoShown(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show somebody a photo of a milestone; its content is opened at the moment of sending.

    Attributes:
        at: when the milestone was reached.
        place, of: which photo of how many.
        is_before: it shows how it was before.
    """

    project: ProjectId
    at: datetime
    file: FileId
    place: int
    of: int
    is_before: bool


class PhotosOwned(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Offer those who work for a project to erase the photos of a milestone; `are_gone` once they did."""

    project: ProjectId
    place: int
    are_gone: bool = False


class LinkChoice(msgspec.Struct, frozen=True, tag=True):
    """Let an official choose what a link shall lead to: a project, or a report about a category."""


ProjectMessage: TypeAlias = (
    ProjectList | ProjectPage | MilestoneWanted | MilestoneCard | PhotoShown | PhotosOwned | LinkChoice
)
