"""The scorecard as messages: every unit's points, and one unit's line by line with what each is made of.

Invariant: nothing is reckoned here; points come as they were computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.rules.message import (
    CardAct,
    CardPage,
    CardsPage,
    CardWordsWanted,
    PointsChoice,
    TracePage,
)
from bot.rules.message.card import CardMessage, CardStanding
from bot.rules.scorecard import CardLine, UnitCard, unmeasured
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.figures import period_of
from locales.markup import Block, Quote, bold, cleaned, escape
from locales.speech import COMMA, Speech


def blocks(speech: Speech, message: CardMessage) -> list[Block]:
    """Say a message about scorecards."""
    match message:
        case CardsPage():
            return cards_page(speech, message)
        case CardPage():
            return card_page(speech, message)
        case CardWordsWanted():
            return words_wanted(speech, message)
        case PointsChoice():
            return points_choice(speech, message)
        case TracePage():
            return trace_page(speech, message)


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
    if page.is_published or page.is_settled:
        # tr: Under the points of all units, once they are published.
        blocks.append(speech.line("These scorecards are published."))
    if page.until is not None:
        # tr: Under the points of all units, which were shown theirs: until when they can say what is wrong with it.
        shown = speech.line("Shown to the units, which can object until {moment}", moment=speech.moment(page.until))
        blocks += [BLANK, shown]
    if page.changed:
        # tr: Under the points of all units: how many have another card now than the one that they were shown.
        blocks.append(speech.line("Changed since, to be shown again: {count}", count=speech.number(len(page.changed))))
    if page.unconfirmed:
        units = speech.join([speech.unit(unit) for unit in page.unconfirmed], COMMA)
        # tr: Under the points of all units: whose card is not shown yet, as a second person has to confirm points by hand.
        blocks.append(speech.line("Not shown before a second person confirms points by hand: {units}", units=units))
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
    if page.appraisal is not None:
        good, answers = (speech.number(count) for count in page.appraisal)
        # tr: Under a unit's scorecard: how many answers of those who were served were good, and of how many. 民主评议
        blocks.append(speech.line("Appraisal by those served: {good} of {answers} answers good", good=good, answers=answers))
    if page.standing is not None:
        blocks += _standing(speech, page.standing)
    return blocks


def _standing(speech: Speech, standing: CardStanding) -> Iterator[Block]:
    yield BLANK
    if standing.is_published:
        # tr: Under a scorecard: it stands.
        yield speech.line("Published")
    elif standing.until is None:
        # tr: Under a scorecard of a period that is over.
        yield speech.line("Not yet shown to the unit")
    elif standing.is_changed:
        # tr: Under a scorecard: its figures or points changed after the unit was shown it, so it can object anew.
        yield speech.line("Changed since it was shown to the unit, to be shown again")
    else:
        # tr: Under a scorecard: the unit can say until then what is wrong with it.
        yield speech.line("Shown to the unit, which can object until {moment}", moment=speech.moment(standing.until))
    for given in standing.given:
        values = {"name": _named(speech, given.indicator), "points": speech.number(given.points)}
        if given.is_confirmed is None:
            # tr: Under a scorecard: points that somebody gave by hand; a second person has to confirm them.
            yield speech.line("{name}: {points} points by hand, to be confirmed by a second person", **values)
        elif given.is_confirmed:
            # tr: Under a scorecard: points that were given by hand and confirmed.
            yield speech.line("{name}: {points} points by hand, confirmed", **values)
        else:
            # tr: Under a scorecard: points that were given by hand and not confirmed.
            yield speech.line("{name}: {points} points by hand, refused", **values)
        yield Quote(given.reason)
    if standing.objection is not None:
        # tr: Under a scorecard: what the unit says is wrong with it; a quotation follows.
        yield speech.line("The unit objects:")
        yield Quote(standing.objection)
    if standing.answer is not None:
        # tr: Under a scorecard: what was answered to the unit's objection; a quotation follows.
        yield speech.line("Answer:")
        yield Quote(standing.answer)


def words_wanted(speech: Speech, message: CardWordsWanted) -> list[Block]:
    """Ask for the words that a step with a card needs."""
    # tr: Heading of one unit's scorecard.
    heading = speech.heading("{unit}: scorecard", unit=speech.unit(message.unit))
    if message.act is CardAct.OBJECT:
        # tr: Asks a lead what is wrong with the unit's scorecard.
        return [heading, speech.line("Write what is wrong with this card, and which cases show it.")]
    if message.act is CardAct.ANSWER:
        # tr: Asks a supervisor or an admin for the answer to a unit's objection.
        return [heading, speech.line("Write the answer to the unit's objection.")]
    name, points = _named(speech, message.indicator or ""), speech.number(message.points or 0)
    # tr: Asks a supervisor or an admin why points are given by hand.
    asked = speech.line("{name}: {points} points. Write the reason; a second person confirms it.", name=name, points=points)
    return [heading, asked]


def points_choice(speech: Speech, message: PointsChoice) -> list[Block]:
    """Ask for which indicator points are given, then how many."""
    heading = speech.heading("{unit}: scorecard", unit=speech.unit(message.unit))
    if message.indicator is None:
        # tr: Asks for which indicator of a scorecard points are given by hand; buttons follow.
        return [heading, speech.line("Points by hand: for what?")]
    # tr: Asks how many points are given by hand; buttons with numbers follow.
    return [heading, speech.line("{name}: how many points?", name=_named(speech, message.indicator))]


def _lines(speech: Speech, card: UnitCard) -> Iterator[Block]:
    for line in card.lines:
        if line.n is None:
            continue
        if line.is_manual:
            yield _by_hand(speech, line)
            continue
        name, full = _name(speech, line), speech.number(line.full)
        points = _points(speech, line.tenths or 0)
        if line.tenths is None:
            # tr: A line of a scorecard: no case could speak of this indicator.
            yield speech.line("{name}: no case to count", name=name)
        elif line.is_positive and line.of is None:
            said = {"name": name, "count": speech.number(line.n), "points": speech.number((line.tenths or 0) // 10)}
            # tr: A line of a scorecard: how often it was done, such as field visits, a point each time, {full} at most.
            yield speech.line("{name}: {count}, a point each: +{points}, at most {full}", **said, full=full)
        elif line.is_positive:
            parts = f"{speech.number(line.n)}/{speech.number(line.of or 0)}"
            # tr: A line of a scorecard: points earned, of how many, and the cases they come from.
            yield speech.line("{name}: +{points} of {full} ({parts})", name=name, points=points, full=full, parts=parts)
        else:
            cases = speech.number(line.n)
            said = {"name": name, "points": points, "full": full, "cases": cases}
            # tr: A line of a scorecard: points lost, how many at most, and for how many cases.
            yield speech.line("{name}: −{points}, at most {full} (cases: {cases})", **said)


def trace_page(speech: Speech, message: TracePage) -> list[Block]:
    """Show the cases behind a line of a card."""
    unit, name = speech.unit(message.unit), _named(speech, message.indicator)
    # tr: Heading of the cases behind one indicator of a unit's scorecard.
    blocks: list[Block] = [speech.heading("{unit}, {name}", unit=unit, name=name)]
    # tr: Under the heading of the cases behind an indicator: the period, such as 2026-10, and how many cases there are.
    blocks.append(speech.line("{period}, cases: {total}", period=message.period, total=speech.number(message.total)))
    for line in message.lines:
        n, of = speech.number(line.n), speech.number(line.of)
        # tr: A case behind an indicator: its number, which attempt at it, and what it counts as, such as 0 of 1.
        blocks.append(
            speech.line("{case}, attempt {round}: {n} of {of}", case=line.case, round=speech.number(line.round), n=n, of=of)
        )
    if not message.lines:
        # tr: No case is behind an indicator.
        blocks.append(speech.line("No case"))
    return blocks


def _by_hand(speech: Speech, line: CardLine) -> Block:
    name, full, points = _name(speech, line), speech.number(line.full), _points(speech, line.tenths or 0)
    if line.is_positive:
        # tr: A line of a scorecard: points earned that were given by hand, and how many at most.
        return speech.line("{name}: +{points} by hand, at most {full}", name=name, points=points, full=full)
    # tr: A line of a scorecard: points lost that were given by hand, and how many at most.
    return speech.line("{name}: −{points} by hand, at most {full}", name=name, points=points, full=full)


def _name(speech: Speech, line: CardLine) -> str:
    return _named(speech, line.indicator)


def _named(speech: Speech, indicator: str) -> str:
    known = next((each for each in speech.county.indicators if each.id == indicator), None)
    return cleaned(known.name.within(speech.language) if known else indicator)


def _sum(speech: Speech, card: UnitCard) -> str:
    return speech.text(SUM, points=_points(speech, card.tenths), possible=speech.number(card.possible))


def _points(speech: Speech, tenths: int) -> str:
    """Write points with one decimal."""
    return speech.points(Fraction(tenths, 1000))


# tr: A unit's points; {possible} is how many it could have earned.
SUM = Phrase("scorecard", "{points} of {possible} points")
