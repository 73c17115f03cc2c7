"""The scorecard as messages: every unit's points, and one unit's line by line with what each is made of.

Invariant: nothing is reckoned here; points come as they were computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.rules.message import CardPage, CardsPage
from bot.rules.scorecard import CardLine, UnitCard, unmeasured
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.figures import period_of
from locales.markup import Block, bold, cleaned, escape
from locales.speech import COMMA, Speech


def cards_page(speech: Speech, page: CardsPage) -> list[Block]:
    """Show every unit's points."""
    smallest = speech.county.privacy.smallest_ranked
    ranked = [card for card in page.cards if card.closed >= smallest]
    few = [card for card in page.cards if card.closed < smallest]
    # tr: Heading of the points of all units. 考评积分
    blocks: list[Block] = [speech.heading("Scorecards of the units"), escape(period_of(speech, page)), BLANK]
    for place, card in enumerate(ranked, start=1):
        said = _sum(speech, card)
        # tr: A unit in the list of scorecards; {place} is its place among the units.
        line = speech.line("{place}. {unit}: {points}", place=speech.number(place), unit=speech.unit(card.unit), points=said)
        blocks.append(line)
    if few:
        # tr: Heading of the units that have too few cases to be compared.
        blocks.append(speech.heading("Fewer than {smallest} closed cases, not compared", smallest=speech.number(smallest)))
        # tr: A unit and its points.
        lines = [speech.line("{unit}: {points}", unit=speech.unit(card.unit), points=_sum(speech, card)) for card in few]
        blocks += lines
    if not page.cards:
        # tr: In place of the scorecards.
        blocks.append(speech.line("No unit had a case in this period."))
    return blocks


def card_page(speech: Speech, page: CardPage) -> list[Block]:
    """Show one unit's card: what is earned, what is lost, and what nothing measures yet."""
    card = page.card
    # tr: Heading of one unit's scorecard.
    blocks: list[Block] = [speech.heading("{unit}: scorecard", unit=speech.unit(card.unit)), escape(period_of(speech, page))]
    blocks.append(bold(escape(_sum(speech, card))))
    if card.closed < speech.county.privacy.smallest_ranked:
        # tr: Under the heading of a scorecard.
        blocks.append(speech.line("Too few closed cases to be compared with other units."))
    blocks += [BLANK, *_lines(speech, card)]
    later = [_name(speech, line) for line in unmeasured(card.lines)]
    if later:
        names = speech.join(later, COMMA)
        # tr: Under a scorecard; {names} are the indicators.
        blocks += [BLANK, speech.line("Not measured yet, neither earning nor costing points: {names}", names=names)]
    return blocks


def _lines(speech: Speech, card: UnitCard) -> Iterator[Block]:
    for line in card.lines:
        if line.n is None:
            continue
        name, full = _name(speech, line), speech.number(line.full)
        points = _points(speech, line.tenths or 0)
        if line.tenths is None:
            # tr: A line of a scorecard: no case could speak of this indicator.
            yield speech.line("{name}: no case to count", name=name)
        elif line.is_positive:
            parts = f"{speech.number(line.n)}/{speech.number(line.of or 0)}"
            # tr: A line of a scorecard: points earned, of how many, and the cases they come from.
            yield speech.line("{name}: +{points} of {full} ({parts})", name=name, points=points, full=full, parts=parts)
        else:
            cases = speech.number(line.n)
            said = {"name": name, "points": points, "full": full, "cases": cases}
            # tr: A line of a scorecard: points lost, how many at most, and for how many cases.
            yield speech.line("{name}: −{points}, at most {full} (cases: {cases})", **said)


def _name(speech: Speech, line: CardLine) -> str:
    known = next((each for each in speech.county.indicators if each.id == line.indicator), None)
    return cleaned(known.name.within(speech.language) if known else line.indicator)


def _sum(speech: Speech, card: UnitCard) -> str:
    return speech.text(SUM, points=_points(speech, card.tenths), possible=speech.number(card.possible))


def _points(speech: Speech, tenths: int) -> str:
    """Write points with one decimal."""
    return speech.points(Fraction(tenths, 1000))


# tr: A unit's points; {possible} is how many it could have earned.
SUM = Phrase("scorecard", "{points} of {possible} points")
