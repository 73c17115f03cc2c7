"""A week's end in the store: what is asserted follows from the entries, adds up to the digest, and is drawn from fairly."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import LedgerBroken
from bot.ports import Decision, Sent
from bot.rules.case import State
from bot.rules.chain import instant, read
from bot.rules.checkpoint import open_checkpoint, shown
from bot.rules.digest import Scope, figures_of
from bot.rules.due import Due, SendDigest
from bot.rules.effect import CaseChange, Effects
from bot.rules.entry import (
    CLOCK,
    CallbackDrawn,
    CalledBack,
    Counted,
    Entry,
    SeedPublished,
    Solved,
    VoiceCounted,
    WeekCounted,
)
from bot.rules.entry import RESIDENT as RESIDENT_ACTOR
from bot.rules.figure import Figure
from bot.rules.life import evolve
from bot.rules.message import CallbackNotice, DigestPage
from bot.rules.period import parse_period, week_of
from bot.rules.week import AttemptOfWeek, Facts, VoiceOfWeek, Week, week_entries
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.assertions import redraw
from storage.audit import Audit
from storage.counting import FACTS_FROM
from storage.derived_table import Mismatch
from storage.engine import Parameters, Row, Session, typed
from storage.masters import Masters
from storage.pledges import Remembered, compare_remembered
from storage.rows import stamp
from storage.signing import newest_checkpoint
from storage.store import open_store
from storage.unsealing_house import SPOILT, Bound, altered_house
from storage.vault import Vault
from tests.storage.conformance import OnePlace, Place
from tests.storage.histories import put, random_histories
from tests.storage.test_digest_sql import PERIODS, counted_together, digest_queries, empty_database, local
from tests.storage.test_proofs import SIGNER
from tests.support import postgres
from tests.support.store import LEAD, MASTER, NEIGHBOUR, OFFICER, RESIDENT, SeededRandomness, Town, opened_town

WEEK = timedelta(days=7)
Forge = Callable[[AttemptOfWeek], AttemptOfWeek | None]


# ── SQL beside SQL ───────────────────────────────────────────────────────────


@settings(max_examples=20, deadline=None)
@given(random=st.randoms(use_true_random=True))
def test_what_is_said_of_each_case_adds_up_to_the_digest(random: Random) -> None:
    """Whatever happened: the county's and every unit's figures of a week follow from the yes/no facts, to the last digit."""
    connection = empty_database()
    for history in random_histories(random, 40, local("02 00:00")):
        put(connection, history)
    weeks = [period for period in PERIODS if "W" in period.text]
    for period, counted in zip(weeks, counted_together(connection, weeks), strict=True):
        wanted = {
            "begins_at": stamp(period.begins_at),
            "ends_at": stamp(period.ends_at),
            "ends_at_text": instant(period.ends_at),
        }
        attempts = connection.execute(digest_queries()["week_attempts"], wanted).fetchall()
        voices = connection.execute(digest_queries()["week_voices"], wanted).fetchall()
        facts = [(row[2], Facts(*row[FACTS_FROM:])) for row in attempts]
        satisfied = [(row[2], said) for row in voices for said in expanded(row[4:])]
        assert added(facts, satisfied) == told(figures_of(counted.whole()))
        for unit, tally in counted.by_unit().items():
            own = [each for each in facts if each[0] == unit], [each for each in satisfied if each[0] == unit]
            assert added(*own) == told(figures_of(tally))
    connection.close()


def expanded(row: Sequence[int]) -> list[bool | None]:
    """Tell the people behind an attempt apart."""
    people, scores, pleased = row
    return [True] * pleased + [False] * (scores - pleased) + [None] * (people - scores)


Pair = tuple[int, int]


def added(facts: Sequence[tuple[str, Facts]], satisfied: Sequence[tuple[str, bool | None]]) -> dict[str, Pair]:
    """Compute n and of from yes/no facts alone, as anyone with the public export does."""
    figures = {"received": (sum(bool(each.received) for _, each in facts), 0)}
    for name, field in {
        "accepted_in_time": "accepted_in_time",
        "on_time": "in_time",
        "handled": "handled",
        "answered": "answered",
        "confirmed_solved": "solved",
        "reopened": "reopened",
    }.items():
        said = [getattr(each, field) for _, each in facts if getattr(each, field) is not None]
        figures[name] = sum(map(bool, said)), len(said)
    scores = [each for _, each in satisfied if each is not None]
    figures["satisfied_among_answers"] = sum(map(bool, scores)), len(scores)
    figures["satisfied_lowest_case"] = sum(map(bool, scores)), len(satisfied)
    return figures


def told(figures: dict[str, Figure]) -> dict[str, Pair]:
    """Take the same out of the digest's figures."""
    names = added([], [])
    return {name: (figure.n or 0, figure.of or 0) for name, figure in figures.items() if name in names}


