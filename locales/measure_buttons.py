"""What stands on the buttons around proposals from field visits and the measures that become of them.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

MEASURE_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button after a field visit: write down a research note or a suggestion that may become a measure. 调研建议
    Label.NOTE_PROPOSAL: Phrase("button", "Note a proposal"),
    # tr: Button under a proposal just written down: write down the next one of the same visit.
    Label.PROPOSAL_NEXT: Phrase("button", "Next proposal"),
    # tr: Button: the list of proposals and measures that are open.
    Label.PROPOSALS_ALL: Phrase("button", "All proposals and measures"),
    # tr: Button under a proposal: make a measure of it, with an owner and a date. 措施
    Label.MEASURE_SET: Phrase("button", "Make it a measure"),
    # tr: Button under a measure: change who sees to it, or until when.
    Label.MEASURE_CHANGE: Phrase("button", "Change owner or date"),
    # tr: Button under a measure: it is carried out. 落实
    Label.MEASURE_DONE: Phrase("button", "It is carried out"),
    # tr: Button under a proposal or a measure: nothing comes of it.
    Label.MEASURE_DROP: Phrase("button", "Give it up"),
    # tr: Button: enter the measure with the owner and the date that are chosen.
    Label.MEASURE_SET_NOW: Phrase("button", "Set the measure"),
    # tr: Button: go on to the reason for changing owner or date.
    Label.MEASURE_CHANGE_NOW: Phrase("button", "Change it, with a reason"),
    # tr: Button: whoever presses it sees to the measure.
    Label.MEASURE_MYSELF: Phrase("button", "I myself"),
    # tr: Button: the lead of a unit sees to the measure; {value} is the unit.
    Label.MEASURE_LEAD: Phrase("button", "Lead: {value}"),
    # tr: Button: the measure is due in so many days.
    Label.MEASURE_DAYS: Phrase("button", "In {value} days"),
    # tr: Button: the measure is due a week earlier than chosen.
    Label.MEASURE_EARLIER: Phrase("button", "A week earlier"),
    # tr: Button: the measure is due a week later than chosen.
    Label.MEASURE_LATER: Phrase("button", "A week later"),
}
