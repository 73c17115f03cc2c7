"""What is kept about one person, and nothing of anybody else; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.actions.look import look
from bot.actions.matter import changed, sealed
from bot.ports import Decision, Rest
from bot.rules.county import Role
from bot.rules.effect import Effects, Fetch, Keep, Words
from bot.rules.entry import Asked, CaseFact, Look, Resumed, Resuming, VoiceAdded
from bot.rules.file import Media
from bot.rules.identity import FileId, PersonId
from bot.rules.message import OwnGiven, Spoken
from bot.rules.slot import NAME, PHONE, PLACE
from tests.storage.conformance import OnePlace, Place
from tests.support import postgres
from tests.support.store import ADDED, NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, UNIT, Town, opened_town

FILES = {"filed/1": Media.PHOTO, "added/1/1": Media.VOICE, "added/2/1": Media.VIDEO, "evidence/1/1": Media.DOCUMENT}
"""Files of a case, by slot."""


class Holdings(OnePlace):
    """What a resident gets to see."""

    async def test_own_words_answers_ratings_and_looks(self, town: Town) -> None:
        """Who looked by role and unit; a neighbour's case is not there."""
        await town.staffed()
        number = await town.file()
        await town.file(NEIGHBOUR, "水管漏水三天了")
        await town.act(OFFICER, "accept", case=number)
        (officer,) = await town.store.read.staff_of(UNIT, frozenset([Role.OFFICER]))
        now = town.clock.now()
        await town.store.commit([Decision(look(number, officer.id, Look.ORIGINAL, now))], now)
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        await town.act(RESIDENT, "rate", case=number, solved="yes")
        ((_, person),) = await town.store.read.voices_of(number)

        (tied,) = await town.store.read.ties_of(person)
        assert (tied.case.number, tied.voice, tied.has_others, tied.officer) == (number, 1, False, officer.person)
        held = await town.store.read.held_about(person)
        (case,) = held.cases
        assert held.known_since == now
        assert [(each.text, each.spoken) for each in case.words] == [
            (POTHOLE, Spoken.WROTE),
            ("已换新灯泡", Spoken.RESOLVED),
        ]
        assert [rating.solved for rating in case.ratings] == ["yes"]
        assert [(each.role, each.unit, each.what) for each in case.looks] == [(Role.OFFICER, UNIT, Look.ORIGINAL)]

    async def test_what_was_added_and_given_besides_words(self, town: Town) -> None:
        """A resident reads what they said later, and that a name, a number, a place and photos of theirs are kept."""
        await town.staffed()
        number = await town.file()
        await town.act(RESIDENT, "add", case=number)
        ((_, person),) = await town.store.read.voices_of(number)
        given = {NAME: "古丽", PHONE: "+8613800000000", PLACE: "43.84000,81.15000"}
        words = tuple(Words(number, slot, text, b"salt" * 4) for slot, text in given.items())
        fetches = tuple(Fetch(FileId(f"f-{slot}"), person, media, "source") for slot, media in FILES.items())
        kept = tuple(Keep(FileId(f"f-{slot}"), number, slot, "resident") for slot in FILES)
        await town.store.commit([Decision(Effects(words=words, fetches=fetches, kept=kept))], town.clock.now())
        (case,) = (await town.store.read.held_about(person)).cases
        assert [each.text for each in case.words] == [POTHOLE, ADDED]
        files = (Media.VOICE, Media.PHOTO)  # never what another voice or the unit added
        assert case.given == OwnGiven(name="古丽", phone="+8613800000000", place="43.84000,81.15000", files=files)

    async def test_words_stand_in_the_order_in_which_they_were_said(self, town: Town) -> None:
        """A question is called one; of an answer that came when others stood behind the case nobody knows whose it is."""
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "accept", case=number)
        (officer,) = await town.store.read.staff_of(UNIT, frozenset([Role.OFFICER]))
        people = dict(await town.store.read.voices_of(number))

        async def said(actor: str, text: str, fact: Callable[[str], CaseFact], joining: tuple[PersonId, ...] = ()) -> None:
            commitment, words = sealed(town.desk, number, text)
            change = replace(changed(await town.case(number), actor, (fact(commitment),), town.clock.now()), joining=joining)
            await town.store.commit([Decision(Effects(cases=(change,), words=(words,)))], town.clock.now())

        def asked(words: str) -> Asked:
            return Asked(question=words, until=town.clock.now(), due_at=None)

        def answered(words: str) -> Resumed:
            return Resumed(because=Resuming.ANSWERED, due_at=None, words=words)

        await said(officer.id, "哪一盏？", asked)
        await said("resident", "第三盏", answered)
        await town.act(RESIDENT, "add", case=number)
        await said("resident", "", lambda _: VoiceAdded(voice=2), (officer.person,))
        await said(officer.id, "几点？", asked)
        await said("resident", "邻居说八点", answered)
        (first,) = (await town.store.read.held_about(people[1])).cases
        assert [(each.text, each.spoken) for each in first.words] == [
            (POTHOLE, Spoken.WROTE),
            ("哪一盏？", Spoken.ASKED),
            ("第三盏", Spoken.WROTE),
            (ADDED, Spoken.WROTE),
            ("几点？", Spoken.ASKED),
        ]
        (second,) = (await town.store.read.held_about(officer.person)).cases
        assert [each.text for each in second.words] == ["几点？"]

    async def test_of_nobody_nothing_is_kept(self, town: Town) -> None:
        """A person that is not known has no cases and was never seen."""
        held = await town.store.read.held_about(PersonId("p-nobody"))
        assert (held.known_since, held.cases) == (None, ())
        assert await town.store.read.rest_of(PersonId("p-nobody")) == Rest(is_back=False, is_waiting=False)

    async def test_what_still_happens_with_somebody(self, town: Town) -> None:
        """A case or a draft is something begun; a letter or an update is on its way."""
        await town.act(RESIDENT, "speak", language="ug")
        await town.arrive(RESIDENT, "write", text="路灯坏了")
        person = (await town.take_one()).sender.person
        assert await town.store.read.rest_of(person) == Rest(is_back=False, is_waiting=True)
        await town.work()
        assert await town.store.read.rest_of(person) == Rest(is_back=True, is_waiting=True)

    async def test_whoever_took_a_role_meanwhile_is_back(self, town: Town) -> None:
        """Their chat is not forgotten under them; a role that has ended holds nobody."""
        await town.hire(RESIDENT, Role.LEAD, UNIT)
        (lead,) = await town.store.read.staff_of(UNIT, frozenset([Role.LEAD]))
        assert (await town.store.read.rest_of(lead.person)).is_back
        await town.store.commit([Decision(Effects(left=(lead.id,)))], town.clock.now())
        assert not (await town.store.read.rest_of(lead.person)).is_back


class TestSqlite(Holdings):
    """Holdings in SQLite."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestPostgres(Holdings):
    """Holdings in PostgreSQL."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(postgres.opened_town, url)
