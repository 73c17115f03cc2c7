"""Count what a digest's tables and lists hold from an exported ledger: parts of what came, projects, appraisal, warnings.

As `recount`, it knows the definitions and nothing of the program that wrote the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.digest.recount import Life, Sign, plain, share

PARTS = ("category", "township", "channel", "kind")


class Received(NamedTuple):
    """The cases as they stood at a period's end, and the period."""

    cases: list[Life]
    begin: str
    end: str


def told_apart(earlier: Received, now: Received, unit: str | None = None) -> dict[str, Any]:
    """Count cases received in a period, and in the one before, by what they were about at its end, and from where."""
    found = {}
    for part in PARTS:
        then, counts = (
            Counter(life.facts[part] for life in cases if begin <= life.filed < end and unit in {None, life.unit})
            for cases, begin, end in (earlier, now)
        )
        order = sorted({*then, *counts}, key=lambda which: (-counts[which], -then[which], which or ""))
        of = counts.total()
        found[part] = [{"id": each, "n": counts[each], "of": of, "before": then[each]} for each in order] if of else []
    return found


def each_project(
    lines: Iterable[dict[str, Any]], projects: dict[str, tuple[str, str]], begin: str, end: str, unit: str | None = None
) -> list[dict[str, Any]]:
    """Count what was reached in each project in a period, and who is satisfied with it by its end."""
    told = [line for line in lines if line["at"] < end]
    found = []
    for name, (of, horizon) in projects.items():
        if unit not in {None, of}:
            continue
        reached = [
            line for line in told if line["entry"] == "milestone_reached" and line["at"] >= begin and about(line, name)
        ]
        pictured = [
            line for line in told if line["entry"] == "milestone_pictured" and line["at"] >= begin and about(line, name)
        ]
        said = [line["facts"] for line in told if line["entry"] == "project_judged" and about(line, name)]
        first, again = ([each["score"] for each in said if each["is_again"] is later] for later in (False, True))
        figures = {
            "milestones": plain(len(reached)),
            "photos": plain(len(pictured)),
            "satisfied": satisfied(first),
            "satisfied_again": satisfied(again),
        }
        found.append({"project": name, "unit": of, "horizon": horizon, "figures": figures})
    return found


def about(line: dict[str, Any], project: str) -> bool:
    """Say whether an entry is about a project."""
    return bool(line["facts"]["project"] == project)


def satisfied(scores: list[int]) -> dict[str, Any]:
    """Count scores of 4 and 5; of fewer than five nothing but how many there are."""
    return share(sum(score >= 4 for score in scores), len(scores)) if len(scores) >= 5 else share(0, 0, len(scores))


def appraisal(lines: Iterable[dict[str, Any]], end: str, unit: str | None = None) -> dict[str, Any] | None:
    """Count the newest survey that was over by an instant: who answered, and who said "good" of each unit, by question."""
    told = [line for line in lines if line["at"] < end and line["entry"].startswith("survey_")]
    over = [line["facts"] for line in told if line["entry"] == "survey_ended"]
    if not over:
        return None
    period = over[-1]["period"]
    (asked,) = (each["facts"]["asked"] for each in told if each["entry"] == "survey_begun" and of_month(each, period))
    counted = [each["facts"] for each in told if each["entry"] == "survey_counted" and of_month(each, period)]
    units: dict[str, dict[str, Any]] = {}
    for facts in counted:
        said = share(facts["good"], facts["good"] + facts["fair"] + facts["poor"])
        units.setdefault(facts["unit"], {})[facts["question"]] = said
    return {
        "period": period,
        "answered": share(over[-1]["answered"], asked),
        "units": [{"unit": each, "figures": units[each]} for each in sorted(units) if unit in {None, each}],
    }


def of_month(line: dict[str, Any], period: str) -> bool:
    """Say whether an entry is about the survey of a month."""
    return bool(line["facts"]["period"] == period)


def named(before: dict[str, Sign], after: dict[str, Sign], unit: str | None = None) -> dict[str, bool]:
    """Name the warnings that stand at the end of a period, or ended in it, and say which of these stand."""
    mine = {number: sign for number, sign in after.items() if not sign.is_signal and unit in {None, sign.unit}}
    return {
        number: sign.is_open
        for number, sign in mine.items()
        if sign.is_open or number not in before or before[number].is_open
    }


def of_township(
    cases: list[Life], visits: list[dict[str, Any]], signs: dict[str, Sign], lines: Iterable[dict[str, Any]], township: str
) -> tuple[list[Life], list[dict[str, Any]], dict[str, Sign]]:
    """Keep what is of one township: its cases, visits to it with what was proposed there, and warnings about it."""
    there = {line["facts"]["proposal"] for line in visits if line["entry"] == "proposal_noted" and is_of(line, township)}
    kept = [
        line
        for line in visits
        if (is_of(line, township) if line["entry"] == "visited" else line["facts"]["proposal"] in there)
    ]
    subjects = {
        line["facts"]["sign"]: line["facts"]["subject"].split("/")[3] for line in lines if line["entry"] == "sign_raised"
    }
    return (
        [life for life in cases if life.facts["township"] == township],
        kept,
        {number: sign for number, sign in signs.items() if subjects[number] == township},
    )


def is_of(line: dict[str, Any], township: str) -> bool:
    """Say whether an entry is about a township."""
    return bool(line["facts"]["township"] == township)