# ── A county that lives for weeks ────────────────────────────────────────────


def silent(_: int) -> None:
    """Show no progress."""


async def week_ends(town: Town) -> None:
    """Let the coming digest fall due, and send it."""
    now = town.clock.now()
    period = week_of(now, town.desk.county.hours.zone)
    monday = period.ends_at + timedelta(hours=10)
    due = Due(key=f"digest/{period.text}", at=monday, task=SendDigest(period=period.text))
    await town.store.commit([Decision(Effects(planned=(due,)))], now)
    await town.clock.move(monday - now)
    while await Ticker(town.store, town.desk, town.clock, Bell(town.clock), ()).step():
        pass


async def lived(town: Town) -> None:
    """Let three weeks pass with cases solved, reopened, overdue and never signed for."""
    await town.staffed()
    for round_number in range(3):
        solved, reopened = await town.file(), await town.file(NEIGHBOUR)
        await town.file(NEIGHBOUR)
        await town.act(OFFICER, "accept", case=solved)
        await town.act(LEAD, "resolve", case=solved, answer="修好了")
        await town.act(RESIDENT, "rate", case=solved, solved="yes")
        await town.act(RESIDENT, "score", case=solved, score=5 - 2 * round_number)
        await town.act(LEAD, "resolve", case=reopened, answer="修好了")
        await town.act(NEIGHBOUR, "rate", case=reopened, solved="no")
        await week_ends(town)


async def facts(town: Town) -> list[tuple[int, object]]:
    """Read what every entry says."""
    return [(row.seq, read(row).fact) async for rows in town.store.read.ledger() for row in rows]


async def holds(town: Town) -> None:
    """Verify everything."""
    audit = Audit(town.engine)
    await audit.follow_ledger(silent)
    await audit.compare_cases(silent)


class Answering:
    """A view of a database that answers one query otherwise."""

    def __init__(self, session: Session, query: str, answer: Sequence[Row]) -> None:
        self._session, self._query, self._answer = session, query, answer

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Answer."""
        return self._answer if query == self._query else await self._session.rows(query, parameters)

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Refuse to write."""
        raise AssertionError((query, parameters))


