"""Warnings and integrity signals in words: what was counted, beside what is usual, and what was said about it.

Invariant: nothing here accuses anybody; a signal says what was counted, and that it proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignLetterFile,
    SignList,
    SignMessage,
    SignNews,
    SignNote,
    SignNoteFile,
    SignReferral,
    SignStep,
    SignWordsWanted,
)
from bot.rules.warning_life import Sign, Standing
from bot.rules.warning_surge import LEAST_HISTORY
from locales.catalogue import Phrase
from locales.colours import colour_name, mark
from locales.facts import BLANK
from locales.markup import Block, Html, Quote, bold, cleaned, escape
from locales.sign_cases import behind
from locales.sign_reasons import dated_reason, reason
from locales.speech import COMMA, Speech


def blocks(speech: Speech, message: SignMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case SignNews():
            return _news(speech, message)
        case SignList():
            return _list(speech, message)
        case SignCard():
            return _card(speech, message, now)
        case SignNote():
            return _note(speech, message, now)
        case SignNoteFile():
            return _file(speech, message)
        case SignAnswer():
            return _answer(speech, message)
        case SignWordsWanted():
            return [speech.paragraph(WANTED[message.step], sign=message.sign, body=named_body(speech, message.body))]
        case SignBodies():
            # tr: Above the names of bodies, on buttons, to one of which an integrity signal is referred. 转办
            return [speech.line("To whom is {sign} referred?", sign=message.sign)]
        case SignReferral():
            return _referral(speech, message, now)
        case SignLetterFile():
            # tr: Under a letter of referral as a PDF to print. 转办函
            return [speech.line("Referral of signal {sign}, to be printed", sign=message.sign.number)]


def _summary(speech: Speech, sign: Sign, why: str) -> Html:
    # tr: A warning in a list; {mark} is a coloured sign, {sign} its number, {reason} a sentence that says why.
    return speech.line("{mark} {sign} {reason}", mark=mark(speech, sign.grade), sign=sign.number, reason=why)


def _news(speech: Speech, news: SignNews) -> list[Block]:
    said: list[Block] = []
    if news.begun:
        said += [_begun(speech, news.begun), *(_summary(speech, sign, reason(speech, sign)) for sign in news.begun)]
    if news.worse:
        # tr: Heading; under it the warnings that are graver than ever, one line each.
        said += [BLANK, speech.heading("Graver than before")]
        said += [_summary(speech, sign, reason(speech, sign)) for sign in news.worse]
    if news.over:
        # tr: Heading; under it the warnings that the last night did not find any more, one line each.
        said += [BLANK, speech.heading("No longer so")]
        said += [_summary(speech, sign, dated_reason(speech, sign)) for sign in news.over]
    if news.more:
        # tr: Under the warnings that are named, when there are more.
        said += [BLANK, speech.line("And {more} more: see the list.", more=speech.number(news.more))]
    if any(sign.is_signal for sign in (*news.begun, *news.worse)):
        said += [BLANK, speech.paragraph(NO_VERDICT)]
    return said


def _begun(speech: Speech, signs: Sequence[Sign]) -> Html:
    """Head what a night found by what is there: warnings, integrity signals, or both."""
    signals = sum(sign.is_signal for sign in signs)
    if not signals:
        # tr: Heading of what a night found; under it one line each.
        return speech.heading("New warnings")
    if signals == len(signs):
        # tr: Heading of what a night found where it is integrity signals alone; under it one line each. 廉政线索
        return speech.heading("New integrity signals")
    # tr: Heading of what a night found; under it one line each.
    return speech.heading("New warnings and integrity signals")


def _list(speech: Speech, page: SignList) -> list[Block]:
    said: list[Block] = [_open(speech, page)]
    if page.unit is not None:
        # tr: Under the heading of the list of open warnings: of which unit they are.
        said.append(speech.line("Unit: {unit}", unit=speech.unit(page.unit)))
    if not page.signs:
        # tr: In place of the list of warnings.
        said.append(speech.line("Nothing needs attention. The next look is tonight."))
    for sign in page.signs:
        said += [BLANK, _summary(speech, sign, dated_reason(speech, sign)), escape(_standing(speech, sign))]
    if page.history is not None:
        weeks, least = speech.number(page.history), speech.number(LEAST_HISTORY)
        said += [
            BLANK,
            # tr: Under the list, in a county that has just begun; rising numbers need a past to be held against.
            speech.line(
                "Rising numbers are told from {least} weeks of cases on; so far: {weeks}.", least=least, weeks=weeks
            ),
        ]
    return said


def _open(speech: Speech, page: SignList) -> Html:
    """Head a list by what is there: warnings, integrity signals, both, or nothing."""
    warnings = page.total - page.signals
    if not page.total:
        # tr: Heading of the list of open warnings and integrity signals when there are none.
        return speech.heading("No open warnings")
    if not page.signals:
        # tr: Heading of the list of open warnings; {total} is how many.
        return speech.heading("Open warnings: {total}", total=speech.number(warnings))
    signals = speech.number(page.signals)
    if not warnings:
        # tr: Heading of the list where nothing but integrity signals is open; {total} is how many. 廉政线索
        return speech.heading("Open integrity signals: {total}", total=signals)
    # tr: Heading of the list; {warnings} and {signals} are how many of each are open.
    return speech.heading(
        "Open: warnings {warnings}, integrity signals {signals}", warnings=speech.number(warnings), signals=signals
    )


def _standing(speech: Speech, sign: Sign) -> str:
    told = [speech.text(STANDINGS[sign.standing])]
    if not sign.holds:
        told.append(speech.text(NOT_ANY_MORE))
    return speech.join(told, COMMA)


def _head(speech: Speech, sign: Sign) -> list[Block]:
    name = colour_name(speech, sign.grade)
    shown = {"mark": mark(speech, sign.grade), "colour": name, "sign": sign.number}
    if sign.is_signal:
        # tr: Heading of an integrity signal; {mark} is a coloured sign, {colour} its colour in words. 廉政线索
        heading = speech.heading("{mark} Integrity signal {sign} ({colour})", **shown)
    else:
        # tr: Heading of an early warning; {mark} is a coloured sign, {colour} its colour in words. 预警
        heading = speech.heading("{mark} Warning {sign} ({colour})", **shown)
    return [heading, bold(escape(dated_reason(speech, sign)))]


def _card(speech: Speech, card: SignCard, now: datetime) -> list[Block]:
    sign = card.sign
    said = _head(speech, sign)
    said.append(escape(_standing(speech, sign)))
    # tr: Fact of a warning: since when the nights have found it.
    said.append(speech.line("Since: {moment}", moment=speech.short_moment(sign.raised_at, now)))
    if sign.over_at is not None:
        # tr: Fact of a warning: since when the nights have not found it any more.
        said.append(speech.line("Over since: {moment}", moment=speech.short_moment(sign.over_at, now)))
    if sign.unit is not None:
        # tr: Fact of a warning: which unit is to answer for it.
        said.append(speech.line("Unit: {unit}", unit=speech.unit(sign.unit)))
    if sign.standing is Standing.ASKED and sign.answer_by is not None:
        # tr: Fact of a warning: until when the unit is to answer the supervision note.
        said.append(speech.line("Answer wanted by: {moment}", moment=speech.moment(sign.answer_by)))
    if sign.body is not None:
        # tr: Fact of an integrity signal: to which body it was referred. 转办
        said.append(speech.line("Referred to: {body}", body=named_body(speech, sign.body)))
    said += behind(speech, card.cases, card.behind, now)
    for phrase, words in ((SAID_NOTE, card.note), (SAID_ANSWER, card.answer), (SAID_REFERRAL, card.referral)):
        said += _quoted(speech, phrase, words)
    said += _quoted(speech, SAID_CLOSING, card.closing)
    return [*said, BLANK, speech.paragraph(NO_VERDICT)] if sign.is_signal else said


def _quoted(speech: Speech, phrase: Phrase, words: str | None) -> list[Block]:
    return [BLANK, speech.paragraph(phrase), Quote(words)] if words else []


def _note(speech: Speech, note: SignNote, now: datetime) -> list[Block]:
    sign, name = note.sign, colour_name(speech, note.sign.grade)
    shown = {"mark": mark(speech, sign.grade), "colour": name, "sign": sign.number}
    # tr: Heading of a supervision note to a unit, in one of three colours. 三色督办单
    said: list[Block] = [speech.heading("{mark} Supervision note ({colour}) {sign}", **shown)]
    # tr: Fact of a supervision note: to which unit it goes.
    said.append(speech.line("To: {unit}", unit=speech.unit(note.unit)))
    said += [BLANK, escape(dated_reason(speech, sign)), *behind(speech, note.cases, note.behind, now)]
    if note.words:
        said += [BLANK, Quote(note.words)]
    said += [
        BLANK,
        # tr: End of a supervision note: what the unit is asked to do.
        speech.line("Please look into it and answer by {moment}.", moment=speech.moment(note.answer_by)),
    ]
    if sign.is_signal:
        said.append(speech.paragraph(NO_VERDICT))
    if note.is_draft:
        said += [
            BLANK,
            # tr: Under a drafted supervision note, to whoever is about to send it.
            speech.line("This is a draft; nobody has it yet. Write what you want to add, or send it."),
        ]
    return said


def _file(speech: Speech, file: SignNoteFile) -> list[Block]:
    # tr: Under a supervision note as a PDF to print.
    said: list[Block] = [speech.line("Supervision note {sign}, to be printed", sign=file.note.sign.number)]
    if file.note.is_draft:
        # tr: Under a drafted supervision note as a PDF.
        said.append(speech.line("It is a draft; nobody has it yet."))
    return said


def _answer(speech: Speech, answer: SignAnswer) -> list[Block]:
    sign = answer.sign
    unit = "" if sign.unit is None else speech.unit(sign.unit)
    if answer.words is None:
        # tr: To supervisors: the unit has not answered a supervision note by its limit.
        late = speech.heading("{unit} has not answered supervision note {sign} in time", unit=unit, sign=sign.number)
        return [late, escape(dated_reason(speech, sign))]
    # tr: To supervisors: the unit has answered a supervision note; its words stand under it.
    heading = speech.heading("{unit} answered supervision note {sign}", unit=unit, sign=sign.number)
    return [heading, escape(dated_reason(speech, sign)), Quote(answer.words)]


def _referral(speech: Speech, letter: SignReferral, now: datetime) -> list[Block]:
    sign = letter.sign
    # tr: Heading of a letter with which an integrity signal is handed to another body. 转办函
    said: list[Block] = [speech.heading("Referral of signal {sign}", sign=sign.number)]
    # tr: Fact of the letter: to which body it goes.
    said.append(speech.line("To: {body}", body=named_body(speech, letter.body)))
    # tr: Fact of the letter: which county it comes from.
    said.append(speech.line("From: {county}", county=speech.county_name()))
    said += [BLANK, escape(dated_reason(speech, sign)), *behind(speech, sign.cases, (), now)]
    # tr: Fact of the letter: since when.
    said.append(speech.line("First seen: {moment}", moment=speech.moment(sign.raised_at)))
    said += _quoted(speech, SAID_REFERRAL, letter.words)
    said += _quoted(speech, SAID_ANSWER, letter.answer)
    return [*said, BLANK, speech.paragraph(NO_VERDICT), speech.paragraph(CHECK)]


def named_body(speech: Speech, body: str | None) -> str:
    """Name a body to which a signal is referred; one that the county file does not name any more by its id."""
    known = next((each for each in speech.county.watch.bodies if each.id == body), None)
    return cleaned(known.name.within(speech.language)) if known else body or ""


# tr: Under every integrity signal.
NO_VERDICT = Phrase("sign", "This is a count, not a verdict; there may be good reasons, and the unit can say them.")
# tr: End of a letter of referral: how to check what it says. 转办函
CHECK = Phrase("sign", "What the ledger says of these cases can be exported and verified.")
# tr: Of a warning that the last night did not find any more.
NOT_ANY_MORE = Phrase("sign", "no longer so")
# tr: Above what a supervisor added to a supervision note.
SAID_NOTE = Phrase("sign", "Added to the note:")
# tr: Above what a unit answered to a supervision note.
SAID_ANSWER = Phrase("sign", "The unit answered:")
# tr: Above why a signal was referred to another body.
SAID_REFERRAL = Phrase("sign", "Why it is referred:")
# tr: Above why a warning was closed.
SAID_CLOSING = Phrase("sign", "Why it was closed:")

STANDINGS: Final[Mapping[Standing, Phrase]] = {
    # tr: Where a warning stands: nobody has done anything about it.
    Standing.TOLD: Phrase("sign", "open"),
    # tr: Where a warning stands: the unit is to answer.
    Standing.ASKED: Phrase("sign", "the unit is to answer"),
    # tr: Where a warning stands: the unit has answered, and a supervisor is to close it.
    Standing.ANSWERED: Phrase("sign", "answered"),
    # tr: Where a warning stands.
    Standing.CLOSED: Phrase("sign", "closed"),
}

WANTED: Final[Mapping[SignStep, Phrase]] = {
    # tr: The unit is asked for its answer to a supervision note.
    SignStep.ANSWER: Phrase("sign", "Please write your answer to {sign}: what is so, why, and what is done until when."),
    # tr: A supervisor is asked why a signal is referred; {body} is to whom.
    SignStep.REFER: Phrase("sign", "Please write why {sign} is referred to {body}."),
    # tr: A supervisor is asked why a warning is closed.
    SignStep.CLOSE: Phrase("sign", "Please write why {sign} is closed."),
    # tr: A supervisor is asked what is to be added to a drafted note.
    SignStep.DRAFT: Phrase("sign", "Please write what is to be added to the note about {sign}."),
    SignStep.SEND: Phrase("sign", "Please write what is to be added to the note about {sign}."),
}
