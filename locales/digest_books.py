"""The two books and the appraisal in a digest: what is visible beside what lasts (显绩, 潜绩), for each unit.

Invariant: a figure of which nothing was counted is an empty place, and answers too few to be shown are nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.figure import Digest, Figure
from bot.rules.paper import Row, Table
from locales.catalogue import Phrase
from locales.figures import rate_in_words, rate_of
from locales.markup import Block
from locales.speech import Speech

VISIBLE: Final = ("confirmed_solved", "milestones_visible", "projects_visible")
GROUNDWORK: Final = (
    "milestones_lasting", "projects_lasting", "projects_again", "still_solved_months", "still_solved_year", "visits",
    "became_measures",
)  # fmt: skip
BOOKS: Final = (*VISIBLE, *GROUNDWORK, "appraised_good")
"""The figures of both books in their order, and the appraisal beside them."""

MOST_ROWS: Final = 9


def books_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Tell of both books, of the appraisal and of translating in a line each, where there is anything to tell."""
    figures = digest.figures
    blocks: list[Block] = []
    if _any(figures, ("milestones_visible", "projects_visible")):
        reached, satisfied = _number(speech, figures, "milestones_visible"), _rate(speech, figures, "projects_visible")
        blocks.append(
            # tr: In the digest: visible results of livelihood projects (显绩); {satisfied} is a rate, such as 31/40 = 77.5%.
            speech.line("Visible results: milestones {reached}, satisfied {satisfied}", reached=reached, satisfied=satisfied)
        )
    if _any(figures, ("milestones_lasting", "projects_lasting", "projects_again")):
        reached, satisfied = _number(speech, figures, "milestones_lasting"), _rate(speech, figures, "projects_lasting")
        again = _rate(speech, figures, "projects_again")
        blocks.append(
            # tr: In the digest: groundwork (潜绩); {satisfied} is a rate, {again} the rate 90 days after the first answer.
            speech.line(
                "Groundwork: milestones {reached}, satisfied {satisfied}, after 90 days {again}",
                reached=reached,
                satisfied=satisfied,
                again=again,
            )
        )
    if digest.survey is not None and figures.get("appraised_good", NOTHING).of:
        good = _rate(speech, figures, "appraised_good")
        # tr: In the digest: the newest appraisal by residents who were served (民主评议): answers "good".
        blocks.append(speech.line("Appraisal {period}: good {good}", period=digest.survey.period, good=good))
    waiting = figures.get("translations_late", NOTHING)
    if waiting.of:
        count, late = speech.number(waiting.of), speech.number(waiting.n or 0)
        # tr: In the digest: residents' words that wait for a translator, and how many of them are past their limit.
        blocks.append(speech.line("Waiting for translation: {count}, of which late: {late}", count=count, late=late))
    return blocks


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
    return "–" if rate_of(figure) is None else rate_in_words(speech, figure)


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
