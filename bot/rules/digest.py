"""The figures of a digest, from what was counted; the counting itself is SQL.

What is counted is the *attempt*: a case is one attempt, and one more each time it is reopened, with limits, resolution and
closing of its own. A period is cut at its end: an attempt, answer or withdrawal after it does not show, so a digest
computed later is the digest that was sent. A case that is gone by then (withdrawn, refused, merged) is in `received` only.

======================= ============================== ============================== ==============================
figure                  of                             n                              left out
======================= ============================== ============================== ==============================
received                                               cases filed in the period
accepted_in_time        limits for signing that fell   signed for at the limit or     such limits of cases gone
                        in the period                  before                         (not in of)
on_time                 limits that fell in the period resolved at the limit or       such limits of cases gone
                                                       before                         (not in of)
handled                 attempts with a limit before   resolved in the period         resolved in it with a later
                        the end, not resolved before                                  limit or none (not in of)
                        the beginning
confirmed_solved        attempts closed in the period  a voice says yes, none partly  closed without any answer (in
                                                       or no, or none at all and a    of, as not solved)
                                                       callback says yes; not
                                                       reopened by the end
answered                attempts closed                any voice answered
solved_among_answers    attempts closed that a voice   as confirmed_solved, by voices closed without any answer (not
                        answered about                                                in of)
satisfied_among_answers scores of attempts closed      4 or 5                         voices without a score (not in
                                                                                      of)
satisfied_lowest_case   voices of attempts closed      score 4 or 5                   voices without a score (in of,
                                                                                      as not satisfied)
answered_by_phone       attempts closed that a voice   an answer was heard by
                        answered about                 telephone
solved_by_phone         of these, those heard by       as confirmed_solved
                        telephone
satisfied_by_phone      scores heard by telephone, of  4 or 5
                        attempts closed
false_closures          attempts about which a         no                             partly (in of)
                        callback was answered in the
                        period
reopened                attempts closed in the period  reopened in it
                        or reopened in it, each once
handling_time_*         attempts closed                seconds from filing the case
                                                       to resolving the attempt
overdue, long_overdue   attempts open at the end       past the limit; past three     open without a limit (in of, as
                                                       times its length               not overdue)
warnings                                               early warnings that wait at
                                                       the end: found by the last
                                                       night, or before their unit,
                                                       and not closed
warnings_overdue, …                                    of these, by how grave they
                                                       are
warnings_begun, _ended                                 that wait at the end and did
                                                       not at the beginning; the
                                                       other way round; or both
                                                       within the period
signals, …_begun,                                      integrity signals alike
…_ended
still_solved_months,    as still_solved, of looks
still_solved_year       back before and after half a
                        year
milestones_visible,                                    milestones reached in projects
milestones_lasting                                     of that horizon
projects_visible,       first answers about projects   4 or 5                         answers about projects with
projects_lasting        until the end, of projects                                    fewer than five (not in of)
                        with five or more
projects_again          answers 90 days later, alike   4 or 5                         likewise
appraised_good          answers to the questions of    good                           answers about units with fewer
                        the newest survey that was                                    than five (not in of)
                        over by the end
translated_in_time      limits of translations that    translated at the limit or     limits of gone cases
                        fell in the period             before
translations_late       texts of cases not gone that   past the limit
                        wait for their translation at
                        the end
still_solved            attempts whose voices were     none of them said partly or no
                        heard again, months after the
                        end, in the period
======================= ============================== ============================== ==============================

So a reopened case is closed in the week of closing (but not solved there if reopened in the same), reopened in the week of
reopening, and has new limits from then on. A voice says what it said last on that attempt before the end, as far as the
tables keep answers that were replaced; a no that comes later shows as reopened, in its own week.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from bot.rules.books import ProjectTally, enough
from bot.rules.county import County, Project
from bot.rules.figure import Breakdown, Digest, Figure, PeriodFigures, ProjectFigures, SurveyFigures, UnitFigures
from bot.rules.identity import ProjectId, TownshipId, UnitId
from bot.rules.period import Period, Stretch
from bot.rules.survey import Survey
from bot.rules.tally import Limits, Signs, Tally
from bot.rules.warning_life import Sign

Z_95: Final = 1.959964
"""Half width of the middle 95 % of a normal distribution, in standard deviations."""

TREND: Final[Mapping[Stretch, int]] = {Stretch.WEEK: 13, Stretch.MONTH: 13, Stretch.QUARTER: 8, Stretch.YEAR: 4}
"""How many earlier periods stand beside one: a quarter of weeks, and for months the same month of the year before."""

_TICK: Final = timedelta(seconds=1)
_MICROSECONDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a digest is about.

    Attributes:
        county: its name in Chinese.
        unit, township: None for all; both given means the unit's cases from that township.
        projects: those of the county file.
    """

    county: str
    unit: UnitId | None = None
    township: TownshipId | None = None
    projects: tuple[Project, ...] = ()

    @property
    def own_projects(self) -> tuple[Project, ...]:
        """Return the projects that it is about: of a unit its own; no project is of one township."""
        if self.township is not None:
            return ()
        return tuple(project for project in self.projects if self.unit in {None, project.unit})


