"""What is read about livelihood projects (民生项目): what was reached, and what people think of it.

Invariant: below a few answers only their number is shown.
"""

from __future__ import annotations

from fractions import Fraction

from bot.rules.message.project import (
    LinkChoice,
    MilestoneCard,
    MilestoneWanted,
    PhotoShown,
    PhotosOwned,
    ProjectList,
    ProjectMessage,
    ProjectPage,
)
from bot.rules.project import SMALLEST
from locales.facts import BLANK, as_written
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
                speech.line(
                    "Write it, and send photos if there are any, of before and after. Then you publish it for everybody."
                ),
                # tr: How to leave a question unanswered; {command} is /cancel.
                speech.line("To leave it: {command}", command="/cancel"),
            ]
        case MilestoneCard():
            return _card(speech, message)
        case PhotoShown():
            return [_photo(speech, message)]
        case PhotosOwned(are_gone=gone):
            if gone:
                # tr: Tells an official that photos of a livelihood project are erased.
                return [speech.line("The photos are erased. What was written stays.")]
            return [
                # tr: To an official under the photos of a project of their unit, as when somebody is to be seen in one.
                speech.line("Everybody can see these photos. If a face, a name or a number plate is on one, erase them.")
            ]
        case LinkChoice():
            return [
                # tr: Heading for officials who want a link as a square code to hang up.
                speech.heading("A link to hang up"),
                # tr: To officials: what the links lead to.
                speech.line("To a livelihood project, or to a report about one of these matters. You get a QR code."),
            ]


def _card(speech: Speech, card: MilestoneCard) -> list[Block]:
    # tr: Heading: what an official is about to publish of a livelihood project; {project} is its name.
    said: list[Block] = [speech.heading("{project}: what was reached", project=speech.project(card.project))]
    if card.words:
        said.append(Quote(card.words))
    else:
        # tr: To an official who sent photos of a livelihood project and no words yet.
        said.append(speech.line("Now write in one message what was reached."))
    if card.photos:
        before = sum(card.photos)
        said.append(
            # tr: How many photos of a livelihood project show how it was before, and how many what was reached.
            speech.line(
                "Photos: {before} before, {after} after",
                before=speech.number(before),
                after=speech.number(len(card.photos) - before),
            )
        )
    if card.photos and not card.is_published:
        # tr: To an official about the buttons under a card, one for each photo, which say: before, or: after.
        said.append(speech.line("A photo's button turns it from after to before, and back."))
    if card.is_published:
        # tr: What an official wrote about a livelihood project can be read by everybody now.
        said += [BLANK, speech.line("Published.")]
    elif card.words:
        # tr: Under what an official is about to publish about a livelihood project; a button for it stands below.
        said += [BLANK, speech.line("Everybody will see it. Nobody's face, name or number plate should be on a photo.")]
    return said


def _photo(speech: Speech, shown: PhotoShown) -> Block:
    fields = {"moment": speech.moment(shown.at), "place": speech.number(shown.place), "of": speech.number(shown.of)}
    if shown.is_before:
        # tr: Under a photo of a livelihood project; {moment} is when it was told what was reached.
        return speech.line("{moment} · before · photo {place} of {of}", **fields)
    # tr: Under a photo of a livelihood project; {moment} is when it was told what was reached.
    return speech.line("{moment} · after · photo {place} of {of}", **fields)


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
        said += [speech.line("{moment}", moment=speech.moment(each.at)), *as_written(speech, each.words)]
        if each.photos:
            # tr: Under what was reached in a livelihood project: how many photos of it a button below shows.
            said.append(speech.line("Photos: {count}", count=speech.number(each.photos)))
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
