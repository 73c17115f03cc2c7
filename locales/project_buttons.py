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
    # tr: Button: show the list of livelihood projects.
    Label.ALL_PROJECTS: Phrase("button", "All projects"),
}
