"""What stands on the buttons of those who watch over the county.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

ADMIN_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Admin's button: the one who asked becomes an admin.
    Label.LET_IN: Phrase("button", "Agree"),
    # tr: Admin's button: the one who asked does not become an admin.
    Label.KEEP_OUT: Phrase("button", "Refuse"),
    # tr: Button under a unit's scorecard: the figures of the unit, from which its points come.
    Label.CARD_FIGURES: Phrase("button", "The figures behind it"),
    # tr: Button under a digest: the week, month, quarter or year before.
    Label.DIGEST_EARLIER: Phrase("button", "‹ Earlier"),
    # tr: Button under a digest: the week, month, quarter or year after.
    Label.DIGEST_LATER: Phrase("button", "Later ›"),
    # tr: Button under a digest: show a week.
    Label.DIGEST_WEEK: Phrase("button", "Week"),
    # tr: Button under a digest: show a month.
    Label.DIGEST_MONTH: Phrase("button", "Month"),
    # tr: Button under a digest: show a quarter.
    Label.DIGEST_QUARTER: Phrase("button", "Quarter"),
    # tr: Button under a digest: show a year.
    Label.DIGEST_YEAR: Phrase("button", "Year"),
    # tr: Button under a digest: list the units, to show the digest of one.
    Label.DIGEST_UNITS: Phrase("button", "One unit …"),
    # tr: Button under a digest: list the townships, to show the digest of one.
    Label.DIGEST_TOWNSHIPS: Phrase("button", "One township …"),
    # tr: Button under the digest of a unit or township: show that of the whole county.
    Label.DIGEST_COUNTY: Phrase("button", "Whole county"),
    # tr: Button under a digest: as a picture with charts.
    Label.DIGEST_PICTURE: Phrase("button", "Chart"),
    # tr: Button under a digest: as two pages to print; {value} is PDF.
    Label.DIGEST_PAPER: Phrase("button", "{value}"),
    # tr: Button under a digest: as a workbook.
    Label.DIGEST_TABLE: Phrase("button", "Table"),
    # tr: A button of several: the one that is chosen now.
    Label.CHOSEN: Phrase("button", "• {value}"),
    # tr: Button under a long list of buttons: those before.
    Label.PAGE_BEFORE: Phrase("button", "‹ Before"),
    # tr: Button under a long list of buttons: those after.
    Label.PAGE_AFTER: Phrase("button", "More ›"),
}
