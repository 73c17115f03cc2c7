"""How a resident follows their own cases: the list, and what a unit does about one.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.case import OPEN
from bot.rules.message import (
    CaseAccepted,
    CaseLine,
    EntryProof,
    MyCases,
)
from locales.facts import BLANK, due, matter
from locales.markup import Block, Html, block_of_code, code
from locales.speech import Speech


def my_cases(speech: Speech, message: MyCases, now: datetime) -> list[Block]:
    """List a resident's own cases."""
    total = speech.number(message.total)
    # tr: Heading of a resident's list of their own cases.
    blocks: list[Block] = [speech.heading("Your cases ({total})", total=total)]
    for line in message.cases:
        blocks += [BLANK, *_my_case(speech, line, now)]
    if message.total > len(message.cases):
        first, last = speech.number(message.begins + 1), speech.number(message.begins + len(message.cases))
        # tr: Under a page of a resident's list, newest first: which of them are listed here.
        blocks += [BLANK, speech.line("Listed here: {first} to {last}", first=first, last=last)]
    return blocks


def entry_proof(speech: Speech, message: EntryProof) -> list[Block]:
    """Give the signed receipt, and say what it is good for."""
    blocks: list[Block] = [
        # tr: Heading: the signed receipt of a case; {case} is its number.
        speech.heading("Receipt of {case}", case=message.case),
        # tr: What the signed receipt is.
        speech.line("Keep this text. It is signed: with it you can show that your matter was entered in the ledger."),
    ]
    if message.is_proved:
        # tr: The proof stands under the receipt; anyone can check it.
        blocks.append(speech.line("The proof stands under it. Anyone can check both without us."))
    else:
        # tr: There is no proof yet; it comes with the weekly digest; {command} is /proof.
        blocks.append(speech.line("The proof is there after the next weekly report: {command}", command="/proof"))
    return [*blocks, BLANK, block_of_code(message.text)]


def _my_case(speech: Speech, line: CaseLine, now: datetime) -> list[Block]:
    return [matter(speech, line.case, line.category, line.township), standing(speech, line, now)]


def standing(speech: Speech, line: CaseLine, now: datetime) -> Html:
    """Tell where a case stands: its state, its unit, and its deadline while that matters."""
    state, unit = speech.state(line.state), speech.unit(line.unit)
    if line.state not in OPEN or line.due_at is None:
        # tr: Second line of a case in a resident's list, when no deadline runs.
        return speech.line("{state} · {unit}", state=state, unit=unit)
    if now > line.due_at:
        late = speech.length(now - line.due_at)
        # tr: Second line of a case in a resident's list, when the deadline has passed.
        return speech.line("{state} · {unit} · overdue for {late}", state=state, unit=unit, late=late)
    moment = speech.short_moment(line.due_at, now)
    # tr: Second line of a case in a resident's list, with its deadline.
    return speech.line("{state} · {unit} · by {moment}", state=state, unit=unit, moment=moment)


def case_accepted(speech: Speech, message: CaseAccepted) -> list[Block]:
    """Tell that the unit has signed for the case."""
    return [
        # tr: Heading: the unit has signed for the resident's case.
        speech.heading("Your matter is being worked on"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: The unit has accepted (签收) the case.
        speech.line("Signed for by: {unit}", unit=speech.unit(message.unit)),
        due(speech, message.due_at),
        BLANK,
        # tr: What happens next.
        speech.line("When it is done you will be told here and asked if it is solved."),
    ]
