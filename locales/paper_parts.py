"""What the cases received are about, and where they come from, as words for print.

Invariant: of a long list the largest parts are named, and how many are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from bot.rules.county import Kind
from bot.rules.figure import Digest, Share
from bot.rules.identity import CategoryId, TownshipId
from bot.rules.paper import Part, Parts
from locales.catalogue import Phrase
from locales.figures import channel_of, count_change, is_few
from locales.speech import Speech

MOST_PARTS: Final = 8


def parts_printed(speech: Speech, digest: Digest) -> tuple[Parts, ...]:
    """Tell the cases received apart: by category, township, kind and channel."""
    told = digest.breakdown
    return (
        _whole(speech, CATEGORIES, told.category, lambda which: speech.category(CategoryId(which))),
        _whole(speech, TOWNSHIPS, told.township, lambda which: speech.township(TownshipId(which))),
        _whole(speech, KINDS, told.kind, lambda which: speech.kind(Kind(which))),
        _whole(speech, CHANNELS, told.channel, lambda which: channel_of(speech, which)),
    )


def _value(speech: Speech, share: Share) -> str:
    """Say how many cases and what share that is; of few cases the number alone."""
    count = speech.number(share.n)
    return count if is_few(speech, share.of) else f"{count} · {speech.percent(Fraction(share.n, share.of))}"


def _whole(speech: Speech, title: Phrase, shares: Sequence[Share], name: Callable[[str], str]) -> Parts:
    now = [share for share in shares if share.n]
    more = len(now) - MOST_PARTS
    return Parts(
        title=speech.text(title),
        parts=tuple(
            Part(
                label=speech.township(None) if share.which is None else name(share.which),
                value=_value(speech, share),
                note=count_change(speech, share.n, share.before),
                share=share.n / share.of,
            )
            for share in now[:MOST_PARTS]
        ),
        note=speech.text(NOTHING_RECEIVED)
        if not now
        else speech.text(AND_MORE, more=speech.number(more))
        if more > 0
        else "",
    )


# tr: Heading: cases received, by what they are about.
CATEGORIES = Phrase("paper", "Received by category")
# tr: Heading: cases received, by township.
TOWNSHIPS = Phrase("paper", "Received by township")
# tr: Heading: cases received, by what residents want (complaint, request, …).
KINDS = Phrase("paper", "Received by kind")
# tr: Heading: cases received, by the way they came in (bot, hotline, …).
CHANNELS = Phrase("paper", "Received by channel")
# tr: Stands where what was received would be told apart.
NOTHING_RECEIVED = Phrase("paper", "Nothing was received.")
# tr: After a list that does not name all.
AND_MORE = Phrase("paper", "and {more} more.")
