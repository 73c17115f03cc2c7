"""Words that are not Chinese: a translator turns them into Chinese for the officer, and the answer goes back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.actions.join_staff import digest_of
from bot.rules.county import Role
from bot.rules.entry import Look, Looked, ReminderDecided, Translated
from bot.rules.identity import Language
from bot.rules.staff import INVITATION_LIFE, Invitation
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, hire
from tests.endtoend.test_whole_life import file_in
from tests.media.files import photo, voice
from tests.support.program import SECONDS, program
from tests.support.stage import Stage, stage

TRANSLATOR, COLLEAGUE, SUPERVISOR = 2004, 2005, 2003
UYGHUR = "مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى"
CHINESE = "我们小区的路坏了"


async def hire_translator(on: Stage, account: int, language: str | None) -> None:
    """Give someone a translator's role, for one language or for every one."""
    now, payload = on.clock.now(), f"j-{account}"
    invitation = Invitation(
        digest_of(payload),
        Role.TRANSLATOR,
        None,
        None,
        now + INVITATION_LIFE,
        is_used=False,
        language=Language(language) if language else None,
    )
    await on.house.store.invite(invitation, now)
    on.sandbox.world.create(account, "translator")
    await on.say(account, f"/start {payload}")


async def settle(on: Stage) -> None:
    """Hire an officer, a supervisor and an admin; the resident speaks Uyghur."""
    for account, role, unit in (
        (OFFICER, Role.OFFICER, "transport"),
        (SUPERVISOR, Role.SUPERVISOR, None),
        (ADMIN, Role.ADMIN, None),
    ):
        await hire(on, account, role, unit)
    await on.say(RESIDENT, "/start")
    await on.press(RESIDENT, "ئۇيغۇرچە")


async def file(on: Stage, words: str = UYGHUR, *, is_another: bool = False) -> None:
    """Write, and send what was written; `is_another`: although it says what was sent before."""
    await on.say(RESIDENT, words)
    if is_another:
        await on.press(RESIDENT, "مېنىڭ ئىشىم باشقا")
    card = [each for each in on.sandbox.world.transcript(RESIDENT) if each.labels][-1]
    on.sandbox.world.press(RESIDENT, card.message_id, label=card.labels[-2])
    await on.clock.advance(timedelta())


async def translate(on: Stage, words: str) -> None:
    """Open what was just told of, take it and write its translation."""
    await on.press(TRANSLATOR, f"打开 {NUMBER}")
    await on.press(TRANSLATOR, "翻译")
    await on.say(TRANSLATOR, words)


async def test_an_officer_reads_the_translation_and_never_the_original(tmp_path: Path) -> None:
    """The notice comes at once and says that it is being translated; then the words, by whom and when."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await file(on)
        assert on.heard(OFFICER, "正在翻译")
        await on.press(OFFICER, "签收")
        await translate(on, CHINESE)
        assert on.heard(TRANSLATOR, "您的译文已转交")
        (told,) = on.heard(OFFICER, "居民的内容已译好")
        assert CHINESE in told.text
        assert "译文：双语干部 " in told.text
        await on.press(OFFICER, "更多")
        await on.press(OFFICER, "办理经过")
        assert not on.heard(OFFICER, UYGHUR)
        assert on.heard(TRANSLATOR, UYGHUR)
        facts = [entry.fact for entry in await on.house.store.read.entries_of(NUMBER)]
        assert [fact.slot for fact in facts if isinstance(fact, Translated)] == ["filed"]
        assert Looked(at_what=Look.ORIGINAL) in facts
        assert not [fact for fact in facts if isinstance(fact, ReminderDecided) and fact.role is Role.TRANSLATOR]


async def test_a_translation_is_corrected_by_whoever_made_it(tmp_path: Path) -> None:
    """The officer hears of it; a colleague cannot."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await hire_translator(on, COLLEAGUE, None)
        await file(on)
        await translate(on, "我们小区的灯坏了")
        await on.press(COLLEAGUE, f"打开 {NUMBER}")
        assert on.heard(COLLEAGUE, "同事已译完")
        await on.press(TRANSLATOR, "更正译文")
        await on.say(TRANSLATOR, CHINESE)
        (told,) = on.heard(OFFICER, "译文已更正")
        assert CHINESE in told.text


