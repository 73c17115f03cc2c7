"""What is needed to write on buttons in one language, and the shapes in which buttons lie under a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from bot.rules.county import County, Kind
from bot.rules.identity import CaseNumber, CategoryId, ClassId, Language, ProjectId, TownshipId, UnitId
from handlers.callback import Button, ShowCase
from locales.wording import Label, Wording

Rows: TypeAlias = list[list[tuple[str, Button]]]
"""Buttons from top to bottom and from the first in a row to the last: what stands on each, and what it means."""

ROOM: Final = 38
"""How wide a row is under a message on a small phone, in Latin letters; a Chinese character takes two."""

EDGES: Final = 2
"""What the edges of a button take of it."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Writes on the buttons of a county in one language."""

    county: County
    wording: Wording
    language: Language

    def label(self, label: Label, **fields: str) -> str:
        """Write what a label says; `fields` as `Wording.label` takes them."""
        return self.wording.label(label, self.language, **fields)

    def kind(self, kind: Kind) -> str:
        """Write the name of a kind."""
        return self.wording.name_of_kind(kind, self.language)

    def category(self, category: CategoryId) -> str:
        """Write the name of a category."""
        return self.wording.name_of_category(category, self.language)

    def project(self, project: ProjectId) -> str:
        """Write the name of a livelihood project."""
        return self.wording.name_of_project(project, self.language)

    def township(self, township: TownshipId | None) -> str:
        """Write the name of a township, or that none was given."""
        return self.wording.name_of_township(township, self.language)

    def unit(self, unit: UnitId) -> str:
        """Write the name of a unit."""
        return self.wording.name_of_unit(unit, self.language)

    def deadline_class(self, deadline_class: ClassId) -> str:
        """Write the name of a deadline class."""
        return self.wording.name_of_class(deadline_class, self.language)

    def languages(self) -> tuple[tuple[Language, str], ...]:
        """Return the county's languages, each with its own name."""
        return self.wording.language_names()

    def cases(self, numbers: Iterable[CaseNumber]) -> Rows:
        """Draw a button for each case, to open it."""
        return [[(self.label(Label.SHOW_CASE, case=number), ShowCase(number))] for number in numbers]


def in_columns(choices: Sequence[tuple[str, Button]]) -> Rows:
    """Put choices in two columns."""
    return [list(choices[start : start + 2]) for start in range(0, len(choices), 2)]


def fitted(rows: Rows) -> Rows:
    """Lay a row out over several where its words would not fit side by side: Telegram cuts off what is too long."""
    if all(len(row) == 1 or _fits(row) for row in rows):  # as most keyboards in Chinese
        return rows
    return [part for row in rows for part in _parted(row)]


def _parted(row: list[tuple[str, Button]]) -> Rows:
    if len(row) == 1 or _fits(row):
        return [row]
    if len(row) > 2:  # noqa: PLR2004 (more than a pair: pairs first)
        return [part for pair in in_columns(row) for part in _parted(pair)]
    return [[choice] for choice in row]


def _fits(row: list[tuple[str, Button]]) -> bool:
    share = ROOM // len(row) - EDGES
    return all(_width(text) <= share for text, _ in row)


@lru_cache(maxsize=2048)
def _width(text: str) -> float:
    return sum(_letter(char) for char in text)


def _letter(char: str) -> float:
    """Measure in Latin letters; marks over letters and what turns text take no room, Arabic letters a little less."""
    if unicodedata.category(char) in {"Mn", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 2
    return 0.9 if unicodedata.bidirectional(char) == "AL" else 1
