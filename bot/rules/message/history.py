"""What officials read of everything that happened to a case."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.rules.county import Role
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, Language, UnitId


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a case as officials read it.

    Attributes:
        kind: of the entry, as the ledger names it.
        actor: `resident`, `clock` or `system`; None for an official, who is told by `role` and `unit`.
        words: what was said with it.
        until: the limit or the end that it set.
        about: the unit that it names.
        solved: what a voice, or a callback, said.
        language: into which words were put; `original` are the words, where an official wrote them.
    """

    at: datetime
    kind: str
    actor: str | None
    role: Role | None
    unit: UnitId | None
    words: str | None
    until: datetime | None
    about: UnitId | None
    solved: Solved | None = None
    language: Language | None = None
    original: str | None = None


class CaseHistory(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show what happened to a case, oldest first."""

    case: CaseNumber
    lines: tuple[HistoryLine, ...]
