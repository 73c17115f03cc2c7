"""Why there is a warning or a signal: one sentence of the catalogue a kind, with what was counted in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from bot.rules.warning import EVERYWHERE, SignKind
from bot.rules.warning_life import Sign
from locales.catalogue import Phrase
from locales.figures import CHANNELS
from locales.speech import Speech


def reason(speech: Speech, sign: Sign) -> str:
    """Say why, in one sentence."""
    subject = sign.subject
    phrase = REASONS[sign.kind]
    if sign.kind is SignKind.SURGE and subject.township == EVERYWHERE:
        phrase = SURGE_EVERYWHERE
    if sign.kind is SignKind.BEHIND and sign.usual is None:
        phrase = BEHIND_WITHOUT_A_PAST
    if sign.kind is SignKind.OLD and sign.days == 0:
        phrase = OLD_TODAY
    fields = {
        "n": speech.number(sign.n),
        "of": speech.number(sign.of or 0),
        "usual": speech.points(Fraction(sign.usual or 0, 1000)),
        "days": speech.number(sign.days),
        "unit": "" if subject.unit is None else speech.unit(subject.unit),
        "category": "" if subject.category is None else speech.category(subject.category),
        "township": speech.township(subject.township),
        "channel": "" if subject.channel is None else speech.text(CHANNELS[subject.channel]),
        "case": subject.case or "",
    }
    return speech.text(phrase, **{name: value for name, value in fields.items() if f"{{{name}}}" in phrase.msgid})


def dated_reason(speech: Speech, sign: Sign) -> str:
    """Say why, since when, and of which day the counts are: they are made again only when it is graver or less grave."""
    told, counted_on = reason(speech, sign), speech.short_day(sign.graded_at)
    is_long = sign.graded_at - sign.raised_at > LONG
    since = speech.month(sign.raised_at) if is_long else speech.short_day(sign.raised_at)
    if since == counted_on:
        return speech.text(COUNTED_THEN, reason=told, day=counted_on)
    return speech.text(COUNTED_ON, reason=told, since=since, day=counted_on)


LONG: Final = timedelta(days=300)
"""From here on the day that a warning began needs its year."""

# tr: Why there is a warning, since when it has stood, and of which later day the numbers in it are; {reason} is a sentence.
COUNTED_ON = Phrase("sign", "{reason} (since {since}, as of {day})")
# tr: Why there is a warning, and since when it has stood; the numbers in it are of that same day. {reason} is a sentence.
COUNTED_THEN = Phrase("sign", "{reason} (since {day}, as of that day)")
# tr: Warning: cases of a category in all the county; {usual} is how many there usually are in so many days.
SURGE_EVERYWHERE = Phrase("sign", "{category}, whole county: {n} cases in {days} days, usually {usual}")
# tr: Warning: a unit that has no past yet missed limits.
BEHIND_WITHOUT_A_PAST = Phrase("sign", "{unit}: {n} of {of} limits missed in {days} days")
# tr: Warning: cases of a unit far beyond their limits, which are of hours: none was a day old when it was found.
OLD_TODAY = Phrase("sign", "{unit}: open cases far beyond their limits {n}")

REASONS: Final[Mapping[SignKind, Phrase]] = {
    # tr: Warning: cases of a category in a township; {usual} is how many there usually are in so many days.
    SignKind.SURGE: Phrase("sign", "{category}, {township}: {n} cases in {days} days, usually {usual}"),
    # tr: Warning: several residents reported the same place.
    SignKind.PLACE: Phrase("sign", "{category}, {township}: the same place reported {n} times in {days} days"),
    # tr: Warning: a unit missed more limits than usual.
    SignKind.BEHIND: Phrase("sign", "{unit}: {n} of {of} limits missed in {days} days, usually {usual}"),
    # tr: Warning: cases of a unit that have been open for long.
    SignKind.OLD: Phrase("sign", "{unit}: old open cases {n}, the oldest for {days} days"),
    # tr: Warning: residents urged one case again and again.
    SignKind.URGED: Phrase("sign", "{case}: urged {n} times"),
    # tr: Warning: units said of one case again and again that it is not theirs.
    SignKind.TRANSFERRED: Phrase("sign", "{case}: given back by units {n} times"),
    # tr: Warning: hardly any cases come by a channel, such as the hotline.
    SignKind.SILENT: Phrase("sign", "{channel}: {n} cases in {days} days, usually {usual}"),
    # tr: Warning: residents' words wait for their translation.
    SignKind.TRANSLATORS: Phrase("sign", "Translations overdue: {n}, of {of} that wait"),
    # tr: Signal: cases of different days, resolved within one hour shortly before their limits.
    SignKind.BULK: Phrase("sign", "{unit}: {n} cases resolved together at the last moment, in {days} days"),
    # tr: Signal: ordinary cases resolved a few minutes after they were signed for; {usual}: at the rate of other units.
    SignKind.FAST: Phrase("sign", "{unit}: {n} of {of} resolved within minutes, as elsewhere it would be {usual}"),
    # tr: Signal: resolved without the photo or document that the category asks for.
    SignKind.BARE: Phrase("sign", "{unit}: {n} cases resolved without the evidence asked for, in {days} days"),
    # tr: Signal: resolved, then reopened as residents said that it is not so; {usual}: at the rate of other units.
    SignKind.COMEBACK: Phrase("sign", "{unit}: {n} of {of} resolved cases reopened, as elsewhere it would be {usual}"),
    # tr: Signal: cases that were put under a class with a longer limit.
    SignKind.LENGTHENED: Phrase("sign", "{unit}: {n} cases put under a longer limit, in {days} days"),
    # tr: Signal: cases that were given more time more than once.
    SignKind.EXTENDED: Phrase("sign", "{unit}: {n} cases given more time again and again"),
    # tr: Signal: good ratings that came from chats of people who work for the unit, or were entered by them.
    SignKind.OWN_RATING: Phrase("sign", "{unit}: {n} cases rated as solved by people of the unit itself, in {days} days"),
    # tr: Signal: the same answer was given to cases about different things.
    SignKind.COPIED: Phrase("sign", "{unit}: the same answer given to {n} cases about different things, in {days} days"),
}
