"""What residents read while their case is worked on: what the unit writes and asks, and what becomes of the limit.

Invariant: whatever an official wrote stands in a quotation of its own, as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.entry import Resuming
from bot.rules.handling import Law, Stock
from bot.rules.message import (
    AnswerTaken,
    AnswerWanted,
    CaseMerged,
    CaseMoved,
    CaseRefused,
    LimitMoved,
    PauseEnded,
    UnitAsked,
    UnitWrote,
)
from locales.catalogue import Phrase
from locales.facts import BLANK, due
from locales.markup import Block, Html, Quote, code
from locales.speech import Speech
from locales.translating import follows

STOCK: Final[Mapping[Stock, Phrase]] = {
    # tr: An answer that lies ready for residents: the unit looks into it.
    Stock.LOOKING: Phrase("stock", "We are looking into it and will tell you here what we find."),
    # tr: An answer that lies ready for residents: someone will come to see it.
    Stock.COMING: Phrase("stock", "Someone from our unit will come and look at it in the next days."),
    # tr: An answer that lies ready for residents: material or parts are needed first.
    Stock.WAITING_FOR_PARTS: Phrase("stock", "We need material for it, which is on its way. Then the work begins."),
    # tr: An answer that lies ready for residents: the weather does not allow the work yet.
    Stock.WEATHER: Phrase("stock", "It can only be done once the weather allows. We have not forgotten it."),
    # tr: An answer that lies ready for residents: the unit settles it with another one.
    Stock.WITH_OTHERS: Phrase("stock", "We are settling it with another unit, because it takes both of us."),
    # tr: An answer that lies ready for residents: the work has begun.
    Stock.STARTED: Phrase("stock", "The work has begun. We will tell you here when it is done."),
}

LAWS: Final[Mapping[Law, Phrase]] = {
    # tr: Why a case is refused: 《信访工作条例》第三十一条.
    Law.LITIGATION: Phrase("law", "It is for courts, prosecutors or the police to decide."),
    # tr: Why a case is refused: 《信访工作条例》第三十一条.
    Law.ARBITRATION: Phrase("law", "It is for arbitration."),
    # tr: Why a case is refused: 《信访工作条例》第三十一条.
    Law.PROCEDURE: Phrase("law", "There is an administrative procedure of its own for it."),
    # tr: Why a case is refused: 《信访工作条例》第二十三条.
    Law.ELSEWHERE: Phrase("law", "Bodies outside this county must decide it."),
    # tr: Why a case is refused: 《信访工作条例》第三十六条.
    Law.ENDED: Phrase("law", "It was decided, reviewed and examined again, and this rests on the same facts."),
}

INSTEAD: Final[Mapping[Law, Phrase]] = {
    # tr: What a resident may do whose case is refused, because courts, prosecutors or police decide such matters.
    Law.LITIGATION: Phrase("instead", "You may go to the court, the prosecutor's office or the police that answers for it."),
    # tr: What a resident may do whose case is refused, because it is for arbitration.
    Law.ARBITRATION: Phrase("instead", "You may apply to the arbitration commission that answers for it."),
    # tr: What a resident may do whose case is refused, because there is an administrative procedure for it.
    Law.PROCEDURE: Phrase("instead", "You may apply for that procedure at the authority that answers for it."),
    # tr: What a resident may do whose case is refused, because bodies outside the county decide.
    Law.ELSEWHERE: Phrase(
        "instead", "You may write to the body that answers for it, or ask at the county's petition office."
    ),
    # tr: What a resident may do whose case is refused, because it was decided for good.
    Law.ENDED: Phrase("instead", "If there are new facts, tell us: then it is a new matter."),
}


def unit_wrote(speech: Speech, message: UnitWrote) -> list[Block]:
    """Pass on what the unit says."""
    if message.is_for_all:
        # tr: Heading: a unit tells everybody who stands behind a case something; its words follow.
        head = speech.heading("{unit} tells everybody behind this matter:", unit=speech.unit(message.unit))
    else:
        # tr: Heading: a unit writes to the resident about their case; its words follow.
        head = speech.heading("{unit} writes to you:", unit=speech.unit(message.unit))
    said: Block = speech.paragraph(STOCK[message.stock]) if message.stock is not None else Quote(message.words)
    # tr: Fact: the number of a case, such as CB-2026-000123.
    number = speech.line("Number: {case}", case=code(message.case))
    return [head, said, *follows(speech, message.following), number]


def unit_asked(speech: Speech, message: UnitAsked) -> list[Block]:
    """Put the unit's question."""
    return [
        # tr: Heading: a unit asks the resident something about their case; the question follows.
        speech.heading("{unit} asks you:", unit=speech.unit(message.unit)),
        Quote(message.question),
        *follows(speech, message.following),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        BLANK,
        # tr: Tells the resident how to answer, and that the limit waits for them.
        speech.line(
            "Press “Answer” and write. Until then the clock stands still, at the latest until {moment}.",
            moment=speech.moment(message.until),
        ),
    ]


