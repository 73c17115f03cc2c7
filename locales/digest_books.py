"""The two books and the appraisal in a digest: what is visible beside what lasts (显绩, 潜绩), for each unit.

Invariant: a figure of which nothing was counted is an empty place, and answers too few to be shown are nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.figure import Digest, Figure
from bot.rules.paper import Row, Table
from locales.catalogue import Phrase
from locales.digest_lines import FULL, named, rate_lines, visits
from locales.figures import MEASURES, counts_if_few, name_of, rate_of
from locales.markup import Block, Html
from locales.speech import Speech

VISIBLE: Final = ("confirmed_solved", "milestones_visible", "projects_visible")
GROUNDWORK: Final = (
    "milestones_lasting", "projects_lasting", "projects_again", "still_solved_months", "still_solved_year", "visits",
    "became_measures",
)  # fmt: skip
BOOKS: Final = (*VISIBLE, *GROUNDWORK, "appraised_good")
"""The figures of both books in their order, and the appraisal beside them."""

MOST_ROWS: Final = 9
PROJECTS: Final = 6
"""How many projects a message names, so that it still fits a screen."""


def books_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Tell of both books, a line for each figure of which anything was counted, then of each project."""
    # tr: Heading in the digest: the book of visible results. 显绩
    blocks = _book(speech, digest, speech.heading("Visible results"), VISIBLE)
    # tr: Heading in the digest: the book of groundwork. 潜绩
    blocks += _book(speech, digest, speech.heading("Groundwork"), (*GROUNDWORK, *MEASURES[1:]))
    told = [project for project in digest.projects if _any(project.figures, ("milestones", "satisfied", "satisfied_again"))]
    if told:
        # tr: Heading in the digest: the livelihood projects of the county. 民生项目
        blocks.append(speech.heading("Livelihood projects"))
    blocks += [
        # tr: A project in the digest: milestones reached in the period, and a rate such as 31/40 = 77.5%.
        speech.line(
            "{project}: milestones {reached}, satisfied {satisfied}",
            project=speech.project(project.project),
            reached=_number(speech, project.figures, "milestones"),
            satisfied=_rate(speech, project.figures, "satisfied"),
        )
        for project in told[:PROJECTS]
    ]
    if len(told) > PROJECTS:
        # tr: Under the projects that are named; the others stand in the table that can be had as a file.
        blocks.append(speech.line("{more} more projects stand in the table.", more=speech.number(len(told) - PROJECTS)))
    return blocks


def _book(speech: Speech, digest: Digest, heading: Html, names: tuple[str, ...]) -> list[Block]:
    lines: list[Block] = []
    for name in names:
        if name == "visits":
            lines += visits(speech, digest.figures)
        elif _is_rate(name) and _any(digest.figures, (name,)):
            lines += rate_lines(speech, digest, (name,), FULL)
        elif _any(digest.figures, (name,)):
            value = _number(speech, digest.figures, name)
            lines.append(named(speech, name_of(speech, name), value))
    return [heading, *lines] if lines else []


def books_in_print(speech: Speech, digest: Digest) -> Table:
    """Put both books into a table, the whole first, then the units that have anything in it."""
    units = [unit for unit in digest.units if _any(unit.figures, BOOKS)]
    shown = [] if digest.unit is not None else units[:MOST_ROWS]
    rows = [Row(cells=(speech.text(ALTOGETHER), *_cells(speech, digest.figures)))]
    rows += [Row(cells=(speech.unit(unit.unit), *_cells(speech, unit.figures))) for unit in shown]
    more = len(units) - len(shown)
    note = speech.text(MORE, more=speech.number(more)) if more > 0 and digest.unit is None else ""
    return Table(
        title=speech.text(TITLE),
        heads=(speech.text(OF_WHOM), *(speech.text(HEADS[name]) for name in BOOKS)),
        rows=tuple(rows) if _any(digest.figures, BOOKS) else (),
        note=note if _any(digest.figures, BOOKS) else speech.text(EMPTY),
    )


def _cells(speech: Speech, figures: Mapping[str, Figure]) -> list[str]:
    return [_rate(speech, figures, name) if _is_rate(name) else _number(speech, figures, name) for name in BOOKS]


def _is_rate(name: str) -> bool:
    return name != "visits" and not name.startswith("milestones")


def _any(figures: Mapping[str, Figure], names: tuple[str, ...]) -> bool:
    return any(figures.get(name, NOTHING).of or (not _is_rate(name) and figures.get(name, NOTHING).n) for name in names)


def _number(speech: Speech, figures: Mapping[str, Figure], name: str) -> str:
    return speech.number(figures.get(name, NOTHING).n or 0)


def _rate(speech: Speech, figures: Mapping[str, Figure], name: str) -> str:
    figure = figures.get(name, NOTHING)
    return "–" if rate_of(figure) is None else counts_if_few(speech, figure)


NOTHING: Final = Figure(n=0)

# tr: Heading above the table of both books: visible results and groundwork (显绩, 潜绩).
TITLE = Phrase("paper", "Two books: visible results and groundwork")
# tr: Stands where the table of both books would be.
EMPTY = Phrase("paper", "Nothing was counted yet.")
# tr: In the table of both books: the whole county, township or unit that the digest is about.
ALTOGETHER = Phrase("paper", "Altogether")
# tr: Under the table of both books, when not all units are named.
MORE = Phrase("paper", "and {more} more units, see the workbook.")
# tr: Head of a column in the table of both books: whom a line is about.
OF_WHOM = Phrase("book", "Unit")

HEADS: Final[Mapping[str, Phrase]] = {
    # tr: Head of a column, short; visible results (显绩): cases that residents confirm as solved.
    "confirmed_solved": Phrase("book", "Visible: confirmed solved"),
    # tr: Head of a column, short; visible results (显绩): milestones reached in projects.
    "milestones_visible": Phrase("book", "Visible: milestones"),
    # tr: Head of a column, short; visible results (显绩): people satisfied with projects.
    "projects_visible": Phrase("book", "Visible: satisfied"),
    # tr: Head of a column, short; groundwork (潜绩): milestones reached in projects.
    "milestones_lasting": Phrase("book", "Groundwork: milestones"),
    # tr: Head of a column, short; groundwork (潜绩): people satisfied with projects.
    "projects_lasting": Phrase("book", "Groundwork: satisfied"),
    # tr: Head of a column, short; groundwork (潜绩): people still satisfied with projects 90 days after their first answer.
    "projects_again": Phrase("book", "Groundwork: after 90 days"),
    # tr: Head of a column, short; groundwork (潜绩): cases still solved some months after their end.
    "still_solved_months": Phrase("book", "Groundwork: still solved, months"),
    # tr: Head of a column, short; groundwork (潜绩): cases still solved a year after their end.
    "still_solved_year": Phrase("book", "Groundwork: still solved, a year"),
    # tr: Head of a column, short; groundwork (潜绩): field visits.
    "visits": Phrase("book", "Groundwork: visits"),
    # tr: Head of a column, short; groundwork (潜绩): proposals from field visits that became measures.
    "became_measures": Phrase("book", "Groundwork: became measures"),
    # tr: Head of a column, short: answers "good" of the newest appraisal by those served (民主评议).
    "appraised_good": Phrase("book", "Appraisal: good"),
}
