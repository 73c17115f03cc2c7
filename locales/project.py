"""What is read about livelihood projects (民生项目): what was reached, and what people think of it.

Invariant: below a few answers only their number is shown.
"""

from __future__ import annotations

from fractions import Fraction

from bot.rules.message import LinkChoice, MilestoneWanted, ProjectList, ProjectMessage, ProjectPage
from bot.rules.project import SMALLEST
from locales.facts import BLANK
from locales.markup import Block, Quote
from locales.speech import Speech


def blocks(speech: Speech, message: ProjectMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case ProjectList():
            return [
                # tr: Heading of the list of livelihood projects (民生项目).
                speech.heading("Livelihood projects"),
                # tr: Under the heading of the list of livelihood projects.
                speech.line("Choose one to see what was reached, and to say how satisfied you are."),
            ]
        case ProjectPage():
            return project_page(speech, message)
        case MilestoneWanted(project=project):
            return [
                # tr: Heading: an official is about to say what was reached in a livelihood project; {project} is its name.
                speech.heading("{project}: what was reached?", project=speech.project(project)),
                # tr: To an official, before they write what was reached in a livelihood project.
                speech.line("Write it in one message. Everybody can read it."),
                # tr: How to leave a question unanswered; {command} is /cancel.
                speech.line("To leave it: {command}", command="/cancel"),
            ]
        case LinkChoice():
            return [
                # tr: Heading for officials who want a link as a square code to hang up.
                speech.heading("A link to hang up"),
                # tr: To officials: what the links lead to.
                speech.line("To a livelihood project, or to a report about one of these matters. You get a QR code."),
            ]


def project_page(speech: Speech, page: ProjectPage) -> list[Block]:
    """Show a project."""
    said: list[Block] = [
        # tr: Heading: the name of a livelihood project.
        speech.heading("{project}", project=speech.project(page.project)),
        speech.line("Responsible unit: {unit}", unit=speech.unit(page.unit)),
    ]
    if page.is_lasting:
        # tr: A livelihood project that is groundwork, whose results come late (潜绩).
        said.append(speech.line("Groundwork: its results come late."))
    else:
        # tr: A livelihood project whose results are seen at once (显绩).
        said.append(speech.line("Its results can be seen at once."))
    if page.milestones:
        # tr: Heading over what was reached in a livelihood project.
        said += [BLANK, speech.heading("Reached")]
    for each in page.milestones:
        # tr: When something was reached in a livelihood project; what it was stands under it.
        said += [speech.line("{moment}", moment=speech.moment(each.at)), Quote(each.words)]
    said += [BLANK, *_answers(speech, page)]
    if page.may_judge and page.has_judged:
        # tr: Asks somebody who judged a livelihood project 90 days ago.
        said += [BLANK, speech.line("You said how satisfied you are some months ago. And today?")]
    elif page.may_judge:
        # tr: Asks somebody about a livelihood project; buttons with degrees of satisfaction stand under it.
        said += [BLANK, speech.line("How satisfied are you with it? Nobody sees who says what.")]
    elif page.has_judged:
        # tr: Somebody has said how satisfied they are with a livelihood project.
        said += [BLANK, speech.line("You have said it. Thank you.")]
    return said


def _answers(speech: Speech, page: ProjectPage) -> list[Block]:
    if page.answers < SMALLEST:
        return [
            # tr: How many have said how satisfied they are with a livelihood project; too few to show what they said.
            speech.line(
                "Have answered: {answers}. What they said is shown from {least} answers up.",
                answers=speech.number(page.answers),
                least=speech.number(SMALLEST),
            )
        ]
    share = speech.percent(Fraction(page.satisfied, page.answers))
    said: list[Block] = [
        # tr: How many of those who answered are satisfied with a livelihood project.
        speech.line(
            "Satisfied: {share} ({satisfied} of {answers})",
            share=share,
            satisfied=speech.number(page.satisfied),
            answers=speech.number(page.answers),
        )
    ]
    if page.again_answers >= SMALLEST:
        again = speech.percent(Fraction(page.again_satisfied, page.again_answers))
        said.append(
            # tr: How many are satisfied with a livelihood project, of those who were asked once more after 90 days.
            speech.line(
                "After some months: {share} ({satisfied} of {answers})",
                share=again,
                satisfied=speech.number(page.again_satisfied),
                answers=speech.number(page.again_answers),
            )
        )
    return said
