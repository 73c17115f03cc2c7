"""What residents read when they follow a case of their own: where it stands, what happened, what they can do about it.

Invariant: every step is a sentence of the catalogue; whatever somebody said stands in a quotation of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from bot.rules.entry import Look
from bot.rules.message import (
    AdditionTaken,
    AdditionWanted,
    CaseLeft,
    CasePage,
    CaseWithdrawn,
    FollowingMessage,
    LeavingWanted,
    PageLine,
    PageStep,
    PersonPromised,
    UrgeTaken,
    WithdrawalWanted,
)
from locales.catalogue import Phrase
from locales.facts import BLANK, due, matter
from locales.markup import Block, Quote, cleaned, code, escape, shortened
from locales.meanwhile import STOCK
from locales.speech import Speech
from locales.tracking import standing

PREVIEW_CHARACTERS: Final = 300
PREVIEW_LINES: Final = 6
"""How much of what was said is repeated on the page of a case."""

PLAIN: Final[Mapping[PageStep, Phrase]] = {
    # tr: Step of a case, for its resident: the unit says that the case is not theirs, a supervisor finds another one.
    PageStep.TRANSFERRED: Phrase("step", "{unit} gave it back; a supervisor decides who takes it"),
    # tr: Step of a case, for its resident: the unit has signed for it.
    PageStep.ACCEPTED: Phrase("step", "{unit} has signed for it"),
    # tr: Step of a case, for its resident: it is another unit's now.
    PageStep.ASSIGNED: Phrase("step", "Given to {unit}"),
    # tr: Step of a case, for its resident: another unit works on it too.
    PageStep.UNIT_ADDED: Phrase("step", "{unit} works on it too"),
    # tr: Step of a case, for its resident: the unit asked them something; the question follows.
    PageStep.ASKED: Phrase("step", "{unit} asked you"),
    # tr: Step of a case, for its resident: the unit's question was answered; the answer follows.
    PageStep.ANSWERED: Phrase("step", "The question was answered"),
    # tr: Step of a case, for its resident: the time for an answer was over.
    PageStep.EXPIRED: Phrase("step", "No answer came in time, the work goes on"),
    # tr: Step of a case, for its resident: the unit does not need the answer any more.
    PageStep.DROPPED: Phrase("step", "The answer is no longer needed, the work goes on"),
    # tr: Step of a case, for its resident: the unit wrote to them; the words follow.
    PageStep.WROTE: Phrase("step", "{unit} wrote"),
    # tr: Step of a case, for its resident: the unit added a photo or document that shows what was done.
    PageStep.EVIDENCE: Phrase("step", "{unit} added a file as evidence"),
    # tr: Step of a case, for its resident: the unit says that it is done; its words follow.
    PageStep.RESOLVED: Phrase("step", "{unit} says that it is done"),
    # tr: Step of a case, for its resident: they said whether it is solved; {solved} is the answer's button.
    PageStep.JUDGED: Phrase("step", "You judged it: {solved}"),
    # tr: Step of a case, for its resident: the limit had passed, and they said if it is fixed; {solved} is the answer.
    PageStep.FIXED_SAID: Phrase("step", "The limit had passed, and you said: {solved}"),
    # tr: Step of a case, for its resident: months later they said if it is still solved; {solved} is the answer.
    PageStep.FOLLOWED_UP: Phrase("step", "Asked again later, you said: {solved}"),
    # tr: Step of a case, for its resident: they said something about how it was handled; the words follow.
    PageStep.COMMENTED: Phrase("step", "You said of how it was handled"),
    # tr: Step of a case, for its resident: somebody outside the unit asked how it is.
    PageStep.CALLED_BACK: Phrase("step", "Someone outside the unit asked how it is"),
    # tr: Step of a case, for its resident: it is over.
    PageStep.CLOSED: Phrase("step", "Closed"),
    # tr: Step of a case, for its resident: somebody else with the same matter joined it.
    PageStep.JOINED: Phrase("step", "One more person stands behind it"),
    # tr: Step of a case, for its resident: they joined it, which somebody else had reported.
    PageStep.JOINED_BY_READER: Phrase("step", "You joined"),
    # tr: Step of a case, for its resident: they added words; the words follow.
    PageStep.ADDED: Phrase("step", "You added"),
    # tr: Step of a case, for its resident: the unit was urged by somebody behind it.
    PageStep.URGED: Phrase("step", "The unit was urged"),
    # tr: Step of a case, for its resident: somebody behind it asked to be spoken to by a person.
    PageStep.PERSON_ASKED: Phrase("step", "A person was asked for"),
    # tr: Step of a case, for its resident: it was taken back.
    PageStep.WITHDRAWN: Phrase("step", "Withdrawn"),
    # tr: Step of a case, for its resident: it was refused by law; the reason follows.
    PageStep.REFUSED: Phrase("step", "It was not taken up"),
    # tr: Step of a case, for its resident: it goes on as the case {into}.
    PageStep.MERGED: Phrase("step", "It goes on as {into}"),
    # tr: Step of a case, for its resident: an official opened something that can lead to them; {what} says what.
    PageStep.LOOKED: Phrase("step", "{role}, {unit}, opened: {what}"),
    # tr: Step of a case, for its resident: an official was shown who they are, after a second person had agreed.
    PageStep.IDENTITY_SHOWN: Phrase("step", "{role}, {unit}, was shown who you are"),
    # tr: Step of a case, for its resident: all that was written here was destroyed.
    PageStep.ERASED: Phrase("step", "What was written here was erased for good"),
    # tr: Step of a case, for its resident: it was entered and given to a unit, without a limit.
    PageStep.FILED: Phrase("step", "Entered, and given to {unit}"),
    # tr: Step of a case, for its resident: it has no limit any more.
    PageStep.RECLASSIFIED: Phrase("step", "It has another limit now"),
    # tr: Step of a case, for its resident: it goes on, without a limit.
    PageStep.REOPENED: Phrase("step", "It goes on"),
    # tr: Step of a case, for its resident: the unit was given more time.
    PageStep.EXTENDED: Phrase("step", "The unit was given more time"),
}

UNTIL: Final[Mapping[PageStep, Phrase]] = {
    # tr: Step of a case, for its resident: it was entered and given to a unit; {until} is the limit.
    PageStep.FILED: Phrase("step", "Entered, and given to {unit}, to be resolved by {until}"),
    # tr: Step of a case, for its resident: the unit was given more time; {until} is the new limit.
    PageStep.EXTENDED: Phrase("step", "The unit was given more time, until {until}"),
    # tr: Step of a case, for its resident: it has another limit now.
    PageStep.RECLASSIFIED: Phrase("step", "It has another limit now: {until}"),
    # tr: Step of a case, for its resident: it is worked on again; {until} is the new limit.
    PageStep.REOPENED: Phrase("step", "It goes on, to be resolved by {until}"),
}

LOOKS: Final[Mapping[Look, Phrase]] = {
    # tr: What an official opened: the words or the voice as they came in, not the translation.
    Look.ORIGINAL: Phrase("look", "your own words"),
    # tr: What an official opened: photos and documents that came with the case.
    Look.FILES: Phrase("look", "your files"),
    # tr: What an official opened: the phone number that was given.
    Look.CONTACT: Phrase("look", "your phone number"),
    # tr: What an official opened: the exact place that was given.
    Look.PLACE: Phrase("look", "the exact place"),
    # tr: What an official opened: who the resident is.
    Look.IDENTITY: Phrase("look", "who you are"),
}

# tr: Step of a case, for its resident: {solved} is the answer's button, {score} the number 1 to 5, {level} its word.
JUDGED_IN_FULL: Final = Phrase("step", "You judged it: {solved}, {score} of 5 ({level})")

# tr: Before a step on the page of a case: {moment} is a short date and time, {step} the sentence of the step.
STEP: Final = Phrase("step", "{moment}  {step}")


def blocks(speech: Speech, message: FollowingMessage, now: datetime) -> list[Block]:
    """Say a message about following a case; the union is matched whole."""
    match message:
        case CasePage():
            return case_page(speech, message, now)
        case AdditionWanted():
            return _wanted(speech, message)
        case AdditionTaken() | UrgeTaken() | PersonPromised():
            return _taken(speech, message)
        case WithdrawalWanted():
            return [
                # tr: Asks a resident whether they really want to take a case back.
                speech.heading("Withdraw this case?"),
                # tr: Fact: the number of a case, such as CB-2026-000123.
                speech.line("Number: {case}", case=code(message.case)),
                # tr: What withdrawing means.
                speech.line("Then nobody works on it any more. It cannot be undone; you can report it anew."),
            ]
        case CaseWithdrawn():
            return [
                # tr: Heading: the resident took their case back.
                speech.heading("Withdrawn"),
                # tr: Fact: the number of a case, such as CB-2026-000123.
                speech.line("Number: {case}", case=code(message.case)),
                # tr: What is so now.
                speech.line("The unit was told. To report something, just write."),
            ]
        case LeavingWanted() | CaseLeft():
            return _leaving(speech, message)
        case _:
            assert_never(message)


def _leaving(speech: Speech, message: LeavingWanted | CaseLeft) -> list[Block]:
    # tr: Fact: the number of a case, such as CB-2026-000123.
    number = speech.line("Number: {case}", case=code(message.case))
    match message:
        case LeavingWanted(is_filer=is_filer):
            said: list[Block] = [
                # tr: Asks a resident whether they really want to leave a case to the others who stand behind it.
                speech.heading("Leave this case?"),
                number,
                # tr: What leaving a case means.
                speech.line("It goes on for the others behind it. You are told and asked nothing more about it."),
                # tr: What becomes of the words of whoever leaves a case; {command} is /mydata.
                speech.line("What you wrote stays with it; you find it in {command}.", command="/mydata"),
            ]
            if is_filer:
                # tr: What becomes of the name and the phone number of whoever filed a case and leaves it.
                said.append(speech.line("Your name and phone number, if you gave them, are shown to nobody any more."))
            return said
        case CaseLeft(can_return=can_return):
            left: list[Block] = [
                # tr: Heading: the resident left a case to the others who stand behind it.
                speech.heading("You have left this case"),
                number,
                # tr: What is so now that a resident has left a case.
                speech.line("It goes on for the others behind it. Nobody was told who left."),
            ]
            if can_return:
                # tr: What a resident who has left a case may do.
                left.append(speech.line("You can join it again as long as it is not over."))
            return left


def _wanted(speech: Speech, message: AdditionWanted) -> list[Block]:
    return [
        # tr: Asks a resident for what they want to add to their case.
        speech.heading("What do you want to add?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: How to add to a case, and how to leave it; {command} is /cancel.
        speech.line("Write it as your next message. To leave it: {command}", command="/cancel"),
    ]


def _taken(speech: Speech, message: AdditionTaken | UrgeTaken | PersonPromised) -> list[Block]:
    unit = speech.unit(message.unit)
    # tr: Fact: the number of a case, such as CB-2026-000123.
    number = speech.line("Number: {case}", case=code(message.case))
    match message:
        case AdditionTaken():
            return [
                # tr: What a resident wrote stands with their case now.
                speech.heading("Added"),
                number,
                # tr: Who hears of what a resident added.
                speech.line("{unit} was told.", unit=unit),
            ]
        case UrgeTaken(due_at=due_at):
            return [
                # tr: The unit was urged to get on with the resident's case.
                speech.heading("The unit was urged"),
                number,
                # tr: Who hears of an urging.
                speech.line("{unit} and whoever answers for it were told.", unit=unit),
                due(speech, due_at),
                # tr: How often a unit can be urged.
                speech.line("You can urge again on the next working day."),
            ]
        case PersonPromised():
            return [
                # tr: The resident asked to be spoken to by a person.
                speech.heading("A person was asked for"),
                number,
                # tr: Who will write to the resident.
                speech.line("Whoever answers for {unit} was asked to write to you here.", unit=unit),
            ]


def case_page(speech: Speech, message: CasePage, now: datetime) -> list[Block]:
    """Tell where a case stands, what was filed, and what happened, oldest first."""
    line = message.line
    said: list[Block] = [matter(speech, line.case, line.category, line.township), standing(speech, line, now)]
    if message.words:
        said.append(_quoted(message.words))
    if message.left_out:
        # tr: On the page of a case, above the newest steps; {count} older ones are not listed.
        left_out = speech.counted("{count} older step is not listed", "{count} older steps are not listed", message.left_out)
        said += [BLANK, escape(left_out)]
    else:
        said.append(BLANK)
    for step in message.steps:
        said += _step(speech, step, now)
    return said


def _step(speech: Speech, line: PageLine, now: datetime) -> list[Block]:
    fields = {
        "unit": speech.unit(line.unit) if line.unit is not None else speech.county_name(),
        "role": speech.role(line.role) if line.role is not None else "",
        "until": speech.moment(line.until) if line.until is not None else "",
        "solved": speech.solved(line.solved) if line.solved is not None else "",
        "score": speech.number(line.score) if line.score is not None else "",
        "level": speech.level(line.score) if line.score is not None else "",
        "into": line.into or "",
        "what": speech.text(LOOKS[line.look]) if line.look is not None else "",
    }
    phrase = _phrase(line)
    wanted = {name: value for name, value in fields.items() if f"{{{name}}}" in phrase.msgid}
    told = speech.text(phrase, **wanted)
    said: list[Block] = [speech.paragraph(STEP, moment=speech.short_moment(line.at, now), step=told)]
    if line.translation:
        said.append(_quoted(line.translation))
    if line.words:
        said.append(_quoted(line.words))
    elif line.stock is not None:
        said.append(Quote(speech.text(STOCK[line.stock])))
    return said


def _phrase(line: PageLine) -> Phrase:
    if line.score is not None and line.step is PageStep.JUDGED:
        return JUDGED_IN_FULL
    return UNTIL[line.step] if line.until is not None and line.step in UNTIL else PLAIN[line.step]


def _quoted(words: str) -> Quote:
    preview, is_cut = shortened(cleaned(words).strip(), PREVIEW_CHARACTERS, PREVIEW_LINES)
    return Quote(f"{preview}…" if is_cut else preview)
