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


class HangProject(msgspec.Struct, frozen=True, array_like=True, tag="jh"):
    """Give the link to a project as a QR code."""

    project: ProjectId


class HangCategory(msgspec.Struct, frozen=True, array_like=True, tag="jc"):
    """Give the link to a report about a category as a QR code."""

    category: CategoryId


ProjectButton: TypeAlias = ListProjects | OpenProject | JudgeProject | AddMilestone | HangProject | HangCategory