def scope_of(county: County, unit: UnitId | None = None, township: TownshipId | None = None) -> Scope:
    """Say what a digest is about, in a county."""
    return Scope(county.name.zh, unit, township, county.projects)


def cut_of(period: Period, now: datetime) -> datetime:
    """Return the instant before which things count: the period's end, or, while it still runs, the second after `now`."""
    return min(period.ends_at, now + _TICK)


def figures_of(tally: Tally) -> dict[str, Figure]:
    """Compute the figures, in the order in which they are shown; the module says what each of them means.

    Source: the table of figures in the design.
    """
    closings, standing, reopenings, callbacks = tally.closings, tally.standing, tally.reopenings, tally.callbacks
    silent = closings.voices - closings.scores
    ended = closings.closed + reopenings.not_closed_within
    by_voices = closings.solved - closings.called_back
    unheard = closings.closed - closings.answered - closings.called_back
    return {
        "received": Figure(n=tally.received.cases),
        "accepted_in_time": _met(tally.accept_limits),
        "on_time": _met(tally.limits),
        "handled": rate(standing.handled, standing.due, left_out=standing.handled_ahead),
        "confirmed_solved": rate(closings.solved, closings.closed, left_out=unheard),
        "answered": rate(closings.answered, closings.closed),
        "solved_among_answers": rate(by_voices, closings.answered, left_out=closings.closed - closings.answered),
        "satisfied_among_answers": rate(closings.satisfied, closings.scores, left_out=silent),
        "satisfied_lowest_case": rate(closings.satisfied, closings.voices, left_out=silent),
        "answered_by_phone": rate(closings.phoned, closings.answered),
        "solved_by_phone": rate(closings.phoned_solved, closings.phoned),
        "satisfied_by_phone": rate(closings.phoned_satisfied, closings.phoned_scores),
        "reopened": rate(reopenings.reopened, ended),
        "false_closures": rate(callbacks.untrue, callbacks.heard, left_out=callbacks.partly),
        "handling_time_median": _seconds(tally, tally.handling_times.median),
        "handling_time_p90": _seconds(tally, tally.handling_times.p90),
        "overdue": rate(standing.overdue, standing.still_open, left_out=standing.open_without_limit),
        "long_overdue": rate(standing.long_overdue, standing.still_open, left_out=standing.open_without_limit),
        **_signs(tally.signs),
        "still_solved": rate(tally.looks_back.lasting, tally.looks_back.heard),
        **_books(tally),
        "visits": Figure(n=tally.visits.visits),
        "households_seen": Figure(n=tally.visits.households),
        "firms_seen": Figure(n=tally.visits.firms),
        "became_measures": rate(tally.measures.measured, tally.measures.noted),
        "measures_in_time": rate(tally.measures.done, tally.measures.fell),
    }


def _signs(signs: Signs) -> dict[str, Figure]:
    counts = {
        "warnings": signs.warnings,
        "warnings_overdue": signs.overdue,
        "warnings_behind": signs.behind,
        "warnings_near": signs.near,
        "warnings_begun": signs.warnings_begun,
        "warnings_ended": signs.warnings_ended,
        "signals": signs.signals,
        "signals_begun": signs.signals_begun,
        "signals_ended": signs.signals_ended,
    }
    return {name: Figure(n=count) for name, count in counts.items()}


def _books(tally: Tally) -> dict[str, Figure]:
    """Compute the figures of the two books, of the appraisal and of translating."""
    lasting, works, appraised, translating = tally.lasting, tally.works, tally.appraised, tally.translating
    return {
        "still_solved_months": rate(lasting.months_lasting, lasting.months),
        "still_solved_year": rate(lasting.year_lasting, lasting.year),
        "milestones_visible": Figure(n=works.visible_reached),
        "projects_visible": rate(works.visible_satisfied, works.visible, left_out=works.visible_few),
        "milestones_lasting": Figure(n=works.lasting_reached),
        "projects_lasting": rate(works.lasting_satisfied, works.lasting, left_out=works.lasting_few),
        "projects_again": rate(works.again_satisfied, works.again, left_out=works.again_few),
        "appraised_good": rate(appraised.good, appraised.answers, left_out=appraised.left_out),
        "translated_in_time": rate(translating.met, translating.fell, left_out=translating.gone),
        "translations_late": rate(translating.late, translating.waiting),
    }


