"""The early warnings of a digest as a sheet: all of them, with the cases behind each.

Invariant: what stands and what is over is told apart in words; of signals nothing but their number stands in a workbook.
"""

from __future__ import annotations

from typing import Final

from bot.rules.figure import Digest
from bot.rules.paper import Column, ColumnKind, Sheet
from locales.catalogue import Phrase
from locales.colours import colour_name
from locales.sign_reasons import dated_reason
from locales.speech import Speech

NUMBER_WIDTH: Final = 16
NAME_WIDTH: Final = 24
TEXT_WIDTH: Final = 60


def warnings_sheet(speech: Speech, digest: Digest) -> Sheet:
    """List the warnings that stand at the end of the period, then those that ended in it."""
    zone = speech.county.hours.zone
    columns = (
        (SIGN, ColumnKind.TEXT, NUMBER_WIDTH),
        (COLOUR, ColumnKind.TEXT, NUMBER_WIDTH),
        (STANDS, ColumnKind.TEXT, NUMBER_WIDTH),
        (WHY, ColumnKind.TEXT, TEXT_WIDTH),
        (UNIT, ColumnKind.TEXT, NAME_WIDTH),
        (SINCE, ColumnKind.DAY, NUMBER_WIDTH),
        (CASES, ColumnKind.TEXT, TEXT_WIDTH),
    )
    return Sheet(
        name=speech.text(WARNINGS),
        columns=tuple(Column(head=speech.text(head), kind=kind, width=width) for head, kind, width in columns),
        rows=tuple(
            (
                sign.number,
                colour_name(speech, sign.grade),
                speech.text(STANDING if sign.is_open else OVER),
                dated_reason(speech, sign),
                "" if sign.unit is None else speech.unit(sign.unit),
                sign.raised_at.astimezone(zone).date().isoformat(),
                " ".join(sign.cases),
            )
            for sign in digest.warnings
        ),
    )


# tr: Name of a sheet: early warnings. At most 31 characters, without []:*?/\
WARNINGS = Phrase("sheet", "Early warnings")
# tr: Head of a column: the number of a warning, such as YJ-2026-00012.
SIGN = Phrase("sheet", "Number")
# tr: Head of a column: the colour of a warning.
COLOUR = Phrase("sheet", "Colour")
# tr: Head of a column: whether a warning stands at the end of the period, or is over.
STANDS = Phrase("sheet", "State")
# tr: Head of a column: why there is a warning.
WHY = Phrase("sheet", "Reason")
# tr: Head of a column: the name of a unit.
UNIT = Phrase("sheet", "Unit")
# tr: Head of a column: since which day there is a warning.
SINCE = Phrase("sheet", "Since")
# tr: Head of a column: the numbers of the cases behind a warning.
CASES = Phrase("sheet", "Cases behind it")
# tr: State of a warning: it stands.
STANDING = Phrase("sheet", "stands")
# tr: State of a warning: it is over.
OVER = Phrase("sheet", "over")
