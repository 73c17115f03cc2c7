"""What stands in the menu of commands, for residents and for each who holds a role.

Invariant: whoever holds a role sees their own work first, then all that residents see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.county import Role
from locales.catalogue import Phrase

RESIDENT_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands: begin.
    "start": Phrase("command", "Begin"),
    # tr: In the menu of commands: report something.
    "new": Phrase("command", "Report something"),
    # tr: In the menu of commands: the resident's own cases.
    "my": Phrase("command", "My cases and where they stand"),
    # tr: In the menu of commands: the signed receipt of a case and its proof.
    "proof": Phrase("command", "Signed receipt of a case, and its proof"),
    # tr: In the menu of commands: follow in this chat a case that was reported by phone or at a counter.
    "link": Phrase("command", "Follow a case reported by phone"),
    # tr: In the menu of commands: livelihood projects. 民生项目
    "projects": Phrase("command", "Livelihood projects: judge them"),
    # tr: In the menu of commands: choose the language.
    "language": Phrase("command", "Choose the language"),
    # tr: In the menu of commands: how much one hears, the language.
    "settings": Phrase("command", "How much I hear, and in which language"),
    # tr: In the menu of commands: everything that is kept about oneself, as a file.
    "mydata": Phrase("command", "Everything that is kept about me"),
    # tr: In the menu of commands: have one's own data erased.
    "forget": Phrase("command", "Have my data erased"),
    # tr: In the menu of commands: the page about privacy.
    "privacy": Phrase("command", "What becomes of what I write"),
    # tr: In the menu of commands: help.
    "help": Phrase("command", "Help"),
    # tr: In the menu of commands: stop what was begun.
    "cancel": Phrase("command", "Stop what was begun"),
}


WATCHING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for supervisors: cases that no unit has.
    "triage": Phrase("command", "Cases that no unit has"),
}


OFFICIAL_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for officials: the unit's open cases.
    "tasks": Phrase("command", "Open cases, what runs out first on top"),
    # tr: In the menu of commands, for officials and supervisors: search.
    "find": Phrase("command", "Find a case by number or words"),
    # tr: In the menu of commands, for officials: go on leave, name a deputy, be back.
    "leave": Phrase("command", "Leave and deputy"),
}


CALLING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for operators, supervisors and admins: drawn cases to be asked about again. 回访
    "callbacks": Phrase("command", "Drawn cases to call back"),
}


ENTERING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for operators: enter a case for somebody who phones. 民生实事监督热线
    "hotline": Phrase("command", "Hotline: enter a call"),
    # tr: In the menu of commands, for operators: enter a case for somebody who comes to a counter. 大厅
    "counter": Phrase("command", "Counter: enter a visitor's case"),
    # tr: In the menu of commands, for operators: callers who wait to be asked whether it is solved.
    "calls": Phrase("command", "Callers to ask: is it solved?"),
    # tr: In the menu of commands, for operators: a caller lost the code of their case and gets another one.
    "code": Phrase("command", "Make a lost code anew"),
}


MEETING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for officials: residents' meetings. 群众议事厅
    "meeting": Phrase("command", "Residents' meetings"),
    # tr: In the menu of commands, for officials: links and QR codes to hang up.
    "links": Phrase("command", "Links and QR codes to hang up"),
}


TRANSLATING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for translators and operators: what is to be translated or written down.
    "translate": Phrase("command", "What is to be translated"),
}


VISITING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for officials: put a field visit down. 走访
    "visit": Phrase("command", "Field visit: log it and enter what you heard"),
    # tr: In the menu of commands, for officials: what was proposed on field visits, and the measures that became of it. 措施
    "measures": Phrase("command", "Measures from field visits"),
}


LEADING_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for leads: link a work group (a chat of several) to the unit.
    "group": Phrase("command", "Work group of the unit"),
}


ADMIN_COMMANDS: Final[Mapping[str, Phrase]] = {
    # tr: In the menu of commands, for admins: the digest.
    "digest": Phrase("command", "The county's digest"),
    # tr: In the menu of commands, for leads, supervisors and admins: points of the units.
    "scorecard": Phrase("command", "Scorecards of the units"),
    # tr: In the menu of commands, for officials: early warnings and integrity signals. 预警
    "warnings": Phrase("command", "Warnings"),
    # tr: In the menu of commands, for leads and admins: who works here.
    "staff": Phrase("command", "Who works here"),
    # tr: In the menu of commands, for supervisors and admins: what residents who were served say of the units. 民主评议
    "survey": Phrase("command", "Appraisal by those served"),
    # tr: In the menu of commands, for supervisors and admins: who saw or did what.
    "audit": Phrase("command", "Who saw or did what"),
    # tr: In the menu of commands, for officials: who is woken at night and on days off. 值班
    "duty": Phrase("command", "Who is on duty"),
    # tr: In the menu of commands, for admins: put a changed county file in force.
    "reload": Phrase("command", "Put the changed county file in force"),
}


COMMANDS: Final[Mapping[str, Phrase]] = {
    **RESIDENT_COMMANDS,
    **OFFICIAL_COMMANDS,
    **WATCHING_COMMANDS,
    **CALLING_COMMANDS,
    **ENTERING_COMMANDS,
    **VISITING_COMMANDS,
    **MEETING_COMMANDS,
    **TRANSLATING_COMMANDS,
    **LEADING_COMMANDS,
    **ADMIN_COMMANDS,
}


# tr: What the bot is, on its page in Telegram before anybody has written to it; at most 512 letters. {county} is the county;
# tr: {police}, {fire} and {doctor} are the numbers to ring in danger.
DESCRIPTION = Phrase(
    "profile",
    "The voice desk of {county}. Write in one message what is wrong and where; a photo or a voice message will do, too. "
    "You get a number and a date, see who answers for it, and say in the end if it is solved. The officers see what you "
    "write, not who you are. In danger ring {police}, {fire} or {doctor}.",
)
# tr: What the bot is, in a line, where its link is shared; at most 120 letters. {county} is the county.
SHORT_DESCRIPTION = Phrase("profile", "The voice desk of {county}: say what is wrong, see what becomes of it, judge it.")


EVENTS: Final = (*VISITING_COMMANDS, "meeting", "links")
"""What leads to residents rather than to cases."""

WORK: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.ADMIN: (*ADMIN_COMMANDS, *WATCHING_COMMANDS, *CALLING_COMMANDS, *EVENTS, "leave"),
    Role.SUPERVISOR: (
        *(*WATCHING_COMMANDS, "find", *CALLING_COMMANDS, *ENTERING_COMMANDS, *EVENTS),
        *("leave", "duty", "digest", "warnings", "scorecard", "survey", "audit"),
    ),
    Role.LEAD: (*OFFICIAL_COMMANDS, *EVENTS, "warnings", "scorecard", "staff", "duty", *LEADING_COMMANDS),
    Role.OFFICER: (*OFFICIAL_COMMANDS, *EVENTS, "warnings", "duty"),
    Role.OPERATOR: (*ENTERING_COMMANDS, *CALLING_COMMANDS, *TRANSLATING_COMMANDS, *EVENTS, "leave"),
    Role.TRANSLATOR: (*TRANSLATING_COMMANDS, "leave"),
}
"""The commands of each role's own work."""


def commands_of(role: Role | None) -> tuple[str, ...]:
    """Return the commands in someone's menu, their own work first; None is a resident."""
    return (*(WORK[role] if role is not None else ()), *RESIDENT_COMMANDS)
