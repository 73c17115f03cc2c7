"""Everything that is kept about somebody, as a page of HTML: readable on any phone, without anything from elsewhere.

Invariant: whatever people wrote is escaped and stands in an isolate of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from bot.rules.entry import Look
from bot.rules.message import Attached, OwnCase, OwnData, OwnGiven, OwnLook, OwnRating, OwnWords, Spoken
from locales import formats
from locales.catalogue import Phrase
from locales.document import Document
from locales.draft import attached_line
from locales.facts import matter
from locales.markup import cleaned, escape
from locales.speech import Speech

NUMBERS_KEPT: Final = timedelta(days=30)
"""How long the numbers of handled updates are kept (design.md section 3.1)."""

NAME: Final = "my-data-{day}.html"
MEDIA_TYPE: Final = "text/html"

PAGE: Final = """\
<!DOCTYPE html>
<html lang="{lang}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.6 "Noto Sans SC", "Noto Naskh Arabic", sans-serif; }}
body {{ max-width: 42rem; margin: 1rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.4rem; }} h2 {{ font-size: 1.15rem; margin-top: 2rem; border-top: 1px solid #999; padding-top: 1rem; }}
blockquote {{ margin: .4rem 0; padding: .4rem .8rem; border-inline-start: 3px solid #999; white-space: pre-wrap; }}
p {{ margin: .3rem 0; }}
</style>
{body}
</html>
"""

LOOKS: Final[Mapping[Look, Phrase]] = {
    # tr: What an official opened: the words as they were written.
    Look.ORIGINAL: Phrase("look", "your words"),
    # tr: What an official opened: photos, voice messages, documents.
    Look.FILES: Phrase("look", "your files"),
    # tr: What an official opened: the phone number.
    Look.CONTACT: Phrase("look", "your phone number"),
    # tr: What an official opened: the exact place.
    Look.PLACE: Phrase("look", "the exact place"),
    # tr: What an official opened: who the resident is.
    Look.IDENTITY: Phrase("look", "who you are"),
}


def document(speech: Speech, data: OwnData) -> Document:
    """Write the page."""
    title = speech.heading("Everything that is kept about you")
    body = [f"<h1>{title}</h1>", *_settings(speech, data)]
    if data.draft is not None:
        # tr: Heading: the draft of a report that is not sent yet.
        body += [_heading(speech.line("Your draft")), _quoted(data.draft), *_given(speech, data.draft_given)]
    if not data.cases:
        # tr: In the file with everything that is kept: nothing was reported, or the ties were cut.
        body.append(_paragraph(speech.line("No case is tied to you.")))
    for case in data.cases:
        body += _case(speech, case)
    if data.raised:
        # tr: Heading: what somebody raised in residents' meetings (群众议事厅) that are not over.
        body += [_heading(speech.line("What you raised in meetings")), *map(_quoted, data.raised)]
    body += _besides(speech)
    page = PAGE.format(
        lang=speech.language.replace("_", "-"),
        direction="rtl" if formats.is_rtl(speech.language) else "ltr",
        title=_plain(title),
        body="\n".join(body),
    )
    day = data.at.astimezone(speech.county.hours.zone)
    return Document(NAME.format(day=f"{day:%Y-%m-%d}"), MEDIA_TYPE, page.encode())


def _settings(speech: Speech, data: OwnData) -> Iterable[str]:
    # tr: In the file with everything that is kept; {moment} is a date and time.
    yield _paragraph(speech.line("Written on {moment}", moment=speech.moment(data.at)))
    if data.known_since is not None:
        # tr: In the file with everything that is kept: since when somebody is known here.
        yield _paragraph(speech.line("You first wrote on {moment}", moment=speech.moment(data.known_since)))
    # tr: In the file with everything that is kept: the township that somebody used last.
    yield _paragraph(speech.line("Township used last: {township}", township=speech.township(data.township)))
    for role in data.roles:
        if role.unit is None:
            # tr: In the file with everything that is kept: a role, such as admin.
            yield _paragraph(speech.line("Your role: {role}", role=speech.role(role.role)))
        else:
            # tr: In the file with everything that is kept: a role and its unit.
            yield _paragraph(
                speech.line("Your role: {role}, {unit}", role=speech.role(role.role), unit=speech.unit(role.unit))
            )


def _case(speech: Speech, case: OwnCase) -> Iterable[str]:
    yield _heading(matter(speech, case.case, case.category, case.township))
    # tr: In the file with everything that is kept: when a case was filed, its unit and its state.
    yield _paragraph(
        speech.line(
            "Filed on {moment}. Unit: {unit}. State: {state}",
            moment=speech.moment(case.filed_at),
            unit=speech.unit(case.unit),
            state=speech.state(case.state),
        )
    )
    if case.has_left:
        # tr: In the file with everything that is kept: the reader left this case; {command} is /forget.
        yield _paragraph(speech.line("You have left this case. To cut the last tie to it: {command}", command="/forget"))
    for words in case.words:
        yield from _words(speech, words)
    yield from _given(speech, case.given)
    for rating in case.ratings:
        yield _paragraph(_rating(speech, rating))
    if not case.looks:
        # tr: In the file with everything that is kept: no official has opened the words of a case.
        yield _paragraph(speech.line("No official has opened it yet."))
    for look in case.looks:
        yield _paragraph(_look(speech, look))


def _words(speech: Speech, words: OwnWords) -> Iterable[str]:
    yield _paragraph(_over(speech, words.spoken, speech.moment(words.at)))
    yield _quoted(words.text)


def _over(speech: Speech, spoken: Spoken, at: str) -> str:
    match spoken:
        case Spoken.WROTE:
            # tr: In the file with everything that is kept: over the resident's own words.
            return speech.line("{moment}: you wrote", moment=at)
        case Spoken.ASKED:
            # tr: In the file with everything that is kept: over a question of the unit to the resident.
            return speech.line("{moment}: the unit asked you", moment=at)
        case Spoken.RESOLVED:
            # tr: In the file with everything that is kept: over what the unit says was done.
            return speech.line("{moment}: the unit said what was done", moment=at)
        case Spoken.TOLD:
            # tr: In the file with everything that is kept: over what the unit wrote to the resident meanwhile.
            return speech.line("{moment}: the unit wrote to you", moment=at)
        case Spoken.TRANSLATED:
            # tr: In the file with everything that is kept: over a translation, or a voice message in words.
            return speech.line("In other words, as translated or written down")


def _given(speech: Speech, given: OwnGiven) -> Iterable[str]:
    if given.name is not None:
        # tr: Fact: the name that the resident gave for this case.
        yield _paragraph(speech.line("Name: {name}", name=speech.given(given.name)))
    if given.phone is not None:
        # tr: Fact: the phone number that the resident gave for this case.
        yield _paragraph(speech.line("Phone: {phone}", phone=given.phone))
    if given.place is not None:
        # tr: Fact: the place on the map that the resident sent; degrees, north then east.
        yield _paragraph(speech.line("Place on the map: {place}", place=given.place))
    files = attached_line(speech, [Attached(media) for media in given.files])
    if files is not None:
        yield _paragraph(files)


def _rating(speech: Speech, rating: OwnRating) -> str:
    at, solved = speech.moment(rating.at), speech.solved(rating.solved)
    if rating.score is None:
        # tr: In the file with everything that is kept: an answer to "is it solved?".
        return speech.line("Your answer on {moment}: {solved}", moment=at, solved=solved)
    # tr: In the file with everything that is kept: an answer to "is it solved?" and a degree of satisfaction.
    return speech.line(
        "Your answer on {moment}: {solved}, {level}", moment=at, solved=solved, level=speech.level(rating.score)
    )


def _look(speech: Speech, look: OwnLook) -> str:
    what, at = speech.text(LOOKS[look.what]), speech.moment(look.at)
    if look.role is None:
        # tr: In the file with everything that is kept: somebody who has left opened it; {what} such as "your words".
        return speech.line("Opened on {moment}: {what}", moment=at, what=what)
    if look.unit is None:
        # tr: In the file with everything that is kept: who opened it, by role; {what} such as "your words".
        return speech.line("Opened on {moment}: {what}, by: {role}", moment=at, what=what, role=speech.role(look.role))
    # tr: In the file with everything that is kept: who opened it, by role and unit; {what} such as "your words".
    return speech.line(
        "Opened on {moment}: {what}, by: {role}, {unit}",
        moment=at,
        what=what,
        role=speech.role(look.role),
        unit=speech.unit(look.unit),
    )


def _besides(speech: Speech) -> Iterable[str]:
    # tr: Heading in the file with everything that is kept: the rest.
    yield _heading(speech.line("Kept besides"))
    # tr: In the file with everything that is kept: the number of the chat.
    yield _paragraph(speech.line("The number of your chat, encrypted, so that you can be answered."))
    # tr: In the file with everything that is kept: the settings.
    yield _paragraph(speech.line("The language that you chose, and how much you want to hear."))
    # tr: In the file with everything that is kept: numbers of messages.
    yield _paragraph(
        speech.line(
            "The numbers of your messages, without content, for {length}, so that none is handled twice.",
            length=speech.length(NUMBERS_KEPT),
        )
    )
    # tr: In the file with everything that is kept: the ledger.
    yield _paragraph(speech.line("In the ledger the facts of your cases, without your name and without your words."))


def _heading(text: str) -> str:
    return f"<h2>{_lined(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{_lined(text)}</p>"


def _quoted(text: str) -> str:
    return f'<blockquote dir="auto">{escape(cleaned(text))}</blockquote>'


def _lined(text: str) -> str:
    return text.replace("\n", "<br>")


def _plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "").split("\n")[-1]
