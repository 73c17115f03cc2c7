"""Counting for the two books, the appraisal and translating, over a period and those that a digest stands beside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from bot.rules.books import ProjectTally, lasting_by_unit, newest_survey
from bot.rules.chain import read
from bot.rules.digest import Scope
from bot.rules.entry import MilestonePictured, ProjectJudged
from bot.rules.identity import ProjectId, UnitId
from bot.rules.survey import Survey
from bot.rules.tally import Lasting
from storage.engine import Parameters, Session, typed
from storage.rows import read_ledger_row

Projects = Mapping[ProjectId, ProjectTally]


async def projects_counted(session: Session, wanted: Parameters, periods: int) -> Sequence[Projects]:
    """Count each project in each of so many periods, the newest first, of which each begins where the next one ends."""
    reached: dict[int, dict[ProjectId, int]] = defaultdict(dict)
    for place, project, count in typed(await session.rows("digest_milestones", wanted), tuple[int, ProjectId, int]):
        reached[place][project] = count
    photos: Counter[tuple[int, ProjectId]] = Counter()
    for place, facts in typed(await session.rows("digest_photos", wanted), tuple[int, str]):
        photos[place, msgspec.json.decode(facts, type=MilestonePictured).project] += 1
    judged: dict[int, list[tuple[ProjectJudged, int]]] = defaultdict(list)
    for place, facts, count in typed(await session.rows("digest_judgements", wanted), tuple[int, str, int]):
        judged[place].append((msgspec.json.decode(facts, type=ProjectJudged), count))
    found: list[Projects] = []
    known: dict[ProjectId, ProjectTally] = {}
    for place in (-1, *reversed(range(periods))):
        for fact, count in judged[place]:
            before = known.get(fact.project, ProjectTally())
            known[fact.project] = before.plus(fact.score, count, is_again=fact.is_again)
        if place >= 0:
            here = reached[place]
            projects = {*known, *here, *(project for of, project in photos if of == place)}
            found.append(
                {
                    each: known.get(each, ProjectTally())._replace(milestones=here.get(each, 0), photos=photos[place, each])
                    for each in projects
                }
            )
    return found[::-1]


async def lasting_counted(session: Session, wanted: Parameters) -> Mapping[int, Mapping[UnitId, Lasting]]:
    """Count the looks back of each period by how long after the end they were."""
    rows: dict[int, list[tuple[UnitId, str, int, int]]] = defaultdict(list)
    counted = await session.rows("digest_lasting", wanted)
    for place, unit, stage, heard, lasting in typed(counted, tuple[int, UnitId, str, int, int]):
        rows[place].append((unit, stage, heard, lasting))
    return defaultdict(dict, {place: lasting_by_unit(of_period) for place, of_period in rows.items()})


async def surveys_over(session: Session, ends: Sequence[datetime], scope: Scope) -> Sequence[Survey | None]:
    """Return the newest survey that was over by each moment; none of a township, and of a unit what it is told of it."""
    if scope.township is not None:
        return [None] * len(ends)
    entries = [read(read_ledger_row(row)) for row in await session.rows("survey_entries", {})]
    return [newest_survey(entries, end) for end in ends]
