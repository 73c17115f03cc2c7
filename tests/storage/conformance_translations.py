"""What every store does for translators: the queue, who has what, what is erased, and what an official reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.ask_translation import Text, ask_translation, voices_heard
from bot.actions.end_case import merge_case
from bot.actions.translate_text import Desired, take_text, write_translation
from bot.errors import Conflict, NotFound
from bot.ports import Decision
from bot.rules.case import State
from bot.rules.county import Role, WatchPlan
from bot.rules.effect import Effects
from bot.rules.erasure import CaseContent
from bot.rules.identity import Language
from bot.rules.life import goes_on_as
from bot.rules.translation import CHINESE, Rendered, Translation
from tests.storage.conformance import OnePlace
from tests.storage.conformance_tasks import commit, matter, official
from tests.support.store import NEIGHBOUR, POTHOLE, RESIDENT, Town

UG, SJO = Language("ug"), Language("sjo")
TRANSLATOR = 7200000011
UYGHUR = "مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى"


async def desired(town: Town, item: Translation) -> Desired:
    """Put a text in front of the translator."""
    read = town.desk.read
    original = await read.words_of(item.case, item.slot) or ""
    return Desired(await read.case(item.case), item, (await official(town, Role.TRANSLATOR),), original, None)


async def translate(town: Town, item: Translation, text: str) -> None:
    """Take a text and write its translation."""
    found = await desired(town, item)
    await commit(town, take_text(found, town.clock.now()))
    found = replace(found, item=await town.desk.read.translation(item.id))
    of = await matter(town, item.case, Role.TRANSLATOR)
    await commit(town, write_translation(town.desk, found, of, text, town.clock.now()))


class TranslationsConformance(OnePlace):
    """The translators' queue."""

    async def test_words_are_read_translated_and_never_as_they_were_written(self, town: Town) -> None:
        """Empty while it is awaited, then the translation with who made it; the filer's own words stay what they are."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        number = await town.file(text=UYGHUR)
        read = town.desk.read
        awaited = await read.legible(number, "filed")
        assert (awaited.text, awaited.rendering and awaited.rendering.state) == ("", Rendered.AWAITED)
        assert "filed" not in await read.legible_in(number)
        (item,), total = await read.translations_waiting(frozenset({UG, SJO}), 8)
        assert (item.case, item.source, total) == (number, UG, 1)
        await translate(town, item, "我们小区的路坏了")
        done = await read.legible(number, "filed")
        assert (done.text, done.rendering and done.rendering.state) == ("我们小区的路坏了", Rendered.DONE)
        assert (await read.legible_in(number))["filed"] == "我们小区的路坏了"
        assert await read.words_of(number, "filed") == UYGHUR
        assert await read.translations_waiting(frozenset({UG}), 8) == ((), 0)
        translator = await official(town, Role.TRANSLATOR)
        assert [each.case for each in await read.translations_by(frozenset({translator.id}), 8)] == [number]

    async def test_without_a_translator_the_original_is_read(self, town: Town) -> None:
        """And one who comes later finds it waiting; from then on it is hidden."""
        await town.staffed()
        number = await town.file(text=UYGHUR)
        read = await town.desk.read.legible(number, "filed")
        assert (read.text, read.rendering and read.rendering.state) == (UYGHUR, Rendered.NOBODY)
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        assert (await town.desk.read.legible(number, "filed")).text == ""

    async def test_of_two_who_take_a_text_at_once_the_second_sees_the_first(self, town: Town) -> None:
        """The commit that rests on what is no longer so is refused whole."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        await town.file(text=UYGHUR)
        (item,), _ = await town.desk.read.translations_waiting(frozenset({UG}), 8)
        effects = msgspec.structs.replace(take_text(await desired(town, item), town.clock.now()), dialog=None)
        await town.store.commit([Decision(effects)], town.clock.now())
        with pytest.raises(Conflict):
            await town.store.commit([Decision(effects)], town.clock.now())

    async def test_the_queue_is_in_order_and_counts_by_language(self, town: Town) -> None:
        """What runs out first on top, pages follow each other, and a case that is taken back waits no more."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        filed = []
        for _ in range(3):
            filed.append(await town.file(text=UYGHUR))
            await town.clock.move(timedelta(minutes=1))
        case = await town.case(filed[0])
        _, effects = ask_translation(town.desk, case, Text("answer/1", CHINESE, SJO), (), town.clock.now())
        await commit(town, effects)
        read, both = town.desk.read, frozenset({UG, SJO})
        first, total = await read.translations_waiting(both, 2)
        rest, _ = await read.translations_waiting(both, 2, 2)
        assert total == 4
        assert [each.case for each in (*first, *rest)] == [*filed, filed[0]]
        late = await read.translation_backlog(town.clock.now() + timedelta(days=7))
        assert [(each.language, each.waiting, each.late) for each in late] == [(SJO, 1, 1), (UG, 3, 3)]
        assert all(each.late == 0 for each in await read.translation_backlog(town.clock.now()))
        assert (await town.store.read.backlog(town.clock.now() + timedelta(days=7))).texts == late

    async def test_what_came_with_a_merged_case_still_waits_and_is_read_on_its_page(self, town: Town) -> None:
        """In the queue, in what is late and in what signs are told from; translated, the merged case shows it."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        first, second = await town.file(), await town.file(NEIGHBOUR, UYGHUR)
        merging = await matter(town, second, Role.SUPERVISOR)
        await commit(town, merge_case(town.desk, merging, await town.case(first), (), town.clock.now()))
        assert (await town.case(second)).state is State.MERGED
        assert goes_on_as(await town.desk.read.entries_of(second)) == first
        read, at = town.desk.read, town.clock.now() + timedelta(days=7)
        (item,), total = await read.translations_waiting(frozenset({UG}), 8)
        assert (item.case, total) == (second, 1)
        assert [(each.language, each.waiting, each.late) for each in await read.translation_backlog(at)] == [(UG, 1, 1)]
        assert (await read.watch(WatchPlan(), frozenset(), at)).texts[:2] == (1, 1)
        await translate(town, item, "我们小区的路坏了")
        assert (await read.legible(second, "filed")).text == "我们小区的路坏了"
        assert await read.translations_waiting(frozenset({UG}), 8) == ((), 0)

    async def test_erasing_a_case_takes_its_translations_with_it(self, town: Town) -> None:
        """The row, the words, and what anybody could search for."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        number = await town.file(text=UYGHUR)
        (item,), _ = await town.desk.read.translations_waiting(frozenset({UG}), 8)
        await translate(town, item, "我们小区的路坏了")
        assert (await town.desk.read.find(None, ("小区的路",), town.clock.now(), 8)).total == 1
        assert (await town.desk.read.find(None, (UYGHUR,), town.clock.now(), 8)).total == 0
        await town.store.commit([Decision(Effects(erased=(CaseContent(number),)))], town.clock.now())
        assert await town.desk.read.translations_of(number) == ()
        assert (await town.desk.read.legible(number, "filed")).text == ""
        with pytest.raises(NotFound):
            await town.desk.read.translation(item.id)

    async def test_sentences_are_remembered_until_their_case_is_erased(self, town: Town) -> None:
        """The newest translation of each, between two languages; a correction takes its place."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        number = await town.file(text="يول بۇزۇلدى. چىراغ يوق.")
        (item,), _ = await town.desk.read.translations_waiting(frozenset({UG}), 8)
        await translate(town, item, "路坏了。没有灯。")
        read, one = town.desk.read, "چىراغ يوق"
        assert await read.remembered(UG, CHINESE, (one, "سۇ يوق")) == {one: "没有灯。"}
        assert await read.remembered(CHINESE, UG, (one,)) == {}
        found = replace(await desired(town, await read.translation(item.id)), original="يول بۇزۇلدى. چىراغ يوق.")
        of = await matter(town, number, Role.TRANSLATOR)
        await commit(town, write_translation(town.desk, found, of, "路坏了。也没灯。", town.clock.now()))
        assert await read.remembered(UG, CHINESE, (one,)) == {one: "也没灯。"}
        await town.store.commit([Decision(Effects(erased=(CaseContent(number),)))], town.clock.now())
        assert await read.remembered(UG, CHINESE, (one,)) == {}

    async def test_what_was_said_stands_under_what_was_written(self, town: Town) -> None:
        """As it was written down; the sound is for nobody who handles the case."""
        await town.staffed()
        await town.hire(TRANSLATOR, Role.TRANSLATOR)
        number = await town.file()
        case, now = await town.case(number), town.clock.now()
        await commit(town, voices_heard(town.desk, case, ("filed/1",), None, (), now)[1])
        (awaited,) = (await town.desk.read.legible(number, "filed")).spoken
        assert awaited.text == ""
        (item,), _ = await town.desk.read.translations_waiting(frozenset({CHINESE}), 8)
        assert item.is_voice
        await translate(town, item, "晚上看不清路")
        read = await town.desk.read.legible(number, "filed")
        assert (read.text, [each.text for each in read.spoken]) == (POTHOLE, ["晚上看不清路"])

    async def test_a_translators_language_is_kept_from_the_link_to_the_role(self, town: Town) -> None:
        """Each time somebody is read: by unit, by who wrote, by whoever they ever were."""
        await town.hire(TRANSLATOR, Role.TRANSLATOR, language=SJO)
        (found,) = await town.desk.read.staff_of(None, frozenset({Role.TRANSLATOR}))
        assert found.language == SJO
        assert (await town.desk.read.staff_ever())[found.id].language == SJO
        await town.arrive(TRANSLATOR, "write", text="路")
        (role,) = (await town.take_one()).sender.roles
        assert role.language == SJO

    async def test_languages_of_those_behind_a_case(self, town: Town) -> None:
        """As far as they chose one."""
        await town.staffed()
        number = await town.file(RESIDENT, UYGHUR)
        ((_, person),) = await town.desk.read.voices_of(number)
        assert set(await town.desk.read.languages_of(number)) <= {person}
