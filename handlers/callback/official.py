"""Buttons with which officials act on a case."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.entry import Solved
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, CategoryId, UnitId
from bot.rules.message import Picked
from bot.rules.tasks import Only


class AcceptCase(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """Sign for a case."""

    case: CaseNumber


class ResolveCase(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """Say that a case is done."""

    case: CaseNumber


class Take(msgspec.Struct, frozen=True, array_like=True, tag="st"):
    """Take a step with a case."""

    case: CaseNumber
    step: Step


class Choose(msgspec.Struct, frozen=True, array_like=True, tag="ch"):
    """Choose what a step asks for: a unit, a class, a colleague, an article, a stock answer."""

    case: CaseNumber
    step: Step
    value: str


class ShowMore(msgspec.Struct, frozen=True, array_like=True, tag="mo"):
    """Show the buttons that are seldom needed, or hide them."""

    case: CaseNumber
    is_more: bool


class ShowHistory(msgspec.Struct, frozen=True, array_like=True, tag="hi"):
    """Show what happened to a case."""

    case: CaseNumber


class OpenAttached(msgspec.Struct, frozen=True, array_like=True, tag="xf"):
    """Show what came with a case besides words."""

    case: CaseNumber


class PickTriage(msgspec.Struct, frozen=True, array_like=True, tag="tp"):
    """Show a choice on a triage card, or go back from one."""

    case: CaseNumber
    picked: Picked


class TriageUnit(msgspec.Struct, frozen=True, array_like=True, tag="tu"):
    """The case shall be this unit's."""

    case: CaseNumber
    unit: UnitId


class TriageCategory(msgspec.Struct, frozen=True, array_like=True, tag="tc"):
    """The case is about this."""

    case: CaseNumber
    category: CategoryId


class TriageFinal(msgspec.Struct, frozen=True, array_like=True, tag="tf"):
    """The decision is for good, or no longer."""

    case: CaseNumber


class Assign(msgspec.Struct, frozen=True, array_like=True, tag="ta"):
    """Give the case to the unit that is chosen."""

    case: CaseNumber


class ShowTasks(msgspec.Struct, frozen=True, array_like=True, tag="tk"):
    """Show a page of the task list, by a filter."""

    only: Only
    page: int


class AcceptShown(msgspec.Struct, frozen=True, array_like=True, tag="as"):
    """Sign for all that a page shows and that waits for it; `mark` tells the page that was seen from any other."""

    only: Only
    page: int
    mark: str


class SeeReminders(msgspec.Struct, frozen=True, array_like=True, tag="sr"):
    """Say that a reminder was seen; `at` is the moment of it, in seconds since 1970."""

    at: int


class ChooseLeave(msgspec.Struct, frozen=True, array_like=True, tag="lv"):
    """Choose a leave: the first day as Python counts days, how many, the deputy's staff id or nothing; and take it."""

    begins_on: int
    days: int
    deputy: str
    is_final: bool


class EndLeave(msgspec.Struct, frozen=True, array_like=True, tag="le"):
    """Be back from leave."""


class UnlinkGroups(msgspec.Struct, frozen=True, array_like=True, tag="ug"):
    """Take all work groups off the presser's own unit."""


class ListCallbacks(msgspec.Struct, frozen=True, array_like=True, tag="cb"):
    """List the drawn cases that wait for a call."""


class OpenCallback(msgspec.Struct, frozen=True, array_like=True, tag="cp"):
    """Show a drawn case, to call it back."""

    case: CaseNumber


class AskVoices(msgspec.Struct, frozen=True, array_like=True, tag="ca"):
    """Ask those behind a drawn case through the bot."""

    case: CaseNumber
    round: int


class EnterCallback(msgspec.Struct, frozen=True, array_like=True, tag="ce"):
    """Enter what was heard by telephone about a drawn case."""

    case: CaseNumber
    round: int
    solved: Solved


OfficialButton: TypeAlias = (
    AcceptCase
    | ResolveCase
    | Take
    | Choose
    | ShowMore
    | ShowHistory
    | PickTriage
    | TriageUnit
    | TriageCategory
    | TriageFinal
    | Assign
    | OpenAttached
    | ShowTasks
    | AcceptShown
    | SeeReminders
    | ChooseLeave
    | EndLeave
    | UnlinkGroups
    | ListCallbacks
    | OpenCallback
    | AskVoices
    | EnterCallback
)