class WeekConformance(OnePlace):
    """What every store does at a week's end."""

    @pytest.fixture
    async def town(self, place: Place) -> AsyncIterator[Town]:
        """Open a store that signs."""
        async with place() as town:
            randomness = SeededRandomness("signing")
            store = await open_store(town.engine, Vault(Masters({1: MASTER}), randomness), randomness, SIGNER)
            yield replace(town, store=store, desk=replace(town.desk, read=store.read))

    async def test_the_figures_of_the_digest_follow_from_the_entries(self, town: Town) -> None:
        """Each week as it was sent; overdue cases that were never resolved stay in view, week after week."""
        await lived(town)
        said = [fact for _, fact in await facts(town)]
        zone = town.desk.county.hours.zone
        weeks = [fact.week for fact in said if isinstance(fact, WeekCounted)]
        assert len(weeks) == 3
        for week in weeks:
            digest = await town.store.read.digest(parse_period(week, zone), Scope("察县"), town.clock.now())
            counted = [fact for fact in said if isinstance(fact, Counted) and fact.week == week]
            voices = [fact for fact in said if isinstance(fact, VoiceCounted) and fact.week == week]
            pairs = [(each.unit, Facts(*(getattr(each, name) for name in Facts._fields))) for each in counted]
            assert added(pairs, [(each.unit, each.satisfied) for each in voices]) == told(digest.figures)
        overdue = [fact for fact in said if isinstance(fact, Counted) and fact.handled is False and fact.week == weeks[-1]]
        assert overdue
        assert {fact.in_time for fact in overdue} >= {None}
        await holds(town)

    async def test_a_seed_is_pledged_drawn_with_and_told_a_week_apart(self, town: Town) -> None:
        """The hash stands in one checkpoint, the cases are closed, drawn and called, and a week later the seed is told."""
        await lived(town)
        async with town.engine.reading() as session:
            (again,) = await redraw(session)
            kept = await newest_checkpoint(session)
        assert again.is_pledged
        assert again.drawn == again.again != ()
        told_seeds = [(seq, fact) for seq, fact in await facts(town) if isinstance(fact, SeedPublished)]
        drawn = [seq for seq, fact in await facts(town) if isinstance(fact, CallbackDrawn)]
        assert [fact.until for _, fact in told_seeds] < drawn
        assert kept is not None
        opened = open_checkpoint(kept.text.encode(), SIGNER.origin, [SIGNER.key])
        assert opened.extensions[0].startswith("callback-seed ")
        assert sha256(bytes.fromhex(told_seeds[0][1].seed)).hexdigest() not in opened.extensions[0]

    async def test_what_is_remembered_of_draws_follows_from_entries(self, town: Town) -> None:
        """One told, one drawn, one pledged. Without its seed nothing is drawn, or told; and a seed opens to its pledge."""
        await lived(town)
        vault = Vault(Masters({1: MASTER}), SeededRandomness("another"))
        nobody = Bound({}, {}, {})
        async with town.engine.reading() as session:
            told, drawn, pledged = states = typed(await session.rows("draw_states", {}), Remembered)
            await compare_remembered(session)
            for harm in (
                [told._replace(has_seed=1), drawn, pledged],
                [told._replace(until=(told.until or 0) + 1), drawn, pledged],
                [told, drawn._replace(has_seed=0), pledged],
                [told, drawn._replace(drawn=(drawn.drawn or 0) + 1), pledged],
                [told, drawn._replace(drawn=None), pledged],
                [told, drawn._replace(until=drawn.since, drawn=0), pledged],
                [told, drawn._replace(until=None, drawn=None), pledged],
                [told, drawn, pledged._replace(has_seed=0)],
                [told, drawn, pledged._replace(until=pledged.since + 1, drawn=1)],
            ):
                with pytest.raises(LedgerBroken, match="is remembered otherwise"):
                    await compare_remembered(Answering(session, "draw_states", harm))
            seeds = typed(await session.rows("unsealing_seeds", {}), tuple[int, str, bytes])
            assert [since for since, _, _ in seeds] == [state.since for state in states[1:]]
            assert await altered_house(session, vault, nobody) == []
            (one, line, seed), (other, other_line, other_seed) = seeds
            for spoilt in ((one, line, other_seed), (one, other_line, seed), (one, line, bytes(60))):
                answering = Answering(session, "unsealing_seeds", [spoilt, (other, other_line, other_seed)])
                assert await altered_house(answering, vault, nobody) == [Mismatch(str(one), one, SPOILT)]

    async def test_the_drawn_cases_wait_until_somebody_is_heard_and_are_told_of_once_a_week(self, town: Town) -> None:
        """Those that were closed and drawn, and no others; after an answer they are gone from the list."""
        assert await town.store.read.callbacks() == ()
        await lived(town)
        waiting = await town.store.read.callbacks()
        entries = [row async for rows in town.store.read.ledger() for row in rows]
        drawn = {row.case_number for row in entries if row.kind == CallbackDrawn.KIND}
        assert waiting
        assert {case.number for case in waiting} <= drawn
        assert {case.state for case in waiting} == {State.CLOSED}
        told = []
        while letters := await town.store.take_letters(500, frozenset(), town.clock.now()):
            await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())
            told += [letter.message.total for letter in letters if isinstance(letter.message, CallbackNotice)]
        assert told[-1] == len(waiting)
        for case in waiting:
            entry = Entry(
                at=town.clock.now(),
                actor=RESIDENT_ACTOR,
                case=case.number,
                fact=CalledBack(round=case.now.number, solved=Solved.YES),
            )
            change = CaseChange(case, evolve(case, entry), (entry,))
            await town.store.commit([Decision(Effects(cases=(change,)))], town.clock.now())
        assert await town.store.read.callbacks() == ()
        await holds(town)

    async def test_every_digest_carries_the_checkpoint_signed_with_it(self, town: Town) -> None:
        """Everyone who received one is a witness."""
        await lived(town)
        async with town.engine.reading() as session:
            kept = await newest_checkpoint(session)
        assert kept is not None
        letters = await town.store.take_letters(500, frozenset(), town.clock.now())
        pages = [letter.message.digest for letter in letters if isinstance(letter.message, DigestPage)]
        while letters:
            await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())
            letters = await town.store.take_letters(500, frozenset(), town.clock.now())
            pages += [letter.message.digest for letter in letters if isinstance(letter.message, DigestPage)]
        assert pages[-1].signed == kept.text
        assert pages[-1].checkpoint == shown(kept.read())

    @pytest.mark.parametrize(
        ("forge", "why"),
        [
            (lambda each: each._replace(facts=each.facts._replace(in_time=True)), "is not what is counted"),
            (lambda each: each._replace(facts=each.facts._replace(solved=True)), "is not what is counted"),
            (lambda _: None, "is left out of"),
        ],
    )
    async def test_an_assertion_that_does_not_follow_is_found(self, town: Town, forge: Forge, why: str) -> None:
        """Written rightly, chained and signed, but false; or a case is left out."""
        week = await one_week(town)
        forged = [forge(each) for each in week.attempts]
        await enter(town, replace(week, attempts=[each for each in forged if each is not None]))
        with pytest.raises(LedgerBroken, match=why):
            await holds(town)

    async def test_a_case_counted_twice_and_scores_made_up_are_found(self, town: Town) -> None:
        """Neither can be added to what the entries say."""
        week = await one_week(town)
        await enter(town, replace(week, voices=[*week.voices, week.voices[0]._replace(satisfied=True)]))
        with pytest.raises(LedgerBroken, match="scores"):
            await holds(town)

    async def test_a_case_that_no_week_may_count_is_found(self, town: Town) -> None:
        """Counted twice over in the same week."""
        week = await one_week(town)
        await enter(town, replace(week, attempts=[*week.attempts, week.attempts[0]]))
        with pytest.raises(LedgerBroken, match="twice"):
            await holds(town)

    @pytest.mark.parametrize("which", ["another seed", "others drawn"])
    async def test_a_draw_that_was_not_drawn_is_found(self, town: Town, which: str) -> None:
        """A seed that no checkpoint binds to, and a list that the seed does not give."""
        await lived(town)
        async with town.engine.reading() as session:
            (honest,) = await redraw(session)
        fact = honest.fact
        forged = SeedPublished(since=fact.since, until=fact.until, seed="00" * 32)
        if which == "others drawn":
            forged = SeedPublished(since=fact.since, until=fact.until + 1, seed=fact.seed)
        entry = entry_of(forged, town)
        await town.store.commit([Decision(Effects(entries=(entry,)))], town.clock.now())
        with pytest.raises(LedgerBroken, match="seed"):
            await holds(town)

    async def test_weeks_without_a_program_are_counted_when_it_is_back(self, town: Town) -> None:
        """Each once, in order, and none twice."""
        await lived(town)
        await town.clock.move(3 * WEEK)
        await week_ends(town)
        zone = town.desk.county.hours.zone
        counted = [fact.week for _, fact in await facts(town) if isinstance(fact, WeekCounted)]
        assert counted == sorted(set(counted))
        assert len(counted) == 7
        assert parse_period(counted[-1], zone).previous().text == counted[-2]
        assert await town.store.read.uncounted(parse_period(counted[-1], zone)) == ()
        await holds(town)


async def one_week(town: Town) -> Week:
    """Let a week pass with one solved case and one that nobody touched, and read what its figures would say."""
    await town.staffed()
    number = await town.file()
    await town.act(LEAD, "resolve", case=number, answer="修好了")
    await town.act(RESIDENT, "rate", case=number, solved="yes")
    await town.file(NEIGHBOUR)
    now = town.clock.now()
    period = week_of(now, town.desk.county.hours.zone)
    await town.clock.move(period.ends_at + timedelta(hours=1) - now)
    (week,) = await town.store.read.uncounted(period)
    assert [isinstance(each, VoiceOfWeek) for each in week.voices] == [True]
    return week


async def enter(town: Town, week: Week) -> None:
    """Write a week into the ledger, true or not."""
    entries = week_entries(week, bytes(16), town.clock.now())
    await town.store.commit([Decision(Effects(entries=entries))], town.clock.now())


def entry_of(fact: SeedPublished, town: Town) -> Entry:
    """Make an entry of it."""
    return Entry(at=town.clock.now(), actor=CLOCK, case=None, fact=fact)


class TestInSqlite(WeekConformance):
    """A week's end in SQLite."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestInPostgres(WeekConformance):
    """A week's end in PostgreSQL."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(postgres.opened_town, url)
