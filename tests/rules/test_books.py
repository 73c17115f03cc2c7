"""The two books and the appraisal: what is added up, and what is left out because too few answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.books import (
    ProjectTally,
    days_of,
    enough,
    lasting_by_unit,
    newest_survey,
    own_appraised,
    works_by_unit,
)
from bot.rules.county import Project
from bot.rules.digest import Scope
from bot.rules.entry import CLOCK, AnyFact, Entry, SurveyBegun, SurveyCounted, SurveyEnded
from bot.rules.identity import ProjectId, TownshipId, UnitId
from bot.rules.name import Name
from bot.rules.survey import Counted, Question, Survey
from bot.rules.tally import OF_NO_UNIT, Appraised, Lasting, Works
from tests.support.builders import county

ROADS, WATER = UnitId("transport"), UnitId("water")
AT = datetime(2026, 11, 15, 16, tzinfo=UTC)


def project(name: str, unit: UnitId, horizon: str) -> Project:
    """Make a project."""
    return replace(county().projects[0], id=ProjectId(name), unit=unit, horizon=horizon)


@pytest.mark.parametrize(("answers", "shown"), [(0, (0, 0, 0)), (4, (0, 0, 4)), (5, (3, 5, 0)), (90, (3, 90, 0))])
def test_fewer_than_five_answers_are_a_number_and_nothing_else(answers: int, shown: tuple[int, int, int]) -> None:
    """Not even how many of them were satisfied."""
    assert enough(min(3, answers), answers) == shown


def test_what_is_visible_and_what_lasts_are_told_apart_and_added_up_by_unit() -> None:
    """A project with too few answers adds nothing to its unit, so that no sum gives them away; its milestones count."""
    projects = (project("a", ROADS, "visible"), project("b", ROADS, "visible"), project("c", ROADS, "lasting"))
    counted = {
        ProjectId("a"): ProjectTally(2, 8, 6, 5, 5),
        ProjectId("b"): ProjectTally(1, 4, 4, 1, 0),
        ProjectId("c"): ProjectTally(1, 6, 1, 0, 0),
        ProjectId("gone"): ProjectTally(9, 9, 9, 9, 9),
    }
    assert works_by_unit(projects, counted) == {
        ROADS: Works(
            visible_reached=3, visible=8, visible_satisfied=6, visible_few=4,
            lasting_reached=1, lasting=6, lasting_satisfied=1,
            again=5, again_satisfied=5, again_few=1,
        )
    }  # fmt: skip
    assert works_by_unit(projects, {}) == {}


def test_a_score_of_four_is_satisfied_and_an_answer_after_90_days_is_apart() -> None:
    """Three is not."""
    tally = ProjectTally().plus(4, 2, is_again=False).plus(3, 1, is_again=False).plus(5, 4, is_again=True)
    assert tally == ProjectTally(0, 3, 2, 4, 4)


@pytest.mark.parametrize(("stage", "days"), [("90cd", 90), ("365cd", 365), ("3mo", 90), ("12mo", 360)])
def test_how_long_after_the_end_a_look_back_is(stage: str, days: int) -> None:
    """A month is about thirty days."""
    assert days_of(stage) == days


def test_looks_back_are_sorted_into_months_and_a_year() -> None:
    """Whatever lengths a county chose."""
    rows = [(ROADS, "90cd", 5, 4), (ROADS, "3mo", 1, 1), (ROADS, "12mo", 3, 2), (WATER, "180cd", 2, 0)]
    assert lasting_by_unit(rows) == {ROADS: Lasting(6, 5, 3, 2), WATER: Lasting(year=2)}


def test_of_surveys_the_newest_that_is_over_counts() -> None:
    """One that runs tells nothing, and what was answered about units with too few is left out of everything."""

    def entry(days: int, fact: AnyFact) -> Entry:
        return Entry(at=AT + timedelta(days=days), actor=CLOCK, case=None, fact=fact)

    entries = [
        entry(0, SurveyBegun(period="2026-09", seed="ab" * 32, asked=50)),
        entry(14, SurveyEnded(period="2026-09", answered=20)),
        *(
            entry(14, SurveyCounted(period="2026-09", unit=ROADS, question=each.value, good=4, fair=1, poor=1))
            for each in Question
        ),
        entry(30, SurveyBegun(period="2026-10", seed="ab" * 32, asked=9)),
    ]
    assert newest_survey(entries, AT + timedelta(days=14)) is None
    newest = newest_survey(entries, AT + timedelta(days=40))
    assert newest == Survey("2026-09", 50, 20, {ROADS: {each: Counted(4, 1, 1) for each in Question}})
    told = own_appraised(newest, None)
    assert told == {ROADS: Appraised(good=16, answers=24), OF_NO_UNIT: Appraised(left_out=80 - 24)}
    assert own_appraised(newest, ROADS) == {ROADS: told[ROADS]}
    assert own_appraised(newest, WATER) == own_appraised(None, None) == {}


def test_a_unit_has_its_own_projects_and_a_township_has_none() -> None:
    """A project is of one unit, and of no one township."""
    projects = (project("a", ROADS, "visible"), project("b", WATER, "lasting"))
    scope = Scope("县", projects=projects)
    assert scope.own_projects == projects
    assert replace(scope, unit=WATER).own_projects == projects[1:]
    assert replace(scope, township=TownshipId("kan")).own_projects == ()
    assert isinstance(projects[0].name, Name)
