"""Scorecards on their way to being published: shown to the units, objected to, answered, given points by hand.

Invariant: each step is an entry, decided on all entries before it; of two who decide at once one is too late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.errors import NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.access import WATCHING, Act, require
from bot.rules.card_life import NOT_YET, Standing, after, turn_of_card
from bot.rules.chain import SALT_BYTES, commitment
from bot.rules.county import Role
from bot.rules.deadline import limit
from bot.rules.dialog import CardWriting, Idle
from bot.rules.effect import Effects, HouseWords, Priority, Send, Turn
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
from bot.rules.identity import PersonId, UnitId
from bot.rules.message import (
    CardAct,
    CardPage,
    CardsPage,
    CardWordsWanted,
    PointsChoice,
)
from bot.rules.message.card import CardStanding, GivenPoints
from bot.rules.period import Period
from bot.rules.scorecard import UnitCard, written
from bot.rules.staff import Staff

WORDS: Final = "words"


@dataclass(frozen=True, slots=True)
class Board:
    """What is known about the cards of a period.

    Attributes:
        cards: of every unit that had a case, as its figures have them, without points given by hand.
        words: what the commitments of the standings stand for.
        appraisals: what those who were served said of each unit: how many good answers, of how many.
    """

    period: Period
    cards: tuple[UnitCard, ...]
    standings: Mapping[UnitId, Standing]
    staff: tuple[Staff, ...]
    words: Mapping[str, str]
    appraisals: Mapping[UnitId, tuple[int, int]] = field(default_factory=dict)

    def of(self, unit: UnitId) -> Standing:
        """Return where a unit's card stands."""
        return self.standings.get(unit, NOT_YET)

    def counted(self) -> tuple[UnitCard, ...]:
        """Return the cards with the points that count."""
        return tuple(self.of(card.unit).counted(card) for card in self.cards)

    def card(self, unit: UnitId) -> UnitCard:
        """Return a unit's card; raises StaleButton where it had no case."""
        found = next((card for card in self.cards if card.unit == unit), None)
        if found is None:
            raise StaleButton
        return found


def cards_page(board: Board, roles: Sequence[Staff], now: datetime) -> CardsPage:
    """Show every unit's card, and what can be done with all of them."""
    may: list[CardAct] = []
    is_over = board.period.ends_at <= now
    if is_over and any(each.role in WATCHING for each in roles):
        if any(board.of(card.unit).may_be_shown(card) for card in board.cards):
            may.append(CardAct.SHOW)
        if any(board.of(card.unit).may_be_published(card, now) for card in board.cards):
            may.append(CardAct.PUBLISH)
    period, shown = board.period, [board.of(card.unit) for card in board.cards]
    limits = [each.until for each in shown if each.until is not None and each.published is None and each.until > now]
    return CardsPage(
        period=period.text,
        begins_at=period.begins_at,
        ends_at=period.ends_at,
        is_last=not is_over,
        cards=board.counted(),
        may=tuple(may),
        is_settled=bool(shown) and all(each.published is not None for each in shown),
        until=max(limits, default=None),
        changed=tuple(card.unit for card in board.cards if board.of(card.unit).is_changed(card)),
        unconfirmed=tuple(card.unit for card in board.cards if board.of(card.unit).waiting),
    )


def card_page(board: Board, card: UnitCard, roles: Sequence[Staff], now: datetime, *, is_alone: bool) -> CardPage:
    """Show one unit's card, where it stands, and what its reader can do about it."""
    period, standing = board.period, board.of(card.unit)
    is_over = period.ends_at <= now
    return CardPage(
        period=period.text,
        begins_at=period.begins_at,
        ends_at=period.ends_at,
        is_last=not is_over,
        card=standing.counted(card),
        is_alone=is_alone,
        standing=_standing(board, card, roles, now) if is_over else None,
        appraisal=board.appraisals.get(card.unit),
    )


