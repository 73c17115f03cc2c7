"""What stands on buttons and in flashes, gathered from the areas.

Invariant: a button's text is plain and short; in Xibe it carries both languages where a word is attested.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.message import Toast
from locales.admin_buttons import ADMIN_BUTTONS
from locales.caller_buttons import CALLER_BUTTONS
from locales.catalogue import Phrase
from locales.draft_buttons import DRAFT_BUTTONS
from locales.general_buttons import GENERAL_BUTTONS
from locales.label import Label
from locales.measure_buttons import MEASURE_BUTTONS
from locales.meeting_buttons import MEETING_BUTTONS
from locales.official_buttons import OFFICIAL_BUTTONS
from locales.project_buttons import PROJECT_BUTTONS
from locales.resident_buttons import RESIDENT_BUTTONS
from locales.rights_buttons import RIGHTS_BUTTONS

BUTTONS: Final[Mapping[Label, Phrase]] = {
    **GENERAL_BUTTONS,
    **DRAFT_BUTTONS,
    **RESIDENT_BUTTONS,
    **OFFICIAL_BUTTONS,
    **ADMIN_BUTTONS,
    **RIGHTS_BUTTONS,
    **CALLER_BUTTONS,
    **MEETING_BUTTONS,
    **MEASURE_BUTTONS,
    **PROJECT_BUTTONS,
}
"""The phrase of every label but the degrees of satisfaction, which have one together."""


# tr: Button with a degree of satisfaction: the number, then the word for it.
SCORE = Phrase("button", "{score} {level}")


SCORES: Final[Mapping[Label, int]] = {
    Label.SCORE_1: 1,
    Label.SCORE_2: 2,
    Label.SCORE_3: 3,
    Label.SCORE_4: 4,
    Label.SCORE_5: 5,
}


TOASTS: Final[Mapping[Toast, Phrase]] = {
    # tr: Flashes up after a button: it worked.
    Toast.DONE: Phrase("toast", "Done."),
    # tr: Flashes up after a button: the button is old.
    Toast.STALE: Phrase("toast", "This button is no longer valid. Nothing was changed."),
    # tr: Flashes up after a button: someone else acted on the case in between.
    Toast.MOVED_ON: Phrase("toast", "This case has moved on in the meantime. Nothing was changed."),
    # tr: Flashes up after a button about a case that whoever pressed it has left to the others behind it.
    Toast.HAS_LEFT: Phrase("toast", "You have left this case; it goes on without you. Nothing was changed."),
    # tr: Flashes up after a button: the person may not do that.
    Toast.NOT_PERMITTED: Phrase("toast", "You are not permitted to do that. Nothing was changed."),
}
