"""Scorecards on their way to being published, in the chat: what each button does, and words that were asked for."""

from __future__ import annotations

from bot.actions.publish_card import (
    Board,
    ask_card_words,
    choose_points,
    decide_points,
    hear_card_words,
    publish_cards,
    show_cards,
)
from bot.errors import StaleButton
from bot.rules.access import Act, require
from bot.rules.card_life import standings
from bot.rules.county import Role
from bot.rules.dialog import CardWriting
from bot.rules.digest import scope_of
from bot.rules.effect import Effects, Send
from bot.rules.entry import CardObjected, ObjectionAnswered, PointsGiven
from bot.rules.identity import UnitId
from bot.rules.message import CardAct, TracePage
from bot.rules.period import Period, parse_period
from bot.rules.scorecard import cards_of, figure_of
from bot.rules.survey import appraisals, surveys
from handlers.callback import CardButton, ChoosePoints, DecidePoints, DoCard, DoCards, Trace
from handlers.context import Context

WITH_WORDS = (CardObjected, ObjectionAnswered, PointsGiven)


async def board_of(context: Context, period: Period) -> Board:
    """Read what is known about the cards of a period."""
    read, county = context.desk.read, context.desk.county
    figures = await read.digest(period, scope_of(county), context.now, is_brief=True)
    entries = await read.card_entries(period.text)
    commitments = [entry.fact.words for entry in entries if isinstance(entry.fact, WITH_WORDS)]
    words = {each: await read.house_words(each) or "" for each in commitments}
    staff = await read.staff_of(None, frozenset(Role))
    judged = appraisals(surveys(await read.survey_entries()), period.text)
    return Board(period, cards_of(figures, county), standings(entries, period.text), staff, words, judged)


async def follow(button: CardButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button under a card means; whether it is theirs to do is decided where it is done."""
    if isinstance(button, Trace):
        return await trace(context, button, pressed)
    roles, now = context.sender.roles, context.now
    board = await board_of(context, _period(context, button.period))
    match button:
        case DoCards(act=CardAct.SHOW):
            return show_cards(context.desk, board, roles, now, pressed)
        case DoCards(act=CardAct.PUBLISH):
            return publish_cards(board, roles, now, pressed)
        case DoCard(act=CardAct.OBJECT | CardAct.ANSWER as act, period=period, unit=unit):
            wanted = CardWriting(period=period, unit=UnitId(unit), act=act)
            return ask_card_words(board, roles, wanted, now)
        case DoCard(act=CardAct.GIVE, unit=unit):
            return choose_points(board, roles, UnitId(unit), "", pressed)
        case ChoosePoints(unit=unit, place=place, points=0):
            return choose_points(board, roles, UnitId(unit), _indicator(context, place), pressed)
        case ChoosePoints(period=period, unit=unit, place=place, points=points):
            indicator = _indicator(context, place)
            wanted = CardWriting(period=period, unit=UnitId(unit), act=CardAct.GIVE, indicator=indicator, points=points)
            return ask_card_words(board, roles, wanted, now)
        case DecidePoints(unit=unit, place=place, is_confirmed=is_confirmed):
            decision = (_indicator(context, place), is_confirmed)
            return decide_points(board, roles, UnitId(unit), decision, now, pressed)
        case _:
            raise StaleButton


async def trace(context: Context, button: Trace, pressed: int | None) -> Effects:
    """Show the cases behind a line; a lead sees those of the own unit alone.

    Raises:
        NotPermitted: the card is not theirs to see.
        StaleButton: the county file no longer has the indicator, or nothing measures it.
    """
    roles, county, unit = context.sender.roles, context.desk.county, UnitId(button.unit)
    own = [each for each in roles if each.role is Role.LEAD and each.unit == unit]
    reader = own[0] if own else require(roles, Act.SEE_DIGEST)
    period, indicator = _period(context, button.period), _indicator(context, button.place)
    figure = figure_of(county.indicators[button.place], county)
    if figure is None or button.page < 0 or unit not in county.units:
        raise StaleButton
    lines, total = await context.desk.read.trace(figure, unit, period, context.now, button.page)
    shown = TracePage(period=period.text, unit=unit, indicator=indicator, lines=lines, total=total, page=button.page)
    return Effects(sends=(Send(reader.person, shown, replaces=pressed),))


async def hear(context: Context, dialog: CardWriting, text: str) -> Effects:
    """Take the step that the words were asked for."""
    board = await board_of(context, _period(context, dialog.period))
    return hear_card_words(context.desk, board, context.sender.roles, dialog, text, context.now)


def _period(context: Context, text: str) -> Period:
    try:
        return parse_period(text, context.desk.county.hours.zone)
    except ValueError as error:
        raise StaleButton from error


def _indicator(context: Context, place: int) -> str:
    indicators = context.desk.county.indicators
    if not 0 <= place < len(indicators):
        raise StaleButton
    return indicators[place].id
