"""What stands on the buttons of livelihood projects.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

PROJECT_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Official's button: say what was reached in a livelihood project.
    Label.ADD_MILESTONE: Phrase("button", "Say what was reached"),
    # tr: Button: show the photos of what was reached in a livelihood project; {value} is the date, as 2026-11-24.
    Label.SEE_PHOTOS: Phrase("button", "Photos: {value}"),
    # tr: Official's button: erase the photos of something that was reached in a livelihood project.
    Label.ERASE_PHOTOS: Phrase("button", "Erase these photos"),
    # tr: Official's button: photo number {value} shows how it was before; a press says that it shows what was reached.
    Label.PHOTO_BEFORE: Phrase("button", "Photo {value}: before"),
    # tr: Official's button: photo number {value} shows what was reached; a press says that it shows how it was before.
    Label.PHOTO_AFTER: Phrase("button", "Photo {value}: after"),
    # tr: Official's button: let everybody read what was reached in a livelihood project.
    Label.PUBLISH: Phrase("button", "Publish"),
    # tr: Button: show the list of livelihood projects.
    Label.ALL_PROJECTS: Phrase("button", "All projects"),
}
