"""A made-up year: cases that live by the program's own rules, each step committed to a store as the bot would.

Whatever the rules refuse at random is left out, so every life is one that could be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from msgspec.structs import replace

from bot.errors import IllegalTransition
from bot.ports import Decision
from bot.rules.case import Case, State
from bot.rules.county import Kind, Project, Urgency
from bot.rules.effect import CaseChange, Effects, ProposalChange
from bot.rules.entry import (
    RESIDENT,
    Accepted,
    AnyFact,
    Asked,
    Assigned,
    CalledBack,
    CaseFact,
    Channel,
    Closed,
    Closing,
    Entry,
    ExtensionAsked,
    ExtensionGranted,
    Filed,
    FollowedUp,
    MeasureDone,
    MeasureFact,
    MeasureSet,
    Merged,
    MilestonePictured,
    MilestoneReached,
    ProjectJudged,
    ProposalDropped,
    ProposalNoted,
    Rated,
    Reclassified,
    Refused,
    Reopened,
    ReopenReason,
    Resolved,
    Resumed,
    Resuming,
    SignAnswered,
    SignAsked,
    SignClosed,
    SignGraded,
    SignOver,
    SignRaised,
    Solved,
    Source,
    SurveyBegun,
    SurveyCounted,
    SurveyEnded,
    Transferred,
    Visited,
    VoiceAdded,
    VoiceLeft,
    Withdrawn,
)
from bot.rules.identity import (
    NEW_CASE,
    CaseNumber,
    CategoryId,
    ClassId,
    PersonId,
    ProjectId,
    SignNumber,
    StaffId,
    TownshipId,
    UnitId,
    VisitId,
)
from bot.rules.life import evolve, fold, is_of_life
from bot.rules.measure import Proposal
from bot.rules.measure import evolve as carry_on
from bot.rules.measure import number_of as proposal_number
from bot.rules.project import Milestone, Reached
from bot.rules.survey import Question
from bot.rules.warning import SignKind, Subject, key_of
from bot.rules.warning_life import Sign, number_of
from bot.rules.warning_life import evolve as follow
from storage.store import Store

BEGINS_AT: Final = datetime(2025, 11, 30, 16, tzinfo=UTC)  # a Monday's midnight in the county
DAYS: Final = 380
UNITS: Final = tuple(UnitId(unit) for unit in ("transport", "water", "letters"))
TOWNSHIPS: Final = (TownshipId("qapqal"), TownshipId("kan"), None)
WORDS: Final = "ab" * 32
GROUP: Final = 200
HANDED_ON: Final = 0.3
"""The share of measures that another unit sees to later, on the same date."""


async def live(store: Store, cases: int, seed: int) -> None:
    """Let so many cases be filed over the year and take their course."""
    random = Random(seed)
    plans = [list(life(random)) for _ in range(cases)]
    plans.sort(key=lambda plan: plan[0].at)
    standing: list[Case | None] = [None] * cases
    for step in range(max(map(len, plans))):
        effects = []
        for place, plan in enumerate(plans):
            if step < len(plan):
                before, entry = standing[place], plan[step]
                if before is None:
                    after = evolve(None, entry)
                    change = CaseChange(None, after, (entry,), series="CB-2026", filer=PersonId(f"p-{place}"))
                    effects.append(Effects(cases=(change,)))
                    number = CaseNumber(f"CB-2026-{place + 1:06d}")
                    standing[place] = fold([_numbered(entry, number)])
                elif not is_of_life(entry):
                    effects.append(Effects(entries=(_numbered(entry, before.number),)))
                else:
                    entry = _numbered(entry, before.number)
                    standing[place] = evolve(before, entry)
                    effects.append(Effects(cases=(CaseChange(before, standing[place] or before, (entry,)),)))
        for first in range(0, len(effects), GROUP):
            decisions = [Decision(each) for each in effects[first : first + GROUP]]
            await store.commit(decisions, BEGINS_AT + timedelta(days=DAYS + 60))


async def walk(store: Store, count: int, seed: int) -> None:
    """Let officials go out so often over the year; some work for no unit. Of what they bring home some becomes measures."""
    random = Random(seed)
    for place in range(count):
        at = BEGINS_AT + timedelta(days=random.randrange(DAYS), hours=random.randrange(24))
        unit, township = random.choice((*UNITS, None)), TownshipId(random.choice(("qapqal", "kan")))
        seen, firms = random.randrange(9), random.randrange(3)
        fact = Visited(visit=VisitId(f"v-{place}"), unit=unit, township=township, households=seen, firms=firms)
        entry = Entry(at=at, actor="s-officer", case=None, fact=fact)
        await store.commit([Decision(Effects(entries=(entry,)))], at)
        for change in _carried(fact, place, at, random):
            await store.commit([Decision(Effects(proposals=(change,)))], change.entry.at)


def _carried(visit: Visited, place: int, at: datetime, random: Random) -> Iterator[ProposalChange]:
    """Let a proposal live as far as it comes: noted, made a measure, moved, done or given up, early or late."""
    number, words = proposal_number(at.year, place), "ab" * 32
    noted = ProposalNoted(proposal=number, visit=visit.visit, unit=visit.unit, township=visit.township, words=words)
    facts: list[MeasureFact] = [noted]
    for _ in range(random.randrange(3)):
        due_at, owner = at + timedelta(days=random.randrange(10, 90)), random.choice((*UNITS, None))
        facts.append(MeasureSet(proposal=number, staff=StaffId("s-lead"), unit=owner, due_at=due_at, words=words))
    if isinstance(facts[-1], MeasureSet) and random.random() < HANDED_ON:  # late or not, and with the same date
        facts.append(replace(facts[-1], unit=random.choice(UNITS)))
    facts += random.sample([MeasureDone(proposal=number, words=words), ProposalDropped(proposal=number, words=words)], 1)
    before: Proposal | None = None
    for fact in facts[: random.randint(1, 5)]:
        entry = Entry(at=at, actor="s-officer", case=None, fact=fact)
        try:
            after = carry_on(before, entry)
        except IllegalTransition:
            continue
        yield ProposalChange(before, after, entry)
        before, at = after, at + timedelta(days=random.randrange(60))


async def judge(store: Store, projects: Sequence[Project], count: int, seed: int) -> None:
    """Let people judge projects so often, some of them again, and units say what was reached."""
    random = Random(seed)
    made: list[Entry] = []
    for place in range(count):
        project = projects[min(random.randrange(9), len(projects) - 1)]
        at = BEGINS_AT + timedelta(days=random.randrange(DAYS), hours=random.randrange(24))
        fact: AnyFact = ProjectJudged(project=project.id, score=random.randint(1, 5), is_again=random.random() < 0.3)
        if place % 4 == 0:
            fact = MilestoneReached(project=project.id, unit=project.unit, words=WORDS)
        made.append(Entry(at=at, actor=RESIDENT, case=None, fact=fact))
    places: Counter[ProjectId] = Counter()
    for entry in sorted(made, key=lambda each: each.at):
        effects = Effects(entries=(entry,))
        if isinstance(entry.fact, MilestoneReached):
            of = entry.fact.project
            places[of] += 1
            milestone = Milestone(entry.at, "通车", places[of])
            effects += Effects(projects=(Reached(of, milestone, b"0" * 16, StaffId("s-1")),))
            shown = MilestonePictured(
                project=of, place=places[of], slot="after/1", media="image/jpeg", size=9, content="cd" * 32
            )
            effects += Effects(entries=(Entry(at=entry.at, actor="clock", case=None, fact=shown),) * (places[of] % 3))
        await store.commit([Decision(effects)], entry.at)


async def survey(store: Store, seed: int) -> None:
    """Let three surveys begin and end over the year; units that are not counted had too few answers."""
    random = Random(seed)
    for place, period in enumerate(("2026-02", "2026-06", "2026-12")):
        at = BEGINS_AT + timedelta(days=100 + 120 * place)
        facts: list[AnyFact] = [SurveyEnded(period=period, answered=40)]
        for unit in UNITS[: 2 + place % 2]:
            for question in Question:
                good = random.randint(0, 9)
                facts.append(SurveyCounted(period=period, unit=unit, question=question, good=good, fair=9 - good, poor=3))
        begun = Entry(at=at, actor="clock", case=None, fact=SurveyBegun(period=period, seed="ab" * 32, asked=90))
        over = at + timedelta(days=14)
        entries = (begun, *(Entry(at=over, actor="clock", case=None, fact=fact) for fact in facts))
        await store.commit([Decision(Effects(entries=entries))], over)


async def watch(store: Store, count: int, seed: int) -> None:
    """Let so many warnings and signals be found over the year, change, and be handled as their rules allow."""
    random = Random(seed)
    entries = [entry for place in range(count) for entry in _sign(random, number_of(2026, place + 1))]
    for entry in sorted(entries, key=lambda each: each.at):
        await store.commit([Decision(Effects(entries=(entry,)))], entry.at)


def _sign(random: Random, number: SignNumber) -> Iterator[Entry]:
    """Yield the entries of one sign that its rules allow, in order of time."""
    at = BEGINS_AT + timedelta(days=random.randrange(DAYS), hours=19)
    unit = random.choice((*UNITS, None))
    kind = random.choice(list(SignKind))
    township = TownshipId("kan") if kind is SignKind.SURGE else None
    subject = key_of(kind, Subject(unit=unit, township=township))
    raised = SignRaised(
        sign=number, subject=subject, unit=unit, grade=random.randint(1, 3), n=5, of=9, usual=None, days=7, cases=""
    )
    tries: list[AnyFact] = [raised]
    for _ in range(random.randrange(7)):
        graded = SignGraded(
            sign=number, unit=random.choice(UNITS), grade=random.randint(1, 3), n=6, of=9, usual=None, days=7, cases=""
        )
        asked = SignAsked(sign=number, unit=random.choice(UNITS), answer_by=at + timedelta(days=30), words=None)
        answered, closed = SignAnswered(sign=number, words=WORDS), SignClosed(sign=number, words=WORDS)
        tries.append(random.choice((graded, SignOver(sign=number), asked, answered, closed)))
    sign: Sign | None = None
    for fact in tries:
        entry = Entry(at=at, actor="s-supervisor", case=None, fact=fact)
        at += timedelta(days=random.randrange(1, 15))
        try:
            sign = follow(sign, entry)
        except IllegalTransition:
            continue
        yield entry


def _numbered(entry: Entry, number: CaseNumber) -> Entry:
    return Entry(at=entry.at, actor=entry.actor, case=number, fact=entry.fact)


def life(random: Random) -> Iterator[Entry]:
    """Yield the entries of one case that its rules allow, in order of time."""
    case: Case | None = None
    for at, actor, fact in _tries(random):
        entry = Entry(at=at, actor=actor, case=NEW_CASE, fact=fact)
        try:
            if isinstance(fact, FollowedUp):
                if case is None or case.state is not State.CLOSED:
                    continue
            else:
                case = evolve(case, entry)
        except IllegalTransition:
            continue
        yield entry


def _tries(random: Random) -> Iterator[tuple[datetime, str, CaseFact | FollowedUp]]:
    """Yield what may be tried with a case: filing, and what officials and residents do after it."""
    at = BEGINS_AT + timedelta(days=random.randrange(DAYS), hours=random.randrange(22), minutes=random.randrange(60))
    has_limit = random.random() < 0.92
    accept_due = at + timedelta(hours=random.choice((2, 4, 30)))
    due = at + timedelta(hours=random.choice((24, 72, 168, 400)))
    unit, officer = random.choice(UNITS), "s-officer"
    yield (
        at,
        RESIDENT,
        Filed(
            kind=random.choice(list(Kind)),
            category=CategoryId(random.choice(("roads", "schools", "market"))),
            township=random.choice(TOWNSHIPS),
            unit=unit,
            channel=random.choice(list(Channel)),
            urgency=Urgency.NORMAL,
            deadline_class=None,
            rule=None,
            accept_due_at=accept_due if has_limit else None,
            due_at=due if has_limit else None,
            is_confidential=random.random() < 0.05,
            words=WORDS,
        ),
    )
    voices = random.choice((1, 1, 1, 2, 3))
    for voice in range(2, voices + 1):
        yield at + timedelta(minutes=voice), RESIDENT, VoiceAdded(voice=voice)
    leaver, leaving = (
        2 if voices == 3 else None,
        1 + at.day % 2,
    )  # the second of three leaves, at the first attempt or the next
    if random.random() < 0.2:  # within the hour, or after days, in another week or month
        if random.random() < 0.5:
            at += timedelta(hours=random.choice((1, 50)))
            yield at, officer, Accepted(unit=unit)
        at += random.choice((timedelta(minutes=20), timedelta(days=6), timedelta(days=24)))
        yield at, officer, Transferred(unit=unit, reason=WORDS)
        unit = random.choice(UNITS)
        at += random.choice((timedelta(minutes=20), timedelta(days=3)))
        yield (
            at,
            "s-supervisor",
            Assigned(
                unit=unit,
                category=CategoryId(random.choice(("roads", "schools", "market"))),
                accept_due_at=at + timedelta(hours=3) if has_limit else None,
                reason=None,
                is_final=True,
            ),
        )
    for attempt in range(1, 4):
        at += timedelta(hours=random.choice((1, 3, 20, 60)))
        if attempt > 1 and random.random() < 0.3:  # a neighbour joins what goes on, and was not behind what had ended
            voices += 1
            yield at, RESIDENT, VoiceAdded(voice=voices)
        if leaver is not None and attempt == leaving:
            yield at, RESIDENT, VoiceLeft(voice=leaver)
        standing = [voice for voice in range(1, voices + 1) if voice != leaver or attempt < leaving]
        yield at, officer, Accepted(unit=unit)
        for step_at, actor, fact, moved in _more_time(random, at, due if has_limit else None):
            yield step_at, actor, fact
            at, due = step_at, moved
        at += timedelta(hours=random.choice((2, 30, 100, 500)))
        if random.random() < 0.07:
            over = (Withdrawn(), Refused(law="信访条例", reason=WORDS), Merged(into=CaseNumber("CB-2026-000001")))
            yield at, RESIDENT, random.choice(over)
            return
        if random.random() < 0.08:
            return
        yield at, officer, Resolved(unit=unit, answer=WORDS)
        at, goes_on = yield from _judged(random, at, attempt, (voices, standing))
        if not goes_on:
            for voice in range(1, voices + 1):
                if random.random() < 0.5:
                    said = random.choices(list(Solved), [6, 1, 1])[0]
                    again = FollowedUp(round=attempt, stage=random.choice(("90cd", "365cd")), voice=voice, solved=said)
                    yield at + timedelta(days=random.randrange(8)), RESIDENT, again
            return
        accept_due, due = at + timedelta(hours=2), at + timedelta(days=random.choice((1, 3, 9)))
        yield (
            at,
            RESIDENT,
            Reopened(
                round=attempt + 1,
                reason=ReopenReason.RATED_NO,
                rule=None,
                accept_due_at=accept_due if has_limit else None,
                due_at=due if has_limit else None,
            ),
        )


def _more_time(random: Random, at: datetime, due: datetime | None) -> Iterator[tuple[datetime, str, CaseFact, datetime]]:
    """Yield an extension or a pause, before the limit has passed, and the limit after it."""
    if due is None or at + timedelta(hours=1) >= due:
        return
    chance = random.random()
    if chance < 0.1:
        later = due + timedelta(days=random.choice((2, 5)))
        yield at, "s-officer", ExtensionAsked(length="2d", due_at=later, reason=WORDS), due
        granted_at = random.choice((at + timedelta(minutes=30), due + timedelta(days=1)))  # in time, or after the limit
        yield granted_at, "s-lead", ExtensionGranted(due_at=later), later
    elif chance < 0.2:
        yield (
            at,
            "s-officer",
            Asked(question=WORDS, until=at + timedelta(days=5), due_at=due + timedelta(days=5)),
            due + timedelta(days=5),
        )
        answered_at = at + timedelta(minutes=50)
        later = due + (answered_at - at)
        yield answered_at, RESIDENT, Resumed(because=Resuming.ANSWERED, due_at=later, words=WORDS), later
    elif chance < 0.3:
        at += timedelta(days=random.choice((0, 9)))
        later = due + timedelta(days=random.choice((-1, 20)))
        yield (
            at,
            "s-lead",
            Reclassified(
                deadline_class=ClassId(random.choice(("short", "long"))),
                rule=None,
                accept_due_at=at + timedelta(hours=random.choice((-60, 5))),
                due_at=later,
                is_longer=later > due,
                reason=WORDS,
            ),
            later,
        )


def _judged(
    random: Random, at: datetime, attempt: int, people: tuple[int, Collection[int]]
) -> Generator[tuple[datetime, str, CaseFact], None, tuple[datetime, bool]]:
    """Yield what residents say, and the closing; return when, and whether the case goes on."""
    said, (voices, standing) = Solved.YES, people
    for voice in (1, 1, *range(2, voices + 1)):
        if random.random() < 0.45 and voice in standing:
            at += timedelta(hours=random.choice((1, 9, 40)))
            said = random.choices(list(Solved), [6, 1, 1])[0]
            score, source = random.choice((None, 1, 2, 3, 4, 5)), random.choice((Source.BOT, Source.BOT, Source.PHONE))
            yield at, RESIDENT, Rated(round=attempt, voice=voice, solved=said, score=score, source=source)
    at += timedelta(hours=random.choice((1, 50, 240)))
    if random.random() < 0.85:
        how = random.choice((Closing.RATED, Closing.UNRATED, Closing.LEFT))
        yield at, RESIDENT, Closed(round=attempt, how=how)
        if random.random() < 0.15:
            at += timedelta(hours=random.choice((2, 100)))
            yield at, StaffId("s-supervisor"), CalledBack(round=attempt, solved=random.choice(list(Solved)))
    at += timedelta(hours=random.choice((1, 30, 200)))
    return at, random.random() < (0.8 if said is Solved.NO else 0.1)
