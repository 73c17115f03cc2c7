"""What is said around callbacks: to those who call, and the question that a resident reads.

Invariant: nobody's words are repeated here; a caller reads what the case is about, never what was written.
"""

from __future__ import annotations

from bot.rules.entry import Solved
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackLine,
    CallbackList,
    CallbackNotice,
    CallbackQuestion,
    CallingMessage,
)
from locales.facts import BLANK, asked_about, matter
from locales.markup import Block, code
from locales.speech import Speech


def blocks(speech: Speech, message: CallingMessage) -> list[Block]:
    """Say a message to a caller; the union is matched whole."""
    match message:
        case CallbackNotice():
            return _notice(speech, message)
        case CallbackList():
            return _list(speech, message)
        case CallbackCard():
            return _card(speech, message)
        case CallbackEntered():
            return _entered(speech, message)


def callback_question(speech: Speech, message: CallbackQuestion) -> list[Block]:
    """Ask a resident whether a closed case is solved."""
    told: list[Block] = [
        # tr: Heading of the question that someone outside the responsible unit asks a resident about a closed case. 回访
        speech.heading("Someone outside the unit asks: is it solved?"),
        *asked_about(speech, message.case, message.category, message.unit),
    ]
    if message.closed_at is not None:
        # tr: Fact: when a case was closed.
        told.append(speech.line("Closed: {moment}", moment=speech.moment(message.closed_at)))
    return [
        *told,
        BLANK,
        # tr: Why a resident is asked about a closed case: it was drawn at random, the unit had no say in it.
        speech.line("Your case was drawn at random, to check that what is called done is done. The unit did not choose it."),
        # tr: What the answer to a callback brings about.
        speech.line("If you say partly or no, the case is opened again with a new deadline."),
    ]


def _notice(speech: Speech, message: CallbackNotice) -> list[Block]:
    return [
        # tr: Heading of a notice to operators and supervisors: closed cases were drawn at random to be asked about. 随机回访
        speech.heading("Callbacks were drawn"),
        # tr: How many drawn cases wait for a callback by the reader.
        speech.line("Closed cases that wait for a callback: {count}", count=speech.number(message.total)),
        # tr: What a caller does, and why it is not the unit itself that asks.
        speech.line("Ask the residents if it is really solved. Nobody of the unit concerned is shown its cases."),
    ]


def _list(speech: Speech, message: CallbackList) -> list[Block]:
    # tr: Heading of the list of drawn cases that nobody was heard about yet.
    told: list[Block] = [speech.heading("Waiting for a callback ({total})", total=speech.number(message.total))]
    for line in message.cases:
        told += [BLANK, matter(speech, line.case, line.category, line.township), *_unit_and_end(speech, line)]
    if message.total > len(message.cases):
        shown = speech.number(len(message.cases))
        # tr: Under a list of drawn cases that shows only some; {shown} is how many.
        told += [BLANK, speech.line("The {shown} that were drawn first are listed.", shown=shown)]
    return told


def _unit_and_end(speech: Speech, line: CallbackLine) -> list[Block]:
    # tr: Fact: the unit that answers for a case.
    told: list[Block] = [speech.line("Responsible unit: {unit}", unit=speech.unit(line.unit))]
    if line.closed_at is not None:
        # tr: Fact: when a case was closed.
        told.append(speech.line("Closed: {moment}", moment=speech.moment(line.closed_at)))
    return told


def _card(speech: Speech, message: CallbackCard) -> list[Block]:
    line = message.line
    about: list[Block] = [matter(speech, line.case, line.category, line.township), *_unit_and_end(speech, line)]
    if message.asked_at is not None:
        # tr: Fact: when the bot sent the question to the residents behind a drawn case.
        about.append(speech.line("Asked through the bot: {moment}", moment=speech.moment(message.asked_at)))
    if message.heard is not None:
        return [
            # tr: Heading: what the bot asked the resident of a drawn case about was answered. 回访
            speech.heading("The callback was answered"),
            *about,
            # tr: The resident's answer as an officer reads it; {answer} is such as "Not solved".
            speech.line("Answer: {answer}", answer=speech.solved(message.heard)),
            BLANK,
            # tr: Nothing is left to do about a drawn case: the answer stands in the ledger.
            speech.line("It is entered, and nothing is left to do here."),
            *_goes_on(speech, message.heard),
        ]
    if message.is_silent:
        return [
            # tr: Heading: the resident of a drawn case did not answer the question that came through the bot. 回访
            speech.heading("No answer to the callback yet"),
            *about,
            BLANK,
            # tr: What is left to whoever had the bot ask, as nobody answers it.
            speech.line("If you can reach the resident by telephone, open the case and enter the answer there."),
            # tr: An answer to the bot's question is taken also when it comes late.
            speech.line("An answer that still comes through the bot is entered by itself, and you will be told."),
        ]
    # tr: Heading of one drawn case, which a caller is about to ask about.
    told: list[Block] = [speech.heading("Callback: is it solved?"), *about, BLANK]
    if message.asked_at is not None:
        # tr: The bot has sent the question to the residents behind a drawn case.
        told.append(speech.line("The bot has asked the resident. The first answer counts, and it is entered by itself."))
        # tr: Whoever had the bot ask reads the answer.
        told.append(speech.line("You will be told what it is, or that none came."))
    elif message.voices:
        # tr: The two ways of calling back: through the bot, or by telephone with the three buttons.
        told.append(speech.line("Have the bot ask the resident, or ask by telephone and enter the answer here."))
    else:
        # tr: Nobody behind a drawn case has a chat with the bot.
        told.append(speech.line("The bot can reach nobody behind it. Ask by telephone and enter the answer here."))
    # tr: What the answer of a callback does.
    told.append(speech.line("Partly or no opens the case again. An answer is entered once and cannot be changed."))
    return told


def _entered(speech: Speech, message: CallbackEntered) -> list[Block]:
    case, answer = code(message.case), speech.solved(message.solved)
    return [
        # tr: Heading: what a caller heard is in the ledger now.
        speech.heading("The callback is entered"),
        # tr: The resident's answer as an officer reads it; {answer} is such as "Not solved".
        speech.line("{case}: {answer}", case=case, answer=answer),
        *_goes_on(speech, message.solved),
    ]


def _goes_on(speech: Speech, solved: Solved) -> list[Block]:
    if solved is Solved.YES:
        return []
    # tr: A callback found that a closed case is not solved.
    return [speech.line("The case is open again with a new deadline. The unit and the supervisors have been told.")]
