"""Buttons under scorecards: the period before and after, one unit's card, its digest, and what can be done about it."""

from __future__ import annotations

from bot.rules.message import CardAct, CardPage, CardsPage, PointsChoice, TracePage
from bot.rules.period import parse_period
from handlers.callback import Button, ChoosePoints, DecidePoints, DoCard, DoCards, ShowCard, ShowDigest, Trace
from handlers.keyboards.digest import PAGE
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

TRACED = 8
"""Cases on a page of what is behind a line."""

DEEDS = {
    CardAct.SHOW: Label.SHOW_CARDS,
    CardAct.PUBLISH: Label.PUBLISH_CARDS,
    CardAct.OBJECT: Label.CARD_OBJECT,
    CardAct.ANSWER: Label.CARD_ANSWER,
    CardAct.GIVE: Label.CARD_GIVE,
}


def of_all(page: CardsPage, say: Lettering) -> Rows:
    """Draw a button for each unit, in the order of the list; none under what everybody is told."""
    if page.is_published:
        return []
    units: list[tuple[str, Button]] = [(say.unit(card.unit), ShowCard(page.period, card.unit)) for card in page.cards[:PAGE]]
    deeds: list[tuple[str, Button]] = [(say.label(DEEDS[act]), DoCards(act, page.period)) for act in page.may]
    return [*in_columns(units), *([deeds] if deeds else []), _around(page, "", say)]


def of_one(page: CardPage, say: Lettering) -> Rows:
    """Draw what can be done about a card, the way to the figures behind it, and back; a lead has the own card alone."""
    unit = page.card.unit
    deeds = [*_traces(page, say), *_deeds(page, say)]
    if page.is_alone:
        return [*deeds, _around(page, unit, say)]
    others: list[tuple[str, Button]] = [
        (say.label(Label.CARD_FIGURES), ShowDigest(page.period, f"u:{unit}")),
        (say.label(Label.BACK), ShowCard(page.period)),
    ]
    return [*deeds, _around(page, unit, say), others]


def trace(page: TracePage, say: Lettering) -> Rows:
    """Draw a button for each case, the pages before and after, and the way back to the card."""
    place = next((place for place, each in enumerate(say.county.indicators) if each.id == page.indicator), None)
    turns: list[tuple[str, Button]] = []
    if place is not None and page.page:
        turns.append((say.label(Label.PAGE_BEFORE), Trace(page.period, page.unit, place, page.page - 1)))
    if place is not None and page.total > page.page * TRACED + len(page.lines):
        turns.append((say.label(Label.PAGE_AFTER), Trace(page.period, page.unit, place, page.page + 1)))
    back: Rows = [[(say.label(Label.BACK), ShowCard(page.period, page.unit))]]
    numbers = dict.fromkeys(line.case for line in page.lines)
    return [*say.cases(numbers), *([turns] if turns else []), *back]


def points_choice(choice: PointsChoice, say: Lettering) -> Rows:
    """Draw the indicators to choose from, then the points."""
    places = {each.id: place for place, each in enumerate(say.county.indicators)}
    back: Rows = [[(say.label(Label.BACK), ShowCard(choice.period, choice.unit))]]
    if choice.indicator is None:
        drawn: list[tuple[str, Button]] = [
            (name_of(indicator, say), ChoosePoints(choice.period, choice.unit, places[indicator]))
            for indicator in choice.indicators
            if indicator in places
        ]
        return [*in_columns(drawn), *back]
    place = places.get(choice.indicator)
    if place is None:
        return back
    numbers: list[tuple[str, Button]] = [
        (str(points), ChoosePoints(choice.period, choice.unit, place, points)) for points in range(1, choice.full + 1)
    ]
    return [*(numbers[start : start + 5] for start in range(0, len(numbers), 5)), *back]


def name_of(indicator: str, say: Lettering) -> str:
    """Write the name of an indicator; one that the county file no longer has is named by its id."""
    known = next((each for each in say.county.indicators if each.id == indicator), None)
    return known.name.within(say.language) if known else indicator


def _traces(page: CardPage, say: Lettering) -> Rows:
    """Draw a button for each line of which cases speak."""
    places = {each.id: place for place, each in enumerate(say.county.indicators)}
    drawn: list[tuple[str, Button]] = [
        (name_of(line.indicator, say), Trace(page.period, page.card.unit, places[line.indicator]))
        for line in page.card.lines
        if line.n is not None and not line.is_manual and line.indicator in places and (line.n or line.of)
    ]
    return in_columns(drawn)


def _deeds(page: CardPage, say: Lettering) -> Rows:
    if page.standing is None:
        return []
    unit = page.card.unit
    places = {each.id: place for place, each in enumerate(say.county.indicators)}
    drawn: list[tuple[str, Button]] = [
        (say.label(DEEDS[act]), DoCard(act, page.period, unit)) for act in page.standing.may if act in DEEDS
    ]
    decide: Rows = [
        [
            (
                say.label(label, value=name_of(indicator, say)),
                DecidePoints(page.period, unit, places[indicator], is_confirmed=is_confirmed),
            )
            for label, is_confirmed in ((Label.CONFIRM_POINTS, True), (Label.REFUSE_POINTS, False))
        ]
        for indicator in page.standing.waiting
        if indicator in places
    ]
    return [*decide, *in_columns(drawn)]


def _around(page: CardsPage | CardPage, unit: str, say: Lettering) -> list[tuple[str, Button]]:
    period = parse_period(page.period, say.county.hours.zone)
    around: list[tuple[str, Button]] = [(say.label(Label.DIGEST_EARLIER), ShowCard(period.previous().text, unit))]
    if not page.is_last:
        around.append((say.label(Label.DIGEST_LATER), ShowCard(period.next().text, unit)))
    return around
