"""The livelihood projects and the appraisal of a digest as sheets; the two books of units are columns beside their cases.

Invariant: numbers stand as numbers, and answers too few to be shown only in the column that says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.rules.figure import Digest, Figure
from bot.rules.paper import Column, ColumnKind, Sheet
from bot.rules.survey import Question
from locales.catalogue import Phrase
from locales.speech import Speech
from locales.survey import NAMED

NAME_WIDTH: Final = 30
NUMBER_WIDTH: Final = 13


def projects_sheet(speech: Speech, digest: Digest) -> Sheet:
    """List the projects of the county file: what was reached, how satisfied people are at first and after 90 days."""
    names = {project.id: project.name.within(speech.language) for project in speech.county.projects}
    counts = ((SATISFIED, ColumnKind.COUNT), (OF, ColumnKind.COUNT), (RATE, ColumnKind.RATE), (LEFT_OUT, ColumnKind.COUNT))
    later = ((AGAIN, ColumnKind.COUNT), (OF, ColumnKind.COUNT), (RATE, ColumnKind.RATE), (LEFT_OUT, ColumnKind.COUNT))
    return Sheet(
        name=speech.text(PROJECTS),
        columns=(
            _column(speech, PROJECT, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, UNIT, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, BOOK, ColumnKind.TEXT),
            _column(speech, MILESTONES, ColumnKind.COUNT),
            _column(speech, PHOTOS, ColumnKind.COUNT),
            *(_column(speech, *each) for each in (*counts, *later)),
        ),
        rows=tuple(
            (
                names.get(each.project, each.project),
                speech.unit(each.unit),
                speech.text(VISIBLE if each.horizon == "visible" else GROUNDWORK),
                each.figures["milestones"].n,
                each.figures["photos"].n,
                *_cells(each.figures["satisfied"]),
                *_cells(each.figures["satisfied_again"]),
            )
            for each in digest.projects
        ),
    )


def survey_sheet(speech: Speech, digest: Digest) -> Sheet:
    """List what the newest survey came to, by unit and question; empty before there was one."""
    survey = digest.survey
    units = () if survey is None else survey.units
    return Sheet(
        name=speech.text(SURVEY),
        columns=(
            _column(speech, MONTH, ColumnKind.TEXT),
            _column(speech, UNIT, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, ASKED_ABOUT, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, GOOD, ColumnKind.COUNT),
            _column(speech, OF, ColumnKind.COUNT),
            _column(speech, RATE, ColumnKind.RATE),
        ),
        rows=tuple(
            (
                "" if survey is None else survey.period,
                speech.unit(each.unit),
                speech.text(NAMED[Question(question)]),
                figure.n,
                figure.of,
                figure.rate,
            )
            for each in units
            for question, figure in each.figures.items()
        ),
    )


def _cells(figure: Figure) -> Iterable[int | float | None]:
    """Return n, of, rate and how many are left out; of nothing but too few answers only the last."""
    if not figure.of:
        return (None, None, None, figure.left_out)
    return (figure.n, figure.of, figure.rate, figure.left_out)


def _column(speech: Speech, head: Phrase, kind: ColumnKind, width: int = NUMBER_WIDTH) -> Column:
    return Column(head=speech.text(head), kind=kind, width=width)


# tr: Name of a sheet: livelihood projects. At most 31 characters, without []:*?/\
PROJECTS = Phrase("sheet", "Projects")
# tr: Name of a sheet: the newest appraisal by those served (民主评议). At most 31 characters.
SURVEY = Phrase("sheet", "Appraisal")
# tr: Head of a column: the name of a livelihood project.
PROJECT = Phrase("sheet", "Project")
# tr: Head of a column: the name of a unit.
UNIT = Phrase("sheet", "Unit")
# tr: Head of a column: in which of the two books a project stands.
BOOK = Phrase("sheet", "Book")
# tr: In which book a project stands: visible results. 显绩
VISIBLE = Phrase("sheet", "visible results")
# tr: In which book a project stands: groundwork. 潜绩
GROUNDWORK = Phrase("sheet", "groundwork")
# tr: Head of a column: milestones reached in the period.
MILESTONES = Phrase("sheet", "Milestones")
# tr: Head of a column: photos of milestones that everybody can see, of the period.
PHOTOS = Phrase("sheet", "Photos")
# tr: Head of a column: how many people are satisfied with a project, until the end of the period.
SATISFIED = Phrase("sheet", "Satisfied")
# tr: Head of a column: how many people are still satisfied 90 days after their first answer.
AGAIN = Phrase("sheet", "Still satisfied after 90 days")
# tr: Head of a column: out of how many, the denominator of a rate.
OF = Phrase("sheet", "Out of")
# tr: Head of a column: a rate.
RATE = Phrase("sheet", "Rate")
# tr: Head of a column: answers that are too few to be shown; only how many there are.
LEFT_OUT = Phrase("sheet", "Too few to show")
# tr: Head of a column: the month whose cases a survey was about.
MONTH = Phrase("sheet", "Month")
# tr: Head of a column: the question of a survey.
ASKED_ABOUT = Phrase("sheet", "Question")
# tr: Head of a column: how many answered "good".
GOOD = Phrase("sheet", "Good")
