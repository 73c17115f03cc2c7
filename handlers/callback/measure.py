"""Buttons around proposals from field visits and the measures that become of them."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.measure import MeasureStep


class NoteProposal(msgspec.Struct, frozen=True, array_like=True, tag="vn"):
    """Write down what was proposed on a field visit."""

    visit: str


class ListProposals(msgspec.Struct, frozen=True, array_like=True, tag="vl"):
    """Show a page of what is open, from 0."""

    page: int = 0


class OpenProposal(msgspec.Struct, frozen=True, array_like=True, tag="vo"):
    """Show one proposal."""

    proposal: str


class TakeMeasure(msgspec.Struct, frozen=True, array_like=True, tag="vk"):
    """Begin a step with a proposal."""

    proposal: str
    step: MeasureStep


class ChooseMeasure(msgspec.Struct, frozen=True, array_like=True, tag="vw"):
    """Choose who sees to a measure (empty: nobody yet) and until which day, as Python counts days; and enter it."""

    proposal: str
    owner: str
    due_on: int
    is_final: bool


MeasureButton: TypeAlias = NoteProposal | ListProposals | OpenProposal | TakeMeasure | ChooseMeasure
