"""Warnings and integrity signals as a digest tells them: how many stand, by colour, what is new and over, and why.

Invariant: a colour never stands without its name where there is no sign for it; of a signal there is a count, and no reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.rules.figure import Digest, Figure
from bot.rules.warning import Grade
from bot.rules.warning_life import Sign
from locales.catalogue import Phrase
from locales.colours import colour_name, mark
from locales.figures import GRADES
from locales.markup import Block, escape
from locales.sign_reasons import dated_reason, reason
from locales.speech import Speech

WORST: Final = 3
"""How many warnings the front of a digest names: with the gravest ones it still fits a screen."""

NAMED_IN_CHAT: Final = 8
"""How many warnings their own message names."""


def signs_in_brief(speech: Speech, digest: Digest) -> list[Block]:
    """Tell how many warnings and signals there are, and name the gravest; nothing of what the digest does not have."""
    return _told(speech, digest, WORST)


def signs_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Tell of warnings and signals in a message of their own."""
    more = len(_standing(digest)) - NAMED_IN_CHAT
    return _told(speech, digest, NAMED_IN_CHAT, [speech.paragraph(MORE, more=speech.number(more))] if more > 0 else [])


def _told(speech: Speech, digest: Digest, most: int, more: Sequence[Block] = ()) -> list[Block]:
    if "warnings" not in digest.figures:
        return []
    warnings, *signals = _counts(speech, digest, lambda grade: mark(speech, grade))
    named = [
        # tr: A warning in the digest: {mark} is a coloured sign, {reason} a sentence that says why.
        speech.line("{mark} {reason}", mark=mark(speech, sign.grade), reason=_why(speech, digest, sign))
        for sign in _standing(digest)[:most]
    ]
    return [escape(warnings), *named, *more, *(escape(line) for line in signals)]


def signs_in_print(speech: Speech, digest: Digest, most: int) -> list[str]:
    """Tell of them on paper, where colours have names; at most so many warnings are named."""
    if "warnings" not in digest.figures:
        return []
    lines = _counts(speech, digest, lambda grade: colour_name(speech, grade))
    standing = _standing(digest)
    lines += [
        speech.text(NAMED, colour=colour_name(speech, sign.grade), reason=_why(speech, digest, sign))
        for sign in standing[:most]
    ]
    if len(standing) > most:
        lines.append(speech.text(MORE, more=speech.number(len(standing) - most)))
    return lines


def _why(speech: Speech, digest: Digest, sign: Sign) -> str:
    """Say why; of a warning that began before the period also since when, and of which day the counts are."""
    return dated_reason(speech, sign) if sign.raised_at < digest.begins_at else reason(speech, sign)


def _standing(digest: Digest) -> list[Sign]:
    return [sign for sign in digest.warnings if sign.is_open]


def _counts(speech: Speech, digest: Digest, called: Callable[[Grade], str]) -> list[str]:
    """Say how many warnings there are by colour, and how many signals, if there are any."""
    figures = digest.figures
    by_colour = [
        speech.text(OF_A_COLOUR, colour=called(grade), count=speech.number(_count(figures, name)))
        for name, grade in GRADES.items()
        if _count(figures, name)
    ]
    told = speech.join(by_colour) if by_colour else speech.text(NONE)
    lines = [speech.text(STANDING, told=told, **_moved(speech, figures, "warnings"))]
    if any(_count(figures, name) for name in ("signals", "signals_begun", "signals_ended")):
        count = speech.number(_count(figures, "signals"))
        lines.append(speech.text(SIGNALS, count=count, **_moved(speech, figures, "signals")))
    return lines


def _moved(speech: Speech, figures: Mapping[str, Figure], what: str) -> dict[str, str]:
    return {name: speech.number(_count(figures, f"{what}_{name}")) for name in ("begun", "ended")}


def _count(figures: Mapping[str, Figure], name: str) -> int:
    return figures.get(name, Figure(n=0)).n or 0


# tr: In the digest: the early warnings that stand, by colour; {begun} are new in the period, {ended} are over.
STANDING = Phrase("digest", "Early warnings: {told} (new {begun}, over {ended})")
# tr: In the digest: integrity signals that nobody has closed yet; {begun} are new in the period, {ended} are over. 廉政线索
SIGNALS = Phrase("digest", "Integrity signals to look into: {count} (new {begun}, over {ended})")
# tr: How many warnings there are of a colour, such as red 2.
OF_A_COLOUR = Phrase("digest", "{colour} {count}")
# tr: There is no early warning.
NONE = Phrase("digest", "none")
# tr: A warning on paper: its colour in words, and a sentence that says why.
NAMED = Phrase("digest", "{colour}: {reason}")
# tr: Under the warnings that are named, when there are more.
MORE = Phrase("digest", "and {more} more")
