"""Buttons under scorecards: the period before and after, one unit's card, and its digest, where its figures stand."""

from __future__ import annotations

from bot.rules.message import CardPage, CardsPage
from bot.rules.period import parse_period
from handlers.callback import Button, ShowCard, ShowDigest
from handlers.keyboards.digest import PAGE
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label


def of_all(page: CardsPage, say: Lettering) -> Rows:
    """Draw a button for each unit, in the order of the list."""
    units: list[tuple[str, Button]] = [(say.unit(card.unit), ShowCard(page.period, card.unit)) for card in page.cards[:PAGE]]
    return [*in_columns(units), _around(page, "", say)]


def of_one(page: CardPage, say: Lettering) -> Rows:
    """Draw the way to the figures behind a card, and back; a lead has the own unit's card alone."""
    unit = page.card.unit
    if page.is_alone:
        return [_around(page, unit, say)]
    others: list[tuple[str, Button]] = [
        (say.label(Label.CARD_FIGURES), ShowDigest(page.period, f"u:{unit}")),
        (say.label(Label.BACK), ShowCard(page.period)),
    ]
    return [_around(page, unit, say), others]


def _around(page: CardsPage | CardPage, unit: str, say: Lettering) -> list[tuple[str, Button]]:
    period = parse_period(page.period, say.county.hours.zone)
    around: list[tuple[str, Button]] = [(say.label(Label.DIGEST_EARLIER), ShowCard(period.previous().text, unit))]
    if not page.is_last:
        around.append((say.label(Label.DIGEST_LATER), ShowCard(period.next().text, unit)))
    return around
