"""A night says of everything that is watched for when it is so, and of nothing in a county where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.actions.look_out import midnight_before
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber, CategoryId, TownshipId
from bot.rules.signal import Done
from bot.rules.warning import SignKind
from bot.rules.warning_place import Placed
from bot.rules.warning_surge import REACH, Cell
from bot.rules.warning_texts import Waiting
from bot.rules.warning_unit import Limits
from bot.rules.watched import Watched
from bot.workers.lookout import look
from tests.support.builders import (
    ADMIN,
    LETTERS,
    QAPQAL_TOWN,
    ROADS,
    TRANSPORT,
    WATER,
    WORDS,
    calendar,
    case_in,
    county,
)
from tests.support.hours import wall
from tests.support.known import Counting, Known

NIGHT = wall("2026-12-30 05:00")
CUT = midnight_before(calendar(), NIGHT)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
GOOD = Limits(10, 10)
QUIET = Watched(
    history=REACH,
    cells={Cell(CategoryId(f"c{place}"), QAPQAL_TOWN): [(place + week) % 2 for week in range(REACH)] for place in range(6)},
    limits={TRANSPORT: [GOOD] * REACH, WATER: [GOOD] * REACH},
    channels={Channel.HOTLINE: [9] * (REACH * 7), Channel.COUNTER: [0, 0, 0, 0, 0, 0, 1] * REACH},
    overdue={},
    suspects=(),
    placed=(),
    resolved={28: {TRANSPORT: 40, WATER: 40, LETTERS: 40}, 7: {TRANSPORT: 10, WATER: 10, LETTERS: 10}},
    late=(),
    fast=(),
    comebacks=(),
    bare=(),
    lengthened=(),
    extended=(),
    own=(),
    texts=Waiting(2, 1, 0, 1),
    answers=(),
)


def number(place: int) -> CaseNumber:
    """Return the n-th number."""
    return CaseNumber(f"CB-2026-{place:06d}")


def done(place: int, resolved_at: datetime) -> Done:
    """Make the n-th thing that a unit resolved, each of a day of its own."""
    return Done(number(place), TRANSPORT, ROADS, QAPQAL_TOWN, CUT - (20 + place) * DAY, resolved_at)


def open_case(place: int = 123, **parts: object) -> Case:
    """Make an open case that was filed lately, but for what is said."""
    fresh = case_in(State.ACCEPTED)
    rounds = (msgspec.structs.replace(fresh.now, opened_at=CUT - 2 * DAY, due_at=CUT + 5 * DAY),)
    return msgspec.structs.replace(fresh, **{"number": number(place), "filed_at": CUT - 2 * DAY, "rounds": rounds, **parts})


def planted(kind: SignKind) -> Watched:
    """Put into a quiet county what a kind is told of."""
    lately = [done(place, CUT - DAY) for place in range(1, 9)]
    pairs = [(TRANSPORT, each.case) for each in lately]
    rising = {Cell(ROADS, QAPQAL_TOWN): [14, *(place % 2 for place in range(REACH - 1))]}
    changed: dict[SignKind, dict[str, object]] = {
        SignKind.SURGE: {"cells": {**QUIET.cells, **rising}},
        SignKind.PLACE: {"placed": [Placed(open_case(place), WORDS, None) for place in range(3)]},
        SignKind.BEHIND: {"limits": {**QUIET.limits, WATER: [Limits(10, 6)] * 4 + [GOOD] * 40}},
        SignKind.OLD: {"suspects": [open_case(filed_at=CUT - 40 * DAY)]},
        SignKind.URGED: {"suspects": [open_case(urgings=3)]},
        SignKind.TRANSFERRED: {"suspects": [open_case(transfers=2)]},
        SignKind.SILENT: {"channels": {**QUIET.channels, Channel.HOTLINE: [0] * 7 + [9] * (REACH * 7 - 7)}},
        SignKind.TRANSLATORS: {"texts": Waiting(9, 4, 0, 2)},
        SignKind.BULK: {"late": lately},
        SignKind.FAST: {"fast": lately},
        SignKind.BARE: {"bare": pairs[:1]},
        SignKind.COMEBACK: {"comebacks": lately},
        SignKind.LENGTHENED: {"lengthened": pairs[:1]},
        SignKind.EXTENDED: {"extended": pairs[:1]},
        SignKind.OWN_RATING: {"own": pairs[:2]},
        SignKind.COPIED: {"answers": [(each, b"the same") for each in lately]},
    }
    return replace(QUIET, **changed[kind])  # type: ignore[arg-type]  # parts of what is watched


def desk(watched: Watched) -> Desk:
    """Make a desk of the sample county whose night sees this."""
    cases = [open_case(), *(open_case(place) for place in range(1, 15))]
    return Desk(county(), calendar(), Known(cases=cases, watched=watched), Counting())


async def test_a_county_where_nothing_is_gives_nobody_any_message() -> None:
    """Not a warning, not a signal, not a word; the next night is planned."""
    effects = await look(desk(QUIET), (ADMIN,), NIGHT)
    assert (effects.signs, effects.sends) == ((), ())
    assert [each.at - NIGHT for each in effects.planned] == [DAY]


@pytest.mark.parametrize("kind", SignKind)
async def test_whatever_is_watched_for_is_told_when_it_is_so_and_nothing_else_with_it(kind: SignKind) -> None:
    """Each kind by itself, in a county that is quiet otherwise."""
    effects = await look(desk(planted(kind)), (ADMIN,), NIGHT)
    assert [change.after.kind for change in effects.signs] == [kind]
    assert [send.to for send in effects.sends] == [ADMIN.person]


async def test_what_held_is_not_told_again_and_what_is_over_is_told_once() -> None:
    """The second night finds the same, the third nothing."""
    known = desk(planted(SignKind.OLD))
    first = await look(known, (ADMIN,), NIGHT)
    held = [change.after for change in first.signs]
    world = Known(cases=[open_case()], watched=planted(SignKind.OLD), known_signs=held)
    second = await look(replace(known, read=world), (ADMIN,), NIGHT + DAY)
    assert (second.signs, second.sends) == ((), ())
    world.watched = QUIET
    third = await look(replace(known, read=world), (ADMIN,), NIGHT + DAY)
    assert [change.after.holds for change in third.signs] == [False]
    assert len(third.sends) == 1


async def test_a_rise_of_a_confidential_category_is_shown_to_no_unit() -> None:
    """Whoever watches over the county is told of it; whom it is about is not."""
    conduct = Cell(CategoryId("conduct"), TownshipId("qapqal"))
    watched = replace(QUIET, cells={**QUIET.cells, conduct: [14, *(place % 2 for place in range(REACH - 1))]})
    case = open_case(category=CategoryId("conduct"), is_confidential=True)
    effects = await look(replace(desk(watched), read=Known(cases=[case], watched=watched)), (ADMIN,), NIGHT)
    assert [(change.after.kind, change.after.unit) for change in effects.signs] == [(SignKind.SURGE, None)]