def _standing(board: Board, card: UnitCard, roles: Sequence[Staff], now: datetime) -> CardStanding:
    standing, words = board.of(card.unit), board.words
    may: list[CardAct] = []
    waiting: tuple[str, ...] = ()
    if standing.may_object(now) and _is_lead(roles, card.unit):
        may.append(CardAct.OBJECT)
    if standing.published is None and any(each.role in WATCHING for each in roles):
        if not standing.is_answered:
            may.append(CardAct.ANSWER)
        if any(line.indicator not in standing.waiting for line in card.lines if line.is_manual):
            may.append(CardAct.GIVE)
        own = {each.id for each in board.staff if each.person in {role.person for role in roles}}
        waiting = tuple(name for name in standing.waiting if standing.given[name].by not in own)
    return CardStanding(
        until=standing.until,
        is_published=standing.published is not None,
        objection=None if standing.objection is None else words.get(standing.objection, ""),
        answer=None if standing.answer is None else words.get(standing.answer, ""),
        given=tuple(
            GivenPoints(indicator=name, points=each.points, reason=words.get(each.words, ""), is_confirmed=each.is_confirmed)
            for name, each in standing.given.items()
        ),
        may=tuple(may),
        waiting=waiting,
        is_changed=standing.is_changed(card),
    )


def show_cards(desk: Desk, board: Board, roles: Sequence[Staff], now: datetime, pressed: int | None) -> Effects:
    """Show every unit the card that it has not been shown yet; its leads are told until when they can object.

    Raises:
        NotPermitted: they do not watch over the county.
        StaleButton: the period is not over, or there is nothing to show.
    """
    actor = require(roles, Act.PUBLISH_CARDS)
    until = limit(now, desk.county.objection, desk.calendar, round_the_clock=False)
    due = [card for card in board.cards if board.of(card.unit).may_be_shown(card)]
    if board.period.ends_at > now or not due:
        raise StaleButton

    def fact(card: UnitCard) -> AnyFact:
        lines = written(board.of(card.unit).counted(card))
        return CardShown(period=board.period.text, unit=card.unit, lines=lines, until=until)

    entered = _entered(board, actor, due, fact, now)
    told = tuple(
        Send(lead.person, card_page(entered.board, card, (lead,), now, is_alone=True), Priority.NOTICE)
        for card in due
        for lead in _leads(board.staff, card.unit)
    )
    shown = Send(actor.person, cards_page(entered.board, roles, now), replaces=pressed)
    return Effects(entries=entered.entries, turns=entered.turns, sends=(shown, *told))


def publish_cards(board: Board, roles: Sequence[Staff], now: datetime, pressed: int | None) -> Effects:
    """Publish every card that the unit was shown and has had its time to object to; every lead hears of all of them.

    Raises:
        NotPermitted: they do not watch over the county.
        StaleButton: none can be published.
    """
    actor = require(roles, Act.PUBLISH_CARDS)
    due = [card for card in board.cards if board.of(card.unit).may_be_published(card, now)]
    if not due:
        raise StaleButton

    def fact(card: UnitCard) -> AnyFact:
        counted = board.of(card.unit).counted(card)
        period, lines, tenths, possible = board.period.text, written(counted), counted.tenths, counted.possible
        return CardPublished(period=period, unit=card.unit, lines=lines, tenths=tenths, possible=possible)

    entered = _entered(board, actor, due, fact, now)
    page = cards_page(entered.board, roles, now)
    units = {card.unit for card in due}
    standing = CardsPage(
        period=page.period,
        begins_at=page.begins_at,
        ends_at=page.ends_at,
        cards=tuple(card for card in page.cards if card.unit in units),
        is_published=True,
    )
    readers = dict.fromkeys(each.person for each in board.staff if each.role is Role.LEAD or each.role in WATCHING)
    readers.pop(actor.person, None)
    told = tuple(Send(person, standing, Priority.NOTICE) for person in readers)
    return Effects(entries=entered.entries, turns=entered.turns, sends=(Send(actor.person, page, replaces=pressed), *told))


