"""What officials read about a case: all that is needed to act, and what became of it.

Invariant: how long is left, or how late it is, is reckoned at the moment of telling, never at the moment of planning.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.case import State
from bot.rules.message import (
    FileShown,
    ReopenNotice,
    ResolveQuestion,
    TaskNotice,
    TaskRated,
    TaskResolved,
    WhereShown,
)
from bot.rules.translation import Legible
from locales import handling, leave
from locales.facts import BLANK, due
from locales.markup import Block, Html, Quote, code
from locales.speech import Speech
from locales.translating import rendered


def task_notice(speech: Speech, message: TaskNotice, now: datetime) -> list[Block]:
    """Give all that is needed to act; a long text runs over further parts."""
    blocks: list[Block] = [
        *handling.news(speech, message),
        _task_heading(speech, message),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: what kind of matter it is (complaint, request, …).
        speech.line("Kind: {kind}", kind=speech.kind(message.kind)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(message.category)),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(message.township)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: when the resident filed the case.
        speech.line("Filed: {moment}", moment=speech.moment(message.filed_at)),
        *_words(speech, message),
    ]
    if message.round > 1:
        # tr: Fact: how often the case was taken up; 2 means that it was reopened once.
        blocks.append(speech.line("Reopened: this is round {round}", round=speech.number(message.round)))
    return [*blocks, *_limits(speech, message, now), *handling.standing(speech, message), *_next_step(speech, message)]


def _words(speech: Speech, message: TaskNotice) -> list[Block]:
    """Show what the resident wrote, and under it what they said."""
    return [*_written(speech, message), *(block for each in message.spoken for block in _spoken(speech, each))]


def _spoken(speech: Speech, spoken: Legible) -> list[Block]:
    # tr: Over what a resident said in a voice message, as it was written down, or when that will be.
    heading = speech.line("Voice message:")
    return [heading, *([Quote(spoken.text)] if spoken.text else []), *rendered(speech, spoken.rendering)]


def _written(speech: Speech, message: TaskNotice) -> list[Block]:
    if message.words.strip():
        return [Quote(message.words), *rendered(speech, message.rendering)]
    if message.is_withheld and not message.is_unattended:
        # tr: Stands where the resident's words would be, for an official whose unit works on the case no longer.
        return [speech.line("(the words are only for those who work on it now)")]
    if message.is_withheld:
        # tr: Stands where the resident's words would be, for an admin: the case's unit has nobody who could be told of it.
        return [
            speech.line("(nobody here can be told of it now; the words are for the unit alone: {command})", command="/staff")
        ]
    if message.rendering is not None:
        return rendered(speech, message.rendering)
    if message.spoken:
        return []
    # tr: Stands where the resident's words would be, when they sent only a photo, a voice message or the like.
    return [speech.line("(no words: see the photos; a voice message is written down by the operator)")]


def file_shown(speech: Speech, message: FileShown) -> list[Block]:
    """Say which file of which case it is."""
    place, of = speech.number(message.place), speech.number(message.of)
    # tr: Under a photo, video or document that came with a case.
    return [speech.line("{case}: attachment {place} of {of}", case=code(message.case), place=place, of=of)]


def where_shown(speech: Speech, message: WhereShown) -> list[Block]:
    """Say what came with a case, and that the look is in the ledger."""
    # tr: Heading of what came with a case besides words.
    blocks: list[Block] = [speech.heading("{case}: what came with it", case=message.case)]
    if message.name is not None:
        # tr: Fact: the name that the resident gave for this case.
        blocks.append(speech.line("Name: {name}", name=speech.given(message.name)))
    if message.phone is not None:
        # tr: Fact: the phone number that the resident gave for this case.
        blocks.append(speech.line("Phone: {phone}", phone=code(message.phone)))
    if message.latitude is not None and message.longitude is not None:
        place = f"{message.latitude:.5f}, {message.longitude:.5f}"
        # tr: Fact: the place on the map that the resident sent; degrees, north then east.
        blocks.append(speech.line("Place on the map: {place}", place=code(place)))
    if message.files:
        # tr: How many photos, videos and documents follow as messages of their own.
        blocks.append(speech.line("Files that follow: {count}", count=speech.number(message.files)))
    if message.waiting:
        # tr: How many files are still being fetched.
        blocks.append(speech.line("Files still being fetched: {count}", count=speech.number(message.waiting)))
    if message.voices:
        # tr: Voice messages are not played to officials: a voice tells who it is. Someone writes them down.
        blocks.append(
            speech.line("Voice messages, which are written down for you: {count}", count=speech.number(message.voices))
        )
    # tr: Tells the official that the resident can see who looked.
    return [*blocks, BLANK, speech.line("This look is in the ledger, and the resident sees it.")]


def _task_heading(speech: Speech, message: TaskNotice) -> Html:
    if message.state is not State.ASSIGNED:
        # tr: Heading of a case shown to an official; {state} says where it stands.
        return speech.heading("Case: {state}", state=speech.state(message.state))
    if message.is_unattended:
        # tr: Heading for an admin: a case waits to be signed for, and nobody in its unit could be told.
        return speech.heading("A case waits, and nobody in its unit can accept it")
    if message.round > 1:
        # tr: Heading: a resident said that a case is not solved; the unit must sign for it again.
        return speech.heading("Not solved, says the resident: please accept again")
    # tr: Heading: a new case for the unit, to be signed for.
    return speech.heading("New case, please accept")


def _limits(speech: Speech, message: TaskNotice, now: datetime) -> list[Block]:
    blocks: list[Block] = []
    if message.state is State.ASSIGNED and message.accept_due_at is not None:
        moment, is_late = speech.moment(message.accept_due_at), now > message.accept_due_at
        length = speech.length(abs(message.accept_due_at - now))
        if is_late:
            # tr: Limit for signing for a case, which has passed.
            blocks.append(speech.line("Accept by: {moment} (passed {late} ago)", moment=moment, late=length))
        else:
            # tr: Limit for signing for a case.
            blocks.append(speech.line("Accept by: {moment} ({left} left)", moment=moment, left=length))
    if message.due_at is None:
        blocks.append(due(speech, None))
    elif message.state not in {State.TRIAGE, State.ASSIGNED, State.ACCEPTED, State.WAITING}:
        blocks.append(due(speech, message.due_at))
    else:
        blocks.append(_time_left(speech, message.due_at, now))
    return blocks


def _time_left(speech: Speech, due_at: datetime, now: datetime) -> Html:
    moment, length = speech.moment(due_at), speech.length(abs(due_at - now))
    if now > due_at:
        # tr: Deadline of a case, which has passed.
        return speech.line("To be resolved by: {moment} (overdue for {late})", moment=moment, late=length)
    # tr: Deadline of a case, with the time that is left.
    return speech.line("To be resolved by: {moment} ({left} left)", moment=moment, left=length)


def _next_step(speech: Speech, message: TaskNotice) -> list[Block]:
    if message.state is State.ACCEPTED and message.is_mine:
        # tr: The reader is the officer in charge of this case.
        return [speech.line("You are in charge. When it is done, press “Resolve” and say what was done.")]
    if message.state is State.ACCEPTED and message.officer is not None:
        # tr: Somebody else of the unit is in charge of this case: the last characters of their sign.
        return [speech.line("In charge: colleague {sign}", sign=message.officer[-leave.SIGN :])]
    if message.state is State.ACCEPTED:
        # tr: Somebody else of the unit is in charge of this case.
        return [speech.line("A colleague is in charge.")]
    return []


def resolve_question(speech: Speech, message: ResolveQuestion) -> list[Block]:
    """Ask what was done."""
    blocks: list[Block] = [
        # tr: Heading: the officer pressed "Resolve" and is asked for words.
        speech.heading("What was done?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Tells the officer who will read the words.
        speech.line("Write it in one message. The resident reads it word for word and then says if it is solved."),
    ]
    if message.wants_evidence:
        # tr: Tells the officer that for this kind of case a photo or document must go with the words.
        blocks.append(speech.line("For this kind of matter a photo or document of what was done must go with it."))
    # tr: How to leave a question unanswered; {command} is /cancel.
    return [*blocks, speech.line("To leave it: {command}", command="/cancel")]


def task_resolved(speech: Speech, message: TaskResolved) -> list[Block]:
    """Confirm that the case is resolved and the resident asked."""
    return [
        # tr: Heading: the officer's words were taken, the case is resolved.
        speech.heading("Resolved"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: What happens next.
        speech.line("The resident is asked if it is solved. You will be told the answer."),
    ]


def task_rated(speech: Speech, message: TaskRated) -> list[Block]:
    """Tell the officer what the resident answered."""
    case, answer = code(message.case), speech.solved(message.solved)
    # tr: Heading: the resident rated a case of the officer.
    heading = speech.heading("The resident has answered")
    if message.score is None:
        # tr: The resident's answer as an officer reads it; {answer} is such as "Not solved".
        return [heading, speech.line("{case}: {answer}", case=case, answer=answer), *_by_phone(speech, message)]
    score, level = speech.number(message.score), speech.level(message.score)
    # tr: The resident's answer as an officer reads it, with the number 1 to 5 and its word.
    told = speech.line("{case}: {answer}, {score} of 5 ({level})", case=case, answer=answer, score=score, level=level)
    return [heading, told, *_by_phone(speech, message)]


def _by_phone(speech: Speech, message: TaskRated) -> list[Block]:
    # tr: For an officer, under a resident's answer: an operator heard it by telephone.
    return [speech.line("Heard by telephone, by somebody outside your unit.")] if message.is_by_phone else []


def reopen_notice(speech: Speech, message: ReopenNotice) -> list[Block]:
    """Tell a supervisor that a case is not solved."""
    return [
        # tr: Heading for a supervisor: a resident said that a resolved case is not solved.
        speech.heading("The resident says: not solved"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: how often the case was taken up; 2 means that it was reopened once.
        speech.line("Reopened: this is round {round}", round=speech.number(message.round)),
        due(speech, message.due_at),
    ]
