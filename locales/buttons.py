"""What stands on buttons, in flashes and in the menu of commands.

Invariant: a button's text is plain and short; in Xibe it carries both languages where a word is attested.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.rules.county import Role
from bot.rules.entry import Solved
from bot.rules.message import Toast
from locales.catalogue import Phrase
from locales.terms import LEVELS, SOLVED


class Label(StrEnum):
    """Every button that is not a name of a county thing."""

    SEND = "send"
    DISCARD = "discard"
    PICK_KIND = "pick_kind"  # field: value
    PICK_CATEGORY = "pick_category"  # field: value
    PICK_TOWNSHIP = "pick_township"  # field: value
    BACK = "back"
    UNKNOWN_TOWNSHIP = "unknown_township"
    ACCEPT = "accept"
    RESOLVE = "resolve"
    EXTEND = "extend"
    TRANSFER = "transfer"
    SOLVED_YES = "solved_yes"
    SOLVED_PARTLY = "solved_partly"
    SOLVED_NO = "solved_no"
    SCORE_1 = "score_1"
    SCORE_2 = "score_2"
    SCORE_3 = "score_3"
    SCORE_4 = "score_4"
    SCORE_5 = "score_5"
    GO_ON = "go_on"
    LET_REST = "let_rest"
    SHOW_CASE = "show_case"  # field: case
    CANCEL = "cancel"
    CHANGE_LANGUAGE = "change_language"
    LET_IN = "let_in"
    KEEP_OUT = "keep_out"


BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under a draft: file it. 提交
    Label.SEND: Phrase("button", "Send"),
    # tr: Button under a draft: throw it away.
    Label.DISCARD: Phrase("button", "Discard"),
    # tr: Button under a draft: choose another kind; shows the present one.
    Label.PICK_KIND: Phrase("button", "Kind: {value}"),
    # tr: Button under a draft: choose another category; shows the present one.
    Label.PICK_CATEGORY: Phrase("button", "Category: {value}"),
    # tr: Button under a draft: choose another township; shows the present one.
    Label.PICK_TOWNSHIP: Phrase("button", "Place: {value}"),
    # tr: Button under a list of choices: back to the draft, nothing changed.
    Label.BACK: Phrase("button", "Back"),
    # tr: Button in the list of townships: the resident does not know, or it is nowhere in particular.
    Label.UNKNOWN_TOWNSHIP: Phrase("button", "I cannot say where"),
    # tr: Officer's button: the unit signs for the case. 签收
    Label.ACCEPT: Phrase("button", "Accept"),
    # tr: Officer's button: the unit says that it is done. 办结
    Label.RESOLVE: Phrase("button", "Resolve"),
    # tr: Officer's button: ask for a later deadline. 延期
    Label.EXTEND: Phrase("button", "Extend"),
    # tr: Officer's button: it is not ours, give it back. 退回
    Label.TRANSFER: Phrase("button", "Transfer"),
    Label.SOLVED_YES: SOLVED[Solved.YES],
    Label.SOLVED_PARTLY: SOLVED[Solved.PARTLY],
    Label.SOLVED_NO: SOLVED[Solved.NO],
    # tr: Resident's button: it is partly solved, the unit shall go on.
    Label.GO_ON: Phrase("button", "Go on with it"),
    # tr: Resident's button: it is partly solved, and that is enough.
    Label.LET_REST: Phrase("button", "Leave it at that"),
    # tr: Button under a list: open this case.
    Label.SHOW_CASE: Phrase("button", "Show {case}"),
    # tr: Button: stop what was begun.
    Label.CANCEL: Phrase("button", "Cancel"),
    # tr: Admin's button: the one who asked becomes an admin.
    Label.LET_IN: Phrase("button", "Agree"),
    # tr: Admin's button: the one who asked does not become an admin.
    Label.KEEP_OUT: Phrase("button", "Refuse"),
    # tr: Button: choose another language.
    Label.CHANGE_LANGUAGE: Phrase("button", "Change the language"),
}

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
    # tr: Flashes up after a button: the person may not do that.
    Toast.NOT_PERMITTED: Phrase("toast", "You are not permitted to do that. Nothing was changed."),
}

COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands: begin.
    "start": Phrase("command", "Begin"),
    # tr: In the menu of commands: report something.
    "new": Phrase("command", "Report something"),
    # tr: In the menu of commands: the resident's own cases.
    "my": Phrase("command", "My cases and where they stand"),
    # tr: In the menu of commands: choose the language.
    "language": Phrase("command", "Choose the language"),
    # tr: In the menu of commands: help.
    "help": Phrase("command", "Help"),
    # tr: In the menu of commands: stop what was begun.
    "cancel": Phrase("command", "Stop what was begun"),
    # tr: In the menu of commands, for officials: the unit's open cases.
    "tasks": Phrase("command", "Open cases, what runs out first on top"),
    # tr: In the menu of commands, for admins: the digest.
    "digest": Phrase("command", "The county's digest"),
}

RESIDENT_COMMANDS: Final = ("start", "new", "my", "language", "help", "cancel")


def commands_of(role: Role | None) -> tuple[str, ...]:
    """Return the commands in someone's menu, their own work first; None is a resident."""
    match role:
        case None:
            return RESIDENT_COMMANDS
        case Role.ADMIN:
            return ("digest", *RESIDENT_COMMANDS)
        case _:
            return ("tasks", *RESIDENT_COMMANDS)


def level_of(score: int) -> Phrase:
    """Return the word for a degree of satisfaction, 1 to 5."""
    return LEVELS[score]