def answer_wanted(speech: Speech, message: AnswerWanted) -> list[Block]:
    """Ask for the answer."""
    return [
        # tr: Heading: the resident pressed "Answer" under a unit's question.
        speech.heading("What is your answer?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Tells the resident what becomes of their answer.
        speech.line("Write it in one message. The unit reads it as you write it."),
        # tr: How to leave a question unanswered; {command} is /cancel.
        speech.line("To leave it: {command}", command="/cancel"),
    ]


def answer_taken(speech: Speech, message: AnswerTaken) -> list[Block]:
    """Say that the answer was passed on."""
    return [
        # tr: Heading: the resident's answer was passed on to the unit.
        speech.heading("Thank you, {unit} has your answer", unit=speech.unit(message.unit)),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        due(speech, message.due_at),
    ]


def pause_ended(speech: Speech, message: PauseEnded) -> list[Block]:
    """Say that the case goes on without the answer."""
    if message.because is Resuming.EXPIRED:
        # tr: Heading for a resident: the time for answering a unit's question is over.
        head = speech.heading("The unit goes on without your answer")
    else:
        # tr: Heading for a resident: the unit no longer needs the answer to its question, or somebody else has answered.
        head = speech.heading("The question is settled, you need not answer any more")
    # tr: Fact: the number of a case, such as CB-2026-000123.
    return [head, speech.line("Number: {case}", case=code(message.case)), due(speech, message.due_at)]


def limit_moved(speech: Speech, message: LimitMoved) -> list[Block]:
    """Say that the limit is another one, and why."""
    return [
        # tr: Heading for a resident: the deadline of their case is another one now.
        speech.heading("Your matter has a new date"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        due(speech, message.due_at),
        _who_gives_a_reason(speech, message),
        Quote(message.reason),
        *follows(speech, message.following),
    ]


def _who_gives_a_reason(speech: Speech, message: LimitMoved) -> Html:
    if message.is_by_supervisor:
        # tr: The reason that those who watch over the units gave for another date of a resident's matter follows.
        return speech.line("The county's supervisors give this reason:")
    # tr: The reason that the unit gave for another date follows.
    return speech.line("{unit} gives this reason:", unit=speech.unit(message.unit))


def case_moved(speech: Speech, message: CaseMoved) -> list[Block]:
    """Say that another unit answers for the case."""
    return [
        # tr: Heading for a resident: another unit is responsible for their case now.
        speech.heading("Another unit answers for your matter now"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        due(speech, message.due_at),
    ]


def case_refused(speech: Speech, message: CaseRefused) -> list[Block]:
    """Say by which article a case is refused, why, and what to do instead."""
    return [
        # tr: Heading for a resident: the case is refused by law.
        speech.heading("Your matter cannot be taken up here"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        _article(speech, message.law),
        speech.paragraph(LAWS[message.law]),
        Quote(message.reason),
        *follows(speech, message.following),
        # tr: What a refused resident may do; a sentence follows.
        speech.line("What you can do:"),
        speech.paragraph(INSTEAD[message.law]),
    ]


def _article(speech: Speech, law: Law) -> Html:
    if law.article is None:
        # tr: A case is refused by 《信访工作条例》; why follows on the next line.
        return speech.line("By the Regulations on Petitions:")
    # tr: The article of 《信访工作条例》 by which a case is refused; why follows on the next line.
    return speech.line("By article {article} of the Regulations on Petitions:", article=law.article)


def case_merged(speech: Speech, message: CaseMerged) -> list[Block]:
    """Say as which case it goes on."""
    return [
        # tr: Heading for a resident: their case goes on together with another one about the same thing.
        speech.heading("Your matter goes on together with another one"),
        # tr: {case} is the old number of a case, {into} the number under which it goes on.
        speech.line("{case} goes on as {into}.", case=code(message.case), into=code(message.into)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        due(speech, message.due_at),
        # tr: Tells the resident that nothing is lost by it.
        speech.line("You will be told of everything here and asked at the end if it is solved."),
    ]