def ask_card_words(board: Board, roles: Sequence[Staff], wanted: CardWriting, now: datetime) -> Effects:
    """Ask for the words that a step needs.

    Raises:
        NotPermitted, StaleButton: the step is not theirs to take, or not now.
    """
    actor = _may(board, roles, wanted, now)
    asked = CardWordsWanted(unit=wanted.unit, act=wanted.act, indicator=wanted.indicator, points=wanted.points)
    return Effects(dialog=wanted, sends=(Send(actor.person, asked),))


def choose_points(board: Board, roles: Sequence[Staff], unit: UnitId, indicator: str, pressed: int | None) -> Effects:
    """Let somebody choose the indicator, then the points, that they give by hand.

    Raises:
        NotPermitted: they do not watch over the county.
        StaleButton: there is no such indicator, or its points wait for a second person.
    """
    actor = require(roles, Act.PUBLISH_CARDS)
    free = {
        line.indicator: line.full
        for line in board.card(unit).lines
        if line.is_manual and line.indicator not in board.of(unit).waiting
    }
    if not free or (indicator and indicator not in free) or board.of(unit).published is not None:
        raise StaleButton
    choice = PointsChoice(
        period=board.period.text,
        unit=unit,
        indicators=tuple(free),
        indicator=indicator or None,
        full=free.get(indicator, 0),
    )
    return Effects(sends=(Send(actor.person, choice, replaces=pressed),))


def hear_card_words(
    desk: Desk, board: Board, roles: Sequence[Staff], wanted: CardWriting, text: str, now: datetime
) -> Effects:
    """Take the step that the words were asked for, and tell those whom it concerns.

    Raises:
        NotPermitted, StaleButton: the step is not theirs to take, or not any more.
    """
    actor = _may(board, roles, wanted, now)
    salt = desk.randomness.bytes(SALT_BYTES)
    words = commitment(salt, WORDS, text).hex()
    period, unit, card = board.period.text, wanted.unit, board.card(wanted.unit)
    fact: AnyFact
    match wanted.act:
        case CardAct.OBJECT:
            fact = CardObjected(period=period, unit=unit, words=words)
        case CardAct.ANSWER:
            fact = ObjectionAnswered(period=period, unit=unit, words=words)
        case CardAct.GIVE:
            fact = PointsGiven(
                period=period, unit=unit, indicator=wanted.indicator or "", points=wanted.points or 0, words=words
            )
        case _:
            raise StaleButton
    entered = _entered(board, actor, [card], lambda _: fact, now, {words: text})
    readers = _leads(board.staff, unit) if wanted.act is CardAct.ANSWER else _watching(board.staff)
    return Effects(
        dialog=Idle(),
        entries=entered.entries,
        turns=entered.turns,
        house_words=(HouseWords(words, text, salt),),
        sends=_told(entered.board, card, roles, actor, readers, now),
    )


def decide_points(
    board: Board, roles: Sequence[Staff], unit: UnitId, decision: tuple[str, bool], now: datetime, pressed: int | None
) -> Effects:
    """Confirm or refuse points that somebody else gave.

    Args:
        decision: for which indicator, and whether they are confirmed.

    Raises:
        NotPermitted: they do not watch over the county, or gave the points themselves.
        StaleButton: no points wait.
    """
    actor, (indicator, is_confirmed) = require(roles, Act.PUBLISH_CARDS), decision
    standing, card = board.of(unit), board.card(unit)
    if indicator not in standing.waiting or standing.published is not None:
        raise StaleButton
    given_by = standing.given[indicator].by
    if given_by in {each.id for each in board.staff if each.person == actor.person} | {actor.id}:
        raise NotPermitted
    fact = PointsDecided(
        period=board.period.text, unit=unit, indicator=indicator, given_by=given_by, is_confirmed=is_confirmed
    )
    entered = _entered(board, actor, [card], lambda _: fact, now)
    giver = tuple(each for each in board.staff if each.id == given_by)
    sends = _told(entered.board, card, roles, actor, giver, now, pressed)
    return Effects(entries=entered.entries, turns=entered.turns, sends=sends)


