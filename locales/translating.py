"""What translators read, and what is said beside words that were not written in Chinese.

Invariant: the original and its translation stand in quotations of their own, one under the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, assert_never

from bot.rules.identity import Language
from bot.rules.message import (
    NoTranslator,
    Standing,
    TextLine,
    TranslatingMessage,
    TranslationCard,
    TranslationList,
    TranslationWanted,
    WordsTranslated,
)
from bot.rules.translation import CHINESE, Rendered, Rendering
from locales.catalogue import Phrase
from locales.facts import BLANK, matter
from locales.leave import SIGN
from locales.markup import Block, Html, Quote, bold, code
from locales.speech import Speech

STANDING: Final[Mapping[Standing, Phrase]] = {
    # tr: Heading over a text that nobody is translating yet.
    Standing.FREE: Phrase("standing", "To be translated"),
    # tr: Heading over a text that the reader is translating.
    Standing.MINE: Phrase("standing", "You are translating this"),
    # tr: Heading over a text that a colleague is translating.
    Standing.TAKEN: Phrase("standing", "A colleague is translating this"),
    # tr: Heading over a text that the reader has translated; they can correct it.
    Standing.WRITTEN: Phrase("standing", "Your translation was passed on"),
    # tr: Heading over a text that a colleague has translated.
    Standing.DONE: Phrase("standing", "A colleague has translated this"),
}


def blocks(speech: Speech, message: TranslatingMessage, now: datetime) -> list[Block]:
    """Say a message about translating; the union is matched whole."""
    match message:
        case TranslationWanted():
            return _wanted(speech, message, now)
        case TranslationList():
            return _list(speech, message, now)
        case TranslationCard():
            return _card(speech, message, now)
        case NoTranslator():
            return _nobody(speech, message)
        case _:
            assert_never(message)


def rendered(speech: Speech, rendering: Rendering | None) -> list[Block]:
    """Say how words stand here that were not written in Chinese; nothing where they were."""
    if rendering is None:
        return []
    moment = speech.moment(rendering.at)
    match rendering.state:
        case Rendered.DONE:
            role = speech.role(rendering.role) if rendering.role is not None else ""
            sign = (rendering.staff or "")[-SIGN:]
            # tr: Under words of a resident: they are a translation; by whom (role and last characters of the sign) and when.
            return [speech.line("Translated: {role} {sign}, {moment}", role=role, sign=sign, moment=moment)]
        case Rendered.AWAITED:
            # tr: In place of words of a resident that are not written in Chinese: they are being translated.
            return [speech.line("Being translated, to be ready by {moment}", moment=moment)]
        case Rendered.URGENT:
            # tr: Under words of a resident that are not written in Chinese and cannot wait.
            return [speech.line("As it was written, since it is urgent. To be translated by {moment}", moment=moment)]
        case Rendered.NOBODY:
            # tr: Under words of a resident that are not written in Chinese, where the county has no translator for them.
            return [speech.line("As it was written: nobody here translates this language yet")]
        case _:
            assert_never(rendering.state)


def follows(speech: Speech, following: Collection[Language]) -> list[Block]:
    """Say to a reader whose language is among these that a translation follows."""
    if speech.language not in following:
        return []
    # tr: Under Chinese words that a unit wrote to the resident: their translation into the resident's language comes later.
    return [speech.line("A translation into your language follows.")]


def words_translated(speech: Speech, message: WordsTranslated) -> list[Block]:
    """Give a resident what a unit wrote, in their language, with the Chinese under it."""
    unit = speech.unit(message.unit)
    if message.is_corrected:
        # tr: Heading for a resident: a translator has corrected the translation of what the unit wrote to them.
        heading = speech.heading("{unit}: corrected translation", unit=unit)
    else:
        # tr: Heading for a resident: what the unit wrote to them before in Chinese, now in their language.
        heading = speech.heading("{unit}: translation", unit=unit)
    return [
        heading,
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        Quote(message.words),
        # tr: The same words follow as the unit wrote them, in Chinese.
        speech.line("In Chinese, as the unit wrote it:"),
        Quote(message.original),
    ]


def _wanted(speech: Speech, message: TranslationWanted, now: datetime) -> list[Block]:
    # tr: Heading for a translator: words wait for them.
    heading = speech.heading("New: to be translated")
    if message.is_urgent:
        # tr: Heading for a translator: words of an emergency or a supply failure wait for them.
        heading = speech.heading("Urgent: to be translated")
    return [
        heading,
        matter(speech, message.case, message.category, message.township),
        *_kind(speech, message),
        _limit(speech, message.due_at, now),
    ]


def _list(speech: Speech, message: TranslationList, now: datetime) -> list[Block]:
    # tr: Heading of the list of what waits for a translator; {total} is how many.
    said: list[Block] = [speech.heading("To be translated ({total})", total=speech.number(message.total))]
    if not message.lines:
        # tr: Nothing waits for a translator.
        said.append(speech.line("Nothing waits at the moment."))
    for line in message.lines:
        said += [BLANK, *_line(speech, line), _limit(speech, line.due_at, now)]
        if line.is_mine:
            # tr: In the list of what waits to be translated: the reader has taken this.
            said.append(speech.line("You are at it"))
        elif line.is_taken:
            # tr: In the list of what waits to be translated: a colleague has taken this.
            said.append(speech.line("A colleague is at it"))
    if message.done:
        # tr: Heading of the list of what a translator translated last; they can correct it.
        said += [BLANK, speech.heading("Your last ones, to be corrected if need be")]
        said += [block for line in message.done for block in _line(speech, line)]
    return said


def _line(speech: Speech, line: TextLine) -> list[Block]:
    source, target = speech.language_name(line.source), speech.language_name(line.target)
    number = code(line.case)
    if line.is_voice:
        # tr: A voice message in a translator's list: number of the case, from which language into which.
        return [speech.line("{case}  voice, {source} → {target}", case=number, source=source, target=target)]
    # tr: A text in a translator's list: number of the case, from which language into which.
    return [speech.line("{case}  {source} → {target}", case=number, source=source, target=target)]


def _card(speech: Speech, message: TranslationCard, now: datetime) -> list[Block]:
    said: list[Block] = [
        bold(speech.paragraph(STANDING[message.standing])),
        matter(speech, message.case, message.category, message.township),
        *_kind(speech, message),
    ]
    if message.is_missed:
        # tr: To a translator whose text a colleague took over or translated meanwhile: what they wrote or pressed is lost.
        said.insert(0, speech.line("A colleague was quicker: what you just did was not taken. This is how it stands now."))
    if message.translation is None:
        said.append(_limit(speech, message.due_at, now))
    if not message.is_here:
        # tr: For whoever writes down a voice message: it is still being fetched, and can be heard a little later.
        said.append(speech.line("The voice message is still being fetched. Open it again in a while."))
    if message.original:
        # tr: Over the words that are to be translated.
        said += [speech.line("Original:"), Quote(message.original)]
    if message.translation is not None:
        # tr: Over the translation of the words above it.
        said += [speech.line("Translation:"), Quote(message.translation)]
    said += _earlier(speech, message)
    if message.standing is Standing.FREE:
        # tr: Asks a translator for the translation of a text that no colleague has; {command} is /cancel.
        asked = speech.line("Your next message is the translation. To write something else: {command}", command="/cancel")
        said += [BLANK, asked]
    if message.standing is Standing.MINE:
        said += [
            BLANK,
            # tr: Asks a translator for the translation; {command} is /cancel.
            speech.line("Write the translation in one message. To leave it: {command}", command="/cancel"),
        ]
    return said


def _earlier(speech: Speech, message: TranslationCard) -> list[Block]:
    """Show what of the text was translated before: the whole where that can be put together, else sentence by sentence."""
    if message.whole is not None:
        # tr: Over a translation that is put together from earlier ones of the very same sentences; a button takes it.
        return [speech.line("Translated before like this:"), Quote(message.whole)]
    if not message.earlier:
        return []
    # tr: Over sentences of the text that were translated before, each followed by its translation.
    said: list[Block] = [speech.line("Of this, translated before:")]
    for each in message.earlier:
        said += [Quote(each.sentence), Quote(each.translation)]
    return said


def _kind(speech: Speech, message: TranslationWanted | TranslationCard) -> list[Block]:
    source, target = speech.language_name(message.source), speech.language_name(message.target)
    if message.is_voice:
        # tr: Fact: a voice message is to be written down; in which language it is, and in which it is wanted.
        return [speech.line("Voice message: {source} → {target}", source=source, target=target)]
    # tr: Fact: from which language into which a text is to be translated.
    return [speech.line("{source} → {target}", source=source, target=target)]


def _limit(speech: Speech, due_at: datetime, now: datetime) -> Html:
    moment, length = speech.moment(due_at), speech.length(abs(due_at - now))
    if now > due_at:
        # tr: Limit of a translation, which has passed.
        return speech.line("To be translated by: {moment} (passed {late} ago)", moment=moment, late=length)
    # tr: Limit of a translation, with the time that is left.
    return speech.line("To be translated by: {moment} ({left} left)", moment=moment, left=length)


def _nobody(speech: Speech, message: NoTranslator) -> list[Block]:
    name = speech.language_name(message.language)
    # tr: Heading for supervisors and admins: texts in a language wait that nobody here can translate now.
    said: list[Block] = [speech.heading("Nobody translates: {language}", language=name)]
    if message.language == CHINESE:
        # tr: Heading for supervisors and admins: Chinese voice messages wait, and nobody here can write them down now.
        said = [speech.heading("Nobody writes down voice messages")]
    # tr: How many texts wait to be translated; {late} of them are past their limit.
    said.append(
        speech.line("Waiting: {count}, late: {late}", count=speech.number(message.waiting), late=speech.number(message.late))
    )
    if message.is_away:
        # tr: Why nobody translates a language.
        said.append(speech.line("All who translate it are away, so it waits."))
    elif message.language == CHINESE:
        # tr: Why nobody writes down Chinese voice messages.
        said.append(speech.line("There is neither an operator nor a translator for every language."))
    else:
        # tr: Why nobody translates a language, and what that means.
        said.append(speech.line("There is no translator for it, so officers read it as it was written."))
    # tr: What can be done where nobody translates a language; {command} is /staff.
    return [*said, speech.line("To invite a translator: {command}", command="/staff")]
