"""What is said around people who phone or come to a counter: to the operator who enters their case, and to them.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from bot.rules.caller import spoken
from bot.rules.message import (
    CallBegun,
    CallCard,
    CallerMessage,
    CallerSought,
    CallReceipt,
    CallsList,
    CallWanted,
    CaseLinked,
    CodeHidden,
    CodeQuestion,
    LinkQuestion,
    LinkRefused,
    NumberOpened,
    VisitCard,
    VisitEntered,
)
from locales import by_phone, visiting
from locales.facts import BLANK, due
from locales.figures import channel_of
from locales.markup import Block, code
from locales.speech import Speech


def blocks(speech: Speech, message: CallerMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case CallBegun():
            return _begun(speech, message)
        case CallReceipt():
            return _receipt(speech, message)
        case CodeHidden():
            return _hidden(speech, message)
        case CodeQuestion():
            return _whose(speech, message)
        case CallWanted() | CallsList() | CallCard() | CallerSought() | NumberOpened():
            return by_phone.blocks(speech, message)
        case VisitCard() | VisitEntered():
            return visiting.blocks(speech, message)
        case LinkQuestion() | LinkRefused() | CaseLinked():
            return _linking(speech, message)


def _begun(speech: Speech, message: CallBegun) -> list[Block]:
    return [
        # tr: Heading: an operator is about to write down a caller's matter; {channel} is such as Hotline or Counter.
        speech.heading("{channel}: what is said?", channel=channel_of(speech, message.channel)),
        # tr: For an operator: how to write down what a caller says.
        speech.line("Write it down as it is said, in one message or several. Photos and a place can be added."),
        # tr: For an operator: how the caller's phone number is kept.
        speech.line("A message that is only a phone number is sealed and serves for calling back."),
        # tr: How to stop; {command} is /cancel.
        speech.line("To stop: {command}", command="/cancel"),
    ]


def _receipt(speech: Speech, message: CallReceipt) -> list[Block]:
    # tr: Heading for an operator: a caller's matter is in the ledger now.
    entered = speech.heading("Entered")
    # tr: Heading for an operator: whoever phoned lost their code and gets another one.
    renewed = speech.heading("A new code; the one before is good no more")
    told: list[Block] = [
        renewed if message.is_renewed else entered,
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(message.category)),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(message.township)),
        due(speech, message.due_at),
        BLANK,
        # tr: Heading for an operator above the code that the caller is to write down.
        speech.heading("Read aloud: the number, and this code"),
        # tr: Fact: the code by which a caller can link the case to a chat; {code} is such as 4821 7730.
        speech.line("Code: {code}", code=code(spoken(message.code))),
        # tr: For an operator: what the caller can do with number and code; {command} is /link.
        speech.line("With both, the caller can follow and judge the case in this bot later: {command}", command="/link"),
    ]
    if message.bot:
        link = f"https://t.me/{message.bot}?start=link_{message.case}_{message.code}"
        # tr: A link that does the same as number and code; it may be given to the caller.
        told.append(speech.line("Or by this link: {link}", link=link))
    if message.has_phone:
        # tr: For an operator: what becomes of the caller's phone number.
        told.append(speech.line("The phone number is sealed. Whoever opens it to call back is entered in the ledger."))
    else:
        # tr: For an operator: a caller left no phone number.
        told.append(speech.line("No phone number was left, so nobody can call back."))
    # tr: For an operator: the code is not kept anywhere in a readable form. The button says "Read aloud, hide the code".
    return [*told, speech.line("The code is shown only this once. Hide it when it has been read aloud.")]


def _whose(speech: Speech, message: CodeQuestion) -> list[Block]:
    left = speech.number(message.left or 0)
    return by_phone.proof_wanted(
        speech,
        message,
        # tr: Heading for an operator: whoever phoned has lost the code of their case and wants another one.
        speech.heading("A lost code is made anew"),
        # tr: For an operator: nothing fits what they wrote; it is not said what of it is wrong.
        speech.line("No case has this number and this phone number. Tries left: {left}", left=left),
        # tr: For an operator: how it is made sure that whoever phones is who reported the matter.
        speech.line("Let the caller say the phone number. It is compared with the sealed one, which is not shown."),
    )


def _hidden(speech: Speech, message: CodeHidden) -> list[Block]:
    return [
        # tr: Heading for an operator: a caller's matter is in the ledger now.
        speech.heading("Entered"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: how a case came in, such as Hotline or Counter.
        speech.line("Came in by: {channel}", channel=channel_of(speech, message.channel)),
        # tr: For an operator: the code was read aloud and was taken out of the chat.
        speech.line("The code has been read aloud and no longer stands here."),
    ]


def _linking(speech: Speech, message: LinkQuestion | LinkRefused | CaseLinked) -> list[Block]:
    match message:
        case LinkQuestion():
            return _question(speech, message)
        case LinkRefused():
            return _refused(speech, message)
        case CaseLinked():
            return _linked(speech, message)


def _refused(speech: Speech, message: LinkRefused) -> list[Block]:
    told: list[Block] = [
        # tr: Heading: the number and the code that somebody wrote do not belong together, or the code is used up.
        speech.heading("That number and that code do not go together"),
    ]
    if message.left:
        left = speech.number(message.left)
        # tr: How often somebody may still try a number and a code today.
        told.append(speech.line("Please check both and write them again. Tries left today: {left}", left=left))
    else:
        # tr: Somebody tried numbers and codes too often.
        told.append(speech.line("You have tried too often. Please try again tomorrow."))
    # tr: What helps whoever has lost the code of their case.
    return [*told, speech.line("If the code is lost or used up, the hotline can help.")]


def _linked(speech: Speech, message: CaseLinked) -> list[Block]:
    return [
        # tr: Heading: a case that was reported by phone or at a counter can be followed in this chat now.
        speech.heading("Linked: you can follow your case here now"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(message.category)),
        # tr: Fact: where a case stands.
        speech.line("State: {state}", state=speech.state(message.state)),
        due(speech, message.due_at),
        BLANK,
        # tr: What whoever has linked a case can expect; {command} is /my.
        speech.line("You are told here of what happens, and judge it in the end: {command}", command="/my"),
        # tr: The code of a case is good for one chat only.
        speech.line("The code is used up; nobody else can use it."),
    ]


def _question(speech: Speech, message: LinkQuestion) -> list[Block]:
    # tr: Heading: somebody wants to follow in this chat a case that they reported by phone or at a counter.
    told: list[Block] = [speech.heading("Link a case to this chat")]
    if message.case is None:
        both = f"CB-2026-000123 {spoken('48217730')}"
        # tr: What to write to link a case; {example} is such as CB-2026-000123 4821 7730.
        told.append(speech.line("Write the number and the code that you were told, such as {example}", example=both))
    else:
        told += [
            # tr: Fact: the number of a case, such as CB-2026-000123.
            speech.line("Number: {case}", case=code(message.case)),
            # tr: The number is known; the code, eight digits, is still missing.
            speech.line("Now write the code that you were told: eight digits."),
        ]
    # tr: How to stop; {command} is /cancel.
    return [*told, speech.line("To stop: {command}", command="/cancel")]