def rate(n: int, of: int, *, left_out: int = 0) -> Figure:
    """Return a share with its interval; without a denominator there is neither."""
    if of == 0:
        return Figure(n=n, of=0, left_out=left_out)
    low, high = wilson(n, of)
    return Figure(n=n, of=of, rate=n / of, low=low, high=high, left_out=left_out)


def wilson(n: int, of: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share, within 0 and 1; `of` is at least 1.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212, without continuity correction.
    """
    share, square = n / of, Z_95**2
    middle = share + square / (2 * of)
    reach = Z_95 * sqrt(share * (1 - share) / of + square / (4 * of**2))
    scale = 1 + square / of
    # At the ends the bound is exact; floating point would miss it by the last bit.
    low = 0.0 if n == 0 else (middle - reach) / scale
    high = 1.0 if n == of else (middle + reach) / scale
    return low, high


def compose(  # noqa: PLR0913 (a digest has that many parts, and each caller names them)
    *,
    period: Period,
    scope: Scope,
    tally: Tally,
    earlier: Iterable[tuple[Period, Tally]],
    by_unit: Mapping[UnitId, Tally],
    breakdown: Breakdown,
    checkpoint: str,
    signed: str | None,
    warnings: tuple[Sign, ...] = (),
    projects: Mapping[ProjectId, ProjectTally] | None = None,
    survey: Survey | None = None,
) -> Digest:
    """Make the digest out of what was counted.

    Args:
        earlier: the same scope in the periods before, the nearest first.
        by_unit: the tallies that add up to `tally`.
        checkpoint: "entries:root in base64" of the ledger.
        signed: the newest signed checkpoint.
        warnings: as the digest names them.
        projects: what was counted of each project of the scope.
        survey: the newest that was over by the end of the period.
    """
    most_first = sorted(by_unit.items(), key=lambda item: (-item[1].received.cases, -item[1].standing.still_open, item[0]))
    trend = tuple(PeriodFigures(period=each.text, figures=figures_of(counted)) for each, counted in earlier)
    return Digest(
        county=scope.county,
        unit=scope.unit,
        township=scope.township,
        period=period.text,
        begins_at=period.begins_at,
        ends_at=period.ends_at,
        figures=figures_of(tally),
        before=trend[0].figures,
        units=tuple(UnitFigures(unit=unit, figures=figures_of(of_unit)) for unit, of_unit in most_first),
        checkpoint=checkpoint,
        trend=trend,
        breakdown=breakdown,
        signed=signed,
        warnings=warnings,
        projects=tuple(_project(each, (projects or {}).get(each.id, ProjectTally())) for each in scope.own_projects),
        survey=None if survey is None or scope.township is not None else _survey(survey, scope.unit),
    )


def _project(project: Project, tally: ProjectTally) -> ProjectFigures:
    satisfied, answers, few = enough(tally.satisfied, tally.answers)
    again_satisfied, again, again_few = enough(tally.again_satisfied, tally.again)
    figures = {
        "milestones": Figure(n=tally.milestones),
        "photos": Figure(n=tally.photos),
        "satisfied": rate(satisfied, answers, left_out=few),
        "satisfied_again": rate(again_satisfied, again, left_out=again_few),
    }
    return ProjectFigures(project=project.id, unit=project.unit, horizon=project.horizon, figures=figures)


def _survey(survey: Survey, unit: UnitId | None) -> SurveyFigures:
    return SurveyFigures(
        period=survey.period,
        answered=rate(survey.answered or 0, survey.asked),
        units=tuple(
            UnitFigures(unit=each, figures={question: rate(said.good, said.answers) for question, said in by.items()})
            for each, by in sorted(survey.results.items())
            if unit in {None, each}
        ),
    )


def _met(limits: Limits) -> Figure:
    return rate(limits.met, limits.fell, left_out=limits.gone)


def _seconds(tally: Tally, microseconds: int | None) -> Figure:
    closed, measured = tally.closings.closed, tally.handling_times.measured
    return Figure(n=None if microseconds is None else microseconds // _MICROSECONDS, of=measured, left_out=closed - measured)
