"""What operators read when they ask callers by telephone whether it is solved.

Invariant: none of the caller's own words are repeated; what is read aloud is what the unit says it did.
"""

from __future__ import annotations

from typing import assert_never

from bot.rules.message import CallCard, CallLine, CallsList, CallStage, CallWanted, NumberOpened
from locales.facts import BLANK, due, matter
from locales.markup import Block, Quote, code
from locales.speech import Speech


def blocks(speech: Speech, message: CallWanted | CallsList | CallCard | NumberOpened) -> list[Block]:
    """Say a message to whoever asks."""
    match message:
        case CallWanted(line=line):
            return [
                # tr: Heading of a notice to operators: a case was resolved, and its caller must be asked by telephone.
                speech.heading("A caller waits to be asked"),
                *_line(speech, line),
                # tr: For operators: why a caller is asked by telephone.
                speech.line("The unit says that it is done. Only the caller can say if it is solved."),
            ]
        case CallsList():
            return _list(speech, message)
        case CallCard():
            return _card(speech, message)
        case NumberOpened():
            return [
                # tr: Heading above a caller's phone number.
                speech.heading("Phone number for calling back"),
                # tr: First line: the number of a case and the caller's phone number.
                speech.line("{case}: {phone}", case=code(message.case), phone=code(message.phone)),
                # tr: For operators: what was entered when the phone number was opened, and what it is for.
                speech.line("That you opened it is in the ledger, and the caller can see it. Use it for this call only."),
            ]


def _list(speech: Speech, message: CallsList) -> list[Block]:
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
    if card.stage is CallStage.SOLVED:
        told += [
            BLANK,
            # tr: Above the words with which a unit tells what it did.
            speech.line("{unit} says that it is done:", unit=speech.unit(card.line.unit)),
            Quote(card.answer),
            # tr: For operators: how to ask a caller and what the answer does.
            speech.line("Read this aloud and ask. If the caller says no, it goes on with a new deadline."),
        ]
    if card.stage is CallStage.AGAIN:
        told.append(due(speech, card.due_at))
    # tr: For operators: how an answer heard by telephone is kept.
    return [*told, speech.line("The ledger says that it was heard by telephone, and who entered it.")]


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
            assert_never(stage)
