"""What is counted for a digest, by unit: rows of its queries, and what those of a scope add up to.

Invariant: what units count adds up to what their scope counts, but for times, of which a median is no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeVar

from bot.rules.identity import UnitId

OF_NO_UNIT: Final = UnitId("")
"""Stands for no unit, in what is counted of the county alone."""


class Received(NamedTuple):
    """A row of `digest_received`: cases filed in the period, whatever became of them."""

    cases: int = 0


class Limits(NamedTuple):
    """A row of `digest_accept_limits` or `digest_limits`.

    Attributes:
        fell: limits that fell in the period.
        met: of these, reached at the limit or before.
        gone: limits that fell too, of cases withdrawn, refused or merged by the end; not in `fell`.
    """

    fell: int = 0
    met: int = 0
    gone: int = 0


class Standing(NamedTuple):
    """A row of `digest_standing`: attempts that were not yet resolved when the period began, or opened in it.

    Attributes:
        due: with a limit before the period's end.
        handled: of these, resolved by the unit in the period.
        handled_ahead: resolved in the period with a later limit or none; not in `due`.
        still_open: not resolved by the end.
        open_without_limit: of these, without a limit.
        overdue, long_overdue: of `still_open`, at the end past the limit, past three times its length.
    """

    due: int = 0
    handled: int = 0
    handled_ahead: int = 0
    still_open: int = 0
    open_without_limit: int = 0
    overdue: int = 0
    long_overdue: int = 0


class Closings(NamedTuple):
    """A row of `digest_closings`.

    Attributes:
        closed: attempts closed in the period.
        solved: of these, one voice says yes and none partly or no, or none says anything and a callback says yes; and it was
            not reopened by the end.
        answered: of these, with an answer of at least one voice.
        voices: people behind them: the filer, and who joined before it was reopened, without those who left before its end.
        scores: of the voices, those who gave a score.
        satisfied: of the scores, 4 or 5.
        called_back: of the solved, those that no voice answered about, but a callback by someone outside the unit.
        phoned: of the answered, those with an answer that was heard by telephone.
        phoned_solved: of these, counted as solved.
        phoned_scores, phoned_satisfied: of the scores, those heard by telephone; of these, 4 or 5.
    """

    closed: int = 0
    solved: int = 0
    answered: int = 0
    voices: int = 0
    scores: int = 0
    satisfied: int = 0
    called_back: int = 0
    phoned: int = 0
    phoned_solved: int = 0
    phoned_scores: int = 0
    phoned_satisfied: int = 0


class Reopenings(NamedTuple):
    """A row of `digest_reopenings`.

    Attributes:
        reopened: attempts that went on as a new one in the period.
        not_closed_within: of these, not closed in the period: closed earlier, or never since the resident said no.
    """

    reopened: int = 0
    not_closed_within: int = 0


class Visits(NamedTuple):
    """A row of `digest_visits`: field visits of a unit's officials, and how many households and firms they saw."""

    visits: int = 0
    households: int = 0
    firms: int = 0


class Measures(NamedTuple):
    """A row of `digest_measures`.

    Attributes:
        noted, measured: what a unit's officials proposed after visits, and what of it was a measure by the period's end.
        fell, done: measures of a unit whose date fell in the period, and those done by their date.
    """

    noted: int = 0
    measured: int = 0
    fell: int = 0
    done: int = 0


class HandlingTimes(NamedTuple):
    """A row of `digest_handling_times`.

    Attributes:
        measured: attempts closed in the period, which were all resolved before.
        median, p90: nearest rank, microseconds of real time from filing to the resolution of the attempt that was closed.
    """

    measured: int = 0
    median: int | None = None
    p90: int | None = None


class LooksBack(NamedTuple):
    """A row of `digest_follow_ups`: attempts about which a voice was heard again in the period, months after their end.

    Attributes:
        lasting: of these, no voice said anything but yes in the period.
    """

    heard: int = 0
    lasting: int = 0


class Callbacks(NamedTuple):
    """A row of `digest_callbacks`: attempts about which somebody outside the unit was told in the period how it is.

    Attributes:
        untrue: of these, it is not solved, though the unit had said so.
        partly: of these, it is partly solved.
    """

    heard: int = 0
    untrue: int = 0
    partly: int = 0


class Signs(NamedTuple):
    """Warnings and integrity signals of a unit: how many stand at the end of a period, began and ended in it.

    Attributes:
        near, behind, overdue: of the warnings that stand, how grave they are.
    """

    warnings: int = 0
    near: int = 0
    behind: int = 0
    overdue: int = 0
    warnings_begun: int = 0
    warnings_ended: int = 0
    signals: int = 0
    signals_begun: int = 0
    signals_ended: int = 0


