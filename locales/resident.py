"""What residents read: one function for each message, the most important thing first.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rules.case import OPEN
from bot.rules.county import Role
from bot.rules.identity import CaseNumber, CategoryId, TownshipId
from bot.rules.message import (
    CaseAccepted,
    CaseClosedUnrated,
    CaseLine,
    CaseReopened,
    DraftCard,
    MyCases,
    PartlyQuestion,
    Picking,
    RatingQuestion,
    RatingThanks,
    Receipt,
    ScoreQuestion,
)
from locales.markup import Block, Html, Quote, cleaned, code, shortened
from locales.speech import Speech

PREVIEW_CHARACTERS: Final = 600
PREVIEW_LINES: Final = 12
"""How much of a long report the draft card repeats."""

BLANK: Final = Html("")


def welcome(speech: Speech) -> list[Block]:
    """Say what this is, and that one message is enough."""
    county = speech.county_name()
    return [
        # tr: First heading a resident sees. 民声台 is the name of the service.
        speech.heading("Hello, this is the voice desk of {county}.", county=county),
        # tr: What can be reported.
        speech.line("A bad road, no water or power, an errand that gets nowhere: tell us."),
        BLANK,
        # tr: How to report.
        speech.line("Write in one message what is wrong and where."),
        # tr: What happens then.
        speech.line(
            "It goes to the unit that answers for it. You get a number and a date, and at the end you say if it is solved."
        ),
        BLANK,
        # tr: Privacy promise: officials see the matter, not the person.
        speech.line(
            "The officers see what you write, not who you are. Leave out names and phone numbers that nobody should know."
        ),
    ]


def help_for(speech: Speech, role: Role | None) -> list[Block]:
    """List what can be done."""
    blocks: list[Block] = []
    match role:
        case None:
            pass
        case Role.ADMIN:
            # tr: Heading of the help for officials.
            blocks += [speech.heading("For your work")]
            # tr: Help for admins; {command} is /digest. A period may follow it: a week, a month, a quarter or a year.
            blocks += [
                speech.line(
                    "{command}  the county's digest; a period may follow it: {example}",
                    command="/digest",
                    example="2026-W47",
                )
            ]
            blocks += [BLANK]
        case _:
            # tr: Heading of the help for officials.
            blocks += [speech.heading("For your work")]
            # tr: Help for officials; {command} is /tasks.
            blocks += [speech.line("{command}  open cases, what runs out first on top", command="/tasks")]
            # tr: Help for officials: they are told by themselves.
            blocks += [speech.line("New cases and limits that run out are told to you here.")]
            blocks += [BLANK]
    return [*blocks, *_help_for_residents(speech)]


def _help_for_residents(speech: Speech) -> list[Block]:
    return [
        # tr: Heading of the help.
        speech.heading("To report something, just write"),
        # tr: How it goes on after a message.
        speech.line("I make a draft of your message. It is sent only when you press the button."),
        BLANK,
        # tr: Help; {command} is /new.
        speech.line("{command}  report something", command="/new"),
        # tr: Help; {command} is /my.
        speech.line("{command}  your cases and where they stand", command="/my"),
        # tr: Help; {command} is /language.
        speech.line("{command}  choose the language", command="/language"),
        # tr: Help; {command} is /cancel.
        speech.line("{command}  stop what was begun", command="/cancel"),
    ]


def draft_card(speech: Speech, message: DraftCard) -> list[Block]:
    """Show what will be sent, a long text shortened."""
    words = cleaned(message.words).strip()
    preview, is_cut = shortened(words, PREVIEW_CHARACTERS, PREVIEW_LINES)
    blocks: list[Block] = [_draft_heading(speech, message.picking), Quote(f"{preview}…" if is_cut else preview)]
    if is_cut:
        size = speech.number(len(words))
        # tr: Under the shortened text of a long report: all of it will be sent.
        blocks.append(speech.line("({size} characters in all; everything will be sent)", size=size))
    # tr: Fact: what kind of matter it is (complaint, request, …).
    blocks.append(speech.line("Kind: {kind}", kind=speech.kind(message.kind)))
    category = speech.category(message.category)
    if message.is_guessed and message.picking is not Picking.SENT:
        # tr: Fact: the category, chosen by the program from words; the resident can change it.
        blocks.append(speech.line("Category: {category} (guessed from your words, you can change it)", category=category))
    else:
        # tr: Fact: the category of a case, such as roads.
        blocks.append(speech.line("Category: {category}", category=category))
    # tr: Fact: the township of a case.
    blocks.append(speech.line("Place: {township}", township=speech.township(message.township)))
    if message.picking is Picking.NOTHING:
        # tr: What to do with a draft. The button says 提交 in Chinese; name it as your button is named.
        blocks += [BLANK, speech.line("All right? Then press “Send”. To add something, write another message.")]
    return blocks


def _draft_heading(speech: Speech, picking: Picking) -> Html:
    match picking:
        case Picking.NOTHING:
            # tr: Heading of a draft that is not yet sent.
            return speech.heading("Please check, nothing is sent yet")
        case Picking.KIND:
            # tr: Heading of a draft while the kind is being chosen from buttons.
            return speech.heading("What kind of matter is it?")
        case Picking.CATEGORY:
            # tr: Heading of a draft while the category is being chosen from buttons.
            return speech.heading("What is it about?")
        case Picking.TOWNSHIP:
            # tr: Heading of a draft while the township is being chosen from buttons.
            return speech.heading("Where is it?")
        case Picking.SENT:
            # tr: Heading of what was a draft, once it was sent; the receipt follows as another message.
            return speech.heading("Sent")


def receipt(speech: Speech, message: Receipt) -> list[Block]:
    """Tell the number, the unit, the limit and what happens next."""
    blocks: list[Block] = [
        # tr: Heading of a receipt: the matter is in the ledger now.
        speech.heading("Registered. Thank you for telling us."),
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
    ]
    if message.due_at is None:
        # tr: What happens next to praise and the like, which has no deadline.
        blocks.append(speech.line("The unit will read it. Nothing more is needed from you."))
    else:
        # tr: What happens next to a new case.
        blocks.append(speech.line("Next: the unit signs for it, works on it and tells you here."))
        # tr: What happens next, at the end: what rating "not solved" does.
        blocks.append(speech.line("In the end you say if it is solved. If you say no, it goes on."))
    return [
        *blocks,
        # tr: How to follow a case; {command} is /my.
        speech.line("To see where it stands: {command}", command="/my"),
        # tr: Proof that the entry is in the ledger; {proof} is a row of hex digits.
        speech.line(
            "Proof of entry: {proof} (keep it: it shows that the ledger holds your matter)", proof=code(message.proof)
        ),
    ]


def due(speech: Speech, due_at: datetime | None) -> Html:
    """Tell the deadline as a date in words, or that there is none."""
    if due_at is None:
        # tr: Fact: this matter has no deadline (praise).
        return speech.line("To be resolved by: no deadline for this kind of matter")
    # tr: Fact: the deadline of a case; {moment} is a date and time in words.
    return speech.line("To be resolved by: {moment}", moment=speech.moment(due_at))


def my_cases(speech: Speech, message: MyCases, now: datetime) -> list[Block]:
    """List a resident's own cases."""
    total = speech.number(message.total)
    # tr: Heading of a resident's list of their own cases.
    blocks: list[Block] = [speech.heading("Your cases ({total})", total=total)]
    for line in message.cases:
        blocks += [BLANK, *_my_case(speech, line, now)]
    if message.total > len(message.cases):
        # tr: Under a list that shows only the newest; {shown} is how many.
        blocks += [BLANK, speech.line("Only the newest {shown} are listed.", shown=speech.number(len(message.cases)))]
    return blocks