async def test_of_two_who_take_a_text_one_translates_it(tmp_path: Path) -> None:
    """A colleague may take it over; then the first one's words come too late and nothing is lost of the second's."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await hire_translator(on, COLLEAGUE, "ug")
        await file(on)
        await on.press(TRANSLATOR, f"打开 {NUMBER}")
        await on.press(TRANSLATOR, "翻译")
        await on.press(COLLEAGUE, f"打开 {NUMBER}")
        await on.press(COLLEAGUE, "改由我翻译")
        await on.say(TRANSLATOR, "晚了")
        assert not on.heard(OFFICER, "晚了")
        await on.say(COLLEAGUE, CHINESE)
        assert on.heard(OFFICER, CHINESE)
        await on.say(TRANSLATOR, "/translate")
        assert on.heard(TRANSLATOR, "没有待翻译的内容")


async def test_what_is_not_translated_climbs_to_the_supervisors(tmp_path: Path) -> None:
    """At half time the translator is reminded, at the limit the supervisor too, four hours later the admin."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await file(on)
        await on.clock.advance(timedelta(hours=3))
        assert not on.heard(TRANSLATOR, "尚未翻译")
        await on.clock.advance(timedelta(minutes=30))  # 15:30: two of four hours are over, and the office opens again
        assert on.heard(TRANSLATOR, "尚未翻译")
        assert not on.heard(SUPERVISOR, "尚未翻译")
        await on.clock.advance(timedelta(days=2))
        assert on.heard(SUPERVISOR, "尚未翻译")
        assert on.heard(ADMIN, "尚未翻译")
        reminders = await on.house.store.read.reminders_of(NUMBER)
        stages = [each.stage for each in reminders if each.stage.startswith("translation")]
        assert stages[0] == "translation:before:50%"
        assert {"translation:overdue:0h", "translation:overdue:4h"} <= set(stages)
        assert all(each.was_told for each in reminders)


async def test_where_nobody_translates_the_officer_reads_what_was_written(tmp_path: Path) -> None:
    """With a note beside it; the supervisor and the admin are told once a day, however many texts there are."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await file(on)
        await file(on, "سۇ تۇرۇبىسى يېرىلىپ كەتتى، كوچا سۇغا تولدى")
        assert on.heard(OFFICER, UYGHUR)
        assert on.heard(OFFICER, "此为原文")
        assert len(on.heard(SUPERVISOR, "无人翻译")) == 1
        assert len(on.heard(ADMIN, "无人翻译")) == 1
        await on.clock.advance(timedelta(days=1))
        (_, again) = on.heard(SUPERVISOR, "无人翻译")
        assert "待译 2 件" in again.text
        assert not on.heard(SUPERVISOR, "尚未翻译")
        await hire_translator(on, TRANSLATOR, "ug")
        await on.clock.advance(timedelta(days=1))
        assert len(on.heard(SUPERVISOR, "无人翻译")) == 2
        await on.say(TRANSLATOR, "/translate")
        assert on.heard(TRANSLATOR, "待翻译（2 件）")


async def test_an_emergency_does_not_wait(tmp_path: Path) -> None:
    """Its words go out as they are, day and night, and the translation follows."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await hire(on, LEAD, Role.OFFICER, "letters")
        await file(on, "ئۆيگە ئوت كەتتى")
        assert on.heard(TRANSLATOR, "急件：待翻译")
        (told,) = on.heard(LEAD, "ئۆيگە ئوت كەتتى")
        assert "先看原文" in told.text


async def test_what_the_unit_writes_follows_in_the_residents_language(tmp_path: Path) -> None:
    """What was done: the Chinese at once, the translation when it is made; what lies in stock needs none."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await file(on)
        await translate(on, CHINESE)
        await on.press(OFFICER, "签收")
        await on.press(OFFICER, "更多")
        await on.press(OFFICER, "答复")
        await on.press(OFFICER, "正在了解")
        await on.say(TRANSLATOR, "/translate")
        assert not on.heard(TRANSLATOR, "待翻译（1 件）")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "路面已经重铺")
        (asked,) = on.heard(RESIDENT, "路面已经重铺")
        assert "تىلىڭىزدىكى تەرجىمىسى كېيىن كېلىدۇ" in asked.text
        await translate(on, "يول قايتىدىن ياسالدى")
        (told,) = on.heard(RESIDENT, "يول قايتىدىن ياسالدى")
        assert "路面已经重铺" in told.text
        await on.clock.advance(timedelta(days=4))
        (_, again) = on.heard(RESIDENT, "يول قايتىدىن ياسالدى")
        assert len(again.labels) == 3
        await on.say(RESIDENT, "/my")
        listed = on.sandbox.world.transcript(RESIDENT)[-1]
        await on.press(RESIDENT, next(label for label in listed.labels if NUMBER in label))
        assert len(on.heard(RESIDENT, "يول قايتىدىن ياسالدى")) >= 3


async def test_the_same_sentence_is_translated_once(tmp_path: Path) -> None:
    """The next time a button offers what was written before; the officer reads it as the translator's."""
    async with stage(tmp_path, MONDAY) as on:
        await settle(on)
        await hire_translator(on, TRANSLATOR, "ug")
        await file(on)
        await translate(on, CHINESE)
        await on.say(RESIDENT, "/new")
        await file(on, f"{UYGHUR}.", is_another=True)
        await on.say(TRANSLATOR, "/translate")
        await on.press(TRANSLATOR, "打开 CB-2026-000002")
        await on.press(TRANSLATOR, "采用以前的译文")
        assert len(on.heard(OFFICER, "居民的内容已译好")) == 2


