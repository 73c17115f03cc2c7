"""A card is published as its unit was shown it, after the time to object, with every word answered and point confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from bot.rules.card_life import NOT_YET, Standing, standings
from bot.rules.entry import (
    AnyFact,
    CardObjected,
    CardPublished,
    CardShown,
    Entry,
    ObjectionAnswered,
    PointsDecided,
    PointsGiven,
)
from bot.rules.identity import StaffId
from bot.rules.scorecard import CardLine, UnitCard, read_lines, written
from tests.support.builders import NOW, TRANSPORT

WEEK = timedelta(days=7)
UNTIL = NOW + WEEK
CARD = UnitCard(
    unit=TRANSPORT,
    closed=30,
    lines=(
        CardLine(indicator="on_time", is_positive=True, full=10, n=9, of=10, tenths=90),
        CardLine(indicator="solved", is_positive=True, full=15, n=0, of=0),
        CardLine(indicator="shirking", is_positive=False, full=5, is_manual=True),
    ),
)
SHOWN = CardShown(period="2026-10", unit=TRANSPORT, lines=written(CARD), until=UNTIL)
OBJECTED = CardObjected(period="2026-10", unit=TRANSPORT, words="a" * 64)
ANSWERED = ObjectionAnswered(period="2026-10", unit=TRANSPORT, words="b" * 64)
GIVEN = PointsGiven(period="2026-10", unit=TRANSPORT, indicator="shirking", points=3, words="c" * 64)
CONFIRMED = PointsDecided(
    period="2026-10", unit=TRANSPORT, indicator="shirking", given_by=StaffId("s-one"), is_confirmed=True
)
REFUSED = PointsDecided(
    period="2026-10", unit=TRANSPORT, indicator="shirking", given_by=StaffId("s-one"), is_confirmed=False
)


def after(*facts: AnyFact) -> Standing:
    """Return where the card stands after these."""
    return standings(entries(facts), "2026-10").get(TRANSPORT, NOT_YET)


def entries(facts: Iterable[AnyFact]) -> list[Entry]:
    """Enter facts by one official."""
    return [Entry(at=NOW, actor="s-one", case=None, fact=fact) for fact in facts]


def test_lines_are_read_back_as_they_were_written() -> None:
    """With what nothing could be said of; names stay for the county file."""
    assert written(CARD) == "on_time:10:9:10:90 solved:15:0:0:- shirking:5:-:-:-"
    assert read_lines(written(CARD), CARD) == CARD.lines


def test_a_card_is_published_only_after_the_time_to_object() -> None:
    """Until then the unit may object; from then on it may not."""
    shown = after(SHOWN)
    assert shown.may_object(UNTIL - timedelta(seconds=1))
    assert not shown.may_object(UNTIL)
    assert not shown.may_be_published(CARD, UNTIL - timedelta(seconds=1))
    assert shown.may_be_published(CARD, UNTIL)
    assert not after().may_be_published(CARD, UNTIL)
    assert not after().may_object(NOW)


def test_each_entry_about_a_card_makes_one_version_of_it() -> None:
    """By it two who decide at once are told apart; a card that nothing was entered about has none, and is as yet nothing."""
    facts = (SHOWN, OBJECTED, ANSWERED, GIVEN, CONFIRMED)
    assert [after(*facts[:count]).version for count in range(6)] == [0, 1, 2, 3, 4, 5]
    assert (NOT_YET.shown, NOT_YET.until, NOT_YET.given, NOT_YET.published) == (None, None, {}, None)
    assert NOT_YET.is_answered


def test_an_objection_waits_for_its_answer() -> None:
    """No second one meanwhile, and nothing is published over it."""
    waiting = after(SHOWN, OBJECTED)
    assert not waiting.may_object(NOW)
    assert not waiting.may_be_published(CARD, UNTIL)
    answered = after(SHOWN, OBJECTED, ANSWERED)
    assert answered.may_object(NOW)
    assert answered.may_be_published(CARD, UNTIL)
    assert not after(SHOWN, OBJECTED, ANSWERED, OBJECTED).may_be_published(CARD, UNTIL)


def test_points_by_hand_count_once_confirmed_and_the_card_is_shown_anew() -> None:
    """Waiting or refused they change nothing."""
    assert after(SHOWN, GIVEN).waiting == ("shirking",)
    assert after(SHOWN, GIVEN).counted(CARD) == CARD
    assert not after(SHOWN, GIVEN).may_be_published(CARD, UNTIL)
    assert not after(GIVEN).may_be_shown(CARD)
    refused = after(SHOWN, GIVEN, REFUSED)
    assert refused.counted(CARD) == CARD
    assert refused.may_be_published(CARD, UNTIL)
    confirmed = after(SHOWN, GIVEN, CONFIRMED)
    assert confirmed.counted(CARD).tenths == CARD.tenths - 30
    assert not confirmed.may_be_published(CARD, UNTIL)
    assert confirmed.may_be_shown(CARD)


@pytest.mark.parametrize("facts", [(SHOWN,), (SHOWN, OBJECTED, ANSWERED)])
def test_what_the_figures_say_otherwise_since_must_be_shown_again(facts: tuple[AnyFact, ...]) -> None:
    """The unit has objected, or not, to another card."""
    other = UnitCard(unit=TRANSPORT, closed=31, lines=CARD.lines[:2])
    assert not after(*facts).may_be_published(other, UNTIL)
    assert after(*facts).may_be_shown(other)
    assert after(*facts).is_changed(other)
    assert not after(*facts).is_changed(CARD)
    assert not after().is_changed(other)  # what was never shown is not changed


def test_a_published_card_stays_as_it_was() -> None:
    """Nothing more can be done, and later figures do not change it."""
    fact = CardPublished(period="2026-10", unit=TRANSPORT, lines=written(CARD), tenths=90, possible=10)
    stands = after(SHOWN, fact)
    other = UnitCard(unit=TRANSPORT, closed=31, lines=CARD.lines[:1])
    assert stands.counted(other).lines[0] == CARD.lines[0]
    assert not stands.may_be_shown(other)
    assert not stands.is_changed(other)
    assert not stands.may_be_published(CARD, UNTIL)
    assert not stands.may_object(NOW)


def test_periods_do_not_mix() -> None:
    """What was entered about another month is about another card."""
    assert standings(entries([SHOWN]), "2026-11") == {}
