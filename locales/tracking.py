"""How a resident follows their own cases: the list, and what a unit does about one.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rules.case import OPEN, State
from bot.rules.message import (
    CaseAccepted,
    CaseLine,
    EntryProof,
    MyCases,
)
from locales.document import Document
from locales.facts import BLANK, due, matter
from locales.markup import Block, Html, block_of_code, code
from locales.speech import Speech

VERIFIER: Final = "verify_ledger.py"
KEY: Final = "ledger.key"
"""What lies on the public board beside the ledger (bot/commands/board.py)."""


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


def receipt_file(message: EntryProof) -> Document:
    """Write the signed receipt, and its proof, as the program reads it that checks both."""
    return Document(_receipt_name(message), "text/plain", message.text.encode())


def _receipt_name(message: EntryProof) -> str:
    return f"{message.case}-proof.txt"


def entry_proof(speech: Speech, message: EntryProof) -> list[Block]:
    """Say under the file what it is good for, and how anybody checks it."""
    blocks: list[Block] = [
        # tr: Heading: the signed receipt of a case; {case} is its number.
        speech.heading("Receipt of {case}", case=message.case),
        # tr: Under a file: what the signed receipt is.
        speech.line("Keep this file. It is signed: with it you can show that your matter was entered in the ledger."),
        BLANK,
    ]
    if not message.is_proved:
        # tr: There is no proof yet; it comes with the weekly digest; {command} is /proof.
        return [*blocks, speech.line("The proof is there after the next weekly report: {command}", command="/proof")]
    return [
        *blocks,
        # tr: How a proof is checked; {program} and {key} are files.
        speech.line(
            "Anybody can check it without us, on their own computer: "
            "with {program} and {key} from the county's public board.",
            program=VERIFIER,
            key=KEY,
        ),
        # tr: How a proof is checked; a command for a computer follows.
        speech.line("In the folder with all three this says whether the entry is there, unchanged:"),
        block_of_code(f"python3 {VERIFIER} --proof {_receipt_name(message)} --key {KEY}"),
    ]


def _my_case(speech: Speech, line: CaseLine, now: datetime) -> list[Block]:
    return [matter(speech, line.case, line.category, line.township), standing(speech, line, now)]


def standing(speech: Speech, line: CaseLine, now: datetime) -> Html:
    """Tell where a case stands: its state, its unit, and its deadline while that matters."""
    state = speech.state(line.state)
    # tr: Stands where the unit would be, in the second line of a case that supervisors are finding a unit for.
    unit = speech.line("unit not decided yet") if line.state is State.TRIAGE else speech.unit(line.unit)
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
