"""Units and townships in a digest's messages: which need attention, which can be compared, where cases come from.

Invariant: no unit stands in an order of merit with fewer cases than the county lets it be compared by.
"""

from __future__ import annotations

from typing import Final

from bot.rules.figure import Digest, UnitFigures
from bot.rules.identity import TownshipId
from bot.rules.ranking import rank
from locales.catalogue import Phrase
from locales.digest_lines import count_of, named, with_change
from locales.figures import rate_in_words
from locales.markup import Block, escape
from locales.speech import Speech

PRESSING: Final = 7
RANKED: Final = 7
TOWNSHIPS: Final = 16
"""How many are named in a message, so that it still fits a screen; each has a button, too."""


def units_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Name the units that need attention, then those that can be compared; nothing in a digest of one unit."""
    if digest.unit is not None:
        return []
    blocks: list[Block] = []
    if pressing := pressing_units(speech, digest, PRESSING):
        # tr: Heading above the units with overdue or reopened cases.
        blocks += [speech.heading("Units that need attention"), *(escape(line) for line in pressing)]
    smallest = speech.county.privacy.smallest_ranked
    ranked = rank(digest.units, speech.county.units, smallest).ranked
    if ranked:
        blocks += [
            # tr: Heading above units with {smallest} closed cases or more; after each stands how many are confirmed solved.
            speech.heading("Confirmed solved, units with {smallest} cases or more", smallest=speech.number(smallest)),
            *(_ranked(speech, place, unit) for place, unit in enumerate(ranked[:RANKED], start=1)),
        ]
    if len(ranked) > RANKED:
        blocks.append(speech.paragraph(MORE_UNITS, more=speech.number(len(ranked) - RANKED)))
    return blocks


def townships_in_chat(speech: Speech, digest: Digest) -> list[Block]:
    """Say how many cases came from each township, most first, and how that changed."""
    shares = [share for share in digest.breakdown.township if share.n or share.before]
    blocks: list[Block] = [
        named(speech, _township(speech, share.which), with_change(speech, share.n, share.before))
        for share in shares[:TOWNSHIPS]
    ]
    if len(shares) > TOWNSHIPS:
        rest = sum(share.n for share in shares[TOWNSHIPS:])
        # tr: Under the townships that are named; {count} cases came from the others.
        blocks.append(speech.line("Other townships: {count}", count=speech.number(rest)))
    return blocks


def pressing_units(speech: Speech, digest: Digest, most: int) -> list[str]:
    """Name the units with overdue or reopened cases, at most so many, the most pressing first; none in its own digest."""
    pressing = sorted((unit for unit in digest.units if _weight(unit) > (0, 0, 0)), key=_weight, reverse=True)
    if digest.unit is not None:
        return []
    lines = [_unit_line(speech, unit) for unit in pressing[:most]]
    if len(pressing) > most:
        lines.append(speech.text(MORE_UNITS, more=speech.number(len(pressing) - most)))
    return lines


def _township(speech: Speech, which: str | None) -> str:
    return speech.township(None if which is None else TownshipId(which))


def _ranked(speech: Speech, place: int, unit: UnitFigures) -> Block:
    solved = unit.figures["confirmed_solved"]
    # tr: A unit with its place and what residents confirm as solved, such as 3. 民政局 41/60 = 68.3%.
    return speech.line(
        "{place}. {unit} {value}",
        place=speech.number(place),
        unit=speech.unit(unit.unit),
        value=rate_in_words(speech, solved),
    )


def _weight(unit: UnitFigures) -> tuple[int, int, int]:
    long_overdue, overdue, reopened = (count_of(unit.figures, name) or 0 for name in ("long_overdue", "overdue", "reopened"))
    return long_overdue, overdue, reopened


def _unit_line(speech: Speech, unit: UnitFigures) -> str:
    long_overdue, overdue, reopened = _weight(unit)
    told: list[str] = []
    if overdue:
        told.append(speech.text(UNIT_OVERDUE, count=speech.number(overdue)))
    if long_overdue:
        told.append(speech.text(UNIT_LONG_OVERDUE, count=speech.number(long_overdue)))
    if reopened:
        told.append(speech.text(UNIT_REOPENED, count=speech.number(reopened)))
    return speech.text(UNIT_TOLD, unit=speech.unit(unit.unit), told=speech.join(told))


# tr: A unit that needs attention: its name, and how many cases are overdue or reopened.
UNIT_TOLD = Phrase("figure", "{unit}: {told}")
# tr: Under the units that are named, when not all are.
MORE_UNITS = Phrase("figure", "and {more} more")
# tr: Of a unit that needs attention.
UNIT_OVERDUE = Phrase("figure", "overdue {count}")
# tr: Of a unit that needs attention: past three times the time it had.
UNIT_LONG_OVERDUE = Phrase("figure", "long overdue {count}")
# tr: Of a unit that needs attention: residents said "not solved".
UNIT_REOPENED = Phrase("figure", "reopened {count}")
