"""Names of the program's own things: kinds, states, roles, answers, levels, figures.

Invariant: every member of each enumeration has exactly one name here, and a test counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from locales.catalogue import Phrase

KINDS: Final[Mapping[Kind, Phrase]] = {
    # tr: What a resident wants: something is wrong. 投诉
    Kind.COMPLAINT: Phrase("kind", "Complaint"),
    # tr: What a resident wants: help is needed. 求助
    Kind.REQUEST: Phrase("kind", "Request for help"),
    # tr: What a resident wants: an idea for the county. 建议
    Kind.SUGGESTION: Phrase("kind", "Suggestion"),
    # tr: What a resident wants: an answer to a question. 咨询
    Kind.ENQUIRY: Phrase("kind", "Enquiry"),
    # tr: What a resident wants: to say that someone did well. 表扬
    Kind.PRAISE: Phrase("kind", "Praise"),
}

STATES: Final[Mapping[State, Phrase]] = {
    # tr: State of a case: no unit has it, a supervisor will decide which one does.
    State.TRIAGE: Phrase("state", "being assigned"),
    # tr: State of a case: a unit has it and has not signed for it yet.
    State.ASSIGNED: Phrase("state", "waiting to be accepted"),
    # tr: State of a case: the unit signed for it and works on it.
    State.ACCEPTED: Phrase("state", "in progress"),
    # tr: State of a case: the unit asked the resident something and waits for the answer.
    State.WAITING: Phrase("state", "waiting for the resident"),
    # tr: State of a case: the unit says that it is done, and the resident is asked whether it is.
    State.RESOLVED: Phrase("state", "resolved, waiting for the rating"),
    # tr: State of a case: nothing more is asked of anyone.
    State.CLOSED: Phrase("state", "closed"),
    # tr: State of a case: the resident took it back.
    State.WITHDRAWN: Phrase("state", "withdrawn"),
    # tr: State of a case: a supervisor refused it for a legal reason.
    State.REFUSED: Phrase("state", "not taken up"),
    # tr: State of a case: it was joined with another one about the same thing.
    State.MERGED: Phrase("state", "merged with another case"),
}

ROLES: Final[Mapping[Role, Phrase]] = {
    # tr: Role: handles the cases of a unit. 经办人
    Role.OFFICER: Phrase("role", "officer"),
    # tr: Role: answers for a unit. 负责人
    Role.LEAD: Phrase("role", "lead"),
    # tr: Role: watches over the units. 督查
    Role.SUPERVISOR: Phrase("role", "supervisor"),
    # tr: Role: writes down cases for people who phone or come to a counter. 话务员
    Role.OPERATOR: Phrase("role", "operator"),
    # tr: Role: turns a resident's words into Chinese and an answer back. 双语干部
    Role.TRANSLATOR: Phrase("role", "translator"),
    # tr: Role: runs the service for the county. 管理员
    Role.ADMIN: Phrase("role", "admin"),
}

SOLVED: Final[Mapping[Solved, Phrase]] = {
    # tr: The resident's answer to "is it solved?"; also on the button.
    Solved.YES: Phrase("answer", "Solved"),
    # tr: The resident's answer to "is it solved?"; also on the button.
    Solved.PARTLY: Phrase("answer", "Partly solved"),
    # tr: The resident's answer to "is it solved?"; also on the button.
    Solved.NO: Phrase("answer", "Not solved"),
}

LEVELS: Final[Mapping[int, Phrase]] = {
    # tr: Satisfaction, 5 of 5; also on the button, after the number.
    5: Phrase("level", "very satisfied"),
    # tr: Satisfaction, 4 of 5; also on the button, after the number.
    4: Phrase("level", "satisfied"),
    # tr: Satisfaction, 3 of 5; also on the button, after the number.
    3: Phrase("level", "neutral"),
    # tr: Satisfaction, 2 of 5; also on the button, after the number.
    2: Phrase("level", "dissatisfied"),
    # tr: Satisfaction, 1 of 5; also on the button, after the number.
    1: Phrase("level", "very dissatisfied"),
}

RATES: Final[Mapping[str, Phrase]] = {
    # tr: Figure of the digest: cases that the unit signed for in time, out of those due for it.
    "accepted_in_time": Phrase("figure", "Accepted in time"),
    # tr: Figure of the digest: cases resolved before their deadline, out of those whose deadline fell in the period.
    "on_time": Phrase("figure", "Resolved on time"),
    # tr: Figure of the digest: cases the unit says it resolved, out of those due. Not the same as solved.
    "handled": Phrase("figure", "Resolved, says the unit"),
    # tr: Figure of the digest: closed cases of which a resident said that they are solved.
    "confirmed_solved": Phrase("figure", "Solved, says the resident"),
    # tr: Figure of the digest: of the cases that residents answered about, those they say are solved.
    "solved_among_answers": Phrase("figure", "Solved, of those who answered"),
    # tr: Figure of the digest: closed cases that the resident answered about.
    "answered": Phrase("figure", "Rated by the resident"),
    # tr: Figure of the digest: answers with 4 or 5 of 5, out of all answers.
    "satisfied_among_answers": Phrase("figure", "Satisfied, of those who answered"),
    # tr: Figure of the digest: the same, counting everybody who did not answer as not satisfied.
    "satisfied_lowest_case": Phrase("figure", "Satisfied, silence counted as no"),
    # tr: Figure of the digest: of the cases that were rated, those whose rating was heard by telephone.
    "answered_by_phone": Phrase("figure", "Rated by telephone, of those rated"),
    # tr: Figure of the digest: of the cases that were rated by telephone, those that are solved.
    "solved_by_phone": Phrase("figure", "Solved, of those rated by telephone"),
    # tr: Figure of the digest: of the scores that were heard by telephone, those with 4 or 5 of 5.
    "satisfied_by_phone": Phrase("figure", "Satisfied, of scores by telephone"),
    # tr: Figure of the digest: cases that went on because the resident said they are not solved.
    "reopened": Phrase("figure", "Reopened"),
    # tr: Figure of the digest: of the cases that somebody outside the unit asked about again, those that are not solved.
    "false_closures": Phrase("figure", "Not solved, says a callback"),
    # tr: Figure of the digest: of the cases that residents were heard about months after their end, those still solved.
    "still_solved": Phrase("figure", "Still solved, months later"),
    # tr: Rate of the digest: of what officials proposed after field visits, how much became a measure with owner and date.
    "became_measures": Phrase("figure", "Proposals from visits that became measures"),
    # tr: Rate of the digest: of the measures whose date fell in the period, how many were done by it.
    "measures_in_time": Phrase("figure", "Measures done by their date"),
    # tr: Figure of the digest: of the cases that residents were heard about less than half a year later, those still solved.
    "still_solved_months": Phrase("figure", "Still solved, within half a year"),
    # tr: Figure of the digest: of the cases that residents were heard about half a year later or more, those still solved.
    "still_solved_year": Phrase("figure", "Still solved, a year later"),
    # tr: Figure of the digest: answers 4 or 5 about livelihood projects with visible results. 显绩
    "projects_visible": Phrase("figure", "Satisfied with projects, visible results"),
    # tr: Figure of the digest: answers 4 or 5 about livelihood projects that are groundwork. 潜绩
    "projects_lasting": Phrase("figure", "Satisfied with projects, groundwork"),
    # tr: Figure of the digest: answers 4 or 5 about livelihood projects, 90 days after the first answer.
    "projects_again": Phrase("figure", "Satisfied with projects after 90 days"),
    # tr: Figure of the digest: answers "good" of the newest appraisal by those served. 民主评议
    "appraised_good": Phrase("figure", "Appraisal: good"),
    # tr: Figure of the digest: words that a translator translated before the limit.
    "translated_in_time": Phrase("figure", "Translated in time"),
    # tr: Figure of the digest: of the words that wait for a translator, those past their limit.
    "translations_late": Phrase("figure", "Waiting for translation, late"),
}
"""Rates in the order in which the digest shows them."""

SHORT: Final[Mapping[str, Phrase]] = {
    # tr: On the front of the digest, as short as can be: cases resolved before their deadline.
    "on_time": Phrase("short", "On time"),
    # tr: On the front of the digest, as short as can be: cases the unit says it resolved, out of those due.
    "handled": Phrase("short", "Units say: resolved"),
    # tr: On the front of the digest, as short as can be: closed cases of which a resident said that they are solved.
    "confirmed_solved": Phrase("short", "Residents say: solved"),
    # tr: On the front of the digest, as short as can be: of the cases that residents answered about, those that are solved.
    "solved_among_answers": Phrase("short", "Solved, of answers"),
    # tr: On the front of the digest, as short as can be: closed cases that the resident answered about.
    "answered": Phrase("short", "Rated"),
    # tr: On the front of the digest, as short as can be: answers with 4 or 5 of 5, out of all answers.
    "satisfied_among_answers": Phrase("short", "Satisfied, of answers"),
    # tr: On the front of the digest, as short as can be: the same, counting whoever did not answer as not satisfied.
    "satisfied_lowest_case": Phrase("short", "Satisfied, of all"),
}
"""How rates are called where a line is narrow; those that are not here are short enough."""