def _my_case(speech: Speech, line: CaseLine, now: datetime) -> list[Block]:
    first = matter(speech, line.case, line.category, line.township)
    state, unit = speech.state(line.state), speech.unit(line.unit)
    if line.state not in OPEN or line.due_at is None:
        # tr: Second line of a case in a resident's list, when no deadline runs.
        return [first, speech.line("{state} · {unit}", state=state, unit=unit)]
    if now > line.due_at:
        late = speech.length(now - line.due_at)
        # tr: Second line of a case in a resident's list, when the deadline has passed.
        return [first, speech.line("{state} · {unit} · overdue for {late}", state=state, unit=unit, late=late)]
    moment = speech.short_moment(line.due_at, now)
    # tr: Second line of a case in a resident's list, with its deadline.
    return [first, speech.line("{state} · {unit} · by {moment}", state=state, unit=unit, moment=moment)]


def matter(speech: Speech, case: CaseNumber, category: CategoryId, township: TownshipId | None) -> Html:
    """Name a case in a list: number, category, and township if there is one."""
    number, about = code(case), speech.category(category)
    if township is None:
        # tr: First line of a case in a list: number, category.
        return speech.line("{case} {category}", case=number, category=about)
    # tr: First line of a case in a list: number, category, township.
    return speech.line("{case} {category}, {township}", case=number, category=about, township=speech.township(township))


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


