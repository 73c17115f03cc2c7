"""What stands on buttons for whoever sees them.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

GENERAL_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under a list: open this case.
    Label.SHOW_CASE: Phrase("button", "Show {case}"),
    # tr: Button: stop what was begun.
    Label.CANCEL: Phrase("button", "Cancel"),
    # tr: Button: choose another language.
    Label.CHANGE_LANGUAGE: Phrase("button", "Change the language"),
    # tr: Button under the help: what can be chosen: how much one hears, the language.
    Label.SETTINGS: Phrase("button", "Settings"),
    # tr: Button in the settings: be told of every step of one's own cases.
    Label.HEAR_ALL: Phrase("button", "Tell me every step"),
    # tr: Button in the settings: be told only what needs an answer, what the unit writes, and how it ended.
    Label.HEAR_NEEDED: Phrase("button", "Only what needs me"),
    # tr: Button in the settings, in a language that no native reader has signed off yet: Chinese under each message.
    Label.CHINESE_TOO: Phrase("button", "Show Chinese under it"),
    # tr: Button in the settings: no Chinese under the messages any more.
    Label.CHINESE_NOT: Phrase("button", "No Chinese under it"),
    # tr: Button under a list of choices: back to the draft, nothing changed.
    Label.BACK: Phrase("button", "Back"),
}