async def test_a_voice_is_written_down_by_an_operator_and_heard_by_nobody_else(tmp_path: Path) -> None:
    """The operator gets the sound, the officer the words with who wrote them down, beside what was written."""
    resident, officer, operator = 11, 21, 26
    async with program(tmp_path, [resident, officer, operator]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(officer, "officer", "transport")
        await running.hire(operator, "operator")
        world.text(resident, "/start")
        await running.press(resident, "中文")
        world.text(resident, "坎乡三村口的路灯坏了")
        await running.offered(resident, "提交")
        world.voice(resident, voice())
        await running.hears(resident, "语音")
        await running.press(resident, "提交")
        number = (await running.hears(resident, "已登记")).text.partition("CB-")[2][:11]
        told = await running.hears(officer, number)
        assert "语音内容" in told.text
        await running.hears(operator, "新的待译内容")
        while not any("document" in each.media for each in world.transcript(operator)):  # until it has been fetched
            seen = running.last_id(operator)
            world.text(operator, "/translate")
            listed = await running.hears(operator, "待翻译（1 件）", after=seen)
            world.press(operator, listed.message_id, label=f"打开 CB-{number}")
            opened = partial(world.message, operator, listed.message_id)
            await world.wait_for(lambda opened=opened: "语音：" in opened().text, SECONDS)  # type: ignore[misc]  # a default binds
        await world.wait_for(lambda: any("document" in each.media for each in world.transcript(operator)), SECONDS)
        await running.press(operator, "翻译")
        await running.hears(operator, "请用一条消息写下译文")
        world.text(operator, "晚上看不清路")
        written = await running.hears(officer, "居民的语音已整理成文字")
        assert "晚上看不清路" in written.text
        assert not any({"document", "voice", "audio"} & set(each.media) for each in world.transcript(officer))
        assert await running.stop() == 0
        assert (await running.ask("ledger", "verify")).code == 0


@pytest.mark.parametrize(
    ("label", "language", "words", "back"),
    [
        ("ئۇيغۇرچە", "ug", UYGHUR, "جۈمە كۈنى ياسايمىز"),
        ("ᠰᡞᠪᡝ 锡伯文", "sjo", "ᡪᡠᡤᡡᠨ ᠪᠠᡞᡨᠠ", "ᡞᠨᡝᡢᡤᡞ ᠸᡝᡞᠯᡝᠷᠠᠨ"),
    ],
    ids=["Uyghur", "Xibe"],
)
async def test_it_goes_there_and_back_through_the_program_that_a_county_runs(
    tmp_path: Path, label: str, language: str, words: str, back: str
) -> None:
    """By the command line's link for one language, and over the network."""
    resident, officer, translator = 11, 21, 25
    async with program(tmp_path, [resident, officer, translator]) as running:
        await running.start()
        await running.hire(officer, "officer", "transport")
        answer = await running.ask("invite", "--role", "translator", "--language", language, "--json")
        running.sandbox.world.text(translator, f"/start {answer.json()['payload']}")
        await running.hears(translator, "身份")
        number = await file_in(running, resident, label, words)
        await running.hears(officer, "正在翻译")
        await running.press(translator, f"打开 {number}")
        await running.hears(translator, words)
        await running.press(translator, "翻译")
        await running.hears(translator, "请用一条消息写下译文")
        running.sandbox.world.text(translator, "路坏了")
        await running.hears(officer, "路坏了")
        await running.press(officer, "签收")
        await running.press(officer, "更多")
        await running.press(officer, "答复")
        await running.hears(officer, "请选一条答复")
        running.sandbox.world.text(officer, "周五来修")
        told = await running.hears(resident, "周五来修")
        seen = running.last_id(translator)
        running.sandbox.world.text(translator, "/translate")
        await running.hears(translator, "待翻译（1 件）", after=seen)
        await running.press(translator, f"打开 {number}")
        await running.hears(translator, "周五来修")
        await running.press(translator, "翻译")
        await running.hears(translator, "请用一条消息写下译文", after=seen)
        running.sandbox.world.text(translator, back)
        await running.hears(resident, back, after=told.message_id)
        assert await running.stop() == 0
        assert not [each for each in running.sandbox.world.transcript(officer) if words in each.text]
        assert (await running.ask("ledger", "verify")).code == 0
