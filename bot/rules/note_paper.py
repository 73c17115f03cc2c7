"""A supervision note (督办单) or a letter of referral (转办函) as a form to be printed: every word said, in one language.

Invariant: which of the colours it has is a word and a cross in a box, so that a black-and-white copy says it too.
"""

from __future__ import annotations

import msgspec

from bot.rules.paper import Table


class NoteFact(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the form: what it is, and its value; an empty value is written in by hand."""

    label: str
    value: str


class NoteGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three colours: its word and what it means, its name for drawing, and whether the note has it."""

    label: str
    colour: str
    is_it: bool


class NotePaper(msgspec.Struct, frozen=True, kw_only=True):
    """A supervision note or a letter of referral, said.

    Attributes:
        stamp: over a draft, that it is one; empty over a note that was sent.
        facts: number, unit, dates, in the order in which they are read.
        why: what was counted, with what a count does not prove.
        wanted: what the unit is asked to do, and what was added to it.
        cases: those behind it; under them, how many are not listed.
        issued: before the line on which whoever sends it signs.
        answer: what the unit said, or an empty box.
        signed: under the answer: who signs for it, and when.
        page: words for the number of a page, with {page} and {pages} in them.
    """

    is_right_to_left: bool
    county: str
    title: str
    stamp: str
    facts: tuple[NoteFact, ...]
    grades_label: str
    grades: tuple[NoteGrade, ...]
    why: tuple[NoteFact, ...]
    wanted: tuple[NoteFact, ...]
    cases: Table
    issued: str
    answer: NoteFact
    signed: tuple[str, ...]
    page: str
