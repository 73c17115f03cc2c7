"""What a digest says of warnings and signals: how many stand, began and ended between two moments, and which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.entry import CLOCK, AnyFact, Entry, SignAsked, SignClosed, SignGraded, SignOver, SignRaised
from bot.rules.identity import SignNumber, TownshipId, UnitId
from bot.rules.tally import OF_NO_UNIT, Signs
from bot.rules.warned import signs_by_unit, standings, warnings_of, within
from bot.rules.warning import SignKind, Subject, key_of

BEGIN, WATER, ROADS = datetime(2026, 11, 15, 16, tzinfo=UTC), UnitId("water"), UnitId("transport")
END = BEGIN + timedelta(days=7)
BEFORE, DURING, LATER = BEGIN - timedelta(days=3), BEGIN + timedelta(days=2), BEGIN + timedelta(days=4)


def number(place: int) -> SignNumber:
    """Number a sign."""
    return SignNumber(f"YJ-2026-{place:05d}")


def raised(
    at: datetime,
    place: int = 1,
    unit: UnitId | None = WATER,
    grade: int = 1,
    kind: SignKind = SignKind.BEHIND,
    township: str = "",
) -> Entry:
    """Say that a sign was found."""
    subject = key_of(kind, Subject(unit=unit, township=TownshipId(township) if township else None))
    sign = number(place)
    return of(
        at,
        SignRaised(sign=sign, subject=subject, unit=unit, grade=grade, n=5, of=9, usual=20, days=28, cases="CB-2026-000001"),
    )


def graded(at: datetime, grade: int, place: int = 1) -> Entry:
    """Say that a sign is graver or less grave than before."""
    return of(at, SignGraded(sign=number(place), unit=WATER, grade=grade, n=6, of=9, usual=20, days=28, cases=""))


def of(at: datetime, fact: AnyFact) -> Entry:
    """Write an entry about a sign."""
    return Entry(at=at, actor=CLOCK, case=None, fact=fact)


def over(at: datetime, place: int = 1) -> Entry:
    """Say that a night did not find a sign any more."""
    return of(at, SignOver(sign=number(place)))


def closed(at: datetime, place: int = 1) -> Entry:
    """Say that somebody closed a sign."""
    return of(at, SignClosed(sign=number(place), words="ab" * 32))


def asked(at: datetime, unit: UnitId) -> Entry:
    """Say that a sign was put before a unit."""
    return of(at, SignAsked(sign=number(1), unit=unit, answer_by=at, words=None))


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        pytest.param([raised(BEFORE)], Signs(1, near=1), id="stood before and still does"),
        pytest.param([raised(DURING, grade=3)], Signs(1, overdue=1, warnings_begun=1), id="began"),
        pytest.param([raised(BEGIN)], Signs(1, near=1, warnings_begun=1), id="began with the period"),
        pytest.param([raised(END)], None, id="the period's end belongs to the next"),
        pytest.param([raised(BEFORE), over(DURING)], Signs(warnings_ended=1), id="ended"),
        pytest.param([raised(DURING), over(LATER)], Signs(warnings_begun=1, warnings_ended=1), id="began and ended"),
        pytest.param([raised(BEFORE), graded(DURING, 2)], Signs(1, behind=1), id="grew graver"),
        pytest.param([raised(BEFORE), closed(DURING)], Signs(warnings_ended=1), id="closed by somebody while it holds"),
        pytest.param([raised(BEFORE), closed(BEFORE)], None, id="was over before"),
        pytest.param(
            [raised(BEFORE), closed(BEFORE), graded(DURING, 3)], Signs(1, overdue=1, warnings_begun=1), id="graver than ever"
        ),
        pytest.param(
            [raised(BEFORE), asked(BEFORE, WATER), over(DURING)], Signs(1, near=1), id="its unit still owes an answer"
        ),
        pytest.param([raised(DURING, kind=SignKind.FAST)], Signs(signals=1, signals_begun=1), id="a signal"),
        pytest.param([raised(BEFORE, kind=SignKind.FAST), over(DURING)], Signs(signals_ended=1), id="a signal that ended"),
    ],
)
def test_what_stands_what_began_and_what_ended(entries: list[Entry], counted: Signs | None) -> None:
    """Of a week: what began at its end is the next one's, and what is closed stands no longer."""
    known = standings(entries, (BEGIN, END))
    assert signs_by_unit(known[BEGIN], known[END]).get(WATER) == counted
    before, after = (sum(sign.is_open for sign in known[moment].values()) for moment in (BEGIN, END))
    if counted is not None:
        moved = counted.warnings_begun + counted.signals_begun - counted.warnings_ended - counted.signals_ended
        assert before + moved == after


def test_the_unit_that_is_to_answer_at_the_end_has_the_sign() -> None:
    """Put before another unit it is that one's; of none, it counts for the county alone."""
    known = standings([raised(BEFORE), raised(BEFORE, 2, None), asked(DURING, ROADS)], (BEGIN, END))
    assert set(signs_by_unit(known[BEGIN], known[BEGIN])) == {WATER, OF_NO_UNIT}
    assert set(signs_by_unit(known[BEGIN], known[END])) == {ROADS, OF_NO_UNIT}


def test_a_scope_has_its_own_signs_alone() -> None:
    """A unit those that it answers for, a township those that are about it."""
    entries = [raised(BEFORE), raised(BEFORE, 2, ROADS), raised(BEFORE, 3, None, township="kan", kind=SignKind.SURGE)]
    known = standings(entries, (END,))[END]
    assert set(within(known, WATER, None)) == {number(1)}
    assert set(within(known, None, TownshipId("kan"))) == {number(3)}
    assert set(within(known, None, None)) == {number(1), number(2), number(3)}
    assert within(known, WATER, TownshipId("kan")) == {}


def test_the_gravest_warnings_come_first_and_signals_not_at_all() -> None:
    """Then the newest; after all that stand, those that ended meanwhile, and none that had ended before."""
    entries = [
        raised(BEFORE),
        raised(BEFORE, 5),
        closed(BEFORE, 5),
        raised(BEFORE, 2, grade=3),
        raised(BEFORE, 6, grade=3),
        over(DURING, 6),
        raised(DURING, 3),
        raised(DURING, 4, kind=SignKind.COPIED),
    ]
    known = standings(entries, (BEGIN, END))
    assert [sign.number for sign in warnings_of(known[BEGIN], known[END])] == [number(place) for place in (2, 3, 1, 6)]
