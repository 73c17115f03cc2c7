"""Buttons of livelihood projects, and of the links that officials hang up."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import CategoryId, ProjectId


class ListProjects(msgspec.Struct, frozen=True, array_like=True, tag="jl"):
    """List the projects."""


class OpenProject(msgspec.Struct, frozen=True, array_like=True, tag="jo"):
    """Show a project."""

    project: ProjectId


class JudgeProject(msgspec.Struct, frozen=True, array_like=True, tag="jj"):
    """Say how satisfied one is with a project, from 1 to 5."""

    project: ProjectId
    score: int


class AddMilestone(msgspec.Struct, frozen=True, array_like=True, tag="jm"):
    """Say what was reached in a project."""

    project: ProjectId


class TurnPhoto(msgspec.Struct, frozen=True, array_like=True, tag="jt"):
    """Say of a photo, by its place from 0, that it shows how it was before, or, where that was said, what was reached."""

    draft: int
    photo: int


class PublishMilestone(msgspec.Struct, frozen=True, array_like=True, tag="jp"):
    """Let everybody read and see what was reached."""

    draft: int


class DropMilestone(msgspec.Struct, frozen=True, array_like=True, tag="jx"):
    """Throw away what was to be said of a project."""

    draft: int


class SeePhotos(msgspec.Struct, frozen=True, array_like=True, tag="js"):
    """Show the photos of a milestone, by its place."""

    project: ProjectId
    place: int


class ErasePhotos(msgspec.Struct, frozen=True, array_like=True, tag="je"):
    """Erase the photos of a milestone, by its place."""

    project: ProjectId
    place: int


class HangProject(msgspec.Struct, frozen=True, array_like=True, tag="jh"):
    """Give the link to a project as a QR code."""

    project: ProjectId


class HangCategory(msgspec.Struct, frozen=True, array_like=True, tag="jc"):
    """Give the link to a report about a category as a QR code."""

    category: CategoryId


MilestoneButton: TypeAlias = TurnPhoto | PublishMilestone | DropMilestone
"""Buttons under what an official is about to publish of a project."""

ProjectButton: TypeAlias = (
    ListProjects
    | OpenProject
    | JudgeProject
    | AddMilestone
    | MilestoneButton
    | SeePhotos
    | ErasePhotos
    | HangProject
    | HangCategory
)
