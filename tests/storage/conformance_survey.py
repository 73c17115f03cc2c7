"""What every store does for a survey: an answer is counted once, and nothing that is kept says whose it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.actions.survey_served import digest_of, pledge_survey
from bot.errors import Conflict, LedgerBroken
from bot.ports import Decision
from bot.rules.digest import Scope
from bot.rules.effect import Effects, HouseWords, SurveyAnswer, SurveyToken
from bot.rules.entry import AnyFact, Entry, Restored, SurveyBegun, SurveyCounted, SurveyEnded, SurveyPledged
from bot.rules.identity import TownshipId, UnitId
from bot.rules.period import Stretch, period_of
from bot.rules.survey import Counted, Question, pledge_of, pledges
from storage.audit import Audit
from storage.books import surveys_over
from storage.survey_draws import survey_draws
from tests.storage.conformance import OnePlace
from tests.support.store import NEIGHBOUR, OFFICER, RESIDENT, UNIT, Town

GOOD = tuple((question.value, "good") for question in Question)
POOR = tuple((question.value, "poor") for question in Question)
SEED = "11" * 32
PLEDGED = SurveyPledged(period="2026-11", pledge=pledge_of(bytes.fromhex(SEED)))
BEGUN = SurveyBegun(period="2026-11", seed=SEED, asked=0)
SEEDS: dict[str, tuple[tuple[AnyFact, ...], str | None]] = {
    "honest": ((PLEDGED, BEGUN), None),
    "another seed": ((PLEDGED, SurveyBegun(period="2026-11", seed="00" * 32, asked=0)), "is not the one that was pledged"),
    "a seed of another month": ((PLEDGED, SurveyBegun(period="2026-10", seed=SEED, asked=0)), "no entry before it binds"),
    "pledged before a restore": ((PLEDGED, Restored(entries=1, skipped=0), BEGUN), "no entry before it binds"),
    "pledged when the month was over": (
        (SurveyPledged(period="2026-10", pledge=PLEDGED.pledge), SurveyBegun(period="2026-10", seed=SEED, asked=0)),
        "was pledged when that had ended",
    ),
    "no seed": ((PLEDGED, SurveyBegun(period="2026-11", seed="seed", asked=0)), "no seed"),
}
"""What is entered about surveys on 24 November, and what an audit says of it."""


class SurveyConformance(OnePlace):
    """Surveys in the store."""

    async def commit(self, town: Town, effects: Effects) -> None:
        """Make it true."""
        await town.store.commit([Decision(effects)], town.clock.now())

    async def asked(self, town: Town, *tokens: str) -> None:
        """Give tokens out about one unit."""
        given = tuple(SurveyToken(digest_of(token), "2026-10", UNIT) for token in tokens)
        await self.commit(town, Effects(survey_tokens=given))

    async def test_answers_are_added_up_and_a_token_answers_once(self, town: Town) -> None:
        """A second use changes nothing; a token that nobody was given neither."""
        await self.asked(town, "one", "two", "three")
        assert await town.store.read.survey_unit(digest_of("one")) == UNIT
        assert await town.store.read.survey_unit(digest_of("four")) is None
        await self.commit(town, Effects(survey_answers=(SurveyAnswer(digest_of("one"), GOOD),)))
        await self.commit(town, Effects(survey_answers=(SurveyAnswer(digest_of("two"), POOR),)))
        for token in ("one", "four"):
            with pytest.raises(Conflict):
                await self.commit(town, Effects(survey_answers=(SurveyAnswer(digest_of(token), POOR),)))
        assert await town.store.read.survey_unit(digest_of("one")) is None
        counts = await town.store.read.survey_counts("2026-10")
        assert counts == {UNIT: dict.fromkeys(Question, Counted(1, 0, 1))}

    async def test_whoever_would_rather_not_is_counted_nowhere(self, town: Town) -> None:
        """The token is gone all the same."""
        await self.asked(town, "one")
        await self.commit(town, Effects(survey_answers=(SurveyAnswer(digest_of("one"), ()),)))
        assert await town.store.read.survey_counts("2026-10") == {}
        assert await town.store.read.survey_unit(digest_of("one")) is None

    async def test_nothing_is_left_of_a_survey_that_is_over(self, town: Town) -> None:
        """Neither who could have answered nor what was."""
        await self.asked(town, "one", "two")
        await self.commit(town, Effects(survey_answers=(SurveyAnswer(digest_of("one"), GOOD),)))
        await self.commit(town, Effects(surveys_ended=("2026-10",)))
        assert await town.store.read.survey_counts("2026-10") == {}
        assert await town.store.read.survey_unit(digest_of("two")) is None

    async def test_a_draw_is_done_again_and_its_seed_held_against_the_pledge(self, town: Town) -> None:
        """Kept where the seed is the one that an earlier entry binds to; not where it is another, or nothing binds."""
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="修好了")
        await town.act(RESIDENT, "rate", case=number)
        await town.act(RESIDENT, "score", case=number)
        zone, now = town.desk.county.hours.zone, town.clock.now()
        month = period_of(Stretch.MONTH, now, zone)
        await self.commit(town, pledge_survey(town.desk, month, (), now))
        entries = await town.store.read.survey_entries()
        ((pledge, _),) = pledges(entries).values()
        seed = await town.store.read.house_words(pledge) or ""
        for told in (seed, "00" * 32):
            begun = Entry(at=now, actor="s", case=None, fact=SurveyBegun(period=month.text, seed=told, asked=1))
            await self.commit(town, Effects(entries=(begun,)))
        before = month.previous().text
        unbound = Entry(at=now, actor="s", case=None, fact=SurveyBegun(period=before, seed=seed, asked=0))
        await self.commit(town, Effects(entries=(unbound,)))
        async with town.engine.reading() as session:
            draws = await survey_draws(session, zone)
        assert [(each.period, each.is_kept) for each in draws] == [
            (before, False),
            (month.text, False),
            (month.text, True),
        ]
        assert [each.order for each in draws] == [{}, {UNIT: [number]}, {UNIT: [number]}]
        assert [each.pledge for each in draws] == [None, pledge, pledge]

    async def test_a_digest_has_the_survey_that_was_over_by_its_end_and_a_township_has_none(self, town: Town) -> None:
        """Of each moment the newest; answers say nothing of where somebody lives."""
        begun_at = datetime(2026, 10, 5, tzinfo=UTC)
        for period, days in (("2026-09", 0), ("2026-10", 30)):
            facts = (
                SurveyBegun(period=period, seed=SEED, asked=40),
                SurveyCounted(period=period, unit=UNIT, question=Question.SPEED.value, good=9, fair=1, poor=0),
                SurveyEnded(period=period, answered=10),
            )
            at = begun_at + timedelta(days=days)
            await self.commit(town, Effects(entries=tuple(Entry(at=at, actor="s", case=None, fact=fact) for fact in facts)))
        ends = [begun_at + timedelta(days=days) for days in (31, 10, -1)]
        everywhere, of_unit = Scope("县"), Scope("县", unit=UNIT)
        async with town.engine.reading() as session:
            for scope in (everywhere, of_unit):
                found = await surveys_over(session, ends, scope)
                assert [each and (each.period, each.asked, each.answered) for each in found] == [
                    ("2026-10", 40, 10),
                    ("2026-09", 40, 10),
                    None,
                ]
            assert await surveys_over(session, ends, Scope("县", township=TownshipId("kan"))) == [None] * 3

    @pytest.mark.parametrize(("facts", "why"), SEEDS.values(), ids=SEEDS)
    async def test_verifying_holds_a_seed_against_its_pledge(
        self, town: Town, facts: tuple[AnyFact, ...], why: str | None
    ) -> None:
        """An audit names the entry that tells a seed which was not fixed while the period ran."""
        at = datetime(2026, 11, 24, tzinfo=UTC)
        entries = tuple(Entry(at=at, actor="s", case=None, fact=fact) for fact in facts)
        seed = HouseWords(PLEDGED.pledge, SEED, bytes(16))
        await self.commit(town, Effects(entries=entries, house_words=(seed,) if PLEDGED in facts else ()))
        audit = Audit(town.engine)
        await audit.follow_ledger(lambda _: None)
        if why is None:
            await audit.compare_cases(lambda _: None)
            return
        with pytest.raises(LedgerBroken, match=why) as caught:
            await audit.compare_cases(lambda _: None)
        assert caught.value.seq == audit.head.seq

    async def test_those_behind_cases_closed_in_the_period_are_found(self, town: Town) -> None:
        """With the unit that had the case; open ones and other periods are not."""
        await town.staffed()
        number = await town.file()
        await town.file(NEIGHBOUR)
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="修好了")
        await town.act(RESIDENT, "rate", case=number)
        await town.act(RESIDENT, "score", case=number)
        now = town.clock.now()
        hour = timedelta(hours=1)
        (served,) = await town.store.read.served(now - hour, now + hour)
        assert (served.case, served.unit, len(served.persons)) == (number, UnitId("transport"), 1)
        assert await town.store.read.served(now + hour, now + 2 * hour) == ()