@dataclass(frozen=True, slots=True)
class _After:
    board: Board
    entries: tuple[Entry, ...]
    turns: tuple[Turn, ...]


def _entered(
    board: Board,
    actor: Staff,
    cards: Iterable[UnitCard],
    fact: Callable[[UnitCard], AnyFact],
    now: datetime,
    words: Mapping[str, str] | None = None,
) -> _After:
    """Enter something about cards; return the board as it is then."""
    entries, turns, standings = [], [], dict(board.standings)
    for card in cards:
        entry = Entry(at=now, actor=actor.id, case=None, fact=fact(card))
        entries.append(entry)
        turns.append(Turn(turn_of_card(board.period.text, card.unit), board.of(card.unit).version))
        standings[card.unit] = after(board.of(card.unit), entry)
    known = replace(board, standings=standings, words={**board.words, **(words or {})})
    return _After(known, tuple(entries), tuple(turns))


def _told(  # noqa: PLR0913, PLR0917 (who acted, and who hears of it)
    board: Board,
    card: UnitCard,
    roles: Sequence[Staff],
    actor: Staff,
    readers: Iterable[Staff],
    now: datetime,
    pressed: int | None = None,
) -> tuple[Send, ...]:
    """Show whoever acted where the card stands now, and those whom it concerns, each person once."""
    by_person: dict[PersonId, list[Staff]] = {}
    for each in readers:
        if each.person != actor.person and each.is_reachable:
            by_person.setdefault(each.person, []).append(each)
    own = Send(actor.person, card_page(board, card, roles, now, is_alone=actor.role is Role.LEAD), replaces=pressed)
    return (
        own,
        *(
            Send(
                person,
                card_page(board, card, held, now, is_alone=all(each.role is Role.LEAD for each in held)),
                Priority.NOTICE,
            )
            for person, held in by_person.items()
        ),
    )


def _may(board: Board, roles: Sequence[Staff], wanted: CardWriting, now: datetime) -> Staff:
    """Return the role in which somebody takes a step that needs words."""
    standing, card = board.of(wanted.unit), board.card(wanted.unit)
    match wanted.act:
        case CardAct.OBJECT:
            lead = next((each for each in roles if each.role is Role.LEAD and each.unit == wanted.unit), None)
            if lead is None:
                raise NotPermitted
            if not standing.may_object(now):
                raise StaleButton
            return lead
        case CardAct.ANSWER:
            if standing.is_answered or standing.published is not None:
                raise StaleButton
        case CardAct.GIVE:
            line = next((each for each in card.lines if each.indicator == wanted.indicator), None)
            is_open = standing.published is None and wanted.indicator not in standing.waiting
            if line is None or not line.is_manual or not is_open or not 1 <= (wanted.points or 0) <= line.full:
                raise StaleButton
        case _:
            raise StaleButton
    if board.period.ends_at > now:
        raise StaleButton
    return require(roles, Act.PUBLISH_CARDS)


def _is_lead(roles: Iterable[Staff], unit: UnitId) -> bool:
    return any(each.role is Role.LEAD and each.unit == unit for each in roles)


def _leads(staff: Iterable[Staff], unit: UnitId) -> tuple[Staff, ...]:
    return tuple(each for each in staff if each.role is Role.LEAD and each.unit == unit and each.is_reachable)


def _watching(staff: Iterable[Staff]) -> tuple[Staff, ...]:
    return tuple(each for each in staff if each.role in WATCHING and each.is_reachable)