class Lasting(NamedTuple):
    """Attempts about which a voice was heard again months, or a year, after their end, and those that last."""

    months: int = 0
    months_lasting: int = 0
    year: int = 0
    year_lasting: int = 0


class Works(NamedTuple):
    """Livelihood projects of a unit: what was reached in a period, and what people had said of them by its end.

    Attributes:
        visible_reached, lasting_reached: milestones, by the projects' horizon.
        visible, lasting, again: answers, at first and after 90 days; `…_satisfied`: of these, 4 or 5.
        visible_few, lasting_few, again_few: answers about projects that too few answered about; in nothing else.
    """

    visible_reached: int = 0
    visible: int = 0
    visible_satisfied: int = 0
    visible_few: int = 0
    lasting_reached: int = 0
    lasting: int = 0
    lasting_satisfied: int = 0
    lasting_few: int = 0
    again: int = 0
    again_satisfied: int = 0
    again_few: int = 0


class Appraised(NamedTuple):
    """Answers to the questions of the newest survey that was over by the end of a period.

    Attributes:
        left_out: answers about units that too few answered about; in neither of the others.
    """

    good: int = 0
    answers: int = 0
    left_out: int = 0


class Translating(NamedTuple):
    """A row of `digest_translations`: texts to be translated, of cases of a unit.

    Attributes:
        fell, met: limits that fell in the period; of these, translated at the limit or before.
        waiting, late: not translated by the end; of these, past their limit.
        gone: limits that fell in it of cases that were withdrawn, refused or merged by the end.
    """

    fell: int = 0
    met: int = 0
    waiting: int = 0
    late: int = 0
    gone: int = 0


class Tally(NamedTuple):
    """Everything that was counted for one scope: the county, a township, a unit."""

    received: Received = Received()
    accept_limits: Limits = Limits()
    limits: Limits = Limits()
    standing: Standing = Standing()
    closings: Closings = Closings()
    reopenings: Reopenings = Reopenings()
    handling_times: HandlingTimes = HandlingTimes()
    visits: Visits = Visits()
    looks_back: LooksBack = LooksBack()
    measures: Measures = Measures()
    callbacks: Callbacks = Callbacks()
    signs: Signs = Signs()
    lasting: Lasting = Lasting()
    works: Works = Works()
    appraised: Appraised = Appraised()
    translating: Translating = Translating()


@dataclass(frozen=True, slots=True)
class Counted:
    """What the queries gave, by unit, under the names of `Tally`; a unit without a row has nothing to count there.

    Attributes:
        handling_times: None stands for the whole scope, as a median is not the sum of medians.
    """

    received: Mapping[UnitId, Received]
    accept_limits: Mapping[UnitId, Limits]
    limits: Mapping[UnitId, Limits]
    standing: Mapping[UnitId, Standing]
    closings: Mapping[UnitId, Closings]
    reopenings: Mapping[UnitId, Reopenings]
    handling_times: Mapping[UnitId | None, HandlingTimes]
    looks_back: Mapping[UnitId, LooksBack]
    visits: Mapping[UnitId, Visits] = field(default_factory=dict)
    measures: Mapping[UnitId, Measures] = field(default_factory=dict)
    callbacks: Mapping[UnitId, Callbacks] = field(default_factory=dict)
    signs: Mapping[UnitId, Signs] = field(default_factory=dict)
    lasting: Mapping[UnitId, Lasting] = field(default_factory=dict)
    works: Mapping[UnitId, Works] = field(default_factory=dict)
    appraised: Mapping[UnitId, Appraised] = field(default_factory=dict)
    translating: Mapping[UnitId, Translating] = field(default_factory=dict)

    def whole(self) -> Tally:
        """Return the tally of the whole scope: what its units add up to."""
        sums = {name: _sum(getattr(self, name).values(), nothing) for name, nothing in _summed()}
        return Tally(**sums, handling_times=self.handling_times.get(None, HandlingTimes()))

    def by_unit(self) -> dict[UnitId, Tally]:
        """Return a tally for every unit with anything to count."""
        units = {unit for name, _ in _summed() for unit in getattr(self, name)} - {OF_NO_UNIT}
        return {unit: self._of(unit) for unit in sorted(units)}

    def _of(self, unit: UnitId) -> Tally:
        found = {name: getattr(self, name).get(unit, nothing) for name, nothing in _summed()}
        return Tally(**found, handling_times=self.handling_times.get(unit, HandlingTimes()))


def _summed() -> Iterable[tuple[str, Any]]:
    """Yield what adds up over units: its name, and how it is where nothing was counted."""
    return ((name, nothing) for name, nothing in Tally()._asdict().items() if name != "handling_times")


_Row = TypeVar("_Row", bound=NamedTuple)


def _sum(rows: Iterable[_Row], nothing: _Row) -> _Row:
    return type(nothing)._make(sum(column) for column in zip(nothing, *rows, strict=True))
