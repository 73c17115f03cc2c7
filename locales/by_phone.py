"""What operators read when they call people back, or these phone again: what to ask, and what was entered.

Invariant: none of the caller's own words are repeated; what is read aloud is what the unit says it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.caller import Lacking, spoken
from bot.rules.case import OPEN, State
from bot.rules.message import (
    CallCard,
    CallerSought,
    CallLine,
    CallsList,
    CallStage,
    CallWanted,
    CodeQuestion,
    NumberOpened,
)
from locales.catalogue import Phrase
from locales.facts import BLANK, due, matter
from locales.markup import Block, Quote, bold, code
from locales.speech import Speech

TALK: Final[Mapping[CallStage, Phrase]] = {
    # tr: Heading for an operator: what the unit wants to know of the caller.
    CallStage.QUESTION: Phrase("call", "Ask the caller what the unit asks"),
    # tr: Heading for an operator: the next message is what the caller says.
    CallStage.WORDS: Phrase("call", "What does the caller say?"),
    # tr: Heading for an operator: the caller's answer went to the unit.
    CallStage.ANSWERED: Phrase("call", "Entered, the unit has the answer"),
    # tr: Heading for an operator: whoever is on the line is the caller of this case.
    CallStage.KNOWN: Phrase("call", "The caller of this case is on the line"),
    # tr: Heading for an operator: what the caller added went to the unit.
    CallStage.ADDED: Phrase("call", "Entered, it stands with the case"),
    # tr: Heading for an operator: the unit was urged at the caller's word.
    CallStage.URGED: Phrase("call", "Entered, the unit was urged"),
    # tr: Heading for an operator: does the caller really want to take the case back?
    CallStage.SURE: Phrase("call", "Ask the caller: is it to be withdrawn?"),
    # tr: Heading for an operator: the case was taken back at the caller's word.
    CallStage.WITHDRAWN: Phrase("call", "Entered, the case is withdrawn"),
    # tr: Heading for an operator: does the caller really want to leave the case to the others behind it?
    CallStage.SURE_TO_LEAVE: Phrase("call", "Ask the caller: is it to be left to the others?"),
    # tr: Heading for an operator: the caller stands behind the case no longer; it goes on for the others.
    CallStage.LEFT: Phrase("call", "Entered, the caller has left the case"),
    # tr: Heading for an operator: whoever is on the line reported this case, and has left it to the others behind it.
    CallStage.AWAY: Phrase("call", "The caller has left this case to the others"),
    # tr: Heading for an operator: whoever is on the line reported this case, and has left it to the others behind it.
    CallStage.GONE: Phrase("call", "The caller has left this case to the others"),
    # tr: Heading for an operator: whoever had left the case stands behind it again, at their word by telephone.
    CallStage.RETURNED: Phrase("call", "Entered, the caller is behind the case again"),
}
"""What stands over the card of a talk that is about no rating."""


def blocks(speech: Speech, message: CallWanted | CallsList | CallCard | CallerSought | NumberOpened) -> list[Block]:
    """Say a message to whoever asks."""
    match message:
        case CallWanted(line=line):
            return [_wanted(speech, line), *_line(speech, line), _why(speech, line)]
        case CallsList():
            return _list(speech, message)
        case CallCard():
            return _card(speech, message)
        case CallerSought():
            return _sought(speech, message)
        case NumberOpened():
            return [
                # tr: Heading above a caller's phone number.
                speech.heading("Phone number for calling back"),
                # tr: First line: the number of a case and the caller's phone number.
                speech.line("{case}: {phone}", case=code(message.case), phone=code(message.phone)),
                # tr: For operators: what was entered when the phone number was opened, and what it is for.
                speech.line("That you opened it is in the ledger, and the caller can see it. Use it for this call only."),
            ]


def _wanted(speech: Speech, line: CallLine) -> Block:
    if line.waiting_until is not None:
        # tr: Heading of a notice to operators: a unit asks something, and its caller must be asked by telephone.
        return speech.heading("A unit asks: please call back")
    # tr: Heading of a notice to operators: a case was resolved, and its caller must be asked by telephone.
    return speech.heading("A caller waits to be asked")


def _why(speech: Speech, line: CallLine) -> Block:
    if line.waiting_until is not None:
        # tr: For operators: why a caller is called back: the unit has a question.
        return speech.line("The unit has a question. Until the caller answers, its clock stands still.")
    # tr: For operators: why a caller is asked by telephone.
    return speech.line("The unit says that it is done. Only the caller can say if it is solved.")


def _sought(speech: Speech, message: CallerSought) -> list[Block]:
    left = speech.number(message.left or 0)
    return proof_wanted(
        speech,
        message,
        # tr: Heading for an operator: somebody phones about a case that was entered before.
        speech.heading("Who is on the line?"),
        # tr: For an operator: nothing fits what they wrote; it is not said what of it is wrong.
        speech.line("No case has this number and what the caller said. Tries left: {left}", left=left),
        # tr: For an operator: instead of the phone number the code of the case will do; {code} is such as 4821 7730.
        speech.line("Or, in place of the phone number, the code that they were told: {code}", code=spoken("48217730")),
        # tr: For an operator: how it is made sure that whoever phones is who reported the matter.
        speech.line("Let the caller say it. It is compared with the sealed one, which is not shown."),
    )


def proof_wanted(
    speech: Speech, asked: CodeQuestion | CallerSought, heading: Block, wrong: Block, *how: Block
) -> list[Block]:
    """Ask an operator for a case's number and what only its caller can say of it.

    Args:
        wrong: what is said of a try that fitted nothing.
        how: what there is to know about the proof.
    """
    if asked.left == 0:
        # tr: An operator tried too often to show that whoever is on the line is the caller of a case.
        return [heading, speech.line("You have tried too often. Please try again tomorrow.")]
    example = "CB-2026-000123 13800138000"
    return [
        heading,
        *([] if asked.left is None else [wrong]),
        *([] if asked.lacking is None else [_lacking(speech, asked.lacking)]),
        # tr: What an operator writes to show whose case it is; {example} is its number and a phone number.
        speech.line("Write the case's number and the phone number that the caller left, such as {example}", example=example),
        *how,
        # tr: How to stop; {command} is /cancel.
        speech.line("To stop: {command}", command="/cancel"),
    ]


def _lacking(speech: Speech, lacking: Lacking) -> Block:
    match lacking:
        case Lacking.CASE:
            # tr: For an operator: they wrote what the caller says, but not of which case. It counts as no try.
            return speech.line("The number of the case is missing. Both belong in one message; this was no try.")
        case Lacking.PROOF:
            # tr: For an operator: they wrote the case's number, but not what the caller says. It counts as no try.
            return speech.line("What the caller says is missing. Both belong in one message; this was no try.")
        case Lacking.BOTH:
            # tr: For an operator: what they wrote holds neither a case's number nor a phone number. No try.
            return speech.line("There is neither the number of a case in it nor what the caller says; this was no try.")


def _list(speech: Speech, message: CallsList) -> list[Block]:
    if not message.cases:
        # tr: Answer to /calls when no caller waits to be asked by telephone.
        return [speech.line("Nobody waits to be asked by telephone.")]
    # tr: Heading of the list of callers who wait to be asked by telephone.
    told: list[Block] = [speech.heading("Callers who wait to be asked ({total})", total=speech.number(message.total))]
    for line in message.cases:
        told += [BLANK, *_line(speech, line)]
    if message.total > len(message.cases):
        shown = speech.number(len(message.cases))
        # tr: Under a list that shows only some; {shown} is how many.
        told += [BLANK, speech.line("The {shown} that have waited longest are listed.", shown=shown)]
    return told


def _line(speech: Speech, line: CallLine) -> list[Block]:
    told: list[Block] = [
        matter(speech, line.case, line.category, line.township),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(line.unit)),
    ]
    if line.resolved_at is not None:
        # tr: Fact: when the unit said that a case is done.
        told.append(speech.line("Resolved: {moment}", moment=speech.moment(line.resolved_at)))
    if line.waiting_until is not None:
        # tr: Fact: a unit asked the caller something; its clock stands still until then at the latest.
        told.append(speech.line("Asked by the unit, waits until: {moment}", moment=speech.moment(line.waiting_until)))
    return told


def _card(speech: Speech, card: CallCard) -> list[Block]:
    told: list[Block] = [_heading(speech, card.stage), *_line(speech, card.line)]
    if card.solved is not None:
        # tr: Fact: what a caller said by telephone; {answer} is such as "Not solved".
        told.append(speech.line("The caller says: {answer}", answer=speech.solved(card.solved)))
    if card.score is not None:
        score, level = speech.number(card.score), speech.level(card.score)
        # tr: Fact: how satisfied a caller is, 1 to 5, and the word for it.
        told.append(speech.line("Satisfaction: {score} of 5 ({level})", score=score, level=level))
    told += _to_read_aloud(speech, card)
    if card.state is not None:
        # tr: Fact: where a case stands.
        told.append(speech.line("State: {state}", state=speech.state(card.state)))
    if card.due_at is not None:
        told.append(due(speech, card.due_at))
    if card.stage is CallStage.WORDS:
        # tr: For an operator: how to write down what a caller says, and how to stop; {command} is /cancel.
        told.append(speech.line("Write it as it is said, in one message. To stop: {command}", command="/cancel"))
    if card.stage is CallStage.SURE:
        # tr: For an operator: what withdrawing a case means, to be told to the caller.
        told.append(speech.line("Tell the caller: then nobody works on it any more, and it cannot be undone."))
    if card.stage is CallStage.SURE_TO_LEAVE:
        told.append(
            # tr: For an operator: what leaving a case to the others behind it means, to be told to the caller.
            speech.line(
                "Tell the caller: it goes on for the others. They are asked nothing more, and nobody sees their number. "
                "The code no longer links it. They can come back by phoning again."
            )
        )
    if card.stage in {CallStage.AWAY, CallStage.GONE}:
        return [*told, *_how_back(speech, card)]
    if card.stage is CallStage.RETURNED:
        # tr: For an operator: what standing behind a case again means, to be told to the caller.
        told.append(speech.line("Tell the caller: they are asked about it again, and the code links it again."))
    # tr: For operators: how an answer heard by telephone is kept.
    return [*told, speech.line("The ledger says that it was heard by telephone, and who entered it.")]


def _to_read_aloud(speech: Speech, card: CallCard) -> list[Block]:
    """Quote what the unit says it did, or what it asks; nothing where neither is to be read aloud."""
    if card.stage is CallStage.SOLVED:
        return [
            BLANK,
            # tr: Above the words with which a unit tells what it did.
            speech.line("{unit} says that it is done:", unit=speech.unit(card.line.unit)),
            Quote(card.answer),
            # tr: For operators: how to ask a caller and what the answer does.
            speech.line("Read this aloud and ask. If the caller says no, it goes on with a new deadline."),
        ]
    if card.stage is CallStage.QUESTION:
        return [
            BLANK,
            # tr: Above the words with which a unit asks the caller something.
            speech.line("{unit} asks:", unit=speech.unit(card.line.unit)),
            Quote(card.answer),
            # tr: For operators: what to do with the unit's question, and what the answer does.
            speech.line("Read this aloud and write down the answer. Then the unit's clock runs again."),
        ]
    return []


def _how_back(speech: Speech, card: CallCard) -> list[Block]:
    """Say to whom a caller who has left a case turns to come back; nothing where it is over."""
    if card.stage is CallStage.AWAY:
        # tr: For an operator: what a caller who has left a case can do.
        return [speech.line("If they want to be behind it again, press the button.")]
    if card.state is State.RESOLVED or card.state in OPEN:
        # tr: For an operator: a caller who has left a case did so in a chat with the bot, where there is a button.
        return [speech.line("They left it in a chat with the bot. There they can come back.")]
    return []


def _heading(speech: Speech, stage: CallStage) -> Block:
    match stage:
        case CallStage.SOLVED:
            # tr: Heading for an operator: what to ask the caller first.
            return speech.heading("Ask the caller: is it solved?")
        case CallStage.PARTLY:
            # tr: Heading for an operator: what to ask after "partly solved".
            return speech.heading("Ask the caller: shall it go on?")
        case CallStage.SCORE:
            # tr: Heading for an operator: what to ask last.
            return speech.heading("Ask the caller: how satisfied are you?")
        case CallStage.DONE:
            # tr: Heading for an operator: all that the caller said is entered.
            return speech.heading("Entered, the case is closed")
        case CallStage.AGAIN:
            # tr: Heading for an operator: the caller's answer had the case opened again.
            return speech.heading("Entered, the case goes on")
        case _:
            return bold(speech.paragraph(TALK[stage]))