def rating_question(speech: Speech, message: RatingQuestion) -> list[Block]:
    """Ask whether it is solved, under what the unit says it did."""
    # tr: Heading of the question "is it solved?".
    first = speech.heading("Is it solved?")
    # tr: Heading of the question "is it solved?", when it is asked again.
    again = speech.heading("Once more: is it solved?")
    return [
        again if message.is_repeated else first,
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Above the words with which a unit tells what it did.
        speech.line("{unit} says that it is done:", unit=speech.unit(message.unit)),
        Quote(message.answer),
        # tr: Why the resident's answer matters; the unit's word alone does not count as solved.
        speech.line("Only you can say if it is really solved. If you say no, it goes on."),
    ]


def score_question(speech: Speech, message: ScoreQuestion) -> list[Block]:
    """Ask how satisfied the resident is."""
    return [
        # tr: Heading of the question for satisfaction, 1 to 5.
        speech.heading("How satisfied are you with how it was handled?"),
        # tr: Repeats the resident's answer to "is it solved?"; {answer} is such as "Not solved".
        speech.line("{case}, your answer: {answer}", case=code(message.case), answer=speech.solved(message.solved)),
    ]


def partly_question(speech: Speech, message: PartlyQuestion) -> list[Block]:
    """Ask whether a partly solved case goes on."""
    return [
        # tr: Heading of the question what to do with a partly solved case.
        speech.heading("Shall it go on?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: The resident said "partly solved"; explains the two buttons.
        speech.line("You said it is partly solved. If it goes on, it gets a new deadline; if you leave it, it is closed."),
    ]


def rating_thanks(speech: Speech, message: RatingThanks) -> list[Block]:
    """Thank for an answer and repeat it."""
    case = code(message.case)
    answer = speech.solved(message.solved)
    # tr: Heading after the resident rated a case.
    heading = speech.heading("Thank you for your answer")
    if message.score is None:
        # tr: Repeats the resident's answer to "is it solved?"; {answer} is such as "Not solved".
        told = speech.line("{case}, your answer: {answer}", case=case, answer=answer)
    else:
        level = speech.level(message.score)
        score = speech.number(message.score)
        # tr: Repeats the resident's whole answer: solved or not, the number 1 to 5 and its word.
        told = speech.line(
            "{case}, your answer: {answer}, {score} of 5 ({level})", case=case, answer=answer, score=score, level=level
        )
    # tr: Promise: nobody can change a resident's answer.
    return [heading, told, speech.line("It counts just as you gave it. No unit can change it.")]


def case_reopened(speech: Speech, message: CaseReopened) -> list[Block]:
    """Tell that the case goes on, and until when."""
    return [
        # tr: Heading: the resident said it is not solved, so the unit must go on.
        speech.heading("It goes on"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        due(speech, message.due_at),
        BLANK,
        # tr: The supervisors of the units are told of every case that goes on.
        speech.line("The supervisors have been told. When it is done you will be asked again."),
    ]


def case_closed_unrated(speech: Speech, message: CaseClosedUnrated) -> list[Block]:
    """Tell that the question was closed without an answer."""
    return [
        # tr: Heading: the resident never said if it is solved, so the case was closed as unrated.
        speech.heading("Closed without your answer"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: What "unrated" means in the figures.
        speech.line("It counts neither as solved nor as satisfied."),
        # tr: What the resident can still do.
        speech.line("If it is still wrong, just write to us again."),
    ]
