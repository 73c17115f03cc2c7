"""Rising numbers are told where they rise, once, and a quiet year stays quiet; a channel that falls silent is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bench.warnings import BEGIN, alarms, quiet
from bench.years import RUN_UP, TOWNSHIPS, WEEK, Climate, County, Event, cell_of
from bot.rules.entry import Channel
from bot.rules.identity import CategoryId
from bot.rules.warning_surge import REACH, Cell, rises, silences

LAMPS, DITCH = cell_of(3, 4), cell_of(5, 6)
HISTORY = REACH


def seen(**weeks: Sequence[int]) -> Mapping[Cell, Sequence[int]]:
    """Make a county of five categories in two townships, each with a case every other week, but for what is given."""
    usual = [place % 2 for place in range(REACH)]
    cells: dict[Cell, Sequence[int]] = {cell_of(place, town): usual for place in range(5) for town in range(2)}
    for name, counts in weeks.items():
        category, town = name.removeprefix("c").split("t")
        cells[cell_of(int(category), int(town))] = [*counts, *usual[len(counts) :]]
    return cells


def test_numbers_that_rise_in_one_cell_are_told_with_what_was_usual() -> None:
    """Eight cases where there is one every other week are no chance, and nothing else is told."""
    (found,) = rises(seen(c1t1=[8]), HISTORY).items()
    assert found[0] == cell_of(1, 1)
    assert (found[1].count, found[1].weeks) == (8, 1)
    assert found[1].usual == pytest.approx(0.5, abs=0.02)


def test_townships_and_what_rises_everywhere_share_the_false_alarms_by_halves() -> None:
    """A night believes of its cells no more than half of the share that may be false: the other half is for categories."""
    counts = seen(c1t1=[8])
    chance = rises(counts, HISTORY)[cell_of(1, 1)].chance
    just = 2 * len(counts) * chance
    assert cell_of(1, 1) in rises(counts, HISTORY, share=just * 1.001)
    assert cell_of(1, 1) not in rises(counts, HISTORY, share=just * 0.999)


@pytest.mark.parametrize("now", [[0], [1], [2], [2, 2]])
def test_few_cases_are_no_rise(now: Sequence[int]) -> None:
    """Two cases in a week happen."""
    assert not rises(seen(c1t1=now), HISTORY)


def test_what_rises_by_and_by_is_seen_over_four_weeks() -> None:
    """Three a week for four weeks stand out, though no week of them does by itself."""
    ((cell, rise),) = rises(seen(c1t1=[3, 3, 3, 3, 0]), HISTORY).items()
    assert (cell, rise.weeks, rise.count) == (cell_of(1, 1), 4, 12)


def test_what_rises_everywhere_is_told_once_and_not_of_every_township() -> None:
    """Two cases more in each of many townships are a rise of the category."""
    cells = {cell_of(0, town): [2, *((place + town) % 2 for place in range(REACH - 1))] for town in range(13)}
    cells |= {
        cell_of(other, town): [(place + town) % 2 for place in range(REACH)] for other in range(1, 5) for town in range(13)
    }
    assert set(rises(cells, HISTORY)) == {Cell(CategoryId("c0"), None, is_everywhere=True)}


def test_a_county_whose_people_take_to_the_service_is_not_warned_of_it() -> None:
    """Numbers that grow everywhere, tenfold within a year, are no rise of any cell."""
    growing = [max(1, round(10 * (1 - place / 60))) for place in range(REACH)]
    assert not rises({cell_of(place, 0): growing for place in range(6)}, HISTORY)


def test_what_comes_at_once_after_a_holiday_is_no_rise_of_any_category() -> None:
    """A week of rest, then twice as much of everything; what rises by more than all the others is still told."""
    rested = [30, 3, *[10] * (REACH - 2)]
    cells = {cell_of(place, 0): rested for place in range(7)}
    assert not rises(cells, HISTORY)
    assert set(rises({**cells, cell_of(3, 0): [90, *rested[1:]]}, HISTORY)) == {cell_of(3, 0)}


def test_three_categories_that_rise_at_once_are_told() -> None:
    """A flood blocks drains, roads and fields: what the other categories do is what counts as usual."""
    quiet_cells = {cell_of(place, 0): [10] * REACH for place in range(9)}
    flooded = {cell_of(place, 0): [30, *[10] * (REACH - 1)] for place in range(3)}
    assert set(rises({**quiet_cells, **flooded}, HISTORY)) == set(flooded)


def test_a_season_that_comes_every_year_is_no_rise() -> None:
    """Heating is complained of when the heating begins, as it was a year ago; in the first year it is told."""
    winter = [30, 30, 30, 2] + [2] * 44 + [30] * 9
    cells = {cell_of(0, 0): winter, **{cell_of(place, 0): [10] * REACH for place in range(1, 5)}}
    assert not rises(cells, HISTORY)
    assert set(rises({cell: counts[:40] + [0] * (REACH - 40) for cell, counts in cells.items()}, 40)) == {cell_of(0, 0)}


def test_without_a_quarter_of_history_nothing_is_unusual() -> None:
    """A county that began three months ago is not told of surges."""
    assert not rises(seen(c1t1=[30]), 14)
    assert rises(seen(c1t1=[30]), 15)


def test_a_week_that_was_out_of_line_is_not_taken_for_usual() -> None:
    """A flood half a year ago does not hide the one of today."""
    flood = [0, 0, *[place % 2 for place in range(20)], 60]
    assert cell_of(1, 1) in rises(seen(c1t1=[9, *flood]), HISTORY)


def test_a_rise_goes_on_until_it_is_usual_again() -> None:
    """What was believed is told until it is not unusual at all, so that it does not come and go."""
    fading = seen(c1t1=[3, 1, 0])
    assert not rises(fading, HISTORY)
    assert set(rises(fading, HISTORY, held={cell_of(1, 1)})) == {cell_of(1, 1)}
    assert not rises(seen(c1t1=[1]), HISTORY, held={cell_of(1, 1)})


def test_a_silent_channel_is_missed_and_a_quiet_one_is_not() -> None:
    """A hotline with ten calls in three days that had none is silent; a counter with one a week is only quiet."""
    busy, quiet_days = [[0, *[10] * 20], [0, *[24] * 20]], [[0, *[0, 1] * 10], [0, *[1, 1] * 10]]
    found = silences({Channel.HOTLINE: busy, Channel.COUNTER: quiet_days})
    assert set(found) == {Channel.HOTLINE}
    assert (found[Channel.HOTLINE].count, found[Channel.HOTLINE].usual) == (0, 24)


def test_a_silence_goes_on_until_what_comes_is_usual_again() -> None:
    """What was told is told until it is not unusual at all, as of a rise."""
    half, most = ({Channel.HOTLINE: [[n // 2, *[10] * 20], [n, *[24] * 20]]} for n in (13, 16))
    assert not silences(half)
    assert set(silences(half, {Channel.HOTLINE})) == {Channel.HOTLINE}
    assert not silences(most, {Channel.HOTLINE})


def test_a_planted_surge_is_found_within_its_week_and_nothing_else_in_a_quiet_season() -> None:
    """Back-test in short: one year's quarter with two events; `python -m bench.warnings` does it at length."""
    events = [Event(LAMPS, BEGIN + 20, WEEK, 20), Event(DITCH, BEGIN + 60, WEEK, 15)]
    county = County.of(1, Climate(), BEGIN + 91, events)
    told = list(alarms(county, BEGIN, BEGIN + 91, RUN_UP))
    assert [alarm.cell for alarm in told] == [LAMPS, DITCH]
    assert all(0 < alarm.night - event.day <= WEEK for alarm, event in zip(told, events, strict=True))


def test_no_storm_of_false_alarms_in_quiet_weeks() -> None:
    """A quiet year gives at most a handful of alarms about nothing."""
    assert quiet(Climate(), [3], map) <= 0.1


def test_a_storm_over_the_whole_county_is_not_told_township_by_township() -> None:
    """Sixty-five cases of one category in two days: one warning of all, one of a township at most, and no other."""
    storm = [Event(cell_of(4, township), BEGIN + 30, 2, 5) for township in range(TOWNSHIPS)]
    county = County.of(3, Climate(), BEGIN + 40, storm)
    first, *others = alarms(county, BEGIN + 29, BEGIN + 40, RUN_UP)
    assert first.cell == Cell(cell_of(4, 0).category, None, is_everywhere=True)
    assert first.night == BEGIN + 31
    assert len(others) <= 1
    assert {other.cell.category for other in others} <= {first.cell.category}
