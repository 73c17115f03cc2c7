"""What is said around proposals from field visits and the measures that become of them.

Invariant: no sentence is put together from pieces; what people wrote stands as a quotation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.measure import MeasureStep, Proposal, Standing
from bot.rules.message.measure import (
    MeasureCard,
    MeasureChoice,
    MeasureLine,
    MeasureList,
    MeasureMessage,
    MeasureNews,
    MeasureWordsWanted,
    Owner,
)
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.markup import Block, Quote, bold
from locales.speech import Speech

GLIMPSE: Final = 40
"""Letters of a proposal that its line in a list shows."""


def blocks(speech: Speech, message: MeasureMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case MeasureCard():
            return _card(speech, message)
        case MeasureChoice():
            return _choice(speech, message)
        case MeasureList():
            return _list(speech, message)
        case MeasureWordsWanted(number=number, step=step):
            if number is None or step is None:
                # tr: Asks an official for what was proposed on a field visit; names are not wanted.
                return [speech.line("What was proposed, or what did you find? Write it in one message, without names.")]
            return [speech.paragraph(WANTED[step], proposal=number)]


def _card(speech: Speech, card: MeasureCard) -> list[Block]:
    proposal = card.proposal
    said: list[Block] = [
        bold(speech.paragraph(HEADINGS[card.news], proposal=proposal.number)),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(proposal.township)),
        *_owned(speech, proposal),
        *_quoted(speech, card.words),
    ]
    if card.reason is not None:
        # tr: Above the reason why owner or date of a measure were changed.
        said += [speech.line("Why it was changed:"), Quote(card.reason)]
    if card.closing is not None:
        # tr: Above what was done for a measure.
        done = speech.line("What was done:")
        # tr: Above the reason why nothing comes of a proposal or a measure.
        dropped = speech.line("Why it was given up:")
        said += [done if proposal.standing is Standing.DONE else dropped, Quote(card.closing)]
    return said


def _owned(speech: Speech, proposal: Proposal) -> list[Block]:
    if proposal.owner is None or proposal.due_at is None:
        return []
    unit = None if proposal.owner_unit is None else speech.unit(proposal.owner_unit)
    if unit is None:
        # tr: Fact: who sees to a measure, by the end of their sign.
        owner = speech.line("Owner: {sign}", sign=proposal.owner[-4:])
    else:
        # tr: Fact: who sees to a measure: the unit, and the official by the end of their sign.
        owner = speech.line("Owner: {unit}, {sign}", unit=unit, sign=proposal.owner[-4:])
    # tr: Fact: by when a measure is to be carried out.
    return [owner, speech.line("To be done by: {due}", due=speech.moment(proposal.due_at))]


def _quoted(speech: Speech, words: str | None) -> list[Block]:
    # tr: In place of what an official wrote about a field visit, once it was erased.
    return [BLANK, Quote(words) if words else speech.line("What was written is not kept any more.")]


def _choice(speech: Speech, choice: MeasureChoice) -> list[Block]:
    # tr: Heading while owner and date of a measure are being chosen from buttons; {proposal} is its number.
    said: list[Block] = [speech.heading("{proposal}: who sees to it, and by when?", proposal=choice.number)]
    said += _quoted(speech, choice.words)
    said += [BLANK, _chosen(speech, choice.owner)]
    # tr: Fact: by when a measure is to be carried out.
    said.append(speech.line("To be done by: {due}", due=speech.moment(choice.due_at)))
    if choice.is_fixed:
        # tr: While a measure is being changed whose date has passed.
        said.append(speech.line("The date has passed and stays what it was; only the owner can change."))
    return said


def _chosen(speech: Speech, owner: Owner | None) -> Block:
    if owner is None:
        # tr: Nobody is chosen yet who sees to a measure.
        return speech.line("Owner: please choose")
    if owner.is_reader:
        # tr: The reader is chosen to see to a measure.
        return speech.line("Owner: you yourself")
    if owner.unit is None:
        # tr: Fact: who sees to a measure, by the end of their sign.
        return speech.line("Owner: {sign}", sign=owner.staff[-4:])
    # tr: Fact: who sees to a measure: the unit, and the official by the end of their sign.
    return speech.line("Owner: {unit}, {sign}", unit=speech.unit(owner.unit), sign=owner.staff[-4:])


def _list(speech: Speech, page: MeasureList) -> list[Block]:
    # tr: Heading of the list of proposals from field visits and the measures that became of them; {total} is how many.
    said: list[Block] = [speech.heading("Proposals and measures, open: {total}", total=speech.number(page.total))]
    if page.late:
        # tr: Under the heading of a list of measures: how many of them are past their date.
        said.append(speech.line("Past their date: {late}", late=speech.number(page.late)))
    if not page.lines:
        # tr: In place of the list of proposals and measures; {command} is the command that logs a visit.
        said.append(speech.line("Nothing is open. Proposals are noted after a field visit: {command}", command="/visit"))
    for line in page.lines:
        said += [BLANK, *_line(speech, line)]
    return said


def _line(speech: Speech, line: MeasureLine) -> list[Block]:
    proposal = line.proposal
    if proposal.due_at is None:
        # tr: In a list: a proposal that is no measure yet.
        head = speech.line("{proposal}: not a measure yet", proposal=proposal.number)
    elif line.is_late:
        # tr: In a list: a measure that is past its date.
        head = speech.line("🔴 {proposal}: was due {due}", proposal=proposal.number, due=speech.moment(proposal.due_at))
    else:
        # tr: In a list: a measure and its date.
        head = speech.line("{proposal}: due {due}", proposal=proposal.number, due=speech.moment(proposal.due_at))
    words = line.words or ""
    glimpse = words if len(words) <= GLIMPSE else f"{words[:GLIMPSE]}…"
    return [bold(head), *([Quote(glimpse)] if glimpse else [])]


HEADINGS: Final[Mapping[MeasureNews, Phrase]] = {
    # tr: Heading of a proposal or a measure that is looked at; {proposal} is its number.
    MeasureNews.SHOWN: Phrase("measure", "{proposal}, from a field visit"),
    # tr: Heading: what was proposed on a field visit is in the ledger now.
    MeasureNews.NOTED: Phrase("measure", "{proposal}: the proposal is noted"),
    # tr: Heading, to whoever is to see to a measure from now on.
    MeasureNews.GIVEN: Phrase("measure", "{proposal}: this measure is yours"),
    # tr: Heading: a proposal is a measure now.
    MeasureNews.SET: Phrase("measure", "{proposal}: it is a measure now"),
    # tr: Heading: owner or date of a measure were changed.
    MeasureNews.CHANGED: Phrase("measure", "{proposal}: the measure was changed"),
    # tr: Heading of a reminder: the date of a measure comes.
    MeasureNews.SOON: Phrase("measure", "{proposal}: the date of this measure comes"),
    # tr: Heading of a note to a lead: the date of a measure has passed, and it is not carried out.
    MeasureNews.LATE: Phrase("measure", "{proposal}: this measure is past its date"),
    # tr: Heading: a measure was carried out. 落实
    MeasureNews.DONE: Phrase("measure", "{proposal}: the measure is carried out"),
    # tr: Heading: nothing comes of a proposal or a measure.
    MeasureNews.DROPPED: Phrase("measure", "{proposal}: it was given up"),
}

WANTED: Final[Mapping[MeasureStep, Phrase]] = {
    # tr: Asks whoever saw to a measure for what was done.
    MeasureStep.DONE: Phrase("measure", "{proposal}: what was done? Write it in one message."),
    # tr: Asks for the reason why nothing comes of a proposal or a measure.
    MeasureStep.DROP: Phrase("measure", "{proposal}: why is it given up? Write it in one message."),
    # tr: Asks for the reason why owner or date of a measure change.
    MeasureStep.CHANGE: Phrase("measure", "{proposal}: why does it change? Write it in one message."),
    # tr: Asks again for owner and date of a measure.
    MeasureStep.SET: Phrase("measure", "{proposal}: please choose with the buttons who sees to it, and by when."),
}
